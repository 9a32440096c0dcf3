"""Dates: every form that accounting systems write, taken apart on the distinct cells of a column, the order decided for the whole.

    2025-12-31  2025/12/31  2025.12.31  20251231  2025年12月31日      year, month, day
    31.12.2025  31/12/2025  12/31/2025  31-12-2025                   the column shows the order, or you say it; points mean day first
    2025-03  03.2025  2025年3月  202503  март 2025  Mar 2025          a month; among days: its last day where the contract says so
    45992                                                            a day of the workbook, from 1900 or 1904

A week, a quarter, a bare year, a year of two digits, a day that does not exist: rejected, never bent into shape.
"""

import re
from collections.abc import Callable

from engine.errors import NeedsAnswer
from engine.messages import Message, message, plural
from engine.store.intake import date_cells
from engine.store.intake.columns import Reading, Source, are_slips, cells_of, examples
from engine.store.intake.measured_headings import plain
from engine.store.intake.notation import MONTHS, NOTHING, literal, narrowed
from engine.store.intake.reading import Told

ORDERS = ("dmy", "mdy", "ymd")
FIRST_YEAR, LAST_YEAR = 1900, 2199
MONTHS_TAKEN = "months_for_days"  # the rule under which it is told that rows stand for whole months
FAULTS = {
    "type": message("This is not a date."),
    "spreadsheet_error": message("This is an error of a spreadsheet, not a date."),
    "no_such_day": message("There is no such day."),
    "week": message("This is a week or a quarter; a day or a month is expected."),
    "two_digit_year": message("The year has two digits; four are expected."),
    "year": message("The year lies outside 1900 to 2199."),
    "period": message("This is a month, while the column holds days."),
    "lost_zero": message("This may be January, or October that lost its last zero as a number: write the month as 2025-01."),
    "time": message("The time of day does not exist."),
    "zone": message("A time with a time zone is not taken; bring local time."),
}
FORMS = {
    # forms that leave nothing open, for a cast
    "%Y-%m-%d": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "%d.%m.%Y": "[0-9]{2}[.][0-9]{2}[.][0-9]{4}",
    "%Y/%m/%d": "[0-9]{4}/[0-9]{2}/[0-9]{2}",
    "%Y-%m-%d 00:00:00": "[0-9]{4}-[0-9]{2}-[0-9]{2} 00:00:00",
    "%d.%m.%Y 00:00:00": "[0-9]{2}[.][0-9]{2}[.][0-9]{4} 00:00:00",
    "%Y-%m-%d %H:%M:%S": "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{1,2}:[0-9]{2}:[0-9]{2}",
    "%d.%m.%Y %H:%M:%S": "[0-9]{2}[.][0-9]{2}[.][0-9]{4} [0-9]{1,2}:[0-9]{2}:[0-9]{2}",
}
MONTH_FORMS = {"%Y-%m-01": "[0-9]{4}-[0-9]{2}-01"}
MOMENT_FORMS = {"%Y-%m-%d %X": "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}"}
SAID = {
    "ymd": message("Dates, written as year, month, day."),
    "dmy": message("Dates, written as day, month, year."),
    "mdy": message("Dates, written as month, day, year."),
    "serial": message("Dates as the day numbers of a workbook."),
    "month": message("Months."),
    "name": message("Dates with the month as a word."),
}


def quick(source: Source, sample: list[str]) -> str | None:
    """The one form (of `strptime`) that covers a sample beyond doubt, for days, first days of months and moments; None = look closer."""
    cells = [cell for cell in sample if cell]
    if is_headed_by_months(source):
        return None
    if source.column.type == "TIMESTAMP":
        forms = MOMENT_FORMS
    elif source.column.unit == "month":
        forms = MONTH_FORMS
    else:
        forms = {form: shape for form, shape in FORMS.items() if not (form.startswith("%d") and source.options.dates == "mdy")}
    return next((form for form, shape in forms.items() if all(re.fullmatch(shape, cell) for cell in cells)), None)


