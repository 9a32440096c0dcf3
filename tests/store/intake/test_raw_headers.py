"""Where a table begins and ends: title rows, two-row headers, files without one, totals, notes, repeated headers, months."""

import pytest

from engine.errors import NeedsAnswer, Refused
from engine.store.intake.months import month_of
from tests.store.intake.raw_files import CLEAN, HEADER, read

WIDE = "Дилер;SKU;янв.25;фев.25;мар.25\nD1;S1;1;2;3\nD1;S2;;5;6\nИтого;;1;7;9\n"
DETAIL = "01.01.2025;D1;S1;5\n02.01.2025;D1;S2;6\n03.01.2025;D2;S1;7\n"


@pytest.mark.parametrize("title", ["Отчёт о продажах\n\n", "Отчёт;;;\nПериод:;01.01.2025;;\n;;;\n", "Компания «Заря», отчёт за март\n"])
def test_title_rows_above_the_header_are_no_data(tmp_path, title):
    found = read(tmp_path, title + "Дата;Код дилера;Номенклатура;Количество\n" + DETAIL)
    assert found.table.headings == ("Дата", "Код дилера", "Номенклатура", "Количество")
    assert found.table.header_line == title.count("\n") + 1
    assert len(found.rows) == 3
    assert "header_row" in found.told


def test_a_header_of_unknown_words_is_found_by_the_figures_beneath(tmp_path):
    found = read(tmp_path, "alpha,beta,gamma\nx,1,2\ny,3,4\n")
    assert found.table.headings == ("alpha", "beta", "gamma")


@pytest.mark.parametrize("text", ["1,2,3\n4,5,6\n", "2025-01-01,D1,5\n2025-01-02,D2,6\n", CLEAN, "x,y,z\nu,v,w\n"])
def test_a_file_without_a_header_is_asked_about(tmp_path, text):
    with pytest.raises(NeedsAnswer, match="which line holds them"):
        read(tmp_path, text)


def test_the_header_row_that_the_user_names_counts(tmp_path):
    assert read(tmp_path, "x,y,z\nu,v,w\na,b,c\n", header_row=2).table.headings == ("u", "v", "w")
    with pytest.raises(Refused, match="line 9"):
        read(tmp_path, HEADER + CLEAN[:60], header_row=9)


@pytest.mark.parametrize(
    ("top", "bottom"),
    [
        ("Дата;Код дилера;Номенклатура;Продажи;;Остаток;", ";;;шт;руб;шт;руб"),
        (";;;Продажи;;Остаток;", "Дата;Код дилера;Номенклатура;шт;руб;шт;руб"),
    ],
)
def test_a_header_of_two_rows_is_joined(tmp_path, top, bottom):
    found = read(tmp_path, f"{top}\n{bottom}\n01.02.2025;Д1;Водка;1;2;3;4\n02.02.2025;Д1;Вино;5;6;7;8\n")
    assert found.table.headings == ("Дата", "Код дилера", "Номенклатура", "Продажи шт", "Продажи руб", "Остаток шт", "Остаток руб")
    assert len(found.rows) == 2


def test_a_heading_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"“qty” stands over several columns \(3, 4\)"):
        read(tmp_path, "sku,dealer_id,qty,qty\n1,a,2,3\n4,b,5,6\n")


def test_columns_without_name_and_value_are_left_out_and_those_with_values_called_by_their_place(tmp_path):
    found = read(tmp_path, "sku,dealer_id,,qty,\n1,a,,3,\n2,b,,4,x\n")
    assert found.table.headings == ("sku", "dealer_id", "qty", "column 5")
    assert found.cells == [("1", "a", "3", ""), ("2", "b", "4", "x")]


def test_a_header_with_line_breaks_in_its_cells_is_one_row(tmp_path):
    found = read(tmp_path, '"ship\ndate";dealer_id;sku;"qty,\npcs"\n' + DETAIL)
    assert found.table.headings == ("ship date", "dealer_id", "sku", "qty, pcs")
    assert [row[0] for row in found.rows] == [4, 5, 6]


