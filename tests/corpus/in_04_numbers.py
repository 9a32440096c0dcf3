"""IN-4: numbers as they are written in three languages and by three accounting programs."""

from collections.abc import Callable, Iterator
from random import Random

from tests.corpus import clean
from tests.corpus.cases import (
    ANY,
    ASKED,
    EXACT,
    LOADS,
    LOADS_WHOLE,
    REJECTED,
    TOLD,
    Case,
    Row,
    clean_rows,
    joined,
    plain_number,
    table_lines,
    with_fate,
)

FAMILY = "IN-4"
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


def grouped(value: float, thousands: str, decimal: str, digits: int = 2) -> str:
    return f"{value:,.{digits}f}".replace(",", "\0").replace(".", decimal).replace("\0", thousands)


def case(name: str, rows: list[clean.Record], lines: list[str], expected: frozenset[str], fated: tuple[Row, ...] = (), **more: object) -> Case:
    return Case(f"{FAMILY} {name}", FAMILY, "sales.csv", joined(lines), "sales", fated or clean_rows(rows), expected, **more)  # type: ignore[arg-type]


def whole_columns() -> Iterator[Case]:
    """One notation in the whole column: it must be found out, or asked for."""
    large = [{**row, "net_value": row["net_value"] * 37 + 1000.25} for row in clean.sales()]
    for row in large:
        row["net_value"] = round(row["net_value"], 2)
    styles: dict[str, Callable[[float], str]] = {
        "1 234,50": lambda value: grouped(value, " ", ","),
        "1 234,50 with no-break spaces": lambda value: grouped(value, "\u00a0", ","),
        "1 234,50 with narrow spaces": lambda value: grouped(value, "\u202f", ","),
        "1.234,50": lambda value: grouped(value, ".", ","),
        "1,234.50": lambda value: grouped(value, ",", "."),
        "1'234.50": lambda value: grouped(value, "'", "."),
        "1’234.50": lambda value: grouped(value, "’", "."),
        "1234,50": lambda value: grouped(value, "", ","),
        "full-width digits": lambda value: plain_number(value).translate(FULL_WIDTH),
        "¥ before": lambda value: f"¥{plain_number(value)}",
        "￥ and groups": lambda value: f"￥{grouped(value, ',', '.')}",
        "руб. behind": lambda value: f"{grouped(value, ' ', ',')} руб.",
        "₽ behind": lambda value: f"{grouped(value, chr(160), ',')} ₽",
        "元 behind": lambda value: f"{plain_number(value)}元",
        "$ before": lambda value: f"${grouped(value, ',', '.')}",
        "plus before": lambda value: f"+{plain_number(value)}" if value > 0 else plain_number(value),
        "exponents": lambda value: f"{value:.10e}",
        "shown as text by Excel": lambda value: f'="{plain_number(value)}"',
        "apostrophe before": lambda value: f"'{plain_number(value)}",
    }
    for name, style in styles.items():
        expected = LOADS_WHOLE | ({ASKED} if name == "1.234,50" else frozenset())
        yield case(name, large, spoilt_column(large, 4, style), expected if "Excel" not in name and "apostrophe" not in name else ANY)
    negatives: dict[str, Callable[[float], str]] = {
        "brackets for negatives": lambda value: f"({plain_number(-value)})" if value < 0 else plain_number(value),
        "trailing minus": lambda value: f"{plain_number(-value)}-" if value < 0 else plain_number(value),
        "true minus sign": lambda value: plain_number(value).replace("-", "\u2212"),
        "en dash for minus": lambda value: plain_number(value).replace("-", "\u2013"),
        "minus and space": lambda value: plain_number(value).replace("-", "- "),
        "brackets and currency": lambda value: f"(¥{plain_number(-value)})" if value < 0 else f"¥{plain_number(value)}",
    }
    rows = clean.sales()
    for name, style in negatives.items():
        yield case(name, rows, table_lines(rows, ";", number=style), LOADS)
    units: dict[str, Callable[[float], str]] = {
        "pieces named: шт.": lambda value: f"{plain_number(value)} шт.",
        "cases named: 箱": lambda value: f"{plain_number(value)}箱",
        "bottles named: 瓶": lambda value: f"{plain_number(value)} 瓶",
    }
    whole = clean.sales(fractions=False)
    for name, style in units.items():
        yield case(name, whole, spoilt_column(whole, 3, style), LOADS)
    myriads = [{**row, "net_value": float(10000 * (1 + place))} for place, row in enumerate(rows)]
    yield case("万", myriads, spoilt_column(myriads, 4, lambda value: f"{plain_number(value / 10000)}万"), LOADS_WHOLE)
    yield case("万 with fractions", myriads, spoilt_column(myriads, 4, lambda value: f"{value / 10000:.4f}万"), LOADS_WHOLE)
    billions = [{**row, "net_value": float(12_000_000 * (1 + place))} for place, row in enumerate(rows)]
    yield case("亿", billions, spoilt_column(billions, 4, lambda value: f"{value / 1e8:.2f}亿"), LOADS_WHOLE)
    yield case(
        "亿 and 万 mixed", billions, spoilt_column(billions, 4, lambda value: f"{value / 1e8:.2f}亿" if value >= 1e8 else f"{value / 1e4:.0f}万"), LOADS_WHOLE
    )


