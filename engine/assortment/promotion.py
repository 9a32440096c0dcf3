"""What a promotion brought: its turnover against a baseline frozen before it began, less what was only bought earlier and what sister lines lost.

Verdicts: the policy asks for turnover (1 spent brings 4 more), money asks for margin; both are shown, because a promotion can pass the one and lose by
the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engine.assortment.windows import after
from engine.messages import Message, message

PASSED, FAILED, UNKNOWN = "passed", "failed", "unknown"
GAINS, LOSES, NOT_PROVEN = "gains", "loses", "not_proven"
NO_SPEND = message("Nothing was spent, or nobody wrote down what: there is nothing to divide by.")
NO_BASELINE = message("No forecast was made before it began, and nothing was sold in the same months of the year before.")
NOT_BEGUN = message("It has not begun yet.")
_DUST = 1e-9


@dataclass(frozen=True)
class Run:
    """One promotion as it was run. ended_on: its last day, included."""

    promotion_id: str
    line_id: str
    started_on: date
    ended_on: date
    spend: float | None


@dataclass(frozen=True)
class Joint:
    """Promotions of one line that overlap and are judged together. first, last: of all of them; tail_until: the last day of the tail, before the next
    promotion of the line; tail_last: where the tail would end by the rule."""

    line_id: str
    ids: tuple[str, ...]
    first: date
    last: date
    tail_until: date
    tail_last: date
    spend: float | None

    @property
    def is_cut(self) -> bool:
        """Whether the next promotion of the line began before the tail was over."""
        return self.tail_until < self.tail_last


def joint(runs: Sequence[Run], tail_months: int) -> tuple[Joint, ...]:
    """The promotions in order of line and day, those of one line that overlap as one: nobody can tell their uplifts apart.

    The tail, in which what was bought earlier is missing, ends with the next promotion of the line.
    """
    found: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.line_id, run.started_on, run.promotion_id)):
        if found and found[-1][-1].line_id == run.line_id and run.started_on <= max(each.ended_on for each in found[-1]):
            found[-1].append(run)
        else:
            found.append([run])
    ends = [*found[1:], []][: len(found)]
    return tuple(_joint(group, following, tail_months) for group, following in zip(found, ends, strict=True))


def _joint(group: Sequence[Run], following: Sequence[Run], tail_months: int) -> Joint:
    last = max(run.ended_on for run in group)
    tail_last = after(last, tail_months)
    is_cut = bool(following) and following[0].line_id == group[0].line_id
    until = min(tail_last, following[0].started_on - timedelta(1)) if is_cut else tail_last
    spends = [run.spend for run in group]
    spend = None if any(each is None for each in spends) else sum(each or 0.0 for each in spends)
    return Joint(group[0].line_id, tuple(run.promotion_id for run in group), group[0].started_on, last, until, tail_last, spend)


def fallback_baseline(last_year: float | None, others_now: float | None, others_last_year: float | None) -> float | None:
    """The baseline where no forecast was frozen: the same days a year before × growth of the group without the line; unknown without a year before.

    A group of one line, or one without sales a year before, has no growth of its own: then the year before stands as it was.
    """
    if last_year is None or last_year <= 0:
        return None
    if not others_last_year or others_last_year <= 0 or others_now is None:
        return last_year
    return last_year * max(others_now, 0.0) / others_last_year


@dataclass(frozen=True)
class Uplift:
    """actual, baseline: turnover in the window; tail_actual, tail_baseline: in the tail; sisters_lost: what sister lines fell short by, not below 0.
    spend: what was spent; margin_share: gross margin of the line."""

    actual: float
    baseline: float | None
    tail_actual: float = 0.0
    tail_baseline: float = 0.0
    sisters_lost: float = 0.0
    spend: float | None = None
    margin_share: float | None = None

    @property
    def gross(self) -> float | None:
        """More turnover in the window."""
        return None if self.baseline is None else self.actual - self.baseline

    @property
    def tail(self) -> float:
        """What the tail lacks (below 0: was only bought earlier) or has more."""
        return self.tail_actual - self.tail_baseline

    @property
    def incremental(self) -> float | None:
        """More turnover in the window and tail, less what sister lines lost."""
        return None if self.gross is None else self.gross + self.tail - self.sisters_lost

    @property
    def ratio(self) -> float | None:
        """More turnover for each one spent; unknown without spend."""
        return None if self.incremental is None or not self.spend or self.spend <= 0 else self.incremental / self.spend

    @property
    def gain(self) -> float | None:
        """More margin, less what was spent."""
        if self.incremental is None or self.margin_share is None or self.spend is None:
            return None
        return self.incremental * self.margin_share - self.spend

    def verdict(self, least: float) -> str:
        """By turnover: passed from exactly `least` on."""
        return UNKNOWN if self.ratio is None else PASSED if self.ratio >= least - _DUST else FAILED

    @property
    def money_verdict(self) -> str:
        """By margin: passed where more was earned than spent."""
        return UNKNOWN if self.gain is None or not self.spend else PASSED if self.gain > _DUST else FAILED

    @property
    def why(self) -> Message | None:
        """Why there is no ratio; None where there is one."""
        if self.baseline is None:
            return NO_BASELINE
        return NO_SPEND if not self.spend or self.spend <= 0 else None


def chain(company: float | None, dealer: float | None, retailer: float | None) -> str:
    """Whether every link of the chain gains: the change of margin of each must be above 0. A loss of one is a loss, a missing one is not proven."""
    links = (company, dealer, retailer)
    if any(link is not None and link <= 0 for link in links):
        return LOSES
    return NOT_PROVEN if any(link is None for link in links) else GAINS
