"""From the budget to the latest call: volume, mix, price and cost, in money, so that they add up to the gap exactly.

Volume is measured at budget prices: families are counted in different units, so that pieces of one and cases of another cannot be added. It is
what the gap would be if every family had moved by the same share; mix is what the families' different movements add to that.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

STEPS = ("volume", "mix", "price", "cost", "not_split")
REVENUE_STEPS = ("volume", "mix", "price", "not_split")


@dataclass(frozen=True)
class Bridge:
    """budget + Σ steps = actual, to the last digit that a computer keeps. steps: in the order of STEPS (or REVENUE_STEPS). rows: the steps of each
    family: family, budget_value, actual_value, one column a step, total_value, has_budget, has_actual; the largest movement first."""

    budget: float
    actual: float
    steps: Mapping[str, float]
    rows: pl.DataFrame

    @property
    def gap(self) -> float:
        """Actual − budget."""
        return math.fsum((self.actual, -self.budget))


def margin_bridge(frame: pl.DataFrame) -> Bridge:
    """From the budget's margin to the actual (or planned) one.

    frame: family, budget_qty, budget_value (net sales), budget_margin_value, qty, value, margin_value; null for what is not known. A family
    without quantities cannot be split: all of its gap is in not_split. One without a budget (or no longer sold) moves volume and mix
    only: it has no price to differ from.
    """
    return _bridge(frame, "budget_margin_value", "margin_value", STEPS)


def revenue_bridge(frame: pl.DataFrame) -> Bridge:
    """From the budget's net sales to the actual (or planned) ones; the same frame, of which margins are not needed."""
    return _bridge(frame, "budget_value", "value", REVENUE_STEPS)


def _bridge(frame: pl.DataFrame, budgeted: str, reached: str, names: tuple[str, ...]) -> Bridge:
    rows = [_parts(row, budgeted, reached) for row in frame.iter_rows(named=True)]
    splittable = [row for row in rows if row["is_split"]]
    budget_sales = math.fsum(row["budget_sales"] for row in splittable)
    at_budget = math.fsum(row["sales_at_budget"] for row in splittable)
    base = math.fsum(row["budget"] for row in splittable)
    growth = at_budget / budget_sales - 1 if budget_sales > 0 else 0.0
    found = []
    for row in rows:
        volume = row["budget"] * growth if row["is_split"] else 0.0
        moved = row["at_budget_rates"] - row["budget"] if row["is_split"] else 0.0
        steps = {"volume": volume, "mix": moved - volume, "price": row["price"], "cost": row["cost"]}
        steps["not_split"] = 0.0 if row["is_split"] else row["actual"] - row["budget"]
        if "cost" not in names:
            steps.pop("cost")
        ends = {"budget_value": row["budget"], "actual_value": row["actual"], "total_value": row["actual"] - row["budget"]}
        found.append({"family": row["family"], **ends, **steps, "has_budget": row["has_budget"], "has_actual": row["has_actual"]})
    budget, actual = math.fsum(row["budget"] for row in rows), math.fsum(row["actual"] for row in rows)
    totals = {name: math.fsum(row[name] for row in found) for name in names if name not in ("volume", "mix")}
    totals["volume"] = base * growth
    totals["mix"] = math.fsum((actual, -budget, *(-value for value in totals.values())))
    kinds = {"family": pl.String, **dict.fromkeys(("budget_value", "actual_value", *names, "total_value"), pl.Float64)}
    kinds |= {"has_budget": pl.Boolean, "has_actual": pl.Boolean}
    listed = pl.DataFrame(found, schema=kinds).sort(pl.col("total_value").abs(), "family", descending=[True, False])
    return Bridge(budget, actual, {name: totals[name] for name in names}, listed)


def _parts(row: Mapping[str, Any], budgeted: str, reached: str) -> dict[str, Any]:
    """What one family brings to the steps. price = (price − budget price) × quantity, cost the same of unit costs with the opposite sign."""

    def of(name: str) -> float:
        return float(row.get(name) or 0.0)

    has_budget, has_actual = row.get("budget_value") is not None, row.get("value") is not None
    is_margin = budgeted == "budget_margin_value"
    needed = (("budget_qty", budgeted) if has_budget else ()) + (("qty", reached) if has_actual else ())
    known = all(row.get(name) is not None for name in needed)
    parts: dict[str, Any] = {"family": row["family"], "budget": of(budgeted), "actual": of(reached), "has_budget": has_budget, "has_actual": has_actual}
    if known and of("budget_qty") > 0:
        ratio = of("qty") / of("budget_qty")
        own, budget = of("value") - of("margin_value"), of("budget_value") - of("budget_margin_value")
        return parts | {
            "is_split": True, "budget_sales": of("budget_value"), "sales_at_budget": of("budget_value") * ratio, "at_budget_rates": of(budgeted) * ratio,
            "price": of("value") - of("budget_value") * ratio, "cost": budget * ratio - own if is_margin else 0.0,
        }  # fmt: skip
    if known and not of("budget_value"):  # nothing budgeted: its own price stands for the budget's
        return parts | {
            "is_split": True, "budget_sales": 0.0, "sales_at_budget": of("value"), "at_budget_rates": of(reached), "price": 0.0, "cost": 0.0,
        }  # fmt: skip
    return parts | {"is_split": False, "budget_sales": 0.0, "sales_at_budget": 0.0, "at_budget_rates": 0.0, "price": 0.0, "cost": 0.0}


@dataclass(frozen=True)
class Moved:
    """What changed one figure between two versions of a plan. steps: cause -> money; before + Σ steps = after."""

    before: float
    after: float
    steps: Mapping[str, float]


def waterfall(before: pl.DataFrame, after: pl.DataFrame, causes: Mapping[tuple[str, object], str], value: str = "value") -> Moved:
    """From one version to the next by cause. Both: family, month, value. causes: (family, month) -> why that cell changed.

    A family that only the later version has is `new_family`, one that it lost is `dropped_family`; months that only one version knows are
    `horizon`; a change that nobody explained is `not_explained`.
    """
    old, new = (
        {(family, month): float(money or 0.0) for family, month, money in frame.select("family", "month", value).iter_rows()} for frame in (before, after)
    )
    families = {family for family, _ in old}, {family for family, _ in new}
    months = {month for _, month in old}, {month for _, month in new}
    moved: dict[str, list[float]] = {}
    for cell in sorted(old.keys() | new.keys(), key=repr):
        change = new.get(cell, 0.0) - old.get(cell, 0.0)
        if change == 0:
            continue
        family, month = cell
        if family not in families[0]:
            cause = "new_family"
        elif family not in families[1]:
            cause = "dropped_family"
        elif month not in months[0] or month not in months[1]:
            cause = "horizon"
        else:
            cause = causes.get(cell, "not_explained")
        moved.setdefault(cause, []).append(change)
    steps = {cause: math.fsum(changes) for cause, changes in moved.items()}
    return Moved(math.fsum(old.values()), math.fsum(new.values()), dict(sorted(steps.items(), key=lambda each: -abs(each[1]))))
