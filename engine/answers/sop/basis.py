"""The demand plan with its overrides, and the situation from which every method of planning and every scenario starts."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from engine.answers import flows, records
from engine.answers.gathering import EVERYBODY
from engine.answers.meeting import changes
from engine.answers.sop import history
from engine.answers.sop.families import Families, families_of
from engine.answers.sop.material_needs import materials_of
from engine.answers.sop.months import Months, months_of
from engine.answers.source import Memory, Source
from engine.messages import Message
from engine.selection import Selection
from engine.sop.demand import Composed, Layered, Override, composed, extended, fitting, layered
from engine.sop.family_sheet import stock_for_cover
from engine.sop.grid import Axes, Numbers, grid, tall
from engine.sop.rccp import Bill, Use, bill_of
from engine.sop.situation import CashTerms, Situation

TABLES = ("forecasts", "contracts", "deals")
_DEMANDS, _BASES = Memory(6), Memory(6)


@dataclass(frozen=True)
class Demand:
    """composed: the four parts; layered: overrides on top. forecast: as it stands in the plan (source, made_on), is_continued: 1 where a month beyond
    it goes on from last year. year_before: sales one year before. price, unit_cost: of a piece, by family, not a number where unknown. waiting: overrides
    that the plan cannot take as the data are now, with the reason."""

    families: Families
    months: Months
    axes: Axes
    composed: Composed
    layered: Layered
    forecast: pl.DataFrame
    is_continued: Numbers
    year_before: Numbers
    price: Numbers
    unit_cost: Numbers
    waiting: tuple[tuple[Override, Message], ...] = ()

    @property
    def plan(self) -> Numbers:
        """Demand after all overrides; not a number where nothing is known."""
        return self.layered.demand


def demand_of(source: Source, selection: Selection, run: str) -> Demand:
    """The demand plan of all families. run: name of our own forecast, which stands in where the company made none. Kept like `basis_of`."""
    records.note((changes.KIND,))
    key = str(source.home.path), source.version, source.settings, selection, run, records.head(source.home, changes.KIND)
    return _DEMANDS.recall(key, lambda: _demand(source, selection, run))


def _demand(source: Source, selection: Selection, run: str) -> Demand:
    families, months = families_of(source), months_of(source, selection)
    axes = Axes(families.names, months.ahead)
    known = history.forecasts(source, families, months.as_of, months.ahead)
    forecast = history.with_statistics(source, run, known, families, months.ahead)
    year_before = history.sales_year_before(source, families, months.ahead)
    filled, is_continued = extended(grid(forecast, axes, "qty", absent=np.nan), year_before, without=1.0)
    excluding = grid(forecast.filter(~pl.col("has_deals")), axes, "qty", absent=np.nan)
    rows = tall(axes, qty=filled, _excluding=excluding).filter(pl.col("qty").is_not_null())
    rows = rows.with_columns(pl.lit(True).alias("has_contracts"), pl.col("_excluding").is_null().alias("has_deals"))
    parts = composed(
        axes, *_promised(source, families, months), rows, weighting=str(source.settings["plan_deal_weighting"]),
        overdue_months=int(source.settings["plan_overdue_months"]),
    )  # fmt: skip
    price, cost = rates_of(source, families, months)
    taken, waiting = fitting(axes, parts.total, changes.of_cycle(str(source.home.path), months.first))
    changed = layered(axes, parts.total, taken, price[:, None])
    return Demand(families, months, axes, parts, changed, forecast, is_continued, year_before, price, cost, tuple(waiting))


def _promised(source: Source, families: Families, months: Months) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(contracts, deals) with their families, as the demand plan takes them."""
    whole = source.whole
    signed = families.keyed(whole.read("contracts_from", from_month=months.year_behind[0]))
    return signed.select("contract_id", "family", "month", "kind", "agreed_qty", "delivered_qty"), families.keyed(whole.read("deals"))


