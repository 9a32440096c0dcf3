"""The pieces of the page on the scorecard."""

import polars as pl
import streamlit as st

from engine.answers.answer import Answer, Column
from engine.language import NOT_APPLICABLE
from engine.messages import message
from pages.parts import rooms, tables, text
from pages.parts.frame import address
from pages.parts.view import View

RANKING = ("peer", "peer_rank", "dealer_name", "tier", "score", "tier_why", "lever", "why_unknown")
STEPS = (
    Column("label", message("Measure"), "message"),
    Column("perspective", message("Perspective"), "message"),
    Column("measured", message("Measured"), "text"),
    Column("score", message("Score"), "score"),
    Column("weight", message("Weight"), "score"),
    Column("weight_in_force", message("Weight in force"), "score"),
    Column("contribution", message("Points given"), "score"),
    Column("per_step", message("Points for one step more"), "ratio"),
    Column("why_unknown", message("Why not measured"), "message"),
)
CONSEQUENCES = (
    Column("tier", message("Tier"), "text"),
    Column("credit_days", message("Credit days"), "days"),
    Column("rebate_share", message("Rebate pool"), "share"),
    Column("promotion_share", message("Promotion budget"), "share"),
    Column("visits", message("Visits a month"), "count"),
    Column("review_months", message("Months between reviews"), "count"),
    Column("has_exit_plan", message("Exit plan"), "flag"),
)


def ranking(view: View, answer: Answer) -> str | None:
    """The dealers, group by group, the best first; returns the one that was clicked, else the first that has a score."""
    tables.headed(view, answer, message("Ranked among peers: same city tier, same volume"), "scorecard")
    columns = [column for name in RANKING for column in answer.columns if column.name == name]
    picked = tables.rows(view, answer.frame, columns, alt=view.say(answer.headline), key="ranking", pick=True, tallest=702)
    if picked is not None:
        return str(picked["dealer_id"])
    rated = answer.frame.filter(pl.col("score").is_not_null())
    first = rated if rated.height else answer.frame
    return str(first["dealer_id"][0]) if first.height else None


def named(view: View, answer: Answer, dealer: str) -> None:
    """Whose card it is, with the way to its page."""
    row = answer.frame.row(by_predicate=pl.col("dealer_id") == dealer, named=True)
    page = rooms.page_named("dealer")
    said = message("{name}: tier {tier}, {score} points", name=row["dealer_name"] or dealer, tier=row["tier"], score=row["score"])
    if row["score"] is None:
        said = message("{name}: not rated", name=row["dealer_name"] or dealer)
    st.page_link(page.file, label=f"**{text.label(view.say(said))}**", query_params=address.link({"dealer_id": [dealer]}))


def steps(view: View, answer: Answer, dealer: str | None) -> None:
    """Every measure of one dealer: what was measured, what it gives, what one step more would give."""
    if dealer is None:
        return
    found = answer.extra["contributions"].filter(pl.col("dealer_id") == dealer)
    values = ["" if row["value"] is None else view.text(row["value"], row["unit"]) for row in found.iter_rows(named=True)]
    shown = found.with_columns(pl.Series("measured", values, dtype=pl.String))
    text.heading(view.say(message("Measure by measure")), view.say(message("one step is a percentage point, or a day")))
    tables.rows(view, shown, STEPS, alt=view.say(message("Measure by measure")), key="steps", bars=("contribution",), nothing=NOT_APPLICABLE)


def consequences(view: View, answer: Answer) -> None:
    """What follows from each tier."""
    text.heading(view.say(message("What follows from a tier")))
    tables.rows(view, answer.extra["consequences"], CONSEQUENCES, alt=view.say(message("What follows from a tier")), key="consequences")
