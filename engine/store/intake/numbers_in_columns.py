"""Numbers: which mark parts the decimals, decided for a whole column, then every cell read strictly by that decision.

    1,234.50   only with a decimal point       1.234,50   only with a decimal comma      1,234   both: the column decides, or you
    0,123      only with a decimal comma       1 234      the same in both               12,34,5 none: the row is rejected

Cells that one pattern covers are cast (`quick_reading`); what it does not cover is settled on the distinct cells (`careful_reading`).
"""

import re

from engine.errors import NeedsAnswer
from engine.messages import Message, message, plural
from engine.store.intake.columns import Reading, Source, are_slips, cells_of, examples
from engine.store.intake.notation import literal
from engine.store.intake.number_cells import Evidence, leave_out_currencies, read_values, scale, take_apart, weigh, weigh_covered
from engine.store.intake.reading import Told

Marks = tuple[str, str]  # the mark of decimals and that of thousands; ("", "") = whole numbers without any
PATTERNS: tuple[Marks, ...] = (
    (".", ""), (",", ""), (".", " "), (",", " "), (",", "\u00a0"), (",", "\u202f"), (".", ","), (",", "."), (".", "'"), (",", "'"),
)  # fmt: skip
FAULTS = {
    "type": message("This is not a number."),
    "spreadsheet_error": message("This is an error of a spreadsheet, not a number."),
    "not_finite": message("This is not a finite number."),
    "precision": message("A number of more than 15 digits would lose its last ones; it looks like a code."),
    "percent": message("A percentage does not belong in this column."),
    "whole": message("A whole number is expected here."),
}
REPAIRS = {
    "full_width": message("Full-width or invisible marks were replaced by plain ones."),
    "unit": message("The unit behind the number was taken away."),
    "currency_mark": message("The currency mark was taken away."),
    "exponent": message("A number written with an exponent was read as it stands."),
}


def pattern(source: Source, marks: Marks) -> str:
    """The regular expression (Python's and RE2's) of a number written with these marks, or of nothing (`-`, `--`)."""
    decimal, group = marks
    digits = 15 if source.column.type == "DOUBLE" else 9
    grouped = f"|[1-9][0-9]{{0,2}}({re.escape(group)}[0-9]{{3}}){{1,4}}" if group else ""
    fraction = f"({re.escape(decimal)}[0-9]+)?" if decimal and source.column.type == "DOUBLE" else ""
    return f"-?([0-9]{{1,{digits}}}{grouped}){fraction}|--?"


def settles(cell: str, marks: Marks) -> bool:
    """Whether a cell that fits these marks fits no other reading of them."""
    decimal, group = marks
    if group in (",", "."):
        return group in cell and (decimal in cell or cell.count(group) > 1)
    return decimal in cell and re.fullmatch(rf"-?[1-9][0-9]{{0,2}}{re.escape(decimal)}[0-9]{{3}}", cell) is None


def quick(source: Source, sample: list[str]) -> Marks | None:
    """The one pattern that covers a sample beyond doubt; None = look closer."""
    cells = [cell for cell in sample if cell]
    if all(re.fullmatch(pattern(source, ("", "")), cell) for cell in cells):
        return "", ""
    for marks in PATTERNS if source.column.type == "DOUBLE" else ():
        whole = re.compile(pattern(source, marks))
        if all(whole.fullmatch(cell) for cell in cells) and any(settles(cell, marks) for cell in cells):
            return marks
    return None


def likely(source: Source, sample: list[str]) -> Marks | None:
    """The pattern that covers most of a sample, if it covers half of it: what it covers need not be taken apart."""
    cells = [cell for cell in sample if cell]
    candidates = (("", ""), *PATTERNS) if source.column.type == "DOUBLE" else (("", ""),)
    counts = {marks: sum(1 for cell in cells if re.fullmatch(pattern(source, marks), cell)) for marks in candidates}
    best = max(counts, key=lambda marks: counts[marks])
    return best if 2 * counts[best] >= len(cells) > 0 else None


