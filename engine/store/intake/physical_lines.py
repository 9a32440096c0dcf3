"""Every physical line looked at: separators outside quotes counted, quotes paired, each line judged by its own number.

The scan is vectorised over blocks of bytes. Lines that are beyond doubt go on as bytes to a strict parser; the few others are
cut out with their numbers, to be judged one by one.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.store.intake.codepages import BROKEN
from engine.store.intake.records import Dialect

NEWLINE = 10
DAMAGE = (b"\x00", BROKEN.encode(), "�".encode())

Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Scan:
    """The physical lines of one block.

    starts, ends: byte positions of each line, its line end left out. clean: whether a line is a row of the table beyond doubt.
    odd: whether its quotes do not pair, so that it may go on in the next line.
    """

    starts: Indices
    ends: Indices
    clean: Flags
    odd: Flags


def scan(block: bytes, width: int, dialect: Dialect) -> Scan:
    """Judge the lines of a block that ends with a line end; `width` = fields that a row has."""
    octets = np.frombuffer(block, np.uint8)
    separator, quote = ord(dialect.separator), dialect.quote.encode()
    quoted = bool(quote) and block.find(quote) >= 0
    mask = (octets == separator) | (octets == NEWLINE)
    if quoted:
        mask |= octets == quote[0]
    marks = np.flatnonzero(mask)
    kinds = octets[marks]
    line_ends = np.flatnonzero(kinds == NEWLINE)
    ends = marks[line_ends]
    starts = np.empty_like(ends)
    starts[0], starts[1:] = 0, ends[:-1] + 1
    if quoted:
        clean, odd = _quoted(octets, marks, kinds, line_ends, ends, width, separator, quote[0])
    else:
        clean, odd = np.diff(line_ends, prepend=-1) == width, np.zeros(len(ends), np.bool_)
    for damage in DAMAGE:
        _flag_lines_with(block, damage, ends, clean)
    return Scan(starts, ends, clean, odd)


def _quoted(
    octets: npt.NDArray[np.uint8], marks: Indices, kinds: npt.NDArray[np.uint8], line_ends: Indices, ends: Indices, width: int, separator: int, quote: int
) -> tuple[Flags, Flags]:
    """Clean and odd lines where quotes occur: fields counted outside quotes, each quote in a place where it may stand."""
    is_quote = kinds == quote
    running = np.cumsum(is_quote, dtype=np.int32)
    at_end = running[line_ends]
    before = np.empty_like(at_end)
    before[0], before[1:] = 0, at_end[:-1]
    lengths = np.diff(line_ends, prepend=-1)
    inside = ((running - np.repeat(before, lengths)) & 1).astype(np.bool_)
    odd = ((at_end - before) & 1).astype(np.bool_)
    first = np.empty_like(line_ends)
    first[0], first[1:] = 0, line_ends[:-1] + 1
    count = np.add.reduceat(((kinds == separator) & ~inside).astype(np.int32), first)
    clean = (count == width - 1) & ~odd
    places, opens = marks[is_quote], inside[is_quote]
    left = np.where(places == 0, NEWLINE, octets[places - 1])
    right = octets[np.minimum(places + 1, len(octets) - 1)]
    around = np.where(opens, left, right)
    misplaced = (around != separator) & (around != NEWLINE) & (around != quote)
    if misplaced.any():
        clean[np.searchsorted(ends, places[misplaced])] = False
    return clean, odd


def _flag_lines_with(block: bytes, damage: bytes, ends: Indices, clean: Flags) -> None:
    at = block.find(damage)
    while at >= 0:
        line = int(np.searchsorted(ends, at))
        clean[line] = False
        at = block.find(damage, int(ends[line]))


def joined(block: bytes, found: Scan) -> bytes:
    """The clean lines of a block as bytes, without the others."""
    if found.clean.all():
        return block
    edges = np.flatnonzero(np.diff(found.clean.astype(np.int8), prepend=0, append=0))
    return b"".join(block[found.starts[begin] : found.ends[stop - 1] + 1] for begin, stop in zip(edges[0::2], edges[1::2], strict=True))
