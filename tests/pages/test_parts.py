"""The pieces that pages are made of, on answers made by hand."""

from typing import Any

import pandas as pd
import pyarrow
import pytest
from streamlit import dataframe_util
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.elements.lib.pandas_styler_utils import marshall_styler
from streamlit.proto.ArrowData_pb2 import ArrowData
from streamlit.testing.v1 import AppTest

from pages.parts.cells import styled
from tests.pages.company import HOSTILE

LANGUAGES = ("en", "zh", "ru")


def script(body: str, language: str = "en") -> str:
    return f"""
import datetime
import polars as pl
import streamlit as st
from engine.answers.answer import Alert, Answer, Column, Tile
from engine.messages import message
from engine.scope import EVERYTHING
from engine.selection import Selection
from pages.parts import alerts, empty, opening, tables, tiles
from pages.parts.view import View

view = View("start", "{language}", EVERYTHING, Selection(compare="last_year"), "", False, 7)
day = datetime.date(2025, 10, 31)
COLUMNS = (
    Column("sku", message("Product"), "code"), Column("stock_value", message("Stock value"), "money"),
    Column("days_of_supply", message("Days of supply"), "days"), Column("days_of_supply_why", message("Why unknown"), "message"),
    Column("margin_share", message("Margin"), "share"),
)
FRAME = pl.DataFrame({{
    "sku": [{HOSTILE!r}, "00123"], "stock_value": [1234567.891, 250.0], "days_of_supply": [None, 41.26],
    "days_of_supply_why": [message("Nothing sells.").to_json(), None], "margin_share": [0.3125, -0.05],
}})
answer = Answer("health", message("A sentence."), FRAME, COLUMNS, 7, day, day, day)
{body}
"""


def run(body: str, language: str = "en") -> AppTest:
    at = AppTest.from_string(script(body, language), default_timeout=60).run()
    assert not at.exception, at.exception
    return at


@pytest.mark.parametrize(
    ("language", "texts"),
    [("en", ["1,234,568", "250", "41", "31.3%"]), ("zh", ["1,234,568", "250", "41", "31.3%"]), ("ru", ["1\u00a0234\u00a0568", "250", "41", "31,3\u00a0%"])],
)
def test_a_table_shows_numbers_in_the_readers_language_and_keeps_their_value(language: str, texts: list[str]) -> None:
    at = run("tables.rows(view, FRAME, COLUMNS, alt='x', key='t')", language)
    found = at.dataframe[0]
    assert found.value["stock_value"].to_list() == [1234567.891, 250.0]
    shown = pyarrow.ipc.open_stream(found.proto.arrow_data.styler.display_values).read_all().to_pydict()
    assert {text for column in shown.values() for text in column if text} >= set(texts)


def test_a_table_says_once_a_row_why_a_value_is_unknown() -> None:
    at = run("tables.rows(view, FRAME, COLUMNS, alt='x', key='t')")
    found = at.dataframe[0].value
    assert found["why_unknown"].to_list()[0] == "Nothing sells."
    assert "days_of_supply_why" not in found


def test_a_table_without_rows_says_so() -> None:
    at = run("tables.rows(view, FRAME.clear(), COLUMNS, alt='x', key='t')")
    assert not at.dataframe
    assert "There are no rows for this choice." in at.main.children[0].proto.body


def test_a_bar_stands_beside_its_number() -> None:
    at = run("tables.rows(view, FRAME, COLUMNS, alt='x', key='t', bars=('stock_value',))")
    assert "stock_value▏" in at.dataframe[0].value.columns


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tile_says_value_variance_and_word(language: str) -> None:
    series = "tuple((datetime.date(2025, m, 1), 100.0 + m) for m in range(1, 11))"
    body = f"tiles.tiles(view, Answer('kpi', message('x'), FRAME, COLUMNS, 7, tiles=(Tile('net_sales', 1_250_000.0, 1_000_000.0, series={series}),)))"
    metric = run(body, language).metric[0]
    value, delta = {"en": ("¥1.3M", "+25.0% better"), "zh": ("¥125万", "+25.0%"), "ru": ("1,3\u00a0млн\u00a0¥", "+25,0\u00a0%")}[language]
    assert metric.value.replace("\\", "") == value
    assert metric.delta.replace("\\", "").startswith(delta)


def test_an_unknown_tile_is_a_question_mark_with_its_reason_and_no_variance() -> None:
    body = "tiles.tiles(view, Answer('kpi', message('x'), FRAME, COLUMNS, 7, tiles=(Tile('turns', None, 2.0, why_unknown=message('No stock.')),)))"
    metric = run(body).metric[0]
    assert metric.value == "?"
    assert metric.help.replace("\\", "") == "No stock."
    assert not metric.delta


