"""How words of a file are compared with the words that we know: headings, yes and no."""

import functools
import re
import unicodedata

LANGUAGES = ("en", "zh", "ru")
# Sheets whose names begin with this explain a template and hold no data; it is no letter of any language.
EXPLAINS = "ⓘ"

# What answers a yes-or-no question; compared without case and width.
YES = ("yes", "y", "true", "t", "1", "on", "x", "+", "√", "✓", "✔", "是", "有", "对", "真", "да", "д", "истина", "есть")
NO = ("no", "n", "false", "f", "0", "off", "×", "✗", "否", "无", "没有", "不是", "错", "假", "нет", "н", "ложь")

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
    not `金额`, and neither is `金额(万元)`: its figures are ten thousands.
    """
    text = _folded(heading)
    text = _BRACKETED.sub(lambda found: " " if _bare(_inner(found)) in _UNITS else found.group(0), text)
    text = _TRAILING.sub(lambda found: " " if _bare(found.group(1)) in _UNITS else found.group(0), text)
    return re.sub(r"[\W_]+", "", text)


def in_language(text: str, language: str) -> bool:
    """Whether a text is written in the script of a language; for English: in no other language's script."""
    if language in _SCRIPTS:
        return bool(_SCRIPTS[language].search(text))
    return not any(script.search(text) for script in _SCRIPTS.values())


def _inner(found: re.Match[str]) -> str:
    return next((group for group in found.groups() if group is not None), "")
