"""Dates as accounting systems write them: each right, rejected or asked about, no day and month silently swapped."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import NeedsAnswer
from engine.store.intake import dates_in_columns
from engine.store.intake.reading import Options
from tests.store.intake.fitting import fitted, sales_with

DAY = datetime.date(2025, 12, 31)
MARCH = datetime.date(2025, 3, 1)

READ = [
    ("2025-12-31", DAY),
    ("2025/12/31", DAY),
    ("2025.12.31", DAY),
    ("2025 12 31", DAY),
    ("2025-3-5", datetime.date(2025, 3, 5)),
    ("20251231", DAY),
    ("2025年12月31日", DAY),
    ("2025年3月5日", datetime.date(2025, 3, 5)),
    ("２０２５年１２月３１日", DAY),
    ("31.12.2025", DAY),
    ("31.12.2025 г.", DAY),
    ("5.3.2025", datetime.date(2025, 3, 5)),
    ("31/12/2025", DAY),
    ("12/31/2025", DAY),
    ("31-12-2025", DAY),
    ("12-31-2025", DAY),
    ("46022", DAY),
    ("46022.75", DAY),
    ("2025-12-31 00:00:00", DAY),
    ("2025-12-31T00:00:00", DAY),
    ("2025-12-31 15:40", DAY),
    ("2025-12-31 15:40:22.123", DAY),
    ("31.12.2025 0:00:00", DAY),
    ("12/31/2025 3:15:00 PM", DAY),
    ("12/31/2025 12:00:00 AM", DAY),
    ("2025-12-31T00:00:00Z", DAY),
    (" 2025-12-31 ", DAY),
    ("2025-12-31\u00a0", DAY),
    ("31 декабря 2025", DAY),
    ("31 декабря 2025 г.", DAY),
    ("31 дек 2025", DAY),
    ("31-Dec-2025", DAY),
    ("31 Dec 2025", DAY),
    ("December 31, 2025", DAY),
    ("Dec 31 2025", DAY),
    ("29.02.2024", datetime.date(2024, 2, 29)),
    ("2024-02-29", datetime.date(2024, 2, 29)),
    ("29/02/2024", datetime.date(2024, 2, 29)),
]
MONTHS = [
    "2025年3月",
    "2025年03月份",
    "03.2025",
    "3.2025",
    "03/2025",
    "2025-03",
    "2025/03",
    "202503",
    "март 2025",
    "Март 2025 г.",
    "марта 2025",
    "Mar 2025",
    "March, 2025",
    "мар.2025",
    "2025年三月",
]
REJECTED = [
    ("29.02.2025", "no_such_day"),
    ("2025-02-29", "no_such_day"),
    ("20250229", "no_such_day"),
    ("2025年2月29日", "no_such_day"),
    ("31.04.2025", "no_such_day"),
    ("2025-04-31", "no_such_day"),
    ("2025-13-01", "no_such_day"),
    ("32.01.2025", "no_such_day"),
    ("00.01.2025", "no_such_day"),
    ("2025-00-10", "no_such_day"),
    ("2025-W09", "week"),
    ("2025W09", "week"),
    ("2025-W09-3", "week"),
    ("2025年第9周", "week"),
    ("2025-Q1", "week"),
    ("1 кв. 2025", "week"),
    ("31.12.25", "two_digit_year"),
    ("12/31/25", "two_digit_year"),
    ("31-Dec-25", "two_digit_year"),
    ("2025-12-31 24:00", "time"),
    ("2025-12-31 25:10", "time"),
    ("2025-12-31T15:40:00Z", "zone"),
    ("2025-12-31T15:40:00+08:00", "zone"),
    ("1825-12-31", "year"),
    ("3025-12-31", "year"),
    ("0025-12-31", "year"),
    ("2025年3月", "period"),
    ("03.2025", "period"),
    ("2025", "type"),
    ("12.31", "type"),
    ("31 foo 2025", "type"),
    ("yesterday", "type"),
    ("#VALUE!", "spreadsheet_error"),
    ("infinity", "type"),
    ("epoch", "type"),
    ("2025-12-31x", "type"),
    ("2025-12/31", "type"),
    ("1.2.3.2025", "type"),
    ("123456789", "type"),
    ("", "required"),
    ("-", "required"),
    (None, "required"),
]


@pytest.mark.parametrize(("cell", "day"), READ)
def test_a_date_is_read(cell, day):
    outcome = sales_with("shipped_on", [cell])
    assert outcome.column("shipped_on") == [day]


@pytest.mark.parametrize("cell", MONTHS)
def test_a_month_is_its_first_day_in_a_column_of_months_and_its_last_where_something_happened(cell):
    row = [cell, "L1", "S1", "20", "20"]
    assert fitted(["month", "location_id", "sku", "working_days", "in_stock_days"], [row], "availability").column("month") == [MARCH]
    only_months = sales_with("shipped_on", [cell])
    assert only_months.column("shipped_on") == [datetime.date(2025, 3, 31)]
    assert "months_for_days" in only_months.told


def test_a_month_from_which_something_holds_is_its_first_day():
    dealer = fitted(["dealer_id", "dealer_name", "started_on", "ended_on"], [["D1", "North", "2025年3月", "2025年4月"]], "dealers")
    assert (dealer.column("started_on"), dealer.column("ended_on")) == ([MARCH], [datetime.date(2025, 4, 30)])


@pytest.mark.parametrize("heading", ["月份", "Месяц", "Month", "会计期间"])
@pytest.mark.parametrize("cells", [["2025-03-01", "2025-02-01"], ["2025-03-01 00:00:00", "2025-02-01 00:00:00"], ["01.03.2025", "01.02.2025"]])
def test_first_days_below_a_heading_of_months_are_the_months_that_a_workbook_keeps_so(heading, cells):
    outcome = sales_with("shipped_on", cells, heading)
    assert outcome.column("shipped_on") == [datetime.date(2025, 3, 31), datetime.date(2025, 2, 28)]
    assert outcome.told["months_for_days"].values[0] == ("n", 2)


def test_days_below_a_heading_of_months_stay_days():
    assert sales_with("shipped_on", ["2025-03-01", "2025-03-05"], "月份").column("shipped_on") == [MARCH, datetime.date(2025, 3, 5)]


def test_a_heading_of_months_gives_way_to_one_of_days():
    found = fitted(["月份", "单据日期", "dealer_id", "sku", "qty", "net_value"], [["2025年3月", "2025-03-05", "D1", "S1", "1", "10"]])
    assert found.column("shipped_on") == [datetime.date(2025, 3, 5)]
    assert found.fitted.mapping["月份"] == "-"


@pytest.mark.parametrize(
    ("cells", "rejected"),
    [
        (["2025.1"], {2}),  # a number: January, or October without its zero
        (["2025.01", "2025.1", "2025.11"], {3}),
        (["2025.1", "2025.2", "2025.11"], {2}),
        (["2025.1", "2025.2", "2025.10"], set()),  # the column writes October out, so this is January
        (["2025.01", "2025.10"], set()),
    ],
)
def test_january_is_not_taken_for_october_where_a_zero_may_be_lost(cells, rejected):
    outcome = sales_with("shipped_on", cells, "月份")
    assert outcome.rejects == {line: {"shipped_on": "lost_zero"} for line in rejected}


@pytest.mark.parametrize(("cell", "rule"), REJECTED)
def test_what_is_no_day_is_rejected_with_its_reason(cell, rule):
    outcome = sales_with("shipped_on", ["2025-12-31", "2025-12-30", "2025-12-29", cell])
    assert outcome.rejects == {5: {"shipped_on": rule}}
    assert outcome.account_closes()


@pytest.mark.parametrize(
    "cells", [["03/04/2025"], ["03-04-2025", "01-02-2025"], ["31/12/2025", "12/31/2025"], ["31.12.25"], ["05/06/2025", "2025-12-31"], ["01/02/25"]]
)
def test_day_and_month_that_cannot_be_told_apart_are_asked(cells):
    with pytest.raises(NeedsAnswer) as asked:
        sales_with("shipped_on", cells)
    assert asked.value.question == "dates"
    assert asked.value.choices == ("dmy", "mdy", "ymd")


@pytest.mark.parametrize(
    ("order", "cell", "day"),
    [
        ("dmy", "03/04/2025", datetime.date(2025, 4, 3)),
        ("mdy", "03/04/2025", datetime.date(2025, 3, 4)),
        ("dmy", "03.04.25", datetime.date(2025, 4, 3)),
        ("mdy", "03/04/25", datetime.date(2025, 3, 4)),
        ("ymd", "25-04-03", datetime.date(2025, 4, 3)),
    ],
)
def test_the_answer_settles_the_order(order, cell, day):
    assert sales_with("shipped_on", [cell], options=Options(dates=order)).column("shipped_on") == [day]


def test_one_day_over_twelve_settles_a_column():
    outcome = sales_with("shipped_on", ["03/04/2025", "25/04/2025"])
    assert outcome.column("shipped_on") == [datetime.date(2025, 4, 3), datetime.date(2025, 4, 25)]
    assert outcome.fitted.dialect["dates"] == "dmy"
    assert sales_with("shipped_on", ["03/04/2025", "04/25/2025"]).column("shipped_on")[0] == datetime.date(2025, 3, 4)


def test_dates_with_points_put_the_day_first():
    assert sales_with("shipped_on", ["03.04.2025"]).column("shipped_on") == [datetime.date(2025, 4, 3)]


def test_a_date_against_the_order_of_its_column_is_rejected_and_told():
    outcome = sales_with("shipped_on", ["25/04/2025", "26/04/2025", "27/04/2025", "04/28/2025"])
    assert outcome.rejects == {5: {"shipped_on": "order"}}
    assert "dates" in outcome.told
    forced = sales_with("shipped_on", ["04/05/2025", "28/04/2025"], options=Options(dates="mdy"))
    assert forced.rejects == {3: {"shipped_on": "order"}}


def test_a_time_of_day_is_dropped_and_told_but_midnight_is_no_time():
    assert "time_dropped" in sales_with("shipped_on", ["2025-12-31 15:40", "2025-12-30"]).told
    assert "time_dropped" not in sales_with("shipped_on", ["2025-12-31 00:00:00", "12/31/2025 12:00 AM"]).told


@pytest.mark.parametrize("cells", [["31.12.2025 9:05:01", "30.12.2025 0:00:00", "29.12.2025 00:00:00"], ["2025-12-31 09:05:01", "2025-12-30 00:00:00"]])
def test_a_whole_column_of_times_is_cast_and_told(cells):
    outcome = sales_with("shipped_on", cells)
    assert outcome.column("shipped_on")[0] == DAY
    assert outcome.told["time_dropped"].values[0] == ("n", 1)
    assert sales_with("shipped_on", [*cells, "31.12.2025 24:00:00"]).rejects == {2 + len(cells): {"shipped_on": "time"}}


def test_the_days_of_a_month_column_are_taken_as_their_month_and_told():
    rows = [["31.03.2025", "L1", "S1", "20", "20"]]
    outcome = fitted(["month", "location_id", "sku", "working_days", "in_stock_days"], rows, "availability")
    assert outcome.column("month") == [MARCH]
    assert "day_dropped" in outcome.told


def test_a_workbook_of_1904_counts_its_days_from_1904():
    assert sales_with("shipped_on", ["44560"], dialect={"date_system": 1904}).column("shipped_on") == [DAY]
    assert "serial" in sales_with("shipped_on", ["46022"]).told


def test_serial_days_and_dates_stand_side_by_side():
    assert sales_with("shipped_on", ["46022", "2025-12-31", "31.12.2025"]).column("shipped_on") == [DAY] * 3


FORMS = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%d.%m.%Y", "%Y-%m-%d 00:00:00", "%d %B %Y", "%d-%b-%Y"]
DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2199, 12, 31))


@settings(max_examples=12, deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=30), st.sampled_from(FORMS))
def test_days_written_in_any_of_the_usual_ways_come_back(days, form):
    outcome = sales_with("shipped_on", [day.strftime(form) for day in days])
    assert outcome.column("shipped_on") == days


@settings(max_examples=12, deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=30), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y"]))
def test_an_order_is_never_guessed(days, form):
    cells = [day.strftime(form) for day in days]
    try:
        read = sales_with("shipped_on", cells).column("shipped_on")
    except NeedsAnswer:
        read = sales_with("shipped_on", cells, options=Options(dates="mdy" if form.startswith("%m") else "dmy")).column("shipped_on")
    assert read == days


@settings(max_examples=12, deadline=None)
@given(st.lists(st.text("0123456789.-/年月日 :TZмартmarGW", max_size=12), min_size=1, max_size=30))
def test_no_text_breaks_the_reading_of_dates(cells):
    try:
        outcome = sales_with("shipped_on", cells)
    except NeedsAnswer:
        return
    assert outcome.account_closes()
    assert all(day is None or dates_in_columns.FIRST_YEAR <= day.year <= dates_in_columns.LAST_YEAR for day in outcome.column("shipped_on"))
