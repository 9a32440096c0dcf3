"""How words of a file are compared with the words that we know: headings, yes and no, thousands and millions."""

import functools
import re
import unicodedata

LANGUAGES = ("en", "zh", "ru")
# Sheets whose names begin with this explain a template and hold no data; it is no letter of any language.
EXPLAINS = "ⓘ"

YES = frozenset({"yes", "y", "true", "t", "1", "+", "是", "对", "真", "有", "已", "√", "✓", "✔", "да", "д", "истина", "есть"})
NO = frozenset({"no", "n", "false", "f", "0", "否", "不", "不是", "假", "无", "没有", "未", "×", "✗", "нет", "н", "ложь"})

SCALES: dict[str, int] = {
    "千元": 1_000, "万元": 10_000, "万": 10_000, "百万元": 1_000_000, "亿元": 100_000_000, "亿": 100_000_000, "千": 1_000,
    "тыс": 1_000, "тысруб": 1_000, "тысрублей": 1_000, "тысшт": 1_000, "тр": 1_000, "млн": 1_000_000, "млнруб": 1_000_000,
    "k": 1_000, "000": 1_000, "thousand": 1_000, "thousands": 1_000, "krub": 1_000, "kcny": 1_000, "mn": 1_000_000, "million": 1_000_000, "millions": 1_000_000,
}  # fmt: skip

_UNITS_ZH = "元 人民币元 人民币 本币 本位币 圆 个 件 箱 瓶 只 支 台 套 盒 包 桶 吨 千克 公斤 克 升 毫升 米 天 日 小时 分钟 人 家 次"
_UNITS_RU = "руб рублей рубль рубли р коп шт штук штуки ед единиц кг г т тонн л литр литров мл м уп упак кор короб бут дн дней день ч час часов мин чел"
_UNITS_EN = "cny rmb rub usd eur yuan pcs pc ea each units unit kg g t l ml m cases case ctn box bottles days hours min"
_UNITS = frozenset([*_UNITS_ZH.split(), *_UNITS_RU.split(), *_UNITS_EN.split(), "₽", "¥", "$", "€", "%"])
_BRACKETED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕")
_TRAILING = re.compile(r"[,/:;、]\s*((?:(?:тыс|млн)\.?\s?)?[^\s,/:;、.()\[\]]+\.?)(?=\s|$|[,;])")
_SCRIPTS = {"zh": re.compile(r"[㐀-鿿]"), "ru": re.compile(r"[А-Яа-яЁё]")}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")


def _bare(text: str) -> str:
    """Letters and digits only; a sign that is itself a unit stays."""
    return text.strip() if text.strip() in _UNITS else re.sub(r"[\W_]+", "", text)


@functools.lru_cache(maxsize=20_000)
def normalised(heading: str) -> str:
    """A heading as it is compared: NFKC, case folded, without blanks, punctuation and a unit in brackets or after a comma.

    `"Сумма без НДС, руб."`, `"сумма  (без НДС)"` and `"СУММА БЕЗ НДС"` are one. What changes the meaning stays: `金额(含税)` is
    not `金额`, and neither is `金额(万元)` (take that apart with `scaled` first).
    """
    text = _folded(heading)
    text = _BRACKETED.sub(lambda found: " " if _bare(_inner(found)) in _UNITS else found.group(0), text)
    text = _TRAILING.sub(lambda found: " " if _bare(found.group(1)) in _UNITS else found.group(0), text)
    return re.sub(r"[\W_]+", "", text)


def scaled(heading: str) -> tuple[str, int]:
    """A heading without its counting unit, and by what its figures must be multiplied: `金额(万元)` -> (`金额`, 10000)."""
    text = _folded(heading)
    for pattern in (_BRACKETED, _TRAILING):
        for found in pattern.finditer(text):
            factor = SCALES.get(_bare(_inner(found)))
            if factor:
                return (text[: found.start()] + " " + text[found.end() :]).strip(), factor
    return heading, 1


def truth(word: str) -> bool | None:
    """What a word says about a yes-or-no question, in any of our languages; None where it says neither."""
    folded = _folded(word).strip()
    return True if folded in YES else False if folded in NO else None


def in_language(text: str, language: str) -> bool:
    """Whether a text is written in the script of a language; for English: in no other language's script."""
    if language in _SCRIPTS:
        return bool(_SCRIPTS[language].search(text))
    return not any(script.search(text) for script in _SCRIPTS.values())


def _inner(found: re.Match[str]) -> str:
    return next((group for group in found.groups() if group is not None), "")
