"""Overrides and their reasons; versions of a plan beside each other."""

from datetime import date

import polars as pl
import pytest

from engine.errors import Impossible
from engine.sop.overrides import Cell, as_payload, check, needs_reason, override_of
from engine.sop.versions import CAUSES, compared, fingerprint, waterfall

NOVEMBER, DECEMBER = date(2025, 11, 1), date(2025, 12, 1)
PRICE = pl.DataFrame({"family": ["L1", "L2"], "price": [10.0, 2.0]})


def cell(value: float, before: float | None = 100.0, **more) -> Cell:
    return Cell("L1", NOVEMBER, "sales", "set", value, before, **more)


def test_a_small_change_needs_no_reason_and_a_large_one_does():
    assert not needs_reason(cell(104.0), 1.0, 0.05, 1000.0)
    assert needs_reason(cell(106.0), 1.0, 0.05, 1000.0)
    assert needs_reason(cell(104.0), 500.0, 0.05, 1000.0)
    assert not needs_reason(cell(100.0), 500.0, 0.0, 0.0)
    assert needs_reason(cell(104.0, before=None), 1.0, 0.05, 1000.0)


def test_a_large_change_without_reason_or_words_is_refused():
    for wrong in (cell(200.0), cell(200.0, reason="promotion"), cell(200.0, text="TV"), cell(200.0, reason="because", text="x")):
        with pytest.raises(Impossible):
            check(wrong, 1.0, 0.05, 1000.0)
    check(cell(200.0, reason="promotion", text="TV campaign"), 1.0, 0.05, 1000.0)


def test_a_change_of_an_unknown_layer_is_refused():
    with pytest.raises(Impossible, match="layer"):
        check(Cell("L1", NOVEMBER, "boss", "set", 1.0, 1.0), 1.0, 0.05, 1000.0)


def test_what_is_kept_of_a_change_gives_it_back_to_the_plan():
    kept = as_payload(Cell("L1", NOVEMBER, "sales", "share", 0.1, 100.0, "deal", " big one "))
    found = override_of(kept, "Li", "2025-11-03", "2025-10/L1/2025-11/sales")
    assert (found.family, found.month, found.layer, found.kind, found.value, found.author, found.text) == (
        "L1", NOVEMBER, "sales", "share", 0.1, "Li", "big one"
    )  # fmt: skip


def plan(*rows: tuple[str, date, float, float, float, float, float]) -> pl.DataFrame:
    names = ("family", "month", "small_qty", "large_qty", "deal_qty", "rest_qty", "override_qty")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Float64) | {"family": pl.String, "month": pl.Date}, orient="row")


BEFORE = plan(("L1", NOVEMBER, 10, 0, 5, 85, 0), ("L1", DECEMBER, 10, 0, 0, 90, 0), ("L2", NOVEMBER, 0, 0, 0, 50, 0))
AFTER = plan(("L1", NOVEMBER, 10, 20, 0, 80, 15), ("L1", DECEMBER, 10, 0, 0, 90, 0), ("L2", NOVEMBER, 0, 0, 0, 50, 0))


def test_the_waterfall_adds_up_to_the_difference_by_cause():
    found = waterfall(BEFORE, AFTER, [NOVEMBER, DECEMBER], PRICE)
    assert found["cause"].to_list() == list(CAUSES)
    changes = dict(zip(found["cause"], found["change_qty"], strict=True))
    assert changes == {"forecast": -5.0, "contracts": 20.0, "deals": -5.0, "overrides": 15.0, "withdrawn": 0.0, "launched": 0.0}
    assert found["change_value"].sum() == pytest.approx(250.0)


def test_a_family_that_only_one_plan_has_counts_whole_as_launched_or_withdrawn():
    gone = AFTER.filter(pl.col("family") == "L1")
    found = dict(waterfall(AFTER, gone, [NOVEMBER, DECEMBER], PRICE).select("cause", "change_qty").iter_rows())
    assert found["withdrawn"] == -50.0
    assert dict(waterfall(gone, AFTER, [NOVEMBER, DECEMBER], PRICE).select("cause", "change_qty").iter_rows())["launched"] == 50.0


def test_a_change_without_a_known_price_has_no_money():
    found = waterfall(BEFORE, AFTER, [NOVEMBER], PRICE.filter(pl.col("family") == "L2"))
    assert dict(found.select("cause", "change_value").iter_rows())["contracts"] is None
    assert dict(found.select("cause", "change_value").iter_rows())["withdrawn"] == 0.0


def test_plans_beside_each_other_say_what_was_added_removed_moved_and_changed():
    before = pl.DataFrame({"family": ["A", "A", "B", "C"], "month": [NOVEMBER, DECEMBER, NOVEMBER, NOVEMBER], "qty": [10.0, 10.0, 5.0, 1.0]})
    after = pl.DataFrame({"family": ["A", "A", "C", "D"], "month": [NOVEMBER, DECEMBER, NOVEMBER, NOVEMBER], "qty": [15.0, 5.0, 4.0, 9.0]})
    found = {(row["family"], row["month"]): (row["what"], row["change_qty"]) for row in compared(before, after, "qty").to_dicts()}
    assert found == {
        ("A", NOVEMBER): ("moved", 5.0), ("A", DECEMBER): ("moved", -5.0), ("B", NOVEMBER): ("removed", -5.0), ("C", NOVEMBER): ("changed", 3.0),
        ("D", NOVEMBER): ("added", 9.0),
    }  # fmt: skip
    assert compared(before, before, "qty").is_empty()


def test_equal_figures_have_equal_fingerprints_in_any_order():
    assert fingerprint({"a": BEFORE}) == fingerprint({"a": BEFORE.reverse().select(reversed(BEFORE.columns))})
    assert fingerprint({"a": BEFORE}) != fingerprint({"a": AFTER})
    assert fingerprint({"a": BEFORE}) != fingerprint({"b": BEFORE})
