"""Numbers as people of a language write them: the only place where a figure becomes text.

Rounding is half up on the decimal digits of a number (2.675 → 2.68, as one learns at school, not as binary fractions fall);
minus is U+2212; zero is `0`; what is unknown (None, NaN, infinite) is `?`, what does not apply is `–`. Units:

    money           ¥1,234,567.89 · 1 234 567,89 ¥      compact: ¥1.2M · ¥123.5万 · 1,2 млн ¥
    money_per_unit  as money, never compact
    qty, count      1,234 (qty keeps up to two decimals where it has them)
    days            45 · days with one decimal below 10; the word stands in the header (`unit_name`)
    share           0–1 → 31.2% · 31,2 %
    points          a difference of shares: 0.008 → 0.8 pt · 0.8个百分点 · 0,8 п. п.
    ratio           2.34
    score           0–100 → 83.5
    date, month     31 Oct 2026 · Oct 2026
    time            31 Oct 2026, 14:05
    flag            yes / no
    code, text      as it stands
    message         the text of `Message.to_json()`, said
"""

import functools
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from engine.language.catalogues import translated
from engine.language.dates import date_text, month_text, time_text
from engine.language.tongues import separators
from engine.messages import Message

MINUS = "−"
UNKNOWN = "?"
NOT_APPLICABLE = "–"
NO_BREAK = "\u00a0"

UNITS = ("money", "money_per_unit", "qty", "count", "days", "share", "points", "ratio", "score", "date", "month", "time", "flag", "code", "text", "message")

# Signs are the short ones: a company has one currency, and it stands in the frame by name.
CURRENCY_SIGNS = {
    "CNY": "¥", "JPY": "¥", "RUB": "₽", "USD": "$", "EUR": "€", "GBP": "£", "KZT": "₸", "UAH": "₴",
    "INR": "₹", "KRW": "₩", "VND": "₫", "TRY": "₺", "ILS": "₪", "HKD": "HK$", "TWD": "NT$",
}  # fmt: skip

MAGNITUDES: dict[str, tuple[tuple[int, str], ...]] = {
    "en": ((12, "tn"), (9, "bn"), (6, "M"), (3, "k")),
    "zh": ((12, "万亿"), (8, "亿"), (4, "万")),
    "ru": ((12, f"{NO_BREAK}трлн"), (9, f"{NO_BREAK}млрд"), (6, f"{NO_BREAK}млн"), (3, f"{NO_BREAK}тыс.")),
}
_POINTS = {"en": f"{NO_BREAK}pt", "zh": "个百分点", "ru": f"{NO_BREAK}п.{NO_BREAK}п."}
_DECIMALS = {"money": (2, 2), "money_per_unit": (2, 2), "qty": (0, 2), "count": (0, 2), "share": (1, 1), "points": (1, 1), "ratio": (2, 2), "score": (1, 1)}


