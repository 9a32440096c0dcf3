"""The assortment at a glance: which lines to push, hold, mend or let go, what money stands behind each, which products changed their class and why."""

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.assortment import shown
from engine.answers.assortment.abc import CHANGES, changed
from engine.answers.assortment.places import placed
from engine.answers.assortment.standing import standing_of
from engine.answers.assortment.words import FIX, HOLD, LET_GO, PUSH, QUADRANT_WORDS, TILES, VERDICT_WORDS, WATCH
from engine.answers.measured import Measured
from engine.answers.source import Source, remembered
from engine.assortment import bcg as rules
from engine.assortment import portfolio
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection

WHY: dict[tuple[str, str], Message] = {
    (rules.STAR, PUSH): message("grows faster than the sphere and earns more than its part"),
    (rules.COW, HOLD): message("earns more than its part and grows no faster than the sphere"),
    (rules.QUESTION, PUSH): message("grows fast, and earns well on what it sells"),
    (rules.QUESTION, FIX): message("grows fast, but earns little on what it sells"),
    (rules.DOG, HOLD): message("small and slow, but it earns and does not fall behind"),
    (rules.DOG, LET_GO): message("small, and in decline"),
    (rules.LOSER, FIX): message("loses money, but is still wanted"),
    (rules.LOSER, LET_GO): message("loses money, and falls behind"),
    (rules.NEW, WATCH): message("has no year before to be compared with"),
}
COLUMNS = (
    shown.SPHERE, shown.GROUP, shown.LINE, shown.LINE_NAME,
    Column("line_verdict", message("What to do"), "text"),
    Column("quadrant", message("Quadrant"), "text"),
    shown.TURNOVER, shown.MARGIN, shown.PROFITABILITY, shown.GROWTH,
    shown.STAGE,
    Column("products", message("Products"), "count"),
    Column("line_verdict_said", message("Why"), "message"),
    shown.GROWTH_WHY,
)  # fmt: skip


def assortment(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """Every line with what to do about it, the most turnover first (frame: COLUMNS). extra: `verdicts` (sphere, verdict, lines, turnover, margin), `changes`
    (products that changed their class, and why), `stages` (sphere, stage, turnover_share, profit_share …). facts: measures, words, changes (columns)."""
    answer: Answer = _assortment(warehouse, selection, scope)
    return answer


@remembered
def _assortment(source: Source, selection: Selection, scope: Scope) -> Answer:
    standing = standing_of(source, selection, scope)
    lines = shown.chosen(judged(placed(source, standing)[0]), selection)
    frame = lines.sort("turnover", "line_id", descending=[True, False])
    positions = shown.chosen(standing.frame, selection)
    changes = changed(positions)
    verdicts = frame.group_by("sphere", "line_verdict").agg(pl.len().cast(pl.Int64).alias("lines"), pl.col("turnover", "margin").sum())
    return Answer(
        name="assortment",
        headline=shown.headline(standing, scope, _headline(frame, changes.height)),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=standing.as_of,
        first=standing.window.first,
        last=standing.window.last,
        notes=shown.notes(source, standing, selection),
        missing=shown.missing(source, "product_tree"),
        extra={
            "verdicts": verdicts.sort("sphere", "line_verdict"), "changes": changes,
            "stages": portfolio.shares(positions.filter(pl.col("turnover") != 0), "stage"),
        },
        facts={"measures": _measures(frame), "verdicts": dict(VERDICT_WORDS), "quadrants": dict(QUADRANT_WORDS), "changes": CHANGES},
        scope=scope,
        selection=selection,
    )  # fmt: skip


def judged(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines of the BCG with `line_verdict` (VERDICT_WORDS) and why (Message as JSON). What a line earns on its turnover is weighed beside its sphere's."""
    sums = pl.col("margin").sum().over("sphere") / pl.col("turnover").sum().over("sphere")
    earns_well = pl.col("profitability") >= sums
    falls = pl.col("growth") < pl.col("growth_line")
    verdict = (
        pl.when(pl.col("quadrant") == rules.STAR).then(pl.lit(PUSH))
        .when(pl.col("quadrant") == rules.COW).then(pl.lit(HOLD))
        .when(pl.col("quadrant") == rules.QUESTION).then(pl.when(earns_well).then(pl.lit(PUSH)).otherwise(pl.lit(FIX)))
        .when(pl.col("quadrant") == rules.DOG).then(pl.when(pl.col("stage") == "decline").then(pl.lit(LET_GO)).otherwise(pl.lit(HOLD)))
        .when(pl.col("quadrant") == rules.LOSER).then(pl.when(falls.fill_null(False)).then(pl.lit(LET_GO)).otherwise(pl.lit(FIX)))
        .when(pl.col("quadrant") == rules.NEW).then(pl.lit(WATCH))
    )  # fmt: skip
    told = lines.with_columns(verdict.alias("line_verdict"))
    said = [WHY[pair].to_json() if pair in WHY else None for pair in told.select("quadrant", "line_verdict").iter_rows()]
    return told.with_columns(pl.Series("line_verdict_said", said, dtype=pl.String))


def _measures(frame: pl.DataFrame) -> tuple[Measured, ...]:
    return tuple(
        Measured(
            TILES[verdict], float(rows["turnover"].sum() or 0.0), "money",
            message("{n_lines} lines, {margin_money} of gross profit", n_lines=rows.height, margin_money=float(rows["margin"].sum() or 0.0)),
        )
        for verdict in VERDICT_WORDS
        for rows in (frame.filter(pl.col("line_verdict") == verdict),)
    )  # fmt: skip


def _headline(frame: pl.DataFrame, changes: int) -> Message:
    def of(verdict: str) -> float:
        return float(frame.filter(pl.col("line_verdict") == verdict)["turnover"].sum() or 0.0)

    let_go = frame.filter(pl.col("line_verdict") == LET_GO)
    loss = -float(frame.filter(pl.col("margin") < 0)["margin"].sum() or 0.0)
    return message(
        "Push {push_money} of turnover, let {let_go_n} lines with {let_go_money} go; {loss_money} is lost on lines that lose money, and {changed_n} products "
        "changed their class.", push_money=of(PUSH), let_go_n=let_go.height, let_go_money=of(LET_GO), loss_money=loss, changed_n=changes,
    )  # fmt: skip
