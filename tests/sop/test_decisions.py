"""Decisions: what a card must hold, what a choice must say, and what became of a promise."""

from datetime import date

import pytest

from engine.errors import Impossible
from engine.sop import agenda
from engine.sop.decisions import (
    KEPT,
    MISSED,
    NOT_YET,
    UNKNOWN,
    Card,
    Choice,
    Option,
    as_payload,
    card_of,
    check_card,
    check_choice,
    choice_of,
    differences,
    hit_rate,
    is_late,
    ordered,
    outcomes,
)  # fmt: skip

TODAY = date(2025, 11, 20)
OVERTIME = Option("A", "Overtime", {"margin": 400.0, "peak_load_share": 1.0, "stock_value": 5100.0})
EARLY = Option("B", "Build earlier", {"margin": 700.0, "peak_load_share": 0.98, "stock_value": None})
CARD = Card("How do we serve the peak?", (OVERTIME, EARLY), "B", {"margin": 300.0, "peak_load_share": 1.18, "stock_value": 5000.0}, "Production")


def choice(**changes) -> Choice:
    return Choice(**{"option": "B", "owner": "Wang", "due_on": date(2025, 12, 15), **changes})


def test_a_card_needs_a_question_and_two_or_three_options():
    check_card(CARD)
    for wrong in (Card(" ", CARD.options), Card("?", (OVERTIME,)), Card("?", (OVERTIME, EARLY, OVERTIME)), Card("?", CARD.options, "C")):
        with pytest.raises(Impossible):
            check_card(wrong)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"owner": " "}, "owner"), ({"due_on": None}, "Name the day"), ({"due_on": date(2025, 11, 19)}, "passed"), ({"option": "Z"}, "no option"),
        ({"expected": {"luck": 1.0}, "review_month": date(2026, 1, 1)}, "no measure"), ({"expected": {"revenue": 1.0}}, "which month"),
    ],
)  # fmt: skip
def test_a_choice_is_refused_without_owner_or_day_or_with_what_cannot_be(wrong, said):
    with pytest.raises(Impossible, match=said):
        check_choice(CARD, choice(**wrong), TODAY)


def test_a_whole_choice_stands():
    check_choice(CARD, choice(expected={"revenue": 10.0}, review_month=date(2026, 2, 1)), TODAY)


def test_differences_to_the_base_are_unknown_where_either_side_is():
    assert differences(CARD, OVERTIME) == pytest.approx({"margin": 100.0, "peak_load_share": -0.18, "stock_value": 100.0})
    assert differences(CARD, EARLY)["stock_value"] is None


def test_a_promise_is_kept_missed_unknown_or_not_yet_due():
    expected = {"revenue": 100.0, "stock_value": 50.0, "margin": 10.0}
    seen = {"revenue": 96.0, "stock_value": 53.0, "margin": None}
    month = date(2025, 12, 1)
    found = {each.measure: each.verdict for each in outcomes(expected, seen, month, month, 0.05)}
    assert found == {"revenue": KEPT, "stock_value": MISSED, "margin": UNKNOWN}
    assert hit_rate(outcomes(expected, seen, month, month, 0.05)) == 0.5
    assert {each.verdict for each in outcomes(expected, seen, month, date(2025, 11, 1), 0.05)} == {NOT_YET}
    assert hit_rate(outcomes(expected, seen, month, None, 0.05)) is None
    assert outcomes({"revenue": 100.0}, seen, month, month, 0.05)[0].gap == -4.0


def test_what_is_kept_of_a_decision_gives_the_decision_back():
    chosen = choice(expected={"revenue": 10.0}, review_month=date(2026, 2, 1), note="first line")
    kept = as_payload(CARD, "decided", chosen)
    assert card_of(kept) == CARD
    assert choice_of(kept) == chosen
    assert choice_of(as_payload(CARD, "open")) is None


def test_a_decision_is_late_until_it_is_carried_out():
    assert is_late(choice(due_on=date(2025, 11, 1)), False, TODAY)
    assert not is_late(choice(due_on=date(2025, 11, 1)), True, TODAY)
    assert not is_late(None, False, TODAY)


def test_the_nearest_deadline_comes_first_and_then_the_most_money():
    small = Card("small", (Option("A", "a", {"margin": 1.0}), Option("B", "b", {"margin": 2.0})))
    dated = Card("dated", small.options, deadline=date(2025, 12, 1))
    assert [name for name, _ in ordered([("1", small), ("2", CARD), ("3", dated)])] == ["3", "2", "1"]


def test_the_agenda_fits_into_ninety_and_a_hundred_and_twenty_minutes():
    assert sum(agenda.planned(90).values()) == 90
    assert sum(agenda.planned(120).values()) == 120
    assert sum(agenda.planned(100).values()) == 100
    assert agenda.planned(90)["decisions"] == 30
    assert len(agenda.PRE_MEETING) == 9
    assert len(agenda.EXECUTIVE) == 8
    clock = agenda.Clock(agenda.planned(90), {"promises": 14.0, "situation": 10.0})
    assert (clock.over, clock.left) == (4.0, 66.0)
