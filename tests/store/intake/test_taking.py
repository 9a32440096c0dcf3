"""What a raw table is taken for: headings of two rows, values for all rows, figures below months, all that is missing in one sentence."""

import datetime
from pathlib import Path

import duckdb
import pytest

from engine.errors import BadUse, NeedsAnswer, Refused
from engine.settings import DEFAULTS
from engine.store.contracts import catalogue
from engine.store.intake.fit import fit
from engine.store.intake.lacking import MissingColumn
from engine.store.intake.reading import Fitted, Occasion, Options
from engine.store.intake.taking import recognised
from tests.store.intake.raw_files import read
from tests.store.intake.test_raw_workbooks import workbook

GROUPS = ["单据信息", None, None, "货物", None, "销售", None]
HEADER = ["发货日期", "单据号", "客户编码", "存货编码", "存货名称", "数量", "无税金额"]
ROWS = [
    [45748, "XS1", "D1", "S1", "外墙漆", 10, 2340],
    [45777, "XS2", "D2", "S2", "木器漆", 100, 7920.5],
]
WIDE = "{codes},янв.25,фев.25,мар.25\n{first},1000,1200,900.5\n{second},50,60,70\n"
BUDGET = WIDE.format(codes="Код линии", first="FAS", second="INT")
DEALERS = WIDE.format(codes="客户编码,存货编码", first="0101,001", second="0102,002")


def taken(folder: Path, content: bytes | str, name: str, occasion: Occasion | None = None, **options) -> tuple[duckdb.DuckDBPyConnection, Fitted]:
    """A file through the intake: the connection and the fitted table `fit_0`."""
    opened = read(folder, content, name, **options)
    table, completed = recognised(opened.con, opened.table, name, catalogue(), Options(**options), folder / "profiles", occasion or Occasion())
    return opened.con, fit(opened.con, opened.table, catalogue()[table], completed, DEFAULTS, "fit_0", name)


def column(con: duckdb.DuckDBPyConnection, name: str) -> list:
    return [cell for (cell,) in con.execute(f"select {name} from fit_0 order by _line").fetchall()]


def two_rows(groups: list, header: list, rows: list, title: str = "2025年4月销售明细") -> bytes:
    return workbook(("明细", [[title], groups, header, *rows]))


def test_a_heading_below_a_group_is_recognised_and_the_title_s_month_is_not_put_in_its_place(tmp_path: Path) -> None:
    con, found = taken(tmp_path, two_rows(GROUPS, HEADER, ROWS), "4月销售.xlsx")
    assert found.table == "sales"
    assert column(con, "shipped_on") == [datetime.date(2025, 4, 1), datetime.date(2025, 4, 30)]
    assert column(con, "net_value") == [2340.0, 7920.5]
    (told,) = [str(each.said) for each in found.told if each.rule == "lower_row"]
    assert "单据信息 发货日期" in told
    assert "存货名称" not in told


def test_of_two_headings_with_the_same_lower_row_none_is_taken(tmp_path: Path) -> None:
    groups, header = ["单据信息", None, None, "甲仓", None, "乙仓", None], ["发货日期", "客户编码", "存货编码", "数量", "无税金额", "数量", "备注"]
    rows = [[45748, "D1", "S1", 10, 2340, 9, "x"], [45777, "D2", "S2", 1, 23, 1, "y"]]
    with pytest.raises(MissingColumn, match="qty"):
        taken(tmp_path, two_rows(groups, header, rows), "4月销售.xlsx", table="sales")


@pytest.mark.parametrize("group", ["退货", "期初结存", "Возврат", "План", "Прошлый год"])
def test_a_group_that_makes_it_another_thing_is_no_reason_to_take_its_columns(tmp_path: Path, group: str) -> None:
    groups = [*GROUPS[:5], group, "销售"]
    with pytest.raises(MissingColumn, match="qty"):
        taken(tmp_path, two_rows(groups, HEADER, ROWS), "4月销售.xlsx", table="sales")


def test_a_unit_of_the_group_holds_for_the_amounts_below_it(tmp_path: Path) -> None:
    con, found = taken(tmp_path, two_rows([*GROUPS[:5], "Продажи, тыс. руб.", None], HEADER, ROWS), "продажи.xlsx")
    assert column(con, "net_value") == [2340e3, 7920.5e3]
    assert column(con, "qty") == [10.0, 100.0]
    assert "scale" in {each.rule for each in found.told}
    with pytest.raises(Refused, match="cannot be told"):
        taken(tmp_path, two_rows([*GROUPS[:5], "Продажи, тыс.", None], HEADER, ROWS), "продажи.xlsx")


def test_a_heading_that_comes_near_goes_before_the_day_of_the_title(tmp_path: Path) -> None:
    titled = "Остатки на 31.03.2025\nСклад;Артикул;{day};Остаток\nP1;S1;28.03.2025;100\nP1;S2;30.03.2025;250\n"
    with pytest.raises(MissingColumn) as refused:
        taken(tmp_path, titled.format(day="Дата пересчёта факт."), "остатки.csv", table="stock")
    assert refused.value.option == '--map "Дата пересчёта факт.=counted_on"'
    with pytest.raises(NeedsAnswer) as asked:
        taken(tmp_path, titled.format(day="Дата производства"), "остатки.csv", table="stock")
    assert asked.value.option == "--set counted_on=2025-03-31", "a day that is known as something else is not near"


