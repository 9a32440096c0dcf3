"""Desk, scorecard, one dealer and its review as answers, on a small company; and what odd input leads to."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from engine.answers import ANSWERS, actions, credit, scorecard
from engine.answers.dealer_profit import profits
from engine.answers.source import source_of
from engine.errors import BadUse, GranaryError
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from tests.dealers.small_dealers import AS_OF, TABLES, counted, dealer, invoice, sold_on, target
from tests.small_warehouse import published

WHOLE = Selection(as_of=AS_OF)
MEASURES = ("F1", "F2", "F3", "F4", "C1", "C2", "C3", "P1", "P2", "P3", "P4", "P5", "G1", "G2", "G3")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return published(tmp_path_factory.mktemp("dealers"), TABLES)


def changed(folder: Path, **tables: Any) -> Any:
    """The same company with other tables; None takes a table away."""
    whole = {**TABLES, **tables}
    return published(folder, {name: rows for name, rows in whole.items() if rows is not None})


def rows_of(warehouse: Any, name: str, scope: Scope = EVERYTHING, selection: Selection = WHOLE) -> dict[str, dict[str, Any]]:
    return {row["dealer_id"]: row for row in ANSWERS[name](warehouse, selection, scope).frame.iter_rows(named=True)}


def measured(warehouse: Any, code: str) -> dict[str, dict[str, Any]]:
    told = ANSWERS["scorecard"](warehouse, WHOLE, EVERYTHING).extra["contributions"].filter(pl.col("dealer_id") == code)
    return {row["measure"]: row for row in told.iter_rows(named=True)}


# ── the desk ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_desk_lists_the_most_money_at_risk_first_and_leaves_out_who_is_gone(company: Any) -> None:
    frame = ANSWERS["dealer_desk"](company, WHOLE, EVERYTHING).frame
    assert frame["dealer_id"].to_list()[0] == "D2"
    assert set(frame["dealer_id"]) == {"D1", "D2", "D3", "D5"}
    assert frame["risk_value"].is_sorted(descending=True)


def test_money_at_risk_is_the_sum_of_its_parts(company: Any) -> None:
    for row in rows_of(company, "dealer_desk").values():
        assert row["risk_value"] == pytest.approx(sum(row[name] or 0.0 for name in ("out_value", "over_value", "overdue_value")))


def test_who_buys_twice_what_it_sells_on_and_lies_above_its_band_is_stuffed(company: Any) -> None:
    rows = rows_of(company, "dealer_desk")
    assert rows["D2"]["channel_load"] == pytest.approx(2.0)
    assert (rows["D2"]["is_stuffed"], rows["D1"]["is_stuffed"]) == (True, False)
    assert Message.from_json(rows["D2"]["alarm"]).text == "Stuffed"


def test_who_buys_too_much_for_one_month_only_is_not_stuffed(tmp_path: Path) -> None:
    newest = date(2025, 10, 1)
    sales = [row | ({"qty": 200.0} if row["shipped_on"] < newest and row["dealer_id"] == "D2" else {}) for row in TABLES["sales"]]
    told = [row | ({"qty": 200.0} if row["dealer_id"] == "D2" and row["sold_on"] < newest else {}) for row in TABLES["dealer_sales"]]
    rows = rows_of(changed(tmp_path, sales=sales, dealer_sales=told), "dealer_desk")
    assert rows["D2"]["channel_load"] > 1.1
    assert rows["D2"]["is_stuffed"] is False


def test_days_of_supply_stand_against_their_band(company: Any) -> None:
    row = rows_of(company, "dealer_desk")["D1"]
    assert row["low"] == pytest.approx(3 + 0.3 * 8)
    assert row["high"] == pytest.approx(8 * 1.3)
    assert row["low"] < row["days_of_supply"] < row["high"]


def test_a_dealer_without_a_stock_report_is_unknown_with_a_reason_and_never_zero(company: Any) -> None:
    row = rows_of(company, "dealer_desk")["D3"]
    assert (row["days_of_supply"], row["stock_value"], row["out_count"]) == (None, None, None)
    assert "never reported" in Message.from_json(row["days_of_supply_why"]).text
    assert Message.from_json(row["alarm"]).text == "Does not report"


def test_a_dealer_without_a_place_says_so(company: Any) -> None:
    assert "No place of the dealer" in Message.from_json(rows_of(company, "dealer_desk")["D5"]["days_of_supply_why"]).text


def test_a_negative_stock_of_a_dealer_counts_as_none(tmp_path: Path) -> None:
    row = rows_of(changed(tmp_path, stock=[*counted("D1", -5), *counted("D2", 400)]), "dealer_desk")["D1"]
    assert row["days_of_supply"] == 0
    assert row["out_count"] == 1
    assert row["stock_value"] == 0


def test_a_dealer_whose_stock_is_old_is_carried_forward_and_marked(tmp_path: Path) -> None:
    old = [row for row in counted("D1", 40) if row["counted_on"] < date(2025, 8, 1)]
    row = rows_of(changed(tmp_path, stock=[*old, *counted("D2", 400)]), "dealer_desk")["D1"]
    assert row["stock_value"] == pytest.approx(400)
    assert row["is_estimated"] is True


def test_a_sales_manager_sees_only_the_dealers_of_the_region(company: Any) -> None:
    south = Scope(who="Bob", regions=frozenset({"South"}))
    answer = ANSWERS["dealer_desk"](company, WHOLE, south)
    assert set(answer.frame["dealer_id"]) == {"D2", "D3"}
    assert set(answer.extra["matrix"]["region"]) == {"South"}
    assert set(answer.extra["bullets"]["key"]) == {"D2"}
    card = ANSWERS["scorecard"](company, WHOLE, south)
    for frame in (card.frame, *(card.extra[name] for name in ("contributions", "levers", "history", "gates"))):
        assert set(frame["dealer_id"]) <= {"D2", "D3"}
    with pytest.raises(BadUse, match="no dealer"):
        ANSWERS["dealer"](company, Selection(AS_OF, where=(("dealer_id", ("D1",)),)), south)


def test_without_any_stock_of_dealers_the_desk_says_that_nobody_knows(tmp_path: Path) -> None:
    answer = ANSWERS["dealer_desk"](changed(tmp_path, stock=TABLES["stock"][-1:], dealer_sales=None, invoices=None), WHOLE, EVERYTHING)
    assert "nobody knows" in answer.headline.text
    assert {"dealer_sales", "invoices"} <= set(answer.missing)


# ── the scorecard ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_scorecard_leads_with_dealer_score_and_tier_and_has_one_column_a_measure(company: Any) -> None:
    answer = ANSWERS["scorecard"](company, WHOLE, EVERYTHING)
    assert answer.frame.columns[:3] == ["dealer_id", "score", "tier"]
    assert set(MEASURES) <= set(answer.frame.columns)
    assert [column.name for column in answer.columns] == answer.frame.columns


def test_each_measure_is_what_the_data_say(company: Any) -> None:
    found = {name: row["value"] for name, row in measured(company, "D1").items()}
    assert found["F1"] == pytest.approx(1.0)  # sold on 2,500 of 2,500 a month
    assert found["F4"] == pytest.approx(0.1)  # 100 of 1,000 is overdue
    assert found["P2"] == pytest.approx(0.0)  # 40 lie there, 600 came in half a year
    assert found["P5"] == pytest.approx(1.0)  # reported a day after the count
    assert found["G1"] == pytest.approx(1.0)  # three new outlets of three planned
    assert found["G2"] == pytest.approx(0.75)  # one visit of four was not in the plan
    assert found["C3"] == pytest.approx(0.75)  # 150 is far from the middle of 102
    assert found["G3"] == pytest.approx(1.0)  # one representative is enough, and was trained
    assert (found["F2"], found["F3"], found["P3"]) == (None, None, None)


def test_what_is_not_measured_says_why(company: Any) -> None:
    for row in measured(company, "D1").values():
        assert (row["score"] is None) == (row["why_unknown"] is not None)


def test_late_reports_are_not_on_time(company: Any) -> None:
    assert measured(company, "D2")["P5"]["value"] == 0


def test_days_of_supply_of_the_scorecard_are_those_of_the_desk(company: Any) -> None:
    assert measured(company, "D1")["P1"]["value"] == pytest.approx(rows_of(company, "dealer_desk")["D1"]["days_of_supply"])


def test_the_overdue_share_of_the_scorecard_is_that_of_credit(company: Any) -> None:
    owed = credit.exposures(source_of(company), AS_OF, EVERYTHING)
    for row in owed.filter(pl.col("receivable_value") > 0).iter_rows(named=True):
        assert measured(company, row["dealer_id"])["F4"]["value"] == pytest.approx(row["overdue_value"] / row["receivable_value"])


def test_who_did_not_report_for_two_months_is_not_rated_though_enough_is_measured(tmp_path: Path) -> None:
    until = [row for row in counted("D1", 40) if row["counted_on"] < date(2025, 9, 1)]
    company = changed(tmp_path, stock=[*until, *counted("D2", 400)])
    row = rows_of(company, "scorecard")["D1"]
    assert (row["score"], row["tier"]) == (None, "unrated")
    assert "No stock report" in Message.from_json(row["why_unknown"]).text


def test_one_missing_report_does_not_take_the_rating_away(tmp_path: Path) -> None:
    company = changed(tmp_path, stock=[*(row for row in counted("D1", 40) if row["counted_on"] < date(2025, 10, 1)), *counted("D2", 400)])
    assert rows_of(company, "scorecard")["D1"]["gate"] is None


def test_a_dealer_without_sales_is_not_rated(company: Any) -> None:
    row = rows_of(company, "scorecard")["D5"]
    assert (row["score"], row["tier"], row["peer_rank"]) == (None, "unrated", None)


def test_where_only_sell_in_has_a_target_it_stands_for_sell_through_but_never_for_a_stuffed_dealer(tmp_path: Path) -> None:
    company = changed(tmp_path, dealer_targets=[*target("D1", "net_sales", 2000), *target("D2", "net_sales", 4000)])
    assert measured(company, "D1")["F1"]["value"] == pytest.approx(1.0)
    assert measured(company, "D2")["F1"]["value"] is None


def diverted(code: str, batch: str, active: bool, on: date = date(2025, 9, 1)) -> dict[str, Any]:
    return {
        "complaint_id": f"C{batch}", "sku": "A", "batch_id": batch, "complained_on": on, "victim_dealer_id": "D3", "qty": 5.0, "source_dealer_id": code,
        "is_active": active,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("complaints", "gates"),
    [
        ([("P10", True)], {"active_diversion"}),
        ([("P10", False)], set()),
        ([("P10", False), ("P11", False)], set()),  # adjacent batches are one incident
        ([("P10", False), ("P20", False)], {"passive_diversion"}),
        ([("P10", False), ("P20", False), ("P30", False)], {"passive_diversion", "referral"}),
        ([("P10", True), ("P20", True)], {"active_diversion", "referral"}),
    ],
)
def test_diversion_shuts_a_gate(tmp_path: Path, complaints: list[tuple[str, bool]], gates: set[str]) -> None:
    company = changed(tmp_path, diversions=[diverted("D1", *complaint) for complaint in complaints])
    found = ANSWERS["scorecard"](company, WHOLE, EVERYTHING).extra["gates"].filter(pl.col("dealer_id") == "D1")
    assert set(found["gate"]) == gates


def test_a_diversion_of_two_years_ago_is_forgotten_and_one_that_nobody_judged_accuses_nobody(tmp_path: Path) -> None:
    rows = [diverted("D1", "P10", True, date(2023, 9, 1)), diverted("D1", "P20", True) | {"source_dealer_id": None}]
    found = ANSWERS["scorecard"](changed(tmp_path, diversions=rows), WHOLE, EVERYTHING).extra["gates"]
    assert found.filter(pl.col("dealer_id") == "D1").is_empty()


def test_what_is_overdue_for_more_than_60_days_makes_orders_wait(tmp_path: Path) -> None:
    company = changed(tmp_path, invoices=[invoice("D1", 900, date(2025, 11, 15)), invoice("D1", 100, date(2025, 7, 1))])
    rows = rows_of(company, "scorecard")
    assert rows["D1"]["is_held"] is True
    assert rows["D1"]["tier"] in ("B", "C", "D", "unrated")
    assert "orders wait" in Message.from_json(rows["D1"]["gate"]).text


def test_history_has_a_row_for_each_of_twelve_months(company: Any) -> None:
    history = ANSWERS["scorecard"](company, WHOLE, EVERYTHING).extra["history"].filter(pl.col("dealer_id") == "D1")
    assert history["month"].to_list() == sorted(history["month"].to_list())
    assert (history.height, history["month"][-1]) == (12, date(2025, 10, 1))


def test_in_the_middle_of_a_month_the_month_before_is_scored(company: Any) -> None:
    answer = ANSWERS["scorecard"](company, Selection(as_of=date(2025, 10, 20)), EVERYTHING)
    assert answer.facts["month"] == date(2025, 9, 1)


def test_the_weights_of_a_home_are_checked_when_the_scorecard_is_asked_for(tmp_path: Path) -> None:
    company = changed(tmp_path / "home")
    rows = [list(row) for row in company.home.settings()["scorecard_measures"]]
    rows[0][2] = 20.0
    (company.home.path / "settings.json").write_text(json.dumps({"scorecard_measures": rows}), encoding="utf-8")
    with pytest.raises(BadUse, match="add up to 108"):
        ANSWERS["scorecard"](company, WHOLE, EVERYTHING)


def test_the_return_on_investment_of_the_scorecard_is_that_of_the_profit_page(tmp_path: Path) -> None:
    months = [date(2025, 8, 1), date(2025, 9, 1), date(2025, 10, 1)]
    mix = [{"dealer_id": "D1", "month": month, "category": "x", "supplier": "own", "net_value": 1000.0, "margin_share": 0.2} for month in months]
    costs = [{"dealer_id": "D1", "month": month, "item": item, "amount": 20.0} for month in months for item in ("people", "office", "rebate")]
    assets = [{"dealer_id": "D1", "month": month, "receivables": 500.0, "claims": 10.0, "fixed_assets": 100.0} for month in months]
    company = changed(tmp_path, dealer_mix=mix, dealer_costs=costs, dealer_assets=assets)
    row = profits(source_of(company), tuple(months), EVERYTHING).filter(pl.col("dealer_id") == "D1")
    assert row["roi"][0] is not None
    assert measured(company, "D1")["F3"]["value"] == pytest.approx(row["roi"][0])


def test_margin_against_plan_is_the_blended_margin_less_the_plan(tmp_path: Path) -> None:
    mix = [
        {"dealer_id": "D1", "month": date(2025, 10, 1), "category": name, "supplier": "own", "net_value": value, "margin_share": share}
        for name, value, share in (("x", 300.0, 0.10), ("y", 100.0, 0.30))
    ]
    company = changed(tmp_path, dealer_mix=mix, dealer_targets=[*TABLES["dealer_targets"], *target("D1", "margin_share", 0.16)])
    assert measured(company, "D1")["F2"]["value"] == pytest.approx(0.15 - 0.16)


def test_requests_beside_what_was_taken(tmp_path: Path) -> None:
    asked = [{"made_on": date(2025, 9, 20), "month": date(2025, 10, 1), "dealer_id": "D1", "sku": "A", "qty": 130.0}]
    row = measured(changed(tmp_path, requests=asked), "D1")["P3"]
    assert row["value"] == pytest.approx(0.30)
    assert row["score"] == pytest.approx(75 - 20)  # a bias of 30 %, 10 of them free


def test_changed_quantity_beside_what_was_ordered(tmp_path: Path) -> None:
    orders = [{"order_id": "O", "line_no": "1", "ordered_on": date(2025, 10, 3), "dealer_id": "D1", "sku": "A", "qty": 80.0}]
    changes = [
        {"order_id": "O", "line_no": "1", "changed_on": date(2025, 10, 5), "kind": "qty", "qty_before": 80.0, "qty_after": 72.0, "asked_by": "dealer"},
        {"order_id": "O", "line_no": "1", "changed_on": date(2025, 10, 6), "kind": "qty", "qty_before": 72.0, "qty_after": 80.0, "asked_by": "production"},
    ]
    assert measured(changed(tmp_path, orders=orders, order_changes=changes), "D1")["P4"]["value"] == pytest.approx(0.1)


def outlet(number: int, grade: str | None, cases: float) -> dict[str, Any]:
    return {
        "outlet_id": f"O{number}", "dealer_id": "D1", "channel": "shops", "outlet_class": grade, "monthly_cases": cases, "opened_on": date(2020, 1, 1),
    }  # fmt: skip


def bought(sku: str, number: int) -> dict[str, Any]:
    return {"sold_on": date(2025, 10, 3), "dealer_id": "D1", "sku": sku, "qty": 1.0, "net_value": 25.0, "outlet_id": f"O{number}"}


def measure_of(company: Any, code: str) -> float | None:
    return measured(company, "D1")[code]["value"]


def test_distribution_counts_the_outlets_that_are_to_be_reached_and_no_others(tmp_path: Path) -> None:
    outlets = [outlet(1, "A", 300), outlet(2, "C", 100), outlet(3, None, 50), outlet(4, "D", 10), outlet(5, "D", 10)]
    company = changed(tmp_path, outlets=outlets, dealer_sales=[*TABLES["dealer_sales"], bought("A", 1), bought("A", 3), bought("A", 4)])
    assert measure_of(company, "C1") == pytest.approx(2 / 3)


def test_new_products_count_beside_new_outlets_by_the_cases_of_the_outlets_that_bought_them(tmp_path: Path) -> None:
    products = [*TABLES["products"], TABLES["products"][0] | {"sku": "NEW", "catalogue_on": date(2025, 8, 1)}]
    tables = {
        "products": products, "outlets": [outlet(1, "A", 300), outlet(2, "B", 100), outlet(3, "D", 900)],
        "dealer_sales": [*TABLES["dealer_sales"], bought("NEW", 2), bought("NEW", 3), bought("A", 1)],
    }  # fmt: skip
    reached = 100 / 400
    plan = [each for each in TABLES["dealer_targets"] if each["measure"] != "new_outlets"] + target("D1", "new_products", 0.5)
    assert measure_of(changed(tmp_path / "alone", **tables, dealer_targets=plan), "G1") == pytest.approx(reached / 0.5)
    both = [*plan, *target("D1", "new_outlets", 1)]
    assert measure_of(changed(tmp_path / "both", **tables, dealer_targets=both), "G1") == pytest.approx((0 + reached / 0.5) / 2)


def test_dealers_of_another_city_tier_are_not_compared(tmp_path: Path) -> None:
    company = changed(tmp_path, dealers=[dealer("D1", "One", "North"), dealer("D2", "Two", "South") | {"city_tier": "2"}])
    rows = rows_of(company, "scorecard")
    assert rows["D1"]["peer"] != rows["D2"]["peer"]
    assert (rows["D1"]["peer_rank"], rows["D1"]["peers"]) == (1, 1)


# ── one dealer, and its review ──────────────────────────────────────────────────────────────────────────────────────────


def asked(code: str) -> Selection:
    return Selection(AS_OF, where=(("dealer_id", (code,)),))


def test_one_dealer_shows_its_products_flows_and_figures(company: Any) -> None:
    answer = ANSWERS["dealer"](company, asked("D2"), EVERYTHING)
    assert answer.frame["sku"].to_list() == ["A"]
    assert answer.extra["months"].tail(1).select("bought", "sold_on").row(0) == (200, 100)
    assert answer.extra["months"].height == 13
    assert "stuffed" in answer.headline.text
    assert answer.facts["credit"]["overdue_value"] == 500


def test_an_unknown_dealer_is_refused_with_a_sentence(company: Any) -> None:
    with pytest.raises(BadUse, match="There is no dealer"):
        ANSWERS["dealer"](company, asked("nobody"), EVERYTHING)


def test_a_dealer_that_sold_more_than_it_had_is_still_shown(tmp_path: Path) -> None:
    answer = ANSWERS["dealer"](changed(tmp_path, dealer_sales=[*sold_on("D1", 100_000), *sold_on("D2", 100)]), asked("D1"), EVERYTHING)
    assert answer.facts["desk"]["channel_load"] == pytest.approx(0.001)


def test_case_2_10_opening_plus_bought_less_sold_on_is_the_closing_count_or_the_audit_tells(company: Any, tmp_path: Path) -> None:
    def told(warehouse: Any) -> set[str]:
        return set(ANSWERS["quality"](warehouse, WHOLE, EVERYTHING).extra["audits"]["name"])

    assert "dealer_stock_does_not_close" in told(company)  # the second dealer buys 200 a month, sells 100 on, and always counts 400
    closing = changed(tmp_path, dealer_sales=[*sold_on("D1", 100), *sold_on("D2", 200)])
    assert "dealer_stock_does_not_close" not in told(closing)


def test_what_was_agreed_is_there_again_at_the_next_review(tmp_path: Path) -> None:
    company = changed(tmp_path)
    home, ann = str(company.home.path), Scope(who="Ann")
    actions.agree(home, "D1", "  Clear the  old stock ", "Bob", date(2025, 10, 15), AS_OF, ann, 1)
    actions.agree(home, "D1", "Train the new rep", "Ann", date(2025, 12, 1), AS_OF, ann, 1)
    actions.agree(home, "D2", "Stop ordering", "Bob", date(2025, 12, 1), AS_OF, ann, 1)
    found = ANSWERS["review"](company, asked("D1"), EVERYTHING)
    assert found.frame.select("what", "owner", "due_on", "state", "is_late").rows() == [
        ("Clear the old stock", "Bob", date(2025, 10, 15), "open", True),
        ("Train the new rep", "Ann", date(2025, 12, 1), "open", False),
    ]
    first = found.extra["actions"].row(0, named=True)
    actions.move(home, first, "done", ann, 1)
    again = ANSWERS["review"](company, asked("D1"), EVERYTHING)
    assert again.extra["actions"].select("what", "state").rows() == [("Train the new rep", "open"), ("Clear the old stock", "done")]
    with pytest.raises(GranaryError):
        actions.move(home, first, "dropped", ann, 1)  # seen before somebody else moved it


def test_a_review_that_was_held_is_kept_with_its_tier_and_score(tmp_path: Path) -> None:
    company = changed(tmp_path)
    actions.hold_review(str(company.home.path), "D1", AS_OF, "B", 71.5, "Agreed on three things.", Scope(who="Ann"), 1)
    held = ANSWERS["review"](company, asked("D1"), EVERYTHING).extra["reviews"]
    assert held.select("held_on", "who", "tier", "score", "note").rows() == [(AS_OF, "Ann", "B", 71.5, "Agreed on three things.")]


@pytest.mark.parametrize(("what", "owner"), [("", "Ann"), ("Do it", "  ")])
def test_an_action_needs_a_deed_and_a_person(tmp_path: Path, what: str, owner: str) -> None:
    company = changed(tmp_path)
    with pytest.raises(BadUse, match="what is to be done and who"):
        actions.agree(str(company.home.path), "D1", what, owner, AS_OF, AS_OF, Scope(who="Ann"), 1)


def test_scores_are_the_rows_of_the_scorecard(company: Any) -> None:
    rows = scorecard.scores(source_of(company), AS_OF, EVERYTHING)
    assert dict(rows.select("dealer_id", "score").iter_rows()) == {code: row["score"] for code, row in rows_of(company, "scorecard").items()}
