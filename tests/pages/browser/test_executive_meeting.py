"""A whole meeting by two browsers at once: a planner brings the decision, an executive decides it by the keyboard alone, and both hold the same papers."""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pypdf
import pytest
from pptx import Presentation

from engine.answers import people
from engine.answers.meeting import cycles, plans, register
from engine.language import formatted
from engine.scope import EVERYTHING, Scope
from engine.sop.cycle import STEPS
from engine.store.home import RECORDS_VARIABLE, Home
from engine.store.records import opening
from tests.demo_home import home_of
from tests.pages.browser.conftest import PATIENCE, settled

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

NOVEMBER = date(2025, 11, 1)
PLANNER = Scope(who="Li Wei")
QUESTION, OPTION = "How do we serve the peak?", "Five percent less demand"
MOST_TABS = 60
FOCUSED = """(() => { const here = document.activeElement;
    return here.matches('button, input, [role=spinbutton]') ? here.getAttribute('aria-label') || here.innerText : ''; })()"""
"""What the focus stands on, by its name."""


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A copy of the demo with two people and an open cycle."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(RECORDS_VARIABLE, raising=False)
        copy = tmp_path_factory.mktemp("meeting") / "home"
        shutil.copytree(home_of(tmp_path_factory, 1).path, copy)
        for name in ("Li Wei", "Chen Jing"):
            people.add(str(copy), name, EVERYTHING)
        participants = [("Li Wei", "S&OP manager"), ("Chen Jing", "General director")]
        cycles.open_cycle(str(copy), NOVEMBER, dict.fromkeys(STEPS, "Li Wei"), {}, participants, PLANNER, 1)
        yield Home(copy)
        opening.let_go()


def seated(browser, address: str, name: str, home: Home, path: str, size: tuple[int, int]):
    """A browser of its own for somebody of the list."""
    code = next(code for code, known in people.people(str(home.path)).items() if known == name)
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-GB", bypass_csp=True)
    context.add_cookies([{"name": "granary-person", "value": code, "url": address}])
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}/{path}")
    page.wait_for_selector(".gr-headline")
    settled(page)
    return page


def turn(page, number: int) -> None:
    """To the next item, which is this one. A key that is pressed while the page is being drawn anew may be lost; then, as people do, once more."""
    for patience in (30_000, PATIENCE):
        page.keyboard.press("ArrowRight")
        with suppress(playwright.TimeoutError):
            page.wait_for_selector(f".gr-small:has-text('{number} of 8')", timeout=patience)
            break
    settled(page)
    assert f"{number} of 8" in page.inner_text(f".gr-small:has-text('{number} of 8')")


def tab_to(page, label: str) -> None:
    """Press Tab until the focus stands on something of that name."""
    for _ in range(MOST_TABS):
        if label in page.evaluate(FOCUSED):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {label!r}")


def shown(page) -> dict[str, str]:
    """Measure -> what stands in the last column of the large table."""
    rows = page.evaluate(
        "[...document.querySelectorAll('.gr-large tbody tr')].map(r => [r.cells[0].innerText, r.cells[r.cells.length - 1].childNodes[0].textContent])"
    )
    return {name.strip(): value.strip() for name, value in rows}


