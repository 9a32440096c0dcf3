"""Decisions as cards: options side by side, chosen by a key; who does it by when, and what is promised for which month."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from engine.answers import people
from engine.answers.answer import Answer
from engine.answers.meeting import executive
from engine.answers.meeting.cards import BASE
from engine.language import formatted
from engine.messages import message
from pages.parts import acting, large, text, what_if
from pages.parts.executive.items import coded, headline
from pages.parts.executive.stage import CHOOSING, KEY, Stage, shortcut
from pages.parts.frame import address
from pages.parts.large import Cell
from pages.parts.view import View

PROMISED = ("revenue", "margin", "stock_value")


def decisions(view: View, room: Stage) -> None:
    """One decision at a time, and the drawer beside it."""
    found = view.ask("decision_cards")
    cards: list[dict[str, Any]] = found.facts["cards"]
    if not cards:
        headline(view, found.headline)
        what_if.button(view, room)
        what_if.drawer(view, room, None)
        return
    card = _at(cards)
    _bar(view, room, cards, card)
    _card(view, found, card)
    if card["state"] == "open":
        _options(view, room, card)
    else:
        _taken(view, room, card)
    _between(view, room, cards, card)
    what_if.drawer(view, room, card)


def _at(cards: list[dict[str, Any]]) -> dict[str, Any]:
    """The card that the address names, else the first that waits."""
    named = address.only("card")
    waiting = [card for card in cards if card["state"] == "open"]
    return next((card for card in cards if str(card["number"]) == named), (waiting or cards)[0])


def _bar(view: View, room: Stage, cards: list[dict[str, Any]], card: dict[str, Any]) -> None:
    """Which decision, who brought it, until when."""
    place = cards.index(card)
    parts = [message("Decision {number} of {count}", number=place + 1, count=len(cards))]
    if card["brought_by"]:
        parts.append(message("brought by {who}", who=card["brought_by"]))
    if card["deadline"] is not None:
        parts.append(message("to be decided until {due_on}", due_on=card["deadline"]))
    if card["recommended"]:
        parts.append(message("recommended: {option}", option=card["recommended"]))
    text.headline(card["question"], *(view.say(part) for part in parts))


def _between(view: View, room: Stage, cards: list[dict[str, Any]], card: dict[str, Any]) -> None:
    """To the decision before and the next one, and what if."""
    place = cards.index(card)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            view.say(message("Decision before")), key="card-back", shortcut=shortcut("B"), type="tertiary", disabled=place == 0, on_click=_turn,
            args=(cards[place - 1],),
        )  # fmt: skip
        st.button(
            view.say(message("Next decision")), key="card-next", shortcut=shortcut("N"), type="tertiary", disabled=place == len(cards) - 1, on_click=_turn,
            args=(cards[(place + 1) % len(cards)],),
        )  # fmt: skip
        what_if.button(view, room)


def _turn(card: Mapping[str, Any]) -> None:
    address.write("card", [str(card["number"])])
    st.session_state.pop(CHOOSING, None)


def _card(view: View, found: Answer, card: dict[str, Any]) -> None:
    """Measures down, options across; below each figure its difference to the plan as it is."""
    rows = [line for line in found.frame.to_dicts() if line["number"] == card["number"]]
    base = next(line for line in rows if line["option"] == BASE)
    options = [line for line in rows if line["option"] != BASE]
    head = [view.say(message("Measure")), view.say(message("Plan as it is")), *(_name(view, line) for line in options)]
    table = [
        [
            large.words(view.say(label), strong=True), Cell(view.text(base[name], unit, compact=True)),
            *(large.figure(view, line[name], unit, base[name], "up" if better == "more" else "down") for line in options),
        ]
        for name, (label, unit, better) in executive.MEASURES.items()
        if any(line[name] is not None for line in rows)
    ]  # fmt: skip
    large.table(head, table, card["question"])
    text.lines([f"{each['name']}: {each['assumptions']}" for each in card["options"] if each["assumptions"]])


def _name(view: View, line: Mapping[str, Any]) -> str:
    word = view.say(message("recommended")) if line["is_recommended"] else view.say(message("chosen")) if line["is_chosen"] else ""
    return f"{line['option']}  {line['title']}" + (f" · {word}" if word else "")


def _options(view: View, room: Stage, card: dict[str, Any]) -> None:
    """The buttons that choose, and what is filled in after."""
    may, chosen = room.may(view, "approve"), st.session_state.get(CHOOSING)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for place, option in enumerate(card["options"], start=1):
            word = message("Choose {option}", option=option["name"])
            st.button(
                view.say(word), key=f"choose-{option['name']}", shortcut=shortcut(str(place)), type="primary", disabled=not may, on_click=_choosing,
                args=(card["subject"], option["name"]),
            )  # fmt: skip
        st.button(
            view.say(message("Defer or refuse")), key="put-off", shortcut=shortcut("D"), disabled=not may, on_click=_choosing, args=(card["subject"], ""),
        )  # fmt: skip
    if chosen is not None and chosen[0] == card["subject"] and not what_if.is_open():
        title = next((f"{each['name']}: {each['title']}" for each in card["options"] if each["name"] == chosen[1]), view.say(message("Defer or refuse")))
        show = st.dialog(text.label(title), width="large", on_dismiss=_forget)(_choice if chosen[1] else _put_off)
        show(view, room, card, chosen[1])


def _choosing(subject: str, option: str) -> None:
    st.session_state[CHOOSING] = (subject, option)


def _forget() -> None:
    st.session_state.pop(CHOOSING, None)


def _choice(view: View, room: Stage, card: dict[str, Any], option: str) -> None:
    """Owner and day, without which nothing is decided; the month in which the outcome is looked at, and what is promised for it."""
    months = list(view.ask("plan_effect").frame["month"])
    known = list(dict.fromkeys([*room.standing.answer.extra["participants"]["name"], *people.people(view.home).values()]))
    first = st.columns(3)
    owner = first[0].selectbox(
        view.say(message("Who does it")), known, index=None, key="choice-owner", accept_new_options=True,
        placeholder=view.say(message("Choose or type a name")),
    )  # fmt: skip
    due = first[1].date_input(view.say(message("Until")), value=None, key="choice-due", format="YYYY-MM-DD")
    month = first[2].selectbox(
        view.say(message("Outcome looked at in")), months, index=None, key="choice-month", format_func=lambda day: view.text(day, "month"),
        placeholder=view.say(message("no month")),
    )  # fmt: skip
    expected = _promises(view, card, option, month)
    note = st.text_input(view.say(message("Note")), key="choice-note")
    if st.button(view.say(message("Decide {option}", option=option)), key="decide", type="primary", shortcut="Ctrl+Enter"):
        made = executive.choice(option, owner or "", due if isinstance(due, date) else None, month, expected, note)
        _forget()
        acting.act(
            KEY, lambda: executive.choose(view.home, card["subject"], card["id"], made, view.scope),
            message("Decided: {question} {option}.", question=card["question"], option=option),
        )  # fmt: skip


def _promises(view: View, card: dict[str, Any], option: str, month: date | None) -> dict[str, float | None]:
    """What the option's plan brings in that month, to be kept or corrected."""
    if month is None:
        return {}
    proposed = executive.promised(view.home, card["subject"], option, month, view.scope)
    sides, found = st.columns(len(PROMISED)), {}
    for side, name in zip(sides, PROMISED, strict=True):
        label, unit, _ = executive.MEASURES[name]
        start = proposed.get(name)
        said = message("{measure} promised for {month}", measure=label, month=month)
        value = side.number_input(view.say(said), value=None if start is None else int(start), step=1000, key=f"promise-{name}-{month}")
        if value is not None:
            side.caption(text.label(formatted(float(value), unit, view.language, view.currency, compact=True)))
        found[name] = None if value is None else float(value)
    return found


