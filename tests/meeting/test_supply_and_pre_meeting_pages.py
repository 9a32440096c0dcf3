"""The pages of the supply plan and the pre-meeting through the door: every part opens, and what is done on them is kept."""

import pytest
from streamlit.testing.v1 import AppTest

from engine.answers.meeting import agendas, cycles, proposals, register
from engine.answers.sop.months import months_of
from engine.answers.source import source_of
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.cycle import OPEN, Step
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from pages.parts import who
from pages.parts.pre_meeting import SHORT
from pages.parts.supply_step import PARTS
from tests.pages.conftest import opened

SUPPLY, PRE_MEETING = "pages/meeting/supply.py", "pages/meeting/pre_meeting.py"
LI = Scope(who="Li")


@pytest.fixture
def home(demo_meeting: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The demo with Li at the screen."""
    monkeypatch.setenv("GRANARY_HOME", str(demo_meeting.path))
    monkeypatch.setattr(who, "named", lambda _, home: LI)
    return demo_meeting


def month_of(home: Home):
    return months_of(source_of(open_warehouse(home)), Selection()).first


def opened_cycle(home: Home, *signed: str) -> str:
    """The cycle of the demo, with some steps signed."""
    path, month = str(home.path), month_of(home)
    cycles.open_cycle(path, month, {}, {}, [("Li", "S&OP manager")], LI, 1)
    for name in signed:
        cycles.sign(path, month, Step(name, OPEN), "", LI, 1)
    return path


def shown(at: AppTest) -> str:
    return " ".join(str(getattr(each.proto, "body", "")) for each in at.get("html"))


def told(at: AppTest) -> list[str]:
    """What an act was answered with, its escapes taken out."""
    return [str(each.value).replace("\\", "") for each in (*at.success, *at.error)]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_supply_page_opens(home, part):
    at = opened(SUPPLY, part=part)
    assert "gr-headline" in shown(at)
    assert "not opened yet" in shown(at), "without a cycle it says so, and shows the figures all the same"


@pytest.mark.parametrize("item", SHORT)
def test_every_item_of_the_pre_meeting_opens(home, item):
    assert "leads:" in shown(opened(PRE_MEETING, item=item))


def test_both_sides_commit_on_the_page(home):
    path = opened_cycle(home, "report", "demand")
    at = opened(SUPPLY, part="delivery")
    at.button(key="commit-market").click().run()
    assert not at.exception
    assert told(at) == ["Kept."]
    assert "committed by Li" in shown(at)
    assert register.minutes(path, month_of(home), "commit_market")["who"] == "Li"


def test_a_scenario_is_built_from_levers_kept_and_brought_as_a_card(home):
    path = opened_cycle(home, "report", "demand")
    at = opened(SUPPLY, part="proposals")
    at.number_input(key="scenario-demand").set_value(10.0).run()
    at.text_input(key="scenario-name").set_value("More of everything")
    next(button for button in at.button if button.label == "Reckon and keep").click().run()
    assert not at.exception
    (kept,) = register.lines(path, "scenario")
    assert (kept.said["name"], kept.said["levers"][0]["share"]) == ("More of everything", 0.1)

    at.text_input(key="card-question").set_value("Do we plan for more?")
    at.selectbox(key="card-A").set_value("as_planned")
    at.selectbox(key="card-B").set_value(kept.subject)
    at.selectbox(key="card-best").set_value("B")
    next(button for button in at.button if button.label == "Bring it").click().run()
    assert not at.exception
    waiting = proposals.waiting(path, month_of(home))
    assert waiting["question"].to_list() == ["Do we plan for more?"]
    assert waiting["recommended"].to_list() == ["B"]


def test_a_card_with_one_option_is_refused_in_words(home):
    opened_cycle(home, "report", "demand")
    at = opened(SUPPLY, part="proposals")
    at.text_input(key="card-question").set_value("Only this?")
    at.selectbox(key="card-A").set_value("optimal")
    next(button for button in at.button if button.label == "Bring it").click().run()
    assert "2 or 3 options" in told(at)[0]


def test_an_item_is_marked_done_and_attendance_written_down(home):
    path = opened_cycle(home, "report", "demand", "supply")
    at = opened(PRE_MEETING, item="demand")
    at.button(key="mark-demand").click().run()
    assert not at.exception
    assert agendas.done(path, month_of(home)) == ("demand",)
    at.multiselect(key="attended").set_value(["Li"])
    next(button for button in at.button if button.label == "Keep").click().run()
    assert agendas.attended(path, month_of(home)) == ("Li",)


def test_before_its_turn_nothing_of_the_pre_meeting_can_be_marked(home):
    opened_cycle(home)
    assert opened(PRE_MEETING, item="demand").button(key="mark-demand").disabled