def exact(value: Any) -> Decimal | None:
    """The number as a person sees its digits; None for what is no finite number."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def half_up(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


@functools.cache
def _marks(language: str) -> dict[int, int]:
    return str.maketrans(".,", separators(language))


def digits(number: Decimal, language: str, fewest: int = 0, most: int = 2, grouped: bool = True) -> str:
    """The digits of |number| with the language's marks, half up, between `fewest` and `most` decimals.

    Python's own format and the marks of the CLDR, because a page of cells through a pattern of the CLDR takes 40 ms.
    """
    whole, _, decimals = format(half_up(abs(number), most), ",f" if grouped else "f").partition(".")
    while len(decimals) > fewest and decimals.endswith("0"):
        decimals = decimals[:-1]
    return f"{whole}.{decimals}".rstrip(".").translate(_marks(language))


def signed_text(text: str, number: Decimal, signed: bool) -> str:
    """`text` with its sign in front; nothing stands before what rounds to zero."""
    if not any(digit in text for digit in "123456789"):
        return text
    return MINUS + text if number < 0 else "+" + text if signed and number > 0 else text


def magnitude(number: Decimal, language: str, decimals: int = 1) -> tuple[int, str]:
    """The power of ten and the word for a compact number; 999,950 is already `1M`, because it would round to `1,000k`."""
    steps = ((0, ""), *reversed(MAGNITUDES.get(language, MAGNITUDES["en"])))
    reached = max(place for place, (power, _) in enumerate(steps) if place == 0 or abs(number) >= Decimal(1).scaleb(power))
    if reached + 1 < len(steps):
        power, above = steps[reached][0], steps[reached + 1][0]
        if half_up(abs(number).scaleb(-power), decimals if power else 0) >= Decimal(1).scaleb(above - power):
            reached += 1
    return steps[reached]


def compact_digits(number: Decimal, language: str, small: tuple[int, int] = (0, 0)) -> str:
    """`123.5万`, `1,2 млн`, `1.2M`: one decimal at most; what is smaller than the first word has `small` decimals."""
    power, word = magnitude(number, language)
    return digits(number.scaleb(-power), language, 0, 1, grouped=False) + word if power else digits(number, language, *small)


def currency_sign(currency: str) -> str:
    """The short sign of a currency, else its ISO code."""
    return CURRENCY_SIGNS.get(currency, currency)


def with_currency(text: str, language: str, currency: str) -> str:
    """The sign where the language puts it: before the digits, in Russian after them."""
    sign = currency_sign(currency)
    if language == "ru":
        return f"{text}{NO_BREAK}{sign}"
    return f"{sign}{text}" if len(sign) == 1 or sign.endswith("$") else f"{sign}{NO_BREAK}{text}"


def _money(number: Decimal, language: str, currency: str, compact: bool, places: tuple[int, int]) -> str:
    if number == 0:
        return "0"
    text = compact_digits(number, language, (0, 2 if abs(number) < 100 else 0)) if compact else digits(number, language, *places)
    return with_currency(text, language, currency)


def _share(number: Decimal, language: str, places: tuple[int, int]) -> str:
    text = digits(number * 100, language, *places)
    return "0%" if number == 0 and language != "ru" else f"0{NO_BREAK}%" if number == 0 else f"{text}{NO_BREAK if language == 'ru' else ''}%"


def _number(number: Decimal, unit: str, language: str, currency: str, compact: bool, decimals: int | None) -> str:
    places = _DECIMALS.get(unit, (0, 2)) if decimals is None else (decimals, decimals)
    if unit in ("money", "money_per_unit"):
        return _money(number, language, currency, compact and unit == "money", places)
    if unit == "share":
        return _share(number, language, places)
    if unit == "points":
        return digits(number * 100, language, *places) + _POINTS.get(language, _POINTS["en"])
    if unit == "days" and decimals is None:
        places = (0, 1 if abs(number) < 10 else 0)
    if compact and unit in ("qty", "count"):
        return compact_digits(number, language)
    return "0" if number == 0 else digits(number, language, *places)


def formatted(
    value: Any,
    unit: str,
    language: str,
    currency: str = "CNY",
    compact: bool = False,
    *,
    signed: bool = False,
    decimals: int | None = None,
) -> str:
    """One value as text; the module's head shows every unit.

    compact: money and quantities as 万/亿, тыс./млн/млрд, k/M/bn. signed: a plus before what is positive (for differences).
    decimals: exactly so many, instead of those of the unit. An unknown unit is a fault of the caller: KeyError.
    """
    if unit not in UNITS:
        raise KeyError(unit)
    if value is None:
        return UNKNOWN
    if unit == "flag":
        return translated("yes", language) if value else translated("no", language)
    if unit in ("date", "month", "time"):
        return _day(value, unit, language)
    if unit == "message":
        from engine.language.saying import say  # saying formats its places with this module

        return say(Message.from_json(value), language, currency)
    if unit in ("code", "text"):
        return str(value)
    number = exact(value)
    if number is None:
        return UNKNOWN
    return signed_text(_number(number, unit, language, currency, compact, decimals), number, signed)


def _day(value: Any, unit: str, language: str) -> str:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if unit == "month":
        return month_text(value, language)
    if unit == "time" and isinstance(value, datetime):
        return time_text(value, language)
    return time_text(value, language) if isinstance(value, datetime) and (value.hour or value.minute) else date_text(value, language)


def unit_name(unit: str, language: str, currency: str = "CNY") -> str:
    """What stands beside a label in a header: `¥`, `days`, `%`, `pcs`; empty where a unit needs no word."""
    if unit in ("money", "money_per_unit"):
        return currency_sign(currency)
    if unit in ("share", "points"):
        return "%" if unit == "share" else _POINTS.get(language, _POINTS["en"]).strip()
    if unit in ("days", "qty"):
        return translated("days", language) if unit == "days" else translated("pcs", language)
    return ""


def plain(value: date | int | float, language: str) -> str:
    """A number or day without a unit: days by their form, whole numbers grouped, others with up to two decimals."""
    if isinstance(value, date):
        return _day(value, "date", language)
    return formatted(value, "qty", language)
