"""The contracts: what each input table must look like, read from `sql/contracts/*.sql`.

A contract is one CREATE TABLE and its COMMENT ON statements. They are run in a catalogue in memory and read back through
`duckdb_columns()` and `duckdb_constraints()`: what the database understood is what counts. A comment begins with the meaning
in English; each further line is `word: text`:

    on a table                                                 on a column
    en / zh / ru  label (zh, ru: label — meaning)              en / zh / ru  label (zh, ru: label — meaning)
    group         required | parties | demand | supply |       unit          day, month, code, text, qty, money, share, …
                  money | market | control                     references    table.column, "or"-separated alternatives
    key           columns that name a row                      headings      further headings, separated by `;`, by which
                  (may be null: then the row has no key)                     the column is recognised
    same          columns that tell whether two rows           values        stored value = its words in other languages,
                  without a key are about the same thing                     such as `good = 良品, годный; damaged = 残次`
    dated by      the column that dates a row                  one of        name of a group of which exactly one column
    names         words in file names that give it away                      is filled (sku or line_id)

NOT NULL marks what is required; CHECK holds what a value must satisfy. Neither becomes an index in the warehouse: keys and
references are verified with set queries, so that 50 million rows stay cheap.
"""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from engine.store.home import SQL

LANGUAGES = ("en", "zh", "ru")


@dataclass(frozen=True)
class Text:
    """Label and meaning of a table or column in one language."""

    label: str
    meaning: str


@dataclass(frozen=True)
class Column:
    """One column: `type` is DuckDB's (VARCHAR, DOUBLE, DATE, BOOLEAN, INTEGER, TIMESTAMP); `unit` says what it counts.

    references: ((table, column), ...): the value must stand in one of them.
    headings:   every heading by which the column is recognised, its own name and labels among them.
    values:     allowed value -> words that mean it; empty = anything goes.
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

    @property
    def is_code(self) -> bool:
        """Codes are text whatever they look like: `00123`, `1E5` and 18-digit numbers survive."""
        return self.unit == "code"


@dataclass(frozen=True)
class Contract:
    """One input table; see the module for the words."""

    table: str
    text: dict[str, Text]
    group: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    same: tuple[str, ...]
    dated_by: str | None
    names: tuple[str, ...]
    checks: tuple[str, ...]

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)


def _said(comment: str) -> tuple[str, dict[str, str]]:
    """The meaning in English and the further lines of a comment, by their word."""
    first, *lines = [line.strip() for line in comment.strip().splitlines()]
    words: dict[str, str] = {}
    for line in lines:
        word, _, rest = line.partition(":")
        words[word.strip()] = rest.strip()
    return first, words


def _texts(name: str, meaning: str, words: dict[str, str]) -> dict[str, Text]:
    texts = {"en": Text(words.get("en", name), meaning)}
    for language in LANGUAGES[1:]:
        label, _, meant = words.get(language, "").partition("—")
        texts[language] = Text(label.strip(), meant.strip())
    return texts


def _list(text: str, separator: str = ";") -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(separator) if part.strip())


def _column(name: str, type_: str, required: bool, comment: str) -> Column:
    meaning, words = _said(comment)
    texts = _texts(name, meaning, words)
    values = {}
    for pair in _list(words.get("values", "")):
        value, _, synonyms = pair.partition("=")
        values[value.strip()] = _list(synonyms, ",")
    labels = [text.label for text in texts.values() if text.label]
    return Column(
        name=name,
        type=type_,
        required=required,
        unit=words.get("unit", "text"),
        text=texts,
        references=tuple((table, column) for table, _, column in (part.strip().partition(".") for part in words.get("references", "").split(" or ") if part)),
        headings=tuple(dict.fromkeys([name, *labels, *_list(words.get("headings", ""))])),
        values=values,
        one_of=words.get("one of"),
    )


@functools.cache
def catalogue(folder: Path = SQL / "contracts") -> dict[str, Contract]:
    """Every contract by table name. Raises duckdb.Error where a file is not valid SQL (a fault of ours, not of a user)."""
    memory = duckdb.connect()
    contracts = {}
    for path in sorted(folder.glob("*.sql")):
        memory.execute(path.read_text(encoding="utf-8"))
        table = path.stem
        comment = memory.execute("select comment from duckdb_tables() where table_name = ?", [table]).fetchall()[0][0]
        rows = memory.execute(
            "select column_name, data_type, not is_nullable, coalesce(comment, '') from duckdb_columns() where table_name = ? order by column_index", [table]
        ).fetchall()
        checks = memory.execute("select constraint_text from duckdb_constraints() where table_name = ? and constraint_type = 'CHECK'", [table]).fetchall()
        meaning, words = _said(comment)
        contracts[table] = Contract(
            table=table,
            text=_texts(table, meaning, words),
            group=words.get("group", ""),
            columns=tuple(_column(*row) for row in rows),
            key=_list(words.get("key", ""), ","),
            same=_list(words.get("same", ""), ","),
            dated_by=words.get("dated by"),
            names=_list(words.get("names", "")),
            checks=tuple(re.sub(r"^CHECK\s*\((.*)\)$", r"\1", check, flags=re.S) for (check,) in checks),
        )
    memory.close()
    return contracts
