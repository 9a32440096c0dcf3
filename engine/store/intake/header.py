"""Where a table begins: its header row below title rows, of one line or two, known by its words or by what stands beneath it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from engine.errors import NeedsAnswer, Refused
from engine.messages import message
from engine.store.intake.cells import folded, is_figure, plain
from engine.store.intake.months import is_month, measured_month

Row = tuple[int, Sequence[str]]
DEEPEST = 60  # rows looked at for a header; title rows above a table are fewer
KNOWN_SHARE = 0.3
_LABELLED = re.compile(r"\w\s*[:：]\s*\S")


@dataclass(frozen=True)
class Header:
    """first, last: physical lines of the header. headings: one a column, "" where it has none. known: how many are ours.
    lower: heading joined from two rows -> the words of the lower one."""

    first: int
    last: int
    headings: tuple[str, ...]
    known: int
    lower: Mapping[str, str] = field(default_factory=dict)


def find(rows: Sequence[Row], known: Collection[str]) -> Header | None:
    """The header among the first rows of a table, or None where nothing looks like one.

    rows: (physical line, cells), all of one width. known: folded headings of the contracts.
    """
    rows = [row for row in rows if any(plain(cell) for cell in row[1])]
    ours = [_recognised(cells, known) for _, cells in rows[:DEEPEST]]
    if any(ours):
        at = ours.index(max(ours))
        if at and _joins(rows, at - 1, known):
            at -= 1
        return _header(rows, at, known)
    full = max((_filled(cells) for _, cells in rows), default=0)
    for at, (_, cells) in enumerate(rows[:DEEPEST]):
        if _filled(cells) < max(2, full / 2):
            continue
        if not all(_is_words(cell) for cell in cells if plain(cell)):
            return None
        if _figures_beneath(rows, at) or (at + 1 < len(rows) and _joins(rows, at, known)):
            return _header(rows, at, known)
    return None


def at_line(rows: Sequence[Row], line: int, known: Collection[str], shown_as: str) -> Header:
    """The header that the user points at. Raises Refused where that line is none."""
    rows = [row for row in rows if any(plain(cell) for cell in row[1])]
    for at, (found, cells) in enumerate(rows):
        if found == line and _filled(cells):
            return _header(rows, at, known)
    raise none_at(line, shown_as)


def none_at(line: int, shown_as: str) -> Refused:
    """What to say where the line that the user points at is no header."""
    said = message("{file}: line {line} is no header: it is empty, too deep, or has another number of fields than the table.", file=shown_as, line=line)
    return Refused(said)


def missing(rows: Sequence[Row], shown_as: str) -> NeedsAnswer:
    """What to say where no header was found."""
    lines = tuple(str(line) for line, _ in rows[:5])
    said = message("{file} has no row that looks like column names: say which line holds them, or add one.", file=shown_as)
    return NeedsAnswer(said, "header_row", "--header-row", lines)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if plain(cell))


def _is_words(cell: str) -> bool:
    return not is_figure(cell) or is_month(cell)


def _recognised(cells: Sequence[str], known: Collection[str]) -> int:
    """How many cells are headings of ours; 0 where they are too few to make the row a header."""
    count = sum(1 for cell in cells if folded(plain(cell)) in known)
    others = sum(1 for cell in cells if plain(cell) and measured_month(plain(cell)) is None)  # months as columns are no words of ours, and no strangers
    return count if count >= 2 and count >= KNOWN_SHARE * others else 0


def _figures_beneath(rows: Sequence[Row], at: int, column: int | None = None) -> bool:
    """Whether some column (or the given one) holds mostly figures beneath words: what tells a header from a row of words."""
    below = [cells for _, cells in rows[at + 1 : at + 51]]
    columns = range(len(rows[at][1])) if column is None else (column,)
    for index in columns:
        values = [cells[index] for cells in below if index < len(cells) and plain(cells[index])]
        if values and plain(rows[at][1][index]) and sum(map(is_figure, values)) >= 0.6 * len(values):
            return True
    return False


def _joins(rows: Sequence[Row], at: int, known: Collection[str]) -> bool:
    """Whether the next row is a second row of the header: it names what the first leaves empty, above figures or in our words."""
    if at + 1 >= len(rows) or rows[at + 1][0] > rows[at][0] + 2:
        return False
    top, bottom = rows[at][1], rows[at + 1][1]
    if any(_LABELLED.search(cell) for cell in top):
        return False  # `单位：元` above a table says something of it, and heads no column
    if len(top) != len(bottom) or not all(_is_words(cell) and not cell.rstrip().endswith((":", "：")) for cell in (*top, *bottom) if plain(cell)):
        return False
    new = [column for column, cell in enumerate(bottom) if plain(cell) and not plain(top[column])]
    if not new or _filled(top) < 2:
        return False
    return all(folded(plain(bottom[column])) in known or _figures_beneath(rows, at + 1, column) for column in new)


def _header(rows: Sequence[Row], at: int, known: Collection[str]) -> Header:
    line, cells = rows[at]
    top = [plain(cell) for cell in cells]
    count = sum(1 for cell in top if folded(cell) in known)
    if not _joins(rows, at, known):
        return Header(line, line, tuple(top), count)
    last, below = rows[at + 1]
    bottom = [plain(cell) for cell in below]
    spread = list(top)
    for column in range(1, len(top)):
        # a merged cell stands over several columns: its text is in the first of them, which has a name beneath it too
        if not top[column] and bottom[column] and spread[column - 1] and bottom[column - 1]:
            spread[column] = spread[column - 1]
    headings = tuple(" ".join(part for part in pair if part) for pair in zip(spread, bottom, strict=True))
    count += sum(1 for cell in bottom if cell and folded(cell) in known)
    lower = {heading: own for heading, above, own in zip(headings, spread, bottom, strict=True) if above and own}
    return Header(line, last, headings, count, lower)
