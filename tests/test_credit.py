"""Receivables, exposure and the check of orders: what always holds, and what happens to odd input."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import credit
from engine.settings import DEFAULTS

AS_OF = date(2025, 10, 31)
STARTS = [row[0] for row in DEFAULTS["credit_ageing_days"]]
BUCKETS = credit.bucket_names(STARTS)
LADDER = DEFAULTS["credit_behaviour"]
cents = st.integers(-500_000, 2_000_000).map(lambda value: value / 100)
ages = st.integers(-60, 400)


def bill(invoice="F1", amount=100.0, paid=0.0, overdue=0, dealer="D1", terms=30):
    due = AS_OF - timedelta(overdue)
    return {"invoice_id": invoice, "dealer_id": dealer, "invoiced_on": due - timedelta(terms), "due_on": due, "amount": amount, "paid_value": paid}


def aged(*bills, age_from="due"):
    return credit.aged(credit.open_items(pl.DataFrame(list(bills)), AS_OF), STARTS, age_from)


bills = st.lists(st.tuples(st.sampled_from(["D1", "D2"]), cents, cents, ages), min_size=1, max_size=25).map(
    lambda rows: [bill(f"F{place}", amount, paid, age, dealer) for place, (dealer, amount, paid, age) in enumerate(rows)]
)


@given(bills)
def test_buckets_sum_to_what_is_owed_and_with_the_credit_to_the_balance(rows):
    found = aged(*rows)
    for row in found.iter_rows(named=True):
        balance = sum(each["amount"] - each["paid_value"] for each in rows if each["dealer_id"] == row["dealer_id"])
        assert sum(row[name] for name in BUCKETS) == pytest.approx(row["receivable_value"], abs=1e-6)
        assert row["receivable_value"] - row["credit_value"] == pytest.approx(balance, abs=1e-6)
        assert row["overdue_value"] == pytest.approx(row["receivable_value"] - row["aged_0_value"], abs=1e-6)


@given(bills, st.integers(1, 100_000).map(lambda value: value / 100), st.integers(0, 24))
def test_a_payment_never_ages_an_invoice_backwards(rows, payment, which):
    """Whatever is paid on an invoice: its days stay, and no bucket of anybody grows."""
    which %= len(rows)
    paid = [row | {"paid_value": row["paid_value"] + payment} if place == which else row for place, row in enumerate(rows)]
    before, after = (credit.open_items(pl.DataFrame(each), AS_OF) for each in (rows, paid))
    assert before["days_overdue"].to_list() == after["days_overdue"].to_list()
    assert before["days_invoiced"].to_list() == after["days_invoiced"].to_list()
    whole = aged(*rows).join(aged(*paid), on="dealer_id", suffix="_after")
    for name in (*BUCKETS, "receivable_value", "overdue_value", "money_days"):
        assert whole.filter(pl.col(f"{name}_after") > pl.col(name) + 1e-6).is_empty(), name


@given(bills, st.integers(1, 90))
def test_an_open_invoice_only_grows_older(rows, days):
    frame = pl.DataFrame(rows)
    today, later = (credit.open_items(frame, AS_OF + timedelta(more)) for more in (0, days))
    assert (later["days_overdue"] - today["days_overdue"]).to_list() == [days] * len(rows)


amounts = st.one_of(st.none(), cents)


@given(st.lists(st.tuples(amounts, amounts, amounts, amounts, amounts, amounts), min_size=1, max_size=10))
def test_exposure_equals_the_sum_of_its_named_parts(rows):
    names = (*credit.PARTS, *credit.OFFSETS, "credit_limit")
    frame = pl.DataFrame([dict(zip(names, row, strict=True)) for row in rows], schema=dict.fromkeys(names, pl.Float64))
    for row in credit.with_exposure(frame).iter_rows(named=True):
        parts = sum(row[name] or 0.0 for name in credit.PARTS) - sum(row[name] or 0.0 for name in credit.OFFSETS)
        assert row["exposure_value"] == pytest.approx(parts, abs=1e-6)
        assert (row["headroom_value"] is None) == (row["credit_limit"] is None)


@given(
    st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 50_000).map(float)), st.integers(-5, 60)), min_size=1, max_size=12),
    st.integers(-20_000, 100_000).map(float),
)
def test_released_orders_never_take_more_than_the_room_that_the_limit_leaves(rows, room):
    orders = pl.DataFrame([order(f"O{place}", value, day) for place, (value, day) in enumerate(rows)], schema_overrides={"order_value": pl.Float64})
    near = orders.filter("is_near")["order_value"].fill_null(0.0).sum()
    checked = credit.order_check(orders, standing(room, near), NOTHING_DECIDED)
    shipped = checked.filter(pl.col("verdict").is_in(["release", "release_up_to"]))["up_to_value"].sum()
    assert shipped <= max(room, 0.0) + 0.01 * len(rows)


def order(name, value, wanted_in=5, dealer="D1"):
    wanted = AS_OF + timedelta(wanted_in)
    return {
        "order_id": name,
        "dealer_id": dealer,
        "ordered_on": AS_OF,
        "wanted_on": wanted,
        "order_value": value,
        "is_estimated": False,
        "is_near": wanted_in <= 30,
    }


def standing(room, open_orders, block=None, limit=50_000.0):
    exposure = None if limit is None else limit - room + open_orders
    row = {"dealer_id": "D1", "block": block, "credit_limit": limit, "exposure_value": exposure, "open_orders_value": float(open_orders)}
    return pl.DataFrame([row], schema_overrides={"block": pl.String, "credit_limit": pl.Float64, "exposure_value": pl.Float64})


DECIDED = {"order_id": pl.String, "decision": pl.String, "decided_value": pl.Float64, "up_to_value": pl.Float64}
NOTHING_DECIDED = pl.DataFrame(schema=DECIDED)


def check(orders, room, decided=(), **more):
    frame = pl.DataFrame(orders, schema_overrides={"order_value": pl.Float64})
    total = frame.filter("is_near")["order_value"].fill_null(0.0).sum()
    found = credit.order_check(frame, standing(room, total, **more), pl.DataFrame(list(decided), schema=DECIDED, orient="row"))
    return {row["order_id"]: row for row in found.iter_rows(named=True)}


def test_orders_take_the_room_in_the_order_in_which_they_are_wanted():
    found = check([order("late", 600.0, 9), order("early", 500.0, 2), order("last", 100.0, 20), order("far", 900.0, 60)], 1000.0)
    assert {name: row["verdict"] for name, row in found.items()} == {"early": "release", "late": "release_up_to", "last": "hold", "far": "later"}
    assert (found["late"]["up_to_value"], found["late"]["why"]) == (500.0, "part")
    assert (found["last"]["why"], found["last"]["up_to_value"]) == ("full", 0.0)


def test_an_order_that_was_held_leaves_its_room_to_the_next():
    orders = [order("first", 800.0, 2), order("second", 500.0, 5)]
    assert check(orders, 1000.0)["second"]["verdict"] == "release_up_to"
    assert check(orders, 1000.0, [("first", "hold", 800.0, 0.0)])["second"]["verdict"] == "release"
    assert check(orders, 1000.0, [("first", "release_up_to", 800.0, 600.0)])["second"]["up_to_value"] == 400.0


def test_a_decision_does_not_count_once_the_order_has_changed():
    found = check([order("first", 800.0, 2), order("second", 500.0, 5)], 1000.0, [("first", "hold", 700.0, 0.0)])
    assert found["first"]["is_stale"]
    assert found["second"]["verdict"] == "release_up_to"


@pytest.mark.parametrize("block", ["late", "slow", "expired", "no_limit"])
def test_a_dealer_who_is_blocked_gets_nothing_whatever_the_room(block):
    found = check([order("one", 10.0)], 1000.0, block=block)["one"]
    assert (found["verdict"], found["why"], found["up_to_value"]) == ("hold", block, 0.0)


def test_an_order_whose_value_nobody_knows_is_held_and_says_so():
    found = check([order("odd", None), order("good", 10.0, 6)], 1000.0)
    assert (found["odd"]["verdict"], found["odd"]["why"]) == ("hold", "unknown_value")
    assert found["good"]["verdict"] == "release"


def test_a_payment_above_its_invoice_stands_as_credit_and_pays_no_other_invoice():
    found = aged(bill("F1", 100.0, 130.0, 40), bill("F2", 50.0, 0.0, 40)).row(0, named=True)
    assert (found["receivable_value"], found["credit_value"], found["overdue_value"]) == (50.0, 30.0, 50.0)


def test_a_credit_note_stands_as_credit():
    found = aged(bill("F1", 100.0, 0.0, 5), bill("N1", -40.0, 0.0, 5)).row(0, named=True)
    assert (found["receivable_value"], found["credit_value"]) == (100.0, 40.0)


def test_receivables_age_from_the_due_day_or_where_so_set_from_the_invoice():
    young = bill("F1", 100.0, 0.0, overdue=-10, terms=45)
    assert aged(young)["aged_0_value"][0] == 100.0
    assert aged(young, age_from="invoice")["aged_31_value"][0] == 100.0
    assert aged(young, age_from="invoice")["overdue_value"][0] == 0.0


def test_overdue_is_weighed_by_amount_and_days_not_by_count():
    many_small = [bill(f"S{place}", 1.0, 0.0, 20) for place in range(10)]
    one_large = [bill("L", 1000.0, 0.0, 20)]
    assert aged(*many_small)["money_days"][0] < aged(*one_large)["money_days"][0]


TERMS = {"credit_limit": 100.0, "credit_days": 30, "deposit": 10.0, "review_on": None}


def terms(*rows):
    frame = [TERMS | {"dealer_id": "D1", "valid_from": first, "valid_to": last, "credit_limit": limit} for first, last, limit in rows]
    return pl.DataFrame(frame, schema_overrides={"valid_to": pl.Date, "review_on": pl.Date})


def test_of_several_terms_the_one_that_began_last_holds():
    found = credit.terms_on(terms((date(2024, 1, 1), None, 100.0), (date(2025, 1, 1), date(2025, 12, 31), 200.0), (date(2026, 1, 1), None, 300.0)), AS_OF)
    assert found.select("credit_limit", "limit_status").row(0) == (200.0, "valid")


def test_terms_that_run_on_go_before_later_ones_that_have_ended():
    found = credit.terms_on(terms((date(2024, 1, 1), None, 100.0), (date(2025, 1, 1), date(2025, 3, 31), 200.0)), AS_OF)
    assert found.select("credit_limit", "limit_status").row(0) == (100.0, "valid")


@pytest.mark.parametrize(("setting", "limit"), [("hold", None), ("last", 100.0)])
def test_a_limit_that_has_expired_holds_orders_or_is_used_until_renewed_as_set(setting, limit):
    found = credit.terms_on(terms((date(2024, 1, 1), date(2024, 12, 31), 100.0)), AS_OF, setting).row(0, named=True)
    assert (found["credit_limit"], found["last_limit"], found["limit_status"], found["deposit"]) == (limit, 100.0, "expired", 10.0)


def blocked(**changes):
    row = {
        "credit_limit": 1000.0, "limit_status": "valid", "receivable_value": 100.0, "overdue_value": 50.0, "overdue_over_60_value": 0.0, "money_days": 0.0,
        "deposit_value": 0.0, "unapplied_value": 0.0,
    } | changes  # fmt: skip
    frame = pl.DataFrame([row], schema_overrides={"credit_limit": pl.Float64})
    return credit.blocked(frame, DEFAULTS["credit_late_share"], DEFAULTS["credit_slow_days"])["block"][0]


def test_what_blocks_a_dealer_has_a_name():
    assert blocked() is None
    assert blocked(credit_limit=None, limit_status="missing") == "no_limit"
    assert blocked(credit_limit=None, limit_status="expired") == "expired"
    assert blocked(overdue_over_60_value=3.0) == "late"
    assert blocked(money_days=1100.0) == "slow"
    assert blocked(money_days=1100.0, deposit_value=60.0) is None


def proposed(invoiced=1_200_000.0, paid=1_000_000.0, money_days=0.0, **changes):
    row = {"dealer_id": "D1", "last_limit": 100_000.0, "credit_days": 30, "review_on": None, "valid_to": None, "limit_status": "valid"} | changes
    habits = pl.DataFrame([{"dealer_id": "D1", "invoiced_value": invoiced, "paid_value": paid, "money_days_late": money_days}])
    found = credit.proposals(
        pl.DataFrame([row], schema_overrides={"review_on": pl.Date, "valid_to": pl.Date}), habits, AS_OF,
        months=12, cushion_days=30, ladder=LADDER, step=10_000, ahead_days=30,
    )  # fmt: skip
    return found.row(0, named=True)


def test_a_proposed_limit_follows_what_is_bought_and_how_promptly_it_is_paid():
    assert proposed()["proposed_limit"] == 240_000  # 100,000 a month × (30 + 30) ÷ 30 × 1.2
    assert proposed(money_days=5_000_000.0)["proposed_limit"] == 200_000
    assert proposed(money_days=40_000_000.0)["proposed_limit"] == 80_000
    assert proposed(paid=0.0)["proposed_limit"] == 200_000
    assert proposed(invoiced=0.0)["proposed_limit"] is None


def test_limits_are_due_for_review_for_a_reason():
    assert proposed()["review_why"] is None
    assert proposed(limit_status="missing")["review_why"] == "missing"
    assert proposed(limit_status="expired")["review_why"] == "expired"
    assert proposed(review_on=AS_OF)["review_why"] == "due"
    assert proposed(valid_to=AS_OF + timedelta(20))["review_why"] == "ending"
    assert not proposed(valid_to=AS_OF + timedelta(40))["is_due"]


def test_an_open_line_is_worth_its_share_of_the_value_or_its_list_price_or_is_unknown():
    lines = pl.DataFrame(
        [
            {"order_id": "a", "qty": 10.0, "open_qty": 4.0, "net_value": 200.0, "list_price": 30.0},
            {"order_id": "b", "qty": 10.0, "open_qty": 4.0, "net_value": None, "list_price": 30.0},
            {"order_id": "c", "qty": 0.0, "open_qty": 0.0, "net_value": 5.0, "list_price": None},
        ]
    )
    found = credit.order_values(lines)
    assert found.select("open_value", "is_estimated").rows() == [(80.0, False), (120.0, True), (None, False)]
