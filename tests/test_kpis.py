"""The KPI book: every figure is a ratio of sums at any grain, on facts made by hand and on a small company."""

from datetime import date, timedelta
from random import Random

import polars as pl
import pytest

from engine import kpis
from engine.answers.explaining import is_same
from engine.answers.kpis import explain, kpi
from engine.errors import BadUse
from engine.kpis import BOOK, Facts
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from tests.small_warehouse import published

NAMES = {
    "net_sales", "sold_qty", "sales_cost", "gross_margin", "margin_share", "stock_value", "stock_qty", "days_of_supply", "days_of_supply_backward",
    "turns", "gmroii", "out_of_stock_share", "unsold_stock_value",
}  # fmt: skip
FACTS = pl.DataFrame(
    {
        "sphere": ["A", "A", "B"], "sku": ["a1", "a2", "b1"], "net_value": [100.0, 300.0, 50.0], "cost_value": [60.0, 270.0, None],
        "stock_value": [10.0, 90.0, 5.0], "demand_value": [30.0, 60.0, 0.0], "demand_days": [90.0, 90.0, 90.0],
    }
)  # fmt: skip


def test_the_book_holds_the_agreed_kpis_and_each_says_what_it_is():
    assert set(BOOK) == NAMES
    for one in BOOK.values():
        assert all(str(said).strip() for said in (one.label, one.definition, one.formula))
        assert one.unit in {"money", "qty", "days", "share", "ratio"}
        assert one.better in {"up", "down", "band", "none"}


def test_a_group_is_the_ratio_of_sums_and_not_the_mean_of_ratios():
    by_sphere = BOOK["margin_share"].by(FACTS, "sphere").filter(sphere="A")
    assert by_sphere["margin_share"][0] == (400 - 330) / 400
    assert BOOK["days_of_supply_backward"].by(FACTS, "sphere").filter(sphere="A")["days_of_supply_backward"][0] == 100 / 90 * 90


def test_an_input_that_nobody_knows_makes_the_figure_unknown_with_the_reason():
    found = BOOK["margin_share"].by(Facts(FACTS, {"cost_value": kpis.REASONS["no_days"]}))
    assert found["margin_share"][0] is None
    assert Message.from_json(found["margin_share_why"][0]) == kpis.REASONS["no_days"]


def test_no_row_means_none_only_where_the_facts_say_so():
    facts = FACTS.with_columns(known=pl.Series([1, 1, 0]))
    unknown = BOOK["sales_cost"].by(Facts(facts, zero={"cost_value": "known"}), "sku")
    assert unknown["sales_cost"].to_list() == [60.0, 270.0, None]
    zero = BOOK["sales_cost"].by(Facts(facts.with_columns(known=1), zero={"cost_value": "known"}), "sku")
    assert zero["sales_cost"].to_list() == [60.0, 270.0, 0.0]


# ── a small company ─────────────────────────────────────────────────────────────────────────────────────────────────────

AS_OF = date(2025, 10, 31)
PRODUCTS = [
    {"sku": "A1", "product_name": "Apple", "sphere": "S1", "product_group": "G1", "line_id": "L1", "unit_cost": 10.0},
    {"sku": "A2", "product_name": "Pear", "sphere": "S1", "product_group": "G1", "line_id": "L1", "unit_cost": 20.0},
    {"sku": "B1", "product_name": "Plum", "sphere": "S2", "product_group": "G2", "line_id": "L2", "unit_cost": 5.0},
    {"sku": "B2", "product_name": "Fig", "sphere": "S2", "product_group": "G2", "line_id": "L2", "unit_cost": 7.0},
]
MATERIALS = [{"material_id": "M1", "material_name": "Glass", "unit_cost": 1.0}]
DEALERS = [
    {"dealer_id": "D1", "dealer_name": "North", "region": "North", "channel": "shops"},
    {"dealer_id": "D2", "dealer_name": "South", "region": "South", "channel": "bars"},
]
LOCATIONS = [
    {"location_id": "P", "location_name": "Plant", "kind": "plant", "region": "North"},
    {"location_id": "Q", "location_name": "Branch", "kind": "branch", "region": "South"},
    {"location_id": "X", "location_name": "At D1", "kind": "dealer", "dealer_id": "D1", "region": "North"},
]


