"""A quarterly review in Russian: checklist, matrix and line, a candidate with its consequences, the decision with its steps, the protocol."""

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest

from engine.answers import people
from engine.answers.assortment import gates, reviewing
from engine.scope import EVERYTHING
from engine.store.home import RECORDS_VARIABLE, Home
from engine.store.records import opening
from tests.demo_home import small_home_of
from tests.pages.browser.conftest import settled, until

NAME = "Анна"
WORDS = {
    "Обоснование": "Маржа ниже 5 %, спад второй анализ подряд",
    "Согласовано с подразделениями": "сбыт, производство, финансы",
    "Меры по распродаже": "скидка 20 % дилерам",
    "Кто и как следит": "отдел сбыта, каждый месяц",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A copy of a few of the demo's lines, because the review writes records."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(RECORDS_VARIABLE, raising=False)
        copy = tmp_path_factory.mktemp("review") / "home"
        shutil.copytree(small_home_of(tmp_path_factory, 1).path, copy)
        people.add(str(copy), NAME, EVERYTHING)
        yield Home(copy)
        opening.let_go()


def headline(page) -> str:
    return str(page.inner_text(".gr-headline"))


def press(page, words: str) -> None:
    """A button or link of the page, by its words."""
    page.locator(f"[data-testid=stMain] button:has-text('{words}'), [data-testid=stMain] a:has-text('{words}')").first.click()
    settled(page)


def step(page, words: str) -> None:
    """One step of the decision; the page says that it was taken."""
    press(page, words)
    page.wait_for_selector("[data-testid=stAlert]")
    settled(page)


def begun(page, address: str, home: Home) -> None:
    """Open the review in Russian, as somebody of the list."""
    code = next(code for code, known in people.people(str(home.path)).items() if known == NAME)
    page.context.add_cookies([{"name": "granary-person", "value": code, "url": address}])
    page.goto(f"{address}/quarter?language=ru")
    page.wait_for_selector(".gr-headline")
    settled(page)


def click_cell(page, row: str, head: str) -> None:
    """A real click of the mouse near the edge of a cell of the matrix, where no mark is drawn."""
    x, y = page.evaluate(
        """([row, head]) => {
            const picture = document.querySelector('.js-plotly-plot'), box = picture.getBoundingClientRect(), axes = picture._fullLayout;
            const at = (axis, name) => axis._offset + axis.d2p(axis.tickvals[axis.ticktext.indexOf(name)] + 0.3);
            return [box.x + at(axes.xaxis, head), box.y + at(axes.yaxis, row)];
        }""",
        [row, head],
    )
    page.mouse.move(x, y)
    page.wait_for_timeout(150)
    page.mouse.click(x, y)


def test_a_review_goes_from_the_matrix_to_the_protocol(demo: Home, serving: Callable[[Home], str], visit: Callable) -> None:
    address, home = serving(demo), str(demo.path)
    page = visit(address + "/quarter?language=ru", "ru")
    begun(page, address, demo)
    assert "неполон" in headline(page), "incomplete is said"

    page.locator("[data-testid=stMain] a[href*='abc_xyz']").first.click()
    page.wait_for_url("**/abc_xyz?*")
    page.wait_for_selector(".js-plotly-plot")
    settled(page)
    click_cell(page, "C", "Z")
    page.wait_for_url("**cell=CZ**")
    settled(page)
    assert page.locator(".gr-heading", has_text="CZ").count() == 1, "the list is that of the cell"
    press(page, "Все ячейки")
    until(page, "!location.search.includes('cell=')")
    settled(page)
    assert "cell=" not in page.url, "and the click before does not answer again"

    page.goto(f"{address}/bcg?language=ru&level=line")
    page.wait_for_selector(".gr-headline")
    page.wait_for_selector(".js-plotly-plot")
    settled(page)
    page.goto(f"{address}/quarter?language=ru")
    page.wait_for_selector(".gr-headline")
    settled(page)
    page.get_by_label("Выводы").fill("L10, L19 и L24 в убытке")
    step(page, "Рассмотрено")
    assert "bcg" in reviewing.looked_at(home, "2025-Q4")

    press(page, "Решение о выводе")
    page.wait_for_url("**/withdrawal?*")
    page.wait_for_selector(".st-key-begin-withdrawal button")
    settled(page)
    assert "кандидат" in headline(page)
    assert "прекратится убыток" in page.inner_text("[data-testid=stMain]")
    step(page, "Составить решение")
    (drafted,) = gates.decisions(home, "withdrawal")
    assert drafted.state == "draft"
    assert {row["line_id"] for row in drafted.positions} == {"L10", "L19", "L24"}

    for label, words in WORDS.items():
        page.get_by_label(label).fill(words)
    step(page, "Сохранить")
    for words in ("Комитет согласует", "Генеральный директор утверждает"):
        step(page, words)
    page.get_by_label("Номер приказа").fill("17-А")
    step(page, "Ввести в силу приказом")
    (decided,) = gates.decisions(home, "withdrawal")
    assert (decided.state, decided.said["order_no"], decided.who) == ("in_force", "17-А", NAME)

    with page.expect_download() as download:
        page.locator("[data-testid=stMain] button:has-text('Протокол для печати')").first.click()
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(Path(download.value.path()).read_bytes())).pages)
    assert "Протокол решения о выводе" in text
    assert "17-А" in text
    assert WORDS["Обоснование"].split(",")[0] in " ".join(text.split())
    assert page.foreign == []
