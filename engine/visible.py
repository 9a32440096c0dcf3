"""Text of strangers made visible: what goes into a log, a header or a line of the audit must stay one line and end somewhere."""

import unicodedata

LONGEST, LONGEST_NAME = 500, 200
"""Signs that are kept of a text, and of a name."""


def visible(text: str, most: int = LONGEST) -> str:
    """The text on one line, at most `most` signs of it: every sign that shows nothing as its number, `⟨U+000A⟩`; all spaces as spaces.

    The time this takes does not grow with the text: what is not kept is not looked at.
    """
    kept = "".join(_shown(sign) for sign in text[:most]).strip()
    return f"{kept}… (+{len(text) - most})" if len(text) > most else kept


def _shown(sign: str) -> str:
    if sign.isprintable():
        return sign
    return " " if unicodedata.category(sign) == "Zs" else f"⟨U+{ord(sign):04X}⟩"
