"""The unit that the title rows give to a whole table: `单位：万元`, `Ед. изм.: тыс. руб.`, `(in thousands)`.

It holds for the amounts that carry no unit of their own, exactly as if it stood in their headings, and never for quantities. Where
it cannot be said for sure which columns are meant, the file is refused: an amount ten thousand times too small looks like any other.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.errors import Refused
from engine.messages import message
from engine.store.contracts import Column
from engine.store.intake.measured_headings import Heading, without_units
from engine.store.intake.notation import CURRENCIES, NET_WORDS, Measure, folded, measured

LONGEST = 4  # words of a unit: `тыс. руб. без НДС`
_LABEL = re.compile(
    r"(?:(?:金额|货币|计量|数量)?单\s*位|币\s*种|ед(?:иниц[аы]|\.)?\s*изм(?:ерения|\.)?|валюта(?:\s+отч[её]та)?|units?(?:\s+of\s+\w+)?|currency|(?:all\s+)?(?:amounts|figures)"
    r"|суммы|все\s+суммы)\s*[:：\-–—]?\s*(?=\S)",
    re.I,
)
_IN = re.compile(r"(?:^|[\s(（\[【,，;；])(?:in|в)\s+(?=\S)", re.I)
_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]?")
_PARTS = re.compile(r"[,，;；、/|]|\s{2,}")
_ENDINGS = (("тысяч", "тыс"), ("миллион", "млн"), ("миллиард", "млрд"), ("рубл", "руб"), ("юан", "юань"), ("доллар", "доллар"))


@dataclass(frozen=True)
class TitleUnit:
    """line: where it stands. text: as it stands. measure: what it means."""

    line: int
    text: str
    measure: Measure


def units_above(rows: Iterable[tuple[int, Sequence[str]]], header_line: int) -> tuple[TitleUnit, ...]:
    """The units said in the title rows (physical line, cells) above the header, each once."""
    found: dict[tuple[int, str | None], TitleUnit] = {}
    for line, cells in rows:
        if line >= header_line:
            break
        texts = [unicodedata.normalize("NFKC", cell).strip().strip("\"'") for cell in cells]
        filled = [text for text in texts if text]
        for text, measure in (unit for cell in (*filled, " ".join(filled)) for unit in _units_of(cell)):
            known = found.get((measure.power, measure.unit))
            if (measure.power or measure.currency) and (known is None or not known.measure.currency):
                found[measure.power, measure.unit] = TitleUnit(line, text, measure)
    return tuple(found.values())


def _units_of(cell: str) -> list[tuple[str, Measure]]:
    """The units in one cell of a title: behind a label, behind “in”, in brackets, behind a comma, or the whole of it."""
    found = [unit for label in _LABEL.finditer(cell) for unit in _beginning(cell[label.end() :])]
    found += [unit for start in _IN.finditer(cell) for unit in _beginning(cell[start.end() :])]
    parts = [*_BRACKETS.findall(cell), *_PARTS.split(cell)]
    return found + [(text, measure) for text in (part.strip(" ()（）") for part in parts) if len(text) > 1 and (measure := _meaning(text))]


def _beginning(text: str) -> list[tuple[str, Measure]]:
    """The units with which a text begins, apart by commas and strokes: `万元 日期：2024` begins with `万元`."""
    found = []
    for part in _PARTS.split(re.split(r"[()（）\[\]【】]", text, maxsplit=1)[0]):
        words = part.split()
        for n in range(min(LONGEST, len(words)), 0, -1):
            begun = " ".join(words[:n])
            if measure := _meaning(begun):
                found.append((begun, measure))
                break
        else:
            break
    return found


def _meaning(text: str) -> Measure | None:
    """What a unit as people write it in a title means; None where it is none or says nothing of amounts or multiples."""
    mark = folded(_plain_endings(text).strip(" .:：")).removesuffix("безндс").removesuffix("不含税").removesuffix("含税")
    if mark in NET_WORDS or not mark:
        return None
    currency = next((code for word, code in sorted(CURRENCIES.items(), key=lambda item: -len(item[0])) if len(word) > 1 and mark.startswith(word)), None)
    ways = [mark, mark.replace("of", "", 1), mark.removeprefix("in")]
    if currency:
        longest = max((word for word in CURRENCIES if mark.startswith(word)), key=len)
        ways.append(mark.removeprefix(longest).removeprefix("in"))
    for way in ways:
        measure = measured(way) if way else None
        if measure and measure != Measure() and not measure.percent:
            return replace(measure, currency=measure.currency or currency) if way != mark and currency else measure
    return None


def _plain_endings(text: str) -> str:
    for stem, plain in _ENDINGS:
        text = re.sub(rf"\b{stem}\w*", plain, text, flags=re.I)
    return text


def with_group_units(found: Sequence[Heading], columns: Mapping[str, Column], line: int, shown_as: str) -> tuple[Heading, ...]:
    """The headings, those without a unit of their own with the one of the group above them: `Продажи, тыс. руб.` over `Сумма`.

    columns: heading name -> its column. line: of the header. Raises Refused where the unit may or may not hold for a column.
    """
    told = []
    for heading in found:
        measure = without_units(heading.upper)[1] if heading.upper and heading.measure == Measure() else Measure()
        unit = columns[heading.name].unit if heading.name in columns else ""
        if measure == Measure():
            told.append(heading)
            continue
        holds = (unit == "money" and not measure.unit) or (unit == "qty" and measure.unit is not None)
        if measure.power and not holds and (unit == "money_per_unit" or (unit == "qty" and not measure.currency)):
            said = message(
                "“{file}”: line {line} says “{unit}”; whether “{heading}” is in it cannot be told. Write the unit into that heading.",
                file=shown_as, line=line, unit=heading.upper, heading=heading.name,
            )  # fmt: skip
            raise Refused(said)
        told.append(replace(heading, measure=replace(measure, percent=False)) if holds else heading)
    return tuple(told)


def with_title_units(found: Sequence[Heading], columns: Mapping[str, Column], units: Sequence[TitleUnit], shown_as: str) -> tuple[Heading, ...]:
    """The headings, those of amounts without a unit of their own with the one of the title.

    columns: heading name -> its column. Raises Refused where the title says two units, or one that may or may not hold for a column.
    """
    bare = {heading.name: columns[heading.name] for heading in found if heading.name in columns and heading.measure == Measure()}
    money = [unit for unit in units if not unit.measure.unit]
    currency = next((unit.measure.currency for unit in money if unit.measure.currency), None)
    money = [unit for unit in money if unit.measure.power] or money  # `币种：人民币` beside `单位：万元` is no second unit
    amounts = [name for name, column in bare.items() if column.unit == "money"]
    if amounts and len({unit.measure.power for unit in money}) > 1:
        texts = ", ".join(f"“{unit.text}”" for unit in money)
        raise Refused(message("“{file}”: the title says several units ({units}): keep one, or write the unit into each heading.", file=shown_as, units=texts))
    for unit in units:
        wanted = "qty" if unit.measure.unit else "money_per_unit"
        doubtful = [name for name, column in bare.items() if column.unit == wanted]
        if unit.measure.power and doubtful:
            raise Refused(
                message(
                    "“{file}”: line {line} says “{unit}”; whether “{heading}” is in it cannot be told. Write the unit into that heading.",
                    file=shown_as, line=unit.line, unit=unit.text, heading=doubtful[0],
                )
            )  # fmt: skip
    if not money:
        return tuple(found)
    power = next((unit.measure.power for unit in money), 0)
    whole = Measure(power=power, currency=currency)
    return tuple(replace(heading, measure=whole, said_in=money[0].line) if heading.name in amounts else heading for heading in found)
