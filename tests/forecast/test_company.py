"""A company's series together: classes, borrowed seasons, families that add up, and every kind of bad input with its outcome."""

from dataclasses import replace

import numpy as np
import pytest

from engine.forecast.company import prepared, summed, worked_out
from engine.forecast.finishing import finished
from engine.forecast.shapes import Item
from engine.settings import DEFAULTS, Settings
from tests.forecast.small_series import SEASON, intermittent, seasonal

MONTHS, LAST = 48, 11


def item(code, family, shipped, *, group="G", listed=None, withdrawn_in=None, there=None, under=None, ahead=None):
    count = len(shipped)
    return Item(
        code, family, group, np.asarray(shipped, dtype=float), np.full(count, np.nan) if there is None else there,
        np.zeros(count) if under is None else under, np.zeros(18) if ahead is None else ahead, listed, withdrawn_in,
    )  # fmt: skip


def forecast(items, settings=DEFAULTS, is_missing=None):
    company = prepared(items, MONTHS, LAST, settings, is_missing)
    result = finished(company, [worked_out(task) for task in company.tasks], settings)
    return company, result, {(task.level, task.code): place for place, task in enumerate(result.tasks)}


def shop():
    return [
        item("A1", "L1", seasonal(48, 200, 1.0, 0.1, seed=1)),
        item("A2", "L1", seasonal(48, 50, 0.0, 0.15, seed=2)),
        item("A3", "L1", seasonal(14, 80, 0.0, 0.1, seed=3, first=10)),
        item("B1", "L2", intermittent(48)),
        item("B2", "L2", seasonal(40, 30, 0.0, 0.1, seed=4, first=8)),
        item("B3", "L2", np.concatenate([seasonal(30, 20), np.zeros(18)])),
        item("C1", "L3", [4.0, 9.0, 11.0], listed=3),
    ]


@pytest.fixture(scope="module")
def whole():
    return forecast(shop())


def test_each_item_is_classed_and_has_a_method_that_suits_it(whole):
    _, result, _place = whole
    found = {task.code: (task.kind, method) for task, method in zip(result.tasks, result.methods, strict=True) if task.level == "item"}
    assert {code: kind for code, (kind, _) in found.items()} == {
        "A1": "seasonal", "A2": "seasonal", "A3": "short", "B1": "intermittent", "B2": "seasonal", "B3": "ended", "C1": "new",
    }  # fmt: skip
    assert found["A1"][1] in ("ensemble", "theta", "seasonal_naive")
    assert found["B1"][1] in ("year_mean", "tsb")
    assert (found["A3"][1], found["B3"][1], found["C1"][1]) == ("pooled_season", "nothing", "analogue")


def test_items_add_up_to_their_family_exactly_in_every_month(whole):
    company, result, place = whole
    for family, members in company.members.items():
        items = sum(result.ahead[member].qty for member in members)
        assert (items == result.ahead[place["family", family]].qty).all()


@pytest.mark.parametrize("way_count", [4])
def test_each_way_of_agreeing_is_judged_by_the_past_and_the_best_is_taken(whole, way_count):
    _, result, _ = whole
    assert len(result.ways) == way_count
    errors = {one.way: one.item_wape + one.family_wape for one in result.ways}
    assert result.way == min(errors, key=errors.get)


def test_a_short_history_gets_the_season_of_its_line_which_it_could_not_know(whole):
    """Fourteen months cannot show seasons: the line's are used, and beat its own mean."""
    _, result, place = whole
    ahead = result.ahead[place["item", "A3"]].qty[:12]
    assert np.corrcoef(ahead, SEASON)[0, 1] > 0.95
    truth = 80 * SEASON
    assert np.abs(ahead - truth).sum() < 0.5 * np.abs(80 - truth).sum()


def test_intermittent_demand_is_expected_at_its_rate_and_not_in_lumps(whole):
    _, result, place = whole
    ahead = result.ahead[place["item", "B1"]].qty
    assert ahead.std() < 0.3 * ahead.mean()
    assert 0.5 * intermittent(48)[-12:].mean() < ahead.mean() < 2 * intermittent(48).mean()


def test_an_ended_item_is_expected_to_sell_nothing_for_certain(whole):
    _, result, place = whole
    ahead = result.ahead[place["item", "B3"]]
    assert not ahead.qty.any()
    assert not ahead.ends[0.95][1].any()


def test_intervals_hold_their_forecast_and_contain_one_another(whole):
    _, result, _ = whole
    for ahead in result.ahead:
        (low80, high80), (low95, high95) = ahead.ends[0.80], ahead.ends[0.95]
        assert (low95 >= 0).all()
        assert (low95 <= low80).all()
        assert (low80 <= ahead.qty).all()
        assert (ahead.qty <= high80).all()
        assert (high80 <= high95).all()


def test_the_past_is_forecast_from_what_was_known_then(whole):
    """Changing what came after an origin must not change what is said at it."""
    _company, result, place = whole
    task = result.tasks[place["item", "A1"]]
    row = task.months_back.index(12)
    changed = task.values.copy()
    changed[-12:] *= 7
    other, same = worked_out(replace(task, values=changed)), worked_out(task)
    for name in task.methods:
        assert other.back[name][row] == pytest.approx(same.back[name][row])


def test_an_item_that_is_to_be_withdrawn_sells_until_then_and_runs_out():
    _, result, place = forecast([item("A1", "L1", seasonal(48)), item("A2", "L1", seasonal(48, 60), withdrawn_in=3)])
    ahead = result.ahead[place["item", "A2"]].qty
    assert (ahead[:9] > 0).all()
    assert not ahead[9:].any()


