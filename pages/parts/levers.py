"""The levers of a scenario as widgets: each that is turned comes back as a record would keep it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from engine.messages import Message, message
from pages.parts import text
from pages.parts.view import View

PERCENT = 100
NARROWEST = 190
MOST = 1000
"""Of anything, in percent: what is beyond is a slip of the finger."""


@dataclass(frozen=True)
class Choices:
    """What levers can be about. families, resources: code -> name; areas; months of the plan. tail_months: so long after a promotion what was only bought
    earlier is looked for."""

    families: Mapping[str, str]
    resources: Mapping[str, str]
    areas: Sequence[str]
    months: Sequence[date]
    tail_months: int = 0

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Choices":
        """Those that an answer's facts hold."""
        return cls(facts["families"], facts["resources"], facts["areas"], facts["months"], facts["tail_months"])


def turned(view: View, choices: Choices, key: str) -> list[dict[str, Any]]:
    """Seven levers, and which of them are turned: kind and fields of each."""
    found: list[dict[str, Any]] = []
    left, right = st.columns(2, gap="large")
    with left:
        found += _demand(view, choices, key)
        found += _price(view, choices, key)
    with right:
        found += _capacity(view, choices, key)
        found += _stock(view, choices, key)
    found += _promotion(view, choices, key)
    return found


def promotion(view: View, choices: Choices, key: str) -> tuple[dict[str, Any], bool]:
    """Fields of a promotion, and whether one is wanted: what it brings at once, what of that is only bought earlier, price and spend."""
    more = _whole_percent(view, message("Promotion: demand, %"), f"{key}-promoted", 0)
    discount = _whole_percent(view, message("Promotion: off the price, %"), f"{key}-discount", 0, PERCENT)
    spend = st.number_input(view.say(message("Promotion: spent on it")), 0, None, 0, 1000, key=f"{key}-spend")
    pulled = _whole_percent(view, message("Promotion: bought ahead, %"), f"{key}-pulled", 0, PERCENT)
    tail = st.number_input(view.say(message("Promotion: months after it that lose")), 0, len(choices.months), choices.tail_months, 1, key=f"{key}-tail")
    fields = {
        "kind": "PromotionLever", "own_share": more, "pulled_share": pulled, "pulled_months": int(tail), "discount_share": discount, "spend": float(spend)
    }  # fmt: skip
    return fields, bool(more or discount or spend)


def _promotion(view: View, choices: Choices, key: str) -> list[dict[str, Any]]:
    with st.container(border=True):
        with st.grid(min_column_width=NARROWEST, gap="small"):
            fields, is_wanted = promotion(view, choices, key)
        with st.grid(min_column_width=2 * NARROWEST, gap="small"):
            families = _some(view, message("Families"), choices.families, f"{key}-promotion-families")
            months = _months(view, choices, f"{key}-promotion-months")
        text.small(view.say(message("Months next to each other are one promotion; what is bought ahead is missing after it.")))
    return [{**fields, "families": families, "months": months}] if is_wanted else []


def _whole_percent(view: View, label: Message, key: str, least: int, most: int = MOST) -> float:
    """A share, typed in whole percent; 0 = not turned."""
    return float(st.number_input(view.say(label), least, most, 0, 5, key=key)) / PERCENT


def _percent(view: View, label: Message, key: str, least: float = -float(PERCENT), most: float = float(MOST)) -> float:
    """A share typed in percent; 0 = not turned."""
    return float(st.number_input(view.say(label), least, most, 0.0, 5.0, key=key)) / PERCENT


def _some(view: View, label: Message, names: Mapping[str, str] | Sequence[str], key: str) -> list[str]:
    """Some of the names; none chosen = all of them."""
    listed = names if isinstance(names, Mapping) else {name: name for name in names}
    return list(st.multiselect(view.say(label), list(listed), format_func=lambda code: listed[code] or code, key=key, placeholder=view.say(message("all"))))


def _months(view: View, choices: Choices, key: str) -> list[int]:
    """Places of some months in the plan; none chosen = all of them."""
    return list(
        st.multiselect(
            view.say(message("Which months")), list(range(len(choices.months))), format_func=lambda place: view.text(choices.months[place], "month"), key=key,
            placeholder=view.say(message("all")),
        )
    )  # fmt: skip


def _demand(view: View, choices: Choices, key: str) -> list[dict[str, Any]]:
    with st.container(border=True):
        share = _percent(view, message("Demand, %"), f"{key}-demand")
        families = _some(view, message("Families"), choices.families, f"{key}-demand-families")
        areas = _some(view, message("Areas"), choices.areas, f"{key}-demand-areas")
        months = _months(view, choices, f"{key}-demand-months")
    return [{"kind": "DemandLever", "share": share, "families": families, "months": months, "areas": areas}] if share else []


def _price(view: View, choices: Choices, key: str) -> list[dict[str, Any]]:
    with st.container(border=True):
        share = _percent(view, message("Price, %"), f"{key}-price")
        answer = float(st.number_input(view.say(message("Demand falls by so many % for each % of price")), 0.0, 10.0, 0.0, 0.5, key=f"{key}-elasticity"))
        families = _some(view, message("Families"), choices.families, f"{key}-price-families")
        months = _months(view, choices, f"{key}-price-months")
    return [{"kind": "PriceLever", "share": share, "elasticity": -answer, "families": families, "months": months}] if share else []


def _capacity(view: View, choices: Choices, key: str) -> list[dict[str, Any]]:
    with st.container(border=True):
        share = _percent(view, message("Capacity, %"), f"{key}-capacity")
        overtime = _percent(view, message("Overtime, % of what is allowed"), f"{key}-overtime", 0.0) if choices.resources else 0.0
        outside = float(st.number_input(view.say(message("Bought from other plants, more each month")), 0.0, None, 0.0, 10.0, key=f"{key}-outside"))
        resources = _some(view, message("Resources"), choices.resources, f"{key}-resources")
        months = _months(view, choices, f"{key}-capacity-months")
    where = {"resources": resources, "months": months}
    found: list[dict[str, Any]] = []
    if share:
        found.append({"kind": "CapacityLever", "share": share, **where})
    if overtime:
        found.append({"kind": "OvertimeLever", "times": overtime, **where})
    if outside:
        found.append({"kind": "SubcontractLever", "hours": outside, **where})
    return found


def _stock(view: View, choices: Choices, key: str) -> list[dict[str, Any]]:
    with st.container(border=True):
        kept = _percent(view, message("Safety stock that is kept whatever happens, %"), f"{key}-safety", 0.0, float(PERCENT))
        families = _some(view, message("Families"), choices.families, f"{key}-safety-families")
        limit = st.checkbox(view.say(message("Limit how far ahead may be built")), key=f"{key}-ahead-limited")
        ahead = int(st.number_input(view.say(message("Months")), 0, len(choices.months), 2, key=f"{key}-ahead")) if limit else None
        text.small(view.say(message("Nothing named means everything; what stays at 0 is not turned.")))
    found: list[dict[str, Any]] = []
    if kept:
        found.append({"kind": "SafetyLever", "share": 1 - kept, "families": families})
    if ahead is not None:
        found.append({"kind": "PrebuildLever", "months": ahead})
    return found
