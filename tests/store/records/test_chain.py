"""The verifier: 1,000 random mutations of the store are all found, made by somebody who knows how the chain is reckoned."""

import random
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from engine.store import decisions
from engine.store.home import Home
from engine.store.records import anchor, chain
from engine.store.records.tables import RECORDS
from tests.store.records.test_append_only import three_kept

KEPT, MUTATIONS = 30, 1000
NAMES = [column.name for column in RECORDS.columns]
NUMBERS = ("self_declared", "warehouse_version", "replaces")
TRIGGERS = ("records_are_not_changed", "records_are_not_deleted", "records_are_not_emptied", "records_are_appended")
Row = dict[str, Any]


def filled(home: Home) -> None:
    chance = random.Random(3)
    for number in range(KEPT):
        kind = chance.choice(decisions.KINDS)
        payload = None if number % 11 == 10 else {"value": chance.random(), "note": chance.choice(["", "ё", "清仓", "a"]) * number}
        decisions.append(home, kind, f"subject {chance.randrange(9)}", payload, chance.choice(["Anna", "王芳"]), chance.choice([None, 1, 12]))


def changed_cell(rows: list[Row], chance: random.Random) -> list[Row]:
    """One cell is another: a number, one sign of a text, nothing instead of something."""
    row, name = chance.choice(rows), chance.choice([name for name in NAMES if name != "seq"])
    value = row[name]
    if name in NUMBERS:
        row[name] = chance.choice([other for other in (None, 0, 1, 2, 13, -1) if other != value and (other is not None or name != "self_declared")])
    elif value is None:
        row[name] = "{}"
    else:
        place = chance.randrange(len(value) + 1)
        row[name] = chance.choice([value[:place] + "0" + value[place:], value[: place - 1] + value[place:] if place else value + " ", value + "\u200b"])
    return rows


def swapped_rows(rows: list[Row], chance: random.Random) -> list[Row]:
    """Two rows change places, with or without the hashes that belong to the places."""
    one, other = chance.sample(range(len(rows)), 2)
    kept = [*chance.choice([("seq",), ("seq", "previous_hash", "hash"), ("seq", "at")])]
    rows[one], rows[other] = {**rows[other], **{name: rows[one][name] for name in kept}}, {**rows[one], **{name: rows[other][name] for name in kept}}
    return rows


def deleted_row(rows: list[Row], chance: random.Random) -> list[Row]:
    """A row is gone; the later ones keep their numbers or close the gap."""
    del rows[chance.randrange(len(rows) - 1)]
    return renumbered(rows) if chance.random() < 0.5 else rows


def cut_tail(rows: list[Row], chance: random.Random) -> list[Row]:
    """The last rows are gone: what is left is a chain without a fault."""
    return rows[: chance.randrange(len(rows))]


def cut_tail_and_went_on(rows: list[Row], chance: random.Random) -> list[Row]:
    """The last rows are other ones, their hashes reckoned as the store does."""
    place = chance.randrange(len(rows))
    for row in rows[place:]:
        row["payload"] = '{"value":1}'
    return rechained(rows)


def reinserted_row(rows: list[Row], chance: random.Random) -> list[Row]:
    """A row is taken out and put in again elsewhere."""
    row = rows.pop(chance.randrange(len(rows) - 1))
    rows.insert(chance.choice([place for place in range(len(rows) + 1) if place != row["seq"] - 1]), row)
    return renumbered(rows)


def doubled_row(rows: list[Row], chance: random.Random) -> list[Row]:
    """A row stands there twice."""
    row = chance.choice(rows)
    rows.insert(chance.randrange(len(rows)), {**row, "hash": chain.digest({**row, "seq": 0})})
    return renumbered(rows)


def whole_chain_written_anew(rows: list[Row], chance: random.Random) -> list[Row]:
    """One cell is another, and every hash from there on is reckoned anew, as the store does."""
    rows[chance.randrange(len(rows))]["who"] += "?"
    return rechained(rows)


def row_put_in_and_chain_written_anew(rows: list[Row], chance: random.Random) -> list[Row]:
    """One row more in the middle, everything after it reckoned anew."""
    rows.insert(chance.randrange(len(rows)), {**chance.choice(rows), "payload": '{"forged":true}'})
    return rechained(renumbered(rows))


