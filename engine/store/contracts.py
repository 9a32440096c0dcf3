"""The contracts: what each input table must look like, read from `sql/contracts/*.sql`.

A contract is one CREATE TABLE and its COMMENT ON statements. They are run in a catalogue in memory and read back through
`duckdb_columns()` and `duckdb_constraints()`: what the database understood is what counts. A comment begins with the meaning
in English; each further line is `word: text`:

    on a table                                                 on a column
    en / zh / ru  label (zh, ru: label — meaning)              en / zh / ru  label (zh, ru: label — meaning)
    group         required | parties | demand | supply |       unit          one of UNITS
                  money | market | control                     references    table.column, "or"-separated alternatives
    key           columns that name a row, nulls equal         headings      further headings, separated by `;`, by which
    same          columns that tell whether two rows                         the column is recognised, best first
                  without a key are about the same thing;      values        stored value = its words in other languages,
                  a table with both words has a key only                     such as `good = 良品, годный; damaged = 残次`
                  on rows where all of the key is filled       one of        name of a group of which exactly one column
    newest by     the column that says from when a row holds,                is filled (sku or line_id)
                  where a list keeps several of one key
    dated by      the column that dates a row
    reported      `steadily` where rows come as long as the
                  company works: such a table can be late,
                  one dated by validity or by plan cannot
    names         words in file names that give it away
                                                               month         `last day` where a month written in a column of days
                                                                             stands for its last day (else its first); behind it
                                                                             the headings of such a column of months

NOT NULL marks what is required; CHECK holds what a value must satisfy. Neither becomes an index in the warehouse: keys and
references are verified with set queries, so that 50 million rows stay cheap. A reference to a table that was never loaded
cannot be verified and rejects nothing.
"""

import functools
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import duckdb

from engine.messages import Message, message
from engine.store.home import SQL
from engine.store.words import LANGUAGES, in_language

__all__ = ["GROUPS", "LANGUAGES", "UNITS", "Column", "Contract", "Text", "catalogue"]

GROUPS = ("required", "parties", "demand", "supply", "money", "market", "control")

UNITS: dict[str, Message] = {
    "day": message("day"),
    "month": message("month, by its first day"),
    "moment": message("date and time"),
    "year": message("year"),
    "code": message("code, kept as text"),
    "text": message("text"),
    "flag": message("yes or no"),
    "qty": message("stock units"),
    "qty_per_unit": message("units of the material for one unit of the product"),
    "money": message("money, in the company's currency"),
    "money_per_unit": message("money for one stock unit"),
    "money_per_hour": message("money for one unit of the resource"),
    "money_per_head": message("money for one person"),
    "share": message("share, 0.1 is 10 %"),
    "ratio": message("ratio"),
    "points": message("points from 0 to 100"),
    "count": message("number"),
    "days": message("days"),
    "hours": message("hours"),
    "minutes": message("minutes"),
    "months": message("months"),
    "degrees": message("degrees"),
    "resource": message("units of the resource"),
    "resource_per_unit": message("units of the resource for one unit of the product"),
    "measure": message("units of the measure"),
}

TABLE_WORDS = frozenset({*LANGUAGES, "group", "key", "newest by", "same", "dated by", "reported", "names"})
COLUMN_WORDS = frozenset({*LANGUAGES, "unit", "references", "headings", "values", "one of", "month"})
LAST_DAY = "last day"


@dataclass(frozen=True)
class Text:
    """Label and meaning of a table or column in one language."""

    label: str
    meaning: str


@dataclass(frozen=True)
class Column:
    """One column: `type` is DuckDB's (VARCHAR, DOUBLE, DATE, BOOLEAN, INTEGER, TIMESTAMP); `unit` says what it counts.

    references: ((table, column), ...): the value must stand in one of them.
    headings:   every heading by which the column is recognised, its own name and labels first, then best first.
    values:     allowed value -> words that mean it; empty = anything goes.
    one_of:     name of the group of columns of which exactly one is filled in a row, or None.
    checks:     SQL conditions about this column alone; null passes them.
    month_headings: headings by which the column is recognised when a file has months in place of days and no heading for days.
    is_at_months_end: whether a month in this column of days stands for its last day: what happened in a month is known when it is over.
    """

    name: str
    type: str
    required: bool
    unit: str
    text: dict[str, Text]
    references: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    values: dict[str, tuple[str, ...]]
    one_of: str | None
    checks: tuple[str, ...] = ()
    month_headings: tuple[str, ...] = ()
    is_at_months_end: bool = False

    @property
    def is_code(self) -> bool:
        """Codes are text whatever they look like: `00123`, `1E5` and 18-digit numbers survive."""
        return self.unit == "code"

    @property
    def is_month(self) -> bool:
        """A month is kept as its first day."""
        return self.unit == "month"

    def label(self, language: str) -> str:
        return self.text[language].label

    def meaning(self, language: str) -> str:
        return self.text[language].meaning

    def value_label(self, value: str, language: str) -> str:
        """An allowed value in a language: the first of its words in that language's script, else the value as stored."""
        if language == "en":
            return value
        return next((word for word in self.values.get(value, ()) if in_language(word, language)), value)


