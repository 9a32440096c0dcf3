"""IN-13: what accounting systems and people with spreadsheets really send: a day said once in the title, groups, pages, months, currencies.

Each file is in the manner of one program (用友 U8, 金蝶 K3, 1С, SAP lists, Excel by hand); the expected rows stand here before it is loaded.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.corpus import clean
from tests.corpus.cases import ASKED, LOADS, LOADS_WHOLE, REFUSED, REJECTED, STOPS, TOLD, Case, Row, clean_rows, joined
from tests.corpus.in_06_shape import workbook

FAMILY = "IN-13"
MARCH = date(2025, 3, 31)
SKUS = clean.SKUS
Grid = list[list[Any]]


def case(name: str, file: str, content: bytes, table: str, rows: tuple[Row, ...], expected: frozenset[str], **more: Any) -> Case:
    return Case(f"{FAMILY} {name}", FAMILY, file, content, table, rows, expected, **more)


def stocked(line: int, item: str, qty: float, place: str = "P1", day: date = MARCH, fate: str = "clean") -> Row:
    return Row(line, ({"counted_on": day, "location_id": place, "item_id": item, "on_hand_qty": qty},), fate)


def sold(line: int, day: date, dealer: str, sku: str, qty: float, value: float, fate: str = "clean") -> Row:
    return Row(line, ({"shipped_on": day, "dealer_id": dealer, "sku": sku, "qty": qty, "net_value": value},), fate)


def aside(*lines: int) -> tuple[Row, ...]:
    return tuple(Row(line, (), "hurt") for line in lines)


def balances() -> Iterator[Case]:
    """Balances whose day (and warehouse) stands in the title or in the name of the file: proposed, and then taken for every row."""
    grid: Grid = [
        ["收发存汇总表"],
        ["会计期间：2025年3月", None, "仓库：P1"],
        ["存货编码", "存货名称", "计量单位", "期初结存", None, None, "本期收入", None, None, "本期发出", None, None, "期末结存", None, None],
        [None, None, None, *["数量", "单价", "金额"] * 4],
        [SKUS[3], "特曲", "瓶", 10, 10, 100, 5, 10, 50, 3, 10, 30, 12, 10, 120],
        [SKUS[4], "窖藏", "瓶", 20, 10, 200, 0, None, None, 5, 10, 50, 15, 10, 150],
        ["小计", None, None, 30, None, 300, 5, None, 50, 8, None, 80, 27, None, 270],
        [SKUS[5], "清雅", "瓶", 7, 10, 70, None, None, None, 7, 10, 70, 0, None, 0],
        ["小计", None, None, 7, None, 70, None, None, None, 7, None, 70, 0, None, 0],
        ["合计", None, None, 37, None, 370, 5, None, 50, 15, None, 150, 27, None, 270],
        ["制单人：王敏", None, "审核：李华"],
    ]
    merged = ("A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:I3", "J3:L3", "M3:O3")
    content = workbook(("收发存", grid), merged=merged)
    rows = (stocked(5, SKUS[3], 12), stocked(6, SKUS[4], 15), stocked(8, SKUS[5], 0), *aside(7, 9, 10, 11))
    yield case("U8 balance with its month and warehouse in the title", "收发存汇总表.xlsx", content, "stock", rows, frozenset({ASKED}))
    given = {"set": (("counted_on", "2025-03-31"), ("location_id", "P1"))}
    yield case(
        "U8 balance, day and warehouse given", "收发存汇总表.xlsx", content, "stock", rows, LOADS_WHOLE, options=given, must_tell=("given", "total", "note")
    )
    text = joined(["Склад;Артикул;Остаток", f"P1;{SKUS[3]};100", f"P1;{SKUS[4]};1 250,5"], encoding="cp1251")
    two = (stocked(2, SKUS[3], 100), stocked(3, SKUS[4], 1250.5))
    yield case("1C stock with its day in the name of the file", "Остатки на 31.03.2025.csv", text, "stock", two, frozenset({ASKED}))
    day = {"set": (("counted_on", "2025-03-31"),)}
    yield case("1C stock, day given", "Остатки на 31.03.2025.csv", text, "stock", two, LOADS_WHOLE, options=day, must_tell=("given",))
    yield case("1C stock without any day", "Остатки.csv", text, "stock", two, frozenset({REFUSED, ASKED}))
    titled = joined(
        ["现存量查询,,", "截止日期：2025-03-31,,打印时间：2025-04-02", "仓库编码,存货编码,现存数量", f"P1,{SKUS[3]},100", f"B1,{SKUS[4]},40"],
        encoding="gb18030",
    )
    both = (stocked(4, SKUS[3], 100), stocked(5, SKUS[4], 40, "B1"))
    yield case("U8 stock whose title also says when it was printed", "现存量.csv", titled, "stock", both, frozenset({ASKED}))
    yield case("U8 stock, day given", "现存量.csv", titled, "stock", both, LOADS_WHOLE, options=day)


def groups() -> Iterator[Case]:
    """Group rows of 1C: the warehouse in a row of its own, with its sums, above its items."""
    heading = ["Склад", "Артикул", "Номенклатура", "Ед. изм.", "Начальный остаток", "Приход", "Расход", "Конечный остаток"]
    body: Grid = [
        ["P1", None, None, None, 100, 50, 30, 120],
        [None, SKUS[3], "Водка Зимняя", "шт", 60, 30, 20, 70],
        [None, SKUS[4], "Водка Лето", "шт", 40, 20, 10, 50],
        ["B1", None, None, None, 10, 5, 3, 12],
        [None, SKUS[3], "Водка Зимняя", "шт", 10, 5, 3, 12],
        ["Итого", None, None, None, 110, 55, 33, 132],
    ]
    title: Grid = [["Ведомость по товарам на складах"], ["Период: 01.03.2025 - 31.03.2025"], []]
    rows = (stocked(6, SKUS[3], 70), stocked(7, SKUS[4], 50), stocked(9, SKUS[3], 12, "B1"), *aside(5, 8, 10))
    given = {"set": (("counted_on", "2025-03-31"),), "map": (("Номенклатура", "-"),)}
    content = workbook(("Лист1", [*title, heading, *body]))
    yield case("1C turnover with groups of warehouses", "Ведомость.xlsx", content, "stock", rows, LOADS_WHOLE, options=given, must_tell=("group", "total"))
    wrong = [*body[:3], ["B1", None, None, None, 10, 5, 3, 99], *body[4:]]
    off = workbook(("Лист1", [*title, heading, *wrong]))
    yield case("1C turnover whose group does not add up", "Ведомость.xlsx", off, "stock", rows, LOADS_WHOLE, options=given, must_tell=("total_differs",))
    osv: Grid = [
        ['ООО "Завод"'],
        ["Оборотно-сальдовая ведомость по счету 41.01 за Март 2025 г."],
        [],
        ["Счет", "Показатели", "Сальдо на начало периода", None, "Обороты за период", None, "Сальдо на конец периода", None],
        ["Номенклатура", None, "Дебет", "Кредит", "Дебет", "Кредит", "Дебет", "Кредит"],
        ["41.01", "БУ", 1000, None, 500, 300, 1200, None],
        [None, "Кол.", 100, None, 50, 30, 120, None],
        [SKUS[3], "БУ", 1000, None, 500, 300, 1200, None],
        [None, "Кол.", 100, None, 50, 30, 120, None],
        ["Итого", "БУ", 1000, None, 500, 300, 1200, None],
    ]
    yield case("1C turnover with two rows an item", "ОСВ 41.xlsx", workbook(("TDSheet", osv)), "stock", (), STOPS)


def journals() -> Iterator[Case]:
    """Journals of shipments: page breaks, codes beside names, merged words, returns in brackets."""
    heading = "日期,单据编号,购货单位代码,购货单位,产品代码,产品名称,单位,实发数量,销售单价,销售金额"
    lines, rows, line = ["销售出库序时簿,,,,,,,,,", "期间: 2025-03-01至2025-03-31,,,,,,,,,", heading], [], 4
    for page in range(3):
        for place in range(10):
            n = page * 10 + place
            lines.append(
                f'2025-03-{n % 28 + 1:02d},XOUT{n:06d},{clean.DEALERS[n % 8]},客户{n % 8},{SKUS[n % 9]},产品,瓶,{n + 1}.0000,100.00,"{(n + 1) * 100:,}.00"'
            )
            rows.append(sold(line, date(2025, 3, n % 28 + 1), clean.DEALERS[n % 8], SKUS[n % 9], n + 1.0, (n + 1) * 100.0))
            line += 1
        total = sum(range(page * 10 + 1, page * 10 + 11))
        lines += [f',,,,,,本页小计,{total}.0000,,"{total * 100:,}.00"', f"第{page + 1}页,,,,,,,,,"]
        rows += aside(line, line + 1)
        line += 2
        if page < 2:
            lines.append(heading)
            rows += aside(line)
            line += 1
    lines += ['合计,,,,,,,465.0000,,"46,500.00"', "打印人：张三,,,打印日期：2025-04-02,,,,,,"]
    content = joined(lines, "\r\n", "gb18030")
    fated = (*rows, *aside(line, line + 1))
    yield case("K3 journal with page breaks, code and name of the customer", "销售出库序时簿.csv", content, "sales", fated, frozenset({ASKED}))
    told = ("page", "total", "repeated_header", "note")
    named = {"map": (("购货单位", "-"),)}
    yield case("K3 journal, name left out", "销售出库序时簿.csv", content, "sales", fated, LOADS_WHOLE, options=named, must_tell=told)
    hand: Grid = [
        ["2025年3月经销商销售明细", None, None, None, None, "单位：元"],
        ["客户编码", "发货日期", "存货编码", "数量", "金额", "备注"],
        ["D001", "2025/3/1", SKUS[3], 10, "1,000.00", None],
        [None, "2025/3/5", SKUS[4], -5, "(500.00)", "退货"],
        [None, None, "小计", 5, "500.00", None],
        ["D002", "2025/3/2", SKUS[3], "2瓶", "300元", None],
        [None, "2025/3/9", SKUS[5], 1, "80", None],
        [None, None, "小计", 3, "380", None],
        ["合计", None, None, 8, "880", None],
    ]
    by_hand = (
        sold(3, date(2025, 3, 1), "D001", SKUS[3], 10, 1000), sold(4, date(2025, 3, 5), "D001", SKUS[4], -5, -500),
        sold(6, date(2025, 3, 2), "D002", SKUS[3], 2, 300), sold(7, date(2025, 3, 9), "D002", SKUS[5], 1, 80), *aside(5, 8, 9),
    )  # fmt: skip
    grid = workbook(("明细", hand), merged=("A3:A5", "A6:A8"))
    yield case(
        "Excel by hand: dealers merged downwards", "销售明细.xlsx", grid, "sales", by_hand, LOADS_WHOLE, options={"table": "sales"}, must_tell=("merged_words",)
    )
    mb52 = joined(
        [
            "31.03.2025            Dynamic List Display                1",
            "-" * 70,
            "|Plant|SLoc|Material|Material Description|Unrestricted|BUn|Value|Crcy|", "-" * 70,
            f"|1000 |P1  |{SKUS[3]}    |Vodka               |   1.200,000|PC |  12.000,50 |CNY |",
            f"|1000 |P1  |{SKUS[4]}    |Brandy              |      15,000-|PC |    150,00-|CNY |",
            f"|1000 |B1  |{SKUS[5]}    |Rum                 |      30,500|PC |    300,00 |CNY |",
            "-" * 70, "|*    |    |        |                    |   1.215,500|   |  12.150,50 |CNY |", "-" * 70,
        ]
    )  # fmt: skip
    listed = (stocked(5, SKUS[3], 1200), stocked(6, SKUS[4], -15), stocked(7, SKUS[5], 30.5, "B1"), *aside(9))
    yield case("SAP list with ruled lines, its day in the title", "MB52.txt", mb52, "stock", listed, frozenset({ASKED}))
    yield case("SAP list, day given", "MB52.txt", mb52, "stock", listed, LOADS_WHOLE, options={"set": (("counted_on", "2025-03-31"),)}, must_tell=("total",))
    page = b"<html><body><table><tr><td>x</td></tr></table></body></html>"
    yield case("a web page that is called a workbook", "即时库存.xls", page, "stock", (), frozenset({REFUSED}))
    tabs = joined(["Billing Date\tSold-to\tMaterial\tBilled Quantity\tNet value", f"13.03.2025\tD001\t{SKUS[3]}\t10\t1.000,00"], encoding="utf-16")
    yield case("SAP text that is called a workbook", "VF05.xls", tabs, "sales", (), frozenset({REFUSED}))


def months() -> Iterator[Case]:
    """Sales by month: the month stands for its last day; months as columns, one or several measures each, below a title of one word."""
    rows = (sold(2, date(2025, 1, 31), "D001", SKUS[3], 10, 100), sold(3, date(2025, 2, 28), "D001", SKUS[3], 20, 200))
    head = "客户编码,存货编码,数量,金额"
    tail = [f"D001,{SKUS[3]},10,100", f"D001,{SKUS[3]},20,200"]
    for name, titles, cells in (
        ("2025年1月", "月份", ("2025年1月", "2025年2月")),
        ("first days", "月份", ("2025-01-01", "2025-02-01")),
        ("a year beside a month", "年度,月份", ("2025,1", "2025,2")),
    ):
        content = joined([f"{titles},{head}", *(f"{cell},{rest}" for cell, rest in zip(cells, tail, strict=True))])
        yield case(f"sales by month: {name}", "销售.csv", content, "sales", rows, LOADS_WHOLE, must_tell=("months_for_days",))
    bare = joined([f"月份,{head}", *(f"{cell},{rest}" for cell, rest in zip(("1月", "2月"), tail, strict=True))])
    yield case("sales by month: the year in the name of the file", "2025年销售.csv", bare, "sales", rows, LOADS_WHOLE, must_tell=("year", "months_for_days"))
    unknown = tuple(Row(row.line, (), "hurt") for row in rows)
    yield case("sales by month: no year anywhere", "销售.csv", bare, "sales", unknown, frozenset({REJECTED, REFUSED, ASKED}))
    lost = joined([f"月份,{head}", f"2025.1,{tail[0]}", f"2025.11,{tail[1]}"])
    november = (Row(2, (), "hurt"), sold(3, date(2025, 11, 30), "D001", SKUS[3], 20, 200))
    yield case("sales by month: January or October", "销售.csv", lost, "sales", november, frozenset({REJECTED}))
    pivot: Grid = [
        ["客户编码", "存货编码", "1月", None, "2月", None, "合计", None],
        [None, None, *["数量", "金额"] * 3],
        ["D001", SKUS[3], 1, 10.5, 2, 20, 3, 30.5],
        ["D002", SKUS[4], 4, 40, None, None, 4, 40],
        ["合计", None, 5, 50.5, 2, 20, 7, 70.5],
    ]
    cast = (
        sold(4, date(2025, 1, 31), "D001", SKUS[3], 1, 10.5), sold(4, date(2025, 2, 28), "D001", SKUS[3], 2, 20),
        sold(5, date(2025, 1, 31), "D002", SKUS[4], 4, 40), *aside(6),
    )  # fmt: skip
    content = workbook(("月报", [["2025年销售月报"], *pivot]), merged=("C2:D2", "E2:F2", "G2:H2"))
    yield case("two measures a month", "销售月报.xlsx", content, "sales", cast, frozenset({ASKED}))
    yield case("two measures a month, confirmed", "销售月报.xlsx", content, "sales", cast, LOADS_WHOLE, options={"months": True}, must_tell=("months", "total"))
    for title, codes in (("Продажи", ("Код контрагента", "Код номенклатуры")), ("销售", ("客户编码", "存货编码")), ("Sales", ("Dealer code", "SKU"))):
        wide: Grid = [[title], [*codes, "2025-04", "2025-05", "2025-06"], ["D001", SKUS[3], 1, 2, 3], ["D002", SKUS[4], 4, 5, None]]
        days = (date(2025, 4, 30), date(2025, 5, 31), date(2025, 6, 30))
        sent = [(3, "D001", SKUS[3], (1, 2, 3)), (4, "D002", SKUS[4], (4, 5))]
        parts = tuple(
            Row(line, ({"sold_on": day, "dealer_id": dealer, "sku": sku, "qty": float(qty)},), "told")
            for line, dealer, sku, qties in sent
            for day, qty in zip(days, qties, strict=False)
        )
        book = workbook(("Sheet", wide))
        yield case(f"months below the title {title}", f"{title}.xlsx", book, "dealer_sales", parts, frozenset({ASKED}))
        settled = {"months": True, "table": "dealer_sales"}
        told = ("months", "months_measure")
        yield case(f"months below the title {title}, confirmed", f"{title}.xlsx", book, "dealer_sales", parts, LOADS_WHOLE, options=settled, must_tell=told)
    stock: Grid = [
        ["2025年进销存报表"],
        ["存货编码", "仓库", "1月", None, None, "2月", None, None],
        [None, None, *["入库数量", "出库数量", "期末数量"] * 2],
        [SKUS[3], "P1", 5, 3, 10, 6, 4, 12],
        [SKUS[4], "P1", 1, 1, 1, 2, 2, 1],
    ]
    counted = tuple(
        stocked(line, sku, qty, day=day)
        for line, sku, qties in ((4, SKUS[3], (10, 12)), (5, SKUS[4], (1, 1)))
        for day, qty in zip((date(2025, 1, 31), date(2025, 2, 28)), qties, strict=True)
    )
    ledger = workbook(("进销存", stock), merged=("A2:A3", "B2:B3", "C2:E2", "F2:H2"))
    yield case("three groups of measures a month, confirmed", "进销存2025.xlsx", ledger, "stock", counted, LOADS_WHOLE, options={"months": True})


def currencies() -> Iterator[Case]:
    """An amount in another currency is never added to the others one to one."""
    head = "发货日期,经销商编码,存货编码,数量,金额"
    for name, cell in (("$1,200", '"$1,200"'), ("1 200 €", "1 200 €"), ("USD 1200.00", "USD 1200.00"), ("1200美元", "1200美元")):
        content = joined([head, f"2025-02-13,D001,{SKUS[3]},1,1200", f"2025-02-14,D001,{SKUS[3]},1,{cell}", f"2025-02-15,D001,{SKUS[3]},1,900.50"])
        rows = (sold(2, date(2025, 2, 13), "D001", SKUS[3], 1, 1200), Row(3, (), "hurt"), sold(4, date(2025, 2, 15), "D001", SKUS[3], 1, 900.5))
        yield case(f"one amount of {name}", "sales.csv", content, "sales", rows, frozenset({REJECTED}), must_tell=("currency_mix",))
    column = joined([f"{head},币种", f"2025-02-13,D001,{SKUS[3]},1,1200,人民币", f"2025-02-14,D001,{SKUS[3]},1,900,USD"])
    rows = (sold(2, date(2025, 2, 13), "D001", SKUS[3], 1, 1200), Row(3, (), "hurt"))
    yield case("a column of currencies", "sales.csv", column, "sales", rows, frozenset({REJECTED}), must_tell=("currency_rows",))
    own = joined(
        ["发货日期,经销商编码,存货编码,数量,本币无税金额,币种,汇率", f"2025-02-13,D001,{SKUS[3]},1,1200,人民币,1", f"2025-02-14,D001,{SKUS[3]},1,6390,USD,7.1"]
    )
    whole = (sold(2, date(2025, 2, 13), "D001", SKUS[3], 1, 1200), sold(3, date(2025, 2, 14), "D001", SKUS[3], 1, 6390))
    yield case("amounts in the company's currency beside a column of currencies", "sales.csv", own, "sales", whole, LOADS_WHOLE)
    grid = [head.split(","), ["2025-02-13", "D001", SKUS[3], 1, 1200], ["2025-02-14", "D001", SKUS[3], 1, 1200.5], ["2025-02-15", "D001", SKUS[3], 1, 77]]
    shown = formatted(grid, {"E3": "[$$-409]#,##0.00", "E4": "[$¥-804]#,##0.00"})
    rows = (sold(2, date(2025, 2, 13), "D001", SKUS[3], 1, 1200), Row(3, (), "hurt"), sold(4, date(2025, 2, 15), "D001", SKUS[3], 1, 77))
    yield case("a dollar that only the format of the cell shows", "sales.xlsx", shown, "sales", rows, frozenset({REJECTED}))
    dollars = [{**row, "net_value": row["net_value"]} for row in clean.sales()[:5]]
    lines = [head, *(f"{row['shipped_on']},{row['dealer_id']},{row['sku']},{row['qty']:.0f},${row['net_value']:.2f}" for row in dollars)]
    kept = tuple(
        Row(row.line, ({name: value for name, value in row.values[0].items() if name not in ("invoice_id", "line_no")},)) for row in clean_rows(dollars)
    )
    yield case("every amount in dollars", "sales.csv", joined(lines), "sales", kept, frozenset({TOLD, *STOPS}), must_tell=("currency",))


def formatted(grid: Grid, formats: dict[str, str]) -> bytes:
    """A workbook whose cells show more than they hold."""
    from io import BytesIO

    import openpyxl

    book = openpyxl.load_workbook(BytesIO(workbook(("Sheet", grid))))
    for cell, form in formats.items():
        book.active[cell].number_format = form
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def mixed() -> Iterator[Case]:
    """A line in another encoding than its file."""
    head = "Дата;Код контрагента;Артикул;Количество;Сумма без НДС;Комментарий\n"
    lines = [f"1{n}.03.2025;D001;{SKUS[3]};{n + 1};{(n + 1) * 10};обычная отгрузка\n" for n in range(8)]
    content = b"".join([head.encode("cp1251"), *(line.encode("utf-8" if n == 3 else "cp1251") for n, line in enumerate(lines))])
    rows = tuple(sold(n + 2, date(2025, 3, 10 + n), "D001", SKUS[3], n + 1.0, (n + 1) * 10.0, "hurt" if n == 3 else "clean") for n in range(8))
    yield case("one line in another encoding", "sales.csv", content, "sales", rows, LOADS | frozenset({REFUSED}))


def cases() -> Iterator[Case]:
    yield from balances()
    yield from groups()
    yield from journals()
    yield from months()
    yield from currencies()
    yield from mixed()
