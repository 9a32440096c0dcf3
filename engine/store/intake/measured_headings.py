"""What a heading says: its words, and the unit that it gives to the numbers below it (`Сумма, тыс. руб.`, `金额(万元)`)."""

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.store.contracts import Column
from engine.store.intake.notation import Measure, measured

_IN_BRACKETS = re.compile(r"^(.*?)\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]\s*$", re.S)
_BEHIND_A_MARK = re.compile(r"^(.*\S)\s*[,，;/:：]\s*([^,，;/:：]*)$", re.S)
_A_PERCENTAGE = re.compile(r"^(.*\S)\s*[%％]$", re.S)
_OF_MONEY = re.compile(r"стоимост|сумм|цена|себестоим|выручк|оборот|руб|金额|价|成本|货款|销售额|amount|value|price|cost|revenue|money|sum(?![a-z])")
_OF_PIECES = re.compile(r"колич|колво|кво(?![a-zа-я])|штук|数量|件数|箱数|瓶数|qty|quantity|pieces|units|count(?![a-z])")
NONE_JOINED: Mapping[str, str] = MappingProxyType({})
NUMBERS = frozenset({"qty", "money", "money_per_unit", "share", "count", "days", "minutes", "points", "ratio", "measure", "degrees"})


@dataclass(frozen=True)
class Heading:
    """One heading of a file.

    name:    as it stands, made unique (`数量#2`) and never empty (`#3`): the key of mappings.
    plain:   letters and digits in one case. base: the same without the units that `measure` holds.
    measure: what the unit in the heading says about the numbers below it (`тыс. руб.` = times a thousand).
    said_in: line of the title row that says the unit, where the heading itself does not.
    lower:   of a heading joined from two rows, what `base` is of the whole: the words of the lower row; upper: the upper one as it stands.
    """

    name: str
    plain: str
    base: str
    measure: Measure
    said_in: int | None = None
    lower: str = ""
    upper: str = ""


@functools.lru_cache(maxsize=1 << 16)  # recognising one file asks for each of our ten thousand headings many times
def plain(text: str) -> str:
    """Letters and digits of a heading in one case: `Кол-во` and `КОЛ ВО` are the same, `Amount (gross)` and `Amount` are not."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return "".join(mark for mark in folded if mark.isalnum() or mark in "%()")


def of_money(words: str) -> bool:
    """Whether words beside numbers speak of money."""
    return _OF_MONEY.search(plain(words)) is not None


def of_pieces(words: str) -> bool:
    """Whether words beside numbers speak of pieces."""
    return _OF_PIECES.search(plain(words)) is not None


def headings_of(texts: tuple[str, ...], lower: Mapping[str, str] = NONE_JOINED) -> tuple[Heading, ...]:
    """The headings of a file, in its order. lower: heading joined from two rows -> the words of the lower one."""
    seen: dict[str, int] = {}
    found = []
    for place, text in enumerate(texts, start=1):
        name = " ".join(text.split()) or f"#{place}"
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name}#{seen[name]}"
        base, measure = without_units(" ".join(text.split()))
        own = lower.get(text, "")
        above = " ".join(text.removesuffix(own).split()) if own else ""
        found.append(Heading(name, plain(text), plain(base), measure, lower=plain(without_units(" ".join(own.split()))[0]), upper=above))
    return tuple(found)


def without_units(text: str) -> tuple[str, Measure]:
    """A heading without the units at its end, and what they say. What is not known to be a unit stays: `金额(含税)` is not `金额`."""
    measure = Measure()
    while True:
        match = _IN_BRACKETS.match(text) or _BEHIND_A_MARK.match(text)
        percentage = _A_PERCENTAGE.match(text)
        if percentage:
            text, found = percentage[1], Measure(percent=True)
        else:
            known = measured(match[2]) if match and match[1].strip() else None
            if match is None or known is None:
                return text, measure
            text, found = match[1], known
        measure = Measure(measure.power or found.power, measure.percent or found.percent, measure.currency or found.currency, measure.unit or found.unit)


def suits(measure: Measure, column: Column) -> bool:
    """Whether a column can be headed by such a unit: no percentage over pieces, no currency over days."""
    if measure == Measure():
        return True
    if column.unit not in NUMBERS:
        return False
    money = column.unit.startswith("money")
    wrong_currency, wrong_unit = measure.currency and not money, measure.unit and column.unit == "money"
    wrong_share = (measure.percent and column.unit != "share") or (measure.power and column.unit == "share")
    return not (wrong_currency or wrong_unit or wrong_share)
