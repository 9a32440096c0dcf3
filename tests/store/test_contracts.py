"""The contracts say what the public interface says: tables, columns, what is required, keys; and say it in three languages."""

import itertools
import re
from collections import Counter

import duckdb
import pytest

from engine.store.contracts import GROUPS, LANGUAGES, UNITS, Column, Contract, catalogue
from engine.store.home import SQL
from engine.store.intake.measured_headings import headings_of, plain
from engine.store.intake.reading import Options
from engine.store.intake.recognise import assigned
from engine.store.words import NO, YES

# table: columns (`?` optional, `|` one of several of which exactly one is filled) / key
INTERFACE = """
products: sku product_name sphere product_group line_id line_name? unit_cost list_price? unit? barcode? pack_qty? min_order_qty? safety_stock_qty?
    production_days? made_by? catalogue_on? is_innovation? withdrawn_on? withdrawn_cause? made_for_dealer_id? shelf_life_days? life_cycle? / sku
sales: shipped_on dealer_id sku qty net_value cost_value? list_value? invoice_id? line_no? order_id? location_id? batch_id? sphere? promotion_id? /
    invoice_id line_no
stock: counted_on location_id item_id batch_id? condition? on_hand_qty unit_cost? received_on? in_transit_qty? committed_qty? purpose? reported_on? /
    counted_on location_id item_id batch_id condition
dealers: dealer_id dealer_name parent_dealer_id? region? city? city_tier? territory? business_unit? channel? sales_rep? started_on? ended_on? status?
    consents_to_data? scale? coverage? finance? willingness? sphere? / dealer_id
credit_terms: dealer_id valid_from valid_to? credit_limit credit_days deposit? review_on? / dealer_id valid_from
locations: location_id location_name kind dealer_id? region? / location_id
replenishment: location_id sku? order_interval_days lead_time_days safety_share? adjustment? / location_id sku
availability: month location_id sku working_days in_stock_days / month location_id sku
outlets: outlet_id dealer_id channel outlet_class? monthly_cases? latitude? longitude? opened_on? / outlet_id
visits: visited_on outlet_id sales_rep planned? minutes? price_seen? core_skus_present? / visited_on outlet_id
sales_reps: sales_rep manager? area? kind? trained_on? / sales_rep
calendar: day is_working event? / day
orders: order_id line_no ordered_on dealer_id sku qty net_value? requested_on? promised_on? shipped_qty? contract_id? priority? status? / order_id
    line_no
order_changes: order_id line_no changed_on kind qty_before? qty_after? date_before? date_after? asked_by reason? / order_id line_no changed_on
requests: made_on month dealer_id sku qty ship_on? / made_on month dealer_id sku
contracts: contract_id sku| line_id| month dealer_id kind agreed_qty delivered_qty? / contract_id sku line_id month
deals: deal_id line_id month customer dealer_id? qty probability? stage? as_of? expected_sign_on? / deal_id line_id month
forecasts: made_on month source sku| line_id| dealer_id? area? qty value? excludes_deals? / made_on month source sku line_id dealer_id area
budget: month line_id region? qty? net_value margin_value? / month line_id region
dealer_sales: sold_on dealer_id sku qty net_value? outlet_id? /
dealer_targets: dealer_id month measure target / dealer_id month measure
materials: material_id material_name unit_cost unit? supplier? lead_time_days? withdrawn_on? / material_id
recipes: sku material_id qty_per / sku material_id
purchase_plan: month item_id planned_qty / month item_id
purchases: received_on item_id qty value location_id? supplier? lot_id? /
transfers: moved_on item_id qty from_location_id to_location_id batch_id? /
adjustments: adjusted_on location_id item_id qty kind batch_id? value? /
production_requests: requested_on asked_by sku qty for_order_id? for_dealer_id? /
production_plan: month sku| line_id| version? qty / month sku line_id version
production: produced_on sku qty location_id? batch_id? order_id? resource_id? /
batch_lots: batch_id material_id lot_id / batch_id material_id lot_id
resources: resource_id resource_name unit workers? hour_cost? overtime_cost? hire_cost? layoff_cost? subcontract_cost? / resource_id
capacity: month resource_id available overtime_available? subcontract_available? / month resource_id
resource_use: sku| line_id| resource_id per_unit months_ahead? / sku line_id resource_id
headcount: month department heads / month department
stages: order_id| batch_id| line_no? stage started_at finished_at? responsible company? / order_id batch_id line_no stage
stage_standards: stage product_group? standard_hours / stage product_group
invoices: invoice_id dealer_id invoiced_on due_on amount order_id? / invoice_id
payments: payment_id dealer_id paid_on amount invoice_id? / payment_id
dealer_costs: dealer_id month item supplier? amount controllable? / dealer_id month item supplier
dealer_mix: dealer_id month category channel? supplier? net_value margin_share qty? / dealer_id month category channel supplier
dealer_assets: dealer_id month receivables? claims? fixed_assets? / dealer_id month
cost_to_serve: dealer_id month item amount / dealer_id month item
cash: month profit opening_cash closing_cash depreciation? receivables? stock_value? payables? advances? capex? financing? dividends? tax? write_offs?
    / month
planned_payments: due_on amount what /
product_tree: sku sphere valid_from product_group line_id direction? reason? / sku sphere valid_from
promotions: promotion_id line_id started_on ended_on planned_spend spend? depth? kind? status? / promotion_id
marketing_budget: month sphere budget other_spend? hours_a? hours_new? hours_other? / month sphere
price_changes: sku changed_on list_price best_discount_price? / sku changed_on
competitor_prices: observed_on competitor line_id| sku| base_price best_discount_price? note? / observed_on competitor line_id sku
market: segment year player city? price_band? value source? / segment year player city price_band
segments: segment consumer_portrait? needs? use? growth? / segment
projects: project_id line_id sourcing investment expected_margin_share planned_skus launch_on approved_on? status? / project_id
stocktakes: counted_on location_id item_id batch_id? book_qty counted_qty cause? responsible? / counted_on location_id item_id batch_id
diversions: complaint_id sku batch_id complained_on victim_dealer_id city? qty recovered_price? freight_per_unit? special_mark? evidence?
    source_dealer_id? is_active? / complaint_id sku batch_id
diversion_steps: complaint_id step done_on? done_by? / complaint_id step
city_prices: city sku valid_from first_tier_price point_price? company_support? dealer_support? / city sku valid_from
rewards: sku valid_from own_per_unit passed_on_per_unit / sku valid_from
complaints: complaint_id reported_on batch_id? sku material_id? kind qty? dealer_id? supplier? result? closed_on? / complaint_id
"""
# what a listed column may hold
ALLOWED = {
    "products.made_by": "own own_to_order third_party",
    "products.withdrawn_cause": "replaced tactical dealer_special other",
    "products.life_cycle": "introduction growth maturity decline",
    "stock.condition": "good damaged expired",
    "dealers.status": "active candidate ended",
    "locations.kind": "plant branch dealer customer",
    "sales_reps.kind": "own dealer",
    "orders.status": "open shipped cancelled",
    "order_changes.kind": "qty date cancel",
    "order_changes.asked_by": "dealer sales production",
    "order_changes.reason": "promotion competition funds other",
    "contracts.kind": "small large",
    "forecasts.source": "sales marketing statistical expert consensus",
    "adjustments.kind": "scrap rework sample count return_to_supplier other",
    "dealer_costs.item": "warehousing transport people office marketing bad_debt other tax rebate other_income",
    "dealer_costs.supplier": "own other",
    "product_tree.reason": "plan withdrawal launch",
    "promotions.kind": "star launch other",
    "projects.sourcing": "own third_party to_order",
}
# references that the public interface names
REFERENCES = {
    "products.made_for_dealer_id": "dealers.dealer_id",
    "sales.dealer_id": "dealers.dealer_id",
    "sales.sku": "products.sku",
    "stock.location_id": "locations.location_id",
    "stock.item_id": "products.sku materials.material_id",
    "locations.dealer_id": "dealers.dealer_id",
    "outlets.dealer_id": "dealers.dealer_id",
    "visits.outlet_id": "outlets.outlet_id",
    "purchase_plan.item_id": "products.sku materials.material_id",
}
TYPE_OF_UNIT = {"day": "DATE", "month": "DATE", "moment": "TIMESTAMP", "year": "INTEGER", "flag": "BOOLEAN", "code": "VARCHAR", "text": "VARCHAR"}

