"""Credit, profit and plan changes as answers: a small company whose figures are reckoned by hand, and its odd input."""

from datetime import date

import polars as pl
import pytest

from engine.answers import ANSWERS, credit, credit_tables, ctm, dealer_profit, plan_changes, records
from engine.answers.source import source_of
from engine.dealers.ctm import NOT_REACHABLE
from engine.errors import BadUse, NotKept
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from tests.small_warehouse import published

AS_OF = date(2025, 10, 31)
MONTH = date(2025, 10, 1)
WHOLE = Selection(as_of=AS_OF)
DEALERS = [
    {"dealer_id": "D1", "dealer_name": "One", "region": "North", "sales_rep": "Ann", "status": "active"},
    {"dealer_id": "D2", "dealer_name": "Two", "region": "South", "sales_rep": "Bob", "status": "active"},
    {"dealer_id": "D3", "dealer_name": "Three", "region": "South", "sales_rep": "Bob", "status": "active"},
    {"dealer_id": "D4", "dealer_name": "Gone", "region": "North", "sales_rep": None, "status": "ended"},
]
PRODUCTS = [{"sku": "A", "product_name": "Apple", "sphere": "S", "product_group": "G", "line_id": "L", "unit_cost": 10.0, "list_price": 20.0}]


def bill(name, dealer, amount, due, invoiced=date(2025, 9, 1)):
    return {"invoice_id": name, "dealer_id": dealer, "invoiced_on": invoiced, "due_on": due, "amount": amount}


def paid(name, dealer, amount, invoice=None, on=date(2025, 10, 1)):
    return {"payment_id": name, "dealer_id": dealer, "paid_on": on, "amount": amount, "invoice_id": invoice}


def sold(dealer, value, invoice, on=date(2025, 10, 20)):
    return {"shipped_on": on, "dealer_id": dealer, "sku": "A", "qty": 1.0, "net_value": value, "invoice_id": invoice, "line_no": "1"}


def order(name, dealer, qty, value, shipped=0.0, wanted=date(2025, 11, 5), status="open"):
    row = {"order_id": name, "line_no": "1", "ordered_on": date(2025, 10, 10), "dealer_id": dealer, "sku": "A", "qty": qty, "net_value": value}
    return row | {"promised_on": wanted, "shipped_qty": shipped, "status": status}


def limit(dealer, value, first=date(2025, 1, 1), last=date(2025, 12, 31), deposit=None):
    return {"dealer_id": dealer, "valid_from": first, "valid_to": last, "credit_limit": value, "credit_days": 30, "deposit": deposit, "review_on": None}


def changed(name, qty_after, who="dealer", kind="qty", on=date(2025, 10, 12)):
    return {
        "order_id": name, "line_no": "1", "changed_on": on, "kind": kind, "qty_before": 10.0, "qty_after": qty_after, "asked_by": who, "reason": "funds",
    }  # fmt: skip


def sells(dealer, category, supplier, value, margin, qty=None, channel="shops", month=MONTH):
    row = {"dealer_id": dealer, "month": month, "category": category, "channel": channel, "supplier": supplier, "net_value": value}
    return row | {"margin_share": margin, "qty": qty}


def spends(dealer, item, amount, supplier=None, controllable=None, month=MONTH):
    return {"dealer_id": dealer, "month": month, "item": item, "supplier": supplier, "amount": amount, "controllable": controllable}


