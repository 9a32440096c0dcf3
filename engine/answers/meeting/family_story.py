"""One family, as the question in the room goes on: its months, its articles, where and to whom it sells, who changed its plan and why."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.kpis import figures
from engine.answers.meeting import changes, cycles
from engine.answers.periods import end_of
from engine.answers.sop import history
from engine.answers.sop.basis import Demand, demand_of
from engine.answers.source import Source, remembered
from engine.errors import BadUse
from engine.kpis import BOOK
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.disaggregate import mix_of, shared_out
from engine.sop.grid import Axes, grid
from engine.sop.overrides import REASONS

MOST = 10
COLUMNS = (
    Column("sku", message("Article"), "code"),
    Column("item_name", message("Name"), "text"),
    Column("sold_qty", message("Sold in twelve months"), "qty"),
    Column("mix_share", message("Share of the family"), "share"),
    Column("demand_qty", message("Demand ahead"), "qty"),
)
AREAS = (
    Column("region", message("Region"), "text"),
    Column("net_sales", message("Sold in twelve months, money"), "money"),
    Column("sold_share", message("Share"), "share"),
)
DEALERS = (
    Column("dealer_id", message("Dealer"), "code"),
    Column("dealer_name", message("Name"), "text"),
    Column("net_sales", message("Sold in twelve months, money"), "money"),
    Column("sold_share", message("Share"), "share"),
)
CHANGES = (
    Column("at", message("When"), "time"),
    Column("who", message("Who"), "text"),
    Column("month", message("Month"), "month"),
    Column("override_kind", message("Change"), "message"),
    Column("reason", message("Reason"), "message"),
    Column("said", message("Why"), "text"),
)
BACK = message("taken back")


def family_story(warehouse: Any, selection: Selection, scope: Scope, family: str = "", month: str = "") -> Answer:
    """The articles of a family with their part of its demand (COLUMNS), the most demand first; the parts add up to the family's.

    family: none = the one with most money. month: `2026-01`, else all months ahead. extra: `areas` (AREAS), `dealers` (DEALERS, the ten largest),
    `changes` (CHANGES, every change by hand and taking back of this cycle, the newest first), `months` (month, actual, last_year, forecast: pieces).
    facts: family, family_name, families (code -> name), month (date or None). Raises BadUse for a family or month that there is not.
    """
    cycles.of_the_company(scope)
    answer: Answer = _family_story(warehouse, selection, scope, family, month, run_of(warehouse))
    return answer


@remembered
def _family_story(source: Source, selection: Selection, scope: Scope, family: str, month: str, run: str) -> Answer:
    demand = demand_of(source, Selection(), run)
    names = dict(demand.families.frame.select("family", "family_name").iter_rows())
    chosen = family or _largest(demand)
    when = cycles.month_of(month) if month else None
    if chosen and chosen not in names:
        raise BadUse(message("There is no family “{family}”. Choose another one.", family=chosen))
    if when is not None and when not in demand.axes.columns:
        raise BadUse(message("{month} is not among the months that are planned.", month=when))
    name = names.get(chosen) or chosen
    frame = _items(source, demand, chosen, when)
    return Answer(
        name="family_story",
        headline=_headline(demand, chosen, name, when),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=demand.months.as_of,
        extra={
            "areas": _by(source, scope, demand, chosen, "region"), "dealers": _dealers(source, scope, demand, chosen),
            "changes": _changes(source, demand.months.first, chosen), "months": _months(source, demand, chosen),
        },
        facts={"family": chosen, "family_name": name, "families": {code: names[code] or code for code in names}, "month": when},
        scope=scope,
        selection=selection,
    )  # fmt: skip


def _largest(demand: Demand) -> str:
    worth = np.nansum(demand.plan, axis=1) * np.nan_to_num(demand.price)
    return demand.families.names[int(np.argmax(worth))] if worth.size else ""


def _ahead(demand: Demand, family: str, when: date | None) -> float | None:
    """What is asked for of a family, in a month or in all; None where some of it is unknown."""
    if not family:
        return None
    row = demand.plan[demand.axes.rows[family]]
    value = float(row.sum() if when is None else row[demand.axes.columns[when]])
    return None if np.isnan(value) else value


def _items(source: Source, demand: Demand, family: str, when: date | None) -> pl.DataFrame:
    months = demand.months.year_behind
    span = {"first_month": months[0], "last_month": months[-1]}
    rows = source.whole.read("sales_item_month_rows", items=None, places=None, **span).group_by("sku").agg(pl.col("qty").sum())
    sold = {sku: float(qty or 0.0) for sku, qty in rows.iter_rows()}
    known = source.whole.items.filter(pl.col("item_kind") == "product")
    mine = [sku for sku in known.filter(pl.col("withdrawn_on").is_null())["item_id"] if demand.families.of_item.get(sku) == family]
    mix = mix_of(mine, sold)
    total = _ahead(demand, family, when)
    parts = shared_out(total, mix.weights) if total is not None and mine else None
    titles = dict(known.select("item_id", "item_name").iter_rows())
    table = [
        (sku, titles.get(sku), sold.get(sku, 0.0), float(mix.weights[place]), None if parts is None else float(parts[place]))
        for place, sku in enumerate(mine)
    ]  # fmt: skip
    schema = {"sku": pl.String, "item_name": pl.String, **dict.fromkeys(("sold_qty", "mix_share", "demand_qty"), pl.Float64)}
    return pl.DataFrame(table, schema=schema, orient="row").sort("mix_share", "sku", descending=[True, False])


def _by(source: Source, scope: Scope, demand: Demand, family: str, key: str) -> pl.DataFrame:
    """Net sales of the family in twelve months by a key, the most first, with its share."""
    months = demand.months.year_behind
    asked = Selection(
        as_of=end_of(months[-1]), first=months[0], last=end_of(months[-1]), by=(key,), where=((str(source.settings["forecast_family"]), (family,)),)
    )
    frame, _, _ = figures(source, (BOOK["net_sales"],), asked, scope)
    rows = frame.select(key, pl.col("net_sales").cast(pl.Float64))
    whole = float(rows["net_sales"].fill_null(0.0).sum())
    share = (pl.col("net_sales") / whole) if whole > 0 else pl.lit(None, dtype=pl.Float64)
    return rows.with_columns(share.alias("sold_share")).sort("net_sales", descending=True, nulls_last=True)


def _dealers(source: Source, scope: Scope, demand: Demand, family: str) -> pl.DataFrame:
    rows = _by(source, scope, demand, family, "dealer_id").filter(pl.col("dealer_id").is_not_null()).head(MOST)
    named = rows.join(source.dealers.select("dealer_id", "dealer_name"), on="dealer_id", how="left", maintain_order="left")
    return named.select(column.name for column in DEALERS)


def _changes(source: Source, cycle: date, family: str) -> pl.DataFrame:
    """Who changed what and why, the newest first."""
    rows = []
    for kept in reversed(changes.trail(str(source.home.path), cycle, family)):
        said = kept.payload or {}
        about = cycles.month_of(kept.subject.split("/")[2])
        what = BACK if kept.is_ended else _change(said)
        rows.append((kept.at, kept.who, about, what.to_json(), _reason(str(said.get("reason", ""))), str(said.get("text", "")) or None))
    schema: dict[str, Any] = {
        "at": pl.Datetime("us", "UTC"), "who": pl.String, "month": pl.Date, "override_kind": pl.String, "reason": pl.String, "said": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _reason(code: str) -> str | None:
    return REASONS[code].to_json() if code in REASONS else None


def _change(said: Any) -> Message:
    kind, value = str(said.get("kind", "set")), float(said.get("value") or 0.0)
    if kind == "set":
        return message("set to {value_qty}", value_qty=value)
    return message("{value_qty} added", value_qty=value) if kind == "add" else message("{value_share} more", value_share=value)


def _months(source: Source, demand: Demand, family: str) -> pl.DataFrame:
    """month, actual, last_year, forecast: a year behind and the months ahead, in pieces."""
    behind, ahead = demand.months.year_behind, demand.months.ahead
    schema = {"month": pl.Date, "actual": pl.Float64, "last_year": pl.Float64, "forecast": pl.Float64}
    if not family:
        return pl.DataFrame(schema=schema)
    sold = _sold(source, demand, behind, family)
    year = {month: demand.year_before[demand.axes.rows[family], place] for place, month in enumerate(ahead)}
    plan = demand.plan[demand.axes.rows[family]]
    rows: list[tuple[Any, ...]] = [(month, sold[month], None, None) for month in behind]
    rows += [(month, None, _known(year[month]), _known(plan[place])) for place, month in enumerate(ahead)]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _sold(source: Source, demand: Demand, months: Sequence[date], family: str) -> dict[date, float]:
    axes = Axes((family,), tuple(months))
    row = grid(history.sales(source, demand.families, months), axes, "qty")[0]
    return {month: float(row[place]) for place, month in enumerate(months)}


def _known(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None


def _headline(demand: Demand, family: str, name: str, when: date | None) -> Message:
    total = _ahead(demand, family, when)
    if not family:
        return message("There is no family of products to show.")
    if total is None:
        return message("{family}: the demand of some months is unknown.", family=name)
    if when is not None:
        return message("{family}: {demand_qty} are asked for in {month}.", family=name, demand_qty=total, month=when)
    before = demand.year_before[demand.axes.rows[family]]
    if np.isnan(before).any() or before.sum() <= 0:
        return message("{family}: {demand_qty} are asked for in the months ahead.", family=name, demand_qty=total)
    return message(
        "{family}: {demand_qty} are asked for in the months ahead, {change_share} against the year before.",
        family=name, demand_qty=total, change_share=total / float(before.sum()) - 1,
    )  # fmt: skip
