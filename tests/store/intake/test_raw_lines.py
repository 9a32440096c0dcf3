"""Every physical line of a text file is a row, a reject with its reason, or set aside: none is shifted, merged or lost."""

import csv
import io

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine.errors import NeedsAnswer, Refused
from engine.messages import message
from engine.settings import DEFAULTS, Settings
from engine.store.intake.blocks import blocks
from engine.store.intake.encoding import Encoding
from engine.store.intake.raw import read_raw
from engine.store.intake.reading import Options
from engine.store.intake.records import Dialect, fields
from engine.store.intake.text_file import LineReader
from tests.store.intake.raw_files import CLEAN, HEADER, read

DAMAGED = [
    # a line, the rule that rejects it
    ("2025-02-01,D1,S1,4,5.5,", "field_count"),
    ("2025-02-01,D1,S1,4,,5.5", "field_count"),
    (",2025-02-01,D1,S1,4,5.5", "field_count"),
    ("2025-02-01,D1,S1,4", "field_count"),
    ("2025-02-01,D1,S1", "field_count"),
    ("2025-02-01;D1;S1;4;5.5", "field_count"),
    ("2025-02-01,D1;S1,4,5.5", "field_count"),
    ("2025-02-01,D1,S1,4,5,5", "field_count"),
    ('2025-02-01,"D1,S1,4,5.5', "quote"),
    ('2025-02-01,D1",S1,4,5.5', "quote"),
    ('2025-02-01,D"1,S1,4,5.5', "quote"),
    ('2025-02-01,"D1"x,S1,4,5.5', "quote"),
    ('2025-02-01,"D1" ,S1,4,5.5', "quote"),
    ('2025-02-01,x"D1",S1,4,5.5', "quote"),
    ('2025-02-01,""D1"",S1,4,5.5', "quote"),
    ('"2025-02-01,D1,S1,4,5.5"', "field_count"),
    ("2025-02-01,D\x001,S1,4,5.5", "encoding"),
    ("2025-02-01,D\ufffd1,S1,4,5.5", "encoding"),
]


@pytest.mark.parametrize(("line", "rule"), DAMAGED)
@pytest.mark.parametrize("place", ["first", "middle", "last", "last without line end"])
def test_a_damaged_line_is_rejected_alone_with_its_line(tmp_path, line, rule, place):
    rows = CLEAN.splitlines()
    at = {"first": 0, "middle": 5}.get(place, len(rows))
    rows.insert(at, line)
    text = HEADER + "\n".join(rows) + ("" if place == "last without line end" else "\n")
    found = read(tmp_path, text)
    assert found.rejects == {at + 2: rule}
    assert found.table.row_texts[at + 2].replace("\ufdd0", "") == line
    assert found.cells == [tuple(row.split(",")) for row in CLEAN.splitlines()]


def test_a_clean_file_is_read_as_it_stands(tmp_path):
    found = read(tmp_path, HEADER + CLEAN)
    assert found.table.headings == ("shipped_on", "dealer_id", "sku", "qty", "net_value")
    assert found.rows[0] == (2, "2025-01-01", "D1", "S1", "1", "1.5")
    assert [row[0] for row in found.rows] == list(range(2, 12))
    assert found.rejects == found.aside == {}


def test_a_genuine_quoted_line_break_is_kept(tmp_path):
    found = read(tmp_path, HEADER + '2025-01-01,"two\nlines",S1,1,1.5\n' + CLEAN)
    assert found.rows[0] == (2, "2025-01-01", "two\nlines", "S1", "1", "1.5")
    assert found.rows[1][0] == 4
    assert found.rejects == {}


def test_a_quoted_line_break_that_swallows_a_row_is_rejected(tmp_path):
    found = read(tmp_path, 'sku,dealer_id,qty\n0,x,2\n1,"x,3\n4,5",6\n7,x,8\n')
    assert found.rejects == {3: "quote", 4: "quote"}
    assert found.cells == [("0", "x", "2"), ("7", "x", "8")]


def test_two_stray_quotes_far_apart_do_not_swallow_the_rows_between(tmp_path):
    rows = CLEAN.splitlines()
    text = HEADER + "\n".join([rows[0].replace("D1", '"D1'), *rows[1:9], rows[9].replace("S10", 'S10"')]) + "\n" + CLEAN
    found = read(tmp_path, text)
    assert found.rejects == {2: "quote", 11: "quote"}
    assert len(found.rows) == 18