def misfit(source: Source, marks: Marks) -> str:
    """SQL condition: a cell that the pattern does not cover."""
    return f"({source.text} <> '' and not regexp_full_match({source.text}, {literal(pattern(source, marks))}))"


def _cast(source: Source, marks: Marks) -> str:
    decimal, group = marks
    cell = f"r.{source.cell}" if source.type == "VARCHAR" else f"cast(r.{source.cell} as varchar)"
    for mark, other in ((group, ""), (decimal if decimal != "." else "", ".")):
        cell = f"replace({cell}, {literal(mark)}, {literal(other)})" if mark else cell
    power = scale(source)
    return f"try_cast({cell} || 'e{power}' as double)" if power else f"try_cast({cell} as {source.column.type})"


def quick_reading(source: Source, marks: Marks) -> Reading:
    """The reading of a column that the pattern covers whole: a cast."""
    return Reading(source, _cast(source, marks), said(*marks), told=told_of_heading(source), decided=decided(marks[0]))


def decided(decimal: str) -> dict[str, str]:
    return {"decimal": decimal} if decimal else {}


def said(decimal: str, group: str) -> Message:
    """How the numbers of a column were read."""
    if group in (" ", "\u00a0", "\u202f"):
        return message("Numbers, decimals after “{decimal}”, thousands set off by a space.", decimal=decimal or ",")
    if group:
        return message("Numbers, decimals after “{decimal}”, thousands set off by “{group}”.", decimal=decimal or ".", group=group)
    return message("Numbers, decimals after “{decimal}”.", decimal=decimal) if decimal else message("Whole numbers.")


def told_of_heading(source: Source) -> list[Told]:
    """What the heading itself says about the numbers below it."""
    measure, heading, name = source.heading.measure, source.heading.name, source.column.name
    told = []
    if measure.power and source.heading.said_in:
        said = message(
            "“{heading}”: numbers were multiplied by {times}, the unit said in line {line}.",
            heading=heading, times=10**measure.power, line=source.heading.said_in,
        )  # fmt: skip
        told.append(Told("scale", name, 0, (), said))
    elif measure.power:
        times = 10**measure.power
        told.append(Told("scale", name, 0, (), message("“{heading}”: numbers were multiplied by {times}.", heading=heading, times=times)))
    if measure.percent and source.column.unit == "share":
        told.append(Told("percent", name, 0, (), message("“{heading}”: percentages were divided by 100.", heading=heading)))
    if measure.currency and measure.currency != source.currency:
        told.append(_foreign(source, measure.currency, 0))
    return told


def _foreign(source: Source, currency: str, rows: int) -> Told:
    said = message(
        "“{heading}” is in {found}, the company's currency is {expected}; nothing was converted.",
        heading=source.heading.name, found=currency, expected=source.currency,
    )  # fmt: skip
    return Told("currency", source.column.name, rows, (), said)


def careful_reading(source: Source, marks: Marks | None = None) -> Reading:
    """Decide the column on all its cells and read each of them. Raises NeedsAnswer (`--decimal`).

    marks: a pattern that covers most cells; they are weighed and cast, and only the others are taken apart.
    """
    if marks is not None:
        reading = _with_covered(source, marks)
        if reading is not None:
            return reading
    weight = take_apart(source, None)
    currency = _one_currency(source, weight.cells)
    weight = weigh(source)
    decimal, trusted, contrary = _decimal(source, weight)
    return _reading(source, weight, decimal, trusted, contrary, None, currency)


def _with_covered(source: Source, marks: Marks) -> Reading | None:
    """The careful reading with most cells cast; None where the decision goes against the pattern, or is to be asked about."""
    covered = weigh_covered(source, pattern(source, marks), marks[0])
    weight = take_apart(source, pattern(source, marks)) + covered
    currency = _one_currency(source, weight.cells)
    weight = weigh(source) + covered
    try:
        decimal, trusted, contrary = _decimal(source, weight)
    except NeedsAnswer:
        return None  # asked again with all cells at hand, so that the question can show the right ones
    doubted = covered.open_comma if decimal == "." else covered.open_point
    if marks != ("", "") and (decimal != marks[0] or (doubted and not trusted)):
        return None
    return _reading(source, weight, decimal, trusted, contrary, marks, currency)


