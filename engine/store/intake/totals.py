"""Which of the suspicious rows are no data: totals and subtotals, repeated headers, blank rows, notes and signatures.

A word alone convicts nobody: a dealer may be called “Total Wine”. A totals row has the word *and* lacks what every row has.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.messages import message
from engine.store.intake.cells import folded, is_figure, plain
from engine.store.intake.reading import Fault

_WORD = (
    r"(?:итого|итог|всего|общий итог|合\s*计|小\s*计|总\s*计|总\s*合\s*计|合計|小計|總計|累\s*计|本[页月年日]\s*[合小累]\s*计|"
    r"totals?|sub-?\s?totals?|grand totals?)"
)
_EXACT = re.compile(_WORD + r"\s*[:：]?\Z", re.I)
_NAMED = re.compile(_WORD + r"\s*[:：]?\s*(?:по|за|for|of|by|к|на|[（(]).*\Z", re.I | re.S)
_AFTER = re.compile(r".+[\s\-–—:：]\s*" + _WORD + r"\s*[:：]?\Z|.*[一-鿿]" + r"(?:合\s*计|小\s*计|总\s*计|合計|小計|總計)\Z", re.I | re.S)
_LOOSE = re.compile(_WORD + r"\b.*\Z", re.I | re.S)
_PIECE = re.compile("того|сего|итог|计|計|total", re.I)  # in every totals row stands at least one of these
_GRAND = re.compile(r"всего|общий|grand|总|總", re.I)
_PART = re.compile(r"sub|小|本", re.I)  # a word that never closes more than its own block
_NOTE = re.compile(
    r"составил|подпис|исполнит|руковод|бухгалт|директор|примечан|отч[её]т сформ|дата формир|страница|"
    r"制单|制表|审核|复核|经办|备注|说明|注[:：]|打印|签字|签章|第.*页|"
    r"note|prepared|signed|signature|source|printed|exported|generated|page \d|report|approved",
    re.I,
)
_PAGE = re.compile(r"(?:第.*页|стр(?:аница|\.)?\s*\d+(?:\s*из\s*\d+)?|page\s*\d+(?:\s*of\s*\d+)?|-\s*\d+\s*-)\Z", re.I)
_STARS = re.compile(r"\*{1,4}\Z")  # as SAP marks the sums of a list
USUALLY = 0.6
FEW = 3  # cells of a row that may be nothing but the number of a page, blanks among them
TOTALS_ROW = message("A totals row; it is compared with the sum of the rows.")


@dataclass
class Judgement:
    """set_aside: faults by line. totals: as RawTable.totals. cells: what stood in each line put aside."""

    set_aside: dict[int, Fault] = field(default_factory=dict)
    totals: list[tuple[str, dict[str, str], tuple[int, ...]]] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """What the judge knows of the table. usual: columns that are filled in most rows. measures: columns of figures that are
    summed (no dates, no codes): told by the caller. first, last: lines of the first and last data row."""

    headings: Sequence[str]
    usual: frozenset[int]
    measures: frozenset[int]
    first: int
    last: int


def is_total(text: str) -> bool:
    """Whether a text is a word for a total and nothing else."""
    return _EXACT.match(plain(text)) is not None


def label_of(cells: Sequence[str], table: Table, closing: bool) -> str | None:
    """The label of a totals row, or None where the row is a row like others. closing: whether only such rows follow."""
    texts = [plain(cell) for cell in cells][: len(table.headings)]
    texts += [""] * (len(table.headings) - len(texts))
    keys = [index for index in range(len(texts)) if index not in table.measures]
    filled_keys = [index for index in keys if texts[index]]
    lacking = [index for index in table.usual if not texts[index]]
    for index, text in enumerate(texts):
        if not text or not (_LOOSE.match(text) or _AFTER.match(text) or _STARS.match(text)):
            continue
        certain = bool(_EXACT.match(text) or _STARS.match(text) or _NAMED.match(text) or _AFTER.match(text))
        alone = all(other == index or _EXACT.match(texts[other]) for other in filled_keys)
        if certain and (lacking or (alone and (closing or len(filled_keys) > 1))):
            return text
        if alone and len(keys) > 1 and (_EXACT.match(text) or _STARS.match(text)) and any(is_figure(texts[other]) for other in table.measures if texts[other]):
            return text  # nothing but the word and figures, where a row names more than one thing
        if lacking and alone and closing:
            return text
    numbers = [index for index in table.measures if texts[index] and is_figure(texts[index])]
    if closing and keys and not filled_keys and numbers and len(lacking) >= 1:
        return ""
    return None


def _may_be_total(cells: Sequence[str]) -> bool:
    """Whether a row above the last ones may be a totals row at all: it holds a piece of one of the words. Tens of thousands of rows
    with an empty cell are looked at in a file, so the look must be short."""
    return _PIECE.search("\n".join(cells)) is not None or any(cell.startswith("*") for cell in cells)


def is_note(cells: Sequence[str], table: Table, after_gap: bool) -> bool:
    """Whether a row near the end is a remark: a few words where rows have fields."""
    texts = [plain(cell) for cell in cells]
    filled = [text for text in texts if text]
    lacking = [index for index in table.usual if index >= len(texts) or not texts[index]]
    if not filled or len(lacking) < max(1, len(table.usual) // 2) or is_figure(filled[0]):
        return False
    words = any(_NOTE.search(text) for text in filled)
    wordy = any(" " in text or ":" in text or "：" in text for text in filled) and len(filled) <= 3
    return words or (wordy and after_gap)


def judge(
    picked: Mapping[int, Sequence[str]], tail: Mapping[int, Sequence[str]], broken: Mapping[int, Sequence[str]], blank: set[int], table: Table
) -> Judgement:
    """Judge the picked rows, the last rows and the lines with a wrong number of fields (`broken`), by line.

    blank: physical lines that are empty. Rows not named in the judgement are data.
    """
    found = Judgement()
    headings = [folded(heading) for heading in table.headings]
    rows = {**broken, **tail, **picked}
    for line, cells in rows.items():
        _say(found, line, _plainly(cells, headings), cells)
    _judge_end(rows, broken, blank, table, found)
    for line in sorted(picked):
        if line not in found.set_aside and _may_be_total(picked[line]) and (label := label_of(picked[line], table, False)) is not None:
            found.set_aside[line] = Fault(line, None, label, "total", TOTALS_ROW)
    for line, cells in broken.items():
        if line not in found.set_aside and len(cells) < len(table.headings) and any(_EXACT.match(plain(cell)) for cell in cells):
            found.set_aside[line] = Fault(line, None, cells[0], "total", TOTALS_ROW)
    _collect(rows, table, found, blank)
    return found


def _plainly(cells: Sequence[str], headings: Sequence[str]) -> str | None:
    """`blank`, `page` (its number) or `repeated_header` where a row is nothing else."""
    if not any(plain(cell) for cell in cells):
        return "blank"
    if sum(1 for cell in cells if cell) <= FEW and (alone := [text for cell in cells if (text := plain(cell))]) and len(alone) == 1 and _PAGE.match(alone[0]):
        return "page"
    if _unlike(cells, headings):
        return None
    texts = [folded(cell) for cell in cells]
    same = sum(1 for text, heading in zip(texts, headings, strict=False) if text and text == heading)
    filled = sum(1 for text in texts if text)
    return "repeated_header" if same >= 2 and same >= 0.8 * filled else None


def _unlike(cells: Sequence[str], headings: Sequence[str]) -> bool:
    """Whether so many cells differ from the headings above them that the row cannot repeat them; most rows show it at once."""
    misses = 0
    for cell, heading in zip(cells, headings, strict=False):
        if cell and folded(cell) not in ("", heading):
            misses += 1
            if misses > 0.2 * len(cells):
                return True
    return False


def _say(found: Judgement, line: int, rule: str | None, cells: Sequence[str]) -> None:
    if rule == "blank":
        found.set_aside[line] = Fault(line, None, None, rule, message("The row is empty."))
    elif rule == "page":
        found.set_aside[line] = Fault(line, None, next(plain(cell) for cell in cells if plain(cell)), rule, message("The number of a page."))
    elif rule:
        found.set_aside[line] = Fault(line, None, plain(cells[0]), rule, message("The column names are repeated here."))


def _judge_end(rows: Mapping[int, Sequence[str]], broken: Mapping[int, Sequence[str]], blank: set[int], table: Table, found: Judgement) -> None:
    """From the last line upwards: notes, signatures and totals that close the table, until the first row of data."""
    for line in sorted(rows, reverse=True):
        if line in found.set_aside:
            continue
        cells = rows[line]
        if line not in broken and (label := label_of(cells, table, True)) is not None:
            found.set_aside[line] = Fault(line, None, label, "total", TOTALS_ROW)
        elif is_note(cells, table, _after_gap(line, rows, blank, found, table)):
            found.set_aside[line] = Fault(line, None, next(plain(cell) for cell in cells if plain(cell)), "note", message("A note below the table."))
        else:
            return


def _after_gap(line: int, rows: Mapping[int, Sequence[str]], blank: set[int], found: Judgement, table: Table) -> bool:
    """Whether a blank line or a totals row stands between the data and this line, other notes left out of account."""
    above = line - 1
    while above in rows and above not in found.set_aside and label_of(rows[above], table, True) is None and is_note(rows[above], table, True):
        above -= 1
    if above in blank or (above in found.set_aside and found.set_aside[above].rule in ("blank", "total")):
        return True
    return above in rows and label_of(rows[above], table, True) is not None


def _collect(rows: Mapping[int, Sequence[str]], table: Table, found: Judgement, blank: set[int]) -> None:
    """The values of the totals rows and the lines that each adds up: its block, or everything for a grand total."""
    lines = sorted(line for line, fault in found.set_aside.items() if fault.rule == "total")
    begin = table.first
    for place, line in enumerate(lines):
        cells = rows[line]
        label = found.set_aside[line].value or ""
        values = {table.headings[index]: plain(cells[index]) for index in sorted(table.measures) if index < len(cells) and is_figure(cells[index])}
        between = [other for other in range(lines[place - 1] + 1, line) if other not in found.set_aside and other not in blank] if place else [line]
        plain_words = [bool(_EXACT.match(text)) and not _PART.search(text) for text in (found.set_aside[other].value or "" for other in lines[: place + 1])]
        last_word = plain_words[-1] and not any(plain_words[:-1])
        grand = place == len(lines) - 1 and (place == 0 or bool(_GRAND.search(label)) or last_word or not between)
        found.totals.append((label, values, (table.first if grand else begin, line - 1)))
        begin = line + 1
