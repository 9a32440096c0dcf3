"""The items of the agenda that are looked at: promises, situation, report card, families, resources."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from engine.answers.answer import Answer
from engine.answers.meeting import executive
from engine.answers.meeting.exceptions import GREEN
from engine.answers.meeting.papers import WORDS
from engine.figures import Drawn, enlarged, waterfall
from engine.messages import Message, message, plural
from pages.parts import acting, large, report, text
from pages.parts.charts import chart, look
from pages.parts.executive import stage
from pages.parts.executive.stage import KEY, Stage
from pages.parts.large import Cell
from pages.parts.view import View

FEW = 8
FAMILIES_SHOWN = 10


def drawn(stage_: Stage, picture: Drawn) -> Drawn:
    """A picture as large as the room needs."""
    return enlarged(picture, height=stage_.chart_height) if stage_.is_wall else picture


def headline(view: View, said: Message, *below: str) -> None:
    """What an item says in one sentence."""
    text.headline(view.say(said), *below)


def coded(view: View, name: str, code: str | None) -> str:
    """A code of the register in words."""
    return "" if code is None else view.say(WORDS[name][code])


# ── 1 what was promised ──────────────────────────────────────────────────────────────────────────────────────────────────


def promises(view: View, room: Stage) -> None:
    """The last cycle's promises with their outcome, then what is open of its actions, late ones first."""
    decided, agreed = view.ask("decisions"), view.ask("actions")
    before = decided.extra["promises"].filter(pl.col("cycle") < room.month)
    last = before["cycle"].max()
    mine = before.filter(pl.col("cycle") == last) if last is not None else before
    headline(view, _said_of_promises(mine, last), view.say(agreed.headline))
    if mine.height:
        head = [message("Promise"), message("Month"), message("Promised"), message("Happened"), message("Verdict")]
        rows = [
            [
                large.words(line["question"], view.text(line["figure"], "message"), strong=True), large.words(view.text(line["review_month"], "month")),
                Cell(view.text(line["expected_value"], "money", compact=True)),
                large.figure(view, line["realised_value"], "money", line["expected_value"], None),
                large.words(coded(view, "promise_verdict", line["promise_verdict"])),
            ]
            for line in mine.head(FEW).iter_rows(named=True)
        ]  # fmt: skip
        large.table([view.say(name) for name in head], rows)
    _actions(view, agreed)
    decisions = decided.frame.filter(pl.col("cycle") < room.month, pl.col("is_late"))
    if decisions.height:
        text.prose(view.say(plural("{n} decision is later than promised.", "{n} decisions are later than promised.", n=decisions.height)))


def _said_of_promises(mine: pl.DataFrame, last: Any) -> Message:
    if last is None:
        return message("No promise of an earlier meeting is on record.")
    known = mine.filter(pl.col("promise_verdict").is_in(["kept", "missed"]))
    if known.is_empty():
        return message("Of the promises of {month} nothing is known yet.", month=last)
    kept = known.filter(pl.col("promise_verdict") == "kept").height
    return message("{kept_n} of {known_n} promises of {month} were kept.", kept_n=kept, known_n=known.height, month=last)


def _actions(view: View, agreed: Answer) -> None:
    waiting = agreed.frame.filter(pl.col("state") == "open").head(FEW)
    if waiting.is_empty():
        return
    text.heading(view.say(message("Open actions")))
    head = [message("Action"), message("Owner"), message("Until"), message("State")]
    rows = []
    for line in waiting.iter_rows(named=True):
        late = message("{n_days} days late", n_days=line["days_late"]) if line["is_late"] else message("open")
        rows.append(
            [large.words(line["what"], strong=True), large.words(line["owner"]), large.words(view.text(line["due_on"], "date")), large.words(view.say(late))]
        )
    large.table([view.say(name) for name in head], rows)


# ── 2 the situation ──────────────────────────────────────────────────────────────────────────────────────────────────────


