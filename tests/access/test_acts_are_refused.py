"""What somebody may not do is refused below the pages, whatever a page or a forged message asks for; and it leaves a line in the audit."""

import io
import shutil
from datetime import date

import pytest

from engine.answers import actions, clearance, credit, desk, loading, records
from engine.answers import settings as book
from engine.answers.desk import Batch
from engine.errors import NotAllowed
from engine.roles import ROLES
from engine.scope import Scope
from engine.store.home import Home
from tests.access import canary

DAY = date(2025, 11, 1)


@pytest.fixture
def home(canary_home, tmp_path) -> Home:
    place = Home(tmp_path / "home")
    shutil.copytree(canary_home.path, place.path)
    return place


@pytest.fixture
def seller() -> Scope:
    return Scope("Max", frozenset({canary.region(1)}), None, frozenset({"sales_manager"}), "https://id m", ROLES["sales_manager"].hidden)


def dealer(one: str) -> str:
    return f"{canary.word(one)}D"


def order(one: str) -> dict[str, object]:
    return {"order_id": f"{canary.word(one)}O1", "dealer_id": dealer(one), "order_value": 10.0, "verdict": "hold", "available_value": 0.0, "decided_id": None}


def test_a_manager_decides_for_own_dealers_and_for_nobody_elses(home, seller):
    path = str(home.path)
    actions.agree(path, dealer("11"), "Pay", "Ann", DAY, DAY, seller, 1)
    actions.hold_review(path, dealer("12"), DAY, "A", 80.0, "", seller, 1)
    credit.decide(path, order("11"), "hold", None, seller, 1)
    records.record(home, "order_file", f"{canary.word('11')}L", {"location_id": f"{canary.word('11')}L", "dealer_id": dealer("11")}, seller, 1)
    for act in (
        lambda: actions.agree(path, dealer("21"), "Pay", "Ann", DAY, DAY, seller, 1),
        lambda: actions.hold_review(path, dealer("21"), DAY, "A", 80.0, "", seller, 1),
        lambda: credit.decide(path, order("21"), "release", None, seller, 1),
        lambda: credit.decide(path, order("21") | {"dealer_id": dealer("11")}, "release", None, seller, 1),
        lambda: records.record(home, "order_file", f"{canary.word('21')}L", {"location_id": f"{canary.word('11')}L", "dealer_id": dealer("11")}, seller, 1),
        lambda: records.record(home, "action", f"{dealer('11')}/1", {"dealer_id": dealer("21")}, seller, 1),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert {record.subject for record in records.history(home, "audit")} >= {"refused"}


def test_a_manager_clears_stock_of_own_places_and_neither_others_nor_the_companys(home, seller):
    path, mine, theirs = str(home.path), f"2025Q4 {canary.SKUS[1]} B1", f"2025Q4 {canary.SKUS[1]} B2"
    seen = {record.subject: record.id for record in records.newest(path, "clearance")}
    clearance.change(path, mine, seller, 1, seen[mine], owner="Max")
    with pytest.raises(NotAllowed):
        clearance.change(path, theirs, seller, 1, seen[theirs], owner="Max")
    with pytest.raises(NotAllowed):
        clearance.take_off(path, theirs, seller, 1, seen[theirs])
    with pytest.raises(NotAllowed):
        clearance.change(path, theirs, seller, 1, seen[theirs], location_id="B1")
    company = {"item_id": "1001", "location_id": None, "listed_on": DAY, "deadline": DAY, "owner": "Max", "plan": "scrap"}
    with pytest.raises(NotAllowed):
        records.record(home, "clearance", "2025Q4 1001", company, seller, 1)


@pytest.mark.parametrize("role", [name for name, role in ROLES.items() if "settings" not in role.acts])
def test_settings_are_changed_by_who_may(home, role):
    with pytest.raises(NotAllowed):
        book.change(str(home.path), "window_days", 60, DAY, Scope("x", roles=frozenset({role})), 1)
    with pytest.raises(NotAllowed):
        book.give_back(str(home.path), "window_days", DAY, Scope("x", roles=frozenset({role})), 1)


@pytest.mark.parametrize("role", [name for name, role in ROLES.items() if "load" not in role.acts])
def test_nothing_is_loaded_taken_back_or_thrown_away_by_who_may_not(home, role, monkeypatch, tmp_path):
    monkeypatch.setenv("GRANARY_HOME", str(home.path))
    scope = Scope("x", roles=frozenset({role}))
    prepared = loading.Load(None, ())  # type: ignore[arg-type]
    for act in (
        lambda: desk.receive("a.csv", io.BytesIO(), scope), lambda: desk.look(Batch(folder=str(tmp_path)), {}, lambda event: None, scope),
        lambda: loading.publish(home, prepared, scope), lambda: loading.discard(home, prepared, scope), lambda: desk.undo(scope),
        lambda: desk.rebuild(str(home.path), lambda event: None, scope), lambda: desk.adopt_profile("a.json", b"{}", scope),
        lambda: desk.enter_total("net_sales", DAY, 1.0, scope),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()


def test_a_kind_of_record_that_nobody_thought_of_is_refused_to_everybody_signed_in(home, seller):
    with pytest.raises(NotAllowed):
        records.record(home, "stage_of_the_moon", "x", {}, seller, None)
