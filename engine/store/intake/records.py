"""One line, or a few lines joined by a quoted line break, taken apart strictly: in Python, for the few that need it."""

from dataclasses import dataclass

STRAY = "stray"
OPEN = "open"


@dataclass(frozen=True)
class Dialect:
    """How a text file is written. separator and quote are single characters; quote "" = the file knows no quotes."""

    separator: str
    quote: str


def fields(text: str, dialect: Dialect) -> list[str] | str:
    """The fields of one record, or what is wrong with its quotes: `stray` or `open`.

    Strict: a quote opens at the beginning of a field, closes at its end, and is doubled inside; a forgiven quote would shift columns
    without a word. Pairs round whole words inside a field are plain marks, as 1C writes names: `Водка "Зимняя"`.
    """
    separator, quote = dialect.separator, dialect.quote
    if not quote or quote not in text:
        return text.split(separator)
    found: list[str] = []
    at = 0
    while True:
        if text.startswith(quote, at):
            end = _closing(text, quote, at + 1)
            if end is None:
                return OPEN
            found.append(text[at + 1 : end].replace(quote * 2, quote))
            at = end + 1
            if at < len(text) and text[at] != separator:
                return STRAY
        else:
            end = text.find(separator, at)
            end = len(text) if end < 0 else end
            if quote in text[at:end] and not _are_marks(text[at:end], quote):
                return STRAY
            found.append(text[at:end])
            at = end
        if at >= len(text):
            return found
        at += 1


def _are_marks(field: str, quote: str) -> bool:
    """Whether the quotes of a field stand in pairs, each pair round whole words."""
    pieces = field.split(quote)
    outside, inside = pieces[::2], pieces[1::2]
    if len(pieces) % 2 == 0 or any(not words.strip() for words in inside):
        return False
    return all(before[-1:] in " (" for before in outside[:-1]) and all(after[:1] in " ),." for after in outside[1:])


def _closing(text: str, quote: str, at: int) -> int | None:
    while True:
        end = text.find(quote, at)
        if end < 0:
            return None
        if text.startswith(quote, end + 1):
            at = end + 2
            continue
        return end


def parts(text: str, dialect: Dialect) -> int:
    """How many fields a line would have on its own, quotes that do not pair taken as plain marks."""
    found = fields(text, dialect)
    if isinstance(found, list):
        return len(found)
    count, inside = 1, False
    for mark in text:
        if mark == dialect.quote:
            inside = not inside
        elif mark == dialect.separator and not inside:
            count += 1
    return max(count, text.count(dialect.separator) + 1) if inside else count