CONTRACTS = list(catalogue().values())
COLUMNS = [(contract, column) for contract in CONTRACTS for column in contract.columns]


def place(contract: Contract, column: Column) -> str:
    return f"{contract.table}.{column.name}"


def interface() -> dict[str, tuple[list[str], tuple[str, ...]]]:
    """Table -> columns with their marks, and key."""
    entries = re.findall(r"^(\w+): (.*?) /(.*?)(?=^\w+: |\Z)", INTERFACE.strip() + "\n", re.M | re.S)
    return {table: (columns.split(), tuple(key.split())) for table, columns, key in entries}


def marked(column: Column) -> str:
    return column.name + ("|" if column.one_of else "" if column.required else "?")


def has_script(text: str, language: str) -> bool:
    return bool(re.search({"en": "[A-Za-z]", "zh": "[\u4e00-\u9fff]", "ru": "[А-Яа-яЁё]"}[language], text))


def test_there_is_a_contract_for_every_table_of_the_interface_and_no_other():
    assert set(catalogue()) == set(interface())
    assert len(interface()) == 59


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.table)
def test_a_contract_has_the_columns_of_the_interface_required_as_marked(contract):
    assert [marked(column) for column in contract.columns] == interface()[contract.table][0]


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.table)
def test_a_contract_names_its_rows_by_the_key_of_the_interface_or_says_what_they_are_about(contract):
    assert sorted(contract.key) == sorted(interface()[contract.table][1])
    assert contract.key or contract.same
    assert {*contract.key, *contract.same, *([contract.dated_by] if contract.dated_by else [])} <= {column.name for column in contract.columns}
    assert contract.key_may_be_missing == (contract.table == "sales" or not contract.key)


