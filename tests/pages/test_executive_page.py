"""The executive meeting and the plan of record through the door: items, keys, cards, consent, approval, and no English in other languages."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from engine.answers.meeting import acts, executive, plans, register
from engine.scope import Scope
from engine.sop.decisions import Card, Option
from engine.store.home import Home
from pages.parts.executive.stage import NAMES
from tests.pages.conftest import opened
from tests.pages.test_every_page import HEADINGS, LATIN, LATIN_ALLOWED, plain, texts

PAGE, RECORD = "pages/meeting/executive.py", "pages/meeting/plan_of_record.py"
NOVEMBER = date(2025, 11, 1)
CHEN = Scope(who="陈静")


@pytest.fixture
def meeting(meeting_of: Callable[[str], Home], monkeypatch: pytest.MonkeyPatch) -> Home:
    """The company with a cycle of its own and somebody who may decide at the door."""
    monkeypatch.setattr("pages.parts.frame.door.who.named", lambda scope, _: CHEN)
    return meeting_of(CHEN.who)


def brought(home: Home) -> register.Kept:
    options = (Option("A", "是", {"margin": 2_000_000.0, "service_share": 0.98}), Option("B", "否", {"margin": 1_000_000.0}))
    return register.bring(str(home.path), NOVEMBER, Card("旺季怎么办？", options, "A", {"margin": 1_500_000.0}, "李伟"), CHEN, 1)


def said(at: AppTest) -> str:
    return " ".join(plain(getattr(each.proto, "body", "")) for each in at.get("html"))


@pytest.mark.parametrize("language", ["zh", "ru"])
@pytest.mark.parametrize("item", NAMES)
def test_every_item_speaks_the_language_with_a_cycle_and_a_decision(meeting: Home, item: str, language: str) -> None:
    brought(meeting)
    at = opened(PAGE, language, item=item, mode="projector")
    assert not at.error, [each.value for each in at.error]
    without_files = {re.sub(r"\b[\w-]+\.(csv|xlsx|parquet|pdf|pptx)\b", " ", plain(shown)) for shown in texts(at)}
    english = {text for text in without_files for word in LATIN.findall(text) if word.lower() not in LATIN_ALLOWED | HEADINGS}
    assert english == set()


def test_next_and_back_turn_the_agenda_and_the_address_keeps_the_place(meeting: Home) -> None:
    at = opened(PAGE)
    assert at.button(key="stage-back").disabled
    at.button(key="stage-next").click().run()
    assert at.query_params["item"] == "situation"
    at.button(key="stage-mode").click().run()
    assert at.query_params["mode"] == "projector"
    at.button(key="stage-back").click().run()
    assert at.query_params["item"] == "promises"


def test_the_clock_counts_only_where_it_was_started(meeting: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened(PAGE)
    at.button(key="stage-next").click().run()
    assert executive.clock(str(meeting.path), NOVEMBER).used == {}
    at.button(key="stage-clock").click().run()
    from pages.parts.executive import stage

    started = at.session_state["gr-clock"][1]
    monkeypatch.setattr(stage.time, "monotonic", lambda: started + 180.0)
    at.button(key="stage-next").click().run()
    assert executive.clock(str(meeting.path), NOVEMBER).used == {"situation": 3.0}
    at.button(key="stage-clock").click().run()
    assert "gr-clock" not in at.session_state


def test_a_card_shows_its_options_and_is_not_decided_without_an_owner(meeting: Home) -> None:
    card = brought(meeting)
    at = opened(PAGE, item="decisions")
    assert "旺季怎么办？" in said(at)
    assert "¥2M" in said(at)
    at.button(key="choose-A").click().run()
    at.button(key="decide").click().run()
    assert [each.value for each in at.error]
    assert register.line(str(meeting.path), "decision", card.subject).said["state"] == "open"
    at.button(key="choose-A").click().run()
    at.selectbox(key="choice-owner").set_value("陈静")
    at.date_input(key="choice-due").set_value(date.today() + timedelta(9))
    at.run()
    at.button(key="decide").click().run()
    assert at.success, [each.value for each in at.error]
    assert register.line(str(meeting.path), "decision", card.subject).said["choice"]["owner"] == "陈静"
    at.button(key="take-back").click().run()
    assert register.line(str(meeting.path), "decision", card.subject).said["state"] == "open"


def test_a_decision_is_put_off_only_with_a_reason(meeting: Home) -> None:
    card = brought(meeting)
    at = opened(PAGE, item="decisions")
    at.button(key="put-off").click().run()
    at.button(key="put-off-keep").click().run()
    assert at.error
    at.button(key="put-off").click().run()
    at.text_input(key="put-off-why").set_value("再等一个月").run()
    at.button(key="put-off-keep").click().run()
    assert register.line(str(meeting.path), "decision", card.subject).said["state"] == "deferred"


def test_keys_rest_while_the_drawer_is_open(meeting: Home) -> None:
    brought(meeting)
    at = opened(PAGE, item="decisions")
    assert at.button(key="stage-next").proto.shortcut
    at.button(key="what-if").click().run()
    assert not at.exception
    assert not at.button(key="stage-next").proto.shortcut


def test_a_promotion_is_turned_told_and_kept_in_the_drawer(meeting: Home) -> None:
    at = opened(PAGE, item="decisions")
    at.button(key="what-if").click().run()
    at.number_input(key="what-if-0-promoted").set_value(30)
    at.number_input(key="what-if-0-spend").set_value(1000)
    at.multiselect(key="what-if-0-months").set_value([1]).run()
    assert not at.exception
    assert "More turnover for 1 spent" in said(at)
    at.text_input(key="what-if-0-name").set_value("国庆促销").run()
    at.button(key="keep-scenario").click().run()
    assert at.success, [each.value for each in at.error]
    (kept,) = register.lines(str(meeting.path), "scenario", NOVEMBER)
    (lever,) = kept.said["levers"]
    assert (lever["kind"], lever["own_share"], lever["spend"], lever["months"]) == ("PromotionLever", 0.3, 1000.0, [1])
    assert lever["pulled_months"] == 3, "the tail of the setting stands there"


def test_who_scores_over_what_another_wrote_meanwhile_is_told_both(meeting: Home) -> None:
    first, second = opened(PAGE, item="read_back"), opened(PAGE, item="read_back")
    for at, points in ((first, 4), (second, 2)):
        at.radio(key="score-points").set_value(points)
        next(button for button in at.button if button.proto.is_form_submitter and button.proto.form_id == "score").click().run()
    assert first.success
    assert "4" in str(second.error[0].value)
    assert "2" in str(second.error[0].value)
    assert executive.minutes(str(meeting.path), NOVEMBER)["score"] == 4
    next(button for button in second.button if button.proto.is_form_submitter and button.proto.form_id == "score").click().run()
    assert executive.minutes(str(meeting.path), NOVEMBER)["score"] == 2, "whoever has seen it may replace it"


def test_the_plan_is_approved_and_the_page_of_record_tells_of_it(meeting: Home) -> None:
    at = opened(PAGE, item="approval")
    at.button(key="approve").click().run()
    assert at.success, [each.value for each in at.error]
    (version,) = plans.versions(str(meeting.path))
    assert version.who == "陈静"
    record = opened(RECORD)
    assert not record.error
    assert record.selectbox(key="plan-before").value == version.name
    assert any(version.name in str(each.value) for each in record.dataframe)


def test_the_meeting_is_scored_and_its_papers_are_offered_under_names_of_the_language(meeting: Home) -> None:
    at = opened(PAGE, "zh", item="read_back")
    names = [button.proto.label for button in at.get("download_button")]
    assert len(names) == 3
    assert all("2025" in name for name in names)
    at.radio(key="score-points").set_value(4)
    next(button for button in at.button if button.proto.is_form_submitter and button.proto.form_id == "score").click().run()
    assert executive.minutes(str(meeting.path), NOVEMBER)["score"] == 4


def test_a_cycle_that_was_not_opened_lets_nobody_decide(company_home: Home, at_home: Callable[[Home], None]) -> None:
    at_home(company_home)
    at = opened(PAGE, item="approval")
    assert at.button(key="approve").disabled
    assert acts.agreed(str(company_home.path), NOVEMBER) is None
