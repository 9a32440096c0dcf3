"""What the company's tiles are reckoned from on the newest day: kept by the build, so that nobody waits for it, else worked out."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from engine.answers.facts import facts_for
from engine.answers.gathering import GATES
from engine.answers.periods import Period, Span, Window, first_of, following, month_period, months_before, span_of, year_before, year_to
from engine.answers.picking import pick_of
from engine.answers.source import Source
from engine.kpis import BOOK, Facts, Kpi
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection

MONTHS_KEPT = 24
"""How many months before that of the newest day are kept: two years, as the longest picture shows."""
NOW, LAST_YEAR, PREVIOUS, FIRST_MONTH = range(4)


def periods_of(source: Source, span: Span, back: int) -> tuple[Period, ...]:
    """The window itself, the same a year before, the one just before it (NOW, LAST_YEAR, PREVIOUS); then the month of its last day and `back` before it."""
    return (*_compared(span), *_months(source, span, back))


def facts_of_periods(source: Source, asked: Sequence[Kpi], selection: Selection, scope: Scope, span: Span, periods: tuple[Period, ...]) -> Facts:
    """The facts of a whole selection in each of some periods (column `period`: their places)."""
    back = len(periods) - FIRST_MONTH - 1
    if scope.sees_all and not selection.where and back <= MONTHS_KEPT and span == span_of(source, Selection(), by_month=False):
        kept = source.read("company_facts", as_of=span.as_of, settings=source.settings.fingerprint)
        if kept.height:
            return _as_facts(kept, periods)
    return _gathered(source, asked, selection, scope, span, periods)


def _gathered(source: Source, asked: Sequence[Kpi], selection: Selection, scope: Scope, span: Span, periods: tuple[Period, ...]) -> Facts:
    return facts_for(source, asked, Span(span.as_of, span.first, span.last, periods, True), pick_of(source, selection, scope), ())[0]


def worked_out(source: Source) -> pl.DataFrame:
    """The rows that a build keeps, for all KPIs of the book: as_of, period (null for a month), month (null for a window), input, value, why."""
    span = span_of(source, Selection(), by_month=False)
    periods = periods_of(source, span, MONTHS_KEPT)
    facts = _gathered(source, tuple(BOOK.values()), Selection(), EVERYTHING, span, periods)
    months = pl.Series("month", [period.month for period in periods], dtype=pl.Date)
    values = facts.frame.with_columns(pl.all().exclude("period").cast(pl.Float64)).unpivot(index="period", variable_name="input", value_name="value")
    rows = values.with_columns(months.gather(values["period"]).alias("month"), pl.lit(None, dtype=pl.String).alias("why"))
    unknown = pl.DataFrame({"input": list(facts.why), "why": [said.to_json() for said in facts.why.values()]}, schema={"input": pl.String, "why": pl.String})
    return pl.concat([rows.with_columns(pl.when(pl.col("period") < FIRST_MONTH).then("period")), unknown], how="diagonal_relaxed").select(
        pl.lit(span.as_of).alias("as_of"), "period", "month", "input", "value", "why"
    )


def _as_facts(kept: pl.DataFrame, periods: tuple[Period, ...]) -> Facts:
    places = {period.month: place for place, period in enumerate(periods) if period.month is not None}
    placed = kept.filter(pl.col("why").is_null()).with_columns(
        pl.coalesce("period", pl.col("month").replace_strict(places, default=None, return_dtype=pl.Int32)).alias("period")
    )
    frame = placed.drop_nulls("period").pivot("input", index="period", values="value").sort("period")
    why = {name: Message.from_json(said) for name, said in kept.filter(pl.col("why").is_not_null()).select("input", "why").iter_rows()}
    return Facts(frame, why, GATES)


def _compared(span: Span) -> tuple[Period, Period, Period]:
    """The window itself, the same a year before, and the one just before it."""
    now = span.periods[0]
    length = now.flows.days

    def moved(as_of: date, first: date, last: date) -> Period:
        return Period(None, Window(first, last), as_of, Window(first, last), year_to(as_of))

    def earlier(day: date) -> date:
        return date.fromordinal(max(day.toordinal() - length, 366))

    return (
        now,
        moved(year_before(now.end), year_before(now.flows.first), year_before(now.flows.last)),
        moved(earlier(now.end), earlier(now.flows.first), earlier(now.flows.last)),
    )


def _months(source: Source, span: Span, back: int) -> list[Period]:
    month, periods = months_before(first_of(span.as_of), back), []
    while month <= span.as_of:
        periods.append(month_period(month, Window(month, span.as_of), span.as_of, int(source.settings["window_days"])))
        month = following(month)
    return periods