def _put_off(view: View, room: Stage, card: dict[str, Any], option: str) -> None:
    """Defer or refuse, with the reason."""
    states = {"deferred": message("Defer to the next meeting"), "refused": message("Refuse")}
    state = st.radio(view.say(message("What then?")), list(states), format_func=lambda code: view.say(states[code]), horizontal=True, key="put-off-state")
    reason = st.text_input(view.say(message("Why")), key="put-off-why")
    if st.button(view.say(message("Keep")), key="put-off-keep", type="primary", shortcut="Ctrl+Enter"):
        _forget()
        acting.act(KEY, lambda: executive.put_off(view.home, card["subject"], card["id"], str(state), reason, view.scope), message("Kept."))


def _taken(view: View, room: Stage, card: dict[str, Any]) -> None:
    """What was decided, and the way back as long as the meeting is not signed."""
    choice, said = card["choice"], coded(view, "decision_state", card["state"])
    if choice is not None:
        title = next(each["title"] for each in card["options"] if each["name"] == choice["option"])
        told = message(
            "{option}: {title}. {owner} does it until {due_on}.", option=choice["option"], title=title, owner=choice["owner"], due_on=choice["due_on"]
        )
        text.heading(view.say(told), said, choice["note"])
    else:
        text.heading(said, card["reason"])
    if st.button(view.say(message("Take the decision back")), key="take-back", icon=":material/undo:", disabled=not room.may(view, "approve")):
        acting.act(KEY, lambda: executive.take_back(view.home, card["subject"], card["id"], view.scope), message("The decision waits again."))
