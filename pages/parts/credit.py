"""The pieces of the page on credit: the ageing, the open orders to work through, the limits that are due for review."""

from collections.abc import Callable
from typing import Any

import polars as pl
import streamlit as st

from engine.answers import credit as decisions
from engine.answers import people
from engine.answers.answer import Answer
from engine.answers.credit_tables import ORDER_COLUMNS, REVIEW_COLUMNS
from engine.errors import GranaryError
from engine.messages import Message, message, plural
from pages.parts import tables, text, who
from pages.parts.named import VERDICTS
from pages.parts.settings import LONGEST_REASON, REASON
from pages.parts.view import View

ACTS: dict[str, tuple[Message, str]] = {
    "hold": (message("Hold"), "front_hand"),
    "release": (message("Release"), "local_shipping"),
    "release_up_to": (message("Release up to the amount"), "rule"),
}


def ageing(view: View, answer: Answer) -> None:
    """What is owed by age, in order, with its share."""
    rows = answer.extra["ageing"]
    text.heading(view.say(message("What is owed, by age")))
    owed = rows["value"].sum()
    if not owed:
        text.small(view.say(message("Nothing is owed.")))
        return
    text.facts(
        [[view.text(label, "message"), view.text(value, "money", compact=True), view.text(value / owed, "share")] for label, value, _ in rows.iter_rows()],
        head=["", view.say(message("Amount")), view.say(message("Share"))],
    )


def orders(view: View, answer: Answer) -> None:
    """The order check: the one that is looked at with its buttons, and the list; a click in the list looks at that one."""
    found = answer.extra["orders"]
    if found.is_empty():
        text.heading(view.say(message("Open orders")))
        text.small(view.say(message("No order is open.")))
        return
    waits = found.filter(pl.col("is_open"), pl.col("verdict").is_in(decisions.DECISIONS))
    text.heading(view.say(message("Open orders, to be worked through")), view.say(_left(waits)))
    place = st.container()
    decided = found.height - found["is_open"].sum()
    picked = tables.rows(view, found, ORDER_COLUMNS, alt=view.say(_left(waits)), key=f"orders-{decided}", bars=("order_value",), pick=True)
    looked_at = _row(found, picked["order_id"]) if picked else waits.row(0, named=True) if waits.height else None
    with place:
        if looked_at is not None and view.version is not None:
            _card(view, looked_at)
        _release_all(view, waits.filter(pl.col("verdict") == "release"))


def dealers(view: View, answer: Answer) -> dict[str, Any] | None:
    """The dealers with their exposure, and why more can be overdue than is exposed; returns the row that was clicked."""
    tables.headed(view, answer, message("Dealers, the most money at risk first"), "dealers")
    if answer.facts["beside_overdue"] is not None:
        text.small(view.say(answer.facts["beside_overdue"]))
    return tables.rows(view, answer.frame, answer.columns, alt=view.say(answer.headline), key="dealers", bars=("exposure_value",), pick=True)


def _left(waits: pl.DataFrame) -> Message:
    if waits.is_empty():
        return message("Every order that needs a decision has one.")
    return plural(
        "{n} order waits for a decision, {worth_money} in all",
        "{n} orders wait for a decision, {worth_money} in all",
        n=waits.height,
        worth_money=waits["order_value"].sum(),
    )


def _row(found: pl.DataFrame, order: str) -> dict[str, Any]:
    """The order as the answer has it; a clicked row holds words for people."""
    return found.row(by_predicate=pl.col("order_id") == order, named=True)


