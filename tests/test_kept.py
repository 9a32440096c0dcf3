"""What a build keeps of formulas: handed to it, worked out in its process, equal to what is worked out later."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from engine.answers import classes, company_facts, dead_stock, dealer_standing, loading, replenishing, safety_demand, safety_stock, scorecard, tiles
from engine.answers.lots import lots_on, worked_out
from engine.answers.periods import last_day
from engine.answers.source import Source, source_of
from engine.kpis import BOOK
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.settings import Settings
from engine.store import build, sources
from engine.store.home import Home
from engine.store.intake.reading import Options
from engine.store.warehouse import Warehouse, open_warehouse
from tests.store.small_company import written

PRODUCTION = """produced_on,sku,qty,location_id
2025-08-01,A1,20,P1
2025-10-05,A1,15,P1
2025-10-06,B1,3,P1
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("kept")
    home = Home(folder / "home")
    home.path.mkdir()
    (home.path / "settings.json").write_text('{"keep_from_rows": 0}', encoding="utf-8")
    prepared = loading.prepare(home, [written(folder / "files", production=PRODUCTION)])
    assert prepared.receipt.publishable, prepared.receipt.why_not()
    loading.publish(home, prepared)
    return home


def kept(source: Source) -> list[tuple[object, ...]]:
    return source.read("age_layers", as_of=date(2025, 10, 31)).rows()


def test_a_build_keeps_the_layers_of_the_newest_stock(home: Home) -> None:
    source = source_of(open_warehouse(home))
    assert kept(source) == [
        ("A1", "P1", date(2025, 8, 1), 15.0), ("A1", "P1", date(2025, 10, 5), 15.0), ("A2", "P1", None, 25.0),
        ("B1", "P1", date(2025, 10, 6), 3.0), ("B1", "P1", None, 5.0),
    ]  # fmt: skip


def test_what_is_kept_is_what_would_be_worked_out(home: Home) -> None:
    source, as_of = source_of(open_warehouse(home)), date(2025, 10, 31)
    lots = source.read("stock_lots_on", as_of=as_of, places=None)
    assert worked_out(source, lots, as_of).sort("item_id", "location_id", "received_on", nulls_last=True).rows() == kept(source)


def test_how_dealers_stand_and_what_their_scorecard_measures_is_kept_as_it_would_be_worked_out(demo_home: Home) -> None:
    source = source_of(open_warehouse(demo_home))
    as_of = last_day(source)
    newest = scorecard.newest_month(as_of)
    by_settings = {"settings": source.settings.fingerprint}
    standing = source.read("dealer_standing", as_of=as_of, **by_settings)
    assert standing.height > 40
    assert_frame_equal(standing, dealer_standing.worked_out(source, as_of), check_row_order=False, check_dtypes=False)
    measures, stuffed = scorecard.measured_for(source, newest)
    assert_frame_equal(source.read("dealer_measures", newest=newest, **by_settings), measures, check_row_order=False)
    assert_frame_equal(source.read("dealers_stuffed", newest=newest, **by_settings), stuffed, check_row_order=False)
    assert stuffed.height


def choice(source: Source, key: str) -> Selection:
    """Two values of a key, of those that the data hold; everything for no key."""
    if not key:
        return Selection()
    table = source.items if key == "sku" or key in source.items.columns else source.places if key == "location_id" else source.dealers
    known = (table["item_id"] if key == "sku" else table[key]).drop_nulls().unique(maintain_order=True)
    return Selection(where=((key, (known[0], known[-1])),))


@pytest.mark.parametrize("key", ["", "dealer_id", "region", "channel", "location_id", "item_kind", "sphere", "line_id", "sku"])
def test_positions_of_any_choice_are_a_part_of_those_that_were_kept(demo_home: Home, key: str) -> None:
    source = source_of(open_warehouse(demo_home))
    selection = choice(source, key)
    found = replenishing.positions(source, selection, EVERYTHING)
    anew = replenishing.worked_out(source, selection, EVERYTHING)
    assert_frame_equal(found, anew, rel_tol=1e-12)
    assert found.height > (3000 if not key else 0)
    assert source.read("supplied_positions", as_of=last_day(source), settings=source.settings.fingerprint, places=None).height > 3000


