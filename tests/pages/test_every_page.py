"""Every page in every language, through the door: it opens, it speaks the language, it offers its table (done-when 5)."""

import html
import json
import re
from collections.abc import Callable, Iterator

import pyarrow
import pytest
from streamlit.testing.v1 import AppTest

from engine.figures import plain_text
from engine.store.home import Home
from pages.parts import rooms
from tests.pages.company import HOSTILE, dealers, locations, products, sales, stock
from tests.pages.conftest import opened

LANGUAGES = ("en", "zh", "ru")
PAGES = [page.file for page in rooms.pages()]

# Words that are the same in every language: names of the house, of programs and forms of file, of currencies and languages.
LATIN_ALLOWED = {"granary", "gmroii", "csv", "excel", "parquet", "cny", "english", "xlsx", "sku", "abc", "xyz", "json", "s", "op", "utc"}
LATIN_ALLOWED |= {a + x for a in "abc" for x in "xyz"}  # cells of ABC × XYZ
# The company's files have our own column names as headings; a heading is data and is shown as it stands.
HEADINGS = {word for rows in (products(), dealers(), locations(), sales()[:1], stock()[:1]) for name in rows[0] for word in name.split("_")}
LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(autouse=True)
def at_the_company(company_home: Home, at_home: Callable[[Home], None]) -> None:
    at_home(company_home)


def plain(text: str) -> str:
    """What a person reads of Markdown or HTML: no tags, no icons, no escapes."""
    without_code = re.sub(r"<(script|style).*?</\1>", " ", text.replace("\u2060", "").replace(html.escape(HOSTILE), " "), flags=re.S)
    without_code = without_code.replace("\\", "").replace(HOSTILE, " ").replace(plain_text(HOSTILE), " ").replace(plain_text(HOSTILE, 26), " ")
    return html.unescape(re.sub(r":material/\w+:", " ", re.sub(r"<[^>]+>", " ", without_code))).replace("\\", "")


def texts_of_table(proto) -> Iterator[str]:
    for column in json.loads(proto.columns or "{}").values():
        yield str(column.get("label") or "")
    for data in (proto.arrow_data.styler.display_values, proto.arrow_data.data):
        if data:
            for column in pyarrow.ipc.open_stream(data).read_all().to_pydict().values():
                yield from (value for value in column if isinstance(value, str))


def texts_of_figure(figure: dict) -> Iterator[str]:
    """Every text that Plotly draws or shows when one points at it; names of traces only where there is a legend."""
    names = ["text", "ticktext", "hovertext", "title", *(["name"] if figure["layout"].get("showlegend") else [])]

    def walk(spec: object) -> Iterator[str]:
        if isinstance(spec, dict):
            for name, value in spec.items():
                if name in names and isinstance(value, str | list):
                    yield from ([value] if isinstance(value, str) else (part for part in value if isinstance(part, str)))
                else:
                    yield from walk(value)
        elif isinstance(spec, list):
            for value in spec:
                yield from walk(value)

    return walk(figure)


def texts(at: AppTest) -> Iterator[str]:
    """All that stands on a page."""

    def walk(block) -> Iterator[str]:
        for child in block.children.values():
            proto = getattr(child, "proto", None)
            kind = type(child).__name__
            if kind == "Dataframe":
                yield from texts_of_table(proto)
            elif getattr(child, "type", "") == "plotly_chart":
                yield from texts_of_figure(json.loads(proto.spec))
                yield proto.alt
            elif proto is not None:
                for name in ("label", "body", "help", "delta", "placeholder", "alt"):
                    value = getattr(proto, name, None)
                    if isinstance(value, str):
                        yield value
                yield from (option for option in getattr(proto, "options", ()) if isinstance(option, str))
                popover = getattr(proto, "popover", None)
                if popover is not None and isinstance(getattr(popover, "label", None), str):
                    yield popover.label
            if hasattr(child, "children"):
                yield from walk(child)

    yield from walk(at.main)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_in_every_language_and_shows_no_english_in_the_others(page: str, language: str) -> None:
    at = opened(page, language)
    assert not at.error, [each.value for each in at.error]
    assert any("gr-headline" in getattr(each.proto, "body", "") for each in at.get("html"))
    if language == "en":
        return
    found = {plain(shown) for shown in texts(at)}
    without_files = {re.sub(r"\b[\w-]+\.(csv|xlsx|parquet)\b", " ", text) for text in found}
    english = {text for text in without_files for word in LATIN.findall(text) if word.lower() not in LATIN_ALLOWED | HEADINGS}
    assert english == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tile_explains_itself(language: str) -> None:
    at = opened("pages/inventory/health.py", language)
    names = [metric.proto.label for metric in at.metric]
    assert len(names) >= 4
    for name in ("stock_value", "days_of_supply", "turns", "gmroii", "unsold_stock_value", "out_of_stock_share"):
        at.session_state[f"explain-{name}"] = True
    at.run()
    assert not at.exception
    tables = [each.proto.body for each in at.get("html") if '<table class="gr-fact"' in each.proto.body]
    assert len(tables) == 6
    assert all(file in "".join(tables) for file in ("stock.csv", "sales.csv"))
    if language != "en":
        said = re.sub(r"\b[\w-]+\.csv\b", " ", plain(" ".join(tables)))
        assert {word for word in LATIN.findall(said) if word.lower() not in LATIN_ALLOWED} == set()


@pytest.mark.parametrize("page", ["pages/inventory/health.py", "pages/inventory/item.py"])
def test_every_picture_has_a_sentence_for_those_who_cannot_see_it(page: str) -> None:
    charts = opened(page).get("plotly_chart")
    assert len(charts) >= 2
    assert all(chart.proto.alt for chart in charts)


def test_a_hostile_name_is_nowhere_a_link_a_picture_or_a_formula() -> None:
    at = opened("pages/inventory/item.py", sku="10005")
    shown = [getattr(each.proto, "body", "") for each in at.get("html")]
    assert any("&lt;img" in body for body in shown)
    assert not any("<img" in body.replace('<img class="gr-spark"', "") or ("](http" in body.replace("\\", "") and "<a" in body) for body in shown)
    labels = [each.proto.label for each in at.get("page_link")]
    assert not any("](http" in label for label in labels)


@pytest.mark.parametrize("level", ["sphere", "product_group", "line_id", "sku", "location_id"])
def test_the_tree_of_health_shows_one_level_at_a_time(level: str) -> None:
    at = opened("pages/inventory/health.py", level=level)
    rows = {"sphere": 3, "product_group": 4, "line_id": 4, "sku": 16, "location_id": 2}[level]
    assert len(at.dataframe[-1].value) == rows


def test_a_click_in_the_tree_narrows_the_choice_and_shows_the_level_below() -> None:
    at = opened("pages/inventory/health.py", sphere="白酒")
    assert len(at.dataframe[-1].value) == 2


def test_nothing_loaded_leads_to_the_load_page_with_templates(at_home: Callable[[Home], None], tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.answers import served

    monkeypatch.setattr(served, "DEMO_HOME", tmp_path / "no demo")
    at_home(Home(tmp_path / "empty"))
    at = opened("pages/inventory/health.py")
    assert len(at.get("download_button")) == 3
    assert any("load" in each.proto.page for each in at.get("page_link"))
