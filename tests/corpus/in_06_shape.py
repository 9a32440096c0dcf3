"""IN-6: exports shaped for the eye: totals, repeated headers, several sheets, months as columns, renamed and missing columns."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl

from tests.corpus import clean
from tests.corpus.cases import ANY, ASKED, LOADS, LOADS_WHOLE, REFUSED, STOPS, TOLD, Case, Row, cells, clean_rows, joined, lines, table_lines

FAMILY = "IN-6"
NAMES = ("shipped_on", "dealer_id", "sku", "qty", "net_value", "invoice_id", "line_no")
CHINESE = ("发货日期", "经销商编码", "存货编码", "数量", "不含税金额", "单据号", "行号")
RUSSIAN = ("Дата отгрузки", "Код дилера", "Артикул", "Количество", "Сумма без НДС", "Номер накладной", "Номер строки")


def case(name: str, content: bytes, rows: tuple[Row, ...], expected: frozenset[str], file: str = "sales.csv", table: str = "sales", **more: object) -> Case:
    return Case(f"{FAMILY} {name}", FAMILY, file, content, table, rows, expected, **more)  # type: ignore[arg-type]


def workbook(*sheets: tuple[str, list[list[Any]]], hidden_rows: tuple[int, ...] = (), hidden_columns: str = "", merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, grid in sheets:
        sheet = book.create_sheet(name)
        for row in grid:
            sheet.append(row)
        for number in hidden_rows:
            sheet.row_dimensions[number].hidden = True
        for letter in hidden_columns:
            sheet.column_dimensions[letter].hidden = True
        for area in merged:
            sheet.merge_cells(area)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def grid_of(rows: list[clean.Record]) -> list[list[Any]]:
    return [list(rows[0]), *[list(row.values()) for row in rows]]


def total_line(label: str, rows: list[clean.Record], wrong: float = 0.0) -> str:
    return f"{label},,,{sum(row['qty'] for row in rows):.0f},{sum(row['net_value'] for row in rows) + wrong:.2f},,"


def totals() -> Iterator[Case]:
    rows = clean.sales()
    text = table_lines(rows)
    for label in ("Total", "Итого", "合计", "总计", "Grand total", "Всего", "Итого:", "合 计", "TOTAL"):
        yield case(
            f"a last row {label}",
            joined([*text, total_line(label, rows)]),
            (*clean_rows(rows), Row(len(rows) + 2, (), "hurt")),
            LOADS_WHOLE,
            must_tell=("total",),
        )
    for label in ("Subtotal", "小计", "Итого по дилеру"):
        half = [*text[:21], total_line(label, rows[:20]), *text[21:], total_line(label, rows[20:]), total_line("合计", rows)]
        fated = (*clean_rows(rows[:20]), Row(22, (), "hurt"), *clean_rows(rows[20:], 23), Row(43, (), "hurt"), Row(44, (), "hurt"))
        yield case(f"subtotals {label}", joined(half), fated, LOADS_WHOLE, must_tell=("total",))
    off = joined([*text, total_line("Итого", rows, wrong=100.0)])
    yield case("a total that is not the sum", off, (*clean_rows(rows), Row(len(rows) + 2, (), "hurt")), frozenset({TOLD, REFUSED}))
    behind = f",,合计,{sum(row['qty'] for row in rows):.0f},{sum(row['net_value'] for row in rows):.2f},,"
    yield case("the total's label in another column", joined([*text, behind]), (*clean_rows(rows), Row(len(rows) + 2, (), "hurt")), LOADS)
    bare = f",,,{sum(row['qty'] for row in rows):.0f},{sum(row['net_value'] for row in rows):.2f},,"
    yield case("a total without a label", joined([*text, bare]), (*clean_rows(rows), Row(len(rows) + 2, (), "hurt")), LOADS)
    named = [{**row, "dealer_name": name} for row, name in zip(clean.dealers(), ("Total Trade", "Итоговый дом", "合计酒业", *"ABCDE"), strict=True)]
    yield case("dealers whose names begin like totals", joined(table_lines(named)), clean_rows(named), LOADS_WHOLE, "dealers.csv", "dealers")


def columns() -> Iterator[Case]:
    rows = clean.sales()
    body = cells(rows)
    for name, headings in (("Chinese", CHINESE), ("Russian", RUSSIAN), ("capitals", tuple(heading.upper() for heading in NAMES))):
        yield case(f"{name} headings", joined(lines([headings, *body])), clean_rows(rows), LOADS_WHOLE)
    turned = [list(reversed(row)) for row in [list(NAMES), *body]]
    yield case("columns in another order", joined(lines(turned)), clean_rows(rows), LOADS_WHOLE)
    more = [[*row, extra] for row, extra in zip([list(NAMES), *body], ["remark", *["text"] * len(body)], strict=True)]
    yield case("a column that nobody knows", joined(lines(more)), clean_rows(rows), LOADS_WHOLE)
    for column, heading in ((3, "qty"), (2, "sku"), (0, "shipped_on")):
        less = [[cell for place, cell in enumerate(row) if place != column] for row in [list(NAMES), *body]]
        yield case(f"the column {heading} is missing", joined(lines(less)), clean_rows(rows), STOPS)
    doubled = [[*row, row[3]] for row in [list(NAMES), *body]]
    yield case("a column twice with the same content", joined(lines(doubled)), clean_rows(rows), ANY)
    apart = [[*row, "1"] for row in body]
    yield case("a column twice with other content", joined(lines([[*NAMES, "qty"], *apart])), clean_rows(rows), STOPS)
    misspelt = ["shiped_on", *NAMES[1:]]
    yield case("a misspelt heading", joined(lines([misspelt, *body])), clean_rows(rows), ANY)
    unnamed = ["", *NAMES[1:]]
    yield case("a column without heading", joined(lines([unnamed, *body])), clean_rows(rows), STOPS)
    yield case(
        "headings mapped by the user", joined(lines([["when", *NAMES[1:]], *body])), clean_rows(rows), LOADS_WHOLE, options={"map": (("when", "shipped_on"),)}
    )
    foreign = lines([["alpha", "beta", "gamma"], ["1", "2", "3"], ["4", "5", "6"]])
    yield case("a table that is none of ours", joined(foreign), (), STOPS, "list.csv")


def sheets() -> Iterator[Case]:
    rows = clean.sales()
    grid = grid_of(rows)
    yield case("a workbook of one sheet", workbook(("Sales", grid)), clean_rows(rows), LOADS_WHOLE, "sales.xlsx")
    yield case("an empty sheet before", workbook(("Cover", []), ("Sales", grid)), clean_rows(rows), ANY, "sales.xlsx")
    yield case("two sheets of the same table", workbook(("January", grid_of(rows[:20])), ("February", grid_of(rows[20:]))), unplaced(rows), ANY, "sales.xlsx")
    yield case(
        "a sheet chosen by the user", workbook(("Notes", [["text"]]), ("Sales", grid)), clean_rows(rows), LOADS_WHOLE, "sales.xlsx", options={"sheet": "Sales"}
    )
    yield case("a sheet that does not exist", workbook(("Sales", grid)), clean_rows(rows), STOPS, "sales.xlsx", options={"sheet": "Stock"})
    yield case("hidden rows", workbook(("Sales", grid), hidden_rows=(5, 6, 7)), clean_rows(rows), ANY, "sales.xlsx")
    yield case("hidden columns", workbook(("Sales", grid), hidden_columns="C"), clean_rows(rows), ANY, "sales.xlsx")
    titled = [["Sales of the plant"], [], *grid]
    yield case("a merged title", workbook(("Sales", titled), merged=("A1:G1",)), clean_rows(rows, 4), LOADS_WHOLE, "sales.xlsx")
    two = [["Shipment", None, "Article", None, "Money", "Invoice", None], *grid]
    yield case("a merged header of two rows", workbook(("Sales", two), merged=("A1:B1", "C1:D1", "F1:G1")), clean_rows(rows, 3), ANY, "sales.xlsx")
    beside = [[*row, None, "note", place] for place, row in enumerate(grid)]
    yield case("two tables side by side", workbook(("Sales", beside)), clean_rows(rows), ANY, "sales.xlsx")
    gaps = [*grid[:10], [], [], *grid[10:]]
    yield case("empty rows between", workbook(("Sales", gaps)), (*clean_rows(rows[:9]), *clean_rows(rows[9:], 13)), LOADS_WHOLE, "sales.xlsx")
    yield case(
        "a total in a workbook",
        workbook(("Sales", [*grid, ["合计", None, None, sum(row["qty"] for row in rows)]])),
        (*clean_rows(rows), Row(42, (), "hurt")),
        LOADS,
        "sales.xlsx",
    )


def unplaced(rows: list[clean.Record]) -> tuple[Row, ...]:
    return tuple(Row(0, (row,)) for row in rows)


def months() -> Iterator[Case]:
    """A plan with its months as columns: unpivoted on confirmation, else asked."""
    skus = clean.SKUS[:6]
    titles = ["sku", "source", "made_on", "2025-01", "2025-02", "2025-03"]
    grid = [[sku, "sales", "2025-01-01", *[str(10 * place + month) for month in range(3)]] for place, sku in enumerate(skus)]
    cast = [
        {"sku": sku, "source": "sales", "made_on": date(2025, 1, 1), "month": date(2025, 1 + month, 1), "qty": float(10 * place + month)}
        for place, sku in enumerate(skus)
        for month in range(3)
    ]
    rows = tuple(Row(2 + place // 3, (row,)) for place, row in enumerate(cast))
    content = joined(lines([titles, *grid]))
    yield case("months as columns", content, rows, frozenset({ASKED, TOLD}), "forecasts.csv", "forecasts")
    yield case("months as columns, confirmed", content, rows, LOADS_WHOLE, "forecasts.csv", "forecasts", options={"months": True})


def cases() -> Iterator[Case]:
    yield from totals()
    yield from columns()
    yield from sheets()
    yield from months()
