"""Ticks: round numbers in one magnitude an axis, months by name with the year where it begins. Plotly's own know only English."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.language.dates import month_alone, year_alone
from engine.language.numbers import NO_BREAK, digits, exact, formatted, magnitude, signed_text, with_currency


@dataclass(frozen=True)
class Ticks:
    """Where ticks stand and what they say; as long as each other."""

    values: tuple[float, ...]
    texts: tuple[str, ...]


def _step(span: Decimal, count: int) -> Decimal:
    rough = span / count
    power = Decimal(1).scaleb(rough.adjusted())
    return next(power * factor for factor in (Decimal(1), Decimal(2), Decimal(5), Decimal(10)) if power * factor >= rough)


def nice_ticks(low: float, high: float, unit: str, language: str, currency: str = "CNY", count: int = 5) -> Ticks:
    """About `count` round ticks from at or below `low` to at or above `high`, all in the magnitude of the largest."""
    least, most = exact(low) or Decimal(0), exact(high) or Decimal(0)
    if most <= least:
        most = least + 1
    step = _step(most - least, count)
    first = (least / step).to_integral_value(rounding="ROUND_FLOOR") * step
    values = [first]
    while values[-1] < most:
        values.append(values[-1] + step)
    return Ticks(tuple(float(value) for value in values), tuple(_tick(value, step, values, unit, language, currency) for value in values))


def _tick(value: Decimal, step: Decimal, values: Sequence[Decimal], unit: str, language: str, currency: str) -> str:
    if value == 0 and unit not in ("share", "points"):
        return "0"
    if unit in ("share", "points"):
        return formatted(value, "share", language, decimals=_places(step * 100))
    power, word = magnitude(max(values, key=abs), language)
    text = digits(value.scaleb(-power), language, places := _places(step.scaleb(-power)), places) + word
    if unit in ("money", "money_per_unit"):
        text = with_currency(text, language, currency)
    return signed_text(text, value, signed=False)


def _places(step: Decimal) -> int:
    """Decimals that a step needs."""
    exponent = step.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def month_ticks(months: Sequence[date], language: str, most: int = 13) -> tuple[tuple[date, ...], tuple[str, ...]]:
    """Months to mark and their texts: all, or every 2nd, 3rd, 6th, 12th from January; the year stands under the first and each January."""
    distinct = sorted(set(months))
    if not distinct:
        return (), ()
    every = next((gap for gap in (1, 2, 3, 6) if len(distinct) / gap <= most), 12)
    shown = [month for month in distinct if (month.month - 1) % every == 0] or distinct[:1]
    texts = []
    for place, month in enumerate(shown):
        name = month_alone(month, language)
        is_new_year = place == 0 or shown[place - 1].year != month.year
        texts.append(f"{name}<br>{year_alone(month, language)}" if is_new_year else name)
    return tuple(shown), tuple(texts)


__all__ = ["NO_BREAK", "Ticks", "month_ticks", "nice_ticks"]