@pytest.mark.parametrize("word", ["Итого", "ИТОГО:", "Всего", "Итого за март", "合计", "合 计", "总计", "小计", "Total", "TOTAL", "Grand total", "Sub-total"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_totals_row_is_taken_out_wherever_its_word_stands(tmp_path, word, at):
    cells = ["", "", "", "18"]
    cells[at] = word
    found = read(tmp_path, "Дата;Код дилера;Номенклатура;Количество\n" + DETAIL + ";".join(cells) + "\n")
    assert found.aside == {5: "total"}
    assert found.table.totals == [(word, {"Количество": "18"}, (2, 4))]


def test_subtotals_cover_their_block_and_the_grand_total_everything(tmp_path):
    rows = "01.01.2025;D1;S1;5\n01.01.2025;D1;S2;6\n;D1 Итого;;11\n01.01.2025;D2;S1;5\n;Итого по D2;;5\nВсего;;;16\n"
    found = read(tmp_path, "Дата;Дилер;SKU;Количество\n" + rows)
    assert [(label, lines) for label, _, lines in found.table.totals] == [("D1 Итого", (2, 3)), ("Итого по D2", (5, 5)), ("Всего", (2, 6))]
    assert len(found.rows) == 3


@pytest.mark.parametrize("before", ["", "05.01.2025;D3;S1;-4\n", "\n"])
def test_a_plain_total_below_named_subtotals_is_the_grand_total(tmp_path, before):
    rows = f"01.01.2025;D1;S1;5\n01.01.2025;D1;S2;6\n;D1 Итого;;11\n01.01.2025;D2;S1;5\n;D2 Итого;;5\n{before}Итого;;;16\n"
    label, _, lines = read(tmp_path, "Дата;Дилер;SKU;Количество\n" + rows).table.totals[-1]
    assert (label, lines[0]) == ("Итого", 2)


def test_the_last_of_equal_subtotals_covers_its_own_block(tmp_path):
    rows = "01.01.2025;D1;S1;5\n01.01.2025;D1;S2;6\n;Итого;;11\n01.01.2025;D2;S1;5\n;Итого;;5\n"
    assert [lines for _, _, lines in read(tmp_path, "Дата;Дилер;SKU;Количество\n" + rows).table.totals] == [(2, 3), (5, 5)]


def test_a_dealer_called_total_wine_is_a_dealer(tmp_path):
    rows = "01.01.2025;Total Wine;S1;5\n02.01.2025;Total;S2;6\n03.01.2025;Итого;S2;6\n04.01.2025;合计酒业;S2;6\n05.01.2025;Total Wine;S9;6\n"
    found = read(tmp_path, "Дата;Дилер;SKU;Количество\n" + rows)
    assert len(found.rows) == 5
    assert found.aside == {}


def test_a_totals_row_of_a_table_with_one_key_is_known_by_closing_it(tmp_path):
    found = read(tmp_path, "Дилер;Сумма\nD1;5\nTotal;7\nD3;9\nИтого;21\n")
    assert found.aside == {5: "total"}
    assert len(found.rows) == 3


@pytest.mark.parametrize("short", ["Итого;;;18", "Итого;18", "Total"])
def test_a_totals_row_with_fewer_fields_is_no_reject(tmp_path, short):
    found = read(tmp_path, "Дата;Дилер;SKU;Количество;Сумма\n01.01.2025;D1;S1;5;1\n02.01.2025;D1;S2;6;1\n" + short + "\n")
    assert found.aside == {4: "total"}


def test_repeated_headers_and_notes_are_set_aside(tmp_path):
    header = "Дата;Дилер;SKU;Количество\n"
    found = read(tmp_path, header + DETAIL + header + DETAIL + ";;;36\n\nСоставил: Иванова А. А.\nтел. 123-45\n;;подпись;\n")
    assert found.aside == {5: "repeated_header", 9: "total", 11: "note", 12: "note", 13: "note"}
    assert len(found.rows) == 6


@pytest.mark.parametrize("last", ["04.01.2025", "04.01.2025;D2", "D7", "04.01.2025;D2;S1;5;"])
def test_a_cut_off_last_line_is_a_reject_and_no_note(tmp_path, last):
    assert read(tmp_path, "Дата;Дилер;SKU;Количество\n" + DETAIL + last).rejects == {5: "field_count"}


def test_totals_are_found_among_a_hundred_thousand_rows(tmp_path):
    rows = [f"2025-01-01,Total Wine {row % 7},S{row % 900},{row},{row}" if row % 3 else f"2025-01-01,D,S,,{row}" for row in range(100_000)]
    rows[50_000] = "Total,,,7,8"
    rows[70_000] = HEADER.strip()
    rows[80_000] = ",,,,"
    found = read(tmp_path, HEADER + "\n".join(rows) + "\nИтого,,,9,9\nСоставил: Иванов,,,,\n")
    assert found.aside == {50_002: "total", 70_002: "repeated_header", 80_002: "blank", 100_002: "total", 100_003: "note"}
    assert [lines for _, _, lines in found.table.totals] == [(2, 50_001), (50_003, 100_001)]


def test_months_as_columns_are_asked_about_and_become_rows(tmp_path):
    with pytest.raises(NeedsAnswer) as asked:
        read(tmp_path, WIDE)
    assert asked.value.option == "--months"
    found = read(tmp_path, WIDE, months=True)
    assert found.table.headings == ("Дилер", "SKU", "month", "figures")
    assert found.cells == [
        ("D1", "S1", "2025-01-01", "1"),
        ("D1", "S1", "2025-02-01", "2"),
        ("D1", "S2", "2025-02-01", "5"),
        ("D1", "S1", "2025-03-01", "3"),
        ("D1", "S2", "2025-03-01", "6"),
    ]
    assert [line % found.table.dialect["line_modulo"] for line, *_ in found.rows] == [2, 2, 3, 2, 3]
    for _, values, (first, last) in found.table.totals:
        assert int(values["figures"]) == sum(int(row[-1]) for row in found.rows if first <= row[0] <= last)
    assert read(tmp_path, WIDE, months=False).table.headings[2] == "янв.25"


def test_months_without_a_year_take_it_from_the_title_or_are_refused(tmp_path):
    wide = "Дилер;SKU;1月;2月;三月\nD1;S1;1;2;3\n"
    assert read(tmp_path, "План 2025\n" + wide, months=True).cells[0] == ("D1", "S1", "2025-01-01", "1")
    with pytest.raises(Refused, match="without a year"):
        read(tmp_path, wide, months=True)


@pytest.mark.parametrize(
    ("heading", "month"),
    [
        ("2025-01", (2025, 1)), ("2025.12", (2025, 12)), ("202503", (2025, 3)), ("01.2025", (2025, 1)), ("1/2025", (2025, 1)),
        ("2025-01-01", (2025, 1)), ("01.02.2025", (2025, 2)), ("янв.25", (2025, 1)), ("Январь 2025", (2025, 1)), ("март 2025 г.", (2025, 3)),
        ("мая 2025", (2025, 5)), ("Jan-25", (2025, 1)), ("September 2025", (2025, 9)), ("2025 Sep", (2025, 9)), ("2025年1月", (2025, 1)),
        ("25年11月", (2025, 11)), ("1月", (None, 1)), ("十二月", (None, 12)), ("дек", (None, 12)), ("qty", None), ("2025", None), ("марка", None),
        ("13.2025", None), ("Mayor", None), ("0月", None), ("15.02.2025", None),
    ],
)  # fmt: skip
def test_months_are_told_from_other_headings(heading, month):
    assert month_of(heading) == month
