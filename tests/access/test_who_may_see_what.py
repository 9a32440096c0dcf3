"""The list of people and groups: what a sign-in gives, who sees a dealer, what an administrator sees as somebody else, and who may change it."""

import json
import shutil
from dataclasses import replace

import pytest

from engine import command_line
from engine.answers import ANSWERS, access, records
from engine.answers.access import Identity
from engine.errors import BadUse, NotAllowed, NotKept
from engine.roles import ROLES
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from tests.access import canary, given

ISSUER = "https://id.example"
ADMIN = f"{ISSUER} admin"


@pytest.fixture
def home(tmp_path) -> Home:
    place = Home(tmp_path)
    access.grant(place, EVERYTHING, ADMIN, "Ada", ["administrator"])
    return place


def identity(subject: str, *groups: str, name: str = "", issuer: str = ISSUER) -> Identity:
    return Identity(issuer, subject, name or subject, f"{subject}@example", groups)


def test_nobody_comes_in_who_is_not_on_the_list(home):
    assert access.scope_of(home, identity("stranger")) is None
    assert access.scope_of(home, identity("admin", issuer="https://other")) is None, "the same subject of another provider is somebody else"


def test_an_e_mail_address_alone_opens_nothing(home):
    assert access.scope_of(home, Identity(ISSUER, "stranger", "Ada", "admin@example")) is None


def test_a_sales_manager_gets_own_regions_and_a_planner_all_rows(home):
    access.grant(home, EVERYTHING, f"{ISSUER} m", "Max", ["sales_manager"], ["North"])
    access.grant(home, EVERYTHING, f"{ISSUER} p", "Pia", ["planner"])
    manager, planner = access.scope_of(home, identity("m")), access.scope_of(home, identity("p"))
    assert (manager.regions, manager.dealers, manager.hidden, manager.who) == (frozenset({"North"}), None, ROLES["sales_manager"].hidden, "Max")
    assert planner.sees_all
    assert planner.hidden == ROLES["planner"].hidden
    assert planner.subject == f"{ISSUER} p"


def test_own_rows_without_a_region_or_dealer_are_no_rows_and_never_all(home):
    access.grant(home, EVERYTHING, f"{ISSUER} m", "Max", ["sales_manager"])
    scope = access.scope_of(home, identity("m"))
    assert scope.sees_nothing
    assert not scope.sees_all


def test_groups_add_up_and_an_own_line_goes_before_them(home):
    access.grant(home, EVERYTHING, "group:north", "North", ["sales_manager"], ["North"])
    access.grant(home, EVERYTHING, "group:south", "South", ["sales_manager"], ["South"])
    access.grant(home, EVERYTHING, "group:buyers", "Buyers", ["purchasing"])
    both = access.scope_of(home, identity("x", "north", "south"))
    assert both.regions == {"North", "South"}
    assert access.scope_of(home, identity("x", "north", "buyers")).sees_all, "who sees all rows in one role sees them"
    assert access.scope_of(home, identity("x", "north", "buyers")).hidden == ROLES["purchasing"].hidden & ROLES["sales_manager"].hidden
    access.grant(home, EVERYTHING, f"{ISSUER} x", "Xia", ["sales_manager"], ["East"])
    assert access.scope_of(home, identity("x", "north", "south")).regions == {"East"}


def test_a_name_from_the_provider_cannot_pass_for_somebody_on_the_list(home):
    access.grant(home, EVERYTHING, "group:all", "All", ["planner"])
    assert access.scope_of(home, identity("evil", "all", name="Ada")).who != "Ada"


def test_a_disabled_person_is_out_though_their_group_is_in(home):
    access.grant(home, EVERYTHING, "group:all", "All", ["planner"])
    access.grant(home, EVERYTHING, f"{ISSUER} p", "Pia", ["planner"])
    assert access.scope_of(home, identity("p", "all")) is not None
    access.disable(home, EVERYTHING, f"{ISSUER} p")
    assert access.scope_of(home, identity("p", "all")) is None
    access.take_off(home, EVERYTHING, f"{ISSUER} p")
    assert access.scope_of(home, identity("p", "all")) is not None


def test_a_role_that_is_unknown_gives_nothing(home):
    records.record(home, "access", f"{ISSUER} z", {"name": "Zoe", "roles": ["emperor"], "regions": None, "dealers": None, "disabled": False}, EVERYTHING, None)
    assert access.scope_of(home, identity("z")) is None


@pytest.mark.parametrize(
    ("subject", "name", "roles"),
    [("justone", "A", ["planner"]), ("group:", "A", ["planner"]), (f"{ISSUER} x", " ", ["planner"]), (f"{ISSUER} x", "A", []), (f"{ISSUER} x", "A", ["king"]),
     (f"{ISSUER} x", "ada", ["planner"]), (f"{ISSUER} {'x' * 700}", "A", ["planner"])],
)  # fmt: skip
def test_a_line_that_makes_no_sense_is_refused(home, subject, name, roles):
    with pytest.raises(BadUse):
        access.grant(home, EVERYTHING, subject, name, roles)


