"""What the page of safety stock says: its columns, figures, sentences, and the arithmetic of one row."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from engine.answers.answer import Column
from engine.answers.measured import Measured
from engine.answers.safety_demand import ERRORS
from engine.answers.source import Source
from engine.messages import Message, message, plural

WHYS: dict[str, Message] = {
    "no_target": message("No stock meets every demand: the aims in the settings must lie between 0 and 100 %."),
    "no_recipe": message("No recipe uses it and nothing of it was used, so its demand is unknown."),
    "new": message("It is known for too few whole months to say how its demand varies."),
    "no_sales": message("Nothing of it was asked for in these months, so there is no demand to keep stock for."),
    "no_lead_time": message("Its lead time is not known."),
    "short_history": message("Interval and lead time together are longer than its history."),
}
"""Why nothing can be said of a row, the first that holds."""

NO_RULE = message("Safety days are kept for products at places, not for materials.")


def columns(settings: Mapping[str, Any]) -> tuple[Column, ...]:
    """The main table: both aims under names of their own, each with what it reaches of the other, and what is kept today."""
    service, fill = float(settings["cycle_service_share"]), float(settings["fill_rate_share"])
    return (
        Column("location_id", message("Location"), "code"),
        Column("sku", message("Product"), "code"),
        Column("item_name", message("Name"), "text"),
        Column("now_qty", message("Kept today"), "qty"),
        Column("cycle_qty", message("For {service_share} of cycles", service_share=service), "qty"),
        Column("cycle_gap_value", message("Gap to it"), "money"),
        Column("fill_qty", message("For {fill_share} of demand", fill_share=fill), "qty"),
        Column("fill_gap_value", message("Gap to that"), "money"),
        Column("cycle_fill_share", message("The first meets of demand"), "share"),
        Column("fill_cycle_share", message("The second covers of cycles"), "share"),
        Column("now_value", message("Kept today, at cost"), "money"),
        Column("cycle_value", message("For the cycles, at cost"), "money"),
        Column("fill_value", message("For demand met, at cost"), "money"),
        Column("safety_rule", message("Rule"), "text"),
        Column("daily_qty", message("Demand a working day"), "qty"),
        Column("deviation_qty", message("Its deviation (σ)"), "qty"),
        Column("deviation_from", message("Deviation of"), "text"),
        Column("known_months", message("Months known"), "count"),
        Column("lead_days", message("Lead time"), "days"),
        Column("lead_deviation_days", message("Its deviation"), "days"),
        Column("interval_days", message("Order interval"), "days"),
        Column("required_why", message("Why unknown"), "message"),
    )


def _sums(frame: pl.DataFrame) -> dict[str, float]:
    """Money of the rows in which all is known: now, cycle, fill, and by each aim what to add and what could be freed."""
    known = frame.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in ("now_value", "cycle_value", "fill_value")))
    found = {name: float(known[f"{name}_value"].sum() or 0.0) for name in ("now", "cycle", "fill")}
    for aim in ("cycle", "fill"):
        gap = known[f"{aim}_gap_value"]
        found[f"{aim}_more"], found[f"{aim}_less"] = float(gap.clip(lower_bound=0.0).sum()), float(-gap.clip(upper_bound=0.0).sum())
    return found


def headline(frame: pl.DataFrame, settings: Mapping[str, Any]) -> Message:
    """The page's first sentence."""
    if frame.is_empty():
        return message("No place is known that is supplied.")
    if frame["cycle_value"].null_count() == frame.height:
        return message("Of no article is enough known to say how much safety stock it needs.")
    sums = _sums(frame)
    if frame["now_value"].null_count() == frame.height:
        return message(
            "{service_share} of cycles without a gap take {cycle_money} of safety stock; meeting {fill_share} of demand takes {fill_money}.",
            service_share=float(settings["cycle_service_share"]), cycle_money=float(frame["cycle_value"].sum() or 0.0),
            fill_share=float(settings["fill_rate_share"]), fill_money=float(frame["fill_value"].sum() or 0.0),
        )  # fmt: skip
    return message(
        "Safety days keep {now_money} today; {service_share} of cycles without a gap take {cycle_money}, meeting {fill_share} of demand takes {fill_money}.",
        now_money=sums["now"], service_share=float(settings["cycle_service_share"]), cycle_money=sums["cycle"],
        fill_share=float(settings["fill_rate_share"]), fill_money=sums["fill"],
    )  # fmt: skip


def measures(frame: pl.DataFrame, settings: Mapping[str, Any]) -> tuple[Measured, ...]:
    """Kept today, what each aim asks for, and by the aim of the settings what is lacking and what is too much."""
    sums, is_cycle = _sums(frame), settings["safety_aim"] == "cycle_service"
    aim = "cycle" if is_cycle else "fill"
    by = message("cycles without a gap") if is_cycle else message("demand met")
    return (
        Measured(
            message("Kept today"), sums["now"], "money", message("Safety days of the replenishment rules × demand a working day, at cost.")
        ),
        Measured(
            message("For {service_share} of cycles", service_share=float(settings["cycle_service_share"])), sums["cycle"], "money",
            message("So that this share of order cycles passes without running out."),
        ),
        Measured(
            message("For {fill_share} of demand", fill_share=float(settings["fill_rate_share"])), sums["fill"], "money",
            message("So that this share of all pieces that are asked for is met from stock."),
        ),
        Measured(
            message("Lacking"), sums[f"{aim}_more"], "money",
            message("Where less is kept than is needed, by {aim}; which aim counts here is a setting.", aim=by),
        ),
        Measured(message("More than needed"), sums[f"{aim}_less"], "money", message("Where more is kept than is needed, by {aim}.", aim=by)),
    )  # fmt: skip


