"""Rules over deadlines: when somebody is told, under which key, whose it is, and when what failed is tried again."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.messages import message
from engine.reminders import AHEAD, LATE, LONGEST_WAIT, Deadline, due, for_person, next_try, same_person

TODAY = date(2026, 3, 10)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def deadline(due_on: date, owner: str = "", rule: str = "action", subject: str = "d1/1") -> Deadline:
    return Deadline(rule, subject, due_on, message("Bring the list"), "dealer", owner)


def test_a_deadline_is_told_ahead_on_its_day_and_once_more_when_it_has_passed() -> None:
    stages = {days: [one.stage for one in due([deadline(TODAY)], TODAY + timedelta(days), {"action": 7})] for days in (-8, -7, 0, 1, 400)}
    assert stages == {-8: [], -7: [AHEAD], 0: [AHEAD], 1: [LATE], 400: [LATE]}


def test_a_rule_without_days_is_told_of_never() -> None:
    assert due([deadline(TODAY, rule="stage")], TODAY, {"action": 7}) == []


@given(DAYS, DAYS, st.text(max_size=20), st.text(max_size=20), st.integers(0, 60))
def test_the_key_stays_as_long_as_the_deadline_and_its_stage_do(due_on: date, today: date, subject: str, other: str, ahead: int) -> None:
    told = due([deadline(due_on, subject=subject)], today, {"action": ahead})
    again = due([deadline(due_on, subject=subject, owner="somebody else")], today, {"action": ahead})
    assert [one.key for one in told] == [one.key for one in again]
    moved = due([deadline(due_on + timedelta(1), subject=subject), deadline(due_on, subject=f"{subject}{other}x")], today, {"action": ahead})
    assert not {one.key for one in told} & {one.key for one in moved}


@given(st.lists(DAYS, max_size=20), DAYS)
def test_the_longest_overdue_come_first_and_none_is_lost(days: list[date], today: date) -> None:
    found = due([deadline(day, subject=str(place)) for place, day in enumerate(days)], today, {"action": 5000})
    assert len(found) == len(days)
    assert [one.days_late for one in found] == sorted((one.days_late for one in found), reverse=True)


def test_names_are_of_one_person_whatever_their_capitals_and_spaces() -> None:
    assert same_person(" anna  PETROVA", "Anna Petrova")
    assert not same_person("", "")
    assert not same_person("Anna", "Anne")


def test_what_nobody_on_the_list_owns_goes_to_the_role_and_what_somebody_owns_to_them_alone() -> None:
    owned, orphaned, nobodys = (due([deadline(TODAY, owner)], TODAY, {"action": 7}) for owner in ("Anna", "who left", ""))
    role_of, known = {"action": "sales_manager"}, ["Anna", "Boris"]
    assert for_person(owned, "anna", (), role_of, known) == owned
    assert for_person(owned, "Boris", ("sales_manager",), role_of, known) == []
    for open_to_all in (orphaned, nobodys):
        assert for_person(open_to_all, "Boris", ("sales_manager",), role_of, known) == open_to_all
        assert for_person(open_to_all, "Boris", ("finance",), role_of, known) == []


@given(st.integers(1, 10_000), st.integers(1, 600))
def test_each_failure_waits_longer_up_to_six_hours(tries: int, minutes: int) -> None:
    at, first = datetime(2026, 3, 10, tzinfo=UTC), timedelta(minutes=minutes)
    waits = [next_try(at, n, first) - at for n in (tries, tries + 1)]
    assert min(first, LONGEST_WAIT) <= waits[0] <= waits[1] <= LONGEST_WAIT
    assert next_try(at, 1, first) - at == min(first, LONGEST_WAIT)