def _reading(source: Source, weight: Evidence, decimal: str, trusted: bool, contrary: int, marks: Marks | None, currency: tuple[str, list[Told]]) -> Reading:
    unit, told = _one_unit(source)
    told += currency[1]
    group = read_values(source, decimal, trusted, unit)
    if contrary:
        told.append(_contrary(source, contrary, decimal))
    repairs = _repairs(source, told, weight.cells)
    shown = decimal if weight.point or weight.comma or weight.open_comma or weight.open_point else ""
    faults = FAULTS | {
        "decimal": message("The column writes decimals after “{decimal}”; this number does not fit that.", decimal=decimal),
        "unit_mix": message("The column counts in “{unit}”, this cell in another unit.", unit=unit),
        "currency_mix": message("The column is in {currency}, this cell in another currency; nothing is converted.", currency=currency[0]),
    }
    value = f"try_cast({source.lookup}.value as {source.column.type})"
    if marks is not None:
        cell = f"r.{source.cell}" if source.type == "VARCHAR" else f"cast(r.{source.cell} as varchar)"
        value = f"case when regexp_full_match({cell}, {literal(pattern(source, marks))}) then {_cast(source, marks)} else {value} end"
    return Reading(
        source, value, said(shown, group or (marks or ("", ""))[1]), lookup=source.lookup, faults=faults, repairs=repairs,
        told=told_of_heading(source) + told, decided=decided(shown),
    )  # fmt: skip


def _decimal(source: Source, weight: Evidence) -> tuple[str, bool, int]:
    """The decimal mark of a column, whether cells like `1,234` (or `1.234`) may be taken as thousands under it, and how many are contrary.

    Without a cell that shows the mark of thousands beyond doubt, `1,234` among `12.50` is more likely a slip than a thousand.
    """
    chosen, point, comma = source.options.decimal, weight.point, weight.comma
    clear = are_slips(min(point, comma), max(point, comma))
    if not clear and chosen is None:
        _ask(source, "(point and not comma) or (comma and not point)")
    if not point and not comma and (weight.open_comma or weight.open_point) and chosen is None:
        _ask(source, "point and comma and (comma_in or point_in)")
    shown_mark = "." if point > comma else ","
    decimal = shown_mark if clear and (point or comma) else chosen or "."
    grouped, shown = (weight.open_comma, weight.groups_comma) if decimal == "." else (weight.open_point, weight.groups_point)
    contrary = comma if decimal == "." else point
    trusted = bool(shown) or not (point or comma) or chosen == decimal
    if grouped and not trusted:
        if not are_slips(grouped, point + comma):
            _ask(source, f"point and comma and {'comma_in' if decimal == '.' else 'point_in'}")
        contrary += grouped
    return decimal, trusted, contrary


def _ask(source: Source, condition: str) -> None:
    shown = cells_of(examples(source, f"core <> '' and ({condition})", f"{source.lookup}_parts"))
    said = message(
        "“{heading}”: {examples} can be read with a decimal point or a decimal comma. Say which.",
        heading=source.heading.name, examples=shown,
    )  # fmt: skip
    raise NeedsAnswer(said, question="decimal", option="--decimal", choices=(".", ","))


