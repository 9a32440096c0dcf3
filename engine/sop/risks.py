"""Risks and opportunities: probability × impact for the sum, and the five largest as they are, because a rare catastrophe is no small one."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from engine.errors import Impossible
from engine.messages import message

TOP = 5


@dataclass(frozen=True)
class Chance:
    """A risk (impact below zero) or an opportunity (above). impact: money on the measure of the plan, if it happens. probability: 0–1."""

    name: str
    probability: float
    impact: float
    family: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Exposure:
    """expected: plan + Σ probability × impact. worst, best: if all risks, or all opportunities, happen. rows: every chance with kind and
    weighted_value; top: the five largest by impact, whatever their probability."""

    plan: float
    expected: float
    worst: float
    best: float
    rows: pl.DataFrame
    top: pl.DataFrame


def exposure(plan: float, chances: Iterable[Chance]) -> Exposure:
    """What may happen to a plan's figure. Raises Impossible for a probability that is none."""
    listed = list(chances)
    for each in listed:
        if not 0 <= each.probability <= 1:
            raise Impossible(
                message("“{name}” has a probability of {found_share}; a probability lies between 0 and 100 %. Correct it.",
                        name=each.name, found_share=each.probability)
            )  # fmt: skip
    kinds = {"name": pl.String, "family": pl.String, "owner": pl.String, "kind": pl.String, "probability": pl.Float64, "impact_value": pl.Float64}
    rows = pl.DataFrame(
        [(each.name, each.family, each.owner, "risk" if each.impact < 0 else "opportunity", each.probability, each.impact) for each in listed],
        schema=kinds, orient="row",
    ).with_columns((pl.col("probability") * pl.col("impact_value")).alias("weighted_value"))  # fmt: skip
    rows = rows.sort(pl.col("weighted_value").abs(), "name", descending=[True, False])
    largest = rows.sort(pl.col("impact_value").abs(), "name", descending=[True, False]).head(TOP)
    worst = plan + sum(each.impact for each in listed if each.impact < 0)
    best = plan + sum(each.impact for each in listed if each.impact > 0)
    return Exposure(plan, plan + float(rows["weighted_value"].sum()), worst, best, rows, largest)
