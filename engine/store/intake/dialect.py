"""How a text table is written: separator and quote, found by what fits on every line, asked for where two fit."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from engine.errors import NeedsAnswer, Refused
from engine.messages import message
from engine.store.intake import header, records
from engine.store.intake.header import Header, Row
from engine.store.intake.reading import Options
from engine.store.intake.records import OPEN, Dialect

SEPARATORS = (",", ";", "\t", "|")
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
SAID = {",": message("the comma"), ";": message("the semicolon"), "\t": message("the tabulator"), "|": message("the upright bar")}
SAMPLED = 1500
LONGEST_RECORD = 200  # physical lines that one quoted cell may take in the sample
FITS = 0.9


@dataclass(frozen=True)
class Shape:
    """One reading of the sample. rows: those with `width` fields. fits: share of lines, from the header on, that have them."""

    dialect: Dialect
    width: int
    header: Header | None
    fits: float
    rows: tuple[Row, ...]


def sampled_rows(lines: Sequence[str], dialect: Dialect) -> list[Row]:
    """(physical line, fields) of the sample's records; lines with broken quotes are left out, they prove nothing."""
    rows: list[Row] = []
    at = 0
    while at < len(lines):
        text, stop = lines[at], at + 1
        found = records.fields(text, dialect)
        while found == OPEN and stop < min(len(lines), at + LONGEST_RECORD):
            text += "\n" + lines[stop]
            stop += 1
            found = records.fields(text, dialect)
        if isinstance(found, list):
            rows.append((at + 1, found))
            at = stop
        else:
            at += 1
    return [row for row in rows if row[1] != [""]]


def _quote_of(lines: Sequence[str], separator: str) -> str:
    """The quote character: `"` unless the file evidently uses `'` around whole fields, in pairs, in place of it."""
    text = "\n".join(lines)
    if '"' in text or "'" not in text:
        return '"'
    pieces = [piece for line in lines for piece in line.split(separator)]
    whole = sum(1 for piece in pieces if len(piece) >= 2 and piece[0] == piece[-1] == "'")
    return "'" if whole >= 2 and whole * 2 >= sum(1 for piece in pieces if "'" in piece) else '"'


def _shape(lines: Sequence[str], separator: str, known: Collection[str], wanted: int | None, shown_as: str) -> Shape | None:
    dialect = Dialect(separator, _quote_of(lines, separator))
    rows = sampled_rows(lines, dialect)
    widths = Counter(len(cells) for _, cells in rows if len(cells) > 1)
    if not widths:
        return None
    found = None
    # the width of a header that we recognise counts; else the most frequent one
    by_width = {width: [row for row in rows if len(row[1]) == width] for width in widths}
    headers = {width: header.find(by_width[width], known) for width in widths}
    best = max(widths, key=lambda width: (headers[width].known if headers[width] else 0, widths[width], width))  # type: ignore[union-attr]
    if wanted:
        at = next((len(cells) for line, cells in rows if line == wanted), 0)
        if at < 2:
            return None
        best = at
        found = header.at_line(by_width[best], wanted, known, shown_as)
    else:
        found = headers[best]
    first = found.first if found else by_width[best][0][0]
    below = [row for row in rows if row[0] >= first]
    return Shape(dialect, best, found, sum(1 for row in below if len(row[1]) == best) / max(1, len(below)), tuple(by_width[best]))


def find(lines: Sequence[str], options: Options, known: Collection[str], shown_as: str) -> Shape:
    """The reading of the sample. Raises NeedsAnswer where two separators fit alike or no header is found, Refused for no table."""
    separators = (options.separator,) if options.separator else SEPARATORS
    shapes = [shape for separator in separators if (shape := _shape(lines, separator, known, options.header_row, shown_as))]
    if not shapes and options.header_row:
        raise header.none_at(options.header_row, shown_as)
    if not shapes:
        said = message("{file} is not a table: none of comma, semicolon, tab and bar splits its lines into columns.", file=shown_as)
        raise Refused(said)
    shapes.sort(key=_rank, reverse=True)
    best = shapes[0]
    if len(shapes) > 1 and best.header and _alike(best, shapes[1]):
        names = (NAMES[best.dialect.separator], NAMES[shapes[1].dialect.separator])
        one, other = SAID[best.dialect.separator], SAID[shapes[1].dialect.separator]
        said = message("{file}: both {one} and {other} could separate its columns: say which.", file=shown_as, one=one, other=other)
        raise NeedsAnswer(said, "separator", "--separator", names)
    if best.header is None:
        raise header.missing(best.rows, shown_as)
    _check_width(best, lines, shown_as)
    cells = dict(best.rows)[best.header.last]
    return replace(best, header=replace(best.header, last=best.header.last + sum(cell.count("\n") for cell in cells)))


def _rank(shape: Shape) -> tuple[int, bool, float, int]:
    known = shape.header.known if shape.header else 0
    return known if known >= 2 else 0, shape.header is not None, round(shape.fits, 2), shape.width


def _alike(best: Shape, second: Shape) -> bool:
    if second.header is None or _rank(best)[0] != _rank(second)[0]:
        return False
    return second.fits >= FITS and best.fits - second.fits < 0.05


def _check_width(shape: Shape, lines: Sequence[str], shown_as: str) -> None:
    """Refuse where the header has another number of columns than the lines below it: every value would be in doubt."""
    assert shape.header is not None
    rows = [row for row in sampled_rows(lines, shape.dialect) if row[0] > shape.header.last and len(row[1]) > 1]
    widths = Counter(len(cells) for _, cells in rows)
    width, count = max(widths.items(), key=lambda item: item[1], default=(shape.width, 0))
    if len(rows) >= 2 and widths[shape.width] * 2 < len(rows) and width != shape.width:
        said = message(
            "{file}: the header in line {line} has {expected} columns, {count} of {rows} lines below have {found} (unquoted decimal commas?).",
            file=shown_as,
            line=shape.header.first,
            expected=shape.width,
            found=width,
            count=count,
            rows=len(rows),
        )
        raise Refused(said)
