"""The page of people: a line is written, changed and taken away; it says who can see a dealer, and is for administrators alone."""

import shutil

import pytest

from engine.answers import access
from engine.errors import NotAllowed
from engine.scope import EVERYTHING, Scope
from engine.store.home import Home
from pages.parts import people
from tests.pages.conftest import opened

ANNA = "https://login.company.invalid anna"


@pytest.fixture
def home(company_home, at_home, tmp_path):
    """A home of its own, because the page writes into it."""
    own = Home(tmp_path / "home")
    shutil.copytree(company_home.path, own.path)
    at_home(own)
    return own


def headline(at) -> str:
    return next(block.proto.body for block in at.get("html") if "gr-headline" in block.proto.body)


def test_a_line_is_written_and_says_that_it_binds_with_sign_in_alone(home):
    at = opened("pages/warehouse/people.py")
    assert "Nobody is on the list yet." in headline(at)
    assert "It binds as soon as sign-in is set up" in headline(at)
    at.text_input(key="name-new").set_value("Anna of the north")
    at.text_input(key="subject-new").set_value(ANNA)
    at.multiselect(key="roles-new").set_value(["sales_manager"])
    at.multiselect(key="regions-new").set_value(["北区"])
    next(each for each in at.button if each.label == "Keep").click().run()
    assert not at.exception
    (line,) = access.lines(home)
    assert (line.subject, line.name, line.roles, line.regions, line.dealers, line.is_disabled) == (
        ANNA, "Anna of the north", ("sales_manager",), frozenset({"北区"}), None, False,
    )  # fmt: skip
    assert "1 person may come in." in headline(at)


def test_a_refusal_is_said_in_its_own_words(home):
    at = opened("pages/warehouse/people.py")
    at.text_input(key="name-new").set_value("Nobody")
    at.text_input(key="subject-new").set_value("anna@company.invalid")
    at.multiselect(key="roles-new").set_value(["executive"])
    next(each for each in at.button if each.label == "Keep").click().run()
    assert at.error
    assert access.lines(home) == []


def test_who_can_see_a_dealer_is_told_with_what_they_do_not_see(home):
    access.grant(home, EVERYTHING, ANNA, "Anna of the north", ("sales_manager",), regions=("北区",))
    access.grant(home, EVERYTHING, "group:buyers", "Buyers", ("purchasing",))
    at = opened("pages/warehouse/people.py")
    at.selectbox(key="people-dealer").set_value("2001").run()  # of the south
    names = at.dataframe[-1].value["name"].to_list()
    assert names == ["Buyers"]


def test_the_page_is_for_administrators_alone(home):
    class Looking:
        scope = Scope("Anna", roles=frozenset({"executive"}), subject=ANNA)

    with pytest.raises(NotAllowed):
        people.listed(Looking())