TABLES = {
    "dealers": DEALERS,
    "products": PRODUCTS,
    "sales": [
        sold("D1", 100.0, "F1"),
        sold("D1", 70.0, "later"),
        sold("D1", 9.0, "nobody wrote it", on=date(2025, 8, 1)),
        sold("D2", 5.0, None),
    ],
    "invoices": [
        bill("F1", "D1", 1000.0, date(2025, 10, 16)),
        bill("F2", "D1", 500.0, date(2025, 11, 30)),
        bill("later", "D1", 70.0, date(2025, 12, 3), date(2025, 11, 3)),
        bill("F3", "D2", 300.0, date(2025, 8, 1)),
        bill("F4", "D4", 0.0, date(2025, 8, 1)),
    ],
    "payments": [
        paid("P1", "D1", 400.0, "F1"),
        paid("P2", "D1", 60.0),
        paid("P3", "D2", 350.0, "F3"),
        paid("P4", "D2", 25.0, "F99"),
        paid("P5", "D1", 70.0, "later"),
        paid("P6", "D1", 999.0, "F2", on=date(2025, 11, 1)),
    ],
    "credit_terms": [limit("D1", 2000.0, deposit=100.0), limit("D2", 500.0, last=date(2025, 6, 30), deposit=40.0), limit("D4", 10.0, last=date(2024, 12, 31))],
    "orders": [
        order("O1", "D1", 10.0, 400.0, shipped=5.0),
        order("O2", "D1", 10.0, 900.0, wanted=date(2025, 11, 9)),
        order("O3", "D1", 1.0, 50.0, wanted=date(2026, 3, 1)),
        order("O4", "D2", 10.0, None),
        order("O5", "D3", 10.0, 30.0),
        order("O6", "D1", 10.0, 77.0, shipped=10.0, status="shipped"),
    ],
    "order_changes": [
        *(changed("O1", 2.0, on=date(2025, 10, day)) for day in range(11, 16)),
        changed("O2", 20.0, "sales"),
        changed("lost", 1.0),
        changed("O4", None, kind="cancel"),
    ],
    "dealer_mix": [
        sells("D1", "wine", "own", 600.0, 0.2, 30.0),
        sells("D1", "beer", "other", 400.0, 0.1),
        sells("D1", "wine", "own", 500.0, 0.2, 30.0, month=date(2025, 9, 1)),
        sells("D2", "wine", "own", 100.0, 0.3, channel=None),
    ],
    "dealer_costs": [
        spends("D1", "people", 60.0, controllable=True),
        spends("D1", "office", 20.0, controllable=False),
        spends("D1", "rebate", 10.0, "own"),
        spends("D1", "other_income", 5.0),
    ],
    "dealer_assets": [{"dealer_id": "D1", "month": MONTH, "receivables": 200.0, "claims": None, "fixed_assets": 50.0}],
    "locations": [{"location_id": "W1", "location_name": "One's store", "kind": "dealer", "dealer_id": "D1", "region": "North"}],
    "stock": [{"counted_on": AS_OF, "location_id": "W1", "item_id": "A", "on_hand_qty": 25.0, "unit_cost": 10.0}],
    "cost_to_serve": [{"dealer_id": "D1", "month": MONTH, "item": "delivery", "amount": 12.0}],
}


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    return published(tmp_path_factory.mktemp("money") / "home", TABLES)


def only(dealer):
    return Selection(as_of=AS_OF, where=(("dealer_id", (dealer,)),))


def row(frame, **which):
    return frame.filter(**which).row(0, named=True)


def standing(company, dealer):
    return row(credit.exposures(source_of(company), AS_OF, EVERYTHING), dealer_id=dealer)


# ── credit ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_exposure_is_receivables_shipments_and_near_orders_less_deposit_and_unapplied_money(company):
    one = standing(company, "D1")
    assert one["receivable_value"] == 600 + 500
    assert one["shipped_not_invoiced_value"] == 70
    assert one["open_orders_value"] == 200 + 900
    assert (one["deposit_value"], one["unapplied_value"]) == (100, 60 + 70)
    assert one["exposure_value"] == 1100 + 70 + 1100 - 100 - 130
    assert one["headroom_value"] == 2000 - 2040


def test_receivables_are_as_of_the_day_what_was_paid_later_is_still_owed(company):
    one = standing(company, "D1")
    assert (one["overdue_value"], one["oldest_overdue_days"], one["money_days"]) == (600, 15, 600 * 15)
    assert (one["aged_0_value"], one["aged_1_value"]) == (500, 600)


def test_a_payment_above_its_invoice_and_one_of_an_unknown_invoice_stand_as_unapplied_money(company):
    two = standing(company, "D2")
    assert (two["receivable_value"], two["unapplied_value"]) == (0, 50 + 25)
    notes = [str(note) for note in ANSWERS["credit"](company, WHOLE, EVERYTHING).notes]
    assert any("names an invoice that was not loaded" in note for note in notes)


