"""Which categories and channels make the margin of dealers, and what one of them must become for a target."""

import polars as pl

from engine.answers.answer import Answer
from engine.answers.dealer_profit import profit_months
from engine.answers.periods import end_of
from engine.answers.picking import pick_of
from engine.answers.profit_tables import CTM_COLUMNS
from engine.answers.source import Source, remembered
from engine.dealers import ctm as parts_of
from engine.errors import BadUse
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection

PARTS = ("category", "channel")


def ctm(warehouse: object, selection: Selection, scope: Scope, part: str = "category", weight: str = "net_value") -> Answer:
    """Which categories (or channels) make the blended margin of the chosen dealers (frame: CTM_COLUMNS, keyed by `part`).

    part: category or channel. weight: `qty` takes shares of volume instead of value, with a warning. facts: `blended`, `unreported` (share of sales
    without a part). Raises BadUse for another part or weight.
    """
    answer: Answer = _ctm(warehouse, selection, scope, part, weight)
    return answer


@remembered
def _ctm(source: Source, selection: Selection, scope: Scope, part: str, weight: str) -> Answer:
    if part not in PARTS or weight not in ("net_value", "qty"):
        raise BadUse(message("Contribution to margin is told by {parts}, with shares of value or of quantity.", parts=", ".join(PARTS)))
    months = profit_months(source, selection)
    dealers = pick_of(source, selection, scope).dealers
    reach = (months[0], months[-1]) if months else (None, None)
    rows = source.read("dealer_mix_months", first_month=reach[0], last_month=reach[1], dealers=dealers)
    found = parts_of.contributions(rows.with_columns(pl.col("qty").fill_null(0.0)), part, weight)
    margin = parts_of.blended(found)
    columns = tuple(column for column in CTM_COLUMNS if column.name not in PARTS or column.name == part)
    return Answer(
        name="ctm",
        headline=_ctm_headline(found, part, margin),
        frame=found,
        columns=columns,
        version=source.version,
        first=months[0] if months else None,
        last=end_of(months[-1]) if months else None,
        notes=(parts_of.BY_VOLUME,) if weight == "qty" else (),
        missing=() if source.has("dealer_mix") else ("dealer_mix",),
        facts={"blended": margin, "part": part},
        scope=scope,
        selection=selection,
    )


def _ctm_headline(found: pl.DataFrame, part: str, margin: float | None) -> Message:
    if margin is None:
        return message("Nothing was sold, so there is no margin to tell apart.")
    largest = found.row(0, named=True)
    return message(
        "The blended margin is {margin_share}; {part} brings {most_points} of it.",
        margin_share=margin,
        part=largest[part] or message("not told"),
        most_points=largest["ctm"],
    )


def needed(answer: Answer, name: str | None, target: float) -> parts_of.Needed:
    """What one category (or channel) of a `ctm` answer must become for a blended margin of `target` (a share)."""
    return parts_of.needed(answer.frame, answer.facts["part"], name, target)
