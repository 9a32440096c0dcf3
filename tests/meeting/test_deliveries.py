"""Orders on time and in full, and the backlog, on the report card of the month: from orders, their days, and shipments that bear their number."""

from datetime import date

import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.language import say
from engine.messages import Message
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.sop.deliveries import backlog, served
from tests.small_warehouse import published
from tests.sop.test_plan_answers import needed

OCTOBER = 10


def order(name: str, sku: str, qty: float, promised: date | None, **more) -> dict:
    row = {"order_id": name, "line_no": "1", "ordered_on": date(2025, 9, 25), "dealer_id": "D1", "sku": sku, "qty": qty, "promised_on": promised}
    prices = {"W1": 10.0, "W2": 10.0, "G1": 50.0}
    return {**row, "requested_on": None, "shipped_qty": 0.0, "status": "open", "net_value": qty * prices[sku], **more}


def shipped(name: str, sku: str, qty: float, day: date) -> dict:
    return {"shipped_on": day, "dealer_id": "D1", "sku": sku, "qty": qty, "net_value": qty * 10.0, "cost_value": qty * 6.0, "order_id": name}


def october(day: int) -> date:
    return date(2025, OCTOBER, day)


ORDERS = [
    order("O1", "W1", 10.0, october(10), shipped_qty=10.0, status="shipped"),
    order("O2", "W1", 10.0, october(12), shipped_qty=10.0, status="shipped"),
    order("O3", "G1", 5.0, october(20)),
    order("O4", "W2", 4.0, None, requested_on=october(25), shipped_qty=4.0, status="shipped"),
    order("O5", "W1", 50.0, october(11), status="cancelled"),
    order("O6", "W1", 20.0, date(2025, 11, 15)),
    order("O7", "W1", 3.0, date(2025, 9, 28), shipped_qty=3.0, status="shipped"),
    order("O8", "W1", 7.0, october(31), shipped_qty=7.0, status="shipped"),
]
SHIPPED = [
    shipped("O1", "W1", 10.0, october(9)), shipped("O2", "W1", 6.0, october(12)), shipped("O2", "W1", 4.0, october(14)),
    shipped("O8", "W1", 7.0, date(2025, 11, 2)),
]  # fmt: skip


def card(folder, orders, sales):
    tables = needed()
    bare = [{**row, "order_id": None} for row in tables["sales"]]
    tables |= {"sales": bare + sales} | ({"orders": orders} if orders else {})
    answer = ANSWERS["report_card"](published(folder, tables), Selection(), EVERYTHING)
    return dict(zip(answer.facts["names"], answer.frame.to_dicts(), strict=True))


def why(row) -> str:
    return say(Message.from_json(row["reached_why"]), "en")


def test_an_order_line_counts_only_when_all_of_it_left_by_its_day(tmp_path):
    found = card(tmp_path / "home", ORDERS, SHIPPED)
    otif = found["otif"]
    assert otif["reached_share"] == pytest.approx(1 / 4), "one of four; of the line that nobody can trace nothing is known, a cancelled one does not count"
    assert otif["is_below"] is True
    waiting, net_sales = 5 * 50 + 20 * 10 + 7 * 10, 1500 + 100 + 100
    assert found["backlog"]["reached_days"] == pytest.approx(waiting / (net_sales / 31)), "what left in November still waited on 31 October"
    assert found["overdue"]["reached_share"] == pytest.approx((5 * 50 + 7 * 10) / waiting)
    assert (found["overdue"]["is_below"], found["backlog"]["is_below"]) == (True, False)


def test_without_orders_or_without_a_number_on_the_shipments_it_is_unknown_and_says_why(tmp_path):
    without = card(tmp_path / "none", [], SHIPPED)
    assert [without[name]["reached_share"] for name in ("otif", "overdue")] == [None, None]
    assert why(without["backlog"]) == "No orders were loaded."
    unnumbered = card(tmp_path / "unnumbered", ORDERS, [{**row, "order_id": None} for row in SHIPPED])
    assert (unnumbered["otif"]["reached_share"], unnumbered["otif"]["is_below"]) == (None, None)
    assert "nobody knows which order left when" in why(unnumbered["otif"])
    undated = card(tmp_path / "undated", [{**row, "promised_on": None, "requested_on": None} for row in ORDERS], SHIPPED)
    assert "promised or a wanted day" in why(undated["otif"])


def test_every_unknown_measure_of_the_card_says_why(tmp_path):
    unknown = [row for row in card(tmp_path / "home", [], []).values() if row["reached_share"] is row["budget_share"] is row["reached_days"] is None]
    assert len(unknown) >= 6
    assert all(row["reached_why"] for row in unknown)


def test_two_days_of_one_order_are_served_one_after_the_other():
    lines = pl.DataFrame({"line_count": [1, 2], "asked_qty": [10.0, 30.0], "in_time_qty": [10.0, 25.0], "told_qty": [10.0, 25.0], "is_traced": [True, True]})
    assert (served(lines).due, served(lines).in_full, served(lines).share) == (3, 1, pytest.approx(1 / 3))
    assert served(lines.clear()).share is None


def test_what_was_shipped_of_an_order_is_taken_for_what_was_due_first():
    lines = pl.DataFrame({"qty": [30.0, 5.0], "due_qty": [10.0, 5.0], "shipped_qty": [8.0, 5.0], "unit_value": [2.0, None]})
    found = backlog(lines)
    assert (found.value, found.overdue, found.unpriced) == (44.0, 4.0, 0)
    assert found.days(220.0, 10) == pytest.approx(2.0)
    assert found.days(0.0, 10) is None
    assert backlog(lines.clear()).overdue_share is None