def test_every_column_has_a_type_that_fits_its_unit():
    for contract, column in COLUMNS:
        assert column.unit in UNITS, place(contract, column)
        assert column.type == TYPE_OF_UNIT.get(column.unit, column.type), place(contract, column)
        assert column.type in {"VARCHAR", "DOUBLE", "DATE", "BOOLEAN", "INTEGER", "TIMESTAMP"}, place(contract, column)
        assert (column.type in {"DOUBLE", "INTEGER"}) == (column.unit not in TYPE_OF_UNIT or column.unit == "year"), place(contract, column)


def test_names_give_the_type_away():
    for contract, column in COLUMNS:
        if column.name.endswith(("_on", "_from")) or column.name == "valid_to":
            assert column.unit == "day", place(contract, column)
        if column.name.endswith(("_id", "_no")) or column.name in {"sku", "barcode"}:
            assert column.is_code, place(contract, column)
        if column.name.endswith("_at"):
            assert column.type == "TIMESTAMP", place(contract, column)
        if column.name.startswith("is_"):
            assert column.type == "BOOLEAN", place(contract, column)
        assert column.is_month == (column.name == "month"), place(contract, column)


def test_only_tables_whose_rows_keep_coming_can_be_late():
    steady = {contract.table for contract in CONTRACTS if contract.is_steady}
    assert {"sales", "stock", "orders", "payments", "dealer_sales", "invoices"} <= steady
    validity = {"city_prices", "price_changes", "credit_terms", "product_tree", "rewards", "competitor_prices", "replenishment"}
    plans = {"budget", "purchase_plan", "production_plan", "forecasts", "planned_payments", "calendar", "capacity"}
    assert not steady & (validity | plans)
    assert all(contract.dated_by for contract in CONTRACTS if contract.is_steady)


