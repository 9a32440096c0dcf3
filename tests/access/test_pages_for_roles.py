"""Pages as roles: what is sent, what is refused, what a forged link gives, what an empty scope reads, and the view of somebody else."""

import html
import shutil
from dataclasses import replace

import pytest

from engine.answers import access, records
from engine.roles import ROLES, hidden_from
from engine.scope import EVERYTHING, Scope
from engine.store.home import Home
from pages.parts import rooms
from tests.access import canary
from tests.access.canary import Search
from tests.access.crawl import foreign, visit

PAGES = ("start", "health", "channel", "item", "dealer_desk", "dealer", "orders", "credit", "quality")
"""A page of each kind; `make proof` crawls all of them as every role."""
MANAGER = replace(canary.SCOPES["one region"], roles=frozenset({"sales_manager"}), hidden=ROLES["sales_manager"].hidden, subject="https://id m")


def file_of(name: str) -> str:
    return rooms.page_named(name).file


def as_role(role: str) -> Scope:
    return Scope(f"a {role}", roles=frozenset({role}), hidden=hidden_from([role]), subject=f"https://id {role}")


@pytest.fixture(autouse=True)
def home(canary_home, tmp_path, monkeypatch) -> Home:
    """A home of this test's own: looking leaves lines in the audit."""
    place = Home(tmp_path / "home")
    shutil.copytree(canary_home.path, place.path)
    monkeypatch.setenv("GRANARY_HOME", str(place.path))
    return place


@pytest.mark.parametrize("page", PAGES)
def test_a_page_sends_a_manager_nothing_of_other_regions_after_an_administrator_has_warmed_it(page):
    _, whole = visit(file_of(page), EVERYTHING)
    assert page == "quality" or Search(MANAGER).found(whole), "the search finds them in what an administrator is sent"
    assert foreign(file_of(page), MANAGER) == []


@pytest.mark.parametrize("page", ["start", "health", "dealer_desk", "dealer", "orders", "item", "replenishment", "scorecard"])
@pytest.mark.parametrize("role", ["customer_service", "planner"])
def test_a_page_opens_for_a_role_from_which_figures_are_hidden(page, role):
    """Without a fault, whatever column or tile is not there."""
    at, sent = visit(file_of(page), as_role(role))
    assert not at.error, [error.value for error in at.error]
    assert b"gr-headline" in sent


def test_a_page_that_is_not_open_to_a_role_says_so_is_in_no_list_and_is_noted(home):
    at, sent = visit(file_of("credit"), as_role("customer_service"))
    assert [error.value for error in at.error]
    assert "not open to your role" in at.error[0].value.replace("\\", "")
    assert b"receivable" not in sent
    links = [element.proto.label for element in at.get("page_link")]
    assert "Credit" not in links
    assert "Desk" in links
    assert "refused" in {record.subject for record in records.history(home, "audit")}


def test_a_forged_link_opens_nothing_and_leaves_a_line(home):
    at, sent = visit(file_of("dealer"), MANAGER, dealer_id=f"{canary.word('42')}D")
    said = html.unescape(" ".join(str(element.proto.body) for element in at.get("html")))
    assert "not yours to see" in said
    echoed = sent.replace(f"{canary.word('42')}D".encode(), b"")
    assert Search(MANAGER).found(echoed) == []
    assert "refused" in {record.subject for record in records.history(home, "audit")}


@pytest.mark.parametrize("page", ["start", "dealer_desk", "dealer", "orders"])
def test_whoever_has_no_rows_reads_a_sentence_and_no_figure(page):
    at, sent = visit(file_of(page), replace(MANAGER, regions=frozenset()))
    assert Search(canary.SCOPES["nothing"]).found(sent) == []
    assert at.get("html") or at.error


def test_an_administrator_looks_as_somebody_else_under_a_banner_and_can_do_nothing(home):
    administrator = replace(EVERYTHING, who="Ada", subject="https://id a")
    access.grant(home, administrator, "https://id a", "Ada", ["administrator"])
    access.grant(home, administrator, MANAGER.subject, "Max", ["sales_manager"], [canary.region(1)])
    at, _ = visit(file_of("start"), administrator)
    assert not at.warning
    picker = at.selectbox(key="gr-view-as")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pages.parts.who.visitor", lambda: administrator)
        picker.set_value(MANAGER.subject).run()
        assert "Max" in at.warning[0].value
        assert at.button(key="gr-seen-as-back")
        assert not [box for box in at.selectbox if box.key == "gr-view-as"], "who looks as somebody else looks no further"
        at.button(key="gr-seen-as-back").click().run()
        assert not at.warning
    assert [record.subject for record in records.history(home, "audit") if record.subject == "view_as"] == ["view_as", "view_as"]


def test_a_forged_wish_to_look_as_somebody_else_is_refused(home):
    access.grant(home, EVERYTHING, "https://id a", "Ada", ["administrator"])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pages.parts.who.visitor", lambda: MANAGER)
        at, _ = visit(file_of("start"), MANAGER)
        at.session_state["gr-seen-as"] = "https://id a"
        at.run()
    assert not at.warning
    assert at.session_state["gr-seen-as"] == ""