def test_classes_demand_of_positions_and_sets_of_materials_are_kept_as_they_would_be_worked_out(demo_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    source = source_of(open_warehouse(demo_home))
    as_of = last_day(source)
    sets = source.read("material_sets", as_of=as_of)
    assert_frame_equal(sets, dead_stock.sets_of(source, lots_on(source, as_of), as_of))
    assert sets["is_completable"].drop_nulls().n_unique() == 2
    of_day = {"as_of": as_of, "settings": source.settings.fingerprint}
    assert_frame_equal(source.read("item_classes", **of_day), classes.worked_out(source, as_of))
    demand = source.read("position_demand", **of_day)
    assert demand["daily_qty"].null_count() < demand.height / 2
    monkeypatch.setattr(safety_stock, "with_demand", safety_demand.worked_out)
    assert_frame_equal(demand, safety_stock.products_demand(source, as_of))
    assert source.read("position_demand", **of_day | {"settings": "other"}).is_empty()


def test_positions_of_another_day_or_window_are_worked_out(demo_home: Home) -> None:
    source = source_of(open_warehouse(demo_home))
    as_of = last_day(source)
    for selection in (Selection(as_of=as_of - timedelta(40)), Selection(first=as_of - timedelta(29), last=as_of)):
        assert_frame_equal(replenishing.positions(source, selection, EVERYTHING), replenishing.worked_out(source, selection, EVERYTHING))
    usual = replenishing.positions(source, Selection(), EVERYTHING)
    assert not replenishing.positions(source, Selection(first=as_of - timedelta(29), last=as_of), EVERYTHING)["sold_qty"].equals(usual["sold_qty"])


def test_the_company_has_the_same_tiles_from_what_was_kept_as_worked_out(demo_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    source = source_of(open_warehouse(demo_home))
    names = tuple(BOOK.values())
    kept, months = tiles.tiles_and_months(source, names, Selection(), EVERYTHING, names, 24)
    assert source.read("company_facts", as_of=last_day(source), settings=source.settings.fingerprint).height > 500
    monkeypatch.setattr(company_facts, "MONTHS_KEPT", -1)
    anew, by_month = tiles.tiles_and_months(source, names, Selection(), EVERYTHING, names, 24)
    assert kept == anew
    assert_frame_equal(months, by_month)


def test_what_was_kept_under_other_settings_is_not_shown(demo_home: Home) -> None:
    warehouse = open_warehouse(demo_home)
    other = Source(warehouse, warehouse.version, Settings({"scorecard_window_months": 6, "excess_objective_times": 9.0}))
    as_of = last_day(other)
    assert other.read("dealer_standing", as_of=as_of, settings=other.settings.fingerprint).is_empty()
    assert dealer_standing.standing_on(other, as_of)["over_count"].sum() < dealer_standing.standing_on(source_of(warehouse), as_of)["over_count"].sum()
    assert scorecard.card(other, as_of).rows.height


def test_an_earlier_day_is_worked_out_from_the_movements(home: Home) -> None:
    found = lots_on(source_of(open_warehouse(home)), date(2025, 9, 30))
    assert found.select("item_id", "came_on", "qty").rows() == [("A1", None, 20.0), ("A1", date(2025, 8, 1), 20.0), ("A2", None, 20.0)]


def test_a_rebuild_keeps_them_anew(home: Home) -> None:
    before = kept(source_of(open_warehouse(home)))
    loading.rebuild(home)
    assert kept(source_of(open_warehouse(home))) == before


def test_a_build_that_is_handed_nothing_keeps_nothing_and_the_figures_stay_the_same(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    receipt = build.prepare(home, sources.plain_sources(home, [written(tmp_path / "files", production=PRODUCTION)], Options()))
    build.publish(home, receipt.token)
    warehouse: Warehouse = open_warehouse(home)
    source = source_of(warehouse)
    assert kept(source) == []
    assert lots_on(source, date(2025, 10, 31)).filter(item_id="B1").select("came_on", "qty").rows() == [(None, 5.0), (date(2025, 10, 6), 3.0)]
