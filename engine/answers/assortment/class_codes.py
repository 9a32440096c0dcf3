"""Class codes: sphere, priority, novelty and production of every position as one code, with what is provisional or cannot be told."""

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.assortment import ruled, shown
from engine.answers.assortment.standing import standing_of
from engine.answers.assortment.words import NOVELTY_WORDS
from engine.answers.measured import Measured
from engine.answers.source import Source, remembered
from engine.assortment import codes
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

COLUMNS = (
    shown.SPHERE, shown.SKU, shown.NAME, shown.GROUP, shown.LINE,
    Column("code", message("Class code"), "code"),
    Column("class", message("Class"), "text"),
    Column("novelty", message("Novelty"), "text"),
    Column("made_by", message("Made by"), "text"),
    Column("is_provisional", message("Provisional"), "flag"),
    Column("entered_on", message("Entered on"), "date"),
    Column("code_why", message("Why unknown"), "message"),
)  # fmt: skip


def class_codes(warehouse: object, selection: Selection, scope: Scope, code: str = "") -> Answer:
    """The code of every position (frame: COLUMNS), by sphere and product. code: only those of this code, typed in whichever alphabet; "" = all.

    extra: `codes` (code, positions). facts: measures, letters (sphere -> letter). Raises BadUse for what is no code.
    """
    answer: Answer = _class_codes(warehouse, selection, scope, code)
    return answer


@remembered
def _class_codes(source: Source, selection: Selection, scope: Scope, code: str) -> Answer:
    letters = ruled.letters(source.settings)
    asked = str(codes.parsed(code, letters.values() or codes.SPHERES)) if code else None
    standing = standing_of(source, selection, scope)
    whole = shown.chosen(standing.frame, selection).sort("sphere", "sku")
    frame = whole if asked is None else whole.filter(pl.col("code") == asked)
    counted = (
        whole.filter(pl.col("code").is_not_null())
        .group_by("code")
        .agg(pl.len().cast(pl.Int64).alias("positions"))
        .sort("positions", "code", descending=[True, False])
    )
    without = sorted({sphere for sphere in whole["sphere"] if sphere not in letters})
    lacks = (message("Spheres without a letter: {spheres}. The settings give them one.", spheres=without),) if without else ()
    return Answer(
        name="class_codes",
        headline=shown.headline(standing, scope, _headline(whole)),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=standing.as_of,
        first=standing.window.first,
        last=standing.window.last,
        notes=(*shown.notes(source, standing, selection), *lacks, message("A product sold for fewer months than a review looks at has a provisional class.")),
        extra={"codes": counted},
        facts={"measures": _measures(whole, counted), "letters": dict(letters), "novelty": dict(NOVELTY_WORDS)},
        scope=scope,
        selection=selection,
    )


def _measures(frame: pl.DataFrame, counted: pl.DataFrame) -> tuple[Measured, ...]:
    return (
        Measured(message("Products with a code"), float(frame["code"].count()), "count"),
        Measured(message("Codes in use"), float(counted.height), "count"),
        Measured(message("New products"), float(frame.filter(pl.col("novelty") == "new").height), "count"),
        Measured(message("Provisional"), float(frame.filter("is_provisional").height), "count"),
    )


def _headline(frame: pl.DataFrame) -> Message:
    coded = int(frame["code"].count())
    return plural("{n} product of {all_n} has a class code.", "{n} products of {all_n} have a class code.", n=coded, all_n=frame.height)
