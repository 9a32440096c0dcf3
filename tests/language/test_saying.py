"""A message put into words: places by name, plural by rule."""

from datetime import date, datetime

import pytest

from engine.language import catalogues, say, variance
from engine.messages import Message, message, plural

NB = "\u00a0"


@pytest.fixture
def words(monkeypatch):
    """A catalogue of the test's own, so that the rule is tested and not today's translation."""
    forms = {
        "zh": {"{n} dealer": ("{n}家经销商",), "Stock {stock_money}": ("库存{stock_money}",)},
        "ru": {"{n} dealer": ("{n} дилер", "{n} дилера", "{n} дилеров")},
    }
    monkeypatch.setattr(catalogues, "catalogue", lambda language: forms.get(language, {}))


@pytest.mark.usefixtures("words")
def test_each_language_counts_by_its_own_rule():
    def said(n, language):
        return say(plural("{n} dealer", "{n} dealers", n=n), language)

    assert [said(n, "en") for n in (0, 1, 2, 21)] == ["0 dealers", "1 dealer", "2 dealers", "21 dealers"]
    assert [said(n, "zh") for n in (0, 1, 2)] == ["0家经销商", "1家经销商", "2家经销商"]
    assert [said(n, "ru") for n in (0, 1, 2, 5, 11, 12, 21, 22, 25, 101, 111)] == [
        "0 дилеров", "1 дилер", "2 дилера", "5 дилеров", "11 дилеров", "12 дилеров", "21 дилер", "22 дилера", "25 дилеров", "101 дилер", "111 дилеров",
    ]  # fmt: skip
    assert said(1.5, "ru") == "1,5 дилера"
    assert said(None, "ru") == "? дилеров"


@pytest.mark.usefixtures("words")
def test_what_the_catalogue_lacks_is_said_in_english():
    assert say(message("Nobody translated {this}", this=5), "zh") == "Nobody translated 5"
    assert say(message("Stock {stock_money}", stock_money=1_234_567), "zh") == "库存¥123.5万"


def test_places_are_formatted_by_the_last_word_of_their_name():
    said = message(
        "{lost_money} {ledger_value} {out_share} {cover_days} {sold_qty} {counted_on} {last_month} {n_rows}",
        lost_money=1_200_000, ledger_value=1234.5, out_share=0.125, cover_days=45.2, sold_qty=1234,
        counted_on=date(2026, 3, 1), last_month="2026-03-01", n_rows=12345,
    )  # fmt: skip
    assert say(said, "en") == f"¥1.2M ¥1,234.50 12.5% 45 1,234 1{NB}Mar{NB}2026 Mar{NB}2026 12,345"


def test_places_without_a_unit_are_formatted_by_type():
    said = message(
        "{file} {found} {yes} {none} {day} {list} {inner} {value}",
        file="00123.csv", found=1234.5, yes=True, none=None, day=datetime(2026, 3, 1, 9, 30), list=["a", "b"], inner=message("x"), value="-5",
    )  # fmt: skip
    assert say(said, "en") == f"00123.csv 1,234.5 yes ? 1{NB}Mar{NB}2026,{NB}09:30 a, b x -5"


def test_lines_years_and_ports_have_no_thousands_mark():
    assert say(message("line {line}, {year}, port {port}", line=12345, year=2026, port=8501), "en") == "line 12345, 2026, port 8501"


def test_data_with_braces_is_not_taken_for_a_place():
    assert say(message("Row {text}", text="{0.__class__} {x}"), "en") == "Row {0.__class__} {x}"


def test_a_message_kept_in_a_table_is_said_the_same():
    said = message("Data to {last_on}", last_on=date(2026, 3, 1))
    assert say(Message.from_json(said.to_json()), "en") == say(said, "en")


def test_a_variance_has_sign_arrow_word_and_judgement():
    better = variance(104, 100, "money", "up", "en")
    assert (better.text, better.arrow, better.word, better.favourable) == ("+4.0%", "▲", "better", True)
    worse = variance(74, 60, "days", "down", "en")
    assert (worse.text, worse.word, worse.favourable) == ("+23.3%", "worse", False)
    assert variance(0.302, 0.31, "share", "up", "en").text == f"−0.8{NB}pt"
    assert variance(5, 0, "money", None, "en").favourable is None


def test_a_variance_of_the_unknown_is_unknown():
    assert variance(None, 1, "money", "up", "en").text == variance(1, None, "money", "up", "en").text == "?"
    assert variance(100, 100, "money", "up", "en").word == "unchanged"