def notes(source: Source, frame: pl.DataFrame, gone: int) -> tuple[Message, ...]:
    """What one should know of the figures."""
    settings = source.settings
    found = [
        message("A gap is what an aim asks for less what is kept today, at cost; below zero it could be freed."),
        message(
            "The two aims are different things: one counts order cycles that pass without a gap, the other the pieces that are met; neither stands for "
            "the other."
        ),
        message("Deviation of the demand of interval and lead time: √((L + R)·σ² + d²·σL²); σ of forecast errors where forecasts exist, else of the demand."),
        message(
            "No table says how late goods came: the deviation of a lead time is taken as {deviation_share} of it.",
            deviation_share=float(settings["lead_time_deviation_share"]),
        ),
    ]
    clumped = frame.filter(pl.col("safety_rule") == "intermittent").height
    if clumped:
        found.append(
            plural(
                "{n} row comes in clumps or slowly; it follows the negative binomial distribution, in whole pieces.",
                "{n} rows come in clumps or slowly; they follow the negative binomial distribution, in whole pieces.",
                n=clumped,
            )
        )
    by_demand = frame.filter(pl.col("deviation_from") != ERRORS, pl.col("required_why").is_null()).height
    if by_demand:
        found.append(
            plural(
                "Of {n} row there are too few forecasts: its deviation is that of the demand, seasons included.",
                "Of {n} rows there are too few forecasts: their deviation is that of the demand, seasons included.",
                n=by_demand,
            )
        )
    unknown = frame.filter(pl.col("required_why").is_not_null())
    if unknown.height:
        found.append(
            plural(
                "Of {n} row nothing can be said; the table says why. It is in no sum; {kept_money} are kept for it today.",
                "Of {n} rows nothing can be said; the table says why. They are in no sum; {kept_money} are kept for them today.",
                n=unknown.height, kept_money=float(unknown["now_value"].sum() or 0.0),
            )
        )  # fmt: skip
    if gone:
        found.append(plural("{n} position of a withdrawn article is left out.", "{n} positions of withdrawn articles are left out.", n=gone))
    if frame["location_id"].null_count():
        found.append(message("Materials are reckoned over all our places together, from what production used; safety days are kept for products only."))
    return tuple(found)


def explained(row: Mapping[str, Any], aims: tuple[float, float]) -> tuple[Message, ...]:
    """How the figures of one row (of `rows`) come about, with the numbers put in. aims: cycle service, fill rate."""
    said = []
    if row["daily_qty"] is not None and row["deviation_qty"] is not None:
        of = message("forecast errors") if row["deviation_from"] == ERRORS else message("the demand")
        said.append(
            message(
                "{daily_qty} pieces are asked for on a working day; the deviation of {of} is {deviation_qty} a day, from {n_months} months.",
                daily_qty=row["daily_qty"], of=of, deviation_qty=row["deviation_qty"], n_months=row["known_months"],
            )
        )  # fmt: skip
    if row["required_why"] is not None:
        return (*said, Message.from_json(row["required_why"]))
    said.append(
        message(
            "Lead time {lead_days} days (deviation {lead_deviation_days}) and interval {interval_days} days ask for {cover_qty} pieces, with a deviation of "
            "{cover_deviation_qty}.",
            lead_days=row["lead_days"], lead_deviation_days=row["lead_deviation_days"], interval_days=row["interval_days"], cover_qty=row["cover_qty"],
            cover_deviation_qty=row["cover_deviation_qty"],
        )
    )  # fmt: skip
    said.append(
        message(
            "{service_share} of cycles without a gap: {factor_ratio} deviations = {cycle_qty} pieces; they meet {reached_share} of the demand.",
            service_share=aims[0], factor_ratio=row["cycle_factor"], cycle_qty=row["cycle_qty"],
            reached_share=row["cycle_fill_share"],
        )
    )  # fmt: skip
    said.append(
        message(
            "{fill_share} of demand met with orders of {order_qty}: {factor_ratio} deviations = {fill_qty} pieces; {reached_share} of cycles pass without "
            "a gap.",
            fill_share=aims[1], order_qty=row["cycle_order_qty"], factor_ratio=row["fill_factor"], fill_qty=row["fill_qty"],
            reached_share=row["fill_cycle_share"],
        )
    )  # fmt: skip
    if row["safety_rule"] == "intermittent":
        said.append(message("It comes in clumps or slowly: the stock is the fewest whole pieces that do, by the negative binomial distribution."))
    if row["now_qty"] is None:
        said.append(NO_RULE)
    else:
        said.append(message("Its safety days keep {now_qty} pieces today, {now_money} at cost.", now_qty=row["now_qty"], now_money=row["now_value"] or 0.0))
    return tuple(said)
