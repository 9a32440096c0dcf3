"""Which table a file is, which heading is which column, and what is remembered for next month."""

import json

import duckdb
import pytest

from engine.errors import BadUse, NeedsAnswer, Refused
from engine.store.contracts import catalogue
from engine.store.intake import profiles
from engine.store.intake.measured_headings import headings_of
from engine.store.intake.reading import Options, RawTable
from engine.store.intake.recognise import recognise
from engine.store.intake.taking import recognised
from tests.store.intake.fitting import fitted

SALES = ("shipped_on", "dealer_id", "sku", "qty", "net_value")


def mapping(*headings, name="file.csv", **options):
    return recognise(headings, name, catalogue(), Options(**options))


@pytest.mark.parametrize("table", sorted(catalogue()))
@pytest.mark.parametrize("language", ["en", "zh", "ru"])
def test_every_table_is_recognised_by_its_own_headings_in_every_language(table, language):
    contract = catalogue()[table]
    labels = tuple(column.text[language].label or column.name for column in contract.columns)
    for headings in (labels, tuple(column.name for column in contract.columns)):
        found, columns = recognise(headings, f"{table}.csv", catalogue())
        assert found == table
        assert list(columns.values()) == [column.name for column in contract.columns]


def test_case_blanks_marks_and_width_of_a_heading_do_not_matter():
    table, columns = mapping(" SHIPPED ON ", "Dealer-ID", "ＳＫＵ", "QTY", "net value:", "extra")
    assert table == "sales"
    assert columns["extra"] == "-"
    assert set(columns.values()) == {*SALES, "-"}


def test_units_in_a_heading_do_not_matter_but_tax_does():
    assert mapping("发货日期", "经销商编码", "sku", "qty(箱)", "net_value（元）", name="sales.csv")[0] == "sales"
    with pytest.raises(Refused, match=r"net_value.*“net_value\(含税\)”"):
        mapping(*SALES[:4], "net_value(含税)", name="sales")


def test_a_missing_column_is_named_with_the_nearest_heading():
    with pytest.raises(Refused) as refused:
        mapping(*SALES[:4], "net_valve")
    assert not isinstance(refused.value, NeedsAnswer)
    assert "net_value" in str(refused.value)
    assert "“net_valve”" in str(refused.value)
    assert refused.value.option == '--map "net_valve=net_value"'
    assert "--" not in str(refused.value)


def test_a_mapping_settles_a_heading_that_nobody_knows():
    table, columns = mapping(*SALES[:4], "Betrag", map=(("betrag", "net_value"),))
    assert (table, columns["Betrag"]) == ("sales", "net_value")
    assert mapping(*SALES, "list_value", map=(("list_value", "-"),))[1]["list_value"] == "-"


def test_a_mapping_of_what_does_not_exist_is_bad_use():
    with pytest.raises(BadUse, match="no heading"):
        mapping(*SALES, map=(("Betrag", "net_value"),), table="sales")
    with pytest.raises(BadUse, match="no column"):
        mapping(*SALES, map=(("qty", "quantity"),), table="sales")
    with pytest.raises(BadUse, match=r"no table.*sales"):
        mapping(*SALES, table="sale")


def test_two_headings_for_one_column_are_asked():
    with pytest.raises(NeedsAnswer) as asked:
        mapping("shipped_on", "sku", "qty", "net_value", "customer", "customer code", table="sales")
    assert asked.value.question == "map"
    assert "customer=dealer_id" in asked.value.choices
    assert (
        mapping("shipped_on", "sku", "qty", "net_value", "customer", "customer code", table="sales", map=(("customer", "-"),))[1]["customer code"]
        == "dealer_id"
    )


def test_a_column_s_own_name_goes_before_a_further_heading():
    columns = mapping("date", "shipped_on", *SALES[1:], table="sales")[1]
    assert (columns["shipped_on"], columns["date"]) == ("shipped_on", "-")


def test_the_same_heading_twice_is_asked():
    with pytest.raises(NeedsAnswer):
        mapping("shipped_on", "dealer_id", "sku", "net_value", "数量", "数量", table="sales")
    assert [heading.name for heading in headings_of(("a", "a", "", " "))] == ["a", "a#2", "#3", "#4"]


def test_a_file_name_only_breaks_a_tie():
    headings = ("日期", "经销商编码", "存货编码", "数量", "金额")
    tables = {recognise(headings, name, catalogue())[0] for name in ("销售出库.csv", "终端销售.csv")} if _fits_twice(headings) else {"sales"}
    assert "sales" in tables
    assert mapping(*SALES, name="stock.csv")[0] == "sales"


