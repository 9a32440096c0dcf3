"""The quarterly review as a checklist: three formats are mandatory, two are recommended; without one of the three the analysis is incomplete."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from engine.assortment.windows import quarter_of
from engine.messages import Message, message, plural

MANDATORY = ("bcg", "price_map", "abc")
RECOMMENDED = ("xyz", "portfolio")
FORMATS: dict[str, Message] = {
    "bcg": message("BCG matrix"),
    "price_map": message("Price map"),
    "abc": message("ABC classes"),
    "xyz": message("XYZ classes"),
    "portfolio": message("Portfolio by stage, age and price"),
}


@dataclass(frozen=True)
class Format:
    """One format of the review. is_done: somebody has looked at it and said so."""

    name: str
    is_mandatory: bool
    is_done: bool


def key(day: date) -> str:
    """By what records call the quarter of a day: `2025-Q4`."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def quarter_named(name: str) -> date:
    """The first day of a quarter by its key. Raises ValueError for a text that names none."""
    year, _, number = name.partition("-Q")
    if number not in ("1", "2", "3", "4"):
        raise ValueError(name)
    return quarter_of(date(int(year), int(number) * 3, 1))


def checklist(done: Collection[str]) -> tuple[Format, ...]:
    """Every format in order."""
    return tuple(Format(name, name in MANDATORY, name in done) for name in (*MANDATORY, *RECOMMENDED))


def is_complete(formats: Collection[Format]) -> bool:
    """Whether all that is mandatory is done."""
    return all(each.is_done for each in formats if each.is_mandatory)


def headline(quarter: str, formats: Collection[Format]) -> Message:
    """Whether the review of a quarter is complete, and what it lacks."""
    left = [FORMATS[each.name] for each in formats if each.is_mandatory and not each.is_done]
    if left:
        return plural(
            "The review of {quarter} is incomplete: {n} mandatory format is missing ({left}).",
            "The review of {quarter} is incomplete: {n} mandatory formats are missing ({left}).",
            n=len(left), quarter=quarter, left=tuple(left),
        )  # fmt: skip
    rest = [FORMATS[each.name] for each in formats if not each.is_done]
    if rest:
        return message("The review of {quarter} is complete; recommended and not looked at: {rest}.", quarter=quarter, rest=tuple(rest))
    return message("The review of {quarter} is complete.", quarter=quarter)
