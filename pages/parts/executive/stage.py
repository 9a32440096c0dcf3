"""The stage of the executive meeting: which item is spoken of, how long it takes, next and back by a key, on a wall or on a desk."""

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from engine.answers.meeting import executive
from engine.answers.meeting.acts import Item
from engine.answers.meeting.executive import EXECUTIVE, Clock
from engine.errors import GranaryError
from engine.messages import message
from pages.parts import text
from pages.parts.frame import address
from pages.parts.step import Standing
from pages.parts.view import View

LOOK = Path(__file__).with_name("projector.css")
NAMES = tuple(item.name for item in EXECUTIVE)
WALL = "projector"
KEY = "executive"
"""Of `acting` and of the step."""
SECONDS = 60
ENDING = 2
"""Items at the end in which the step is signed: approval, read-back."""
_RUNNING = "gr-clock"
WHAT_IF, CHOOSING = "gr-what-if", "gr-choosing"
DIALOGS = (WHAT_IF, CHOOSING)
"""Under these the session remembers what is open at the side: the drawer, the choice of an option."""
WALL_HEIGHT, DESK_HEIGHT = 420, 280


@dataclass(frozen=True)
class Stage:
    """What is shown. item: of the agenda; is_wall: in projector mode; standing: of the step; family: whose story is told, "" = nobody's."""

    item: Item
    number: int
    is_wall: bool
    standing: Standing
    clock: Clock
    family: str

    @property
    def month(self) -> date:
        return self.standing.month

    @property
    def chart_height(self) -> int:
        return WALL_HEIGHT if self.is_wall else DESK_HEIGHT

    def may(self, view: View, act: str) -> bool:
        """Whether somebody may act in this meeting now."""
        return view.scope.may(act) and self.standing.is_open and not self.standing.step.is_closed


def read(view: View, standing: Standing) -> Stage:
    """What the address asks for."""
    name = address.one_of("item", NAMES, NAMES[0])
    place = NAMES.index(name)
    family = address.only("family") or ""
    return Stage(EXECUTIVE[place], place + 1, address.only("mode") == WALL, standing, executive.clock(view.home, standing.month), family)


def dress(stage: Stage) -> None:
    """Large letters and no frame, in projector mode."""
    if stage.is_wall:
        st.html(LOOK)


def shortcut(key: str) -> str | None:
    """A key of the keyboard, unless something is being filled in at the side: what is typed there must not turn the agenda."""
    return None if any(st.session_state.get(name) for name in DIALOGS) else key


def floor(stage: Stage) -> Any:
    """Where an item is drawn. In the last two the state of the step stands above, as that is where it is signed."""
    return st.container(key="gr-last" if stage.number > len(NAMES) - ENDING else "gr-item")


def bar(view: View, stage: Stage) -> None:
    """The line above every item: where we are, the clock, and the keys."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="gr-stage"):
        st.button(
            view.say(message("Back")), key="stage-back", icon=":material/arrow_back:", shortcut=shortcut("Left"), type="tertiary", disabled=stage.number == 1,
            on_click=_turn, args=(view, stage, -1),
        )  # fmt: skip
        st.button(
            view.say(message("Next")), key="stage-next", icon=":material/arrow_forward:", shortcut=shortcut("Right"), type="tertiary",
            disabled=stage.number == len(NAMES), on_click=_turn, args=(view, stage, 1),
        )  # fmt: skip
        with st.container(width="stretch"):
            said = message("{number} of {count}: {title}", number=stage.number, count=len(NAMES), title=stage.item.title)
            text.small(view.say(said), *_said_of_time(view, stage))
        _agenda(view, stage)
        _clock(view, stage)
        word = message("On the desk") if stage.is_wall else message("On the wall")
        st.button(
            view.say(word), key="stage-mode", icon=":material/present_to_all:", shortcut=shortcut("P"), type="tertiary", on_click=_hang,
            args=(not stage.is_wall,),
        )  # fmt: skip


def _said_of_time(view: View, stage: Stage) -> list[str]:
    """Planned and used minutes of the item, and how the meeting stands."""
    clock, name = stage.clock, stage.item.name
    used = clock.used.get(name, 0.0) + _running(name)
    parts = [message("{used_n} of {planned_n} minutes", used_n=used, planned_n=clock.planned[name])]
    if clock.used and clock.over >= 1:
        parts.append(message("{over_n} minutes behind", over_n=clock.over))
    return [view.say(part) for part in parts]


def _running(name: str) -> float:
    """Minutes since the clock was started on an item; 0 where it does not run on it."""
    running = st.session_state.get(_RUNNING)
    return (time.monotonic() - running[1]) / SECONDS if running is not None and running[0] == name else 0.0


def _clock(view: View, stage: Stage) -> None:
    """Only the browser that started the clock counts the minutes."""
    runs = _RUNNING in st.session_state
    word = message("Stop the clock") if runs else message("Start the clock")
    st.button(
        view.say(word), key="stage-clock", icon=":material/timer_off:" if runs else ":material/timer:", shortcut=shortcut("T"), type="tertiary",
        disabled=not stage.may(view, "decide"), on_click=_stop if runs else _start, args=(view, stage),
    )  # fmt: skip


def _start(view: View, stage: Stage) -> None:
    st.session_state[_RUNNING] = (stage.item.name, time.monotonic())


def _stop(view: View, stage: Stage) -> None:
    _count(view, stage)
    st.session_state.pop(_RUNNING, None)


def _count(view: View, stage: Stage) -> None:
    """What was spent on the present item goes into the minutes."""
    spent = _running(stage.item.name)
    if spent > 0:
        try:
            executive.spend(view.home, stage.month, stage.item.name, spent, view.scope)
        except GranaryError as fault:
            st.session_state[f"gr-told-{KEY}"] = (False, fault.said)


def _turn(view: View, stage: Stage, by: int) -> None:
    """To the next or the last item; a running clock runs on with it."""
    place = min(max(stage.number - 1 + by, 0), len(NAMES) - 1)
    if _RUNNING in st.session_state:
        _count(view, stage)
        st.session_state[_RUNNING] = (NAMES[place], time.monotonic())
    address.write("item", [NAMES[place]])
    address.write("family", [])


def _hang(on_wall: bool) -> None:
    address.write("mode", [WALL] if on_wall else [])


def tell(family: str) -> None:
    """Tell the story of a family; the agenda stays where it is."""
    address.write("family", [family])


def _agenda(view: View, stage: Stage) -> None:
    """All items, what each was planned and has taken; a click leads there."""
    with st.popover(view.say(message("Agenda")), icon=":material/list:", type="tertiary", key="gr-agenda"):
        for number, item in enumerate(EXECUTIVE, start=1):
            used = stage.clock.used.get(item.name)
            minutes = message("{used_n} of {planned_n} minutes", used_n=used or 0.0, planned_n=stage.clock.planned[item.name])
            title = message("{number}. {title} · {minutes}", number=number, title=item.title, minutes=minutes)
            st.button(text.label(view.say(title)), key=f"stage-{item.name}", type="tertiary", on_click=_go, args=(item.name,))


def _go(name: str) -> None:
    address.write("item", [name])
    address.write("family", [])
