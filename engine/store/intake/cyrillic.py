"""How likely a text is Russian: shares of letters, and how capitals stand in words.

Windows-1251, cp866 and KOI8-R put the same letters on different bytes; read through the wrong one, Russian turns into rare
letters with capitals inside words. The shares are those of ordinary prose, in percent, rounded.
"""

import math
import re

_SHARES = {
    "о": 10.97, "е": 8.45, "а": 8.01, "и": 7.35, "н": 6.70, "т": 6.26, "с": 5.47, "р": 4.73, "в": 4.54, "л": 4.40, "к": 3.49,
    "м": 3.21, "д": 2.98, "п": 2.81, "у": 2.62, "я": 2.01, "ы": 1.90, "ь": 1.74, "г": 1.70, "з": 1.65, "б": 1.59, "ч": 1.44,
    "й": 1.21, "х": 0.97, "ж": 0.94, "ш": 0.73, "ю": 0.64, "ц": 0.48, "щ": 0.36, "э": 0.32, "ф": 0.26, "ъ": 0.04, "ё": 0.04,
}  # fmt: skip
_LOG = {letter: math.log(share / 100) for letter, share in _SHARES.items()}
_STRANGE = math.log(0.00002)
_CAPITAL_INSIDE = math.log(0.003)
_INSIDE = re.compile(r"[а-яё][А-ЯЁ]")
_USUAL_MARKS = frozenset("«»—–…№“”„‘’• \u00a0°±×§©®™€")


def likelihood(text: str) -> float:
    """Logarithm of how likely the non-ASCII marks of a text are in Russian; 0 for none, more negative = less likely."""
    total = 0.0
    for mark in text:
        if mark > "\x7f":
            total += _LOG.get(mark.lower(), math.log(0.001) if mark in _USUAL_MARKS else _STRANGE)
    return total + _CAPITAL_INSIDE * len(_INSIDE.findall(text))


def letters(text: str) -> int:
    """How many Russian letters a text holds."""
    return sum(1 for mark in text if mark.lower() in _LOG)