def test_a_planner_brings_a_decision_and_an_executive_decides_it_by_keyboard_while_both_see_it(meeting: Home, serving: Callable[[Home], str], chromium) -> None:
    address, home = serving(meeting), str(meeting.path)
    planner = seated(chromium, address, "Li Wei", meeting, "pre_meeting?language=en&item=recommendations", (1366, 900))
    planner.get_by_text("Bring a decision to the executive meeting").click()
    planner.get_by_label("What is to be decided?").fill(QUESTION)
    settled(planner)
    for letter, scenario in (("A", "As planned"), ("B", "Cheapest")):
        planner.get_by_label(f"Option {letter}").first.click()
        planner.keyboard.type(scenario)
        planner.wait_for_selector(f"[role=option]:has-text('{scenario}')")
        planner.keyboard.press("Enter")
        settled(planner)
    planner.get_by_role("button", name="Bring it").click()
    planner.wait_for_selector("[data-testid=stAlert]")
    (card,) = register.lines(home, "decision")
    assert [option["name"] for option in card.said["options"]] == ["A", "B"]
    planner.goto(f"{address}/executive?language=en&item=approval")

    wall = seated(chromium, address, "Chen Jing", meeting, "executive?language=en&mode=projector", (1920, 1080))
    for number in range(2, 6):
        turn(wall, number)
    wall.wait_for_selector(f"text={QUESTION}")
    wall.keyboard.press("w")
    wall.wait_for_selector("[role=dialog]")
    settled(wall)
    tab_to(wall, "Demand, %")
    wall.keyboard.type("-5")
    wall.keyboard.press("Enter")
    wall.wait_for_selector("[role=dialog] >> text=/Margin (falls|rises) by/")
    tab_to(wall, "Call it")
    wall.keyboard.type(OPTION)
    wall.keyboard.press("Enter")
    wall.wait_for_selector(".st-key-keep-option button:not([disabled])")
    tab_to(wall, "Keep as option")
    wall.keyboard.press("Enter")
    wall.wait_for_selector("[role=dialog]", state="detached")
    wall.wait_for_selector(f".gr-large >> text={OPTION}")
    settled(wall)

    wall.keyboard.press("3")
    wall.wait_for_selector("[role=dialog] >> text=Who does it")
    settled(wall)
    tab_to(wall, "Who does it")
    wall.keyboard.type("Li Wei")
    wall.keyboard.press("Enter")
    settled(wall)
    tab_to(wall, "year, Until")
    wall.keyboard.type(f"{date.today() + timedelta(30):%Y%m%d}")
    settled(wall)
    tab_to(wall, "Decide C")
    wall.keyboard.press("Enter")
    wall.wait_for_selector("text=/Decided: /")
    assert register.lines(home, "decision")[0].said["choice"]["owner"] == "Li Wei"

    turn(wall, 6)
    turn(wall, 7)
    wall.wait_for_selector("text=Approve and freeze the plan")
    wall.keyboard.press("a")
    wall.wait_for_selector("text=/fingerprint/")
    (version,) = plans.versions(home)
    assert version.who == "Chen Jing"
    planner.wait_for_selector(f"text=/Plan {version.name}, approved by Chen Jing/", timeout=PATIENCE)
    settled(wall)
    settled(planner)
    figures = shown(wall)
    assert figures == shown(planner)
    assert wall.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= document.querySelector('[data-testid=stMain]').clientWidth")

    turn(wall, 8)
    wall.wait_for_selector(f".gr-large >> text={OPTION}")
    files = {}
    for ending, name in (("xlsx", "Workbook"), ("pdf", "Minutes"), ("pptx", "Slides")):
        tab_to(wall, f"{name} of the meeting")
        with wall.expect_download() as waited:
            wall.keyboard.press("Enter")
        assert waited.value.suggested_filename == f"{name} of the meeting Nov 2025.{ending}"
        files[ending] = Path(waited.value.path()).read_bytes()
    told = told_by(files)
    for measure, value in figures.items():
        assert value in told["pdf"], measure
        assert value in told["pptx"], measure
    assert all(OPTION in text for text in told.values())
    assert all(version.name in text for text in told.values())
    money = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))["Financial plan"]
    head = [cell.value for cell in money[1]]
    revenue = sum(row[head.index("Revenue, ¥")] for row in money.iter_rows(min_row=2, values_only=True))
    assert formatted(revenue, "money", "en", "CNY", compact=True) == figures["Revenue"]
    for page in (wall, planner):
        page.context.close()


def told_by(files: dict[str, bytes]) -> dict[str, str]:
    """Everything that stands in the three papers, one line each."""
    pages = pypdf.PdfReader(io.BytesIO(files["pdf"])).pages
    deck = Presentation(io.BytesIO(files["pptx"]))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    texts += [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    cells = [str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
    found = {"pdf": " ".join(page.extract_text() for page in pages), "pptx": " ".join(texts), "xlsx": " ".join(cells)}
    return {name: re.sub(r"\s+", " ", text) for name, text in found.items()}