def rates_of(source: Source, families: Families, months: Months) -> tuple[Numbers, Numbers]:
    """(price, unit cost) of a piece of each family, over the sales of the last twelve months; where nothing was sold the means of the catalogue."""
    year = Axes(families.names, months.year_behind)
    rows = history.sales(source, families, months.year_behind)
    qty, value, cost = (grid(rows, year, name).sum(axis=1) for name in ("qty", "net_value", "cost_value"))
    listed = source.whole.items.filter(pl.col("item_kind") == "product", pl.col("withdrawn_on").is_null())
    means = families.keyed(listed.rename({"item_id": "sku"})).group_by("family").agg(pl.col("list_price", "unit_cost").mean())
    catalogue = {family: (price, unit) for family, price, unit in means.iter_rows()}
    other = np.array([[np.nan if part is None else part for part in catalogue.get(family, (None, None))] for family in families.names]).reshape(-1, 2)
    sold = qty > 0
    price = np.where(sold, value / np.where(sold, qty, 1.0), other[:, 0])
    unit = np.where(sold & (cost > 0), cost / np.where(sold, qty, 1.0), other[:, 1])
    return np.asarray(price), np.asarray(unit)


# ── resources ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Resources:
    """frame: the table of resources, in order. available, overtime, outside: resources × months, not a number where nobody said. bill: for families."""

    frame: pl.DataFrame
    available: Numbers
    overtime: Numbers
    outside: Numbers
    bill: Bill

    @property
    def names(self) -> tuple[str, ...]:
        """The resources in their order."""
        return tuple(self.frame["resource_id"].to_list())


def resources_of(source: Source, families: Families, months: Months) -> Resources:
    """Resources with their capacity ahead and the bill by family. What articles use counts by their share of the family's sales of a year."""
    whole = source.whole
    frame = whole.read("resources").sort("resource_id")
    axes = Axes(tuple(frame["resource_id"].to_list()), months.ahead)
    rows = whole.read("capacity_from", from_month=months.first).rename({"resource_id": "family"})
    available, overtime, outside = (grid(rows, axes, name, absent=np.nan) for name in ("available", "overtime_available", "subcontract_available"))
    uses = [Use(family, resource, per_unit, ahead) for family, resource, ahead, per_unit in _uses(source, families, months).iter_rows()]
    return Resources(frame, available, overtime, outside, bill_of(families.names, axes.families, uses))


def _uses(source: Source, families: Families, months: Months) -> pl.DataFrame:
    """family, resource_id, months_ahead, per_unit."""
    rows = families.keyed(source.whole.read("resource_use")).filter(pl.col("family").is_not_null())
    rows = rows.filter(pl.col("sku").is_not_null() | ~pl.col("sku").is_not_null().any().over("family", "resource_id", "months_ahead"))
    span = {"first_month": months.year_behind[0], "last_month": months.year_behind[-1]}
    sold = source.whole.read("sales_item_month_rows", items=None, places=None, **span).group_by("sku").agg(pl.col("qty").sum().clip(lower_bound=0.0))
    weighed = rows.join(sold, on="sku", how="left").with_columns(pl.col("qty").fill_null(0.0) + 1e-9)
    shared = (pl.col("per_unit") * pl.col("qty")).sum() / pl.col("qty").sum()
    return weighed.group_by("family", "resource_id", "months_ahead").agg(shared.alias("per_unit")).sort("family", "resource_id", "months_ahead")


# ── the situation ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Basis:
    """What a supply plan starts from. situation: of the families whose demand, price and cost are known; left_out: the others. is_planned: 1 for
    families and months that somebody planned; where nobody did, it is taken that demand is made."""

    demand: Demand
    resources: Resources
    situation: Situation
    left_out: tuple[str, ...]
    is_planned: Numbers


def basis_of(source: Source, selection: Selection, run: str) -> Basis:
    """The situation of the whole company as the plan of record has it. Where no production is planned for a month, its demand is.

    Kept for each data version, setting and change of the plan by hand: every answer of the meeting starts from it.
    """
    records.note((changes.KIND,))
    key = str(source.home.path), source.version, source.settings, selection, run, records.head(source.home, changes.KIND)
    return _BASES.recall(key, lambda: _basis(source, selection, run))


def _basis(source: Source, selection: Selection, run: str) -> Basis:
    demand = demand_of(source, selection, run)
    resources = resources_of(source, demand.families, demand.months)
    known = ~np.isnan(demand.plan).any(axis=1) & ~np.isnan(demand.price) & ~np.isnan(demand.unit_cost)
    chosen = np.flatnonzero(known)
    left_out = tuple(family for family, is_known in zip(demand.families.names, known, strict=True) if not is_known)
    axes = Axes(tuple(demand.families.names[row] for row in chosen), demand.months.ahead)
    plan = history.planned(source, demand.families, demand.months.ahead)[chosen]
    wanted, stock = demand.plan[chosen], history.closing_stock(source, demand.families, [demand.months.last])[chosen, 0]
    situation = _situation(source, demand, resources, axes, [int(row) for row in chosen], plan, wanted, stock)
    return Basis(demand, resources, situation, left_out, (~np.isnan(plan)).astype(float))


