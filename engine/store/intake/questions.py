"""Every question that a file leaves open, asked at once: what comes after the first is found by taking its first answer for granted.

Nothing that is read on such an assumption is kept; only the questions are, and only those that do not depend on the assumption.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from engine.errors import BadUse, NeedsAnswer, Refused
from engine.settings import Settings
from engine.store.contracts import Contract
from engine.store.home import Home
from engine.store.intake.files import read_source
from engine.store.intake.reading import ALONE, Occasion, Options
from engine.store.sources import Source

MOST = 8
SHAKY = frozenset({"encoding", "separator", "sheet", "table"})  # another answer gives other headings
OF_HEADINGS = frozenset({"table", "map", "months", "header_row", *SHAKY})
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


def all_open(
    con: duckdb.DuckDBPyConnection,
    home: Home,
    source: Source,
    number: int,
    contracts: dict[str, Contract],
    settings: Settings,
    work: Path,
    first: NeedsAnswer,
    occasion: Occasion = ALONE,
) -> list[NeedsAnswer]:
    """The first question of a source and those behind it, in the order in which they come up."""
    asked, options, is_shaky = [first], source.options, False
    while len(asked) < MOST and not source.adapter:
        assumed = _answered(options, asked[-1])
        is_shaky = is_shaky or asked[-1].question in SHAKY
        if assumed is None:
            break
        options = assumed
        try:
            readings = read_source(con, home, replace(source, options=options), number, contracts, settings, work, occasion)
        except NeedsAnswer as question:
            if question.question in {each.question for each in asked} - {"map", "set"} or (is_shaky and question.question in OF_HEADINGS):
                break
            asked.append(question)
        except (Refused, BadUse, duckdb.Error):
            break
        else:
            for reading in readings:
                reading.drop_work(con)
            break
    return asked


def _answered(options: Options, question: NeedsAnswer) -> Options | None:
    """The options with the first of the answers that a question allows; None where nothing can be taken for granted."""
    if not question.choices:
        return None
    first = question.choices[0]
    if question.question == "set":
        column, _, value = first.partition("=")
        return replace(options, set=(*options.set, (column, value)))
    if question.question == "map":
        return replace(options, map=options.map + _paired(question.choices))
    answers: dict[str, dict[str, Any]] = {
        "dates": {"dates": first}, "decimal": {"decimal": first}, "encoding": {"encoding": first}, "sheet": {"sheet": first}, "table": {"table": first},
        "months": {"months": True}, "separator": {"separator": SEPARATORS.get(first, first)},
    }  # fmt: skip
    return replace(options, **answers[question.question]) if question.question in answers else None


def _paired(choices: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """One column for each heading that is asked about, none twice; what finds no column is left out."""
    pairs: dict[str, str] = {}
    for choice in choices:
        heading, _, column = choice.rpartition("=")
        if heading not in pairs and (column == "-" or column not in pairs.values()):
            pairs[heading] = column
    return tuple(pairs.items())
