"""A name is a claim and data only: content decides, and no name reaches another file."""

import gzip
import io
import os
import socket
import zipfile

import pytest

from engine.errors import Refused
from engine.settings import DEFAULTS
from engine.store.intake.opening import check_path
from tests.store.intake.raw_files import CLEAN, HEADER, all_from, read
from tests.store.intake.test_raw_parquet import parquet
from tests.store.intake.test_raw_workbooks import sales, workbook

TEXT = (HEADER + CLEAN).encode()


def archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("sales.csv", TEXT)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("s.csv", workbook(("S", sales())), "Excel workbook"),
        ("s.csv", archive(), "zip archive"),
        ("s.xlsx", archive(), "zip archive"),
        ("s.xlsx", TEXT, "plain text"),
        ("s.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>", "web page"),
        ("s.xls", b"\xef\xbb\xbf\n <!DOCTYPE html><html></html>", "web page"),
        ("s.xls", '<?xml version="1.0"?><Workbook/>'.encode("utf-16"), "XML document"),
        ("s.csv", b'{"rows": [1, 2]}', "JSON document"),
        ("s.csv", parquet(), "Parquet file"),
        ("s.parquet", TEXT, "plain text"),
        ("s.csv", b"%PDF-1.7 ...", "PDF document"),
        ("s.csv", b"SQLite format 3\x00", "SQLite database"),
        ("s.csv", b"Rar!\x1a\x07\x00", "RAR archive"),
        ("s.csv", b"\x89PNG\r\n\x1a\n", "picture"),
        ("s.csv", bytes(range(256)) * 20, "file of bytes"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path, name, content, found):
    with pytest.raises(Refused, match=f"content is: (an? (old )?)?{found}"):
        read(tmp_path, content, name)


@pytest.mark.parametrize("name", ["s.docx", "s.json", "s", "s.csv.exe", "s.zip", "s.ods", "../s", "s.csv.", "CON"])
def test_a_kind_that_is_not_read_is_refused(tmp_path, name):
    with pytest.raises(Refused, match="not read"):
        read(tmp_path, TEXT, name)


@pytest.mark.parametrize(
    "name",
    [
        "../x.csv",
        "/etc/passwd.csv",
        "a*.csv",
        "[ab].csv",
        "q?.csv",
        "x'; drop table t; --.csv",
        "n" * 300 + ".csv",
        "🥃.csv",
        "\u202egnp.csv",
        "%00.csv",
        "S.CSV",
        "CON.csv",
        "{a}.csv",
    ],
)
def test_a_strange_name_is_only_a_name(tmp_path, name):
    found = read(tmp_path, TEXT, name)
    assert len(found.rows) == 10
    with pytest.raises(Refused) as refused:
        read(tmp_path, b"", name)
    assert name in str(refused.value)


def test_only_plain_files_are_opened(tmp_path):
    (tmp_path / "file").write_bytes(TEXT)
    (tmp_path / "link").symlink_to(tmp_path / "file")
    os.mkfifo(tmp_path / "pipe")
    listening = socket.socket(socket.AF_UNIX)
    os.chdir(tmp_path)
    listening.bind("socket")
    for odd in (tmp_path, tmp_path / "link", tmp_path / "pipe", tmp_path / "socket", "/dev/zero"):
        with pytest.raises(Refused, match="not a plain file"):
            all_from(type(tmp_path)(odd), "s.csv")
    listening.close()
    with pytest.raises(Refused, match="cannot be read"):
        check_path(tmp_path / "nowhere", "s.csv", DEFAULTS)


@pytest.mark.parametrize(
    ("name", "content"), [("s.csv.gz", TEXT), ("s.tsv.gz", TEXT.replace(b",", b"\t")), ("s.CSV.GZ", TEXT), ("s.xlsx.gz", workbook(("S", sales(10))))]
)
def test_packed_files_are_unpacked(tmp_path, name, content):
    assert len(read(tmp_path, gzip.compress(content, mtime=0), name).rows) == 10


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("s.csv.gz", TEXT, "not packed with gz"),
        ("s.csv", gzip.compress(TEXT, mtime=0), "does not end in .gz"),
        ("s.csv.gz", gzip.compress(TEXT, mtime=0)[:-20], "damaged"),
        ("s.csv.gz", gzip.compress(TEXT, mtime=0)[:60] + b"xxxx" + gzip.compress(TEXT, mtime=0)[64:], "damaged"),
        ("s.csv.gz", gzip.compress(gzip.compress(TEXT, mtime=0), mtime=0), "packed twice"),
        ("s.csv.gz", gzip.compress(b"0" * 100_000_000, mtime=0), "grows to more than"),
        ("s.csv.gz", gzip.compress(b"", mtime=0), "empty"),
        ("s.csv.gz", gzip.compress(archive(), mtime=0), "zip archive"),
    ],
)
def test_a_packed_file_that_is_wrong_is_refused(tmp_path, name, content, sentence):
    with pytest.raises(Refused, match=sentence):
        read(tmp_path, content, name)