def is_headed_by_months(source: Source) -> bool:
    """Whether a column of days bears a heading for months: then first days of months, as workbooks keep months, stand for whole months."""
    return source.heading.plain in {plain(heading) for heading in source.column.month_headings}


def misfit(source: Source, form: str) -> str:
    """SQL condition: a cell that is no day of this form between 1900 and 2199."""
    cell, years = source.text, f"between date '{FIRST_YEAR}-01-01' and date '{LAST_YEAR}-12-31'"
    lengths = "(18, 19)" if form.endswith("%S") else "(19)" if form.endswith(("00", "%X")) else "(10)"
    first = f" or not ends_with({cell}, '-01')" if form in MONTH_FORMS else ""
    return f"({cell} <> '' and (strlen({cell}) not in {lengths}{first} or coalesce({_day(cell, form)} not {years}, true)))"


def _day(cell: str, form: str) -> str:
    if form in MOMENT_FORMS:
        return f"try_cast({cell} as timestamp)"
    return f"try_cast({cell} as date)" if form == "%Y-%m-%d" or form in MONTH_FORMS else f"try_strptime({cell}, {literal(form)})::date"


def quick_reading(source: Source, form: str) -> Reading:
    """The reading of a column of days that all have one form."""
    cell = f"r.{source.cell}" if source.type == "VARCHAR" else f"cast(r.{source.cell} as varchar)"
    order = "dmy" if form.startswith("%d") else "ymd"
    order = "month" if form in MONTH_FORMS else order
    return Reading(source, _day(cell, form), SAID[order], told=_times_dropped(source, form), decided={"dates": "dmy"} if order == "dmy" else {})


def _times_dropped(source: Source, form: str) -> list[Told]:
    """How many cells of a form with a time show another one than midnight."""
    if not form.endswith("%S"):
        return []
    timed = f"from {source.table} where {source.text} <> '' and not regexp_matches({source.text}, ' 0?0:00:00$')"
    count = int(source.con.execute(f"select count(*) {timed}").fetchall()[0][0])
    if not count:
        return []
    shown = source.con.execute(f"select _line, {source.text} {timed} order by _line limit 3").fetchall()
    return [_time_dropped(source, count, tuple((int(line), str(cell)) for line, cell in shown))]


def _time_dropped(source: Source, count: int, shown: tuple[tuple[int, str], ...]) -> Told:
    said = plural(
        "“{heading}”: the time of day of {n} cell was dropped.", "“{heading}”: the time of day of {n} cells was dropped.", n=count, heading=source.heading.name
    )
    return Told("time_dropped", source.column.name, count, shown, said)


def careful_reading(source: Source) -> Reading:
    """Decide the order on all distinct cells and read each of them. Raises NeedsAnswer (`--dates`)."""
    con, work = source.con, source.lookup
    con.execute(
        f"create or replace temp table {work}_months as select unnest($words) as word, unnest($numbers) as word_month",
        {"words": list(MONTHS), "numbers": list(MONTHS.values())},
    )
    con.execute(date_cells.PARTS.format(work=work, cell=source.text, plain=narrowed("v"), table=source.table, nothing=", ".join(map(literal, NOTHING))))
    if is_headed_by_months(source):
        _take_first_days_for_months(source)
    kinds = {kind: int(n) for kind, n in con.execute(f"select kind, sum(n)::bigint from {work}_parts group by kind").fetchall()}
    order, contrary = _order(source, kinds)
    is_month = source.column.unit == "month"
    days_there = sum(n for kind, n in kinds.items() if kind in ("ymd", "serial", "ab", "ab2", "named_day"))
    months_there = sum(n for kind, n in kinds.items() if kind in ("month", "named_month"))
    con.execute(
        date_cells.VALUES.format(
            work=work, order=literal(order or ""), two_digits="true" if source.options.dates else "false", is_month="true" if is_month else "false",
            months_fit="true" if is_month or not days_there or are_slips(days_there, months_there) else "false", first=FIRST_YEAR, last=LAST_YEAR,
            base="1904-01-01" if source.date_system == 1904 else "1899-12-30", wants_time="true" if source.column.type == "TIMESTAMP" else "false",
            at_months_end="true" if source.column.is_at_months_end else "false", tenth_is_shown="true" if _tenth_is_shown(source) else "false",
        )
    )  # fmt: skip
    told = _told(source, is_month, months_there)
    if contrary:
        told.append(
            Told(
                "dates", source.column.name, contrary, examples(source, "fault = 'order'", work),
                plural(
                    "“{heading}”: {n} date contradicts the order of the others and is rejected.",
                    "“{heading}”: {n} dates contradict the order of the others and are rejected.",
                    n=contrary, heading=source.heading.name,
                ),
            )
        )  # fmt: skip
    for name in (f"{work}_parts", f"{work}_months"):
        con.execute(f"drop table {name}")
    faults = FAULTS | {"order": message("The column writes {order}; this date does not fit that.", order=order or "")}
    settled = {"dates": order} if order and (kinds.get("ab") or kinds.get("ab2")) else {}
    return Reading(source, f"{work}.value::{source.column.type}", _said(kinds, order), lookup=work, faults=faults, told=told, decided=settled)


