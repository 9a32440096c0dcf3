"""The catalogues keep step with the code: complete, with the same places, and really translated."""

import ast
import re
import string

import pytest

from engine.language import catalogues, say
from engine.language.extract import code_files, literals, read_catalogue, refreshed, untranslated, write_catalogue
from engine.messages import message

LANGUAGES = ("zh", "ru")

# Sentences that are the same in every language: names and signs.
SAME = {"GMROII", "KPI", "SKU", "Excel", "CSV"}

# Words that stay Latin in a Chinese or Russian sentence: what one types, file kinds, units and names of standards.
LATIN = {
    "a", "abc", "b", "bom", "by", "c", "col", "column", "crc", "csv", "dbf", "dir", "dmy", "excel", "false", "from", "gb", "gmroii", "granary", "gz",
    "heading", "host", "html", "i", "id", "inf", "ip", "iso", "json", "kb", "kpi", "line", "map", "mb", "mdy", "n", "name", "nan", "null", "ods",
    "parquet", "pdf", "postgresql", "python", "q", "red", "refuse", "records", "reject", "s", "select", "sha", "sku", "sql", "t", "tell", "text", "to", "true",
    "tsv", "up", "user", "utf", "value", "where", "xls", "xlsb", "xlsx", "xml", "ymd", "zip",
    "wecom", "dingtalk", "feishu", "lark", "noto", "sans", "cjk", "sc", "d", "l", "r", "group", "op",
    "arrow", "bz", "duckdb", "x", "y", "opendocument", "rar", "sqlite", "word", "xz", "z", "zstd",
}  # fmt: skip

# errors.py wraps a text that is already made; audits.py says the first line of an audit, which the extractor reads from the file.
NOT_LITERAL = ("engine/messages.py", "engine/errors.py", "engine/store/audits.py")


def entries(language):
    return [entry for entry in read_catalogue(language) if entry.id]


def key_of(entry):
    return entry.id[0] if isinstance(entry.id, list | tuple) else entry.id


def forms_of(entry):
    return list(entry.string) if isinstance(entry.string, list | tuple) else [entry.string]


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_lacks_a_translation(language):
    known = {key_of(entry) for entry in entries(language) if all(forms_of(entry))}
    assert sorted(str(key) for key in literals() if (key[0] if isinstance(key, tuple) else key) not in known) == []
    assert untranslated(read_catalogue(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_kept_that_nobody_says(language):
    assert {key_of(entry) for entry in entries(language)} - {key_of(entry) for entry in refreshed(language) if entry.id} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_the_english_sentence_itself(language):
    assert [key_of(entry) for entry in entries(language) if key_of(entry) in forms_of(entry) and re.search("[A-Za-z]{2}", re.sub(r"\{.*?\}", "", key_of(entry)))
            and key_of(entry) not in SAME] == []  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_sentence(language):
    wrong = []
    for entry in entries(language):
        wanted = places(entry.id[1] if isinstance(entry.id, list | tuple) else entry.id)
        wrong.extend(form for form in forms_of(entry) if form and places(form) != wanted)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_that_counts_has_every_plural_form_of_the_language(language):
    counting = [entry for entry in entries(language) if isinstance(entry.id, list | tuple)]
    assert counting
    assert {len(forms_of(entry)) for entry in counting} == {len(catalogues.PLURAL_FORMS[language])}
    assert read_catalogue(language).num_plurals == len(catalogues.PLURAL_FORMS[language])


@pytest.mark.parametrize(("language", "letters"), [("zh", r"[\u4e00-\u9fff]"), ("ru", r"[а-яё]")])
def test_a_translation_is_written_in_the_letters_of_its_language(language, letters):
    worded = [(key_of(entry), form) for entry in entries(language) for form in forms_of(entry) if form]
    bare = [form for key, form in worded if key not in SAME and re.search("[A-Za-z]{3}", re.sub(r"\{.*?\}", "", key)) and not re.search(letters, form, re.I)]
    assert bare == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_latin_words_stay_only_where_they_are_names(language):
    strangers = set()
    for entry in entries(language):
        for form in forms_of(entry):
            bare = re.sub(r"--[a-z-]+(?: [A-Za-z|=]+)?|\{.*?\}|\b[A-Z][A-Z_]+\b|`[^`]*`", " ", form)
            strangers |= {word for word in re.findall(r"[A-Za-z]+", bare) if word.lower() not in LATIN}
    assert strangers == set()


def test_a_sentence_is_written_out_where_it_is_said():
    """`message(text)` with anything but a literal would never reach the catalogues."""
    loose = []
    for path in code_files():
        if path.as_posix().endswith(NOT_LITERAL):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("message", "plural")):
                continue
            texts = node.args[: 2 if node.func.id == "plural" else 1]
            if not texts or not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts):
                loose.append(f"{path.name}:{node.lineno}")
    assert loose == []


def test_the_catalogues_are_read_as_they_lie_there():
    for language in LANGUAGES:
        assert say(message("Net sales"), language) == {"zh": "销售净额", "ru": "Чистые продажи"}[language]


def test_new_sentences_come_and_old_ones_go_while_translations_stay(tmp_path, monkeypatch):
    code, checks = tmp_path / "engine", tmp_path / "sql" / "checks"
    code.mkdir()
    checks.mkdir(parents=True)
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path / "locale")
    (code / "a.py").write_text('message("Stays {n}")\nmessage("Goes")\nfor _, x in []:\n    plural("one {n}", "many {n}", n=len(x))\n', encoding="utf-8")
    catalogue = refreshed("ru", tmp_path)
    for entry in catalogue:
        if entry.id:
            entry.string = ("1 {n}", "2 {n}", "5 {n}") if isinstance(entry.id, list | tuple) else f"по-русски {entry.id}"
    write_catalogue(catalogue, "ru")
    written = catalogues.po_path("ru").read_text(encoding="utf-8")
    (code / "a.py").write_text('message("Stays {n}")\nplural("one {n}", "many {n}", n=2)\n', encoding="utf-8")
    (checks / "wrong.sql").write_text("-- Comes from an audit.\n-- severity: error\nselect 1\n", encoding="utf-8")
    catalogue = refreshed("ru", tmp_path)
    assert untranslated(catalogue) == ["Comes from an audit."]
    write_catalogue(catalogue, "ru")
    again = catalogues.po_path("ru").read_text(encoding="utf-8")
    assert "по-русски Stays {n}" in again
    assert "Goes" in written
    assert "Goes" not in again
    assert str(tmp_path) not in again