def _situation(
    source: Source, demand: Demand, resources: Resources, axes: Axes, rows: list[int], plan: Numbers, wanted: Numbers, stock: Numbers
) -> Situation:  # fmt: skip
    settings, days, count = source.settings, demand.months.days, len(axes.months)
    price, cost = demand.price[rows], demand.unit_cost[rows]
    is_stocked = (demand.families.frame["strategy"].to_numpy()[rows] != "make_to_order").astype(float)
    working = float(days.sum()) / (30.4 * count)
    safety = stock_for_cover(float(settings["safety_stock_days"]) * working, wanted, days, goes_on=True) * is_stocked[:, None]
    ending = stock_for_cover(float(settings["plan_cover_days"]), wanted, days, goes_on=True)[:, -1] * is_stocked
    bill = Bill(axes.families, resources.names, {ahead: uses[rows] for ahead, uses in resources.bill.per_unit.items()}, {})
    hour, overtime, outside = (_rate(resources.frame, name) for name in ("hour_cost", "overtime_cost", "subcontract_cost"))
    hour = np.where(np.isfinite(hour), hour, 0.0)
    carry = sum(float(settings[f"holding_{part}_share"]) for part in ("capital", "storage", "risk", "people")) / 12
    workers = resources.frame["workers"].cast(pl.Float64).fill_null(float("nan")).to_numpy()[:, None]
    areas, share = _areas(source, demand, rows)
    return Situation(
        axes=axes, resources=resources.names, demand=wanted, production=np.where(np.isnan(plan), wanted, plan), opening=np.nan_to_num(stock),
        owed=np.zeros(len(rows)), safety=safety, ending=ending, bill=bill, available=resources.available, overtime_most=np.nan_to_num(resources.overtime),
        outside_most=np.nan_to_num(resources.outside), days=days, price=np.repeat(price[:, None], count, axis=1), unit_cost=cost,
        making=np.maximum(cost - bill.whole @ hour, 0.0), holding=cost * carry, backlog=price * float(settings["plan_late_share"]),
        subcontract=np.full(len(rows), np.inf), hour=hour, overtime=overtime, outside=outside, areas=areas, area_share=share,
        hours_per_head=np.where(workers > 0, resources.available / np.where(workers > 0, workers, 1.0), np.nan),
        materials=materials_of(source, demand.families, rows, demand.months),
        cash=CashTerms(_cash(source, demand.months.last), tuple(part for _, part in settings["plan_collected"]), 1),
    )  # fmt: skip


def _rate(frame: pl.DataFrame, name: str) -> Numbers:
    """A rate of each resource; infinite (not to be had) where nobody said."""
    return np.asarray(frame[name].cast(pl.Float64).fill_null(float("inf")).to_numpy())


def _cash(source: Source, last: date) -> float:
    found = source.whole.read("cash_months").filter(pl.col("month") == last)["closing_cash"].drop_nulls()
    return float(found[0]) if found.len() else 0.0


def _areas(source: Source, demand: Demand, rows: list[int]) -> tuple[tuple[str, ...], Numbers | None]:
    """(regions, what of each family goes to each): by the sales of the last twelve months. A family that sold nothing goes to all alike."""
    found = flows.sales_of_months(source.whole, EVERYBODY, [flows.ITEM, "region"], demand.months.year_behind)
    sold = demand.families.keyed(found.select("sku", "region", "qty")).filter(pl.col("family").is_not_null(), pl.col("region").is_not_null())
    by = sold.group_by("family", "region").agg(pl.col("qty").sum().clip(lower_bound=0.0))
    areas = tuple(by["region"].unique().sort().to_list())
    if not areas:
        return (), None
    qty = {(family, region): amount for family, region, amount in by.iter_rows()}
    table = np.array([[qty.get((demand.families.names[row], area), 0.0) for area in areas] for row in rows]).reshape(len(rows), len(areas))
    total = table.sum(axis=1, keepdims=True)
    return areas, np.where(total > 0, table / np.where(total > 0, total, 1.0), 1 / len(areas))
