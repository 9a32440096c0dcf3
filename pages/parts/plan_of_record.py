"""Pieces of the page on the plan of record: what moved since the last meeting, stale marks, two plans beside each other, how good they were."""

from typing import Any

import polars as pl
import streamlit as st

from engine.answers.answer import Answer
from engine.answers.meeting.comparing import KINDS, MEASURES
from engine.answers.meeting.plan_of_record import VERSIONS
from engine.figures import waterfall
from engine.messages import Message, message
from pages.parts import tables, text
from pages.parts.charts import chart, look
from pages.parts.frame import address
from pages.parts.view import View

NOW = "now"


def moved(view: View, answer: Answer) -> None:
    """From the plan of the last meeting to the plan as it stands, by cause, in money."""
    causes = answer.frame.filter(pl.col("change_value").abs() >= 0.5)
    if not answer.facts["before"] or answer.facts["before_value"] is None:
        return
    title = message("What moved the demand since plan {name}", name=answer.facts["before"])
    start, end = answer.facts["before_value"], answer.facts["after_value"]
    bars = [(view.say(message("Plan {name}", name=answer.facts["before"])), start, True)]
    bars += [(view.text(cause, "message"), value, False) for cause, value in causes.select("cause", "change_value").iter_rows()]
    bars.append((view.say(message("The plan as it stands")), end, True))
    frame = pl.DataFrame(bars, schema={"label": pl.String, "value": pl.Float64, "is_total": pl.Boolean}, orient="row")
    chart(view, title, waterfall(frame, look(view), label=title), key="plan-waterfall")


def stale(view: View, cycle: Answer, versions: pl.DataFrame) -> None:
    """Sign-offs and approvals that were given on other figures than those that are shown."""
    marks = [message("{step}: {why}", step=view.text(line["step"], "message"), why=Message.from_json(line["stale_why"]))
             for line in cycle.frame.to_dicts() if line["stale_why"]]  # fmt: skip
    marks += [message("Plan {name}: {why}", name=line["name"], why=Message.from_json(line["stale_mark"])) for line in versions.to_dicts() if line["stale_mark"]]
    if marks:
        text.heading(view.say(message("Stale")))
        text.lines([view.say(mark) for mark in marks])


def versions(view: View, answer: Answer) -> None:
    """Every approved version, the newest first."""
    title = view.say(message("Approved plans"))
    text.heading(title)
    if answer.extra["versions"].is_empty():
        text.prose(view.say(message("None yet.")))
        return
    tables.rows(view, answer.extra["versions"], VERSIONS, alt=title, key="plan-versions")


def compare(view: View) -> None:
    """Two plans that somebody chooses, beside each other."""
    standing = view.ask("plan_compared")
    names: dict[str, Message] = standing.facts["plans"]
    text.heading(view.say(message("Compare two plans")))
    listed = list(names)
    if len(listed) == 1:
        text.prose(view.say(standing.headline))
        return
    before, after = _chosen("before", listed, standing.facts["before"]), _chosen("after", listed, NOW)
    measure = address.one_of("measure", MEASURES, next(iter(MEASURES)))
    sides = st.columns(3)
    with sides[0]:
        _pick(view, message("From"), "before", listed, names, before)
    with sides[1]:
        _pick(view, message("To"), "after", listed, names, after)
    with sides[2]:
        _pick(view, message("What"), "measure", list(MEASURES), MEASURES, measure)
    found = view.ask("plan_compared", before, after, measure)
    text.prose(view.say(found.headline))
    kinds = found.extra["kinds"]
    if kinds.height:
        tables.rows(view, kinds, KINDS, alt=view.say(found.headline), key="plan-kinds")
        tables.table(view, found, message("Families and months that differ"), key="plan-lines")


def _chosen(name: str, listed: list[str], default: str) -> str:
    """What the address names, else the default, else the first."""
    return address.one_of(name, listed, default if default in listed else listed[0])


def _pick(view: View, title: Message, name: str, listed: list[str], words: Any, value: str) -> None:
    key = f"plan-{name}"
    st.session_state[key] = value
    st.selectbox(view.say(title), listed, key=key, format_func=lambda code: view.say(words[code]), on_change=address.heard, args=(name, key))


def accuracy(view: View) -> None:
    """How far approved demand was off, by how many months ahead it was told."""
    answer = view.ask("plan_accuracy")
    text.heading(view.say(message("How good approved plans were")), view.say(answer.headline))
    if answer.frame.height:
        tables.rows(view, answer.frame, answer.columns, alt=view.say(answer.headline), key="plan-accuracy", bars=("wape",))
    text.lines([view.say(note) for note in answer.notes])