def test_a_quoted_break_across_blocks_is_kept(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"sku,dealer_id,qty\n" + b'1,"a\nb\nc",3\n' * 300 + b'1,"open,3\n' + b"4,5,6\n" * 50)
    reader = LineReader(Dialect(",", '"'), 3, 1, "f", 4096)
    whole = blocks(path, Encoding("utf-8", 0, message("x")), "f", 4096, size=64)
    rows = [row for batch in reader.batches(whole) for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)]
    assert rows[:2] == [(2, "1", "a\nb\nc", "3"), (5, "1", "a\nb\nc", "3")]
    assert len(rows) == 350
    assert [fault.line for fault in reader.ledger.rejects] == [902]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_any_line_end_is_a_line_end(tmp_path, ends):
    found = read(tmp_path, (HEADER + CLEAN).replace("\n", ends))
    assert [row[0] for row in found.rows] == list(range(2, 12))


def test_mixed_line_ends_keep_their_lines(tmp_path):
    found = read(tmp_path, "sku,dealer_id,qty\r\n1,a,2\r3,b,4\n\n5,c,6\r\n")
    assert found.rows == [(2, "1", "a", "2"), (3, "3", "b", "4"), (5, "5", "c", "6")]


def test_blank_lines_are_no_rows_and_empty_rows_are_set_aside(tmp_path):
    found = read(tmp_path, HEADER + CLEAN + "\n  \n,,,,\n" + CLEAN)
    assert found.aside == {14: "blank"}
    assert found.table.read == 21


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
def test_separators_and_quoting_are_found(tmp_path, separator, quoting):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=quoting, lineterminator="\r\n")
    writer.writerow(HEADER.strip().split(","))
    writer.writerows([f"2025-01-{day:02d}", f"Shop, no {day}; | 'x'", 'say "hi"', day, 1.5] for day in range(1, 20))
    found = read(tmp_path, text.getvalue())
    assert found.cells[0] == ("2025-01-01", "Shop, no 1; | 'x'", 'say "hi"', "1", "1.5")
    assert len(found.rows) == 19
    assert found.table.dialect["separator"] == separator


def test_single_quotes_are_quotes_only_where_they_surround_fields(tmp_path):
    assert read(tmp_path, "sku,dealer_id,qty\n'1','a, b',3\n'2','c',4\n").cells == [("1", "a, b", "3"), ("2", "c", "4")]
    assert read(tmp_path, "sku,dealer_id,qty\n1,O'Neill,3\n2,D'Arcy,4\n").cells == [("1", "O'Neill", "3"), ("2", "D'Arcy", "4")]


def test_a_decimal_comma_is_no_separator(tmp_path):
    found = read(tmp_path, "sku;qty;net_value\nA;1,5;2,5\nB;2,5;3,5\n")
    assert found.cells == [("A", "1,5", "2,5"), ("B", "2,5", "3,5")]


def test_unquoted_decimal_commas_between_commas_are_refused_with_the_numbers(tmp_path):
    with pytest.raises(Refused, match="header in line 1 has 3 columns, 3 of 3 lines below have 4"):
        read(tmp_path, "sku,qty,net_value\nA,1,2,5\nB,2,3,5\nC,4,4,5\n")


def test_two_separators_that_fit_alike_are_asked_about(tmp_path):
    text = "alpha;beta,gamma\nx;1,2\ny;3,4\n"
    with pytest.raises(NeedsAnswer, match="could separate its columns") as asked:
        read(tmp_path, text)
    assert asked.value.option == "--separator"
    assert read(tmp_path, text, separator=";").cells == [("x", "1,2"), ("y", "3,4")]


@pytest.mark.parametrize("text", ["just some prose\nwithout any table\n", "one\n2\n3\n"])
def test_what_is_no_table_is_refused(tmp_path, text):
    with pytest.raises(Refused, match="not a table"):
        read(tmp_path, text)


def test_a_file_of_mostly_broken_lines_is_refused(tmp_path):
    with pytest.raises(Refused, match="30 of 40 lines are broken; line 12"):
        read(tmp_path, HEADER + CLEAN + '2025-01-01,"D1,S1,4,5.5\n' * 30)


