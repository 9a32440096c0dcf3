"""Parquet: read where it lies, with its types; whatever is cut off, flipped, nested or absurd is refused in one sentence."""

import contextlib
import io
import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine.errors import Refused
from tests.store.intake.raw_files import read

TABLE = pa.table({"sku": [f"S{row}" for row in range(2000)], "qty": list(range(2000)), "net_value": [row / 7 for row in range(2000)]})


def parquet(table: pa.Table = TABLE, **options) -> bytes:
    made = io.BytesIO()
    pq.write_table(table, made, **options)
    return made.getvalue()


def test_columns_keep_their_types_and_rows_their_numbers(tmp_path):
    found = read(tmp_path, parquet(row_group_size=300), "s.parquet")
    assert found.table.headings == ("sku", "qty", "net_value")
    assert found.table.typed == ("VARCHAR", "BIGINT", "DOUBLE")
    assert found.table.read == 2000
    assert found.rows[1999] == (2000, "S1999", 1999, 1999 / 7)


def test_nothing_is_copied(tmp_path):
    found = read(tmp_path, parquet(), "s.parquet")
    assert found.con.execute("select count(*) from duckdb_tables() where database_name = current_database()").fetchall() == [(0,)]


@pytest.mark.parametrize("share", [place / 9 for place in range(1, 9)])
def test_a_cut_off_file_is_refused(tmp_path, share):
    content = parquet()
    with pytest.raises(Refused) as refused:
        read(tmp_path, content[: int(len(content) * share)], "s.parquet")
    assert "\n" not in str(refused.value)


def test_flipped_bits_are_refused_or_change_no_shape(tmp_path):
    content = parquet(pa.table({"sku": [f"S{row}" for row in range(50)], "qty": list(range(50))}), write_page_checksum=True)
    random_places = random.Random(7)
    for _ in range(8):
        flipped = bytearray(content)
        flipped[random_places.randrange(4, len(content))] ^= 1 << random_places.randrange(8)
        with contextlib.suppress(Refused):
            found = read(tmp_path, bytes(flipped), "s.parquet")
            assert len(found.rows) == found.table.read


@pytest.mark.parametrize(
    ("column", "kind"),
    [(pa.array([[1], [2]]), "list"), (pa.array([{"a": 1}, {"a": 2}]), "struct"), (pa.array([[("k", 1)], []], pa.map_(pa.string(), pa.int64())), "map")],
)
def test_a_nested_column_is_refused_by_name(tmp_path, column, kind):
    with pytest.raises(Refused, match=f"“inside” is nested \\({kind}"):
        read(tmp_path, parquet(pa.table({"sku": ["a", "b"], "inside": column})), "s.parquet")


def test_too_many_columns_are_refused(tmp_path):
    with pytest.raises(Refused, match="1200 columns"):
        read(tmp_path, parquet(pa.table({f"c{index}": [1] for index in range(1200)})), "s.parquet")


def test_a_damaged_page_is_found_by_its_checksum(tmp_path):
    content = bytearray(parquet(write_page_checksum=True, compression="none", use_dictionary=False))
    place = content.index(b"S1234")
    content[place + 1] ^= 1
    with pytest.raises(Refused, match="damaged"):
        read(tmp_path, bytes(content), "s.parquet")


def test_a_column_named_line_is_a_column_like_others(tmp_path):
    found = read(tmp_path, parquet(pa.table({"_line": [7, 8], "file_row_number": [1, 2], 'a"b': ["x", "y"]})), "s.parquet")
    assert found.rows == [(1, 7, 1, "x"), (2, 8, 2, "y")]