def sold(day, dealer, sku, qty, net_value, cost_value=None, place="P"):
    return {"shipped_on": day, "dealer_id": dealer, "sku": sku, "qty": qty, "net_value": net_value, "cost_value": cost_value, "location_id": place}


def counted(day, place, item, qty, unit_cost=None, batch=None):
    return {"counted_on": day, "location_id": place, "item_id": item, "on_hand_qty": qty, "unit_cost": unit_cost, "batch_id": batch}


SALES = [
    sold(date(2025, 8, 3), "D1", "A1", 10.0, 200.0, 100.0),
    sold(date(2025, 10, 31), "D1", "A1", 20.0, 380.0),
    sold(date(2025, 10, 31), "D2", "A2", 3.0, 90.0, 60.0, "Q"),
    sold(date(2025, 9, 1), "D2", "B1", 4.0, 40.0, 20.0, "Q"),
    sold(date(2025, 9, 2), "D2", "B1", -4.0, -40.0, -20.0, "Q"),
    sold(date(2025, 8, 2), "D2", "B1", 9.0, 90.0, 45.0, "Q"),
    sold(date(2024, 3, 5), "D1", "A1", 1.0, 20.0, 10.0),
]
STOCK = [
    counted(date(2025, 9, 30), "P", "A1", 50.0, 9.0),
    counted(date(2025, 9, 30), "P", "A2", 8.0, 19.0),
    counted(date(2025, 10, 30), "P", "A1", 40.0, 11.0, "1"),
    counted(date(2025, 10, 30), "P", "A1", 2.0, 12.0, "2"),
    counted(date(2025, 10, 30), "P", "M1", 7.0),
    counted(date(2025, 10, 31), "Q", "B1", 6.0),
    counted(date(2025, 10, 31), "Q", "B2", -1.0, 7.0),
    counted(date(2025, 10, 31), "X", "A1", 1000.0, 10.0),
]
TABLES = {"products": PRODUCTS, "materials": MATERIALS, "dealers": DEALERS, "locations": LOCATIONS, "sales": SALES, "stock": STOCK}


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    return published(tmp_path_factory.mktemp("company") / "home", TABLES)


def asked(warehouse, *names, scope=EVERYTHING, where=None, **selection):
    return kpi(warehouse, names, Selection(where=tuple((where or {}).items()), **selection), scope)


def value(warehouse, name, **selection):
    return asked(warehouse, name, **selection).frame[name][0]


def test_the_day_of_the_stock_is_the_last_day_in_the_data_and_the_window_the_90_days_to_it(company):
    answer = asked(company, "net_sales")
    assert (answer.as_of, answer.first, answer.last) == (AS_OF, date(2025, 8, 3), AS_OF)
    assert answer.frame["net_sales"][0] == 200 + 380 + 90


def test_a_missing_cost_is_quantity_times_the_articles_cost_and_is_said(company):
    answer = asked(company, "sales_cost")
    assert answer.frame["sales_cost"][0] == 100 + 20 * 10 + 60
    assert any("1" in str(note) and "no cost" in str(note) for note in answer.notes)


def test_stock_is_the_newest_count_of_each_place_of_ours_at_its_rows_cost(company):
    assert value(company, "stock_value") == 40 * 11 + 2 * 12 + 6 * 5 - 7
    assert value(company, "stock_qty", as_of=date(2025, 10, 29)) == 58


def test_an_item_that_a_count_leaves_out_is_zero_there(company):
    found = asked(company, "stock_qty", "sold_qty", by=("sku",)).frame
    assert dict(found.select("sku", "stock_qty").iter_rows())["A2"] == 0


