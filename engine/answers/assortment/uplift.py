"""What promotions brought, worked out from the sales of their line, of its group and of a year before; and from forecasts that were made before them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from engine.answers import flows
from engine.answers.gathering import EVERYBODY
from engine.answers.periods import Window, end_of, first_of, following, months_before, year_before
from engine.answers.source import Source
from engine.assortment.promotion import Joint, Run, Uplift, fallback_baseline, joint
from engine.messages import Message, message

FROZEN, YEAR_BEFORE, NOTHING = "frozen", "year_before", "nothing"
BASELINES: dict[str, Message] = {
    FROZEN: message("forecast made before it"),
    YEAR_BEFORE: message("same days a year before × growth of the group without the line"),
    NOTHING: message("none"),
}
TREND_MONTHS = 6
"""Months before a promotion by which a sister line's own trend is told."""


@dataclass(frozen=True)
class Judged:
    """Promotions that are judged together, and what they brought. is_provisional: the tail is not over; baseline_from: FROZEN, YEAR_BEFORE or NOTHING."""

    joint: Joint
    uplift: Uplift
    is_provisional: bool
    baseline_from: str


@dataclass(frozen=True)
class _Spans:
    """The windows of one joint promotion: its run, its tail, the half-year before, and each a year earlier; tail is None before it began."""

    run: Window
    tail: Window | None
    before: Window

    @property
    def all(self) -> tuple[Window, ...]:
        """Run, a year before; half-year before, a year before that; tail and a year before it where there is one."""
        named = (self.run, _year_earlier(self.run), self.before, _year_earlier(self.before))
        return named if self.tail is None else (*named, self.tail, _year_earlier(self.tail))


def _year_earlier(window: Window) -> Window:
    return Window(year_before(window.first), year_before(window.last))


def lines_of(source: Source) -> pl.DataFrame:
    """line_id, line_name, sphere, product_group of every line that has a product."""
    products = source.whole.items.filter(pl.col("line_id").is_not_null())
    return products.group_by("line_id").agg(pl.col("line_name", "sphere", "product_group").drop_nulls().first()).sort("line_id")


def judged(source: Source, promotions: pl.DataFrame, as_of: date) -> list[Judged]:
    """Every promotion that had begun by a day, those of one line that overlap as one. promotions: as of the read `promotions`.

    One that ends before it begins is left out: nothing can be said of it.
    """
    begun = promotions.filter((pl.col("started_on") <= as_of) & (pl.col("ended_on") >= pl.col("started_on")))
    runs = [Run(*row) for row in begun.select("promotion_id", "line_id", "started_on", "ended_on", "spend").iter_rows()]
    groups = joint(runs, int(source.settings["promotion_tail_months"]))
    if not groups:
        return []
    frozen = _frozen(source)
    spans = [_spans(each, as_of, frozen.get((each.ids[0], each.line_id))) for each in groups]
    sold = _Sold(source, [window for each in spans for window in each.all])
    lines = {row["line_id"]: row for row in lines_of(source).iter_rows(named=True)}
    promoted = [(each.line_id, each.first, each.last) for each in groups]
    return [_judge(each, span, sold, frozen, lines, promoted, as_of) for each, span in zip(groups, spans, strict=True)]


def _spans(each: Joint, as_of: date, months: dict[date, float] | None) -> _Spans:
    """months: what a forecast says that was made before; where it covers the run, the tail goes no further than it does."""
    run = Window(each.first, min(each.last, as_of))
    until = min(each.tail_until, as_of)
    if months and _expected(months, run) is not None:
        until = min(until, end_of(max(months)))
    began = each.last + timedelta(1)
    month = first_of(each.first)
    return _Spans(run, Window(began, until) if began <= until else None, Window(months_before(month, TREND_MONTHS), month - timedelta(1)))


class _Sold:
    """Turnover, quantity and cost by line over some windows."""

    def __init__(self, source: Source, windows: Iterable[Window]) -> None:
        listed = list(dict.fromkeys(windows))
        found = flows.sales_in(source.whole, listed, EVERYBODY, [flows.ITEM])
        named = found.with_columns(source.whole.of_items(found[flows.ITEM], "line_id").alias("line_id")).filter(pl.col("line_id").is_not_null())
        sums = named.group_by("window_no", "line_id").agg(pl.col("net_value", "qty", "cost_value").sum())
        known = source.days.get("sales")
        self._since = known[0] if known else date.max
        self._of = {(listed[number], line): (value or 0.0, qty or 0.0, cost or 0.0) for number, line, value, qty, cost in sums.iter_rows()}

    def of(self, window: Window, line_id: str) -> tuple[float, float, float]:
        return self._of.get((window, line_id), (0.0, 0.0, 0.0))

    def is_old(self, line_id: str, span: "_Spans") -> bool:
        """Whether a line was sold before the year before as well: one that was launched in between has no year to compare with."""
        before = _year_earlier(span.before)
        return before.first < self._since or self.of(before, line_id)[0] > 0

    def value(self, window: Window, lines: Iterable[str]) -> float:
        return sum(self.of(window, line)[0] for line in lines)


