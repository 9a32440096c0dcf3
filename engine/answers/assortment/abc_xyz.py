"""ABC × XYZ: how many positions and how much money stand in each cell, how well they are forecast, and what is done there."""

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.assortment import shown
from engine.answers.assortment.standing import standing_of
from engine.answers.assortment.words import MARK_WORDS
from engine.answers.forecast_kept import kept_of, run_of
from engine.answers.measured import Measured
from engine.answers.source import Source, remembered
from engine.assortment import matrix
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

NO_FORECAST = message("No forecast has been made of these data yet, so its error is not known.")
COLUMNS = (
    shown.SPHERE,
    Column("class", message("Class"), "text"),
    Column("xyz", message("Steadiness"), "text"),
    Column("positions", message("Products"), "count"),
    Column("new_positions", message("Of them new"), "count"),
    shown.TURNOVER, shown.MARGIN,
    Column("turnover_share", message("Share of the sphere's turnover"), "share"),
    Column("error_share", message("Forecast error"), "share", "down"),
    Column("policy", message("What is done"), "text"),
    Column("service_share", message("Orders filled at once"), "share"),
)  # fmt: skip
ITEMS = (
    shown.SPHERE, shown.SKU, shown.NAME, shown.LINE, Column("class", message("Class"), "text"), Column("xyz", message("Steadiness"), "text"),
    Column("xyz_mark", message("Mark"), "text"), shown.TURNOVER, shown.MARGIN, Column("cv", message("Variation"), "ratio"),
    Column("cv_adjusted", message("Variation beside the seasons"), "ratio"), Column("error_share", message("Forecast error"), "share", "down"),
    Column("previous_class", message("Class before"), "text"),
)  # fmt: skip


def abc_xyz(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """The cells of each sphere (frame: COLUMNS, nine and one a class for what does not sell). extra: `items` (ITEMS), `whole` (the same cells, all spheres
    that are shown together, without sphere). facts: measures, policies (words), marks, items (their columns). error_share: of the forecast that was kept,
    by what it would have said in the past; unknown without one."""
    answer: Answer = _abc_xyz(warehouse, selection, scope, run_of(warehouse))
    return answer


@remembered
def _abc_xyz(source: Source, selection: Selection, scope: Scope, run: str) -> Answer:
    standing = standing_of(source, selection, scope)
    judged = standing.frame.join(_errors(source, run), on="sku", how="left", maintain_order="left")
    judged = judged.with_columns(pl.when(pl.col("demand_qty") > 0).then(pl.col("error_qty") / pl.col("demand_qty")).alias("error_share"))
    whole = shown.chosen(judged, selection)
    policies = tuple(source.settings["abc_xyz_policy"])
    cells = matrix.crossed(whole, policies)
    together = matrix.crossed(whole.with_columns(pl.lit("").alias("sphere")), policies).drop("sphere")
    items = whole.select(column.name for column in ITEMS).sort("turnover", descending=True, maintain_order=True)  # they stand by sphere and product
    without = (NO_FORECAST,) if not run and scope.sees_all else ()
    return Answer(
        name="abc_xyz",
        headline=shown.headline(standing, scope, _headline(together)),
        frame=cells.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=standing.as_of,
        first=standing.window.first,
        last=standing.window.last,
        notes=(*shown.notes(source, standing, selection), *without),
        extra={"items": items, "whole": together},
        facts={"measures": _measures(together), "policies": dict(matrix.POLICIES), "marks": dict(MARK_WORDS), "items": ITEMS},
        scope=scope,
        selection=selection,
    )


def _errors(source: Source, run: str) -> pl.DataFrame:
    """sku, error_qty (sum of absolute errors of what the forecast would have said), demand_qty (of the same months)."""
    kept = kept_of(source, run)
    if kept is None or source.is_bounded:
        return pl.DataFrame(schema={"sku": pl.String, "error_qty": pl.Float64, "demand_qty": pl.Float64})
    past = kept.read("forecast_past").filter(pl.col("level") == "item")
    off = (pl.col("qty") - pl.col("actual_qty")).abs()
    return past.group_by(pl.col("code").alias("sku")).agg(off.sum().alias("error_qty"), pl.col("actual_qty").sum().alias("demand_qty"))


def _measures(cells: pl.DataFrame) -> tuple[Measured, ...]:
    def of(name: str, *named: str) -> Measured:
        rows = cells.filter(pl.concat_str("class", "xyz").is_in(list(named)))
        money = message("{turnover_money} of turnover", turnover_money=float(rows["turnover"].sum() or 0.0))
        return Measured(message("Cells {cells}", cells=name), float(rows["positions"].sum() or 0), "count", money)

    return (of("AX, AY", "AX", "AY"), of("AZ", "AZ"), of("BX, BY", "BX", "BY"), of("CZ", "CZ"))


def _headline(cells: pl.DataFrame) -> Message:
    hard = cells.filter((pl.col("class") == "A") & (pl.col("xyz") == "Z"))
    money, many = float(hard["turnover"].sum() or 0.0), int(hard["positions"].sum() or 0)
    return plural(
        "{n} product of class A sells unsteadily: {hard_money} of turnover is hard to foresee.",
        "{n} products of class A sell unsteadily: {hard_money} of turnover is hard to foresee.", n=many, hard_money=money,
    )  # fmt: skip
