"""The unconstrained demand plan: remaining contracts, deals about to be signed, the forecast of the rest, and overrides in layers on top.

Nothing is counted twice: a forecast of all demand is lessened by the contracts and deals that stand in it. Nothing disappears: what was not
taken into the plan is in `told`, with its quantity and the reason. Unknown stays unknown (not a number): a family without a forecast is no
family without demand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from engine.errors import Impossible
from engine.messages import Message, message
from engine.sop.grid import Axes, Numbers, grid, outside, tall

WEIGHTINGS = ("full", "probability")
LAYERS = ("statistical", "expert", "sales", "marketing", "consensus", "executive")
"""Whose overrides lie on whose: the later one has the last word."""
KINDS = ("set", "add", "share")
PARTS = ("small_qty", "large_qty", "deal_qty", "rest_qty")


@dataclass(frozen=True)
class Told:
    """Something that was not taken as it came. what: the contract, deal or family; rule: why, as a word; qty: how much of it."""

    rule: str
    what: str
    qty: float | None
    said: Message


@dataclass(frozen=True)
class Composed:
    """Demand by its four parts, families × months. small, large: remaining contracts; deals: as weighted; rest: forecast of all else, not a
    number where there is no forecast. overdue: what of the contracts should have been delivered before the first month (it is in it)."""

    axes: Axes
    small: Numbers
    large: Numbers
    deals: Numbers
    rest: Numbers
    overdue: Numbers
    told: tuple[Told, ...] = ()

    @property
    def contracted(self) -> Numbers:
        """What was promised by contract."""
        return np.asarray(self.small + self.large)

    @property
    def total(self) -> Numbers:
        """Sum of the four parts; not a number where the rest is unknown."""
        return np.asarray(self.small + self.large + self.deals + self.rest)

    def frame(self) -> pl.DataFrame:
        """family, month, small_qty, large_qty, deal_qty, rest_qty, demand_qty; null where unknown."""
        return tall(
            self.axes, small_qty=self.small, large_qty=self.large, deal_qty=self.deals, rest_qty=self.rest, demand_qty=self.total
        )  # fmt: skip


def composed(
    axes: Axes, contracts: pl.DataFrame, deals: pl.DataFrame, forecast: pl.DataFrame, *, weighting: str = "full", overdue_months: int = 0
) -> Composed:  # fmt: skip
    """The four parts of demand.

    contracts: contract_id, family, month, kind (small | large), agreed_qty, delivered_qty (null = 0).
    deals: deal_id, family, month, qty, probability (null = not said: 1); weighting: `full`, or by `probability`.
    forecast: family, month, qty, has_contracts, has_deals: whether contracts and deals stand in it; then they are taken out of the rest.
    overdue_months: what of the contracts of so many months before the first one is still open falls into the first month.
    Raises Impossible for a weighting that does not exist.
    """
    if weighting not in WEIGHTINGS:
        raise Impossible(
            message("Deals were to be weighted by “{found}”; “full” or “probability” was expected.", found=weighting)
        )  # fmt: skip
    told: list[Told] = []
    signed, overdue = _open_contracts(axes, contracts, overdue_months, told)
    small, large = (grid(signed.filter(pl.col("kind") == kind), axes, "open_qty") for kind in ("small", "large"))
    near = _deals(axes, deals, weighting, told)
    negotiated = grid(near, axes, "counted_qty")
    rest = _rest(axes, forecast, small + large, negotiated, told)
    return Composed(axes, small, large, negotiated, rest, overdue, tuple(told))


def _open_contracts(axes: Axes, contracts: pl.DataFrame, overdue_months: int, told: list[Told]) -> tuple[pl.DataFrame, Numbers]:
    """(contracts with open_qty, those overdue moved into the first month; how much was moved, families × months)."""
    first = axes.months[0]
    remaining = (pl.col("agreed_qty") - pl.col("delivered_qty").fill_null(0.0)).clip(lower_bound=0.0).alias("open_qty")
    open_now = contracts.with_columns(remaining).filter(pl.col("open_qty") > 0)
    back = (pl.lit(first).dt.year() - pl.col("month").dt.year()) * 12 + pl.lit(first).dt.month().cast(pl.Int32) - pl.col("month").dt.month()
    late = open_now.with_columns(back.alias("_back")).filter(pl.col("_back") > 0)
    due, lapsed = late.filter(pl.col("_back") <= overdue_months).drop("_back"), late.filter(pl.col("_back") > overdue_months)
    for contract, qty in lapsed.group_by("contract_id").agg(pl.col("open_qty").sum()).sort("contract_id").iter_rows():
        told.append(
            Told("lapsed_contract", contract, qty, message("Its months have passed; {open_qty} were never delivered and are not planned.", open_qty=qty))
        )
    moved = due.with_columns(pl.lit(first).alias("month"))
    current = pl.concat([open_now.filter(pl.col("month") >= first), moved])
    _tell_outside(current, axes, "contract_id", "open_qty", told)
    return current, grid(moved, axes, "open_qty")


def _deals(axes: Axes, deals: pl.DataFrame, weighting: str, told: list[Told]) -> pl.DataFrame:
    """Deals with counted_qty; those that cannot be right are told and left out."""
    reasons = (
        ("deal_without_month", pl.col("month").is_null(), message("The deal has no month of delivery, so it is in no month's demand. Give it one.")),
        (
            "deal_probability", pl.col("probability").is_not_null() & ~pl.col("probability").is_between(0, 1),
            message("The deal's probability is not between 0 and 100 %, so the deal is not counted. Correct it."),
        ),
        ("deal_below_zero", pl.col("qty") < 0, message("The deal's quantity is below zero, so the deal is not counted. Correct it.")),
        ("deal_has_passed", pl.col("month") < axes.months[0], message("The deal's month has passed unsigned, so it is not counted. Move it or close it.")),
    )  # fmt: skip
    left = deals
    for rule, is_wrong, said in reasons:
        wrong = left.filter(is_wrong.fill_null(False))
        told += [Told(rule, deal, qty, said) for deal, qty in wrong.select("deal_id", "qty").iter_rows()]
        left = left.filter(~is_wrong.fill_null(False))
    weight = pl.lit(1.0) if weighting == "full" else pl.col("probability").fill_null(1.0)
    counted = left.with_columns((pl.col("qty") * weight).alias("counted_qty"))
    if weighting == "probability":
        unsaid = left.filter(pl.col("probability").is_null())
        said = message("Nobody gave the deal a probability; it is counted in full.")
        told += [Told("deal_without_probability", deal, qty, said) for deal, qty in unsaid.select("deal_id", "qty").iter_rows()]
    _tell_outside(counted, axes, "deal_id", "counted_qty", told)
    return counted


def _tell_outside(rows: pl.DataFrame, axes: Axes, key: str, qty: str, told: list[Told]) -> None:
    """Tell what belongs to no family of the plan, or to a month after its last one."""
    for what, family, amount in outside(rows, axes).select(key, "family", qty).iter_rows():
        if family in axes.families:
            told.append(Told("beyond_horizon", what, amount, message("Its month lies after the last month of the plan.")))
        else:
            told.append(Told("unknown_family", what, amount, message("“{family}” is no family of the plan.", family=family or "")))


def _rest(axes: Axes, forecast: pl.DataFrame, contracted: Numbers, deals: Numbers, told: list[Told]) -> Numbers:
    """Forecast without what is already counted as contract or deal, never below zero; not a number where nothing is forecast."""
    below = forecast.filter(pl.col("qty") < 0)
    told += [
        Told("forecast_below_zero", family, qty, message("A forecast below zero is counted as none."))
        for family, qty in below.select("family", "qty").iter_rows()
    ]
    rows = forecast.filter(pl.col("qty").is_not_null()).with_columns(pl.col("qty").clip(lower_bound=0.0))
    whole = grid(rows, axes, "qty", absent=np.nan)
    counted = contracted * (grid(rows.filter("has_contracts"), axes, "qty", np.nan) >= 0) + deals * (grid(rows.filter("has_deals"), axes, "qty", np.nan) >= 0)
    for family, row in zip(axes.families, whole, strict=True):
        if np.isnan(row).any():
            said = message("{n_months} months of the family have no forecast; their demand is unknown.", n_months=int(np.isnan(row).sum()))
            told.append(Told("no_forecast", family, None, said))
    return np.asarray(np.where(np.isnan(whole), np.nan, np.maximum(whole - counted, 0.0)))


def extended(known: Numbers, year_before: Numbers, without: float = np.nan) -> tuple[Numbers, Numbers]:
    """(forecast for all months, 1.0 where it was continued): beyond the last forecast month, last year's sales × the ratio seen so far.

    known: forecast, not a number beyond its horizon. year_before: sales of the same months one year before (of months that lie ahead
    themselves: the forecast of them goes on from there), not a number where unknown. The ratio of a family is Σ forecast ÷ Σ sales of the
    year before over the months that have both; where nothing was sold then, the mean of its known months goes on. without: the ratio of a family
    that nobody forecast at all but that did sell the year before (1 = as a year ago; not a number = it stays unknown).
    """
    filled, added = np.array(known, dtype=float), np.zeros(np.shape(known))
    both = ~np.isnan(known) & ~np.isnan(year_before)
    base = np.where(both, year_before, 0.0).sum(axis=-1)
    ratio = np.where(base > 0, np.where(both, known, 0.0).sum(axis=-1) / np.where(base > 0, base, 1.0), np.nan)
    count = (~np.isnan(known)).sum(axis=-1)
    ratio = np.where((count == 0) & (np.nansum(year_before, axis=-1) > 0), without, ratio)
    mean = np.where(count > 0, np.nansum(known, axis=-1) / np.maximum(count, 1), np.nan)
    for month in range(filled.shape[-1]):
        lacking = np.isnan(filled[..., month])
        own = filled[..., month - 12] if month >= 12 else np.full(filled.shape[:-1], np.nan)
        basis = np.where(np.isnan(own), year_before[..., month] * ratio, own)
        value = np.where(np.isnan(basis), mean, basis)
        filled[..., month] = np.where(lacking, value, filled[..., month])
        added[..., month] = np.where(lacking & ~np.isnan(filled[..., month]), 1.0, 0.0)
    return filled, added


# ── overrides ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Override:
    """One change of one month of a family. kind: `set` to a quantity, `add` a quantity (below zero: less), `share` of what stood there before
    (0.1 = 10 % more). layer: one of LAYERS. The rest is kept for whoever asks why."""

    family: str
    month: object
    layer: str
    kind: str
    value: float
    author: str = ""
    made_at: str = ""
    reason: str = ""
    text: str = ""
    override_id: str = ""


@dataclass(frozen=True)
class Layered:
    """demand: after all layers. after: layer -> demand after it, in the order of LAYERS (only layers that changed something).
    effects: one row an override: override_id, family, month, layer, kind, before_qty, after_qty, effect_qty, effect_value, author, reason."""

    demand: Numbers
    after: dict[str, Numbers]
    effects: pl.DataFrame


EFFECTS = ("override_id", "family", "month", "layer", "kind", "before_qty", "after_qty", "effect_qty", "effect_value", "author", "reason")


def layered(axes: Axes, base: Numbers, overrides: Sequence[Override], price: Numbers | float = np.nan) -> Layered:
    """Overrides on top of a base, layer by layer, within a layer in their order. price: for the effect in money, families × months.

    Raises Impossible, and changes nothing, for an override of a family or month that the plan does not have, of an unknown layer or kind, to
    less than nothing, of a demand that is unknown (only `set` can), or one that makes a demand negative.
    """
    demand, prices = np.array(base, dtype=float), np.broadcast_to(np.asarray(price, dtype=float), axes.shape)
    after: dict[str, Numbers] = {}
    rows = []
    for layer in (*LAYERS, *sorted({each.layer for each in overrides} - set(LAYERS))):
        for each in (each for each in overrides if each.layer == layer):
            row, column = _cell(axes, each)
            before = float(demand[row, column])
            changed = _changed(each, before)
            demand[row, column] = changed
            effect = changed if np.isnan(before) else changed - before
            worth = effect * float(prices[row, column])
            rows.append((each.override_id, each.family, each.month, layer, each.kind, before, changed, effect, worth, each.author, each.reason))
            after[layer] = demand.copy()
    kinds = dict.fromkeys(EFFECTS, pl.String()) | dict.fromkeys(("before_qty", "after_qty", "effect_qty", "effect_value"), pl.Float64()) | {"month": pl.Date()}
    return Layered(demand, after, pl.DataFrame(rows, schema=kinds, orient="row").with_columns(pl.col(pl.Float64).fill_nan(None)))


def fitting(axes: Axes, base: Numbers, overrides: Sequence[Override]) -> tuple[list[Override], list[tuple[Override, Message]]]:
    """(overrides that the plan can take, those that it cannot, with the reason). The data go on after an override was made: what it lessened may
    have become less, and its family may be gone. Such an override waits; it must not bring down the plan of everybody else."""
    taken: list[Override] = []
    waiting: list[tuple[Override, Message]] = []
    demand = np.array(base, dtype=float)
    for each in sorted(overrides, key=lambda each: LAYERS.index(each.layer) if each.layer in LAYERS else len(LAYERS)):
        try:
            place = _cell(axes, each)
            demand[place] = _changed(each, float(demand[place]))
        except Impossible as fault:
            waiting.append((each, fault.said))
        else:
            taken.append(each)
    return taken, waiting


def _cell(axes: Axes, each: Override) -> tuple[int, int]:
    places, months = axes.rows, {month: place for place, month in enumerate(axes.months)}
    if each.family not in places or each.month not in months:
        raise Impossible(
            message("The override is for {family} in {month}, which the plan does not have. Choose a family and a month of the plan.",
                    family=each.family, month=str(each.month))
        )  # fmt: skip
    if each.layer not in LAYERS or each.kind not in KINDS:
        raise Impossible(
            message("The override says “{layer}” and “{kind}”; a layer of {layers} and a kind of {kinds} were expected.",
                    layer=each.layer, kind=each.kind, layers=", ".join(LAYERS), kinds=", ".join(KINDS))
        )  # fmt: skip
    return places[each.family], months[each.month]  # type: ignore[index]


def _changed(each: Override, before: float) -> float:
    if not np.isfinite(each.value):
        raise Impossible(message("The override of {family} is no number. Give a quantity.", family=each.family))
    if each.kind == "set":
        if each.value < 0:
            raise Impossible(
                message("The override sets {family} to {found_qty}; demand cannot be below zero. Set 0 or more.", family=each.family, found_qty=each.value)
            )
        return float(each.value)
    if np.isnan(before):
        raise Impossible(message("The demand of {family} is unknown in that month, so nothing can be added to it. Set a quantity.", family=each.family))
    changed = before + each.value if each.kind == "add" else before * (1 + each.value)
    if changed < 0:
        raise Impossible(
            message("The override would make the demand of {family} {found_qty}: there are only {before_qty}. Take off less.",
                    family=each.family, found_qty=changed, before_qty=before)
        )  # fmt: skip
    return float(changed)


def below_contracts(axes: Axes, demand: Numbers, contracted: Numbers) -> pl.DataFrame:
    """Where a plan is below what was promised by contract: family, month, demand_qty, contract_qty, short_qty; the largest gap first.

    It is told, not refused: the meeting may decide so, but must know.
    """
    short = np.asarray(contracted - demand)
    rows = tall(axes, demand_qty=demand, contract_qty=contracted, short_qty=short)
    return rows.filter(pl.col("short_qty") > 1e-9).sort("short_qty", "family", "month", descending=[True, False, False])
