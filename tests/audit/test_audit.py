"""The audit: what is noted, that no name can forge or break a line, who may read it, and that no answer grows old by it."""

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.answers import actions, audit, credit, kpis, records, served
from engine.answers import settings as book
from engine.answers.answer import Answer
from engine.audit import ACTS, MOST_DETAILS, details, worded
from engine.errors import NotAllowed, NotKept
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.store import decisions
from engine.store.home import RECORDS_VARIABLE, Home
from engine.visible import LONGEST, LONGEST_NAME, visible
from tests.small_warehouse import published

ANNA = Scope(who="Anna", subject="https://id.example anna-1")
HOSTILE = ("a\nb", "a\r\nAnna published", "\x1b[31mred\x1b[0m", "invoice\u202egpj.exe", "\u2028\u2029\x85", "a\x00b", "\udcff", "\u200bzero", "x" * 10_000_000)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    return Home(tmp_path / "home")


def found(home: Home, **asked: Any) -> list[tuple[str, str, str]]:
    """Who, act and subject of the lines that are found."""
    answer = audit.search(home, EVERYTHING, **asked)
    return list(zip(answer.frame["who"], answer.extra["lines"]["code"], answer.frame["about"], strict=True))


def test_a_note_holds_who_when_what_and_what_was_looked_at(home: Home) -> None:
    audit.note(home, ANNA, "export", "dead_stock", version=7, form="xlsx", rows=12)
    row = audit.search(home, EVERYTHING).frame.row(0, named=True)
    assert (row["who"], row["identity"], row["is_signed_in"], row["about"], row["version"]) == ("Anna", ANNA.subject, True, "dead_stock", 7)
    assert abs(row["at"] - datetime.now(UTC)) < timedelta(minutes=1)
    assert row["zone"] == datetime.now().astimezone().isoformat()[-6:]
    assert (str(Message.from_json(row["act"])), row["said"]) == ("exported", "form xlsx; rows 12")
    assert decisions.verify(home).is_sound


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_of_a_stranger_breaks_forges_or_floods_a_line(home: Home, text: str) -> None:
    scope = Scope(who=text, subject=f"issuer {text}", roles=frozenset())
    audit.note(home, scope, f"read{text}", text, page=text, listed=[text, text], **{text[:50]: text})
    record = decisions.page(home, ["audit"])[0]
    whole = [record.who, record.subject, record.identity, *map(str, (record.payload or {}).values()), *(record.payload or {})]
    assert all(part.isprintable() and len(part) <= 12 * LONGEST for part in whole), whole
    answer = audit.search(home, EVERYTHING)
    assert answer.frame.height == 1
    assert all(str(cell).isprintable() for cell in answer.frame.row(0))


@given(st.text(max_size=2000), st.integers(1, 600))
def test_visible_text_is_one_line_bounded_and_keeps_what_shows(text: str, most: int) -> None:
    shown = visible(text, most)
    assert shown.isprintable()
    assert len(shown) <= 12 * most + 30
    if text.isprintable() and len(text) <= most:
        assert shown == text.strip()


def test_ten_megabytes_take_no_longer_than_what_is_kept_of_them() -> None:
    flood, short = "\u202e" * 10_000_000, "\u202e" * LONGEST
    times = []
    for text in (short, flood):
        started = perf_counter()
        for _ in range(50):
            visible(text)
        times.append(perf_counter() - started)
    assert times[1] < 5 * times[0]


@given(st.dictionaries(st.text(max_size=20), st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.text())), max_size=60))
def test_details_are_bounded_and_can_always_be_kept(given_details: dict[str, Any]) -> None:
    kept = details(given_details)
    assert len(kept) <= MOST_DETAILS + 1
    assert json.loads(decisions.as_json(kept)) is not None
    assert worded(kept).isprintable()


