"""The pages of the first two steps, through the door: what they show, who may sign, and the change of a cell from the draft to the record."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from engine.answers import people, records
from engine.answers.meeting import cycles, demand_file, demand_grid, register
from engine.answers.meeting.demand_grid import Typed
from engine.documents.demand_book import demand_book
from engine.scope import Scope
from engine.sop.cycle import STEPS
from engine.store.home import RECORDS_VARIABLE, Home
from engine.store.records import opening
from engine.store.warehouse import Warehouse
from tests.pages.conftest import opened
from tests.small_warehouse import published
from tests.sop.test_plan_answers import AHEAD, MADE, whole

MONTH = AHEAD[0]
LI, WANG = Scope(who="Li"), Scope(who="Wang")
REPORT, DEMAND = "pages/meeting/report.py", "pages/meeting/demand.py"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The small company, as this program builds it."""
    return published(tmp_path_factory.mktemp("company") / "home", whole())


@pytest.fixture
def home(data: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The company's data under a home with records of its own and two people, its cycle not opened yet."""
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    place = Home(tmp_path / "home")
    place.path.mkdir()
    (place.path / "warehouse").symlink_to(data.home.path / "warehouse")
    for who in (LI, WANG):
        people.add(str(place.path), who.who, who)
    monkeypatch.setenv("GRANARY_HOME", str(place.path))
    yield str(place.path)
    opening.let_go()


def open_cycle(home: str, *signed: str) -> None:
    cycles.open_cycle(home, MONTH, dict.fromkeys(STEPS, "Li"), {}, [], LI, 1)
    for name in signed:
        step = next(step for step in cycles.steps(home, MONTH, {}, {}) if step.name == name)
        cycles.sign(home, MONTH, step, "", LI, 1)


def at(page: str, person: str = "p1", **address: str) -> AppTest:
    app = opened(page, **address)
    app.session_state["gr-person"] = person
    return app.run()


def button(app: AppTest, label: str):
    return next(each for each in app.button if each.label.startswith(label))


def labels(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


def keep(app: AppTest, form: int) -> None:
    """Send one of the three forms of notes: assumption, chance, issue."""
    [each for each in app.button if each.label == "Keep"][form].click().run()


def said(app: AppTest) -> str:
    return " ".join(each.value.replace("\\", "") for each in (*app.success, *app.error))


def shown(app: AppTest) -> str:
    return " ".join(each.proto.body for each in app.get("html"))


def test_the_report_names_the_sign_convention_beside_every_error(home):
    open_cycle(home)
    text = shown(at(REPORT))
    assert "size of the error, without a sign" in text
    assert "forecast − actual: above zero the forecast was too high" in text
    assert "actual − forecast: above zero more was sold than forecast" in text
    assert "What each step adds" in text
    assert "Who does what, by when" in text


def test_a_cycle_that_is_not_open_leads_to_its_page_and_offers_no_signature(home):
    app = at(REPORT)
    assert "is not opened yet" in shown(app)
    assert not [label for label in labels(app) if label.startswith("Sign")]


def test_a_report_of_a_month_without_its_data_cannot_be_signed_and_says_what_is_lacking(home):
    open_cycle(home)
    app = at(REPORT)
    assert button(app, "Sign").disabled
    checks = " ".join(each.value for each in app.markdown)
    assert ":material/close: Sales are loaded to the end of Oct" in checks.replace("\\", "").replace("\xa0", " ")


def test_a_step_is_signed_and_reopened_with_a_reason_from_its_head(home):
    open_cycle(home, "report")
    app = at(DEMAND)
    button(app, "Sign").click().run()
    assert "Demand is signed." in said(app)
    app.text_input(key="gr-reopen-why-demand").set_value("A deal was signed")
    button(app, "Reopen").click().run()
    assert "Demand is open again." in said(app)
    assert [(row.step, row.is_signed) for row in cycles.history(home, MONTH)] == [("report", True), ("demand", True), ("demand", False)]


def test_nobody_signs_without_a_name(home):
    open_cycle(home, "report")
    app = at(DEMAND, person="")
    button(app, "Sign").click().run()
    assert "Say who you are first" in said(app)
    assert [row.step for row in cycles.history(home, MONTH)] == ["report"]


def test_a_typed_cell_shows_its_effect_is_saved_and_undone_and_locked_after_the_signature(home):
    open_cycle(home, "report")
    demand_grid.keep_typed(home, LI, MONTH, MADE, "consensus", {AHEAD[3]: Typed(140.0, "set", "promotion", "spring")})
    app = at(DEMAND, line_id=MADE)
    assert "Not saved yet" in shown(app)
    button(app, "Save 1 change").click().run()
    assert "Saved." in said(app)
    assert "Not saved yet" not in shown(app)
    assert records.newest(home, "override")[0].payload["value"] == 140.0
    app.session_state["demand-trail"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    button(app, "Undo the change").click().run()
    assert "Taken back" in said(app)
    assert records.newest(home, "override") == []
    button(app, "Sign").click().run()
    assert "Demand is signed." in said(app)
    assert "is closed" in shown(app)


def test_a_large_change_without_a_reason_cannot_be_saved(home):
    open_cycle(home, "report")
    demand_grid.keep_typed(home, LI, MONTH, MADE, "consensus", {AHEAD[3]: Typed(999.0)})
    app = at(DEMAND, line_id=MADE)
    assert button(app, "Save 1 change").disabled
    assert "a reason and a word of explanation" in shown(app)
    button(app, "Forget what is typed").click().run()
    assert "Not saved yet" not in shown(app)


def test_both_figures_of_a_conflict_are_shown_and_the_choice_is_kept(home):
    open_cycle(home, "report")
    demand_grid.keep_typed(home, LI, MONTH, MADE, "consensus", {AHEAD[3]: Typed(140.0, "set", "promotion", "spring")})
    demand_grid.put(home, WANG, MONTH, [(MADE, AHEAD[3], "consensus", Typed(130.0, "set", "event", "fair"))])
    app = at(DEMAND, line_id=MADE)
    assert [each.value.replace("\\", "").replace("\xa0", " ") for each in app.warning] == ["Feb 2026: Wang wrote 130 meanwhile, you typed 140."]
    button(app, "Take mine").click().run()
    assert not app.warning
    button(app, "Save 1 change").click().run()
    (kept,) = records.newest(home, "override")
    assert (kept.payload["value"], kept.who) == (140.0, "Li")


def test_an_unknown_family_in_the_address_shows_the_first_of_the_list(home):
    open_cycle(home, "report")
    app = at(DEMAND, line_id="Beer")
    assert app.selectbox(key="gr-demand-family").value in (MADE, "Gifts")


def test_assumptions_risks_and_issues_are_noted_on_the_page_and_a_probability_of_130_percent_is_refused(home):
    open_cycle(home, "report")
    app = at(DEMAND)
    app.text_area(key="noted-assumed").set_value("No price rise before spring")
    keep(app, 0)
    assert "Noted." in said(app)
    app.text_input(key="noted-chance-name").set_value("Hotel chain leaves")
    app.number_input(key="noted-chance-share").set_value(130.0)
    app.number_input(key="noted-chance-money").set_value(-5000.0)
    keep(app, 1)
    assert "lies between 0 and 100 %" in said(app)
    app.text_area(key="noted-issue-text").set_value("Which price in March?")
    app.text_area(key="noted-issue-ways").set_value("old\nnew")
    keep(app, 2)
    assert "Raised." in said(app)
    assert [line.said["text"] for line in register.lines(home, "assumption", MONTH)] == ["No price rise before spring"]
    assert register.lines(home, "chance", MONTH) == []
    assert [each["title"] for each in register.lines(home, "issue", MONTH)[0].said["alternatives"]] == ["old", "new"]


def test_a_workbook_that_came_back_is_looked_at_before_it_is_kept(home):
    open_cycle(home, "report")
    out = demand_file.going_out(home, LI, "consensus")
    number = next(line for line, row in enumerate(out.rows, start=2) if (row.family, row.month) == (MADE, AHEAD[3]))
    book = openpyxl.load_workbook(io.BytesIO(demand_book(out, "en", "CNY", who="Li", made_at=datetime(2025, 11, 5, tzinfo=UTC))))
    for place, value in ((f"H{number}", 140), (f"I{number}", "promotion"), (f"J{number}", "spring")):
        book.worksheets[0][place] = value
    content = io.BytesIO()
    book.save(content)
    app = at(DEMAND)
    app.file_uploader(key="demand-file-0").upload("grid.xlsx", content.getvalue(), "application/octet-stream").run()
    assert records.newest(home, "override") == []
    button(app, "Keep 1 change").click().run()
    assert "1 change is kept." in said(app)
    assert records.newest(home, "override")[0].payload["value"] == 140.0


def test_the_head_of_a_step_speaks_the_readers_language(home):
    open_cycle(home, "report")
    app = opened(DEMAND, "zh")
    assert any("第 2 步" in each.value for each in app.markdown)
    assert not [each.value for each in app.markdown if "Step" in each.value]