def test_it_is_said_where_more_is_overdue_than_is_exposed(company):
    answer = ANSWERS["credit"](company, WHOLE, EVERYTHING)
    above = answer.frame.filter(pl.col("overdue_value") > pl.col("exposure_value"))
    assert (answer.facts["beside_overdue"] is not None) == bool(above.height)
    rows = pl.DataFrame({"overdue_value": [282.0, 282.0, None], "exposure_value": [169.0, 282.0, 1.0]})
    assert str(credit_tables.beside_overdue(rows)).startswith("Of 1 dealer more is overdue")
    assert credit_tables.beside_overdue(rows.tail(2)) is None


def test_a_limit_that_has_expired_and_one_that_is_missing_hold_orders_and_say_so(company):
    two, three = standing(company, "D2"), standing(company, "D3")
    assert (two["limit_status"], two["credit_limit"], two["last_limit"], two["verdict"], two["why"]) == ("expired", None, 500, "hold", "expired")
    assert (three["limit_status"], three["verdict"], three["why"]) == ("missing", "hold", "no_limit")


def test_a_dealer_who_left_and_owes_nothing_is_not_listed(company):
    assert "D4" not in credit.exposures(source_of(company), AS_OF, EVERYTHING)["dealer_id"].to_list()


def test_the_order_check_releases_what_fits_and_a_part_of_what_does_not(company):
    orders = ANSWERS["credit"](company, WHOLE, EVERYTHING).extra["orders"]
    assert dict(orders.select("order_id", "verdict").iter_rows()) == {"O1": "release", "O2": "release_up_to", "O3": "later", "O4": "hold", "O5": "hold"}
    assert row(orders, order_id="O2")["up_to_value"] == 2000 - (2040 - 1100) - 200
    assert row(orders, order_id="O4")["is_estimated"]
    assert row(orders, order_id="O4")["order_value"] == 200


def test_credit_stays_within_the_scope(company):
    found = ANSWERS["credit"](company, WHOLE, Scope("north", regions=frozenset({"North"})))
    assert found.frame["dealer_id"].to_list() == ["D1"]
    assert set(found.extra["orders"]["dealer_id"]) == {"D1"}
    assert set(credit.exposures(source_of(company), AS_OF, Scope("two", dealers=frozenset({"D2"})))["dealer_id"]) == {"D2"}


def test_lines_that_name_no_invoice_are_told_and_not_counted(company):
    notes = [str(note) for note in ANSWERS["credit"](company, WHOLE, EVERYTHING).notes]
    assert any("names no invoice" in note for note in notes)


def test_audits_tell_of_payments_above_and_without_their_invoice(company):
    found = ANSWERS["quality"](company, WHOLE, EVERYTHING).extra["audits"]
    assert {"payments_above_their_invoice", "payments_of_unknown_invoices", "changes_of_unknown_orders"} <= set(found["name"])


def test_without_invoices_exposure_is_unknown_and_the_page_says_what_is_missing(tmp_path):
    bare = published(tmp_path / "home", {name: TABLES[name] for name in ("dealers", "products", "sales", "orders", "credit_terms")})
    found = ANSWERS["credit"](bare, WHOLE, EVERYTHING)
    assert found.missing == ("invoices", "payments")
    assert found.frame["exposure_value"].null_count() == found.frame.height
    assert "nobody knows" in str(found.headline)


def test_without_any_limits_nothing_is_said_of_orders(tmp_path):
    bare = published(tmp_path / "home", {name: rows for name, rows in TABLES.items() if name != "credit_terms"})
    found = ANSWERS["credit"](bare, WHOLE, EVERYTHING)
    assert found.frame["verdict"].null_count() == found.frame.height
    assert found.frame["limit_status"].unique().to_list() == ["missing"]


