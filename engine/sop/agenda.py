"""What the two meetings speak of, in which order, who leads each item and how long it should take."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.messages import Message, message


@dataclass(frozen=True)
class Item:
    """One item of an agenda. leads: who answers for it. minutes: for a meeting of 90 minutes and of 120; none = no time is planned."""

    name: str
    title: Message
    leads: Message
    minutes: tuple[int, int] | None = None


PRE_MEETING: tuple[Item, ...] = (
    Item("performance", message("Performance: how the last plan was carried out"), message("S&OP manager")),
    Item("demand", message("Unconstrained demand"), message("Demand manager, market planner")),
    Item("assumptions", message("Assumptions and risks"), message("S&OP manager")),
    Item("constrained", message("Constrained resources"), message("Manufacturing and purchasing managers")),
    Item("proposals", message("Proposals on capacity and purchasing"), message("Master scheduler, purchasing manager")),
    Item("impact", message("Impact on the business"), message("Finance, customer service")),
    Item("scenarios", message("Scenarios"), message("S&OP manager, finance")),
    Item("recommendations", message("Recommendations"), message("S&OP manager")),
    Item("executive_agenda", message("Agenda of the executive meeting"), message("S&OP manager")),
)
"""The nine items of the pre-meeting."""

EXECUTIVE: tuple[Item, ...] = (
    Item("promises", message("What was promised last time"), message("S&OP manager"), (10, 10)),
    Item("situation", message("Situation and gap to the budget"), message("Finance"), (10, 15)),
    Item("report_card", message("Measures below plan"), message("S&OP manager"), (10, 15)),
    Item("families", message("Families by exception"), message("Demand and supply managers"), (15, 20)),
    Item("decisions", message("Decisions"), message("Who brings them"), (30, 40)),
    Item("resources", message("New products, people, investment"), message("Product development, production"), (5, 10)),
    Item("approval", message("Effect of all together; approval of the plan"), message("Finance"), (5, 5)),
    Item("read_back", message("Decisions read back; score of the meeting"), message("S&OP manager"), (5, 5)),
)
"""The eight items of the executive meeting."""


def planned(length: int) -> dict[str, int]:
    """Minutes of each item of an executive meeting that lasts so long, 90 or more; between the two measured lengths and beyond in proportion."""
    short, long = (sum(item.minutes[which] for item in EXECUTIVE if item.minutes) for which in (0, 1))
    if length in (short, long):
        return {item.name: item.minutes[int(length == long)] for item in EXECUTIVE if item.minutes}
    exact = {item.name: item.minutes[0] * length / short for item in EXECUTIVE if item.minutes}
    whole = {name: int(minutes) for name, minutes in exact.items()}
    rest = sorted(exact, key=lambda name: whole[name] - exact[name])[: length - sum(whole.values())]
    return {name: minutes + (name in rest) for name, minutes in whole.items()}


@dataclass(frozen=True)
class Clock:
    """Planned and used minutes of an agenda. used: item -> minutes so far. over: minutes beyond what was planned up to and with the present item."""

    planned: Mapping[str, int]
    used: Mapping[str, float]

    @property
    def over(self) -> float:
        """Minutes behind (above zero) or ahead, over the items that were begun."""
        return sum(self.used.values()) - sum(minutes for name, minutes in self.planned.items() if name in self.used)

    @property
    def left(self) -> float:
        """Minutes until the planned end."""
        return sum(self.planned.values()) - sum(self.used.values())
