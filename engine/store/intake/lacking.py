"""What a file lacks of its table: all of it in one sentence, each column with the heading that comes nearest to it."""

import difflib
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import NeedsAnswer, Refused
from engine.messages import Message, message, plural
from engine.store import contracts
from engine.store.contracts import Column, Contract
from engine.store.intake import given
from engine.store.intake.measured_headings import Heading, of_money, of_pieces, plain, suits
from engine.store.intake.reading import RawTable
from engine.store.intake.totals import is_total

_OF_DAYS = re.compile(r"дат|день|дня|период|месяц|dat|day|month|period|when|on$|日|月|期|年|год")
ALIKE = 0.6  # likeness from which on a heading is taken for another spelling
FEWEST_LETTERS = 4  # of a heading that stands within another, in an alphabet; a Chinese word has two


@dataclass(frozen=True)
class Lack:
    """A required column that no heading stands for. expected: the names by which it would be known. near: the nearest heading.
    is_near: whether it is so near that it may well be the column: then no value of a title is proposed in its place."""

    column: Column
    expected: str
    near: str | None = None
    is_near: bool = False

    @property
    def option(self) -> str | None:
        """What settles it on the command line."""
        if self.near is not None:
            return f'--map "{self.near}={self.column.name}"'
        return f"--set {self.column.name}=VALUE" if given.can_be_given(self.column) else None


class MissingColumn(Refused):
    """Required columns that no heading stands for. proposals: values that the title names for some of them."""

    def __init__(self, file: str, table: str, lacks: Sequence[Lack]) -> None:
        super().__init__(_said(file, table, lacks), " ".join(each.option for each in lacks if each.option) or None)
        self.file, self.table, self.lacks = file, table, tuple(lacks)
        self.proposals: tuple[NeedsAnswer, ...] = ()


def _said(file: str, table: str, lacks: Sequence[Lack]) -> Message:
    """The sentence of a refusal; `near` and `column` are what the page makes its choices of."""
    if len(lacks) == 1:
        (lack,) = lacks
        if lack.near is None:
            return message("“{file}” is taken for the table {table}, but has no column {expected}.", file=file, table=table, expected=lack.expected)
        return message(
            "“{file}” is taken for the table {table}, but has no column {expected}; the nearest heading is “{near}”.",
            file=file, table=table, expected=lack.expected, near=lack.near, column=lack.column.name,
        )  # fmt: skip
    near = [lack for lack in lacks if lack.near is not None]
    return plural(
        "“{file}” is taken for the table {table}, but has no column: {columns}.",
        "“{file}” is taken for the table {table}, but lacks {n} columns: {columns}.",
        n=len(lacks), file=file, table=table, columns=_listed([_clause(lack) for lack in lacks]),
        near=[lack.near for lack in near], column=[lack.column.name for lack in near],
    )  # fmt: skip


def _clause(lack: Lack) -> Message:
    if lack.near is None:
        return message("{expected} (no heading comes near)", expected=lack.expected)
    return message("{expected} (the nearest heading is “{near}”)", expected=lack.expected, near=lack.near)


def _listed(clauses: list[Message]) -> Message:
    return functools.reduce(lambda one, other: message("{one}; {other}", one=one, other=other), clauses)


def missing_columns(contract: Contract, missing: Sequence[str], free: Sequence[Heading], file: str) -> MissingColumn:
    """The refusal that names the missing columns. free: headings that no column has taken; none is proposed twice."""
    columns = [contract.column(name) for name in missing]
    near: dict[str, Heading] = {}
    pairs = [(likeness(heading, column), column.name, heading) for column in columns for heading in free if may_head(heading, column)]
    for _, name, heading in sorted(pairs, key=lambda pair: pair[0], reverse=True):
        if name not in near and heading not in near.values():
            near[name] = heading
    return MissingColumn(file, contract.table, [_lack(column, near.get(column.name)) for column in columns])


def _lack(column: Column, near: Heading | None) -> Lack:
    expected = ", ".join(f"“{heading}”" for heading in dict.fromkeys([column.name, *(text.label for text in column.text.values() if text.label)]))
    return Lack(column, expected) if near is None else Lack(column, expected, near.name, _is_near(near, column))


def proposed(missing: MissingColumn, table: RawTable, shown_as: str) -> Refused:
    """The refusal, with the question whether what the title (or the name of the file) says holds for all rows where no heading is near.

    Where nothing but such columns is missing, the question itself."""
    asked = {
        lack.column.name: question
        for lack in missing.lacks
        if not lack.is_near and (question := given.question(lack.column, lack.expected, table, shown_as)) is not None
    }
    if len(asked) == len(missing.lacks):
        return asked[missing.lacks[0].column.name]
    missing.proposals = tuple(asked.values())
    missing.option = (
        " ".join(option for lack in missing.lacks if (option := asked[lack.column.name].option if lack.column.name in asked else lack.option)) or None
    )
    return missing


def is_nameable(heading: Heading) -> bool:
    """Whether a heading may be proposed for a column at all."""
    return not heading.name.startswith("#") and not is_total(heading.name)


def may_head(heading: Heading, column: Column) -> bool:
    """Whether the words of a heading agree with the unit of a column: no money is proposed for pieces, and no pieces for money."""
    if not suits(heading.measure, column):
        return False
    money, pieces = of_money(heading.plain), of_pieces(heading.plain)
    if column.unit == "day" and not _OF_DAYS.search(heading.plain):
        return False
    if column.unit.startswith("money"):
        return not (pieces and not money)
    return column.unit not in ("qty", "count") or not (money and not pieces)


def likeness(heading: Heading, column: Column) -> float:
    """0 to 1: how much a heading (or its lower row) is like the nearest name of a column."""
    words = [each for each in (heading.base, heading.lower) if each]
    return max((difflib.SequenceMatcher(None, word, plain(name)).ratio() for word in words for name in column.headings), default=0.0)


def _is_near(heading: Heading, column: Column) -> bool:
    """Whether a heading may well be the column: it is spelt like it or holds one of its names, and is not known as something else."""
    if heading.plain in _known() or (column.unit in ("day", "month") and (of_money(heading.plain) or of_pieces(heading.plain))):
        return False
    names = [
        name
        for each in (*column.headings, *column.month_headings)
        if len(name := plain(each)) >= (FEWEST_LETTERS if name.isascii() or _is_cyrillic(name) else 2)
    ]
    return likeness(heading, column) >= ALIKE or any(name in heading.plain for name in names)


def _is_cyrillic(word: str) -> bool:
    return any("а" <= letter <= "я" for letter in word)


@functools.cache
def _known() -> frozenset[str]:
    """The headings of all tables."""
    return frozenset(plain(heading) for contract in contracts.catalogue().values() for column in contract.columns for heading in column.headings)