def test_products_count_unless_the_kind_says_otherwise(company):
    kinds = {kind: value(company, "stock_qty", where={"item_kind": (kind,)}) for kind in ("product", "material", "all")}
    assert kinds == {"product": 47, "material": 7, "all": 54}
    assert dict(asked(company, "stock_qty", by=("item_kind",)).frame.iter_rows()) == {"product": 47, "material": 7}


def test_demand_is_valued_at_the_newest_stock_cost_the_highest_batch_of_the_day_deciding(company):
    demand = 30 * 12 + 3 * 19
    assert value(company, "days_of_supply_backward") == pytest.approx(487 / demand * 90)


def test_without_a_forecast_the_forward_view_takes_the_mean_sales(company):
    assert value(company, "days_of_supply") == pytest.approx(value(company, "days_of_supply_backward"))


def test_no_demand_is_unknown_even_at_negative_stock_and_demand_without_stock_is_zero(company):
    answer = asked(company, "days_of_supply", by=("sku",))
    found = {row["sku"]: row for row in answer.frame.to_dicts()}
    assert found["B2"]["days_of_supply"] is None
    assert Message.from_json(found["B2"]["days_of_supply_why"]) == kpis.REASONS["no_demand"]
    assert found["B1"]["days_of_supply"] is None, "what was sold came back"
    assert found["A2"]["days_of_supply"] == 0


def test_unsold_stock_is_what_lies_there_and_did_not_sell_net_of_returns(company):
    assert value(company, "unsold_stock_value") == 6 * 5
    assert value(company, "unsold_stock_value", first=date(2025, 8, 2)) == 0


def test_out_of_stock_counts_items_at_the_places_that_sold_them(company):
    assert value(company, "out_of_stock_share") == 1 / 2
    assert dict(asked(company, "out_of_stock_share", by=("location_id",)).frame.select("location_id", "out_of_stock_share").iter_rows()) == {"P": 0, "Q": 1}


def test_without_places_in_the_sales_a_position_is_the_item_over_all_our_places(tmp_path):
    rows = [row | {"location_id": None} for row in SALES]
    warehouse = published(tmp_path / "home", TABLES | {"sales": rows})
    assert value(warehouse, "out_of_stock_share") == 1 / 2
    by_place = asked(warehouse, "out_of_stock_share", "days_of_supply", "stock_value", "net_sales", by=("location_id",)).frame.to_dicts()
    plant = next(row for row in by_place if row["location_id"] == "P")
    assert (plant["out_of_stock_share"], plant["days_of_supply"], plant["net_sales"], plant["stock_value"]) == (None, None, None, 464)
    assert next(row for row in by_place if row["location_id"] is None)["net_sales"] == 670


def test_stock_is_not_kept_by_dealer_and_says_so(company):
    found = asked(company, "net_sales", "stock_value", "turns", by=("dealer_id",)).frame
    assert found["net_sales"].to_list() == [580, 90]
    assert found["stock_value"].null_count() == found["turns"].null_count() == 2
    assert "dealer" in str(Message.from_json(found["stock_value_why"][0]))
    assert value(company, "stock_value", where={"channel": ("shops",)}) is None


def test_a_region_is_that_of_the_dealer_for_sales_and_of_the_place_for_stock(company):
    found = {row["region"]: row for row in asked(company, "net_sales", "stock_value", by=("region",)).frame.to_dicts()}
    assert (found["North"]["net_sales"], found["North"]["stock_value"]) == (580, 464)
    assert (found["South"]["net_sales"], found["South"]["stock_value"]) == (90, 23)
    assert value(company, "stock_value", where={"region": ("South",)}) == 23


def test_a_place_can_be_named_even_if_it_is_a_dealers(company):
    assert value(company, "stock_value", where={"location_id": ("X",)}) == 10_000
    assert asked(company, "stock_value", by=("location_id",)).frame["location_id"].to_list() == ["X", "P", "Q"]


