"""While rows stream by: pick out the few that may be no data rows (totals, repeated headers, blanks, notes), with their text.

Five million rows never become Python objects: emptiness is read off the offsets of the Arrow columns, words are looked for in
their bytes, and only the rows so found are taken out as text, to be judged by `totals`.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

ASCII_WORDS = (b"otal", b"OTAL")
OTHER_WORDS = tuple(word.encode() for word in ("того", "ТОГО", "сего", "СЕГО", "计", "計"))
TAIL = 40
SMALL = 20_000  # rows of a batch up to which every row with an empty cell is looked at
USUALLY = 0.6  # share of filled cells that makes a column one whose emptiness means something
NEARLY_ALWAYS = 0.99
MOST_PICKED = 200_000


class Sieve:
    """Looks at record batches of `_line, c0, c1 …` and remembers suspicious rows.

    picked: line -> cells. tail: the last rows of the table. filled: rows with text, by column. rows: rows seen.
    """

    def __init__(self, headings: Sequence[str]) -> None:
        self._headings = headings
        self._first = next((index for index, heading in enumerate(headings) if heading), 0)
        self.picked: dict[int, tuple[str, ...]] = {}
        self.tail: dict[int, tuple[str, ...]] = {}
        self.filled = np.zeros(len(headings), np.int64)
        self.rows = 0

    def look(self, batch: pa.RecordBatch) -> None:
        """Note the suspicious rows of one batch (string columns without nulls, `_line` first)."""
        if not batch.num_rows:
            return
        columns = [batch.column(index + 1) for index in range(len(self._headings))]
        empty = [_empty(column) for column in columns]
        shares = np.array([1 - flags.mean() for flags in empty])
        self.filled += np.array([len(flags) - int(flags.sum()) for flags in empty])
        self.rows += batch.num_rows
        chosen = self._with_empty_cells(empty, shares)
        for column in columns:
            chosen[_rows_with_words(column)] = True
        self._repeated_headers(columns, chosen)
        self._keep(batch, np.flatnonzero(chosen), self.picked)
        if batch.num_rows >= TAIL:
            self.tail.clear()
        self._keep(batch, np.arange(max(0, batch.num_rows - TAIL), batch.num_rows), self.tail)
        self.tail = dict(list(self.tail.items())[-TAIL:])

    def _with_empty_cells(self, empty: list[npt.NDArray[np.bool_]], shares: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        count = len(empty[0])
        least = USUALLY
        while True:
            chosen = np.zeros(count, np.bool_)
            for flags, share in zip(empty, shares, strict=True):
                if least <= share < 1 or (count <= SMALL and share < 1):
                    chosen |= flags
            if chosen.sum() <= max(SMALL, count // 20) or least == NEARLY_ALWAYS:
                break
            least = NEARLY_ALWAYS
        nothing = np.logical_and.reduce(empty)
        picked: npt.NDArray[np.bool_] = chosen | nothing if len(self.picked) < MOST_PICKED else nothing
        return picked

    def _repeated_headers(self, columns: list[pa.Array], chosen: npt.NDArray[np.bool_]) -> None:
        hits = pc.equal(columns[self._first], self._headings[self._first]).to_numpy(zero_copy_only=False)
        if hits.sum() <= max(SMALL, len(hits) // 20):
            chosen |= hits

    def _keep(self, batch: pa.RecordBatch, rows: npt.NDArray[np.int64], where: dict[int, tuple[str, ...]]) -> None:
        if not len(rows):
            return
        taken = batch.take(pa.array(rows))
        lines = taken.column(0).to_pylist()
        cells = zip(*(taken.column(index + 1).to_pylist() for index in range(len(self._headings))), strict=True)
        where.update(zip(lines, cells, strict=True))


def _offsets(column: pa.Array) -> npt.NDArray[np.int32]:
    if not len(column):
        return np.zeros(1, np.int32)
    return np.frombuffer(column.buffers()[1], np.int32)[column.offset : column.offset + len(column) + 1]


def _empty(column: pa.Array) -> npt.NDArray[np.bool_]:
    offsets = _offsets(column)
    empty: npt.NDArray[np.bool_] = offsets[1:] == offsets[:-1]
    return empty


def _rows_with_words(column: pa.Array) -> npt.NDArray[np.int64]:
    """Rows of a column whose text holds a piece of a word for totals."""
    offsets = _offsets(column)
    data = column.buffers()[2]
    text = b"" if data is None else data.slice(int(offsets[0]), int(offsets[-1] - offsets[0])).to_pybytes()
    places: list[int] = []
    for word in ASCII_WORDS if text.isascii() else ASCII_WORDS + OTHER_WORDS:
        at = text.find(word)
        while at >= 0 and len(places) < MOST_PICKED:
            places.append(at)
            at = text.find(word, at + 1)
    if not places:
        return np.zeros(0, np.int64)
    return np.unique(np.searchsorted(offsets - offsets[0], np.array(places), side="right") - 1)