def test_a_withdrawn_item_sells_what_is_left_for_some_months():
    _, result, place = forecast([item("A1", "L1", seasonal(48)), item("A2", "L1", np.full(48, 60.0), withdrawn_in=-2)])
    ahead = result.ahead[place["item", "A2"]].qty
    assert (ahead[:4] > 0).all()
    assert not ahead[4:].any()


def test_a_planned_promotion_is_added_to_the_months_ahead_by_what_earlier_ones_brought():
    under, ahead = np.zeros(48), np.zeros(18)
    under[[10, 22, 34]] = 1.0
    ahead[2] = 1.0
    items = [item("A1", "L1", np.full(48, 100.0) * (1 + 0.5 * under), under=under, ahead=ahead)]
    company, result, place = forecast(items)
    assert company.uplifts["L1"] == pytest.approx(0.5)
    found = result.ahead[place["item", "A1"]]
    assert found.qty[:4] == pytest.approx([100, 100, 150, 100], rel=0.03)
    assert found.promotion[2] == pytest.approx(50, rel=0.03)


def test_another_method_takes_over_where_the_past_says_so_clearly():
    always = Settings({"forecast_switch_share": 0.0})
    items = [item(f"A{n}", "L1", np.tile(100 * SEASON**6, 4) + n) for n in range(6)]
    _, result, _ = forecast(items, always)
    scores = {one.method: one.error for one in result.choices if (one.level, one.kind) == ("item", "seasonal")}
    chosen = next(one.method for one in result.choices if one.is_chosen and (one.level, one.kind) == ("item", "seasonal"))
    assert scores[chosen] == min(scores.values())


# ── bad input ────────────────────────────────────────────────────────────────────────────────────────────────────────────


BAD = {
    "a family without history": [item("A1", "L1", [], listed=40)],
    "an item with one month": [item("A1", "L1", [7.0])],
    "all zeros": [item("A1", "L1", np.zeros(48))],
    "only returns": [item("A1", "L1", np.full(20, -3.0))],
    "returns above sales": [item("A1", "L1", np.where(np.arange(36) % 5 == 4, -40.0, 30.0))],
    "gaps": [item("A1", "L1", np.where(np.arange(40) % 9 == 3, 0.0, 50.0))],
    "an outlier": [item("A1", "L1", np.concatenate([np.full(30, 10.0), [1e6], np.full(6, 10.0)]))],
    "18 digits": [item("A1", "L1", seasonal(40) * 1e16), item("A2", "L1", seasonal(40))],
    "a series that explodes": [item("A1", "L1", 2.0 ** np.arange(48))],
    "an empty line beside a full one": [item("A1", "L1", seasonal(48)), item("B1", "L2", [])],
    "a code of nobody's line": [item("A1", "", seasonal(30))],
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_has_a_finite_outcome_that_adds_up(name):
    company, result, place = forecast(BAD[name])
    for ahead in result.ahead:
        assert np.isfinite(ahead.qty).all()
        assert (ahead.qty >= 0).all()
    for family, members in company.members.items():
        assert (sum(result.ahead[member].qty for member in members) == result.ahead[place["family", family]].qty).all()


def test_what_becomes_of_bad_input():
    def of(name):
        _, result, _place = forecast(BAD[name])
        return result.tasks[0].kind, result.ahead[0].qty

    assert of("a family without history")[0] == "ended"
    assert not of("a family without history")[1].any()
    kind, qty = of("an item with one month")
    assert (kind, qty.tolist()) == ("new", [7.0] * 18)
    assert of("all zeros")[0] == "ended"
    assert of("only returns")[0] == "ended"
    assert of("an outlier")[1] == pytest.approx(np.full(18, 10.0), rel=0.05)
    kind, qty = of("returns above sales")
    assert qty.mean() == pytest.approx(np.mean([30, 30, 30, 30, -40]), rel=0.5)


def test_a_new_item_that_was_never_sold_goes_as_launches_in_its_line_did():
    items = [item("A1", "L1", seasonal(48)), *(item(f"N{n}", "L1", np.full(20, 30.0 + n)) for n in range(3)), item("N9", "L1", [], listed=1)]
    _, result, place = forecast(items)
    assert result.tasks[place["item", "N9"]].kind == "new"
    assert 15 < result.ahead[place["item", "N9"]].qty.mean() < 60


def test_months_for_which_the_company_has_no_sales_at_all_do_not_pull_the_forecast_down():
    gone = np.zeros(48, dtype=bool)
    gone[[20, 40]] = True
    shipped = np.where(gone, 0.0, 100.0)
    _, result, _place = forecast([item("A1", "L1", shipped)], is_missing=gone)
    assert result.ahead[0].qty == pytest.approx(np.full(18, 100.0), rel=0.02)


def test_the_sum_of_series_ends_with_their_last_month():
    assert summed([np.array([1.0, 2]), np.array([5.0]), np.zeros(0)], 4) == pytest.approx([0, 0, 1, 7])


def test_a_class_that_the_month_of_a_year_ago_forecasts_clearly_better_is_forecast_by_it():
    """Histories of 23 months whose seasons their line cannot lend: each has another one."""
    own = [np.roll(SEASON**3, n * 2) for n in range(6)]
    items = [item(f"A{n}", f"L{n % 2}", np.tile(100 * shape, 2)[:23]) for n, shape in enumerate(own)]
    _, result, _ = forecast(items, Settings({"forecast_origins": [[3], [6], [9]]}))
    chosen = next(one.method for one in result.choices if one.is_chosen and (one.level, one.kind) == ("item", "short"))
    assert chosen == "seasonal_naive"
