"""The row of KPI tiles, each with last year, the window before, and its months; all from one gathering of facts."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from engine import kpis
from engine.answers.answer import Tile
from engine.answers.company_facts import FIRST_MONTH, LAST_YEAR, NOW, PREVIOUS, facts_of_periods, periods_of
from engine.answers.gathering import out_of_reach
from engine.answers.periods import months_before, span_of
from engine.answers.source import Source
from engine.kpis import REASONS, Kpi
from engine.messages import Message
from engine.scope import Scope
from engine.selection import Selection

MONTHS_SHOWN = 13


def tiles_and_months(
    source: Source, asked: Sequence[Kpi], selection: Selection, scope: Scope, monthly: Sequence[Kpi] = (), back: int = MONTHS_SHOWN - 1
) -> tuple[tuple[Tile, ...], pl.DataFrame]:
    """One tile for each asked KPI over the whole selection; and the asked and monthly KPIs by month.

    The months: that of the day of the stock and `back` before it (columns: month, one a KPI, reasons).
    """
    whole = Selection(selection.as_of, selection.first, selection.last, (), selection.where)
    span = span_of(source, whole, by_month=False)
    everything = tuple(dict.fromkeys((*asked, *monthly)))
    periods = periods_of(source, span, back)
    facts = facts_of_periods(source, everything, whole, scope, span, periods)
    found = kpis.by(everything, facts, "period").sort("period")
    months = found.filter(pl.col("period") >= FIRST_MONTH)
    dated = months.with_columns(pl.Series("month", [periods[number].month for number in months["period"]], dtype=pl.Date))
    outside = out_of_reach(source, span.periods[0].flows)
    return tuple(_tile(one, found, dated, outside) for one in asked), dated.drop("period")


def _tile(one: Kpi, found: pl.DataFrame, months: pl.DataFrame, outside: Message | None) -> Tile:
    values = found[one.name].to_list()
    kept = found[f"{one.name}_why"][NOW]
    why = None if kept is None else Message.from_json(kept)
    recent = months.tail(MONTHS_SHOWN)
    return Tile(
        kpi=one.name,
        value=values[NOW],
        last_year=values[LAST_YEAR],
        previous=values[PREVIOUS],
        series=tuple(zip(recent["month"].to_list(), recent[one.name].to_list(), strict=True)),
        why_unknown=outside if why == REASONS["missing"] and outside is not None else why,
        censored="censored" in one.columns() and bool(found["censored"][NOW]),
    )


def beside_last_year(months: pl.DataFrame, name: str) -> pl.DataFrame:
    """The last 13 months with the same month of the year before: month, actual, last_year."""
    values: dict[date, float | None] = dict(months.select("month", name).iter_rows())
    recent = sorted(values)[-MONTHS_SHOWN:]
    earlier = [values.get(months_before(month, 12)) for month in recent]
    data = {"month": recent, "actual": [values[month] for month in recent], "last_year": earlier}
    return pl.DataFrame(data, schema={"month": pl.Date, "actual": pl.Float64, "last_year": pl.Float64})
