"""What the pages of the assortment share: which sphere a picture shows, lines and products by name, the way to one product."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from engine.answers.answer import Column
from engine.answers.assortment.words import VERDICT_WORDS
from engine.messages import Message, message
from pages.parts import rooms, tables, text
from pages.parts.frame import address
from pages.parts.view import View

VERDICTS: dict[str, Message] = {name: VERDICT_WORDS[name] for name in ("push", "hold", "watch", "fix", "let_go")}
SPHERE = "shown"
"""The name under which the address keeps the sphere of a picture, which is compared within itself."""


def sphere(view: View, spheres: Sequence[str]) -> str | None:
    """The sphere that a picture shows, with the choice of another where there are several; None where there is none."""
    known = list(dict.fromkeys(spheres))
    if not known:
        return None
    chosen = address.one_of(SPHERE, known, known[0])
    if len(known) > 1:
        key = "gr-shown"
        st.session_state[key] = chosen
        st.segmented_control(
            view.say(message("Sphere")), known, key=key, format_func=text.label, label_visibility="collapsed", on_change=address.heard,
            args=(SPHERE, key, known[0]), required=True,
        )  # fmt: skip
    return chosen


def choice(view: View, name: str, title: Message, options: dict[str, Message], default: str) -> str:
    """A choice that the address keeps."""
    chosen, key = address.one_of(name, options, default), f"gr-{name}"
    st.session_state[key] = chosen
    st.segmented_control(
        view.say(title), list(options), key=key, format_func=lambda each: view.say(options[each]), label_visibility="collapsed", on_change=address.heard,
        args=(name, key, default), required=True,
    )  # fmt: skip
    return chosen


def to_product(view: View, sku: str, name: str | None) -> None:
    """The way to everything about one product."""
    target = rooms.page_named("item")
    said = view.say(message("Everything about {name}", name=name or sku))
    st.page_link(target.file, label=text.label(said), query_params=address.link({"sku": [sku]}), icon=":material/arrow_forward:")


def part(view: View, title: Message, frame: pl.DataFrame, columns: Sequence[Column], key: str, *, bars: Sequence[str] = (), note: str = "") -> None:
    """One smaller table of a page under its title; nothing where it has no rows."""
    if frame.height:
        text.heading(view.say(title), note)
        tables.rows(view, frame, columns, alt=view.say(title), key=key, bars=bars)


def by_verdict(frame: pl.DataFrame) -> pl.DataFrame:
    """Turnover of each sphere, parted by what to do with its lines: `label` and a column a verdict, the largest sphere first."""
    worth = frame.with_columns(pl.col("turnover").clip(lower_bound=0.0))
    sums = [pl.col("turnover").filter(pl.col("line_verdict") == name).sum().alias(name) for name in VERDICTS]
    return worth.group_by(pl.col("sphere").alias("label")).agg(*sums, pl.col("turnover").sum().alias("_all")).sort("_all", "label", descending=[True, False])