def test_the_last_administrator_stays(home):
    with pytest.raises(BadUse, match="last administrator"):
        access.disable(home, EVERYTHING, ADMIN)
    with pytest.raises(BadUse, match="last administrator"):
        access.grant(home, EVERYTHING, ADMIN, "Ada", ["planner"])
    with pytest.raises(BadUse, match="last administrator"):
        access.grant(home, EVERYTHING, ADMIN, "Ada", ["administrator"], ["North"])
    with pytest.raises(BadUse, match="last administrator"):
        access.take_off(home, EVERYTHING, ADMIN)
    access.grant(home, EVERYTHING, f"{ISSUER} b", "Bob", ["administrator"])
    access.disable(home, EVERYTHING, ADMIN)
    assert access.scope_of(home, identity("admin")) is None


def test_only_who_keeps_the_list_changes_it_and_a_change_overtaken_is_not_kept(home):
    planner = Scope("Pia", roles=frozenset({"planner"}), subject=f"{ISSUER} p")
    with pytest.raises(NotAllowed):
        access.grant(home, planner, f"{ISSUER} p", "Pia", ["administrator"])
    first = access.grant(home, EVERYTHING, f"{ISSUER} p", "Pia", ["planner"])
    access.grant(home, EVERYTHING, f"{ISSUER} p", "Pia", ["finance"], last_id=first.last_id)
    with pytest.raises(NotKept):
        access.grant(home, EVERYTHING, f"{ISSUER} p", "Pia", ["marketing"], last_id=first.last_id)


def test_the_list_says_who_can_see_a_dealer_and_what_of_it_they_do_not(canary_home, tmp_path, capsys, monkeypatch):
    home = Home(tmp_path / "home")
    shutil.copytree(canary_home.path, home.path)
    dealer = f"{canary.word('11')}D"
    for subject, name, role, regions, dealers in (
        ("a", "Ada", "administrator", None, None), ("m", "Max", "sales_manager", [canary.region(1)], None),
        ("n", "Nat", "sales_manager", [canary.region(2)], None),
        ("d", "Dot", "sales_manager", None, [dealer]), ("s", "Sam", "customer_service", None, None),
    ):  # fmt: skip
        access.grant(home, EVERYTHING, f"{ISSUER} {subject}", name, [role], regions, dealers)
    seers = {seer.line.name: seer.hidden for seer in access.who_can_see(home, dealer)}
    assert set(seers) == {"Ada", "Max", "Dot", "Sam"}
    assert "credit" in seers["Sam"]
    with pytest.raises(BadUse):
        access.who_can_see(home, "nobody")
    assert command_line.run(["access", "--home", str(home.path), "--who-sees", dealer, "--format", "json"]) == 0
    assert [row["name"] for row in json.loads(capsys.readouterr().out)] == ["Ada", "Max", "Dot", "Sam"]
    assert command_line.run(["access", "--home", str(home.path), "--roles"]) == 0
    assert "sales_manager" in capsys.readouterr().out


def test_view_as_is_the_persons_own_view_read_only_and_for_administrators_alone(canary_home, tmp_path):
    home = Home(tmp_path / "home")
    shutil.copytree(canary_home.path, home.path)
    access.grant(home, EVERYTHING, ADMIN, "Ada", ["administrator"])
    access.grant(home, EVERYTHING, f"{ISSUER} m", "Max", ["sales_manager"], [canary.region(1)])
    administrator, manager = access.scope_of(home, identity("admin")), access.scope_of(home, identity("m"))
    seen = access.view_as(home, administrator, f"{ISSUER} m")
    assert (seen.rights, seen.who, seen.seen_by) == (manager.rights, "Max", "Ada")
    warehouse = open_warehouse(home)
    for question in ("start", "credit", "dealer_desk", "kpi"):
        mine, theirs = (ANSWERS[question](warehouse, Selection(), scope) for scope in (manager, seen))
        assert given.of_answer(mine) == given.of_answer(theirs)
        assert given.of_documents(mine, "Max") == given.of_documents(theirs, "Max")
    assert not any(seen.may(act) for act in ("decide", "load", "settings", "people", "view_as"))
    with pytest.raises(NotAllowed, match="You look at what"):
        records.record(home, "review", f"{canary.word('11')}D", {"note": "x"}, seen, 1)
    with pytest.raises(NotAllowed, match="You look at what"):
        records.save_draft(home, seen, "order:x", {})
    with pytest.raises(NotAllowed):
        access.view_as(home, manager, ADMIN)
    with pytest.raises(NotAllowed):
        access.view_as(home, seen, ADMIN)
    assert "refused" in {record.subject for record in records.history(home, "audit")}


def test_two_people_of_one_name_have_two_drafts(home):
    one, other = (Scope("Ann", subject=f"{ISSUER} {subject}") for subject in ("1", "2"))
    records.save_draft(home, one, "order:x", {"typed": {"A": 1}})
    assert records.draft(home, other, "order:x") is None
    assert records.draft(home, one, "order:x") == {"typed": {"A": 1}}


def test_a_disabled_or_unknown_person_cannot_be_looked_at(home):
    administrator = replace(EVERYTHING, who="Ada")
    access.grant(home, EVERYTHING, f"{ISSUER} p", "Pia", ["planner"], disabled=True)
    for subject in (f"{ISSUER} p", f"{ISSUER} nobody"):
        with pytest.raises(BadUse):
            access.view_as(home, administrator, subject)
