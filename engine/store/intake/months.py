"""Months that stand as columns: recognised in headings, and turned into rows once the user has said so."""

import re

_NAMES = (
    ("jan", "янв"), ("feb", "фев"), ("mar", "мар"), ("apr", "апр"), ("may", "май", "мая"), ("jun", "июн"),
    ("jul", "июл"), ("aug", "авг"), ("sep", "сен"), ("oct", "окт"), ("nov", "ноя"), ("dec", "дек"),
)  # fmt: skip
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12}
_YEAR_MONTH = re.compile(r"(20\d\d)(?:[-./ ]?(0[1-9]|1[0-2])|[-/]([1-9]))(?:[-./]0?1)?(?: 00:00:00)?\Z")
_MONTH_YEAR = re.compile(r"(?:0?1[./])?(0?[1-9]|1[0-2])[-./](20\d\d)\Z")
_CHINESE_MONTH = re.compile(r"(?:(20\d\d|\d\d)年)?(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?\Z")
_NAMED = re.compile(r"([a-zа-яё]{3,9})\.?[-' ./]*(20\d\d|\d\d)?(?: ?г\.?| ?год)?\Z")
_NAMED_LAST = re.compile(r"(20\d\d)[-' ./]*([a-zа-яё]{3,9})\.?\Z")
_GLUED = re.compile(r"((?:(?:20\d\d|\d\d)年)?\d{1,2}月(?:份)?)([^\d\s份].*)\Z")
_FULL = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
    "sept", "нояб", "сент", "февр", "янв", "фев", "мар", "апр", "июн", "июл", "авг", "сен", "окт", "ноя", "дек",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


def month_of(heading: str) -> tuple[int | None, int] | None:
    """(year or None, month 1–12) of a heading such as `2025-01`, `янв.25`, `2025年1月`, `1月`; None where it is no month."""
    text = " ".join(heading.lower().split())
    if found := _YEAR_MONTH.match(text):
        return int(found[1]), int(found[2] or found[3])
    if found := _MONTH_YEAR.match(text):
        return int(found[2]), int(found[1])
    if found := _CHINESE_MONTH.match(text):
        month = _CHINESE.get(found[2]) or (int(found[2]) if found[2].isdigit() else 0)
        return (_year(found[1]), month) if 1 <= month <= 12 else None
    if found := _NAMED_LAST.match(text):
        return _named(found[2], found[1])
    if found := _NAMED.match(text):
        return _named(found[1], found[2])
    return None


def is_month(heading: str) -> bool:
    """Whether a heading is a month."""
    return month_of(heading) is not None


def measured_month(heading: str) -> tuple[str, tuple[int | None, int]] | None:
    """(what is measured, month) of a heading of two parts such as `2025年1月 数量`, `Количество янв.25`, `1月销售额`; "" where it is a bare month."""
    text = " ".join(heading.split())
    if month := month_of(text):
        return "", month
    words = text.split(" ")
    for place in range(1, len(words)):
        for part, rest in ((words[:place], words[place:]), (words[-place:], words[:-place])):
            month = month_of(" ".join(part))
            if month and not is_month(" ".join(rest)):
                return " ".join(rest), month
    if (found := _GLUED.match(text)) and (month := month_of(found[1])):
        return found[2], month
    return None


def _year(text: str | None) -> int | None:
    return None if not text else int(text) + (2000 if len(text) == 2 else 0)


def _named(name: str, year: str | None) -> tuple[int | None, int] | None:
    if name not in _FULL:
        return None
    return next(((_year(year), number) for number, starts in enumerate(_NAMES, 1) if name.startswith(starts)), None)