def situation(view: View, room: Stage) -> None:
    """The gap to the budget with its causes, what moved the plan since the last meeting, and whether the data can be trusted."""
    moved, quality = view.ask("plan_waterfall"), view.ask("quality")
    if not view.scope.shows("margin"):
        headline(view, moved.headline, view.say(quality.headline))
        return
    bridge = view.ask("budget_bridge")
    until = view.say(message("data version {version}, up to {as_of_on}", version=bridge.version, as_of_on=bridge.as_of))
    headline(view, bridge.headline, view.say(moved.headline), until, view.say(quality.headline))
    measures = bridge.facts["measures"]
    large.table(
        [view.say(each.label) for each in measures],
        [[Cell(view.text(each.value, each.unit, compact=True), is_strong=True, is_number=place > 0) for place, each in enumerate(measures)]],
    )
    bars = bridge.extra["bars"]
    if bars.height:
        named = bars.with_columns(pl.Series("label", [view.text(label, "message") for label in bars["label"]], dtype=pl.String))
        title = message("From the budgeted margin to what was reached")
        picture = waterfall(named.select("label", "value", "is_total"), look(view), label=title, height=room.chart_height)
        chart(view, title, drawn(room, picture), key="executive-bridge")


# ── 3 the report card ────────────────────────────────────────────────────────────────────────────────────────────────────


def report_card(view: View, room: Stage) -> None:
    """Only what is below plan is open; the rest is one line."""
    card = view.ask("report_card")
    headline(view, card.headline)
    below = card.frame.filter(pl.col("is_below"))
    if below.height:
        large.table(
            [view.say(message("Measure")), view.say(message("Reached")), view.say(message("Plan"))], [_of_card(view, line) for line in below.to_dicts()]
        )
    rest = card.frame.filter(~pl.col("is_below"))
    if rest.height:
        names = [view.text(said, "message") for said in rest["card_measure"]]
        text.prose(view.say(message("On plan: {measures}.", measures=names)))
    for line in card.frame.filter(pl.col("is_below").is_null()).iter_rows(named=True):
        why = line["reached_why"]
        name = view.text(line["card_measure"], "message")
        said = message("Nothing is aimed at.").to_json() if why is None else why
        text.small(view.say(message("Not known: {measures}.", measures=[name])), view.text(said, "message"))


def _of_card(view: View, line: dict[str, Any]) -> list[Cell]:
    days = line["reached_days"] is not None
    value, target, unit = (line["reached_days"], line["target_days"], "days") if days else (line["reached_share"], line["target_share"], "share")
    if value is None:
        value = line["budget_share"]
    name = large.words(view.text(line["card_measure"], "message"), view.text(line["measured_on"], "message"), strong=True)
    return [name, Cell(report.reached(view, value, unit), is_strong=True), Cell(report.reached(view, target, unit))]


# ── 4 families ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def families(view: View, room: Stage) -> None:
    """Red and amber families one by one, the green ones approved together."""
    found = view.ask("meeting_families")
    headline(view, found.headline)
    rows = found.frame.to_dicts()
    open_ = [line for line, state in zip(rows, found.facts["states"], strict=True) if state != GREEN]
    green = [line for line, state in zip(rows, found.facts["states"], strict=True) if state == GREEN]
    _consent(view, room, found, green)
    if open_:
        text.heading(view.say(message("To be spoken of")), view.say(message("with the money that is late or missing, else at stake")))
    with st.container(gap=None):
        for line in open_[:FAMILIES_SHOWN]:
            _exception(view, room, found, line)
    if len(open_) > FAMILIES_SHOWN:
        text.small(view.say(plural("{n} more stands on the page of the demand step.", "{n} more stand on the page of the demand step.",
                                   n=len(open_) - FAMILIES_SHOWN)))  # fmt: skip


