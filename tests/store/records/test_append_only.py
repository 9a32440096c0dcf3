"""Nothing that was kept is changed: by the store's own words there is no way to, and the database refuses everybody else's."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from engine.errors import BadUse, NotKept
from engine.store import decisions
from engine.store.home import Home

ALL_BUT_SEQ_AND_HASH = "kind, subject, payload, who, self_declared, at, warehouse_version, replaces, previous_hash"
STATEMENTS = (
    "update records set payload = '{}' where seq = 2",
    "update records set who = 'somebody else'",
    "delete from records where seq = 3",
    "delete from records",
    f"insert into records select 9, {ALL_BUT_SEQ_AND_HASH}, hash || 'x', identity, zone from records where seq = 1",
)
OF_SQLITE = (
    "insert or replace into records select * from records where seq = 2",
    f"insert or replace into records select 4, {ALL_BUT_SEQ_AND_HASH}, hash, identity, zone from records where seq = 2",
    "update or replace records set seq = 1 where seq = 2",
    "insert into records select * from records where seq = 2 on conflict (seq) do update set payload = null",
)
OF_POSTGRES = (
    "truncate records",
    "truncate records cascade",
    "insert into records select * from records where seq = 2 on conflict (seq) do update set payload = null",
)


def three_kept(home: Home) -> list[decisions.Record]:
    return [decisions.append(home, "action", f"action {number}", {"text": f"第{number}项", "due": "2026-01-31"}, "安娜", 7) for number in (1, 2, 3)]


def test_what_is_kept_comes_back_with_who_when_and_what_was_seen(home: Home) -> None:
    kept = three_kept(home)
    assert decisions.history(home, "action") == kept
    assert [record.id for record in kept] == [1, 2, 3]
    assert (kept[0].who, kept[0].version, kept[0].self_declared, kept[0].replaces) == ("安娜", 7, True, None)
    assert kept[0].at.utcoffset() is not None
    assert kept[0].payload == {"text": "第1项", "due": "2026-01-31"}


def test_a_change_is_a_new_row_that_names_the_one_before(home: Home) -> None:
    three_kept(home)
    changed = decisions.append(home, "action", "action 2", {"text": "changed"}, "Boris", 8, replaces=2)
    assert (changed.id, changed.replaces) == (4, 2)
    assert [record.id for record in decisions.newest(home, "action")] == [1, 3, 4]
    assert [record.id for record in decisions.history(home, "action", "action 2")] == [2, 4]


def test_a_withdrawn_subject_is_no_longer_in_force_and_still_in_the_history(home: Home) -> None:
    three_kept(home)
    decisions.append(home, "action", "action 2", None, "Boris", None)
    decisions.append(home, "action", "action 3", {"ended": True, "why": "done"}, "Boris", None)
    assert [record.subject for record in decisions.newest(home, "action")] == ["action 1"]
    assert len(decisions.newest(home, "action", with_ended=True)) == 3
    assert len(decisions.history(home, "action")) == 5


def test_whoever_changes_what_another_changed_in_the_meantime_is_told_so(home: Home) -> None:
    three_kept(home)
    decisions.append(home, "action", "action 1", {"text": "by Boris"}, "Boris", None, replaces=1)
    with pytest.raises(NotKept, match="Boris changed this in the meantime"):
        decisions.append(home, "action", "action 1", {"text": "by Anna"}, "Anna", None, replaces=1)
    assert decisions.newest(home, "action", "action 1")[0].payload == {"text": "by Boris"}


def test_the_head_rises_with_its_own_kind_alone(home: Home) -> None:
    assert decisions.head(home) == 0
    three_kept(home)
    decisions.append(home, "person", "p1", {"name": "Anna"}, "Anna", None)
    assert (decisions.head(home), decisions.head(home, "action"), decisions.head(home, "person"), decisions.head(home, "setting")) == (4, 3, 4, 0)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_to_change_or_delete(home: Home, raw: Callable[[], sa.Connection], statement: str) -> None:
    refused(home, raw, statement)


@pytest.mark.parametrize("statement", OF_SQLITE)
def test_sqlite_refuses_to_replace(home: Home, raw: Callable[[], sa.Connection], statement: str) -> None:
    if home.records_url is None:
        refused(home, raw, statement)


@pytest.mark.parametrize("statement", OF_POSTGRES)
def test_postgresql_refuses_to_truncate(home: Home, raw: Callable[[], sa.Connection], statement: str) -> None:
    if home.records_url is not None:
        refused(home, raw, statement)


def refused(home: Home, raw: Callable[[], sa.Connection], statement: str) -> None:
    kept = three_kept(home)
    with raw() as connection, pytest.raises(sa.exc.DBAPIError, match="append-only"):
        connection.exec_driver_sql(statement)
    assert decisions.history(home, "action") == kept
    assert decisions.verify(home).is_sound


@pytest.mark.parametrize("payload", [{"a": float("nan")}, {"a": float("inf")}, {"a": "\ud800"}, {"a": {1, 2}}])
def test_what_json_cannot_hold_is_refused_with_a_sentence(file_home: Home, payload: dict[str, object]) -> None:
    with pytest.raises(BadUse, match="cannot be kept"):
        decisions.append(file_home, "action", "a", payload, "Anna", None)
    assert decisions.head(file_home) == 0


@pytest.mark.parametrize(("kind", "subject", "who"), [("no such kind", "a", "Anna"), ("action", " ", "Anna"), ("action", "a", "\0")])
def test_a_record_without_kind_subject_or_person_is_refused(file_home: Home, kind: str, subject: str, who: str) -> None:
    with pytest.raises(BadUse):
        decisions.append(file_home, kind, subject, {}, who, None)


def test_reading_makes_no_file(file_home: Home) -> None:
    assert decisions.newest(file_home, "action") == []
    assert decisions.head(file_home) == 0
    assert decisions.draft(file_home, "Anna", "order") is None
    assert decisions.verify(file_home).is_sound
    assert not file_home.records.exists()