def test_a_search_finds_by_words_act_person_and_day(home: Home) -> None:
    audit.note(home, ANNA, "export", "dead_stock", page="dead_stock")
    audit.note(home, Scope(who="Boris"), "undo", "version 3", served=2)
    records.record(home, "action", "d1/1", {"dealer_id": "d1", "what": "bring the list", "owner": "Wang"}, ANNA, 4)
    assert found(home) == [("Anna", "action", "d1/1"), ("Boris", "undo", "version 3"), ("Anna", "export", "dead_stock")]
    assert found(home, words="LIST wang") == [("Anna", "action", "d1/1")]
    assert found(home, words="list boris") == []
    assert found(home, act="export") == [("Anna", "export", "dead_stock")]
    assert found(home, who="Boris") == [("Boris", "undo", "version 3")]
    today = datetime.now(UTC).date()
    assert len(found(home, first=today, last=today)) == 3
    assert found(home, first=today + timedelta(1)) == []
    assert found(home, last=today - timedelta(1)) == []
    assert set(audit.search(home, EVERYTHING, act="undo").extra["acts"]["code"]) == {"action", "export", "undo"}


def test_a_search_reads_page_by_page_and_says_where_it_stops(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    audit.notes(home, ANNA, [("read", f"page {number}", {}) for number in range(1010)])
    assert found(home, words="page 7 ")[0] == ("Anna", "read", "page 1007")
    monkeypatch.setattr(audit, "MOST", 10)
    audit.note(home, ANNA, "read", "one more")
    answer = audit.search(home, EVERYTHING)
    assert (answer.frame.height, answer.facts["is_cut"], answer.frame["about"][0]) == (10, True, "one more")


@pytest.mark.parametrize(
    "scope", [Scope(who="Ivan", roles=frozenset({"sales_manager"})), Scope(who="Ivan", seen_by="Anna"), Scope(who="Ivan", roles=frozenset())]
)
def test_whoever_may_not_read_the_audit_gets_nothing_of_it(home: Home, scope: Scope) -> None:
    audit.note(home, ANNA, "export", "dead_stock")
    with pytest.raises(NotAllowed):
        audit.search(home, scope)


def test_what_is_done_while_looking_as_somebody_else_is_of_the_person_at_the_keyboard(home: Home) -> None:
    audit.note(home, Scope(who="Ivan", subject="issuer ivan", seen_by="Anna"), "read", "credit")
    row = audit.search(home, EVERYTHING).frame.row(0, named=True)
    assert row["who"] == "Anna"
    assert "Ivan" in row["said"]
    assert row["identity"] is None


def test_a_note_that_cannot_be_kept_goes_to_the_log_on_one_line_and_stops_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object, **__: object) -> None:
        raise NotKept("The disk is full;\nnothing was kept.")

    monkeypatch.setattr(decisions, "append_all", full)
    with caplog.at_level(logging.ERROR, "granary.audit"):
        audit.note(home, ANNA, "export", "dead\nstock", form="csv")
    assert [line.getMessage().isprintable() for line in caplog.records] == [True]
    assert "dead⟨U+000A⟩stock" in caplog.records[0].getMessage()


def test_notes_make_no_answer_old_and_decisions_do(tmp_path: Path) -> None:
    sales = [{"shipped_on": datetime(2025, 10, 31).date(), "dealer_id": "d1", "sku": "A", "qty": 1.0, "net_value": 10.0, "invoice_id": "1", "line_no": "1"}]
    warehouse = published(tmp_path / "home", {"products": [{"sku": "A"}], "sales": sales})
    home, path = warehouse.home, str(warehouse.home.path)

    def asked() -> Answer:
        return kpis.kpi(warehouse, ("net_sales",), Selection(), EVERYTHING)

    records.record(home, "setting", "window_days", {"value": 30, "valid_from": "2025-01-01"}, ANNA, 1)
    before, stamp = asked(), served.stamp(path)
    audit.note(home, ANNA, "export", "kpi")
    records.record(home, "reminder", "mail 2025-01-01 Anna", {"state": "sent"}, "Granary", 1)
    assert served.stamp(path) == stamp
    assert asked().frame is before.frame
    records.record(home, "setting", "window_days", {"value": 60, "valid_from": "2025-01-01"}, ANNA, 1)
    assert served.stamp(path) != stamp
    assert asked().frame is not before.frame