def _card(view: View, order: dict[str, Any]) -> None:
    """One order: what is proposed and why, and the three things that one can decide."""
    said = message(
        "{order}, {dealer}: {worth_money}. Proposed: {verdict}. {why}",
        order=order["order_id"], dealer=order["dealer_name"] or order["dealer_id"], worth_money=order["order_value"],
        verdict=VERDICTS.get(order["verdict"] or "", message("nothing")), why=Message.from_json(order["why"]) if order["why"] else "",
    )  # fmt: skip
    with st.container(border=True):
        text.prose(view.say(said))
        if order["decision"] is not None:
            text.small(_decided(view, order))
        if not view.scope.is_named:
            _ask_for_a_name(view)
            return
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            room = max(min(order["available_value"] or 0.0, order["order_value"] or 0.0), 0.0)
            amount = st.number_input(view.say(message("Up to")), min_value=0.0, value=room, step=1000.0, key=f"up-to-{order['order_id']}", width=180)
            reason = st.text_input(view.say(REASON), max_chars=LONGEST_REASON, key=f"why-{order['order_id']}", width=320)
            for act, (label, icon) in ACTS.items():
                kind = "primary" if act == order["verdict"] else "secondary"
                if st.button(view.say(label), key=f"{act}-{order['order_id']}", icon=f":material/{icon}:", type=kind):
                    _decide(view, [order], act, amount if act == "release_up_to" else None, reason)
            if order["decision"] is not None:
                back = view.say(message("Take the decision back"))
                if st.button(back, key=f"back-{order['order_id']}", icon=":material/undo:", type="tertiary"):
                    _done(view, lambda: decisions.take_back(view.home, order, view.scope, view.version or 0))


def _ask_for_a_name(view: View) -> None:
    """A decision stands under a name: who is it? Out of the list, or a new one."""
    text.prose(view.say(message("Say who you are before you decide: a decision stands under a name.")))
    left, right = st.columns([1, 2], gap="large", vertical_alignment="bottom")
    with left:
        who.picker(view, "credit")
    with right, st.form("credit-person", border=False, clear_on_submit=True):
        name_side, button_side = st.columns([2, 1], vertical_alignment="bottom")
        name = name_side.text_input(view.say(message("Your name, if it is not on the list")), key="credit-person-name", max_chars=people.LONGEST)
        if button_side.form_submit_button(view.say(message("That is me"))):
            _done(view, lambda: who.become(people.add(view.home, name, view.scope)))


def _decided(view: View, order: dict[str, Any]) -> str:
    verdict = VERDICTS.get(order["decision"], Message(order["decision"]))
    said = view.say(message("Decided by {who} on {decided_at}: {verdict}.", who=order["decided_by"], decided_at=order["decided_at"], verdict=verdict))
    return f"{said} {view.say(message('The order has changed since; it waits again.'))}" if order["is_stale"] else said


def _release_all(view: View, fitting: pl.DataFrame) -> None:
    """One button for all orders that fit into their dealers' limits."""
    if fitting.height > 1 and view.scope.is_named:
        label = plural("Release the {n} order that fits", "Release the {n} orders that fit", n=fitting.height)
        if st.button(view.say(label), key="release-all", icon=":material/done_all:", type="tertiary"):
            _decide(view, list(fitting.iter_rows(named=True)), "release", None)


def _decide(view: View, chosen: list[dict[str, Any]], act: str, up_to: float | None, reason: str = "") -> None:
    """Record a decision of each order; what cannot be recorded is said, and nothing is shown as decided."""

    def record() -> None:
        for order in chosen:
            decisions.decide(view.home, order, act, up_to, view.scope, view.version or 0, reason)

    _done(view, record)


def _done(view: View, act: Callable[[], None]) -> None:
    """Do it and draw the page anew; a refusal is said in its own words."""
    try:
        act()
    except GranaryError as fault:
        st.error(view.say(fault.said))
        return
    st.rerun()


def reviews(view: View, answer: Answer) -> None:
    """Limits that are due for review, with what the data propose."""
    found = answer.extra["reviews"]
    text.heading(
        view.say(message("Limits to review")), view.say(message("proposed from purchases of twelve months, the credit days and how promptly the dealer pays"))
    )  # fmt: skip
    tables.rows(view, found, REVIEW_COLUMNS, alt=view.say(message("Limits to review")), key="reviews", bars=("month_value",))