def test_a_decision_is_recorded_with_who_and_changes_what_is_left_for_the_next(tmp_path):
    company = published(tmp_path / "home", TABLES)
    home = str(company.home.path)
    before = row(ANSWERS["credit"](company, WHOLE, EVERYTHING).extra["orders"], order_id="O1")
    credit.decide(home, before, "hold", None, Scope("Ann"), company.version)
    orders = ANSWERS["credit"](company, WHOLE, EVERYTHING).extra["orders"]
    decided, following = row(orders, order_id="O1"), row(orders, order_id="O2")
    assert (decided["decision"], decided["decided_by"], decided["is_open"], decided["is_stale"]) == ("hold", "Ann", False, False)
    assert (following["verdict"], following["up_to_value"]) == ("release", 900)
    assert records.newest(home, "credit_decision", "O1")[0].payload["verdict"] == "release"
    with pytest.raises(BadUse):
        credit.decide(home, following, "perhaps", None, Scope("Ann"), company.version)
    with pytest.raises(BadUse, match="who you are"):
        credit.decide(home, following, "hold", None, EVERYTHING, company.version)
    with pytest.raises(BadUse):
        credit.decide(home, following, "release_up_to", 0.0, Scope("Ann"), company.version)


def test_a_decision_is_changed_and_taken_back_by_new_rows_and_each_of_them_stays_to_be_read(tmp_path):
    company = published(tmp_path / "home", TABLES)
    home = str(company.home.path)

    def seen():
        return row(ANSWERS["credit"](company, WHOLE, EVERYTHING).extra["orders"], order_id="O1")

    with pytest.raises(BadUse, match="Nothing was decided"):
        credit.take_back(home, seen(), Scope("Ann"), company.version)
    credit.decide(home, seen(), "hold", None, Scope("Ann"), company.version)
    credit.decide(home, seen(), "release", None, Scope("Bob"), company.version)
    assert (seen()["decision"], seen()["decided_by"]) == ("release", "Bob")
    stale = seen()
    credit.take_back(home, stale, Scope("Ann"), company.version)
    assert (seen()["decision"], seen()["is_open"]) == (None, True)
    assert [(kept.who, (kept.payload or {}).get("decision")) for kept in records.history(home, "credit_decision", "O1")] == [
        ("Ann", "hold"), ("Bob", "release"), ("Ann", None),
    ]  # fmt: skip
    with pytest.raises(NotKept):
        credit.decide(home, stale, "hold", None, Scope("Bob"), company.version)
    with pytest.raises(BadUse, match="who you are"):
        credit.take_back(home, stale, EVERYTHING, company.version)


# ── profit and contribution to margin ────────────────────────────────────────────────────────────────────────────────────


def test_the_profit_and_loss_covers_the_months_that_have_sales_and_costs(company):
    one = row(dealer_profit.profits(source_of(company), (date(2025, 9, 1), MONTH), EVERYTHING), dealer_id="D1")
    assert (one["months"], one["left_months"], one["net_sales"], one["gross_profit"]) == (1, 1, 1000, pytest.approx(160))
    assert (one["total_gross_profit"], one["costs"], one["controllable"]) == (pytest.approx(170), 80, 60)
    assert one["profit_before_tax"] == pytest.approx(95)
    assert (one["tax"], one["tax_is_reckoned"]) == (pytest.approx(95 * 0.28), True)
    assert (one["net_sales_own"], one["net_sales_others"], one["rebate_own"]) == (600, 400, 10)
    assert one["capital"] == 250 + 200 + 50
    assert one["roi"] == pytest.approx(95 * 0.72 / 500 * 12)
    assert (one["our_cost_to_serve"], one["qty"]) == (12, 30)


def test_a_dealer_without_costs_keeps_the_margin_and_has_no_profit(company):
    found = ANSWERS["dealer_profit"](company, WHOLE, EVERYTHING)
    two = row(found.frame, dealer_id="D2")
    assert (two["margin_share"], two["net_profit"]) == (pytest.approx(0.3), None)
    assert "costs were not reported" in two["roi_why"]
    assert any("reported no costs" in str(note) for note in found.notes)
    assert any("left out" in str(note) for note in found.notes)


def test_the_statement_shows_our_brands_beside_others(company):
    lines = {line["line"]: line for line in ANSWERS["dealer_profit"](company, only("D1"), EVERYTHING).extra["statement"].iter_rows(named=True)}
    assert (lines["gross_profit"]["own"], lines["gross_profit"]["others"]) == (pytest.approx(120), pytest.approx(40))
    assert (lines["total_gross_profit"]["own"], lines["people"]["own"]) == (pytest.approx(130), None)
    assert lines["people"]["share"] == pytest.approx(0.06)


