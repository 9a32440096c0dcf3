"""The protocol of a decision of the gates, to be printed: what is decided and why, what it does, who agreed and approved, under which order."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import polars as pl

from engine.answers.answer import Column
from engine.answers.assortment import gates
from engine.answers.assortment.gates import Decision
from engine.answers.meeting import cycles
from engine.assortment.decision import APPROVED, IN_FORCE, LAUNCH, STATES
from engine.assortment.launch import RESULTS, SAID
from engine.documents.minutes import minutes
from engine.documents.papers import Fact, Papers, Section, Sheet
from engine.messages import Message, message, plural
from engine.scope import Scope

SHOWN = 40
POSITIONS = (
    Column("sphere", message("Sphere"), "code"),
    Column("sku", message("SKU"), "code"),
    Column("name", message("Name"), "text"),
    Column("line_id", message("Line"), "code"),
    Column("margin_share", message("Margin"), "share"),
    Column("abc_class", message("Class"), "code"),
    Column("life_stage", message("Stage of life"), "message"),
    Column("stock_qty", message("Stock"), "qty"),
    Column("stock_value", message("Stock, money"), "money"),
    Column("sell_days", message("Sell-off, days"), "days"),
)
PRODUCTS = (Column("number", message("No."), "count"), Column("name", message("Name"), "text"))
CRITERIA = (Column("criterion", message("Criterion"), "message"), Column("result", message("Result"), "message"))
STEPS = (
    Column("step", message("Step"), "message"),
    Column("who", message("Who"), "text"),
    Column("day", message("On"), "date"),
    Column("sign", message("Signature"), "text"),
)
ROLES: dict[str, Message] = {
    "agreed": message("Assortment committee"), APPROVED: message("General director"), IN_FORCE: message("Order no."),
}  # fmt: skip


def printed(home: str, subject: str, who: Scope, language: str, currency: str) -> bytes:
    """The protocol as a PDF in a language. Raises BadUse where there is no such decision, NotAllowed for who sees a part of the company."""
    cycles.of_the_company(who)
    return minutes(papers(gates.decision(home, subject), who), language, currency)


def papers(each: Decision, who: Scope) -> Papers:
    """The protocol of a decision on one page: what is decided and why, what it does, and the steps with their signatures."""
    title = (
        message("Protocol of the launch gate of {gate_on}", gate_on=each.gate_on)
        if each.kind == LAUNCH
        else message("Protocol of the withdrawal gate of {gate_on}", gate_on=each.gate_on)
    )
    foot = message("Decision {subject}, data version {version}, printed for {who}", subject=each.name, version=each.version, who=who.who)
    return Papers(
        title=title, month=each.gate_on.replace(day=1), sections=(Section("decision", title, _said(each), _facts(each), (*_sheets(each), _steps(each))),),
        after=(),
        plans=(), who=who.who, made_at=datetime.now(UTC), version=each.version or 0, foot=foot,
    )  # fmt: skip


def _said(each: Decision) -> tuple[Message, ...]:
    said, deadline = each.said, each.day("deadline")
    found = [message("This decision is {state}.", state=STATES[each.state])]
    if each.state == IN_FORCE:
        found = [message("In force since {since_on} by order {order}.", since_on=each.day("in_force_on"), order=said.get("order_no", ""))]
    found += [replace(words, values=(("words", said[name]),)) for name, words in WORDS.items() if said.get(name)]
    if deadline is not None and each.kind != LAUNCH:
        found.append(message("The stock is to be sold off by {deadline_on}.", deadline_on=deadline))
    frozen = each.day("frozen_on")
    if frozen is not None:
        found.append(message("All figures are those of {frozen_on}, as they were when the decision was drafted.", frozen_on=frozen))
    return tuple(found)


WORDS: dict[str, Message] = {
    "grounds": message("Grounds: {words}", words=""),
    "agreed_with": message("Agreed with: {words}", words=""),
    "measures": message("How the stock is sold off: {words}", words=""),
    "monitoring": message("Followed by: {words}", words=""),
    "reason": message("Refused because: {words}", words=""),
}


def _facts(each: Decision) -> tuple[Fact, ...]:
    figures = each.said.get("figures") or {}
    if each.kind == LAUNCH:
        return (
            Fact(message("Products"), float(len(each.positions)), "count"),
            Fact(message("Investment"), figures.get("investment_value"), "money"),
            Fact(message("Payback, months"), figures.get("payback_months"), "score"),
            Fact(message("Return on the investment"), figures.get("return_share"), "share"),
        )
    return (
        Fact(message("Products"), float(len(each.positions)), "count"),
        Fact(message("Stock at cost"), figures.get("stock_value"), "money"),
        Fact(message("Days to sell it off"), figures.get("sell_days"), "days"),
        Fact(message("Margin lost a year, net"), figures.get("lost_base_margin"), "money"),
        Fact(message("at least"), figures.get("lost_low_margin"), "money"),
        Fact(message("at most"), figures.get("lost_high_margin"), "money"),
        Fact(message("Lines left too short"), figures.get("short_lines"), "count"),
        Fact(message("Dealers who buy only this"), figures.get("dealers_n"), "count"),
    )


def _sheets(each: Decision) -> tuple[Sheet, ...]:
    title = plural("{n} product", "{n} products", n=len(each.positions))
    if each.kind == LAUNCH:
        names = pl.DataFrame({"number": list(range(1, len(each.positions) + 1)), "name": [row.get("name") for row in each.positions]})
        figures = each.said.get("figures") or {}
        rows = [(SAID[name].to_json(), RESULTS[figures[name]].to_json()) for name in SAID if figures.get(name) in RESULTS]
        criteria = pl.DataFrame(rows, schema={"criterion": pl.String, "result": pl.String}, orient="row")
        return Sheet("products", title, names, PRODUCTS, SHOWN), Sheet("criteria", message("Criteria"), criteria, CRITERIA, SHOWN)
    rows_of: list[dict[str, Any]] = [{column.name: row.get(column.name) for column in POSITIONS} for row in each.positions]
    numbers = dict.fromkeys(("margin_share", "stock_qty", "stock_value", "sell_days"), pl.Float64)
    frame = pl.DataFrame(rows_of, schema={column.name: numbers.get(column.name, pl.String) for column in POSITIONS})
    return (Sheet("positions", title, frame, POSITIONS, SHOWN),)


def _steps(each: Decision) -> Sheet:
    rows = [
        (said.to_json(), each.said.get(f"{step}_by") if step != IN_FORCE else each.said.get("order_no"), each.day(f"{step}_on"), "")
        for step, said in ROLES.items()
    ]
    frame = pl.DataFrame(rows, schema={"step": pl.String, "who": pl.String, "day": pl.Date, "sign": pl.String}, orient="row")
    return Sheet("steps", message("Approvals"), frame, STEPS)