def test_favourable_is_a_property_of_the_kpi_not_of_the_sign() -> None:
    body = (
        "tiles.tiles(view, Answer('kpi', message('x'), FRAME, COLUMNS, 7, tiles=(Tile('unsold_stock_value', 150.0, 100.0), Tile('net_sales', 150.0, 100.0))))"
    )
    worse, better = run(body).metric
    assert "worse" in worse.delta
    assert "better" in better.delta
    assert worse.proto.color != better.proto.color


def test_a_censored_tile_says_that_it_is_more() -> None:
    body = "tiles.tiles(view, Answer('kpi', message('x'), FRAME, COLUMNS, 7, tiles=(Tile('days_of_supply', 180.0, censored=True),)))"
    assert run(body).metric[0].value == "over 180"


def test_an_empty_state_offers_the_template_as_a_workbook() -> None:
    at = run("empty.template(view, ('forecasts',))")
    button = at.main.children[0]
    assert button.proto.id.endswith("template-forecasts")
    assert "Forecasts" in button.proto.label


def test_the_cells_of_a_table_reach_the_browser_as_a_styler_of_pandas_would_send_them():
    cells = pd.DataFrame({"sku": ["A", "B"], "qty": [1234.5, None], "worth": [-3.0, 0.25]})
    shown = {"qty": ["1,234.5", "—"], "worth": ["−3.00", "0.25"]}
    told: dict[str, Any] = {name: dict(zip(cells[name], texts, strict=True)) for name, texts in shown.items()}
    usual = cells.style.format({name: lambda value, name=name: "—" if pd.isna(value) else told[name][value] for name in shown})
    sent = []
    for style in (usual, styled(cells, cells.assign(**shown))):
        proto = ArrowData()
        marshall_styler(proto, style, "1")
        sent.append((proto.styler.styles, convert_arrow_bytes_to_pandas_df(proto.styler.display_values).to_dict("list")))
    assert sent[0] == sent[1]


def test_the_bytes_of_a_table_are_made_once(monkeypatch: pytest.MonkeyPatch):
    made = []
    monkeypatch.setattr("pages.parts.cells._converted", lambda df, **asked: made.append(df) or b"bytes")
    frame = pd.DataFrame({"qty": [1.0, 2.0]})
    style = styled(frame, frame.astype(str))
    for _ in range(3):
        proto = ArrowData()
        marshall_styler(proto, style, "1")
        assert dataframe_util.convert_pandas_df_to_arrow_bytes(style.data) == b"bytes"
    assert len(made) == 2, "the cells and their texts"
    dataframe_util.convert_pandas_df_to_arrow_bytes(frame)
    assert len(made) == 3, "a frame of somebody else is converted as ever"


def widths(texts: list[str]) -> int | None:
    from pages.parts.tables import _width

    return _width("Mark", texts)


def test_a_long_text_among_short_ones_and_one_below_the_first_rows_are_not_cut_off() -> None:
    long = "steady without its seasons"
    assert widths(["short", "shirt", "sport"]) is None, "the browser measures"
    assert (widths(["", "", "", "", "", "", long]) or 0) > 26 * 6
    assert (widths(["白酒"] * 12 + ["礼盒定制"]) or 0) >= 4 * 13 + 20
    assert widths([long * 9] * 12) is None, "as wide as it gets"


@pytest.mark.parametrize(("language", "shown"), [("en", ["hours", "pcs", "Steuck"]), ("zh", ["小时", "件", "Steuck"]), ("ru", ["часы", "шт.", "Steuck"])])
def test_a_known_unit_is_shown_in_the_readers_language_and_any_other_as_it_was_loaded(language: str, shown: list[str]) -> None:
    body = """
rows = pl.DataFrame({"unit": ["Hours", "шт.", "Steuck"]})
tables.rows(view, rows, [Column("unit", message("Unit"), "text")], alt="x", key="u")
"""
    assert run(body, language).dataframe[0].value["unit"].to_list() == shown


@pytest.mark.parametrize(("language", "label"), [("en", "Open orders, pcs"), ("ru", "шт."), ("zh", "（件）")])
def test_a_figure_of_pieces_names_its_unit(language: str, label: str) -> None:
    body = """
from engine.answers.measured import Measured
from pages.parts.measures import row
row(view, [Measured(message("Open orders"), 15000.0, "qty")])
"""
    assert label in run(body, language).metric[0].label.replace("\\", "")