def test_bounds_are_checked_before_anything_is_parsed(tmp_path):
    with pytest.raises(Refused, match="line of more than 1 KB"):
        read(tmp_path, HEADER + "x" * 5000 + CLEAN, settings=Settings({"longest_line_kb": 1}))
    with pytest.raises(Refused, match="5 columns, more than the 4"):
        read(tmp_path, HEADER + CLEAN, settings=Settings({"most_columns": 4}))
    with pytest.raises(Refused, match="MB, more than"):
        read(tmp_path, HEADER + CLEAN * 5000, settings=Settings({"largest_file_mb": 1}))


def test_a_file_that_does_not_end_with_a_line_end_says_so(tmp_path):
    assert "last_line" in read(tmp_path, (HEADER + CLEAN).rstrip("\n")).told
    assert "last_line" not in read(tmp_path, HEADER + CLEAN).told


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cn"), exclude_characters="\x00\ufffd\ufdd0\r\n\x1a\ufeff"), max_size=12)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS, st.integers(0, 10**18)), min_size=1, max_size=12),
    separator=st.sampled_from([",", ";", "\t", "|"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    ends=st.sampled_from(["\n", "\r\n"]),
)
@example(rows=[('"', ",", "'", 0)], separator=",", quoting=csv.QUOTE_MINIMAL, ends="\n")
def test_any_table_that_a_csv_writer_writes_reads_back_exactly(tmp_path, rows, separator, quoting, ends):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=quoting, lineterminator=ends)
    writer.writerow(["sku", "dealer_id", "region", "qty"])
    writer.writerows(rows)
    reader = LineReader(Dialect(separator, '"'), 4, 1, "f", 1 << 20)
    path = tmp_path / "file"
    path.write_bytes(text.getvalue().encode())
    batches = list(reader.batches(blocks(path, Encoding("utf-8", 0, message("x")), "f", 1 << 20, size=128)))
    found = [row[1:] for batch in batches for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)]
    assert found == [(*row[:3], str(row[3])) for row in rows]
    assert reader.ledger.rejects == []


@settings(max_examples=200, deadline=None)
@given(cells=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=8), min_size=2, max_size=6), separator=st.sampled_from(",;\t|"))
def test_fields_undo_what_a_writer_did(cells, separator):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="").writerow(cells)
    assert fields(text.getvalue(), Dialect(separator, '"')) == cells


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_done_to_one_line_every_other_line_is_read_or_the_file_refused(tmp_path, data):
    rows = CLEAN.splitlines()
    at = data.draw(st.integers(0, len(rows) - 1))
    place = data.draw(st.integers(0, len(rows[at])))
    mark = data.draw(st.sampled_from([",", '"', ";", ",,", '""', "\t", "|"]))
    rows[at] = rows[at][:place] + mark + rows[at][place:]
    found = read(tmp_path, HEADER + "\n".join(rows) + "\n")
    by_line = {row[0]: row[1:] for row in found.rows}
    for line, row in enumerate(CLEAN.splitlines(), 2):
        if line != at + 2:
            assert by_line[line] == tuple(row.split(","))
    if at + 2 in by_line:
        assert ",".join(by_line[at + 2]) == rows[at].replace('""', "").replace('"', "") or ",".join(by_line[at + 2]) == rows[at]


def test_rows_may_be_kept_for_the_connection_only(tmp_path):
    (tmp_path / "file").write_text(HEADER + CLEAN)
    con = duckdb.connect()
    table = read_raw(tmp_path / "file", Options(), con, "raw", DEFAULTS, tmp_path, "sales.csv", temporary=True)[0]
    assert con.execute("select database_name from duckdb_tables() where table_name = 'raw'").fetchall() == [("temp",)]
    assert con.execute("select count(*) from raw").fetchall() == [(table.read,)]


def test_quotes_round_whole_words_inside_a_field_are_plain_marks(tmp_path):
    found = read(tmp_path, 'sku;product_name;sphere;unit_cost\nA1;Водка "Зимняя";Напитки;12,5\nA2;Водка "Летняя;Напитки;12,5\n')
    assert found.rejects == {3: "quote"}
    assert [row[2] for row in found.rows] == ['Водка "Зимняя"']
