"""Templates: an empty file for each input table, in three languages, that explains itself and is recognised when it comes back."""

import csv
import io
import re

import duckdb
import openpyxl
import pytest

from engine.documents.templates import explained_by, guide, template, template_csv, write_templates
from engine.errors import BadUse
from engine.language import LANGUAGES, formatted, say
from engine.settings import Settings
from engine.store.contracts import UNITS, catalogue
from engine.store.intake.raw import read_raw
from engine.store.intake.reading import Options
from engine.store.intake.recognise import recognise
from engine.store.sources import is_table_file
from engine.store.words import EXPLAINS, NO, YES

CONTRACTS = list(catalogue().values())


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sheet_holds_the_labels_and_nothing_else(language):
    for contract in CONTRACTS:
        sheet = opened(template(contract, language)).worksheets[0]
        rows = list(sheet.iter_rows(values_only=True))
        assert rows == [tuple(column.label(language) for column in contract.columns)], contract.table
        assert all(cell.data_type == "s" for cell in sheet[1]), contract.table


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_sheet_explains_every_column(language):
    for contract in CONTRACTS:
        book = opened(template(contract, language))
        assert [sheet.title.startswith(EXPLAINS) for sheet in book.worksheets] == [False, True], contract.table
        rows = list(book.worksheets[1].iter_rows(values_only=True))
        assert rows[0][0] == contract.label(language)
        assert rows[1][0] == contract.meaning(language)
        assert list(rows[3]) == [say(said, language) for said, _ in explained_by()]
        assert [(row[0], row[1], row[2], row[6]) for row in rows[4:]] == [
            (column.label(language), column.meaning(language), say(UNITS[column.unit], language), column.name) for column in contract.columns
        ]
        assert [row[5] for row in rows[4:]] == [formatted(True, "flag", language) if column.name in contract.key else None for column in contract.columns]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_says_what_must_be_filled_and_what_is_allowed(language):
    rows = {row[6]: row for row in opened(template(catalogue()["forecasts"], language)).worksheets[1].iter_rows(min_row=5, values_only=True)}
    assert rows["month"][3] == formatted(True, "flag", language)
    assert rows["value"][3] == formatted(False, "flag", language)
    assert catalogue()["forecasts"].column("line_id").label(language) in rows["sku"][3]
    allowed = rows["source"][4].split(", ")
    words = catalogue()["forecasts"].column("source").values
    assert len(allowed) == len(words) == 5
    assert all(word in (value, *words[value]) for word, value in zip(allowed, words, strict=True))
    yes, no = rows["excludes_deals"][4].split(", ")
    assert yes in YES
    assert no in NO


def test_codes_are_kept_as_text_and_days_as_days_in_the_columns_to_fill():
    sheet = opened(template(catalogue()["stock"], "en")).worksheets[0]
    formats = [sheet.column_dimensions[letter].number_format for letter in "ABCD"]
    assert formats[1:] == ["@", "@", "@"]
    assert "yy" in formats[0]


def test_a_column_with_listed_values_offers_them():
    sheet = opened(template(catalogue()["locations"], "zh")).worksheets[0]
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert list(rules.values()) == ['"工厂,分公司,经销商,客户"']
    assert next(iter(rules)).startswith("C2:C")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_variant_is_one_line_that_spreadsheets_read(language):
    for contract in CONTRACTS:
        content = template_csv(contract, language)
        assert content.startswith(b"\xef\xbb\xbf")
        assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [[column.label(language) for column in contract.columns]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_in_template_is_recognised_without_a_question(language):
    for contract in CONTRACTS:
        labels = tuple(column.label(language) for column in contract.columns)
        table, mapping = recognise(labels, f"{contract.table}.xlsx", catalogue())
        assert table == contract.table
        assert mapping == {column.label(language): column.name for column in contract.columns}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_in_workbook_is_read_from_its_first_sheet(tmp_path, language):
    contract = catalogue()["locations"]
    book = opened(template(contract, language))
    book.worksheets[0].append(["007", "Main", contract.column("kind").value_label("plant", language), None, None])
    path = tmp_path / "stored"
    book.save(path)
    (table,) = read_raw(path, Options(), duckdb.connect(), "raw", Settings(), tmp_path, "book.xlsx")
    assert table.headings == tuple(column.label(language) for column in contract.columns)
    assert table.read == 1


def test_an_empty_workbook_is_an_empty_table_and_no_fault(tmp_path):
    contract = catalogue()["rewards"]
    path = tmp_path / "stored"
    path.write_bytes(template(contract, "ru"))
    (table,) = read_raw(path, Options(), duckdb.connect(), "raw", Settings(), tmp_path, "rewards.xlsx")
    assert table.headings == tuple(column.label("ru") for column in contract.columns)
    assert table.read == 0


def test_templates_are_written_for_every_table_in_both_forms(tmp_path):
    written = write_templates(tmp_path / "new" / "folder", "ru")
    readme, *tables = written
    assert sorted(path.name for path in tables) == sorted(f"{table}.{suffix}" for table in catalogue() for suffix in ("xlsx", "csv"))
    assert all(path.stat().st_size for path in written)
    assert [path.name for path in tables[:6:2]] == ["products.xlsx", "sales.xlsx", "stock.xlsx"], "those with which one begins come first"
    assert not is_table_file(readme), "a folder of templates can be loaded as it stands"


@pytest.mark.parametrize("language", ["en", "zh", "ru"])
def test_the_guide_names_the_three_tables_to_begin_with_and_what_must_stand_in_them(language):
    text = guide(language).decode()
    places = [text.index(f"{table}.xlsx") for table in ("products", "sales", "stock")]
    assert places == sorted(places)
    needed = [column.label(language) for column in catalogue()["sales"].columns if column.required]
    assert all(label in text for label in needed)
    first = text.splitlines()[0]
    assert first.startswith("# ")
    assert (first == guide("en").decode().splitlines()[0]) == (language == "en")


def test_an_untouched_template_is_written_anew_and_a_filled_in_one_never(tmp_path):
    write_templates(tmp_path, "en")
    write_templates(tmp_path, "zh")
    filled = tmp_path / "rewards.csv"
    filled.write_bytes(filled.read_bytes() + b"A,2025-01-01,1,2\r\n")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(BadUse, match=r"rewards\.csv"):
        write_templates(tmp_path, "en")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("language", ["zh", "ru"])
def test_an_explanation_holds_no_word_of_another_language(language):
    for contract in CONTRACTS:
        rows = opened(template(contract, language)).worksheets[1].iter_rows(values_only=True)
        texts = [text for row in rows for place, text in enumerate(row) if text and place != 6]
        assert [text for text in texts if re.search("[A-Za-z]{2}", text)] == [], contract.table
