"""IN-5: dates in the forms of three languages; what may be day or month is asked, never guessed."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from tests.corpus import clean
from tests.corpus.cases import ANY, ASKED, EXACT, LOADS, LOADS_WHOLE, REFUSED, REJECTED, TOLD, Case, Row, clean_rows, joined, table_lines, with_fate

FAMILY = "IN-5"
RUSSIAN = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря")
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Style = Callable[[date], str]


def case(
    name: str,
    rows: list[clean.Record],
    style: Style | None,
    expected: frozenset[str],
    fated: tuple[Row, ...] = (),
    lines: list[str] | None = None,
    **more: object,
) -> Case:
    text = lines if lines is not None else table_lines(rows, ";", day=style)
    return Case(f"{FAMILY} {name}", FAMILY, "sales.csv", joined(text), "sales", fated or clean_rows(rows), expected, **more)  # type: ignore[arg-type]


def serial(day: date, epoch: date) -> str:
    return str((day - epoch).days)


STYLES: dict[str, Style] = {
    "2025-02-13": lambda day: day.isoformat(),
    "2025/02/13": lambda day: day.strftime("%Y/%m/%d"),
    "2025/2/13": lambda day: f"{day.year}/{day.month}/{day.day}",
    "2025.02.13": lambda day: day.strftime("%Y.%m.%d"),
    "20250213": lambda day: day.strftime("%Y%m%d"),
    "13.02.2025": lambda day: day.strftime("%d.%m.%Y"),
    "13.02.25": lambda day: day.strftime("%d.%m.%y"),
    "13/02/2025": lambda day: day.strftime("%d/%m/%Y"),
    "02/13/2025": lambda day: day.strftime("%m/%d/%Y"),
    "2/13/2025": lambda day: f"{day.month}/{day.day}/{day.year}",
    "13-02-2025": lambda day: day.strftime("%d-%m-%Y"),
    "2025年2月13日": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "2025年02月13日": lambda day: day.strftime("%Y年%m月%d日"),
    "13 февраля 2025": lambda day: f"{day.day} {RUSSIAN[day.month - 1]} {day.year}",
    "13 февраля 2025 г.": lambda day: f"{day.day} {RUSSIAN[day.month - 1]} {day.year} г.",
    "13-Feb-2025": lambda day: f"{day.day:02d}-{ENGLISH[day.month - 1]}-{day.year}",
    "Feb 13, 2025": lambda day: f"{ENGLISH[day.month - 1]} {day.day}, {day.year}",
    "2025-02-13 00:00:00": lambda day: f"{day.isoformat()} 00:00:00",
    "2025-02-13T00:00:00": lambda day: f"{day.isoformat()}T00:00:00",
    "13.02.2025 0:00:00": lambda day: f"{day.strftime('%d.%m.%Y')} 0:00:00",
    "2025-02-13 10:45": lambda day: f"{day.isoformat()} 10:45",
    "full-width digits": lambda day: day.isoformat().translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "spaces around": lambda day: f" {day.isoformat()} ",
}


def whole_columns() -> Iterator[Case]:
    rows = clean.sales()
    for name, style in STYLES.items():
        yield case(name, rows, style, LOADS_WHOLE | ({ASKED} if name == "13.02.25" else frozenset()))
    yield case("Excel serials from 1900", rows, lambda day: serial(day, date(1899, 12, 30)), LOADS_WHOLE | {ASKED})
    old = tuple(Row(row.line, row.values, "hurt") for row in clean_rows(rows))
    yield case("Excel serials from 1904", rows, lambda day: serial(day, date(1904, 1, 1)), frozenset({ASKED, REFUSED, REJECTED, TOLD}), old)


def ambiguous() -> Iterator[Case]:
    """No day beyond the 12th: day and month cannot be told apart."""
    rows = [{**row, "shipped_on": date(2025, 1 + place % 3, 1 + place % 12)} for place, row in enumerate(clean.sales())]
    for mark in (".", "/", "-"):
        asked = frozenset({ASKED}) if mark != "." else frozenset({ASKED, EXACT, TOLD})
        yield case(f"day{mark}month or month{mark}day", rows, lambda day, mark=mark: day.strftime(f"%d{mark}%m{mark}%Y"), asked)
    yield case("month/day without a day beyond 12", rows, lambda day: day.strftime("%m/%d/%Y"), frozenset({ASKED}))
    yield case("dd/mm/yy without a day beyond 12", rows, lambda day: day.strftime("%d/%m/%y"), frozenset({ASKED}))
    yield case("day first, said by the user", rows, lambda day: day.strftime("%d/%m/%Y"), LOADS_WHOLE, options={"dates": "dmy"})
    yield case("month first, said by the user", rows, lambda day: day.strftime("%m/%d/%Y"), LOADS_WHOLE, options={"dates": "mdy"})
    beyond = clean.sales()
    hurt = tuple(Row(row.line, (as_the_user_said(row.values[0]),), "hurt") for row in clean_rows(beyond))
    wrong = frozenset({REJECTED, REFUSED, ASKED})
    yield case("month first said, but days beyond 12 stand first", beyond, lambda day: day.strftime("%d/%m/%Y"), wrong, hurt, options={"dates": "mdy"})
    months = [{**row, "shipped_on": last_of(row["shipped_on"])} for row in rows]
    hurt = tuple(Row(row.line, row.values, "told") for row in clean_rows(months))
    for name, style in {
        "2025-03": lambda day: day.strftime("%Y-%m"),
        "2025.03": lambda day: day.strftime("%Y.%m"),
        "Mar 2025": lambda day: f"{ENGLISH[day.month - 1]} {day.year}",
        "2025年3月": lambda day: f"{day.year}年{day.month}月",
        "03.2025": lambda day: day.strftime("%m.%Y"),
        "март 2025": lambda day: f"{('январь', 'февраль', 'март')[day.month - 1]} {day.year}",
        "2025-W09": lambda day: day.strftime("%G-W%V"),
    }.items():
        weeks = tuple(Row(row.line, ({"invoice_id": "none"},), "hurt") for row in hurt) if "W" in name else hurt
        yield case(f"months where days belong: {name}", months, style, ANY - {EXACT}, weeks, must_tell=() if "W" in name else ("months_for_days",))


def last_of(day: date) -> date:
    """What happened in a month stands on its last day, so that every window of whole months holds it."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def as_the_user_said(row: clean.Record) -> clean.Record:
    """Day and month exchanged where that gives a day; else nothing that may be loaded."""
    day = row["shipped_on"]
    return row | {"shipped_on": day.replace(day=day.month, month=day.day)} if day.day <= 12 else {"invoice_id": "none"}


