"""IN-10: Parquet that is broken off, lies about its types, or holds what no table of ours can hold."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq

from tests.corpus import clean
from tests.corpus.cases import ANY, ASKED, EXACT, LOADS, LOADS_WHOLE, REFUSED, REJECTED, STOPS, TOLD, Case, Row, with_fate

FAMILY = "IN-10"
NAMES = ("shipped_on", "dealer_id", "sku", "qty", "net_value", "invoice_id", "line_no")


def case(name: str, content: bytes, rows: tuple[Row, ...], expected: frozenset[str], **more: object) -> Case:
    return Case(f"{FAMILY} {name}", FAMILY, "sales.parquet", content, "sales", rows, expected, **more)  # type: ignore[arg-type]


def written(rows: list[clean.Record], **options: object) -> bytes:
    kept = BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), kept, **options)
    return kept.getvalue()


def with_column(rows: list[clean.Record], name: str, kind: pa.DataType, value: Callable[[object], object]) -> bytes:
    """The table with one column in another type, unfit values included."""
    table = pa.Table.from_pylist(rows)
    place = table.schema.get_field_index(name)
    column = pa.array([value(row[name]) for row in rows], kind)
    kept = BytesIO()
    pq.write_table(table.set_column(place, name, column), kept)
    return kept.getvalue()


def numbered(rows: list[clean.Record], fate: str = "clean") -> tuple[Row, ...]:
    """In Parquet a row has only its place, from 1."""
    return tuple(Row(1 + place, (row,), fate) for place, row in enumerate(rows))


def broken() -> Iterator[Case]:
    whole = written(clean.sales())
    for share in (1, 3, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 97, 99):
        yield case(f"broken off after {share} %", whole[: len(whole) * share // 100], (), STOPS)
    yield case("the last byte missing", whole[:-1], (), STOPS)
    yield case("the magic word missing at the end", whole[:-4] + b"XXXX", (), STOPS)
    yield case("a footer longer than the file", whole[:-8] + b"\xff\xff\xff\x7f" + whole[-4:], (), STOPS)
    yield case("only the magic words", b"PAR1PAR1", (), STOPS)
    yield case("text called Parquet", b"sku,qty\nA-01,5\n", (), STOPS)


def types() -> Iterator[Case]:
    rows = clean.sales()
    yield case("plain", written(rows), numbered(rows), frozenset({EXACT, TOLD}))
    yield case("a row group a row", written(rows, row_group_size=1), numbered(rows), LOADS_WHOLE)
    yield case("packed with zstd", written(rows, compression="zstd"), numbered(rows), LOADS_WHOLE)
    yield case("dictionaries", written(rows, use_dictionary=True), numbered(rows), LOADS_WHOLE)
    whole = clean.sales(fractions=False)
    for name, column, kind, value in (
        ("quantities as text", "qty", pa.string(), lambda cell: str(cell)),
        ("quantities as whole numbers", "qty", pa.int32(), lambda cell: int(cell)),
        ("quantities as decimals", "qty", pa.decimal128(38, 10), lambda cell: Decimal(str(cell))),
        ("days as text", "shipped_on", pa.string(), lambda cell: cell.isoformat()),
        ("days as moments", "shipped_on", pa.timestamp("us"), lambda cell: datetime(cell.year, cell.month, cell.day)),
        ("days as moments in UTC", "shipped_on", pa.timestamp("us", "UTC"), lambda cell: datetime(cell.year, cell.month, cell.day)),
        ("codes as bytes", "sku", pa.binary(), lambda cell: cell.encode()),
    ):
        yield case(name, with_column(whole, column, kind, value), numbered(whole), LOADS_WHOLE | ({REFUSED, ASKED} if kind == pa.binary() else {ASKED}))
    lists = with_column(whole, "qty", pa.list_(pa.float64()), lambda cell: [cell])
    yield case("quantities as lists", lists, numbered(whole, "hurt"), STOPS | {REJECTED})
    nested = with_column(whole, "sku", pa.struct([("code", pa.string())]), lambda cell: {"code": cell})
    yield case("codes as structures", nested, numbered(whole, "hurt"), STOPS | {REJECTED})
    wrong = with_column(whole, "shipped_on", pa.float64(), lambda cell: float(cell.toordinal()))
    yield case("days as numbers", wrong, numbered(whole, "hurt"), STOPS | {REJECTED, TOLD})


def values() -> Iterator[Case]:
    rows = clean.sales()
    for name, column, value in (
        ("NaN", "qty", float("nan")),
        ("infinity", "qty", float("inf")),
        ("a number beyond all", "net_value", 1e308 * 10),
        ("no quantity", "qty", None),
        ("no SKU", "sku", None),
        ("an unknown SKU", "sku", "Z-77"),
        ("a day in the year 1", "shipped_on", date(1, 1, 1)),
    ):
        spoilt = [row | {column: value} if place == 10 else row for place, row in enumerate(rows)]
        fated = with_fate(numbered(rows), 10, "hurt", {"invoice_id": "none"})
        yield case(f"{name} in one row", written(spoilt), fated, frozenset({REJECTED, TOLD, REFUSED}))
    yield case("no rows", written(rows[:1])[:0] or empty(), (), ANY)
    less = [{name: value for name, value in row.items() if name != "qty"} for row in rows]
    yield case("the column qty is missing", written(less), numbered(rows), STOPS)
    chinese = dict(zip(NAMES, ("发货日期", "经销商编码", "存货编码", "数量", "不含税金额", "单据号", "行号"), strict=True))
    yield case("Chinese headings", written([{chinese[name]: value for name, value in row.items()} for row in rows]), numbered(rows), LOADS)


def empty() -> bytes:
    kept = BytesIO()
    pq.write_table(pa.Table.from_pylist(clean.sales()[:1]).slice(0, 0), kept)
    return kept.getvalue()


def cases() -> Iterator[Case]:
    yield from broken()
    yield from types()
    yield from values()


def by_chance(count: int, seed: int) -> Iterator[Case]:
    """Further files: broken off anywhere."""
    chance = Random(seed)
    for number in range(count):
        whole = written(clean.sales(seed=chance.randrange(1000)), row_group_size=chance.choice([5, 40]))
        cut = chance.randrange(1, len(whole))
        yield case(f"chance {seed}.{number}: broken off after {cut} of {len(whole)} bytes", whole[:cut], (), STOPS)
