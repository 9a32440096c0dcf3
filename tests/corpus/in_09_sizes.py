"""IN-9: files that are too much: lines, columns, bytes, packed bombs, and bytes that are no text. The limits are set low, so that the files stay small."""

import gzip
import zipfile
from collections.abc import Iterator
from io import BytesIO
from random import Random

from tests.corpus import clean
from tests.corpus.cases import ANY, LOADS_WHOLE, STOPS, Case, Row, clean_rows, joined, table_lines, with_fate

FAMILY = "IN-9"


def case(name: str, content: bytes, rows: tuple[Row, ...], expected: frozenset[str], file: str = "sales.csv", **more: object) -> Case:
    return Case(f"{FAMILY} {name}", FAMILY, file, content, "sales", rows, expected, **more)  # type: ignore[arg-type]


def packed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def limits() -> Iterator[Case]:
    rows = clean.sales()
    text = table_lines(rows)
    long = [*text[:11], text[11] + "x" * 40_000, *text[12:]]
    hurt = with_fate(clean_rows(rows), 10, "hurt")
    yield case("a line of 40 KB where 16 are allowed", joined(long), hurt, ANY - LOADS_WHOLE, settings={"longest_line_kb": 16})
    yield case("a first line of 40 KB", joined(["x" * 40_000, *text]), clean_rows(rows, 3), STOPS, settings={"longest_line_kb": 16})
    yield case("a file that is one line of 2 MB", b"x" * 2_000_000, (), STOPS)
    yield case("a quoted cell of 2 MB", joined(text[:1]) + b'"' + b"x" * 2_000_000, (), STOPS)
    wide = joined([",".join(f"c{number}" for number in range(60)), ",".join("1" * 60)])
    yield case("60 columns where 50 are allowed", wide, (), STOPS, settings={"most_columns": 50})
    yield case("5,000 columns", joined([",".join(f"c{number}" for number in range(5000)), ",".join("1" * 5000)]), (), STOPS)
    spread = [*text[:11], text[11] + "," * 3000, *text[12:]]
    yield case("3,000 separators in one row", joined(spread), hurt, ANY)
    many = [{**row, "invoice_id": f"I{number}"} for number, row in enumerate(clean.sales() * 600)]
    content = joined(table_lines(many))
    yield case("a file of 1.3 MB where 1 is allowed", content, clean_rows(many), STOPS, settings={"largest_file_mb": 1})
    yield case("24,000 rows", content[:400_000].rsplit(b"\n", 1)[0] + b"\n", clean_rows(many[: content[:400_000].count(b"\n") - 1]), LOADS_WHOLE)


def packages() -> Iterator[Case]:
    rows = clean.sales()
    content = joined(table_lines(rows))
    yield case("packed", packed(content), clean_rows(rows), LOADS_WHOLE, "sales.csv.gz")
    yield case("a bomb of 30 MB zeros", packed(bytes(30_000_000)), (), STOPS, "sales.csv.gz")
    yield case("a bomb behind good rows", packed(content + b"\n" * 30_000_000), clean_rows(rows), ANY, "sales.csv.gz")
    yield case("packed twice", packed(packed(content)), (), STOPS, "sales.csv.gz")
    yield case("packed and broken off", packed(content)[:-30], (), STOPS, "sales.csv.gz")
    flipped = bytearray(packed(content))
    flipped[len(flipped) // 2] ^= 0x40
    yield case("packed and one bit flipped", bytes(flipped), (), STOPS, "sales.csv.gz")
    wrong_sum = bytearray(packed(content))
    wrong_sum[-6] ^= 1
    yield case("packed with a wrong check sum", bytes(wrong_sum), (), STOPS, "sales.csv.gz")
    yield case("called gz and not packed", content, clean_rows(rows), ANY, "sales.csv.gz")
    yield case("packed and not called gz", packed(content), clean_rows(rows), ANY)
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("sales.csv", content)
    yield case("a zip called csv", archive.getvalue(), clean_rows(rows), ANY)


def no_text() -> Iterator[Case]:
    noise = Random(9).randbytes(20_000)
    yield case("noise", noise, (), STOPS)
    yield case("a picture", b"\x89PNG\r\n\x1a\n" + noise[:5000], (), STOPS)
    yield case("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + noise[:5000], (), STOPS)
    yield case("a program", b"MZ\x90\0" + noise[:5000], (), STOPS)
    yield case("a database", b"SQLite format 3\0" + noise[:5000], (), STOPS)
    yield case("zeros", bytes(10_000), (), STOPS)
    yield case("a JSON document", b'[{"sku": "A-01", "qty": 5}]\n', (), STOPS)
    yield case("200,000 empty lines", b"\n" * 200_000, (), STOPS)


def cases() -> Iterator[Case]:
    yield from limits()
    yield from packages()
    yield from no_text()
