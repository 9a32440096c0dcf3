"""Whether a line may be launched: on 1 March or 1 September, with three products at least, after its defence, with figures above the thresholds of its
sourcing and within the sphere's budget for new lines. A threshold that nobody set is told as not set; it is no pass.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.assortment.decision import Days, off_gate
from engine.messages import Message, message

MET, MISSED, NOT_SET, UNKNOWN, NOT_NEEDED = "met", "missed", "not_set", "unknown", "not_needed"
CRITERIA = ("margin", "skus", "payback", "return")
SOURCINGS = ("own", "third_party", "to_order")
RESULTS: dict[str, Message] = {
    MET: message("met"),
    MISSED: message("not met"),
    NOT_SET: message("not set"),
    UNKNOWN: message("unknown"),
    NOT_NEEDED: message("not needed"),
}
_DUST = 1e-9


def payback_months(investment: float, margins: Sequence[float]) -> float | None:
    """Months until the cumulated net margin reaches the investment, between two months by proportion; None where it does not within the months given."""
    if investment <= 0:
        return 0.0
    total = 0.0
    for number, margin in enumerate(margins):
        if total + margin >= investment - _DUST * investment:
            return number + (investment - total) / margin if margin > 0 else float(number)
        total += margin
    return None


def return_on_investment(investment: float, margins: Sequence[float], horizon: int) -> float | None:
    """Net margin of the first `horizon` months ÷ investment − 1; None without an investment, or where fewer months are known."""
    if investment <= 0 or len(margins) < horizon:
        return None
    return sum(margins[:horizon]) / investment - 1


@dataclass(frozen=True)
class Project:
    """A line to be launched. skus: how many products it will have; is_innovation: whether it is a new product (False: it deepens a line that exists, then
    no defence is needed); approved_on: when the general director approved it; margin_share, payback, roi: expected, None = unknown.
    budget_share: its launch promotions ÷ the sphere's promotion budget."""

    sourcing: str
    launch_on: date
    skus: int
    margin_share: float | None = None
    payback: float | None = None
    roi: float | None = None
    is_innovation: bool = True
    approved_on: date | None = None
    budget_share: float | None = None


@dataclass(frozen=True)
class Criterion:
    """One thing that a launch is measured by. found, threshold: raw, in `unit`; result: MET, MISSED, NOT_SET, UNKNOWN or NOT_NEEDED."""

    name: str
    said: Message
    result: str
    found: float | None = None
    threshold: float | None = None
    unit: str = "ratio"
    why: Message | None = None


SAID: dict[str, Message] = {
    "gate": message("The day is a day of the launch gate"),
    "lines": message("A line of enough products"),
    "defence": message("The project was defended and approved"),
    "budget": message("Launch promotions within the budget for new lines"),
    "margin": message("Marginal profitability"),
    "skus": message("Number of products"),
    "payback": message("Payback, months"),
    "return": message("Return on the investment"),
}
NO_APPROVAL = message("The general director has not approved the project; without it there is no launch.")
LATE_APPROVAL = message("The approval came after the day of the launch.")
NO_INNOVATION = message("It deepens a line that exists, so no defence is needed.")


def criteria(project: Project, gates: Days, thresholds: Mapping[str, float | None], least_skus: int, new_most: float) -> tuple[Criterion, ...]:
    """Everything that a launch is measured by, hard rules first. thresholds: criterion -> the sourcing's threshold, None = nobody set one."""
    measured = (
        ("margin", project.margin_share, "share", False),
        ("skus", float(project.skus), "count", False),
        ("payback", project.payback, "months", True),
        ("return", project.roi, "share", False),
    )
    return (
        _gate(project, gates),
        _enough(project, least_skus),
        _defence(project),
        _within(project, new_most),
        *(_against(name, found, thresholds.get(name), unit, is_most) for name, found, unit, is_most in measured),
    )


def _gate(project: Project, gates: Days) -> Criterion:
    why = off_gate(gates, project.launch_on)
    return Criterion("gate", SAID["gate"], MET if why is None else MISSED, unit="flag", why=why)


def _enough(project: Project, least: int) -> Criterion:
    why = message("A line is launched with {least} products at least; this one has {found}.", least=least, found=project.skus)
    is_met = project.skus >= least
    return Criterion("lines", SAID["lines"], MET if is_met else MISSED, float(project.skus), float(least), "count", None if is_met else why)


def _defence(project: Project) -> Criterion:
    if not project.is_innovation:
        return Criterion("defence", SAID["defence"], NOT_NEEDED, unit="flag", why=NO_INNOVATION)
    if project.approved_on is None:
        return Criterion("defence", SAID["defence"], MISSED, unit="flag", why=NO_APPROVAL)
    is_late = project.approved_on > project.launch_on
    return Criterion("defence", SAID["defence"], MISSED if is_late else MET, unit="flag", why=LATE_APPROVAL if is_late else None)


def _within(project: Project, most: float) -> Criterion:
    if project.budget_share is None:
        return Criterion("budget", SAID["budget"], UNKNOWN, None, most, "share", message("The sphere has no marketing budget for the months of the launch."))
    is_met = project.budget_share <= most + _DUST
    return Criterion("budget", SAID["budget"], MET if is_met else MISSED, project.budget_share, most, "share")


def _against(name: str, found: float | None, threshold: float | None, unit: str, is_most: bool) -> Criterion:
    if threshold is None:
        return Criterion(name, SAID[name], NOT_SET, found, None, unit)
    if found is None:
        return Criterion(name, SAID[name], UNKNOWN, None, threshold, unit)
    is_met = found <= threshold + _DUST if is_most else found >= threshold - _DUST
    return Criterion(name, SAID[name], MET if is_met else MISSED, found, threshold, unit)


def may_launch(found: Sequence[Criterion]) -> bool:
    """Whether nothing is missed; what is not set or unknown is told, and the committee decides on it."""
    return all(criterion.result != MISSED for criterion in found)
