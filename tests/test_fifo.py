"""Which receipts lie in stock still: the golden vector of two sites, what counts and returns do, and the whole against a plain replay."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

import polars as pl
import pytest

from engine.fifo import gains, layers

SCHEMA = {
    "item_id": pl.String, "location_id": pl.String, "to_location_id": pl.String, "moved_on": pl.Date, "kind": pl.String, "qty": pl.Float64,
}  # fmt: skip
END = date(2015, 5, 9)


def day(month, number, year=2015):
    return date(year, month, number)


def moved(*rows):
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def books(*rows, on=END):
    found = [(item, place, on, qty) for item, place, qty in rows]
    return pl.DataFrame(found, schema={"item_id": pl.String, "location_id": pl.String, "counted_on": pl.Date, "qty": pl.Float64}, orient="row")


def lying(movements, counted, place=None):
    found = layers(movements, counted)
    found = found if place is None else found.filter(pl.col("location_id") == place)
    return found.select("received_on", "qty").rows()


TWO_SITES = moved(
    ("A", "wh11", None, day(3, 15), "in", 10.0),
    ("A", "wh11", None, day(4, 15), "in", 5.0),
    ("A", "wh11", "wh12", day(5, 2), "move", 5.0),
    ("A", "wh12", None, day(5, 3), "out", 1.0),
)
TWO_BOOKS = books(("A", "wh11", 10.0), ("A", "wh12", 4.0))


def test_the_golden_vector_of_two_sites_keeps_the_first_receipt_through_a_transfer():
    assert lying(TWO_SITES, TWO_BOOKS, "wh11") == [(day(3, 15), 5.0), (day(4, 15), 5.0)]
    assert lying(TWO_SITES, TWO_BOOKS, "wh12") == [(day(3, 15), 4.0)]


def test_the_golden_vector_by_site_is_april_5_and_march_9():
    by_day = dict(layers(TWO_SITES, TWO_BOOKS).group_by("received_on").agg(pl.col("qty").sum()).iter_rows())
    assert by_day == {day(3, 15): 9.0, day(4, 15): 5.0}
    cost = 275.0 / 3  # the vector's mean cost of 91.67
    assert (round(by_day[day(4, 15)] * cost, 2), round(by_day[day(3, 15)] * cost, 2)) == (458.33, 825.00)


def test_an_opening_balance_without_receipts_is_of_unknown_age_and_leaves_first():
    movements = moved(("A", "P", None, day(4, 1), "in", 10.0), ("A", "P", None, day(4, 2), "out", 30.0))
    assert lying(movements, books(("A", "P", 30.0))) == [(None, 20.0), (day(4, 1), 10.0)]
    assert lying(moved(), books(("A", "P", 3.0))) == [(None, 3.0)]


def test_what_the_books_lack_beyond_the_movements_was_the_oldest():
    movements = moved(("A", "P", None, day(3, 1), "in", 10.0), ("A", "P", None, day(4, 1), "in", 10.0))
    assert lying(movements, books(("A", "P", 12.0))) == [(day(3, 1), 2.0), (day(4, 1), 10.0)]


def test_a_gain_of_a_count_is_new_stock_only_where_no_earlier_count_was_short():
    counts = pl.DataFrame({"item_id": "A", "location_id": "P", "moved_on": [day(3, 2), day(3, 9), day(3, 20)], "qty": [-4.0, 3.0, 6.0]})
    assert gains(counts).select("moved_on", "qty").rows() == [(day(3, 20), 5.0)]
    short_first = moved(
        ("A", "P", None, day(3, 1), "in", 10.0), ("A", "P", None, day(3, 2), "count", -4.0), ("A", "P", None, day(3, 20), "count", 4.0),
    )  # fmt: skip
    assert lying(short_first, books(("A", "P", 10.0))) == [(day(3, 1), 10.0)]
    gained = moved(("A", "P", None, day(3, 1), "in", 10.0), ("A", "P", None, day(3, 20), "count", 4.0))
    assert lying(gained, books(("A", "P", 14.0))) == [(day(3, 1), 10.0), (day(3, 20), 4.0)]


def test_goods_that_come_back_are_as_old_as_what_left():
    movements = moved(
        ("A", "P", None, day(3, 1), "in", 10.0), ("A", "P", None, day(3, 5), "out", 10.0), ("A", "P", None, day(4, 1), "in", 5.0),
        ("A", "P", None, day(4, 20), "out", -2.0),
    )  # fmt: skip
    assert lying(movements, books(("A", "P", 7.0))) == [(day(3, 1), 2.0), (day(4, 1), 5.0)]


def test_age_is_carried_over_several_moves_and_back_again():
    movements = moved(
        ("A", "P", None, day(3, 1), "in", 6.0), ("A", "P", "Q", day(3, 10), "move", 6.0), ("A", "Q", "R", day(3, 20), "move", 4.0),
        ("A", "P", None, day(4, 1), "in", 3.0), ("A", "R", "P", day(4, 2), "move", 4.0),
    )  # fmt: skip
    counted = books(("A", "P", 7.0), ("A", "Q", 2.0))
    assert lying(movements, counted, "P") == [(day(3, 1), 4.0), (day(4, 1), 3.0)]
    assert lying(movements, counted, "Q") == [(day(3, 1), 2.0)]


def test_a_move_out_of_an_opening_balance_stays_of_unknown_age():
    movements = moved(("A", "P", "Q", day(3, 10), "move", 6.0))
    assert lying(movements, books(("A", "P", 1.0), ("A", "Q", 6.0)), "Q") == [(None, 6.0)]


def test_what_moved_after_the_count_does_not_count():
    movements = moved(("A", "P", None, day(3, 1), "in", 6.0), ("A", "P", None, END + timedelta(1), "in", 9.0))
    assert lying(movements, books(("A", "P", 6.0))) == [(day(3, 1), 6.0)]


def test_negative_and_empty_positions_have_no_layers():
    assert layers(TWO_SITES, books(("A", "wh11", -3.0), ("B", "wh11", 0.0))).is_empty()


def replayed(events, places):
    """The same by a plain replay, unit by unit: first in, first out at each place, the day travels along."""
    queue = {place: [] for place in places}
    for when, kind, place, to, qty in events:
        for _ in range(qty):
            if kind == "in":
                queue[place].append(when)
            else:
                unit = queue[place].pop(0)
                if kind == "move":
                    queue[to].append(unit)
    return queue


@pytest.mark.parametrize("seed", range(20))
def test_layers_are_those_of_a_replay_unit_by_unit(seed):
    chance, places = Random(seed), ["P", "Q", "R"]
    held, events = dict.fromkeys(places, 0), []
    for number in range(120):
        when, place = date(2015, 1, 1) + timedelta(number), chance.choice(places)
        kind = chance.choice(["in", "move", "out"]) if held[place] else "in"
        to = chance.choice([other for other in places if other != place]) if kind == "move" else None
        qty = chance.randint(1, 9) if kind == "in" else chance.randint(1, held[place])
        held[place] += qty if kind == "in" else -qty
        if to:
            held[to] += qty
        events.append((when, kind, place, to, qty))
    movements = moved(*(("A", place, to, when, kind, float(qty)) for when, kind, place, to, qty in events))
    counted = books(*(("A", place, float(qty)) for place, qty in held.items()))
    expected = defaultdict(float)
    for place, units in replayed(events, places).items():
        for unit in units:
            expected[place, unit] += 1
    found = {(place, when): qty for place, when, qty in layers(movements, counted).select("location_id", "received_on", "qty").iter_rows()}
    assert found == pytest.approx(dict(expected))


@pytest.mark.parametrize("seed", range(8))
def test_the_layers_of_any_movements_add_up_to_the_books(seed):
    chance = Random(seed)
    rows = []
    for _ in range(300):
        kind = chance.choice(["in", "out", "move", "count"])
        place = chance.choice("PQR")
        to = chance.choice([other for other in "PQR" if other != place]) if kind == "move" else None
        qty = float(chance.randint(-5, 9)) if kind in ("out", "count") else float(chance.randint(1, 9))
        rows.append((chance.choice("AB"), place, to, date(2015, 1, 1) + timedelta(chance.randint(0, 100)), kind, qty))
    movements = moved(*rows).group_by("item_id", "location_id", "to_location_id", "moved_on", "kind").agg(pl.col("qty").sum())
    counted = books(*((item, place, float(chance.randint(0, 60))) for item in "AB" for place in "PQR"))
    found = layers(movements, counted).group_by("item_id", "location_id").agg(pl.col("qty").sum())
    both = counted.filter(pl.col("qty") > 0).join(found, on=["item_id", "location_id"], how="full", suffix="_found")
    assert both["qty"].to_list() == pytest.approx(both["qty_found"].to_list())
