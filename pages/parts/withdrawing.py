"""Pieces of the withdrawal gate: candidates, what it would do to take some of them out, and the run-off."""

from collections.abc import Sequence

import streamlit as st

from engine.answers.answer import Answer
from engine.answers.assortment import acts
from engine.answers.assortment.withdrawal_tables import CONTRACTS, DEALERS, LINES, PROTECTED
from engine.answers.assortment.withdrawals import keys_of
from engine.answers.measured import Measured
from engine.language import NOT_APPLICABLE
from engine.messages import message
from pages.parts import acting, tables, text
from pages.parts.assortment import part
from pages.parts.deciding import KEY
from pages.parts.frame import address
from pages.parts.measures import row
from pages.parts.view import View

PICKED = "out"
"""The name under which the address keeps what is to be taken out."""


def candidates(view: View, answer: Answer) -> None:
    """The candidates with their grounds, and what is too young to be one."""
    tables.table(view, answer, message("Candidates"), key="candidates", bars=("stock_value",), nothing=NOT_APPLICABLE)
    part(view, message("Protected: too young to be withdrawn"), answer.extra["protected"], PROTECTED, "protected")


def picking(view: View, answer: Answer) -> Sequence[str]:
    """Which positions are to be taken out: the recommended ones, until somebody chooses others."""
    rows = dict(zip(keys_of(list(answer.frame.iter_rows(named=True))), answer.frame.iter_rows(named=True), strict=True))
    if not rows:
        return ()
    wanted = [key for key in address.all_of(PICKED) if key in rows]
    proposed = wanted or [key for key, line in rows.items() if line["is_recommended"]]
    text.heading(view.say(message("What it would do")))
    st.session_state[f"gr-{PICKED}"] = proposed
    st.multiselect(
        view.say(message("Products to take out")), list(rows), key=f"gr-{PICKED}", format_func=lambda key: f"{rows[key]['name'] or ''} ({key})",
        placeholder=view.say(message("Choose products")), on_change=address.heard, args=(PICKED, f"gr-{PICKED}", None),
    )  # fmt: skip
    return tuple(st.session_state[f"gr-{PICKED}"])


def effects(view: View, picked: Sequence[str]) -> None:
    """What the withdrawal of the chosen ones does: stock, margin, lines, dealers, contracts; and the decision that begins with it."""
    if not picked:
        return
    effect = view.ask("withdrawal_effects", *picked)
    facts = effect.facts
    text.prose(view.say(effect.headline))
    unknown = message("One of them does not sell at all.")
    row(
        view,
        (
            Measured(message("Stock to sell off"), facts["stock_value"], "money"),
            Measured(message("Days to sell it off"), facts["sell_days"], "days", message("By the pace of the review, the slowest of them."), unknown),
            Measured(message("Margin lost a year, net"), facts["lost_base_margin"], "money", message("Below zero: a loss that ends.")),
            Measured(message("Lines left too short"), float(facts["short_lines"]), "count"),
            Measured(message("Dealers who buy only this"), float(facts["dealers_n"]), "count"),
            Measured(message("Open contracts"), facts["contract_qty"], "qty"),
        ),
    )
    part(view, message("Lines that lose products"), effect.extra["lines"], LINES, "lines-left")
    part(view, message("Dealers who bought nothing else"), effect.extra["dealers"], DEALERS, "only-dealers")
    part(view, message("Open contracts"), effect.extra["contracts"], CONTRACTS, "open-contracts")
    said = message("Draft a decision for {gate_on} with these figures", gate_on=facts["gate_on"])
    if st.button(view.say(said), type="primary", key="begin-withdrawal", disabled=not view.scope.may("decide")):
        acting.act(KEY, lambda: acts.begin_withdrawal(view.home, effect, view.scope, view.version), message("The decision is drafted; its figures are frozen."))


def running_off(view: View) -> None:
    """What is on its way out, followed to zero stock."""
    answer = view.ask("run_off")
    if answer.frame.height:
        tables.headed(view, answer, message("Run-off"), "run-off")
        text.prose(view.say(answer.headline))
        tables.rows(view, answer.frame, answer.columns, alt=view.say(answer.headline), key="run-off", bars=("left_value",))
