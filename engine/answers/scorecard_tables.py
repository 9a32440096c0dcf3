"""How the scorecard's tables are to be read, and its sentences."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from engine.answers.answer import Column
from engine.answers.measured import Measured
from engine.answers.scorecard_words import LABELS, WHYS, unit_of
from engine.dealers.scorecard import Measure
from engine.dealers.tiers import worst
from engine.messages import Message, message, plural

if TYPE_CHECKING:
    from engine.answers.scorecard import Scorecard

__all__ = ["LABELS", "columns_of", "contributions_of", "gate_said", "headline_of", "lever_said", "measures_of", "peer_said", "tier_why_said", "unrated_said"]

TIER = Column("tier", message("Tier"), "text")
PERSPECTIVES: dict[str, Message] = {
    "financial": message("Financial"),
    "customer": message("Customer"),
    "process": message("Process"),
    "growth": message("Growth"),
}
VOLUMES: dict[str, Message] = {
    "large": message("large volume"),
    "medium": message("medium volume"),
    "small": message("small volume"),
}


def gate_said(gate: str, cap: str) -> Message:
    """What a shut gate does to a tier; cap: the best tier behind it."""
    return {
        "active_diversion": message("Goods diverted on purpose in the last 12 months: at most tier {tier}.", tier=cap),
        "passive_diversion": message("Goods diverted again in the last 12 months: at most tier {tier}.", tier=cap),
        "referral": message("Diversion goes to the company's council: tier {tier}.", tier=cap),
        "overdue": message("Overdue for more than 60 days: at most tier {tier}, and orders wait.", tier=cap),
        "stuffed": message("Stuffed: more was sold in than sold on for months, and the stock lies above its band."),
        "unreported": message("No stock report for two months: not rated."),
    }.get(gate, Message(gate))


GATES: dict[str, Message] = {
    "active_diversion": message("diverted goods on purpose"),
    "passive_diversion": message("diverted goods again"),
    "referral": message("diversion before the council"),
    "overdue": message("overdue for more than 60 days"),
}


def tier_why_said(tier: str, reached: str, gates: Sequence[str], months: int, bands: Sequence[tuple[str, float]]) -> str:
    """Why a tier is not the one that the score reaches, as a Message: the gates that cap it, else that tiers move after some months only."""
    if gates:
        return message("Score of {reached}, but: {gates}", reached=reached, gates=[GATES.get(gate, Message(gate)) for gate in gates]).to_json()
    if worst((tier, reached), bands) == tier:
        return plural(
            "Score of {reached}; rises after {n} month in a row", "Score of {reached}; rises after {n} months in a row", n=months, reached=reached
        ).to_json()  # fmt: skip
    return plural(
        "Score of {reached}; falls after {n} month in a row", "Score of {reached}; falls after {n} months in a row", n=months, reached=reached
    ).to_json()  # fmt: skip


STEPS = {"share": 0.01, "points": 0.01, "days": 1.0}
"""One step of a measure, by its unit: a percentage point, a day."""


def columns_of(measures: Sequence[Measure]) -> tuple[Column, ...]:
    """Keys, score, tier, one column a measure (its score), then where the dealer stands among its peers and what is to be done."""
    return (
        Column("dealer_id", message("Dealer"), "code"),
        Column("score", message("Score"), "score", "up"),
        TIER,
        Column("tier_why", message("Why this tier"), "message"),
        Column("dealer_name", message("Name"), "text"),
        Column("peer", message("Compared with"), "message"),
        Column("peer_rank", message("Place"), "count"),
        Column("peers", message("of"), "count"),
        Column("lever", message("Cheapest way up"), "message"),
        Column("gate", message("What caps it"), "message"),
        *(Column(one.code, Message("{code} {label}", (("code", one.code), ("label", LABELS[one.code]))), "score", "up") for one in measures),
        Column("measured_weight", message("Weight that is measured"), "score"),
        Column("reached", message("Tier of the score"), "text"),
        Column("region", message("Region"), "text"),
        Column("city_tier", message("City tier"), "text"),
        Column("is_held", message("Orders wait"), "flag"),
        Column("why_unknown", message("Why not rated"), "message"),
    )


def contributions_of(found: "Scorecard", dealers: Sequence[str]) -> pl.DataFrame:
    """One row a dealer and measure of the newest month: dealer_id, measure, label and perspective (Messages as JSON), unit, value, score, weight,
    weight_in_force, contribution, room, step, per_step (points of the whole for one step), why_unknown."""
    now = found.rows.filter(pl.col("month") == found.newest, pl.col("dealer_id").is_in(list(dealers)))
    codes = [one.code for one in found.measures]
    labels, whys = ({code: texts[code].to_json() for code in codes} for texts in (LABELS, WHYS))
    units = {code: unit_of(code) for code in codes}
    steps = {code: STEPS[unit] for code, unit in units.items()}
    word = pl.col("measure")
    return now.select(
        "dealer_id", "measure",
        word.replace_strict(labels, return_dtype=pl.String).alias("label"),
        pl.col("perspective").replace_strict({name: said.to_json() for name, said in PERSPECTIVES.items()}, return_dtype=pl.String).alias("perspective"),
        word.replace_strict(units, return_dtype=pl.String).alias("unit"),
        "value", "score", "weight", "weight_in_force", "contribution", "room",
        word.replace_strict(steps, return_dtype=pl.Float64).alias("step"),
        (pl.col("per_unit") * word.replace_strict(steps, return_dtype=pl.Float64)).alias("per_step"),
        pl.when(pl.col("score").is_null()).then(word.replace_strict(whys, return_dtype=pl.String)).alias("why_unknown"),
    )  # fmt: skip


def lever_said(row: dict[str, Any]) -> str:
    """What a measure would have to become, as a Message: the value to reach and the points that this gives."""
    unit, label, target = unit_of(row["measure"]), LABELS[row["measure"]], row["target"]
    points = {"label": label, "gain_score": row["points"], "tier": row["next_tier"]}
    if unit == "days":
        said = message("{label}: to {target_days} days gives {gain_score} points", target_days=target, **points)
        enough = message("{label}: to {target_days} days gives {gain_score} points, tier {tier}", target_days=target, **points)
    elif unit == "points":
        said = message("{label}: to {target_points} gives {gain_score} points", target_points=target, **points)
        enough = message("{label}: to {target_points} gives {gain_score} points, tier {tier}", target_points=target, **points)
    else:
        said = message("{label}: to {target_share} gives {gain_score} points", target_share=target, **points)
        enough = message("{label}: to {target_share} gives {gain_score} points, tier {tier}", target_share=target, **points)
    return (enough if row["is_enough"] else said).to_json()


def peer_said(city_tier: str | None, volume: str) -> str:
    """The group of a dealer, as a Message."""
    return message("city tier {city_tier}, {volume}", city_tier=city_tier, volume=VOLUMES.get(volume, Message(volume))).to_json()


def unrated_said(row: dict[str, Any]) -> str | None:
    """Why a dealer has no score, as a Message; None where it has one."""
    if row["score"] is not None:
        return None
    if "unreported" in row["gates"]:
        return gate_said("unreported", "unrated").to_json()
    return message("Only {measured_share} of the weight is measured.", measured_share=row["measured_weight"] / 100).to_json()


def headline_of(frame: pl.DataFrame, bands: Sequence[tuple[str, float]]) -> Message:
    """How many dealers stand in the worst and in the best tier, and how many cannot be rated."""
    counts = dict(frame.group_by("tier").len().iter_rows())
    rated = frame.filter(pl.col("score").is_not_null()).height
    best, worst = bands[0][0], bands[-1][0]
    said = {"worst": worst, "best": best, "best_n": counts.get(best, 0), "unrated_n": counts.get("unrated", 0)}
    if not rated:
        return message("No dealer can be rated with these data.")
    if counts.get(worst):
        return plural(
            "{n} dealer stands in tier {worst}, {best_n} in {best}; {unrated_n} cannot be rated.",
            "{n} dealers stand in tier {worst}, {best_n} in {best}; {unrated_n} cannot be rated.",
            n=counts[worst], **said,
        )  # fmt: skip
    return plural(
        "{n} dealer is rated, none in tier {worst}; {best_n} in {best}, {unrated_n} cannot be rated.",
        "{n} dealers are rated, none in tier {worst}; {best_n} in {best}, {unrated_n} cannot be rated.",
        n=rated, **said,
    )  # fmt: skip


def measures_of(frame: pl.DataFrame, bands: Sequence[tuple[str, float]]) -> tuple[Measured, ...]:
    """How many dealers stand in each tier, how many are not rated, how many orders wait for the overdue."""
    counts = dict(frame.group_by("tier").len().iter_rows())
    told = []
    for name, limit in bands:
        how = message("A score of {least_score} or more, and no gate that caps it.", least_score=limit)
        told.append(Measured(message("Tier {tier}", tier=name), counts.get(name, 0), "count", how))
    return (
        *told,
        Measured(message("Not rated"), counts.get("unrated", 0), "count", message("No stock report for two months, or too little is measured.")),
        Measured(message("Dealers whose orders wait"), int(frame["is_held"].sum() or 0), "count", message("Too much is overdue for more than 60 days.")),
    )