def _order(source: Source, kinds: dict[str, int]) -> tuple[str | None, int]:
    """Day or month first, and how many cells contradict it; None where no cell leaves it open. Raises NeedsAnswer."""
    chosen = source.options.dates
    if not kinds.get("ab") and not kinds.get("ab2"):
        return chosen, 0
    day_first, month_first, open_, pointed = source.con.execute(
        f"""select coalesce(sum(n) filter (a between 13 and 31 and b between 1 and 12), 0),
            coalesce(sum(n) filter (b between 13 and 31 and a between 1 and 12), 0),
            coalesce(sum(n) filter (a <= 12 and b <= 12 and a <> b), 0),
            coalesce(sum(n) filter (a <= 12 and b <= 12 and a <> b and has_points), 0)
        from {source.lookup}_parts where kind = 'ab'"""
    ).fetchall()[0]
    short = kinds.get("ab2", 0)
    if short and chosen is None and not are_slips(short, sum(kinds.values()) - short):
        _ask(source, "kind = 'ab2'", _two_digits)
    if chosen in ("dmy", "mdy"):
        return chosen, int(month_first if chosen == "dmy" else day_first)
    if not are_slips(min(day_first, month_first), max(day_first, month_first)):
        _ask(source, "kind = 'ab' and a <> b", _both_orders)
    if day_first or month_first:
        return ("dmy", int(month_first)) if day_first > month_first else ("mdy", int(day_first))
    if open_ > pointed or (chosen == "ymd" and kinds.get("ab")):
        _ask(source, "kind = 'ab' and a <= 12 and b <= 12 and a <> b", _either_order)
    return ("ymd", 0) if chosen == "ymd" else ("dmy", 0)


def _ask(source: Source, condition: str, why: Callable[..., Message]) -> None:
    shown = cells_of(examples(source, condition, f"{source.lookup}_parts"))
    raise NeedsAnswer(why(source.heading.name, shown), question="dates", option="--dates dmy|mdy|ymd", choices=ORDERS)


def _two_digits(heading: str, shown: str) -> Message:
    return message("“{heading}”: the years of {examples} have two digits. Say how dates are written.", heading=heading, examples=shown)


def _both_orders(heading: str, shown: str) -> Message:
    return message("“{heading}”: day and month stand in both orders ({examples}). Say which one is right.", heading=heading, examples=shown)


def _either_order(heading: str, shown: str) -> Message:
    return message("“{heading}”: day and month of {examples} cannot be told apart. Say how dates are written.", heading=heading, examples=shown)