def spoilt_column(rows: list[clean.Record], column: int, style: Callable[[float], str]) -> list[str]:
    lines = [line.split(";") for line in table_lines(rows, ";")]
    for line, row in zip(lines[1:], rows, strict=True):
        line[column] = style(list(row.values())[column])
    return [";".join(line) for line in lines]


def ambiguous() -> Iterator[Case]:
    """`1,234` in a whole column is 1234 or 1.234: nobody but its owner knows."""
    rows = [{**row, "net_value": float(1000 + 7 * place)} for place, row in enumerate(clean.sales())]
    for name, thousands in (("comma", ","), ("point", ".")):
        lines = spoilt_column(rows, 4, lambda value, mark=thousands: grouped(value, mark, "?", 0))
        yield case(f"thousands or decimals: {name}", rows, lines, frozenset({ASKED}))
        other = "." if thousands == "," else ","
        yield case(f"thousands by {name}, said by the user", rows, lines, LOADS_WHOLE, options={"decimal": other})
        small = [{**row, "net_value": row["net_value"] / 1000} for row in rows]
        yield case(f"decimals by {name}, said by the user", small, lines, LOADS_WHOLE, clean_rows(small), options={"decimal": thousands})
    yield case(
        "one number of three digits behind the comma", rows, spoilt_one(rows, 4, "1,234"), ANY, with_fate(clean_rows(rows), 10, "hurt", {"invoice_id": "none"})
    )
    rows = clean.sales()
    mixed = spoilt_one(rows, 4, "1.234,56")
    yield case("one German number in an English column", rows, mixed, LOADS | {ASKED}, with_fate(clean_rows(rows), 10, "hurt", {"invoice_id": "none"}))


def spoilt_one(rows: list[clean.Record], column: int, text: str, place: int = 10) -> list[str]:
    lines = [line.split(";") for line in table_lines(rows, ";")]
    lines[place + 1][column] = text
    return [";".join(line) for line in lines]


def single_cells() -> Iterator[Case]:
    """One cell that is no number, or a number in words: rejected, or repaired and told; never a silent 0."""
    rows = clean.sales()
    told = frozenset({TOLD, REJECTED, ASKED})
    for text in (
        "NaN",
        "inf",
        "-inf",
        "Infinity",
        "1/2",
        "#REF!",
        "#N/A",
        "#DIV/0!",
        "-",
        "--",
        "n/a",
        "нет",
        "无",
        "12%",
        "1e400",
        "0x1F",
        "1_000",
        "12 34",
        "1.2.3",
        "12O",
        "ten",
        "?",
    ):
        yield case(f"quantity {text!r}", rows, spoilt_one(rows, 3, text), told, with_fate(clean_rows(rows), 10, "hurt", {"invoice_id": "none"}))
    yield case("quantity left empty", rows, spoilt_one(rows, 3, ""), told, with_fate(clean_rows(rows), 10, "hurt", {"invoice_id": "none"}))
    zero = [{**row, "qty": 0.0} if place == 10 else row for place, row in enumerate(rows)]
    yield case("quantity 0 stays 0", zero, spoilt_one(rows, 3, "0"), ANY, with_fate(clean_rows(zero), 10, "clean"))


def codes() -> Iterator[Case]:
    """Codes that look like numbers stay text."""
    rows = clean.sales()
    yield case("leading zeros, exponents and 18 digits in codes", rows, table_lines(rows), frozenset({EXACT, TOLD}))
    rows = [{**row, "invoice_id": f"{10**17 + place}"} for place, row in enumerate(clean.sales())]
    yield case("invoices of 18 digits", rows, table_lines(rows), frozenset({EXACT, TOLD}))
    rows = [{**row, "invoice_id": f"00{place:05d}"} for place, row in enumerate(clean.sales())]
    yield case("invoices with leading zeros", rows, table_lines(rows), frozenset({EXACT, TOLD}))
    for text in ("1.23457E+17", "123,456,789,012,345,678", "123"):
        spoilt = spoilt_one(clean.sales(), 2, text)
        yield case(f"SKU spoilt by Excel: {text}", clean.sales(), spoilt, LOADS, with_fate(clean_rows(clean.sales()), 10, "hurt"))


def cases() -> Iterator[Case]:
    yield from whole_columns()
    yield from ambiguous()
    yield from single_cells()
    yield from codes()


def by_chance(count: int, seed: int) -> Iterator[Case]:
    """Further files: a random notation, decimals and sizes by chance."""
    chance = Random(seed)
    for number in range(count):
        thousands, decimal = chance.choice([("", "."), ("", ","), (",", "."), (".", ","), (" ", ","), ("\u00a0", ","), ("'", ".")])
        digits, size = chance.choice([1, 2, 4]), chance.choice([1, 10, 1000, 10**6])
        rows = [{**row, "net_value": round(row["net_value"] * size, digits)} for row in clean.sales(seed=chance.randrange(1000))]
        mark, end = chance.choice([("", ""), ("", ""), ("¥", ""), ("", "元"), ("", " 元")])

        def style(value: float, how: tuple[str, ...] = (thousands, decimal, mark, end), digits: int = digits) -> str:
            text = grouped(abs(value), how[0], how[1], digits)
            sign = "-" if value < 0 else ""
            return f"{sign}{how[2]}{text}{how[3]}"

        yield case(f"chance {seed}.{number}: {style(1234.5)}", rows, spoilt_column(rows, 4, style), LOADS_WHOLE | {ASKED, REJECTED})