@dataclass(frozen=True, eq=False)  # one object a table: its identity is its key
class Contract:
    """One input table; see the module for the words."""

    table: str
    text: dict[str, Text]
    group: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    newest_by: str | None
    same: tuple[str, ...]
    dated_by: str | None
    is_steady: bool
    names: tuple[str, ...]
    checks: tuple[str, ...]

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.table} has no column {name}")

    def label(self, language: str) -> str:
        return self.text[language].label

    def meaning(self, language: str) -> str:
        return self.text[language].meaning

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)

    @property
    def optional(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if not column.required)

    @property
    def alternatives(self) -> dict[str, tuple[str, ...]]:
        """Group name -> the columns of which exactly one is filled in each row."""
        groups: dict[str, list[str]] = {}
        for column in self.columns:
            if column.one_of:
                groups.setdefault(column.one_of, []).append(column.name)
        return {name: tuple(columns) for name, columns in groups.items()}

    @property
    def name_column(self) -> str | None:
        """The column that holds the name of what a single code stands for (`dealer_name` beside `dealer_id`), or None."""
        if len(self.key) != 1:
            return None
        return next((column.name for column in self.columns if column.required and column.name.endswith("_name")), None)

    @property
    def key_may_be_missing(self) -> bool:
        """Whether a row with a gap in its key has no key at all (True), or gaps count as equal values of it (False)."""
        return bool(self.same)


@functools.cache
def catalogue(folder: Path = SQL / "contracts") -> dict[str, Contract]:
    """Every contract by table name, in alphabetical order.

    Raises duckdb.Error where a file is not valid SQL and ValueError where a comment holds a word that nobody knows: both are
    faults of ours, which tests find, never of a user.
    """
    memory = duckdb.connect()
    try:
        paths = sorted(folder.glob("*.sql"))
        memory.execute("begin")
        for path in paths:
            memory.execute(path.read_text(encoding="utf-8"))
        memory.execute("commit")
        described = _described(memory)
        return {path.stem: _contract(path.stem, described) for path in paths}
    finally:
        memory.close()


@dataclass
class _Described:
    """What DuckDB says of all tables, asked once: comments, columns (name, type, required, comment), checks (expression, columns)."""

    comments: dict[str, str]
    columns: dict[str, list[tuple[str, str, bool, str]]]
    checks: dict[str, list[tuple[str, list[str]]]]


def _described(memory: duckdb.DuckDBPyConnection) -> _Described:
    found = _Described({}, defaultdict(list), defaultdict(list))
    found.comments = dict(memory.execute("select table_name, coalesce(comment, '') from duckdb_tables()").fetchall())
    for table, *column in memory.execute(
        "select table_name, column_name, data_type, not is_nullable, coalesce(comment, '') from duckdb_columns() order by table_name, column_index"
    ).fetchall():
        found.columns[table].append(tuple(column))
    for table, *check in memory.execute(
        "select table_name, expression, constraint_column_names from duckdb_constraints() where constraint_type = 'CHECK' order by all"
    ).fetchall():
        found.checks[table].append(tuple(check))
    return found


def _contract(table: str, described: _Described) -> Contract:
    if table not in described.comments:
        raise ValueError(f"{table}.sql makes no table of that name")
    limits = described.checks[table]
    meaning, words = _said(table, described.comments[table], TABLE_WORDS)
    return Contract(
        table=table,
        text=_texts(table, meaning, words),
        group=words.get("group", ""),
        columns=tuple(
            _column(table, name, type_, required, comment, tuple(check for check, about in limits if about == [name]))
            for name, type_, required, comment in described.columns[table]
        ),
        key=_list(words.get("key", ""), ","),
        newest_by=words.get("newest by"),
        same=_list(words.get("same", ""), ","),
        dated_by=words.get("dated by"),
        is_steady=words.get("reported") == "steadily",
        names=_list(words.get("names", "")),
        checks=tuple(check for check, _ in limits),
    )


def _column(table: str, name: str, type_: str, required: bool, comment: str, checks: tuple[str, ...]) -> Column:
    meaning, words = _said(f"{table}.{name}", comment, COLUMN_WORDS)
    texts = _texts(name, meaning, words)
    labels = [text.label for text in texts.values() if text.label]
    return Column(
        name=name,
        type=type_,
        required=required,
        unit=words.get("unit", ""),
        text=texts,
        references=_references(words.get("references", "")),
        headings=tuple(dict.fromkeys([name, *labels, *_list(words.get("headings", ""))])),
        values=_values(words.get("values", "")),
        one_of=words.get("one of"),
        checks=checks,
        month_headings=_list(words.get("month", ""))[1:],
        is_at_months_end=_list(words.get("month", ""))[:1] == (LAST_DAY,),
    )


def _said(place: str, comment: str, known: frozenset[str]) -> tuple[str, dict[str, str]]:
    """The meaning in English and the further lines of a comment, by their word."""
    first, *lines = [line.strip() for line in comment.strip().splitlines()] or [""]
    words: dict[str, str] = {}
    for line in lines:
        word, colon, rest = line.partition(":")
        if not colon or word not in known or word in words:
            raise ValueError(f"the comment on {place} has a line that cannot be understood: {line!r}")
        words[word] = rest.strip()
    return first, words


def _texts(name: str, meaning: str, words: dict[str, str]) -> dict[str, Text]:
    texts = {"en": Text(words.get("en", name), meaning)}
    for language in LANGUAGES[1:]:
        label, _, meant = words.get(language, "").partition("—")
        texts[language] = Text(label.strip(), meant.strip())
    return texts


def _values(text: str) -> dict[str, tuple[str, ...]]:
    pairs = (pair.partition("=") for pair in _list(text))
    return {value.strip(): _list(synonyms, ",") for value, _, synonyms in pairs}


def _references(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (part.partition(".") for part in re.split(r"\s+or\s+", text) if part)
    return tuple((table, column) for table, _, column in pairs)


def _list(text: str, separator: str = ";") -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(separator) if part.strip())
