"""The marks that stand beside numbers and dates: currencies, units, multipliers, months, signs for "nothing".

Both a heading (`Сумма, тыс. руб.`, `金额(万元)`) and a cell (`1.2亿`, `3 шт.`) carry them; they are read here, once.
"""

import re
import unicodedata
from dataclasses import dataclass


def words(*lines: str) -> list[str]:
    """A list of words, written as lines of text."""
    return [word for line in lines for word in line.split()]


CURRENCIES: dict[str, str] = {
    mark: code
    for code, marks in {
        "CNY": "¥ cny rmb 元 圆 人民币 yuan юань юаней юани",
        "USD": "$ usd us$ 美元 долл доллар долларов",
        "EUR": "€ eur 欧元 евро",
        "RUB": "₽ rub rur руб р рублей рубль рубля 卢布",
        "GBP": "£ gbp",
        "JPY": "jpy 日元 円",
        "KZT": "₸ kzt тенге",
    }.items()
    for mark in marks.split()
}
POWERS: dict[str, int] = {
    mark: power
    for power, marks in {
        2: "百",
        3: "千 тыс тысяч k thousand thousands '000 000s",
        4: "万 萬",
        6: "百万 млн миллионов mln mn million millions",
        7: "千万",
        8: "亿 億",
        9: "млрд миллиардов bn billion",
    }.items()
    for mark in marks.split()
}
UNITS = frozenset(
    words(
        "шт штук штука штуки ед уп упак упаковка кор короб коробка ящ ящик ящиков бут бутылка бутылок пач пачка бл блок пал паллет",
        "кг г гр т тн тонн л мл дал м м2 м3 дн дней день сут ч час часов",
        "箱 瓶 件 盒 个 個 支 包 袋 桶 坛 罐 壶 提 套 台 只 张 条 组 吨 公斤 千克 克 斤 升 毫升 千升 天 日 小时 工时 月 年",
        "pcs pc piece pieces ea each unit units box boxes case cases btl bottle bottles carton cartons ctn pack packs pallet pallets",
        "kg g t ton tons l ml hl day days h hour hours",
    )
)
NET_WORDS = frozenset(words("безндс net netofvat exclvat excludingvat withoutvat exvat 不含税 未税 无税 税前"))
MONTHS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "january jan январь января янв 一月", "february feb февраль февраля фев февр 二月", "march mar март марта мар 三月",
            "april apr апрель апреля апр 四月",
            "may май мая 五月", "june jun июнь июня июн 六月", "july jul июль июля июл 七月", "august aug август августа авг 八月",
            "september sep sept сентябрь сентября сен сент 九月", "october oct октябрь октября окт 十月", "november nov ноябрь ноября ноя нояб 十一月",
            "december dec декабрь декабря дек 十二月",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip

WIDE = "".join(map(chr, range(0xFF01, 0xFF5F)))
NARROW = "".join(map(chr, range(0x21, 0x7F)))
_DASHES = "‐‑‒–—―−﹣－"
_ODD = {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "￥": "¥"}
FROM = WIDE.replace("－", "") + _DASHES + "".join(_ODD)
INTO = NARROW.replace("-", "") + "-" * len(_DASHES) + "".join(_ODD.values())
INVISIBLE = r"\x{00ad}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{feff}\x{0000}-\x{0008}\x{000e}-\x{001f}\x{007f}"
BLANKS = r"\s\x{0085}\x{00a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
NOTHING = ("", "-", "--", "---")


def literal(text: str) -> str:
    """A text of ours as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def narrowed(cell: str) -> str:
    """SQL: a cell in plain marks: full-width forms narrow, every dash a hyphen, every blank a space, nothing invisible, trimmed."""
    plain = f"translate({cell}, {literal(FROM)}, {literal(INTO)})"
    plain = f"regexp_replace(regexp_replace({plain}, '[{INVISIBLE}]', '', 'g'), '[{BLANKS}]', ' ', 'g')"
    ascii_only = f"replace(replace({cell}, '`', ''''), chr(9), ' ')"
    odd = f"[！-～{_DASHES}{''.join(_ODD)}{INVISIBLE}{BLANKS[2:]}\\t\\r\\n]"
    return f"trim(case when strlen({cell}) = length({cell}) then {ascii_only} when regexp_matches({cell}, '{odd}') then {plain} else {cell} end)"


@dataclass(frozen=True)
class Measure:
    """What stands beside a number: times ten to the `power`, a percentage, a currency (ISO code), a unit as written."""

    power: int = 0
    percent: bool = False
    currency: str | None = None
    unit: str | None = None


def folded(text: str) -> str:
    """A text without case, width, blanks and full stops, ё as е."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return re.sub(r"[\s.­​‎‏﻿]", "", text)


def measured(text: str) -> Measure | None:
    """What a mark beside a number means; None where it is none of those that we know."""
    mark = folded(text)
    if not mark or mark in NET_WORDS:
        return Measure()
    if mark == "%":
        return Measure(percent=True)
    if mark in CURRENCIES:
        return Measure(currency=CURRENCIES[mark])
    if mark in UNITS:
        return Measure(unit=mark)
    per = mark.split("/")
    if len(per) == 2 and per[0] in CURRENCIES and per[1] in UNITS:
        return Measure(currency=CURRENCIES[per[0]], unit=per[1])
    for word in sorted(POWERS, key=len, reverse=True):
        rest = mark.removeprefix(word)
        if rest != mark and (not rest or rest in CURRENCIES or rest in UNITS):
            return Measure(power=POWERS[word], currency=CURRENCIES.get(rest), unit=rest if rest in UNITS and rest not in CURRENCIES else None)
    return None