def _one_unit(source: Source) -> tuple[str, list[Told]]:
    """The unit of the column ("" = none is shown), and what is told about it and about cells that show another one."""
    units, heading, name = _shown_in(source, "unit"), source.heading.name, source.column.name
    unit = next(iter(units), "")
    told = []
    if unit:
        said = plural(
            "“{heading}”: {n} number carries the unit “{unit}”.", "“{heading}”: {n} numbers carry the unit “{unit}”.",
            n=units[unit], heading=heading, unit=unit,
        )  # fmt: skip
        told.append(Told("unit", name, units[unit], (), said))
    if len(units) > 1:
        others = ", ".join(list(units)[1:])
        said = message("“{heading}” mixes {most} with {others}; only {most} is loaded.", heading=heading, most=unit, others=others)
        told.append(Told("unit_mix", name, sum(units.values()) - units[unit], (), said))
    return unit, told


def _one_currency(source: Source, cells: int) -> tuple[str, list[Told]]:
    """The currency of the column ("" = none is shown), and what is told about it. Cells that show another one are left out from here on.

    cells: how many numbers the column holds.
    """
    shown = _shown_in(source, "currency")
    currency = _currency(source, shown, cells)
    told = []
    if currency and currency != source.currency and source.heading.measure.currency is None:
        told.append(_foreign(source, currency, shown.get(currency, 0)))
    others = {other: n for other, n in shown.items() if other != currency}
    if others:
        leave_out_currencies(source, currency)
        said = plural(
            "“{heading}” is in {currency}; {n} cell in {others} is rejected, because nothing is converted.",
            "“{heading}” is in {currency}; {n} cells in {others} are rejected, because nothing is converted.",
            n=sum(others.values()), heading=source.heading.name, currency=currency, others=", ".join(others),
        )  # fmt: skip
        told.append(Told("currency_mix", source.column.name, sum(others.values()), (), said))
    return currency, told


def _shown_in(source: Source, kind: str) -> dict[str, int]:
    """Unit or currency -> how many cells show it, the most frequent first."""
    rows = source.con.execute(
        f"select {kind}, sum(n)::bigint from {source.lookup}_parts join {source.lookup}_affix using (head, tail) "
        f"where affix_fault is null and {kind} <> '' group by {kind} order by 2 desc, 1"
    ).fetchall()
    return {str(shown): int(n) for shown, n in rows}


def _currency(source: Source, shown: dict[str, int], cells: int) -> str:
    """The currency of a column in which cells show some: its heading's; where no number is without a mark, the most frequent; else the
    company's, because that is what a number without a mark is in. A cell in another one is never added to it."""
    if source.heading.measure.currency or not shown:
        return source.heading.measure.currency or ""
    bare = cells - sum(shown.values())
    if bare > 0:
        bare -= source.con.execute(
            f"""select coalesce(sum(n), 0)::bigint from {source.lookup}_parts join {source.lookup}_affix using (head, tail)
            where affix_fault is null and currency = '' and regexp_full_match(core, '[0., ]+')"""
        ).fetchall()[0][0]
    return source.currency if bare > 0 or source.currency in shown else next(iter(shown))


def _contrary(source: Source, rows: int, decimal: str) -> Told:
    said = plural(
        "“{heading}” writes decimals after “{decimal}”; {n} cell does not and is rejected.",
        "“{heading}” writes decimals after “{decimal}”; {n} cells do not and are rejected.",
        n=rows, heading=source.heading.name, decimal=decimal,
    )  # fmt: skip
    return Told("decimal", source.column.name, rows, examples(source, "fault = 'decimal'", source.lookup), said)


def _repairs(source: Source, told: list[Told], cells: int) -> dict[str, Message]:
    """Which rewritings are recorded row by row: those of a few of the `cells`. What most share is the column's own way, and told once."""
    counts = source.con.execute(f"select repair, sum(n)::bigint from {source.lookup} where repair is not null group by repair").fetchall()
    usual = [(rule, int(n)) for rule, n in counts if 2 * n > cells]
    for rule, n in usual:
        source.con.execute(f"update {source.lookup} set repair = null where repair = $rule", {"rule": rule})
        if rule != "unit":
            told.append(Told(rule, source.column.name, n, examples(source, "value is not null", source.lookup), REPAIRS[rule]))
    return {rule: REPAIRS[rule] for rule, _ in counts if rule not in dict(usual)}