def test_by_month_flows_are_of_the_month_and_stock_is_at_its_end(company):
    found = asked(company, "net_sales", "stock_value", "turns", by=("month",), first=date(2025, 8, 1)).frame
    assert found["month"].to_list() == [date(2025, month, 1) for month in (8, 9, 10)]
    assert found["net_sales"].to_list() == [290, 0, 470]
    assert found["stock_value"].to_list() == [None, 50 * 9 + 8 * 19, 487]


def test_a_window_that_the_sales_do_not_reach_is_unknown_and_never_zero(company):
    answer = asked(company, "net_sales", first=date(2030, 1, 1), last=date(2030, 2, 1))
    assert answer.frame["net_sales"][0] is None
    assert "2025-10-31" in str(Message.from_json(answer.frame["net_sales_why"][0]))


def test_an_empty_choice_lets_nothing_through(company):
    assert value(company, "net_sales", where={"sphere": ()}) == 0
    assert value(company, "net_sales", where={"sphere": ("S1", "S2")}) == 670


def test_somebody_sees_only_the_regions_of_their_scope(company):
    north = Scope("sales", regions=frozenset({"North"}))
    assert value(company, "net_sales", scope=north) == 580
    assert value(company, "stock_value", scope=north) == 464
    assert value(company, "net_sales", scope=Scope("nobody", regions=frozenset())) == 0
    dealer = Scope("d2", dealers=frozenset({"D2"}))
    assert value(company, "net_sales", scope=dealer) == 90
    assert value(company, "stock_value", scope=dealer) is None


def test_answers_of_different_people_are_kept_apart(company):
    assert value(company, "net_sales") == 670
    assert value(company, "net_sales", scope=Scope("local", regions=frozenset({"South"}))) == 90
    assert value(company, "net_sales") == 670


@pytest.mark.parametrize(
    ("names", "selection"),
    [
        (("profit",), Selection()),
        (("net_sales",), Selection(by=("colour",))),
        (("net_sales",), Selection(where=(("colour", ("red",)),))),
        (("net_sales",), Selection(where=(("item_kind", ("toy",)),))),
        (("net_sales",), Selection(where=(("month", ("May",)),))),
        (("net_sales",), Selection(first=date(2025, 2, 1), last=date(2025, 1, 1))),
    ],
)
def test_what_does_not_exist_is_refused_in_a_sentence(company, names, selection):
    with pytest.raises(BadUse):
        kpi(company, names, selection, EVERYTHING)


def test_a_company_without_sales_and_stock_knows_nothing_and_breaks_nothing(tmp_path):
    warehouse = published(tmp_path / "home", {"products": PRODUCTS})
    found = asked(warehouse, *BOOK).frame
    assert all(found[name][0] is None for name in BOOK)
    assert asked(warehouse, *BOOK, by=("sku", "month")).frame.is_empty()


def test_stock_of_products_is_unknown_while_nobody_said_what_is_a_product(tmp_path):
    """Products count unless the kind says otherwise; without the list of them the stock of products is not 0 but unknown."""
    listed = ("stock_value", "stock_qty", "unsold_stock_value", "days_of_supply", "turns", "out_of_stock_share")
    warehouse = published(tmp_path / "home", {table: rows for table, rows in TABLES.items() if table not in ("products", "materials")})
    answer = asked(warehouse, *listed, "gross_margin")
    assert [answer.frame[name][0] for name in (*listed, "gross_margin")] == [None] * 7
    assert all("products was not loaded" in str(Message.from_json(answer.frame[f"{name}_why"][0])) for name in listed)
    assert "sales lines have no cost" in str(Message.from_json(answer.frame["gross_margin_why"][0]))
    assert "products was not loaded" in str(explain(warehouse, "stock_value", Selection(), EVERYTHING).headline)
    whole = asked(warehouse, "stock_qty", "stock_value", where={"item_kind": ("all",)}).frame
    assert whole["stock_qty"][0] == 40 + 2 + 7 + 6 - 1
    assert whole["stock_value"][0] is None
    assert "no cost" in str(Message.from_json(whole["stock_value_why"][0]))