def renumbered(rows: list[Row]) -> list[Row]:
    return [{**row, "seq": seq} for seq, row in enumerate(rows, start=1)]


def rechained(rows: list[Row]) -> list[Row]:
    before = chain.GENESIS
    for row in rows:
        row["previous_hash"] = before
        before = row["hash"] = chain.digest(row)
    return rows


MUTATED = (
    changed_cell, changed_cell, changed_cell, swapped_rows, deleted_row, cut_tail, cut_tail, cut_tail_and_went_on, reinserted_row, doubled_row,
    whole_chain_written_anew, row_put_in_and_chain_written_anew,
)  # fmt: skip


def put(connection: sa.Connection, rows: list[Row]) -> None:
    """Make the table hold these rows and no others."""
    connection.execute(sa.delete(RECORDS))
    if rows:
        connection.execute(sa.insert(RECORDS), rows)


def test_1000_random_mutations_of_the_store_are_all_found(home: Home, raw: Callable[[], sa.Connection]) -> None:
    filled(home)
    chance, missed = random.Random(20261122), []
    with raw() as connection:
        kept = [dict(row) for row in connection.execute(sa.select(RECORDS).order_by(RECORDS.c.seq)).mappings()]
        for trigger in TRIGGERS:  # whoever can write to the database can take its guards away
            connection.exec_driver_sql(f"drop trigger if exists {trigger}{' on records' if home.records_url else ''}")
        if home.records_url is None:
            connection.exec_driver_sql("pragma synchronous = off")
        for number in range(MUTATIONS):
            mutate = MUTATED[number % len(MUTATED)]
            rows = mutate([dict(row) for row in kept], chance)
            assert rows != kept
            put(connection, rows)
            if decisions.verify(home).is_sound:
                missed.append((number, mutate.__name__))
        put(connection, kept)
    assert missed == []
    assert decisions.verify(home).is_sound


def test_a_blob_in_place_of_a_text_is_found(file_home: Home) -> None:
    three_kept(file_home)
    with sa.create_engine(f"sqlite:///{file_home.records_file}", poolclass=sa.NullPool).begin() as connection:
        connection.exec_driver_sql("drop trigger records_are_not_changed")
        connection.exec_driver_sql("update records set payload = cast(payload as blob) where seq = 2")
    assert [str(fault) for fault in decisions.verify(file_home).faults] == ["Record 2 is not what was written: its content does not fit its hash."]


def test_an_anchor_that_is_gone_damaged_or_of_another_chain_is_told(home: Home) -> None:
    three_kept(home)
    path, sound = home.records / anchor.NAME, (home.records / anchor.NAME).read_text(encoding="utf-8")
    path.unlink()
    assert "anchor of the records is missing" in str(decisions.verify(home).faults[0])
    path.write_text("{", encoding="utf-8")
    assert "anchor of the records is damaged" in str(decisions.verify(home).faults[0])
    path.write_text(sound.replace('"count": 3', '"count": 5'), encoding="utf-8")
    assert "The last 2 records are gone" in str(decisions.verify(home).faults[0])
    path.write_text(sound, encoding="utf-8")
    assert decisions.verify(home).is_sound


def test_a_cut_tail_stays_found_although_people_go_on_writing(file_home: Home) -> None:
    three_kept(file_home)
    with sa.create_engine(f"sqlite:///{file_home.records_file}", poolclass=sa.NullPool).begin() as connection:
        connection.exec_driver_sql("drop trigger records_are_not_deleted")
        connection.exec_driver_sql("delete from records where seq = 3")
    for number in range(3):
        decisions.append(file_home, "action", f"later {number}", {}, "Anna", None)
    assert not decisions.verify(file_home).is_sound


def test_a_database_that_is_gone_is_told_by_the_anchor(file_home: Home) -> None:
    three_kept(file_home)
    file_home.records_file.unlink()
    assert "The last 3 records are gone" in str(decisions.verify(file_home).faults[0])


@pytest.mark.parametrize("kept", [0, 1])
def test_a_short_chain_is_sound(home: Home, kept: int) -> None:
    for _ in range(kept):
        decisions.append(home, "person", "p1", {"name": "Anna"}, "Anna", None)
    found = decisions.verify(home)
    assert (found.count, found.is_sound) == (kept, True)