def _told(source: Source, is_month: bool, months: int) -> list[Told]:
    """What was dropped from dates, and that months stand for days."""
    heading, name = source.heading.name, source.column.name
    times, days = source.con.execute(
        f"select coalesce(sum(n) filter (drops_time), 0)::bigint, coalesce(sum(n) filter (drops_day), 0)::bigint from {source.lookup}"
    ).fetchall()[0]
    told = []
    if times:
        told.append(_time_dropped(source, times, examples(source, "drops_time", source.lookup)))
    if days:
        said = plural("“{heading}”: {n} day was taken as its month.", "“{heading}”: {n} days were taken as their month.", n=days, heading=heading)
        told.append(Told("day_dropped", name, days, examples(source, "drops_day", source.lookup), said))
    taken = (
        0
        if is_month
        else source.con.execute(f"select coalesce(sum(n), 0)::bigint from {source.lookup} where kind in ('month', 'named_month') and fault is null").fetchall()[
            0
        ][0]
    )
    if taken and months:
        told.append(Told(MONTHS_TAKEN, name, taken, examples(source, "kind in ('month', 'named_month')", source.lookup), _months_taken(source, taken)))
    serials = source.con.execute(f"select coalesce(sum(n), 0)::bigint from {source.lookup} where kind = 'serial' and fault is null").fetchall()[0][0]
    if serials:
        said = message("“{heading}”: day numbers of a workbook were counted from {system}.", heading=heading, system=str(source.date_system))
        told.append(Told("serial", name, serials, examples(source, "kind = 'serial'", source.lookup), said))
    return told


def _take_first_days_for_months(source: Source) -> None:
    """Below a heading for months, days that are all the first of their month are months: so workbooks keep what was typed as 2025年6月."""
    parts = f"{source.lookup}_parts"
    others = source.con.execute(
        f"""select count(*) from {parts} where kind in ('ymd', 'named_day') and d <> 1 or kind = 'ab' and not (has_points and a = 1)
        or kind in ('ab2', 'serial')"""
    ).fetchall()[0][0]
    if not others:
        source.con.execute(f"update {parts} set m = b, kind = 'month' where kind = 'ab'")
        source.con.execute(f"update {parts} set kind = 'month' where kind in ('ymd', 'named_day')")


def typed_months(source: Source) -> Reading | None:
    """The reading of a column that is typed in the file, bears a heading for months and holds nothing but first days of them; else None."""
    if not is_headed_by_months(source) or not source.column.is_at_months_end:
        return None
    cell = f"{source.cell}::date"
    taken, others = source.con.execute(f"select count({cell}), count(*) filter (day({cell}) <> 1) from {source.table}").fetchall()[0]
    if others or not taken:
        return None
    told = [Told(MONTHS_TAKEN, source.column.name, int(taken), (), _months_taken(source, int(taken)))]
    return Reading(source, f"last_day(r.{cell})", SAID["month"], told=told)


def _tenth_is_shown(source: Source) -> bool:
    """Whether `2025.1` can only be January: the column writes October with its zero, and other months with one digit."""
    of_one_digit, tenth = source.con.execute(
        f"""select count(*) filter (regexp_full_match(t, '[0-9]{{4}}[.][2-9]')), count(*) filter (regexp_full_match(t, '[0-9]{{4}}[.]10'))
        from {source.lookup}_parts"""
    ).fetchall()[0]
    return bool(of_one_digit and tenth)


def _months_taken(source: Source, taken: int) -> Message:
    if source.column.is_at_months_end:
        return plural(
            "“{heading}” holds {n} month, no day; it was put on its last day, so that figures by month are exact.",
            "“{heading}” holds {n} months, no days; they were put on their last day, so that figures by month are exact.",
            n=taken,
            heading=source.heading.name,
        )
    return plural(
        "“{heading}” holds {n} month, no day; it was put on its first day.",
        "“{heading}” holds {n} months, no days; they were put on their first day.",
        n=taken,
        heading=source.heading.name,
    )


def _said(kinds: dict[str, int], order: str | None) -> Message:
    """How most dates of the column are written."""
    dated = {kind: n for kind, n in kinds.items() if kind in ("ymd", "ab", "ab2", "serial", "month", "named_month", "named_day")}
    most = max(dated, key=lambda kind: dated[kind], default="ymd")
    return SAID[{"ab": order or "dmy", "ab2": order or "dmy", "named_month": "month", "named_day": "name"}.get(most, most)]
