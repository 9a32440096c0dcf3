"""The book of terms: every measure, status and class of stock and dealers that is no KPI, said once, under the words that the pages use.

Labels that a page shows are taken from where the page takes them, and limits from the settings in force, so that the two cannot drift apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.answers.dead_stock_said import CLASS_NAMES
from engine.answers.scorecard_words import LABELS
from engine.answers.statuses import STATUS_WORDS
from engine.messages import Message, message

SUBJECTS: dict[str, Message] = {
    "supply": message("Replenishment"),
    "status": message("How a position stands"),
    "safety": message("Safety stock"),
    "channel": message("Channel"),
    "dead": message("Dead stock"),
    "age": message("Age and use of stock"),
    "dealer": message("Dealers"),
    "credit": message("Credit"),
    "scorecard": message("Scorecard"),
}


@dataclass(frozen=True)
class Term:
    """One term. formula: how it is reckoned, where it is a figure. source: where the rule comes from."""

    subject: str
    label: Message
    meaning: Message
    formula: Message | None = None
    source: str = ""


def terms(settings: Mapping[str, Any]) -> tuple[Term, ...]:
    """Every term, subject by subject, with the limits that are in force."""
    return (
        *_supply(),
        *_statuses(settings),
        *_safety(settings),
        *_channel(settings),
        *_dead(settings),
        *_use(),
        *_dealers(),
        *_credit(settings),
        *_card(settings),
    )


def _supply() -> tuple[Term, ...]:
    return (
        Term(
            "supply", message("Objective (ICO)"), message("Inventory control objective: the most that a position should come to when it is ordered for."),
            message("(order interval + lead time + safety days) × demand a working day"), "I7, course p. 104",
        ),
        Term(
            "supply", message("Position"), message("What one can count on."), message("on hand + under way − committed; on hand below zero counts as none"),
            "I7, course p. 104",
        ),
        Term(
            "supply", message("Demand a working day"), message("What is asked for on a working day, as if the article had always been there."),
            message("sold ÷ working days ÷ (1 − share of days out of stock) × adjustment"), "I7, course p. 102",
        ),
        Term(
            "supply", message("Reorder point"), message("Whoever falls below it should order today."),
            message("(lead time + safety days) × demand a working day"), "I7",
        ),
        Term(
            "supply", message("Suggested order"), message("What brings a position back to its objective."),
            message("objective − position, at least the minimum, rounded up to whole packs; 0 where nothing is needed"), "I7, course p. 104",
        ),
        Term(
            "supply", message("Sales at risk"), message("What is lost if nothing is ordered now."),
            message("demand that finds nothing until the order after this one arrives × price paid"), "I7",
        ),
        Term("supply", message("Lost sales"), message("What was not sold because the article was not there."), None, "I14"),
    )  # fmt: skip


def _statuses(settings: Mapping[str, Any]) -> tuple[Term, ...]:
    said = {
        "out": message("It is asked for, and nothing is on hand."),
        "out_before_arrival": message("An order made today would come too late."),
        "below": message("The position lies below its reorder point."),
        "fine": message("The position lies between reorder point and objective."),
        "above": message("The position lies above its objective, by less than what counts as excess."),
        "excess": message("The position is more than {times_ratio} times its objective.", times_ratio=float(settings["excess_objective_times"])),
        "no_demand": message("Nobody asks for it; all of it is excess, unless it is new."),
    }
    return tuple(Term("status", STATUS_WORDS[name], meaning, None, "I7") for name, meaning in said.items())


def _safety(settings: Mapping[str, Any]) -> tuple[Term, ...]:
    return (
        Term(
            "safety", message("Safety days"), message("Days of demand that are kept against surprise."),
            message("share of (order interval + lead time), by the replenishment rules"), "I7, course p. 104",
        ),
        Term(
            "safety", message("For {service_share} of cycles without a gap", service_share=float(settings["cycle_service_share"])),
            message("Safety stock by cycle service: so many order cycles of a hundred pass without running out."),
            message("so many deviations of the demand of lead time and interval as the normal curve asks for"), "I7, reference 2.8",
        ),
        Term(
            "safety", message("For {fill_share} of demand met", fill_share=float(settings["fill_rate_share"])),
            message("Safety stock by fill rate: so many pieces of a hundred that are asked for are met from stock."),
            message("so many deviations that the expected shortage of a cycle is (1 − share) × order quantity"), "I7, reference 2.8",
        ),
        Term(
            "safety", message("Intermittent demand"), message("An article that is asked for now and then, or slowly; the normal curve does not fit it."),
            message("negative binomial distribution, in whole pieces"), "I7, Syntetos and Boylan",
        ),
    )  # fmt: skip


def _channel(settings: Mapping[str, Any]) -> tuple[Term, ...]:
    return (
        Term("channel", message("Sell-in"), message("What we ship to dealers, returns deducted."), None, "I9"),
        Term("channel", message("Sell-through"), message("What dealers sell on."), None, "I9"),
        Term(
            "channel", message("Channel load"), message("Whether a dealer buys more than it sells on."),
            message("sell-in ÷ sell-through of {n_months} months", n_months=int(settings["channel_load_months"])), "I9, reference 2.10",
        ),
        Term(
            "channel", message("Stuffed"), message(
                "Channel load above {load_ratio} for {n_months} months running, and days of supply above the band.",
                load_ratio=float(settings["stuffing_load"]), n_months=int(settings["stuffing_months"]),
            ), None, "I9",
        ),
        Term("channel", message("Estimated"), message("Stock of an earlier report that is carried forward; never taken as nothing."), None, "I9"),
    )  # fmt: skip


def _dead(settings: Mapping[str, Any]) -> tuple[Term, ...]:
    months = int(settings["dead_after_months"])
    said = {
        "damaged_materials": message("Materials that are damaged or past their time."),
        "materials_without_set": message("Good materials of which no complete set can be made: in no recipe, of withdrawn products, or a mate is lacking."),
        "unsold_products": message(
            "Products of which nothing was sold for {n_months} months, returns deducted, and which lie here for longer.", n_months=months
        ),
        "gone_products": message("Products that are withdrawn, or past their shelf life."),
    }
    return tuple(Term("dead", CLASS_NAMES[name], meaning, None, "I4") for name, meaning in said.items())


def _use() -> tuple[Term, ...]:
    return (
        Term(
            "age", message("Age of stock"), message("How long a piece has been with the company; moving it between places does not make it younger."),
            message("day − day of the first receipt, first in, first out"), "I5, reference 2.5",
        ),
        Term(
            "age", message("Reserve"), message("What should be written off."),
            message("for each piece the largest of: by age, by excess, what its price does not bring back"), "I5",
        ),
        Term(
            "age", message("Excess"), message("What lies beyond what is needed: the objective of a position, or safety and working stock of an article."),
            None, "I6, I7",
        ),
        Term(
            "age", message("Cost of holding"), message("What the stock costs in a year."),
            message("stock at cost × (capital + storage + risk + people)"), "I10",
        ),
        Term(
            "age", message("Record accuracy"), message("How far the books can be trusted."),
            message("positions within tolerance ÷ positions counted"), "I8, course p. 110",
        ),
    )  # fmt: skip


def _dealers() -> tuple[Term, ...]:
    return (
        Term(
            "dealer", message("Contribution to margin (CTM)"), message("What a category or channel adds to the blended margin of a dealer."),
            message("share of sales × margin; all contributions add up to the blended margin"), "D3",
        ),
        Term(
            "dealer", message("Dealer's return on investment"), message("What a dealer earns in a year on what it has tied up."),
            message("net profit a year ÷ (stock + receivables + claims + fixed assets)"), "D3, reference 2.10",
        ),
        Term(
            "dealer", message("Plan changes"), message("Changes of orders after they were placed; a fee by their number and quantity beyond what is free."),
            None, "D7",
        ),
    )  # fmt: skip


def _credit(settings: Mapping[str, Any]) -> tuple[Term, ...]:
    return (
        Term(
            "credit", message("Exposure"), message("What we would lose if a dealer paid nothing any more."),
            message(
                "receivables + shipped, not invoiced + open orders wanted within {horizon_days} days − deposit − unapplied money",
                horizon_days=int(settings["credit_horizon_days"]),
            ), "D9, reference 2.10",
        ),
        Term("credit", message("Left of the limit"), message("What a dealer may still order."), message("limit − exposure"), "D9"),
        Term("credit", message("Unapplied money"), message("Payments that belong to no invoice, what was paid above one, and credit notes."), None, "D9"),
        Term(
            "credit", message("Mean days overdue"), message("How late what is owed is, weighed by money."),
            message("Σ amount × days overdue ÷ receivables"), "D9",
        ),
        Term("credit", message("Release a part"), message("The order may be shipped up to what is left of the limit."), None, "D9"),
    )  # fmt: skip


def _card(settings: Mapping[str, Any]) -> tuple[Term, ...]:
    weights = {row[0]: float(row[2]) for row in settings["scorecard_measures"]}
    measures = tuple(
        Term("scorecard", label, message("{code}: {weight} of 100 points.", code=name, weight=weights[name]), None, "D2")
        for name, label in LABELS.items()
        if name in weights
    )
    limits = [message("{tier} from {least_qty} points", tier=str(tier), least_qty=float(least)) for tier, least in settings["scorecard_bands"]]
    return (
        Term("scorecard", message("Tier"), message("How a dealer stands: {limits}.", limits=limits), None, "D2"),
        Term(
            "scorecard", message("not rated"),
            message("Less than {least_share} of the weight is measured, or reports are missing.", least_share=float(settings["scorecard_least_measured"])),
            None, "D2",
        ),
        *measures,
    )  # fmt: skip
