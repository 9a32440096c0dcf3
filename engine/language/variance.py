"""A figure against another: sign, arrow, word, and whether it is good; colour is only the fourth sign (looks: one notation)."""

from dataclasses import dataclass

from engine.language.catalogues import translated
from engine.language.numbers import UNKNOWN, formatted

_SHARES = ("share", "points")


@dataclass(frozen=True)
class Variance:
    """text: the signed difference, relative in % (in points for shares, in its own unit where the base is 0 or negative).

    arrow: ▲ ▼ or – ; word: better / worse / unchanged / more / less / unknown, said; favourable: True, False or None (neither).
    """

    text: str
    arrow: str
    word: str
    favourable: bool | None


def variance(value: float | None, base: float | None, unit: str, better: str | None, language: str, currency: str = "CNY") -> Variance:
    """`value` against `base`; better: `up`, `down` or None (a figure that is neither good nor bad as such)."""
    if value is None or base is None:
        return Variance(UNKNOWN, "", translated("unknown", language), None)
    difference = value - base
    if unit in _SHARES:
        text = formatted(difference, "points", language, signed=True)
    elif base > 0:
        text = formatted(difference / base, "share", language, signed=True)
    else:
        text = formatted(difference, unit, language, currency, compact=True, signed=True)
    if not any(digit in text for digit in "123456789"):
        return Variance(text, "–", translated("unchanged", language), None)
    rises = difference > 0
    arrow = "▲" if rises else "▼"
    direction = {"higher": "up", "lower": "down"}.get(better or "", better)
    if direction not in ("up", "down"):
        return Variance(text, arrow, translated("more", language) if rises else translated("less", language), None)
    good = rises == (direction == "up")
    return Variance(text, arrow, translated("better", language) if good else translated("worse", language), good)
