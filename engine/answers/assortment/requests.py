"""Dealers' requests for the coming months beside the other inputs of the sales plan: ship date, contracts, the same month of last year, the season."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from engine.answers import flows
from engine.answers.answer import Answer, Column
from engine.answers.measured import Measured
from engine.answers.meeting import changes
from engine.answers.periods import end_of, first_of, following, last_day, months_before
from engine.answers.picking import Pick, pick_of
from engine.answers.source import Source, remembered
from engine.assortment.norms import seasonal_index
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.overrides import Cell

HISTORY_MONTHS = 36
COLUMNS = (
    Column("line_id", message("Line"), "code"),
    Column("month", message("Month"), "month"),
    Column("line_name", message("Name of the line"), "text"),
    Column("request_qty", message("Requested"), "qty"),
    Column("asking_dealers", message("Dealers who asked"), "count"),
    Column("ship_on", message("To be shipped from"), "date"),
    Column("contract_qty", message("Contracts"), "qty"),
    Column("last_year_qty", message("Same month last year"), "qty"),
    Column("change_share", message("Requested against last year"), "share"),
    Column("seasonal_index", message("Season"), "ratio"),
    Column("promotion", message("Promotions planned"), "text"),
    Column("product_group", message("Product group"), "text"),
)
SEASON = (
    Column("product_group", message("Product group"), "text"),
    Column("line_id", message("Line"), "code"),
    Column("month", message("Month"), "month"),
    Column("seasonal_index", message("Season"), "ratio"),
)
SILENT = (
    Column("dealer_id", message("Dealer"), "code"),
    Column("dealer_name", message("Name"), "text"),
    Column("region", message("Region"), "text"),
    Column("month", message("Month"), "month"),
    Column("last_year_value", message("Bought a year before"), "money"),
)
NEEDED = ("requests", "sales")
NO_LINE = ""


def requests(warehouse: Any, selection: Selection, scope: Scope) -> Answer:
    """What was asked for, by line and coming month (COLUMNS), the month that comes first first, then the most pieces.

    extra: `season` (SEASON: the index of each line in each calendar month, as months of the coming year), `silent` (SILENT: dealers who bought a year before
    and have not asked), `dealers` (dealer_id, month, request_qty, made_on). facts: months, first_month, measures, line_qty ((line, month) -> pieces
    asked for, for the demand plan).
    Whoever sees own rows only sees own dealers' requests and own sales; contracts are the company's and are left out for them.
    """
    answer: Answer = _requests(warehouse, selection, scope)
    return answer


@remembered
def _requests(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = selection.as_of or last_day(source)
    first = following(first_of(as_of)) if as_of == end_of(as_of) else first_of(as_of)
    months = [months_before(first, -step) for step in range(int(source.settings["requests_months"]))]
    pick = pick_of(source, selection, scope)
    lines = _lines(source, pick)
    asked = _asked(source, pick, months)
    sold = _sold(source, pick, first)
    season = seasonal_index(_by_line(sold, lines), "line_id")
    frame = _frame(source, lines, asked, sold, season, months)
    silent = _silent(source, pick, asked, months[0])
    return Answer(
        name="requests",
        headline=_headline(frame, silent, months[0]),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        missing=tuple(name for name in NEEDED if not source.has(name)),
        notes=(
            message("The season is the mean of a calendar month ÷ the mean of all months of its line."),
            message("Of several requests of a dealer for a month the last one counts."),
        ),
        extra={
            "season": _season(lines, season, first).join(frame.select("line_id").unique(), on="line_id", how="semi"),
            "silent": silent,
            "dealers": asked.group_by("dealer_id", "month").agg(pl.col("qty").sum().alias("request_qty"), pl.col("made_on").max()).sort("month", "dealer_id"),
        },
        facts={
            "months": tuple(months), "first_month": months[0], "measures": _measures(frame, silent, months[0]),
            "line_qty": {row[:2]: row[2] for row in frame.select("line_id", "month", "request_qty").iter_rows() if row[2]},
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def _lines(source: Source, pick: Pick) -> pl.DataFrame:
    """sku, line_id, line_name, product_group of the products that are picked."""
    products = source.items.filter(pl.col("item_kind") == "product")
    products = products if pick.items is None else products.filter(pl.col("item_id").is_in(pick.items))
    return products.select(
        pl.col("item_id").alias("sku"), pl.col("line_id").fill_null(NO_LINE), pl.coalesce("line_name", "line_id").alias("line_name"), "product_group"
    )


def _asked(source: Source, pick: Pick, months: Sequence[date]) -> pl.DataFrame:
    """month, dealer_id, sku, made_on, qty, ship_on of the months ahead, of dealers and products that are picked."""
    rows = source.read("requests_from", from_month=months[0]).filter(pl.col("month") <= months[-1])
    rows = rows if pick.items is None else rows.filter(pl.col("sku").is_in(pick.items))
    return rows if pick.dealers is None else rows.filter(pl.col("dealer_id").is_in(pick.dealers))


def _sold(source: Source, pick: Pick, first: date) -> pl.DataFrame:
    """month, sku, qty of the months behind, as far as the data reach."""
    known = source.days.get("sales")
    months = [months_before(first, back) for back in range(HISTORY_MONTHS, 0, -1)]
    months = [month for month in months if known is not None and month >= first_of(known[0])]
    if not months:
        return pl.DataFrame(schema={"month": pl.Date, "sku": pl.String, "qty": pl.Float64})
    rows = flows.sales_of_months(source, pick, [flows.ITEM], months)
    return rows.group_by("month", "sku").agg(pl.col("qty").cast(pl.Float64).sum())


def _by_line(rows: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    return rows.join(lines.select("sku", "line_id"), on="sku").select("line_id", "month", "qty")


def _frame(source: Source, lines: pl.DataFrame, asked: pl.DataFrame, sold: pl.DataFrame, season: pl.DataFrame, months: list[date]) -> pl.DataFrame:
    of_line = lines.group_by("line_id").agg(pl.col("line_name", "product_group").first())
    axis = of_line.join(pl.DataFrame({"month": months}, schema={"month": pl.Date}), how="cross")
    wanted = (
        asked.join(lines.select("sku", "line_id"), on="sku")
        .group_by("line_id", "month")
        .agg(pl.col("qty").sum().alias("request_qty"), pl.col("dealer_id").n_unique().cast(pl.Int64).alias("asking_dealers"), pl.col("ship_on").min())
    )
    before = _by_line(sold, lines).with_columns(pl.col("month").dt.offset_by("1y")).group_by("line_id", "month").agg(pl.col("qty").sum().alias("last_year_qty"))
    promised = _promised(source, lines, months)
    found = axis.with_columns(pl.col("month").dt.month().alias("calendar_month"))
    for part in (wanted, before, promised):
        found = found.join(part, on=["line_id", "month"], how="left")
    found = found.join(season.select("line_id", "calendar_month", "seasonal_index"), on=["line_id", "calendar_month"], how="left")
    found = found.join(_promoted(source, months), on=["line_id", "month"], how="left")
    change = pl.when(pl.col("last_year_qty") > 0).then(pl.col("request_qty") / pl.col("last_year_qty") - 1).alias("change_share")
    found = found.filter(pl.any_horizontal(pl.col("request_qty", "contract_qty", "last_year_qty").fill_null(0.0) != 0)).with_columns(change)
    return found.select(column.name for column in COLUMNS).sort("month", "request_qty", "line_id", descending=[False, True, False], nulls_last=True)


def _promised(source: Source, lines: pl.DataFrame, months: list[date]) -> pl.DataFrame:
    """line_id, month, contract_qty: what is agreed for the months and not delivered yet."""
    rows = source.read("contracts_from", from_month=months[0]).filter(pl.col("month") <= months[-1])
    rest = (pl.col("agreed_qty") - pl.col("delivered_qty").fill_null(0.0)).clip(lower_bound=0.0)
    by_sku = rows.drop("line_id").join(lines.select("sku", "line_id"), on="sku").select("line_id", "month", rest.alias("qty"))
    by_line = rows.filter(pl.col("sku").is_null() & pl.col("line_id").is_in(lines["line_id"].unique().to_list())).select("line_id", "month", rest.alias("qty"))
    return pl.concat([by_sku, by_line]).group_by("line_id", "month").agg(pl.col("qty").sum().alias("contract_qty"))


def _promoted(source: Source, months: list[date]) -> pl.DataFrame:
    """line_id, month, promotion: the promotions that run in each month."""
    table = source.read("promotions")
    rows = [
        (row["line_id"], month, row["promotion_id"])
        for row in table.iter_rows(named=True)
        for month in months
        if row["started_on"] <= end_of(month) and row["ended_on"] >= month
    ]
    frame = pl.DataFrame(rows, schema={"line_id": pl.String, "month": pl.Date, "promotion": pl.String}, orient="row")
    return frame.group_by("line_id", "month").agg(pl.col("promotion").sort().str.join(", "))


def _season(lines: pl.DataFrame, season: pl.DataFrame, first: date) -> pl.DataFrame:
    """SEASON: the twelve calendar months of each line as the months from the coming one on."""
    of_line = lines.group_by("line_id").agg(pl.col("product_group").first())
    months = pl.DataFrame({"month": [months_before(first, -step) for step in range(12)]}, schema={"month": pl.Date})
    months = months.with_columns(pl.col("month").dt.month().alias("calendar_month"))
    found = season.filter(pl.col("seasonal_index").is_not_null()).join(months, on="calendar_month").join(of_line, on="line_id")
    return found.select(column.name for column in SEASON).sort("product_group", "line_id", "month")


def _silent(source: Source, pick: Pick, asked: pl.DataFrame, month: date) -> pl.DataFrame:
    """Active dealers who bought in the same month of last year and have asked for nothing."""
    year_ago = months_before(month, 12)
    dealers = source.dealers.filter(pl.col("status").fill_null("active") == "active")
    dealers = dealers if pick.dealers is None else dealers.filter(pl.col("dealer_id").is_in(pick.dealers))
    bought = flows.sales_of_months(source, pick, [flows.ITEM, "dealer_id"], [year_ago])
    sums = bought.group_by("dealer_id").agg(pl.col("net_value").cast(pl.Float64).sum().alias("last_year_value")).filter(pl.col("last_year_value") > 0)
    spoke = asked.filter(pl.col("month") == month)["dealer_id"].unique().to_list()
    found = dealers.join(sums, on="dealer_id").filter(~pl.col("dealer_id").is_in(spoke)).with_columns(pl.lit(month).alias("month"))
    return found.select(column.name for column in SILENT).sort("last_year_value", "dealer_id", descending=[True, False])


def _measures(frame: pl.DataFrame, silent: pl.DataFrame, month: date) -> tuple[Measured, ...]:
    now = frame.filter(pl.col("month") == month)
    asked, before = float(now["request_qty"].sum() or 0.0), float(now["last_year_qty"].sum() or 0.0)
    return (
        Measured(message("Requested for the next month"), asked, "qty"),
        Measured(message("Sold in it a year before"), before, "qty"),
        Measured(message("Contracts for it"), float(now["contract_qty"].sum() or 0.0), "qty"),
        Measured(message("Dealers who have not asked"), float(silent.height), "count"),
    )


def _headline(frame: pl.DataFrame, silent: pl.DataFrame, month: date) -> Message:
    asked = float(frame.filter(pl.col("month") == month)["request_qty"].sum() or 0.0)
    if asked <= 0:
        return message("No dealer has asked for anything for {month} yet.", month=month)
    if silent.is_empty():
        return message("Dealers ask for {asked_qty} pieces for {month}; everybody has asked.", asked_qty=asked, month=month)
    return plural(
        "Dealers ask for {asked_qty} pieces for {month}; {n} who bought a year before has not asked.",
        "Dealers ask for {asked_qty} pieces for {month}; {n} who bought a year before have not asked.",
        n=silent.height, asked_qty=asked, month=month,
    )  # fmt: skip


# ── into the demand plan ─────────────────────────────────────────────────────────────────────────────────────────────────


def feed(warehouse: Any, home: str, lines: Sequence[str], month: date, text: str, who: Scope) -> changes.Saved:
    """Take what was asked for in a month into the demand plan of the meeting: the demand of each line's family is set to it, in the layer of sales.

    Raises BadUse where the cycle was not opened, Impossible where its demand step is closed, NotAllowed; see `engine.answers.meeting.changes.save`.
    """
    from engine.answers.sop.demand_plan import demand_plan
    from engine.answers.sop.families import families_of
    from engine.answers.source import source_of

    source = source_of(warehouse)
    families, asked = families_of(source), requests(warehouse, Selection(), who).facts["line_qty"]
    plan = demand_plan(warehouse, Selection(), who).frame
    cycle: Any = plan["month"].min()
    wanted: dict[str, float] = {}
    for line in lines:
        if (line, month) in asked and line in families.of_line:
            wanted[families.of_line[line]] = wanted.get(families.of_line[line], 0.0) + asked[line, month]
    before = {row["family"]: row["demand_qty"] for row in plan.filter(pl.col("month") == month).iter_rows(named=True)}
    seen = changes.seen_ids(home, cycle)
    cells = [
        Cell(family, month, "sales", "set", qty, before.get(family), "other", text, seen.get((family, month, "sales"), 0))
        for family, qty in sorted(wanted.items())
    ]  # fmt: skip
    return changes.save(home, cycle, cells, {}, source.settings, who, warehouse.version)