def test_a_place_that_bears_a_dealers_code_or_name_is_the_dealers_wherever_stock_is_asked_for(tmp_path):
    places = {"D1": 3.0, "South": 4.0, "Twin": 5.0, "Depot": 6.0, "D2": 7.0}
    twins = [{"dealer_id": code, "dealer_name": "Twin", "region": "South"} for code in ("D3", "D4")]
    tables = {
        "products": PRODUCTS, "dealers": DEALERS + twins,
        "locations": [{"location_id": "D2", "location_name": "Ours", "kind": "branch", "region": "South"}],
        "stock": [counted(AS_OF, place, "A1", qty, 10.0) for place, qty in places.items()],
    }  # fmt: skip
    warehouse = published(tmp_path / "home", tables)
    assert value(warehouse, "stock_qty") == 5 + 6 + 7  # a name of two dealers, a place of unknown nature, a branch that is described
    assert explain(warehouse, "stock_qty", Selection(), EVERYTHING).facts["value"] == 18
    found = {row["location_id"]: (row["is_own"], row["kind"], row["dealer_id"], row["region"]) for row in warehouse.read("locations").to_dicts()}
    assert found["D1"] == (False, "dealer", "D1", "North")
    assert found["South"] == (False, "dealer", "D2", "South")
    assert [found[place][0] for place in ("Twin", "Depot", "D2")] == [True, True, True]
    of_the_south = asked(warehouse, "stock_qty", by=("location_id",), scope=Scope("Ann", regions=frozenset({"South"}))).frame
    assert set(of_the_south["location_id"]) == {"South", "D2"}


# ── forecasts ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def forecast(month, qty, sku=None, line=None, source="statistical", made=date(2025, 10, 1), dealer=None):
    return {"made_on": made, "month": month, "source": source, "sku": sku, "line_id": line, "dealer_id": dealer, "qty": qty}


def with_forecasts(tmp_path, *rows):
    return published(tmp_path / "home", TABLES | {"forecasts": list(rows)})


def test_the_forward_view_walks_the_forecast_month_by_month(tmp_path):
    warehouse = with_forecasts(tmp_path, forecast(date(2025, 11, 1), 30.0, "A1"), forecast(date(2025, 12, 1), 62.0, "A1"))
    stock, cost = 40 * 11 + 2 * 12, 12
    assert value(warehouse, "days_of_supply", where={"sku": ("A1",)}) == pytest.approx(30 + (stock - 30 * cost) / (62 * cost) * 31)


def test_cover_beyond_the_forecast_is_its_horizon_and_marked(tmp_path):
    warehouse = with_forecasts(tmp_path, forecast(date(2025, 11, 1), 3.0, "A1"))
    found = asked(warehouse, "days_of_supply", where={"sku": ("A1",)}).frame
    assert (found["days_of_supply"][0], found["censored"][0]) == (30.0, True)


def test_what_was_agreed_comes_before_the_newest_and_the_whole_before_its_parts(tmp_path):
    warehouse = with_forecasts(
        tmp_path,
        forecast(date(2025, 11, 1), 58.0, "A1", source="consensus", made=date(2025, 9, 1)),
        forecast(date(2025, 11, 1), 5.0, "A1", source="consensus", made=date(2025, 9, 1), dealer="D1"),
        forecast(date(2025, 11, 1), 999.0, "A1"),
        forecast(date(2025, 11, 1), 999.0, "A1", source="consensus", made=date(2025, 11, 5)),
    )
    assert value(warehouse, "days_of_supply", where={"sku": ("A1",)}) == pytest.approx(464 / (58 * 12) * 30)


def test_a_lines_forecast_is_shared_out_by_what_its_items_sold(tmp_path):
    warehouse = with_forecasts(tmp_path, forecast(date(2025, 11, 1), 66.0, line="L1"))
    assert value(warehouse, "days_of_supply", where={"sku": ("A1",)}) == pytest.approx(464 / (66 * 30 / 33 * 12) * 30)