def single_cells() -> Iterator[Case]:
    rows = clean.sales()
    for text in (
        "2025-02-29",
        "2025-04-31",
        "2025-13-01",
        "2025-00-10",
        "0000-00-00",
        "31.02.2025",
        "1900-01-00",
        "soon",
        "-",
        "45715",
        "2025-02-13 24:00",
        "20250230",
    ):
        fated = with_fate(clean_rows(rows), 10, "hurt", {"invoice_id": "none"})
        yield case(f"one date {text!r}", rows, None, frozenset({REJECTED, TOLD, ASKED}), fated, spoilt_one(rows, text))
    yield case("one date left empty", rows, None, frozenset({REJECTED}), with_fate(clean_rows(rows), 10, "hurt", {"invoice_id": "none"}), spoilt_one(rows, ""))
    leap = [{**row, "shipped_on": date(2024, 2, 29)} if place == 10 else row for place, row in enumerate(rows)]
    yield case("29 February of a leap year", leap, STYLES["2025-02-13"], LOADS_WHOLE)
    for name, day in (("tomorrow's century", date(2125, 2, 13)), ("next year", date.today() + timedelta(days=300)), ("the 19th century", date(1825, 2, 13))):
        far = [{**row, "shipped_on": day} if place == 10 else row for place, row in enumerate(rows)]
        yield case(f"a sale of {name}", far, STYLES["2025-02-13"], frozenset({REJECTED, TOLD}), with_fate(clean_rows(far), 10, "told"), must_tell=told_of(day))
    mixed = [line.replace("2025-02-", "02/") if place == 5 else line for place, line in enumerate(table_lines(rows, ";"))]
    yield case("two forms in one column", rows, None, ANY - {EXACT}, with_fate(clean_rows(rows), 4, "hurt", {"invoice_id": "none"}), mixed)


def told_of(day: date) -> tuple[str, ...]:
    return ("future_date",) if day > date.today() else ()


def spoilt_one(rows: list[clean.Record], text: str, place: int = 10) -> list[str]:
    lines = [line.split(";") for line in table_lines(rows, ";")]
    lines[place + 1][0] = text
    return [";".join(line) for line in lines]


def cases() -> Iterator[Case]:
    yield from whole_columns()
    yield from ambiguous()
    yield from single_cells()


def by_chance(count: int, seed: int) -> Iterator[Case]:
    """Further files: a random form over random days; asked where day and month cannot be told apart."""
    chance = Random(seed)
    for number in range(count):
        first, name = date(2023, 1, 1) + timedelta(days=chance.randrange(700)), chance.choice(list(STYLES))
        rows = [
            {**row, "shipped_on": first + timedelta(days=chance.randrange(chance.choice([3, 60, 300])))} for row in clean.sales(seed=chance.randrange(1000))
        ]
        yield case(f"chance {seed}.{number}: {name} from {first}", rows, STYLES[name], LOADS | {ASKED})