Frozen = dict[tuple[str, str], dict[date, float]]


def _frozen(source: Source) -> Frozen:
    """(promotion, line) -> month -> quantity forecast before the promotion began; sums of articles before forecasts of lines."""
    if not source.has("forecasts"):
        return {}
    rows = source.whole.read("forecasts_frozen", tail_months=int(source.settings["promotion_tail_months"]) + 1)
    found: Frozen = {}
    for promotion, line, month, _, qty in rows.sort("is_of_article").iter_rows():
        found.setdefault((promotion, line), {})[month] = qty
    return found


def _expected(months: dict[date, float] | None, window: Window) -> float | None:
    """Pieces that a forecast expected within a window, months by their share of days; None where a month is missing."""
    if not months:
        return None
    total, month = 0.0, first_of(window.first)
    while month <= window.last:
        if month not in months:
            return None
        days = (min(end_of(month), window.last) - max(month, window.first)).days + 1
        total += months[month] * days / end_of(month).day
        month = following(month)
    return total


def _judge(
    each: Joint, span: _Spans, sold: _Sold, frozen: Frozen, lines: dict[str, dict[str, str]], promoted: list[tuple[str, date, date]], as_of: date
) -> Judged:
    line = each.line_id
    actual, _, cost = sold.of(span.run, line)
    known = lines.get(line)
    group = [other for other, row in lines.items() if known and (row["sphere"], row["product_group"]) == (known["sphere"], known["product_group"])]
    others = [other for other in group if other != line]
    first = _baseline(each.ids[0], line, span.run, span, sold, frozen, others)
    tail = (None, NOTHING) if span.tail is None else _baseline(each.ids[0], line, span.tail, span, sold, frozen, others)
    busy = {other for other, begin, end in promoted if begin <= span.run.last and span.run.first <= end}
    lost = _lost(each.ids[0], [other for other in others if other not in busy], span, sold, frozen)
    uplift = Uplift(
        actual=actual, baseline=first[0], spend=each.spend, sisters_lost=lost, margin_share=(actual - cost) / actual if actual > 0 else None,
        tail_actual=sold.of(span.tail, line)[0] if span.tail is not None and tail[0] is not None else 0.0, tail_baseline=tail[0] or 0.0,
    )  # fmt: skip
    return Judged(each, uplift, as_of < each.tail_until, first[1])


def _price(line: str, span: _Spans, sold: _Sold) -> float | None:
    """What a piece of the line brought in the half-year before, else a year before."""
    for window in (span.before, _year_earlier(span.run)):
        value, qty, _ = sold.of(window, line)
        if qty > 0 and value > 0:
            return value / qty
    return None


def _baseline(promotion: str, line: str, window: Window, span: _Spans, sold: _Sold, frozen: Frozen, others: list[str]) -> tuple[float | None, str]:
    """(turnover that would have been without the promotion, from what it was told)."""
    pieces, price = _expected(frozen.get((promotion, line)), window), _price(line, span, sold)
    if pieces is not None and price is not None:
        return pieces * price, FROZEN
    earlier = _year_earlier(window)
    if not sold.is_old(line, span):
        return None, NOTHING
    alike = [other for other in others if sold.of(earlier, other)[0] > 0 and sold.is_old(other, span)]
    found = fallback_baseline(sold.of(earlier, line)[0], sold.value(window, alike), sold.value(earlier, alike))
    return found, NOTHING if found is None else YEAR_BEFORE


def _lost(promotion: str, sisters: list[str], span: _Spans, sold: _Sold, frozen: Frozen) -> float:
    """By how much the sister lines that were not promoted themselves fell short together, not below 0: against their forecast, else against the same
    days a year before × their own growth of the half-year before."""
    short = 0.0
    for sister in sisters:
        pieces, price = _expected(frozen.get((promotion, sister)), span.run), _price(sister, span, sold)
        if pieces is not None and price is not None:
            expected = pieces * price
        else:
            now, before = sold.of(span.before, sister)[0], sold.of(_year_earlier(span.before), sister)[0]
            expected = (fallback_baseline(sold.of(_year_earlier(span.run), sister)[0], now, before) or 0.0) if before > 0 else 0.0
        if expected > 0:
            short += expected - sold.of(span.run, sister)[0]
    return max(0.0, short)