def test_every_row_that_happened_is_dated_by_a_day_a_month_or_a_moment():
    for contract in CONTRACTS:
        assert contract.dated_by is None or contract.column(contract.dated_by).unit in {"day", "month", "moment"}, contract.table
    undated = {contract.table for contract in CONTRACTS if contract.dated_by is None}
    assert undated == {
        *("products", "dealers", "locations", "outlets", "sales_reps", "replenishment", "materials", "recipes", "batch_lots", "resources", "resource_use"),
        *("stage_standards", "promotions", "market", "segments", "projects", "diversion_steps"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_and_column_has_label_and_meaning_in_every_language(language):
    for contract in CONTRACTS:
        assert contract.label(language), contract.table
        assert has_script(contract.label(language), language), contract.table
        assert has_script(contract.meaning(language), language), contract.table
    for contract, column in COLUMNS:
        assert has_script(column.label(language), language), place(contract, column)
        assert has_script(column.meaning(language), language), place(contract, column)


@pytest.mark.parametrize("language", ["zh", "ru"])
def test_labels_and_meanings_hold_no_latin_words(language):
    texts = [text.text[language] for pair in COLUMNS for text in pair]
    assert [text for text in texts if re.search("[A-Za-z]", text.label + text.meaning)] == []


def test_no_word_mixes_latin_and_cyrillic_letters():
    texts = [*(heading for _, column in COLUMNS for heading in column.headings), *(name for contract in CONTRACTS for name in contract.names)]
    texts += [said for pair in COLUMNS for part in pair for text in part.text.values() for said in (text.label, text.meaning)]
    texts += [word for _, column in COLUMNS for words in column.values.values() for word in words]
    words = {word for text in texts for word in re.findall(r"[A-Za-zА-Яа-яЁё]+", text)}
    assert {word for word in words if re.search("[A-Za-z]", word) and re.search("[А-Яа-яЁё]", word)} == set()


def test_every_column_is_known_by_several_headings_in_every_language():
    for contract, column in COLUMNS:
        for language in LANGUAGES:
            known = [heading for heading in column.headings if has_script(heading, language)]
            assert len(known) >= 3, (place(contract, column), language, known)


def meant(table: str, heading: str) -> str | None:
    """The column of a table that a heading means, as the intake recognises it."""
    return next(iter(assigned(headings_of((heading,)), catalogue()[table], Options()).columns.values()), None)


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.table)
def test_no_heading_is_claimed_by_two_columns_of_a_table(contract):
    claims: dict[str, set[str]] = {}
    for column in contract.columns:
        for heading in column.headings:
            assert plain(heading), heading
            claims.setdefault(plain(heading), set()).add(column.name)
    assert {heading: columns for heading, columns in claims.items() if len(columns) > 1} == {}
    assert all(meant(contract.table, heading) == column.name for column in contract.columns for heading in column.headings)


def test_no_file_name_gives_two_tables_away():
    names = Counter(name for contract in CONTRACTS for name in {plain(name) for name in contract.names})
    assert [name for name, times in names.items() if times > 1] == []
    for contract, language in itertools.product(CONTRACTS, LANGUAGES):
        assert any(has_script(name, language) for name in contract.names), (contract.table, language)
    assert all(contract.group in GROUPS for contract in CONTRACTS)
    assert [contract.table for contract in CONTRACTS if contract.group == "required"] == ["products", "sales", "stock"]


def test_every_reference_points_to_the_key_of_another_table():
    for contract, column in COLUMNS:
        for table, target in column.references:
            assert table in catalogue(), place(contract, column)
            assert target in catalogue()[table].key, place(contract, column)
            assert table != contract.table, place(contract, column)


def test_the_references_of_the_interface_are_declared():
    declared = {place(contract, column): " ".join(".".join(target) for target in column.references) for contract, column in COLUMNS}
    assert {name: declared[name] for name in REFERENCES} == REFERENCES


def test_listed_values_are_those_of_the_interface_and_their_words_cover_every_language():
    listed = {place(contract, column): " ".join(column.values) for contract, column in COLUMNS if column.values}
    assert listed == ALLOWED
    for contract, column in COLUMNS:
        in_check = [re.findall(r"'([^']*)'", check) for check in column.checks if " IN (" in check]
        assert in_check == ([list(column.values)] if column.values else []), place(contract, column)
        for value, words in column.values.items():
            for language in ("zh", "ru"):
                assert has_script(column.value_label(value, language), language), (place(contract, column), value)
            assert any(has_script(word, "en") for word in words), (place(contract, column), value)
        said = Counter(word for value, words in column.values.items() for word in {plain(word) for word in (value, *words)})
        assert [word for word, times in said.items() if times > 1] == [], place(contract, column)


def test_groups_of_alternatives_have_two_members_that_are_both_free_to_be_empty():
    for contract in CONTRACTS:
        for columns in contract.alternatives.values():
            assert len(columns) == 2, contract.table
            assert not set(columns) & set(contract.required), contract.table
    assert catalogue()["forecasts"].alternatives == {"what": ("sku", "line_id")}
    assert catalogue()["stages"].alternatives == {"what": ("order_id", "batch_id")}


def test_optional_and_required_columns_are_all_columns():
    assert all(sorted(contract.required + contract.optional) == sorted(column.name for column in contract.columns) for contract in CONTRACTS)


def test_checks_let_through_what_is_merely_odd():
    memory = duckdb.connect()
    for path in sorted((SQL / "contracts").glob("*.sql")):
        memory.execute(path.read_text(encoding="utf-8"))
    memory.execute("insert into sales (shipped_on, dealer_id, sku, qty, net_value) values ('2099-01-01', 'D', 'S', -3, -1e9)")
    memory.execute("insert into products (sku, product_name, sphere, product_group, line_id, unit_cost) values ('S', 'S', 'a', 'b', 'c', -1)")
    memory.execute("insert into stock (counted_on, location_id, item_id, on_hand_qty) values ('2025-01-01', 'L', 'S', -5)")
    memory.execute("insert into deals (deal_id, line_id, month, customer, qty) values ('1', 'c', '2025-01-01', 'x', 1)")
    with pytest.raises(duckdb.ConstraintException):
        memory.execute("insert into deals (deal_id, line_id, month, customer, qty, probability) values ('2', 'c', '2025-01-01', 'x', 1, 25)")
    with pytest.raises(duckdb.ConstraintException):
        memory.execute("insert into locations values ('L', 'L', 'factory', null, null)")
    memory.close()


@pytest.mark.parametrize("line", ["unit day", "units: day", "unit: day\nunit: code"], ids=["without a colon", "an unknown word", "the same word twice"])
def test_a_comment_that_nobody_understands_is_an_error_not_a_silence(tmp_path, line):
    (tmp_path / "x.sql").write_text(f"create table x (a date);\ncomment on table x is 'X.';\ncomment on column x.a is 'A.\n{line}';\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"comment on x\.a"):
        catalogue(tmp_path)


def test_a_file_that_makes_another_table_is_an_error(tmp_path):
    (tmp_path / "x.sql").write_text("create table y (a date)", encoding="utf-8")
    with pytest.raises(ValueError, match="no table of that name"):
        catalogue(tmp_path)


def test_a_column_that_does_not_exist_is_named():
    with pytest.raises(KeyError, match="sales has no column colour"):
        catalogue()["sales"].column("colour")


@pytest.mark.parametrize(
    ("table", "heading", "column"),
    [
        ("sales", "金额（元）", "net_value"),
        ("sales", "Сумма без НДС, руб.", "net_value"),
        ("sales", "сумма (без НДС)", "net_value"),
        ("sales", "СУММА  БЕЗ НДС", "net_value"),
        ("sales", "Кол-во, шт", "qty"),
        ("sales", "КОЛ ВО", "qty"),
        ("sales", "Ｓｋｕ", "sku"),
        ("sales", "Qty [pcs]", "qty"),
        ("sales", "金额(万元)", "net_value"),
        ("materials", "Цена/ед.", "unit_cost"),
        ("materials", "Цена, ₽", "unit_cost"),
    ],
)
def test_case_width_punctuation_and_units_do_not_hide_a_heading(table, heading, column):
    assert meant(table, heading) == column


def test_no_word_means_both_yes_and_no():
    assert set(YES).isdisjoint(NO)
    for language in LANGUAGES:
        assert any(has_script(word, language) for word in YES)
        assert any(has_script(word, language) for word in NO)


EXPORTS = {
    "sales": [
        "单据日期=shipped_on 客户编码=dealer_id 存货编码=sku 主数量=qty 本币无税金额=net_value 成本金额=cost_value 单据编号=invoice_id 行号=line_no "
        "订单号=order_id 仓库=location_id 批号=batch_id",
        "日期=shipped_on 购货单位=dealer_id 物料编码=sku 实发数量=qty 不含税金额=net_value 销售成本=cost_value 单据编号=invoice_id 发货仓库=location_id",
        "Дата=shipped_on Контрагент=dealer_id Номенклатура=sku Количество=qty Сумма_без_НДС,_руб.=net_value Себестоимость=cost_value Номер=invoice_id "
        "Склад=location_id Серия=batch_id",
    ],
    "stock": [
        "结存日期=counted_on 仓库编码=location_id 存货编码=item_id 现存量=on_hand_qty 结存单价=unit_cost 批号=batch_id 在途数量=in_transit_qty",
        "日期=counted_on 仓库=location_id 物料代码=item_id 库存数量(瓶)=on_hand_qty 入库日期=received_on",
        "Дата=counted_on Склад=location_id Номенклатура=item_id Остаток=on_hand_qty Серия=batch_id В_резерве=committed_qty В_пути=in_transit_qty",
    ],
    "products": [
        "存货编码=sku 存货名称=product_name 存货分类=product_group 主计量单位=unit 计划成本=unit_cost 条形码=barcode 保质期天数=shelf_life_days",
        "物料编码=sku 物料名称=product_name 物料分组=product_group 物料属性=made_by 安全库存=safety_stock_qty",
        "Код=sku Номенклатура=product_name Номенклатурная_группа=product_group Ед._изм.=unit Штрихкод=barcode Срок_годности=shelf_life_days",
    ],
    "orders": [
        "订单号=order_id 行号=line_no 订单日期=ordered_on 客户编码=dealer_id 存货编码=sku 数量=qty 无税金额=net_value 预计发货日期=promised_on "
        "累计发货数量=shipped_qty",
        "Номер=order_id №_строки=line_no Дата=ordered_on Клиент=dealer_id Номенклатура=sku Количество=qty Отгружено=shipped_qty",
    ],
    "payments": ["收款单号=payment_id 客户编码=dealer_id 收款日期=paid_on 收款金额=amount", "Номер=payment_id Дата=paid_on Плательщик=dealer_id Сумма=amount"],
    "recipes": ["母件编码=sku 子件编码=material_id 基本用量=qty_per", "Изделие=sku Материал=material_id Норма_расхода=qty_per"],
}


@pytest.mark.parametrize(("table", "export"), [(table, export) for table, exports in EXPORTS.items() for export in exports])
def test_the_headings_of_common_exports_are_known(table, export):
    for pair in export.split():
        heading, name = pair.replace("_", " ", pair.split("=")[0].count("_")).rsplit("=", 1)
        assert meant(table, heading) == name, heading


def test_an_amount_with_tax_is_not_taken_for_one_without():
    assert [meant("sales", heading) for heading in ("含税金额", "价税合计", "金额(含税)", "Сумма с НДС", "Сумма НДС", "Amount incl. VAT")] == [None] * 6
