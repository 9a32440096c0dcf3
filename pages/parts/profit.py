"""The pieces of the page on dealers' profit: the statement, the contributions to margin with their what-if, dealers, where they could save."""

from typing import Any

import polars as pl
import streamlit as st

from engine.answers.answer import Answer
from engine.answers.ctm import needed
from engine.answers.profit_tables import OPPORTUNITIES
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message
from pages.parts import tables, text
from pages.parts.frame import address
from pages.parts.view import View

PAGE = "pages/dealers/dealer_profit.py"
PARTS: dict[str, Message] = {"category": message("Categories"), "channel": message("Channels")}


def worded(view: View, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with its labels (messages) said."""
    return frame.with_columns(pl.Series("label", [view.text(label, "message") for label in frame["label"]], dtype=pl.String))


def back(view: View, answer: Answer) -> None:
    """Where one dealer is looked at: the way back to all."""
    if answer.facts["dealer_id"] is not None and view.selection.allowed("dealer_id") is not None:
        everybody = address.link({"dealer_id": []})
        st.page_link(PAGE, label=view.say(message("All dealers")), icon=":material/arrow_back:", query_params=everybody)


def statement(view: View, answer: Answer) -> None:
    """The profit and loss: amount, share of sales, peers' share, our brands beside others."""
    rows = answer.extra["statement"]
    text.heading(view.say(message("Profit and loss")), view.say(message("of sales; peers are dealers of like size")))
    if rows.is_empty():
        return
    with_peers = rows["peer_share"].null_count() < rows.height
    head = ["", view.say(message("Amount")), view.say(message("Of sales"))]
    head += [view.say(message("Peers"))] if with_peers else []
    head += [view.say(message("Our brands")), view.say(message("Of sales")), view.say(message("Other brands")), view.say(message("Of sales"))]
    shown = [_line(view, row, with_peers) for row in rows.iter_rows(named=True)]
    text.facts(shown, head=head)


def _line(view: View, row: dict[str, Any], with_peers: bool) -> list[str]:
    def cell(name: str, unit: str) -> str:
        return view.text(row[name], unit, compact=True)

    def apart(name: str, unit: str) -> str:
        return NOT_APPLICABLE if row[name] is None else cell(name, unit)

    peers = [apart("peer_share", "share")] if with_peers else []
    brands = [apart(f"{brand}{end}", unit) for brand in ("own", "others") for end, unit in (("", "money"), ("_share", "share"))]
    return [view.text(row["label"], "message"), cell("amount", "money"), cell("share", "share"), *peers, *brands]


def contributions(view: View) -> None:
    """Contribution to margin by category or channel; and what one of them must become for a target to type."""
    part = address.one_of("part", PARTS, "category")
    answer = view.ask("ctm", part)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text.heading(view.say(message("Contribution to margin")), view.say(answer.headline))
        key = "gr-part"
        st.session_state[key] = part
        st.segmented_control(
            view.say(message("By")), list(PARTS), key=key, format_func=lambda name: view.say(PARTS[name]), label_visibility="collapsed",
            on_change=address.heard, args=("part", key, "category"), required=True,
        )  # fmt: skip
        tables.export(view, answer, "ctm")
    left, right = st.columns([3, 2], gap="large")
    with left:
        tables.rows(view, answer.frame, answer.columns, alt=view.say(answer.headline), key=f"ctm-{part}", bars=("ctm",))
    if answer.facts["blended"] is not None:
        with right:
            _what_if(view, answer, part)


@st.fragment
def _what_if(view: View, answer: Answer, part: str) -> None:
    """A target for the blended margin, and one part that is to bring it."""
    names, percent = answer.frame[part].to_list(), 100
    begin, untold = _above(answer.facts["blended"], percent), view.say(message("not told"))
    text.heading(view.say(message("What if")), view.say(message("all others as they are")))
    label = view.say(message("Blended margin to reach, %"))
    target = st.number_input(label, min_value=0.0, max_value=99.0, step=0.5, value=begin, key=f"target-{part}")
    name = st.selectbox(view.say(message("By the margin of")), names, key=f"part-{part}", format_func=lambda each: each or untold)
    found = needed(answer, name, target / percent)
    now = answer.frame.filter(pl.col(part).eq_missing(name))["margin_share"][0]
    if found.margin is not None:
        said = message("{name} needs a margin of {margin_share}; today it is {now_share}.", name=name or untold, margin_share=found.margin, now_share=now)
        text.prose(view.say(said))
    if found.why is not None:
        text.prose(view.say(found.why))
    if found.price_rise is not None:
        said = message("Or prices of {name} higher by {rise_share} at unchanged cost and quantities.", name=name or untold, rise_share=found.price_rise)
        text.prose(view.say(said))


def _above(margin: float, percent: int) -> float:
    """The next whole percent above the present margin, to begin with."""
    return float(int(margin * percent) + 1)


def dealers(view: View, answer: Answer) -> None:
    """Every dealer, losses first; a click shows that one alone."""
    picked = tables.table(view, answer, message("Dealers, the lowest profit first"), key=f"dealers-{abs(hash(view.selection))}", bars=("net_sales",), pick=True)
    if picked is not None and answer.facts["dealer_id"] is None:
        st.query_params.from_dict(address.link({"dealer_id": [str(picked["dealer_id"])]}))
        st.rerun()


def chances(view: View, answer: Answer) -> None:
    """Where dealers spend more than their peers, and what that is worth."""
    found = answer.extra["opportunities"]
    text.heading(view.say(message("Where more could be kept")), view.say(message("costs above those of peers")))
    columns = [column for column in OPPORTUNITIES if answer.facts["dealer_id"] is None or column.name != "dealer_name"]
    tables.rows(view, found.head(tables.SHOWN), columns, alt=view.say(message("Where more could be kept")), key="chances")