def test_profit_stays_within_the_scope(company):
    found = ANSWERS["dealer_profit"](company, WHOLE, Scope("south", regions=frozenset({"South"})))
    assert found.frame["dealer_id"].to_list() == ["D2"]
    assert ANSWERS["ctm"](company, WHOLE, Scope("south", regions=frozenset({"South"}))).frame["net_value"].sum() == 100


def test_contribution_to_margin_by_category_and_channel_adds_up_to_the_blended_margin(company):
    for part in ("category", "channel"):
        found = ANSWERS["ctm"](company, WHOLE, EVERYTHING, part)
        assert found.facts["blended"] == pytest.approx((120 + 40 + 100 + 30) / 1600)
        assert found.frame["ctm"].sum() == pytest.approx(found.facts["blended"])


def test_contribution_by_volume_warns(company):
    assert "quantities" in str(ANSWERS["ctm"](company, WHOLE, EVERYTHING, "category", "qty").notes[0])
    with pytest.raises(BadUse):
        ANSWERS["ctm"](company, WHOLE, EVERYTHING, "colour")


def test_a_target_is_solved_for_one_category_or_said_to_be_out_of_reach(company):
    found = ANSWERS["ctm"](company, WHOLE, EVERYTHING)
    assert ctm.needed(found, "beer", 0.2).margin == pytest.approx((0.2 * 1600 - 250) / 400)
    assert ctm.needed(found, "beer", 0.9).why == NOT_REACHABLE


def test_without_the_dealers_books_profit_says_what_is_missing(tmp_path):
    bare = published(tmp_path / "home", {"dealers": DEALERS, "products": PRODUCTS, "sales": TABLES["sales"]})
    found = ANSWERS["dealer_profit"](bare, WHOLE, EVERYTHING)
    assert found.missing == ("dealer_mix", "dealer_costs", "dealer_assets")
    assert found.frame.is_empty()
    assert [column.name for column in found.columns] == found.frame.columns


# ── plan changes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_changes_are_counted_by_dealer_and_charged_beyond_the_allowance(company):
    found = ANSWERS["plan_changes"](company, WHOLE, EVERYTHING)
    one = row(found.frame, dealer_id="D1")
    assert (one["changes"], one["dealer_changes"], one["changed_qty"], one["dealer_qty"]) == (6, 5, 50, 40)
    assert one["fee_count_value"] == (5 - 3) * 100
    assert one["fee_qty_value"] == pytest.approx(40 - 0.05 * 31)
    assert one["top_reason"] == "funds"
    assert any("names no order that we know" in str(note) for note in found.notes)


def test_changes_are_told_by_sales_rep_and_reason(company):
    extra = ANSWERS["plan_changes"](company, WHOLE, EVERYTHING).extra
    assert dict(extra["by_rep"].select("sales_rep", "changes").iter_rows()) == {"Ann": 6, "Bob": 1}
    assert dict(extra["by_reason"].select("asked_by", "changes").iter_rows()) == {"dealer": 6, "sales": 1}
    assert extra["trend"].row(-1) == (MONTH, 6.0, None)


def test_without_a_record_of_changes_nothing_is_said_to_be_0(tmp_path):
    bare = published(tmp_path / "home", {name: TABLES[name] for name in ("dealers", "products", "sales", "orders")})
    found = ANSWERS["plan_changes"](bare, WHOLE, EVERYTHING)
    assert found.missing == ("order_changes",)
    assert "nobody knows" in str(found.headline)
    assert [figure.value for figure in found.facts["measures"]] == [None] * 6


def test_plan_changes_stay_within_the_scope(company):
    found = ANSWERS["plan_changes"](company, WHOLE, Scope("south", regions=frozenset({"South"})))
    assert set(found.frame["dealer_id"]) == {"D2", "D3"}
    assert plan_changes.changed(source_of(company), MONTH, AS_OF, Scope("none", dealers=frozenset())).is_empty()


@pytest.mark.parametrize("name", ["credit", "ctm", "dealer_profit", "plan_changes"])
def test_every_answer_about_dealer_money_describes_its_columns_and_leads_with_its_key(company, name):
    found = ANSWERS[name](company, WHOLE, EVERYTHING)
    assert [column.name for column in found.columns] == found.frame.columns
    assert found.frame.columns[0] == ("category" if name == "ctm" else "dealer_id")
    assert found.frame.height