# ── explain ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

GRAINS = [(), ("sphere",), ("sku",), ("month",), ("region",), ("channel",), ("location_id",), ("line_id", "month"), ("item_kind",), ("dealer_id", "sku")]


def random_company(seed):
    chance = Random(seed)
    days = [date(2024, 6, 1) + timedelta(n) for n in range(0, 520, 3)]
    sales = [
        sold(day, chance.choice(("D1", "D2")), chance.choice(("A1", "A2", "B1")), chance.randint(-2, 9), chance.uniform(5, 200),
             chance.choice((None, chance.uniform(1, 90))), chance.choice(("P", "Q", None)))
        for day in days for _ in range(3)
    ]  # fmt: skip
    stock = [
        counted(day, place, item, chance.randint(-3, 80), chance.choice((None, chance.uniform(1, 30))), batch)
        for day in days[::7] for place in ("P", "Q", "X") for item in ("A1", "A2", "B1", "B2", "M1") for batch in ("1", "2") if chance.random() < 0.7
    ]  # fmt: skip
    named = [(month, sku, source) for month in (11, 12) for sku in ("A1", "B1") for source in ("sales", "expert")]
    forecasts = [forecast(date(2025, month, 1), chance.uniform(1, 60), sku, None, source) for month, sku, source in named]
    forecasts += [forecast(date(2025, month, 1), chance.uniform(1, 60), None, "L2") for month in (11, 12)]
    return TABLES | {"sales": sales, "stock": stock, "forecasts": forecasts}


def test_explain_counts_any_shown_cell_once_more_from_the_loaded_rows_and_agrees(tmp_path):
    warehouse, chance, compared = published(tmp_path / "home", random_company(1)), Random(1), 0
    for grain in GRAINS:
        for as_of in (date(2025, 10, 31), date(2025, 7, 13)):
            shown = kpi(warehouse, tuple(BOOK), Selection(as_of=as_of, by=grain), EVERYTHING).frame.to_dicts()
            for row, name in [(row, name) for row in chance.sample(shown, min(3, len(shown))) for name in chance.sample(sorted(BOOK), 5)]:
                cell = tuple((key, ("" if row[key] is None else str(row[key]),)) for key in grain)
                found = explain(warehouse, name, Selection(as_of=as_of, by=grain, where=cell), EVERYTHING)
                assert is_same(row[name], found.facts["value"]), (grain, as_of, cell, name, row[name], found.facts["value"])
                compared += 1
    assert compared >= 200


def test_an_explanation_names_tables_rows_and_days_and_puts_the_numbers_in(company):
    found = explain(company, "margin_share", Selection(where=(("sphere", ("S1",)),)), EVERYTHING)
    assert found.facts["equal"]
    assert found.frame.filter(pl.col("table_name") == "sales")["row_count"].to_list() == [3, 3]
    assert found.frame["last_day"].to_list() == [AS_OF, AS_OF]
    assert str(found.facts["arithmetic"]) == "(670.0 − 360.0) ÷ 670.0"
    assert found.extra["contributors"]["item_id"].to_list() == ["A1", "A2"]


def test_the_files_that_an_explanation_cites_add_up_to_what_goes_in(company):
    found = explain(company, "out_of_stock_share", Selection(), EVERYTHING)
    wanted, out = found.frame.group_by("input", maintain_order=True).agg(pl.col("value").sum())["value"].to_list()
    assert wanted > 0
    assert out / wanted == found.facts["value"]


def test_stock_that_was_counted_before_the_day_of_the_figures_says_so(company):
    later = kpi(company, ("stock_value",), Selection(as_of=AS_OF + timedelta(5)), EVERYTHING)
    assert any("last counted on" in str(note) for note in later.notes)
    assert not any("last counted on" in str(note) for note in kpi(company, ("stock_value",), Selection(as_of=AS_OF), EVERYTHING).notes)
