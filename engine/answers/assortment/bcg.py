"""BCG: growth against share of profit within the sphere, with thresholds that say what they are, the trail, losers and what is new."""

from collections.abc import Mapping

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.assortment import ruled, shown
from engine.answers.assortment.places import LEVELS, placed, trail
from engine.answers.assortment.standing import Standing, standing_of
from engine.answers.assortment.words import QUADRANT_WORDS, TILES, TO_DO
from engine.answers.measured import Measured
from engine.answers.source import Source, remembered
from engine.assortment import bcg as rules
from engine.errors import BadUse
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

_FIGURES = (
    shown.GROWTH, shown.PROFIT_SHARE, shown.TURNOVER,
    Column("quadrant", message("Quadrant"), "text"),
    shown.MARGIN,
    Column("last_year_turnover", message("Turnover a year before"), "money"),
    shown.PROFITABILITY,
    Column("relative_share", message("Share beside the largest other"), "ratio"),
    shown.STAGE,
    Column("growth_line", message("Line of growth"), "share"),
    Column("share_line", message("Line of profit share"), "share"),
    shown.GROWTH_WHY,
)  # fmt: skip
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "group": (shown.SPHERE, shown.GROUP, *_FIGURES),
    "line": (shown.SPHERE, shown.GROUP, shown.LINE, shown.LINE_NAME, *_FIGURES),
    "sku": (shown.SPHERE, shown.GROUP, shown.LINE, shown.SKU, shown.NAME, *_FIGURES),
}


def bcg(
    warehouse: object, selection: Selection, scope: Scope, level: str = "line", growth: float | str | None = None, share: float | str | None = None
) -> Answer:
    """Lines (or groups, or products) of each sphere, the largest turnover first (frame: COLUMNS of the level).

    growth, share: where somebody moved the two lines to; None = as the settings say. extra: `thresholds` (sphere, growth_line, share_line, compared),
    `trail` (keys, reviewed_on, growth, profit_share, turnover; the oldest first). facts: measures, words of the quadrants and what to do, what the lines
    mean, level. Raises BadUse for another level.
    """
    if level not in LEVELS:
        raise BadUse(message("The matrix is drawn by {levels}; “{found}” is none of them.", levels=", ".join(LEVELS), found=level))
    moved = tuple(None if line is None or line == "" else float(line) for line in (growth, share))
    answer: Answer = _bcg(warehouse, selection, scope, level, moved[0], moved[1])
    return answer


@remembered
def _bcg(source: Source, selection: Selection, scope: Scope, level: str, growth: float | None, share: float | None) -> Answer:
    standing = standing_of(source, selection, scope)
    compared, thresholds = placed(source, standing, level, growth, share)
    frame = shown.chosen(compared, selection).sort("turnover", *LEVELS[level], descending=[True, *([False] * len(LEVELS[level]))])
    return Answer(
        name="bcg",
        headline=shown.headline(standing, scope, _headline(frame, level)),
        frame=frame.select(column.name for column in COLUMNS[level]),
        columns=COLUMNS[level],
        version=source.version,
        as_of=standing.as_of,
        first=standing.window.first,
        last=standing.window.last,
        notes=(*shown.notes(source, standing, selection), *_lines_said(source, growth, share)),
        extra={"thresholds": thresholds, "trail": _shown_trail(source, standing, level, frame)},
        facts={
            "measures": _measures(frame), "quadrants": dict(QUADRANT_WORDS), "to_do": dict(TO_DO), "level": level,
            "growth_means": _growth_means(source, growth), "share_means": _share_means(source, share),
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def _shown_trail(source: Source, standing: Standing, level: str, frame: pl.DataFrame) -> pl.DataFrame:
    keys = LEVELS[level]
    return trail(source, standing, level).join(frame.select(keys), on=keys, how="semi", nulls_equal=True)


def _growth_means(source: Source, moved: float | None) -> Message:
    return message("moved by hand") if moved is not None else rules.SAID_GROWTH[ruled.bcg_rules(source.settings).growth_rule]


def _share_means(source: Source, moved: float | None) -> Message:
    return message("moved by hand") if moved is not None else rules.SAID_SHARE[ruled.bcg_rules(source.settings).share_rule]


def _lines_said(source: Source, growth: float | None, share: float | None) -> tuple[Message, ...]:
    return (
        message("Line of growth: {growth_means}. Line of profit share: {share_means}. What stands on a line belongs to the upper side.",
                growth_means=_growth_means(source, growth), share_means=_share_means(source, share)),
        message("Growth is turnover against the same months a year before; what has none of them is listed as new and not drawn by growth."),
        message("Share of profit is gross profit by the sum of all that earn in the sphere; what loses money stands left of zero."),
    )  # fmt: skip


def _measures(frame: pl.DataFrame) -> tuple[Measured, ...]:
    return tuple(
        Measured(
            TILES[quadrant], float(rows.height), "count",
            message("{turnover_money} of turnover, {margin_money} of gross profit", turnover_money=float(rows["turnover"].sum() or 0.0),
                    margin_money=float(rows["margin"].sum() or 0.0)),
        )
        for quadrant in QUADRANT_WORDS
        for rows in (frame.filter(pl.col("quadrant") == quadrant),)
    )  # fmt: skip


def _headline(frame: pl.DataFrame, level: str) -> Message:
    counts = {name: frame.filter(pl.col("quadrant") == name).height for name in rules.QUADRANTS}
    loss = float(frame.filter(pl.col("margin") < 0)["margin"].sum() or 0.0)
    stars = plural("{n} star", "{n} stars", n=counts[rules.STAR])
    dogs = plural("{n} dog", "{n} dogs", n=counts[rules.DOG])
    if not counts[rules.LOSER]:
        return message("{stars}, {dogs}; nothing loses money.", stars=stars, dogs=dogs)
    losers = {
        "group": plural("{n} group loses", "{n} groups lose", n=counts[rules.LOSER]), "line": plural("{n} line loses", "{n} lines lose", n=counts[rules.LOSER]),
        "sku": plural("{n} product loses", "{n} products lose", n=counts[rules.LOSER]),
    }[level]  # fmt: skip
    return message("{stars}, {dogs}; {losers} {loss_money}.", stars=stars, dogs=dogs, losers=losers, loss_money=-loss)