def _fits_twice(headings):
    try:
        recognise(headings, "", catalogue())
    except NeedsAnswer as asked:
        assert asked.question == "table"
        assert "sales" in asked.choices
        return True
    return False


def test_a_file_that_is_no_table_of_ours_is_refused():
    with pytest.raises(Refused):
        mapping("alpha", "beta", "gamma")


def profile(folder, headings, **options):
    outcome = fitted(headings, [["03/04/2025", "D1", "S1", "1,234", "10"]], options=Options(**options))
    return profiles.remember(folder, headings, outcome.fitted, Options(**options))


def test_next_month_s_file_asks_nothing(tmp_path):
    headings = ("shipped_on", "Betreff", "sku", "qty", "net_value")
    profile(tmp_path, headings, table="sales", dates="dmy", decimal=",", map=(("Betreff", "dealer_id"),))
    raw = RawTable("raw_0", headings, 1, 0)
    table, options = recognised(duckdb.connect(), raw, "april.csv", catalogue(), Options(), tmp_path)
    assert (table, options.dates, options.decimal) == ("sales", "dmy", ",")
    assert dict(options.map)["Betreff"] == "dealer_id"
    assert recognised(duckdb.connect(), raw, "april.csv", catalogue(), Options(dates="mdy"), tmp_path)[1].dates == "mdy"


def test_what_a_column_showed_is_remembered_as_well(tmp_path):
    outcome = fitted(SALES, [["31/12/2025", "D1", "S1", "1 234,5", "10,5"]])
    profiles.remember(tmp_path, SALES, outcome.fitted, Options())
    options = profiles.completed(tmp_path, SALES, Options())
    assert (options.dates, options.decimal) == ("dmy", ",")


def test_other_headings_have_another_profile(tmp_path):
    profile(tmp_path, SALES, dates="dmy", decimal=",")
    assert profiles.completed(tmp_path, (*SALES, "x"), Options()) == Options()
    assert profiles.completed(tmp_path / "none", SALES, Options()) == Options()


def test_a_profile_can_be_shared_by_name_or_file(tmp_path):
    path = profile(tmp_path / "one", SALES, dates="mdy", decimal=".")
    (tmp_path / "one" / "broken.json").write_text("{", encoding="utf-8")
    name = profiles.saved(tmp_path / "one")[0]["name"]
    assert [each["table"] for each in profiles.saved(tmp_path / "one")] == ["sales"]
    assert profiles.completed(tmp_path / "one", ("other",), Options(profile=name)).dates == "mdy"
    assert profiles.completed(tmp_path / "two", SALES, Options(profile=str(path))).dates == "mdy"
    assert json.loads(path.read_text(encoding="utf-8"))["headings"] == list(SALES)
    with pytest.raises(BadUse, match="no profile"):
        profiles.completed(tmp_path, SALES, Options(profile="nobody"))


def test_a_table_of_which_one_heading_of_many_is_known_is_asked_about():
    payroll = ("Табельный номер", "ФИО", "Оклад", "Премия", "Удержано")
    with pytest.raises(NeedsAnswer, match="only one of its 5 headings is known") as asked:
        mapping(*payroll, name="Ведомость за март.csv")
    assert asked.value.option == "--table"
    assert mapping(*payroll, table="sales_reps")[0] == "sales_reps"
    assert mapping(*payroll, name="Торговые представители.csv")[0] == "sales_reps"


@pytest.mark.parametrize(
    ("headings", "quantity"),
    [
        (("Дата", "Склад", "Номенклатура", "Начальный остаток Количество", "Конечный остаток Количество", "Конечный остаток Стоимость"), 4),
        (("日期", "仓库", "存货编码", "期初结存 数量", "期末结存 数量", "期末结存 金额"), 4),
    ],
)
def test_a_closing_quantity_under_a_heading_of_its_group_is_the_stock(headings, quantity):
    table, columns = mapping(*headings)
    assert table == "stock"
    assert [name for name, column in columns.items() if column == "on_hand_qty"] == [headings[quantity]]
    assert columns[headings[5]] == "-"


def test_money_is_never_proposed_for_a_quantity_nor_a_quantity_for_money():
    with pytest.raises(Refused) as refused:
        mapping("Дата", "Склад", "Номенклатура", "Конечный остаток Стоимость", "Конечный остаток Сумма", name="Остатки.csv")
    assert refused.value.option is None
    with pytest.raises(Refused) as refused:
        mapping("Дата", "Склад", "Номенклатура", "Конечный остаток Стоимость", "Конечный остаток Шт", name="Остатки.csv")
    assert refused.value.option == '--map "Конечный остаток Шт=on_hand_qty"'
    with pytest.raises(Refused) as refused:
        mapping("material_id", "material_name", "Количество", name="materials.csv")
    assert refused.value.option is None