def test_the_head_of_all_decisions_is_found_without_walking_over_the_notes(home: Home) -> None:
    record = records.record(home, "action", "d1/1", {"what": "x"}, ANNA, 1)
    audit.notes(home, ANNA, [("read", f"page {number}", {}) for number in range(300)])
    assert records.head(home) == record.id
    assert decisions.head(home) == record.id + 300
    assert records.head(home, "setting", "person") == 0


@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1, max_size=40), st.text(max_size=60), st.sampled_from(("open", "done", "dropped")))
def test_every_decision_keeps_who_when_zone_version_owner_day_and_what_was_there_before(
    tmp_path_factory: pytest.TempPathFactory, name: str, what: str, state: str
) -> None:
    home = Home(tmp_path_factory.mktemp("decided"))
    who = Scope(who=visible(name, LONGEST_NAME) or "?", subject=f"https://id.example {visible(name, LONGEST_NAME)}")
    day = datetime.now(UTC).date()
    first = records.record(home, "action", "d1/1", {"what": what, "owner": "Wang", "due_on": day, "state": "open"}, who, 7)
    second = records.record(home, "action", "d1/1", {"what": what, "owner": "Wang", "due_on": day, "state": state}, who, 8, first.id)
    kept = decisions.history(home, "action", "d1/1")
    for record, version, replaced in ((kept[0], 7, None), (kept[1], 8, first.id)):
        assert (record.who.split(), record.version, record.replaces, record.self_declared) == (who.who.split(), version, replaced, False)
        assert record.identity == who.subject
        assert record.at.tzinfo is not None
        assert record.zone == datetime.now().astimezone().isoformat()[-6:]
        assert {"owner", "due_on", "what", "state"} <= set(record.payload or {})
    assert second == kept[1]
    assert decisions.verify(home).is_sound


def test_rows_from_before_identity_and_zone_stay_sound_and_new_ones_cannot_lose_theirs(home: Home) -> None:
    import sqlalchemy as sa

    from engine.store.records import chain, opening

    actions.agree(str(home.path), "d1", "bring the list", "Wang", datetime.now(UTC).date(), datetime.now(UTC).date(), ANNA, 1)
    with opening.reading(home) as connection:
        row = dict(connection.execute(sa.text("select * from records")).mappings().one())
    assert row["hash"] == chain.digest(row)
    for name in ("identity", "zone"):
        assert chain.digest(row | {name: None}) != row["hash"]
        assert chain.digest(row | {name: "x"}) != row["hash"]
    old = {name: value for name, value in row.items() if name not in ("identity", "zone")}
    assert chain.digest(old) == chain.digest(old | {"identity": None, "zone": None})


def test_a_setting_and_a_decision_on_an_order_keep_the_reason_on_one_line_and_the_record_that_they_replace(home: Home) -> None:
    path, day = str(home.path), datetime.now(UTC).date()
    first = book.change(path, "window_days", 60, day, ANNA, 3, reason="the season\nis longer")
    second = book.give_back(path, "window_days", day, ANNA, 3, first.id)
    order = {"order_id": "o1", "dealer_id": "d1", "verdict": "hold", "available_value": 0.0, "order_value": 10.0, "decided_id": None}
    credit.decide(path, order, "release", None, ANNA, 3, "pays on Monday")
    assert [(record.payload or {}).get("reason") for record in (first, second)] == ["the season⟨U+000A⟩is longer", None]
    frame = audit.search(home, EVERYTHING).frame
    assert frame["replaces"].to_list() == [None, first.id, None]
    assert "pays on Monday" in frame["said"][0]


def test_every_kind_of_record_says_what_was_done_in_words() -> None:
    assert set(records.KINDS) - {"audit"} <= set(ACTS)


def test_what_a_decision_holds_in_parts_is_counted_and_never_shown_as_code() -> None:
    assert details({"figures": {"budget": 1.0, "share": None}, "lines": [{"sku": "A"}, {"sku": "B"}]}) == {"figures": 2, "lines": 2}
