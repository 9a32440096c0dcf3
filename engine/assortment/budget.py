"""Guards of a promotion plan while it is typed: 80 % of a sphere's promotion budget for class A, at most 20 % for new lines, nothing for the rest, and
one star line a group for at least half a year.

A line counts once: an A line that is new counts as new. A deepening of a line that exists is no new product (it needs no innovation): it counts by its
class.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from engine.assortment.windows import after
from engine.messages import Message, message

NEW, TOP, REST = "new", "a", "rest"
STAR, LAUNCH, OTHER = "star", "launch", "other"
_DUST = 1e-9
TITLES: dict[str, Message] = {NEW: message("new lines"), TOP: message("class A"), REST: message("classes B and C")}


@dataclass(frozen=True)
class Planned:
    """One promotion of a plan. priority: class of its line, None = unknown. is_new: a new line with an innovation. waiver: why a B or C line is promoted
    all the same; it turns a stop into a remark."""

    promotion_id: str
    line_id: str
    sphere: str
    product_group: str
    kind: str
    started_on: date
    ended_on: date
    spend: float
    priority: str | None = None
    is_new: bool = False
    waiver: str = ""

    @property
    def bucket(self) -> str:
        """Which part of the budget it takes."""
        return NEW if self.is_new or self.kind == LAUNCH else TOP if self.priority == "A" else REST


@dataclass(frozen=True)
class Breach:
    """A rule that a plan does not keep. is_hard: the plan cannot be sent for approval like this. rule: a word for programs."""

    rule: str
    is_hard: bool
    said: Message
    sphere: str
    product_group: str = ""
    line_id: str = ""


@dataclass(frozen=True)
class Split:
    """A sphere's promotion money: budget (None = not set) and what of it each part takes."""

    sphere: str
    budget: float | None
    new: float
    top: float
    rest: float

    @property
    def spend(self) -> float:
        return self.new + self.top + self.rest

    def share(self, part: float) -> float | None:
        """A part of the budget as a share; unknown without a budget."""
        return part / self.budget if self.budget and self.budget > 0 else None


def splits(plan: Sequence[Planned], budgets: Mapping[str, float]) -> tuple[Split, ...]:
    """Each sphere that has a budget or a promotion, in order of its name."""
    found = []
    for sphere in sorted({*budgets, *(each.sphere for each in plan)}):
        parts = {name: sum(each.spend for each in plan if each.sphere == sphere and each.bucket == name) for name in (NEW, TOP, REST)}
        found.append(Split(sphere, budgets.get(sphere), parts[NEW], parts[TOP], parts[REST]))
    return tuple(found)


def breaches(plan: Sequence[Planned], budgets: Mapping[str, float], new_most: float, top_least: float, star_months: int) -> tuple[Breach, ...]:
    """Everything that a plan does not keep, the stops first. new_most: share of the budget for new lines, 20.00 % is kept and 20.01 % is not;
    top_least: share that class A should have; star_months: how long a star line is promoted at least."""
    found = [breach for split in splits(plan, budgets) for breach in _of_sphere(split, new_most, top_least)]
    found += [breach for each in plan for breach in _of_promotion(each)]
    found += star_breaches([each for each in plan if each.kind == STAR], star_months)
    return tuple(sorted(found, key=lambda breach: not breach.is_hard))


def _of_sphere(split: Split, new_most: float, top_least: float) -> Iterable[Breach]:
    sphere = split.sphere
    if split.budget is None or split.budget <= 0:
        if split.spend > 0:
            yield Breach(
                "no_budget", True, message("{sphere} has no marketing budget for this quarter, so nothing can be promoted there.", sphere=sphere), sphere
            )
        return
    most = new_most * split.budget
    if split.new > most + _DUST * split.budget:
        said = message(
            "{sphere}: new lines take {new_value}, {over_value} more than the {most_share} of the budget that they may have.",
            sphere=sphere, new_value=split.new, most_share=new_most, over_value=split.new - most,
        )  # fmt: skip
        yield Breach("new_share", True, said, sphere)
    if split.spend > split.budget * (1 + _DUST):
        over = split.spend - split.budget
        yield Breach("over_budget", True, message("{sphere}: the promotions cost {over_money} more than the budget.", sphere=sphere, over_money=over), sphere)
    if split.top < top_least * split.budget * (1 - _DUST):
        aim = top_least * split.budget
        said = message("{sphere}: class A has {top_value}; the aim is {least_share} of the budget, {aim_value}.",
                       sphere=sphere, top_value=split.top, least_share=top_least, aim_value=aim)  # fmt: skip
        yield Breach("top_share", False, said, sphere)


def _of_promotion(each: Planned) -> Iterable[Breach]:
    if each.bucket == REST and each.spend > 0:
        said = (
            message(
                "{line} is of class {priority}: such lines are not promoted. Say why all the same, or take it out.", line=each.line_id, priority=each.priority
            )
            if each.priority
            else message("{line} has no class yet and is no new line: say why it is promoted all the same, or take it out.", line=each.line_id)
        )
        yield Breach("not_promoted", not each.waiver.strip(), said, each.sphere, each.product_group, each.line_id)
    if each.ended_on < each.started_on:
        said = message(
            "{line}: the promotion ends on {end_on}, before it begins on {begin_on}.", line=each.line_id, begin_on=each.started_on, end_on=each.ended_on
        )
        yield Breach("order", True, said, each.sphere, each.product_group, each.line_id)


def star_breaches(stars: Sequence[Planned], months: int) -> list[Breach]:
    """Star promotions that are too short, or stand beside another line's in their group: one line a group on any day, for half a year at least."""
    found = []
    for each in sorted(stars, key=lambda star: (star.sphere, star.product_group, star.started_on, star.line_id)):
        needed = after(each.started_on, months) - timedelta(1)
        if each.ended_on < needed:
            said = message(
                "{line}: a star line is promoted for {n_months} months at least, until {until_on}.", line=each.line_id, n_months=months, until_on=needed
            )
            found.append(Breach("star_too_short", True, said, each.sphere, each.product_group, each.line_id))
    for one, other in combinations(sorted(stars, key=lambda star: (star.started_on, star.line_id)), 2):
        same = (one.sphere, one.product_group) == (other.sphere, other.product_group)
        if same and one.line_id != other.line_id and other.started_on <= one.ended_on:
            said = message(
                "{group}: {one} and {other} would both be star lines from {begin_on}; a group has one.",
                group=one.product_group, one=one.line_id, other=other.line_id, begin_on=other.started_on,
            )  # fmt: skip
            found.append(Breach("two_stars", True, said, one.sphere, one.product_group, other.line_id))
    return found