def test_a_value_for_all_rows_never_takes_the_place_of_a_column_of_the_file(tmp_path: Path) -> None:
    stock = "仓库编码,存货编码,盘点日期,现存量\nP1,S1,2025-03-30,5\nP1,S2,2025-03-30,6\n"
    with pytest.raises(BadUse, match="of its own"):
        taken(tmp_path, stock, "stock.csv", table="stock", set=(("counted_on", "2025-03-31"),))
    with pytest.raises(BadUse, match="no column"):
        taken(tmp_path, stock, "stock.csv", table="stock", set=(("shipped_on", "2025-03-31"),))
    con, _ = taken(tmp_path, stock, "stock.csv", Occasion(of_many=True), table="stock", set=(("counted_on", "2025-03-31"), ("shipped_on", "2025-03-31")))
    assert set(column(con, "counted_on")) == {datetime.date(2025, 3, 30)}


def test_all_that_is_missing_is_named_at_once_with_what_comes_nearest(tmp_path: Path) -> None:
    products = "存货编码,存货名称,事业部,存货大类,产品系列,参考成本\n001,漆,涂料,外墙漆,WQ,120.5\n002,漆,涂料,外墙漆,WQ,40\n"
    with pytest.raises(MissingColumn) as refused:
        taken(tmp_path, products, "存货档案.csv")
    assert refused.value.option == '--map "事业部=sphere" --map "参考成本=unit_cost"'
    assert all(word in str(refused.value) for word in ("lacks 2 columns", "业务板块", "“事业部”", "单位成本", "“参考成本”"))


def test_a_missing_column_and_a_day_in_the_title_are_settled_together(tmp_path: Path) -> None:
    stock = "Остатки на 31.03.2025\nСклад;Артикул;Остаток штучно\nP1;S1;100\nP1;S2;250\n"
    with pytest.raises(MissingColumn) as refused:
        taken(tmp_path, stock, "остатки.csv", table="stock")
    assert refused.value.option == '--set counted_on=2025-03-31 --map "Остаток штучно=on_hand_qty"'
    assert [each.question for each in refused.value.proposals] == ["set"]


def test_figures_below_months_are_the_one_column_of_figures_that_the_named_table_lacks(tmp_path: Path) -> None:
    for name, options in (("file.csv", {"table": "budget"}), ("Бюджет 2025.csv", {})):
        con, found = taken(tmp_path, BUDGET, name, months=True, **options)
        assert (found.table, column(con, "net_value")) == ("budget", [1000, 50, 1200, 60, 900.5, 70])
        (told,) = [str(each.said) for each in found.told if each.rule == "months_measure"]
        assert "“net_value”" in told


def test_figures_below_months_are_asked_about_where_nothing_names_them(tmp_path: Path) -> None:
    with pytest.raises(NeedsAnswer) as asked:
        taken(tmp_path, DEALERS, "经销商要货.csv", months=True)
    assert (asked.value.question, asked.value.choices[:2]) == ("map", ("янв.25=qty", "янв.25=net_value"))
    assert '--map "янв.25=qty"' in str(asked.value.option)
    con, found = taken(tmp_path, DEALERS, "经销商要货.csv", months=True, map=(("янв.25", "qty"),))
    assert (found.table, column(con, "qty")) == ("dealer_sales", [1000, 50, 1200, 60, 900.5, 70])


def test_a_title_or_a_name_that_speaks_of_pieces_or_money_says_what_the_figures_are(tmp_path: Path) -> None:
    _, found = taken(tmp_path, DEALERS, "经销商要货数量.csv", months=True)
    assert found.mapping["qty"] == "qty"
    con, _ = taken(tmp_path, BUDGET, "План, сумма.csv", months=True, table="budget")
    assert column(con, "net_value")[0] == 1000


def test_the_heading_of_a_month_can_be_mapped_whatever_its_figures_were_taken_for(tmp_path: Path) -> None:
    con, _ = taken(tmp_path, BUDGET, "Количество.csv", months=True, table="budget", map=(("янв.25", "net_value"), ("фев.25", "net_value")))
    assert column(con, "net_value")[0] == 1000


def test_a_file_that_was_loaded_before_asks_nothing_of_its_months(tmp_path: Path) -> None:
    con, found = taken(tmp_path, DEALERS, "经销商要货.csv", Occasion(of_many=True, again=True), months=True)
    assert (found.table, column(con, "qty")[0]) == ("dealer_sales", 1000)


@pytest.mark.parametrize(("name", "content"), [("s.csv", ""), ("s.xlsx", "PK\x03\x04cut off"), ("s.csv", "%PDF-1.7 ..."), ("s.csv", "Rar!\x1a\x07 ...")])
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(Refused, match=r"export|unpack"):
        read(tmp_path, content, name)
