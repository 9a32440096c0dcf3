"""The unit in the title rows: what it is read from, which amounts it multiplies, where it is asked about."""

import pytest

from engine.errors import Refused
from engine.settings import DEFAULTS, Settings
from engine.store.contracts import catalogue
from engine.store.intake.fit import fit
from engine.store.intake.notation import Measure
from engine.store.intake.reading import Options
from engine.store.intake.title_units import units_above
from tests.store.intake.raw_files import read

HEADINGS = "发货日期,客户编码,存货编码,数量,金额\n"
ROWS = "2025-01-01,D1,S1,5,1.5\n2025-01-02,D2,S2,6,2.25\n"


def fitted(tmp_path, text, table="sales", **options):
    raw = read(tmp_path, text)
    contract = catalogue()[table]
    done = fit(raw.con, raw.table, contract, Options(table=table, **options), Settings(dict(DEFAULTS)), "fitted", "sales.csv")
    return raw.con, done


@pytest.mark.parametrize(
    ("title", "measure"),
    [
        ("单位：万元", Measure(4, currency="CNY")),
        ("单位：千元", Measure(3, currency="CNY")),
        ("金额单位：人民币万元", Measure(4, currency="CNY")),
        ("编制单位：华东酒业　　单位：万元　　2024年", Measure(4, currency="CNY")),
        ("销售明细表（单位：万元）", Measure(4, currency="CNY")),
        ("Ед. изм.: тыс. руб.", Measure(3, currency="RUB")),
        ("Единица измерения: тыс. руб. Период: март", Measure(3, currency="RUB")),
        ("тыс. руб.", Measure(3, currency="RUB")),
        ("Отчёт о продажах в тысячах рублей", Measure(3, currency="RUB")),
        ("Отчёт о продажах, млн руб.", Measure(6, currency="RUB")),
        ("(in thousands)", Measure(3)),
        ("Net sales (in thousands of RMB)", Measure(3, currency="CNY")),
        ("币种：人民币 单位：万元", Measure(4, currency="CNY")),
        ("RMB'000", Measure(3, currency="CNY")),
        ("USD in millions", Measure(6, currency="USD")),
        ("单位：元", Measure(currency="CNY")),
    ],
)
def test_a_unit_in_a_title_is_recognised(title, measure):
    assert [unit.measure for unit in units_above([(1, ["Report"]), (2, [title, ""])], 3)][-1:] == [measure]


def test_a_unit_beside_its_label_is_recognised():
    assert [unit.measure for unit in units_above([(1, ["单位：", "万元"])], 2)] == [Measure(4, currency="CNY")]


@pytest.mark.parametrize(
    "title", ["编制单位：华东酒业有限公司", "Отчёт за март 2025", "Sales in March", "Период: 01.01.2025", "单位：箱", "Склад: 1, шт", "Unit: North"]
)
def test_a_title_without_a_unit_of_money_says_nothing(title):
    assert units_above([(1, [title])], 2) == ()


@pytest.mark.parametrize(
    ("title", "times"), [("单位：万元", 10_000), ("单位：千元,,,,", 1000), ("Ед. изм.: тыс. руб.", 1000), ("(in thousands)", 1000), ("тыс. руб.", 1000)]
)
def test_the_unit_of_the_title_multiplies_amounts_and_no_quantities(tmp_path, title, times):
    con, done = fitted(tmp_path, f"Report\n{title}\n{HEADINGS}{ROWS}")
    assert con.execute("select qty, net_value from fitted order by _line").fetchall() == [(5, 1.5 * times), (6, 2.25 * times)]
    assert ["said in line 2" in str(told.said) for told in done.told if told.rule == "scale"] == [True]


def test_a_heading_with_a_unit_of_its_own_keeps_it(tmp_path):
    con, done = fitted(tmp_path, f"Report\n单位：万元\n{HEADINGS.replace('金额', '金额（元）')}{ROWS}")
    assert con.execute("select net_value from fitted order by _line").fetchall() == [(1.5,), (2.25,)]
    assert not [told for told in done.told if told.rule == "scale"]


@pytest.mark.parametrize("title", ["单位：万元\n单位：千元", "单位：千箱"])
def test_a_unit_that_may_hold_or_not_is_refused(tmp_path, title):
    with pytest.raises(Refused):
        fitted(tmp_path, f"Report\n{title}\n{HEADINGS}{ROWS}")


def test_a_price_under_a_unit_of_ten_thousands_is_refused_with_its_line(tmp_path):
    with pytest.raises(Refused, match="line 2 says “万元”; whether “单价” is in it"):
        fitted(tmp_path, "存货档案\n单位：万元\n材料编码,材料名称,单价\nM1,Cap,3\nM2,Box,4\n", "materials", map=(("单价", "unit_cost"),))