def _exception(view: View, room: Stage, found: Answer, line: dict[str, Any]) -> None:
    name, why, money, back = st.columns([3, 6, 2, 2], vertical_alignment="center")
    name.button(text.label(line["family_name"] or line["family"]), key=f"tell-{line['family']}", type="tertiary", on_click=stage.tell, args=(line["family"],))
    with why:
        text.prose(f"{view.text(line['family_state'], 'message')}: {view.text(line['reason'], 'message') if line['reason'] else ''}".rstrip(": "))
    with money:
        text.prose(view.text(line["short_value"] or line["stake_value"] or line["demand_value"], "money", compact=True))
    if line["family"] in found.facts["pulled"]:
        with back:
            if st.button(view.say(message("Put back")), key=f"put-back-{line['family']}", type="tertiary", disabled=not room.may(view, "decide")):
                acting.act(KEY, lambda: executive.put_back(view.home, room.month, line["family"], view.scope), message("Kept."))


def _consent(view: View, room: Stage, found: Answer, green: Sequence[dict[str, Any]]) -> None:
    """The families that nobody needs to speak of; one click approves them, and anybody may pull one out."""
    if not green:
        return
    agreed = set(found.facts["consented"])
    codes, names = [line["family"] for line in green], {line["family"]: line["family_name"] or line["family"] for line in green}
    waiting = [code for code in codes if code not in agreed]
    title = plural("{n} family by consent", "{n} families by consent", n=len(green))
    below = "" if waiting else view.say(message("approved by {who}", who=found.facts["by"]))
    text.heading(view.say(title), below, view.say(message("{names}", names=list(names.values()))))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        word = plural("Approve {n} family", "Approve {n} families", n=len(waiting))
        if waiting and st.button(view.say(word), key="consent", type="primary", shortcut="A", disabled=not room.may(view, "approve")):
            acting.act(
                KEY, lambda: executive.consent(view.home, room.month, codes, view.scope),
                plural("{n} family is approved.", "{n} families are approved.", n=len(codes)),
            )  # fmt: skip
        chosen = st.selectbox(
            view.say(message("Pull one out to speak of it")), codes, index=None, format_func=lambda code: names[code], key="pull-out",
            placeholder=view.say(message("Choose a family")), width=340,
        )  # fmt: skip
        if st.button(view.say(message("Pull out")), key="pull", disabled=chosen is None or not room.may(view, "decide")):
            acting.act(KEY, lambda: executive.pull(view.home, room.month, str(chosen), view.scope), message("The family is to be spoken of."))


# ── 6 new products, people, investment ───────────────────────────────────────────────────────────────────────────────────


def resources(view: View, room: Stage) -> None:
    """People that the plan takes beside those who are there, and products that come and go."""
    effect, load = view.ask("plan_effect"), view.ask("capacity")
    headline(view, load.headline)
    heads = effect.extra["heads"]
    known = heads.filter(pl.col("heads_qty").is_not_null() | pl.col("load_share").is_not_null())
    peak = known.sort("load_share", descending=True, nulls_last=True).unique("resource_id", keep="first", maintain_order=True)
    if peak.height:
        head = [message("Resource"), message("Fullest month"), message("Load, share"), message("People needed"), message("People there")]
        rows = [
            [
                large.words(line["resource_name"], strong=True), large.words(view.text(line["month"], "month")), Cell(view.text(line["load_share"], "share")),
                Cell(view.text(line["heads_qty"], "score")), Cell(view.text(line["there_qty"], "score")),
            ]
            for line in peak.head(FEW).iter_rows(named=True)
        ]  # fmt: skip
        large.table([view.say(name) for name in head], rows)
    came = effect.extra["development"]
    if came.height:
        text.heading(view.say(message("Products that come and go")))
        head = [message("Product"), message("What"), message("From"), message("Family")]
        shown = [
            [
                large.words(line["item_name"] or line["item_id"], strong=True), large.words(view.text(line["development"], "message")),
                large.words(view.text(line["from_on"], "date")), large.words(line["family_name"] or ""),
            ]
            for line in came.head(FEW).iter_rows(named=True)
        ]  # fmt: skip
        large.table([view.say(name) for name in head], shown)
    else:
        text.prose(view.say(message("No product came or went within half a year.")))
