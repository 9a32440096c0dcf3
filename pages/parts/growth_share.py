"""Pieces of the page BCG: the level, the sphere, where the lines stand, the picture with its trail, and the way down from group to line to product."""

from typing import Any

import polars as pl
import streamlit as st

from engine import figures
from engine.answers.answer import Answer
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message
from pages.parts import assortment, tables, text
from pages.parts.charts import chart, look
from pages.parts.frame import address
from pages.parts.view import View

LEVELS: dict[str, Message] = {"group": message("Groups"), "line": message("Lines"), "sku": message("Products")}
BELOW = {"group": ("line", "product_group"), "line": ("sku", "line_id")}
"""Level -> the level that a click leads to, and what it is narrowed to there."""
NAMES = {"group": "product_group", "line": "line_name", "sku": "product_name"}
KEYS = {"group": "product_group", "line": "line_id", "sku": "sku"}
PERCENT = 100


def level() -> str:
    """Groups, lines or products, as the address says."""
    return address.one_of("level", LEVELS, "line")


def levels(view: View) -> None:
    """The choice of what is compared."""
    assortment.choice(view, "level", message("Compared"), LEVELS, "line")


def moved(name: str) -> str:
    """Where somebody moved a line to, as a share; "" = where the settings put it."""
    given = address.only(name)
    try:
        return "" if given is None else str(float(given) / PERCENT)
    except ValueError:
        return ""


def sliders(view: View, answer: Answer, sphere: str) -> None:
    """Where the two lines stand, to be moved; the address keeps it, and one click gives the settings back."""
    line = answer.extra["thresholds"].filter(pl.col("sphere") == sphere)
    if line.is_empty():
        return
    stands = line.row(0, named=True)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        _slider(view, "growth", message("Line of growth, %"), stands["growth_line"], -PERCENT, 2 * PERCENT)
        _slider(view, "share", message("Line of profit share, %"), stands["share_line"], 0, PERCENT)
        if (address.only("growth") or address.only("share")) and st.button(view.say(message("As the settings say")), key="lines-back", type="tertiary"):
            address.write("growth", [])
            address.write("share", [])
            st.rerun()


def _slider(view: View, name: str, said: Message, stands: float | None, low: int, high: int) -> None:
    key = f"gr-line-{name}"
    st.session_state[key] = min(max(int((stands or 0.0) * PERCENT), low), high)
    st.slider(view.say(said), low, high, key=key, on_change=address.heard, args=(name, key), width=280)


def picture(view: View, answer: Answer, sphere: str) -> None:
    """The matrix of one sphere with the way since the review before; a click goes one level down."""
    level = answer.facts["level"]
    mine = answer.frame.filter(pl.col("sphere") == sphere)
    named = mine.with_columns(pl.coalesce(NAMES[level], KEYS[level]).alias("label"), pl.col(KEYS[level]).alias("key"))
    line = answer.extra["thresholds"].filter(pl.col("sphere") == sphere).row(0, named=True)
    title = message("Growth and share of profit within {sphere}", sphere=sphere)
    drawn = figures.growth_share(
        named, look(view), growth_line=line["growth_line"], share_line=line["share_line"],
        means=(answer.facts["growth_means"], answer.facts["share_means"]), words=answer.facts["quadrants"], label=title, trail=_ways(answer, sphere),
    )  # fmt: skip
    below = (
        message("area: turnover; arrow: since the review a quarter before")
        if level == "sku"
        else message("area: turnover; arrow: since the review a quarter before; click one to go into it")
    )
    clicked = chart(view, title, drawn, view.say(below), key=f"bcg-{level}-{sphere}", height=460, pick=level in BELOW)
    if clicked and clicked[0] is not None and level in BELOW:
        down, key = BELOW[level]
        st.query_params.from_dict(address.link({"level": [down], key: [str(clicked[0])], "sphere": [sphere], assortment.SPHERE: [sphere]}))
        st.rerun()


def _ways(answer: Answer, sphere: str) -> list[tuple[float, float, float, float, float]]:
    """Share and growth now and in the review before, of whatever has both; the ten largest."""
    trail: pl.DataFrame = answer.extra["trail"].filter(pl.col("sphere") == sphere)
    days = sorted(trail["reviewed_on"].unique().to_list())
    if len(days) == 1 or not days:
        return []
    keys = [name for name in ("product_group", "line_id", "sku") if name in trail.columns]
    now, before = (trail.filter(pl.col("reviewed_on") == day).drop("sphere", "reviewed_on") for day in (days[-1], days[-2]))
    both = now.join(before, on=keys, suffix="_before").drop_nulls(["growth", "profit_share", "growth_before", "profit_share_before"])
    return both.sort("turnover", descending=True).head(10).select("profit_share", "growth", "profit_share_before", "growth_before", "turnover").rows()


def table(view: View, answer: Answer, sphere: str | None) -> None:
    """What to do with each, the most turnover first; new and losing ones are in it like all others."""
    to_do: dict[str, Message] = answer.facts["to_do"]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text.heading(view.say(message("What stands where, the most turnover first")))
        tables.export(view, answer, "bcg")
    mine = answer.frame if sphere is None else answer.frame.filter(pl.col("sphere") == sphere)
    tables.rows(view, mine, answer.columns, alt=view.say(answer.headline), key=f"bcg-{answer.facts['level']}-rows", bars=("turnover",), nothing=NOT_APPLICABLE)
    words: dict[str, Any] = answer.facts["quadrants"]
    there = [name for name in words if (mine["quadrant"] == name).any()]
    text.lines([view.say(message("{quadrant}: {what}", quadrant=words[name], what=to_do[name])) for name in there])
