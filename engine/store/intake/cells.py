"""What one cell looks like, before anybody knows its column: a figure, a month, or words."""

import functools
import re
import unicodedata

_FIGURE_MARKS = re.compile(r"[\s.,'’`´\-+−–()%/:¥￥$€₽年月日号万亿]|руб|г\.?$|元")
_DIGITS = re.compile(r"\d+(?:[eE]\d+)?\Z")
_INVISIBLE = dict.fromkeys([0xFEFF, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060, 0x00AD])


def plain(cell: str) -> str:
    """A cell without what nobody sees: outer blanks, doubled blanks, byte-order and direction marks."""
    return " ".join(cell.translate(_INVISIBLE).split())


@functools.lru_cache(maxsize=1 << 16)  # our own ten thousand headings are asked for again with every file
def folded(cell: str) -> str:
    """A heading reduced to letters and digits in one case, so that `Кол-во, шт.` and `кол-во шт` are the same."""
    return "".join(mark for mark in unicodedata.normalize("NFKC", cell).casefold() if mark.isalnum())


def is_figure(cell: str) -> bool:
    """Whether a cell is a number, an amount or a date in any of the usual forms: never a heading (but see months)."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if not any(mark.isdigit() for mark in text):
        return False
    return bool(_DIGITS.match(_FIGURE_MARKS.sub("", text)))
