"""Words that every table shares: languages and their scripts, yes and no."""

import re

LANGUAGES = ("en", "zh", "ru")
# Sheets whose names begin with this explain a template and hold no data; it is no letter of any language.
EXPLAINS = "ⓘ"

# What answers a yes-or-no question; compared without case and width.
YES = ("yes", "y", "true", "t", "1", "on", "x", "+", "√", "✓", "✔", "是", "有", "对", "真", "да", "д", "истина", "есть")
NO = ("no", "n", "false", "f", "0", "off", "×", "✗", "否", "无", "没有", "不是", "错", "假", "нет", "н", "ложь")

_SCRIPTS = {"zh": re.compile(r"[㐀-鿿]"), "ru": re.compile(r"[А-Яа-яЁё]")}


def in_language(text: str, language: str) -> bool:
    """Whether a text is written in the script of a language; for English: in no other language's script."""
    if language in _SCRIPTS:
        return bool(_SCRIPTS[language].search(text))
    return not any(script.search(text) for script in _SCRIPTS.values())
