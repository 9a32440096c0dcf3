"""Numbers: which mark parts the decimals, decided for a whole column, then every cell read strictly by that decision.

    1,234.50   only with a decimal point       1.234,50   only with a decimal comma      1,234   both: the column decides, or you
    0,123      only with a decimal comma       1 234      the same in both               12,34,5 none: the row is rejected

A clean column never meets this: where one pattern covers all cells, a cast is enough (`quick`). Everything else is settled on the
distinct cells of the column, in SQL.
"""

import re
from dataclasses import dataclass
from typing import Any

from engine.errors import NeedsAnswer
from engine.messages import Message, message, plural
from engine.store.intake.columns import Reading, Source, are_slips, cells_of, examples
from engine.store.intake.notation import NOTHING, Measure, literal, measured, narrowed
from engine.store.intake.reading import Told

PATTERNS = tuple(
    (decimal, group)
    for decimal, group in ((".", ""), (",", ""), (".", " "), (",", " "), (",", "\u00a0"), (",", "\u202f"), (".", ","), (",", "."), (".", "'"), (",", "'"))
)
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


def pattern(decimal: str, group: str) -> str:
    """The regular expression (Python's and RE2's) of a number written with these marks, or of nothing (`-`, `--`)."""
    grouped = f"|[1-9][0-9]{{0,2}}({re.escape(group)}[0-9]{{3}})+" if group else ""
    return f"-?([0-9]{{1,15}}{grouped})({re.escape(decimal)}[0-9]+)?|--?"


def settles(cell: str, decimal: str, group: str) -> bool:
    """Whether a cell that fits these marks fits no other reading of them."""
    if group in (",", "."):
        return group in cell and (decimal in cell or cell.count(group) > 1)
    return decimal in cell and re.fullmatch(rf"-?[1-9][0-9]{{0,2}}{re.escape(decimal)}[0-9]{{3}}", cell) is None


def quick(sample: list[str]) -> tuple[str, str] | None:
    """The one pattern (decimal, group) that covers a sample beyond doubt; ("", "") for whole numbers; None = look closer."""
    cells = [cell for cell in sample if cell]
    if all(re.fullmatch("-?[0-9]{1,15}|--?", cell) for cell in cells):
        return "", ""
    for decimal, group in PATTERNS:
        whole = re.compile(pattern(decimal, group))
        if all(whole.fullmatch(cell) for cell in cells) and any(settles(cell, decimal, group) for cell in cells):
            return decimal, group
    return None


def quick_misfits(source: Source, decimal: str, group: str) -> str:
    """SQL aggregate: how many cells the pattern does not cover."""
    digits = 15 if source.column.type == "DOUBLE" else 9
    whole = literal(pattern(decimal, group) if decimal else f"-?[0-9]{{1,{digits}}}|--?")
    return f"count(*) filter ({source.text} <> '' and not regexp_full_match({source.text}, {whole}))"


def quick_reading(source: Source, decimal: str, group: str) -> Reading:
    """The reading of a column that the pattern covers whole: a cast."""
    cell = f"r.{source.cell}" if source.type == "VARCHAR" else f"cast(r.{source.cell} as varchar)"
    for mark, other in ((group, ""), (decimal if decimal != "." else "", ".")):
        cell = f"replace({cell}, {literal(mark)}, {literal(other)})" if mark else cell
    power = scale(source)
    cell = f"{cell} || 'e{power}'" if power else cell
    return Reading(source, f"try_cast({cell} as {source.column.type})", said(decimal, group), told=told_of_heading(source), decided=decided(decimal))


def decided(decimal: str) -> dict[str, str]:
    return {"decimal": decimal} if decimal else {}


def scale(source: Source) -> int:
    """The power of ten by which the heading multiplies bare numbers: `万元` 4, `%` over a share -2."""
    measure = source.heading.measure
    return measure.power - (2 if measure.percent and source.column.unit == "share" else 0)


def said(decimal: str, group: str) -> Message:
    """How the numbers of a column were read."""
    shown = {"\u00a0": "no-break space", "\u202f": "no-break space", " ": "space"}.get(group, group)
    if group and shown == group:
        return message("Numbers, decimals after “{decimal}”, thousands set off by “{group}”.", decimal=decimal or ".", group=group)
    if group:
        return message("Numbers, decimals after “{decimal}”, thousands set off by a space.", decimal=decimal or ",")
    return message("Numbers, decimals after “{decimal}”.", decimal=decimal) if decimal else message("Whole numbers.")


def told_of_heading(source: Source) -> list[Told]:
    """What the heading itself says about the numbers below it."""
    measure, heading, name = source.heading.measure, source.heading.name, source.column.name
    told = []
    if measure.power:
        told.append(Told("scale", name, 0, (), message("“{heading}”: numbers were multiplied by {times}.", heading=heading, times=10**measure.power)))
    if measure.percent and source.column.unit == "share":
        told.append(Told("percent", name, 0, (), message("“{heading}”: percentages were divided by 100.", heading=heading)))
    if measure.currency and measure.currency != source.currency:
        told.append(foreign(source, measure.currency, 0, ()))
    return told


def foreign(source: Source, currency: str, rows: int, shown: tuple[tuple[int, str], ...]) -> Told:
    return Told(
        "currency", source.column.name, rows, shown,
        message("“{heading}” is in {found}, the company's currency is {expected}; nothing was converted.", heading=source.heading.name, found=currency, expected=source.currency),
    )  # fmt: skip


@dataclass(frozen=True)
class Affix:
    """What stands before and behind the digits of a cell."""

    fault: str | None
    sign: int
    power: int
    measure: Measure


def affix(head: str, tail: str, source: Source) -> Affix:
    """Read what stands around the digits: at most one sign, brackets in pairs, a currency, a multiplier, a unit, a percentage."""
    head, tail = head.replace(" ", ""), tail.strip()
    brackets = head.count("("), tail.count(")")
    minus = head.count("-") + tail.endswith("-")
    before = measured(re.sub(r"[-+(]", "", head))
    behind = measured(re.sub(r"-$", "", tail.replace(")", "")))
    wrong = Affix("type", 1, 0, Measure())
    if (
        re.search(r"(^|[^\w])[.,]", head)
        or tail.startswith((".", ","))
        or before is None
        or behind is None
        or brackets not in ((0, 0), (1, 1))
        or minus + brackets[0] + head.count("+") > 1
    ):
        return wrong
    if before.power or before.percent or before.unit or (before.currency and behind.currency):
        return wrong
    measure = Measure(behind.power, behind.percent, before.currency or behind.currency, behind.unit)
    money = source.column.unit.startswith("money")
    if (measure.currency and not money) or (measure.unit and source.column.unit in ("money", "share")):
        return wrong
    if measure.percent and source.column.unit != "share":
        return Affix("percent", 1, 0, measure)
    heading = source.heading.measure
    power = -2 if measure.percent else measure.power or scale(source)
    if measure.power and heading.power and measure.power != heading.power:
        return wrong
    return Affix(None, -1 if minus or brackets[0] else 1, power, measure)


def careful_reading(source: Source) -> Reading:
    """Decide the column on all its distinct cells and read each of them. Raises NeedsAnswer (`--decimal`)."""
    con, work = source.con, source.lookup
    con.execute(_PARTS.format(work=work, cell=source.text, plain=narrowed("v"), table=source.table, nothing=", ".join(map(literal, NOTHING))))
    affixes = _affixes(source)
    con.execute(
        f"create or replace temp table {work}_affix as select unnest($head) as head, unnest($tail) as tail, unnest($fault) as affix_fault, unnest($sign) as sign, "
        "unnest($power) as power, unnest($currency) as currency, unnest($unit) as unit",
        affixes,
    )
    seen = con.execute(_EVIDENCE.format(work=work)).fetchall()[0]
    decimal, by_comma, contrary = _decimal(source, *seen)
    units, told = _mixtures(source)
    faults = FAULTS | {
        "decimal": message("The column writes decimals after “{decimal}”; this number does not fit that.", decimal=decimal),
        "unit_mix": message("The column counts in “{unit}”, this cell in another unit.", unit=units["unit"] or ""),
        "currency_mix": message("The column is in {currency}, this cell in another currency.", currency=units["currency"] or ""),
    }
    con.execute(
        _VALUES.format(
            work=work, decimal=literal(decimal), fits="point" if decimal == "." else "comma", whole="value <> floor(value) or abs(value) > 2147483647" if source.column.type in ("INTEGER", "BIGINT") else "false",
            strip=literal(r"[ '" + ("," if decimal == "." else ".") + "]"), trusted="true" if by_comma else "false",
            unit=literal(units["unit"] or ""), currency=literal(units["currency"] or ""),
        )
    )  # fmt: skip
    if contrary:
        told.append(_contrary(source, contrary, decimal))
    repairs = _repairs(source, told)
    group = con.execute(_GROUP.format(work=work, fits="point" if decimal == "." else "comma", other=literal("," if decimal == "." else "."))).fetchall()[0][0]
    for name in (f"{work}_parts", f"{work}_affix"):
        con.execute(f"drop table {name}")
    marks = seen[0] or seen[1] or seen[2]
    return Reading(
        source, f"{work}.value::{source.column.type}", said(decimal if marks else "", group), lookup=work, faults=faults, repairs=repairs,
        told=told_of_heading(source) + told, decided=decided(decimal if marks else ""),
    )  # fmt: skip


_GROUPED = "[1-9][0-9]{{0,2}}((''[0-9]{{3}})+|( [0-9]{{3}})+|({0}[0-9]{{3}})+)"
_POINT, _COMMA = _GROUPED.format(","), _GROUPED.format("[.]")
_PARTS = """
create or replace temp table {work}_parts as
with seen as (select {cell} as v, count(*) as n, min(_line) as line from {table} where {cell} is not null group by {cell}),
clean as (select *, {plain} as t from seen),
cut as (
    select *, regexp_extract(t, '^([^0-9]*?)([.,]?[0-9](?:[0-9 .,'']*[0-9])?)([eE][+-]?[0-9]{{1,3}})?([^0-9]*)$', ['head', 'core', 'exponent', 'tail']) as part
    from clean
)
select v, n, line, t, t in ({nothing}) as is_nothing, part.head as head, part.core as core, part.exponent as exponent, part.tail as tail,
    contains(part.core, ',') as comma_in, contains(part.core, '.') as point_in,
    regexp_full_match(part.core, case when part.exponent = '' then '([0-9]*|POINT)([.][0-9]+)?' else '[0-9]+([.][0-9]+)?' end) as point,
    regexp_full_match(part.core, case when part.exponent = '' then '([0-9]*|COMMA)(,[0-9]+)?' else '[0-9]+(,[0-9]+)?' end) as comma
from cut
""".replace("POINT", _POINT.replace("{", "{{").replace("}", "}}")).replace("COMMA", _COMMA.replace("{", "{{").replace("}", "}}"))
_EVIDENCE = """
select
    coalesce(sum(n) filter (point and not comma), 0), coalesce(sum(n) filter (comma and not point), 0),
    coalesce(sum(n) filter (point and comma and comma_in), 0), coalesce(sum(n) filter (point and comma and point_in), 0),
    coalesce(sum(n) filter (point and not comma and comma_in), 0), coalesce(sum(n) filter (comma and not point and point_in), 0)
from {work}_parts join {work}_affix using (head, tail) where affix_fault is null and core <> ''
"""
_VALUES = """
create or replace temp table {work} as
with joined as (select p.*, a.* exclude (head, tail) from {work}_parts p left join {work}_affix a using (head, tail)),
valued as (
    select *, {fits} and not (point and comma and ({decimal} = '.' and comma_in or {decimal} = ',' and point_in) and not {trusted}) as fits,
        sign * try_cast(replace(regexp_replace(core, {strip}, '', 'g'), ',', '.') || 'e' || (coalesce(try_cast(substr(exponent, 2) as integer), 0) + power) as double) as value
    from joined
),
judged as (
    select *, case
        when is_nothing then null
        when starts_with(t, '#') then 'spreadsheet_error'
        when regexp_full_match(lower(t), '[+-]?(nan|inf|infinity|∞)') then 'not_finite'
        when core = '' or affix_fault is not null then coalesce(affix_fault, 'type')
        when not (point or comma) then 'type'
        when not fits then 'decimal'
        when unit <> '' and {unit} <> '' and unit <> {unit} then 'unit_mix'
        when currency <> '' and {currency} <> '' and currency <> {currency} then 'currency_mix'
        when value is null or not isfinite(value) then 'not_finite'
        when abs(value) >= 1e15 then 'precision'
        when {whole} then 'whole'
    end as fault
    from valued
)
select v, line, n, case when fault is null and not is_nothing then value end as value, fault, case
        when fault is not null or is_nothing then null
        when unit <> '' then 'unit'
        when currency <> '' then 'currency_mark'
        when exponent <> '' then 'exponent'
        when regexp_matches(v, '[０-９．，％－]|[\\x{{200b}}-\\x{{200f}}\\x{{202a}}-\\x{{202e}}\\x{{2060}}-\\x{{206f}}\\x{{feff}}\\x{{00ad}}]') then 'full_width'
    end as repair
from judged
"""

_GROUP = """
select coalesce(max(case when contains(core, ' ') then ' ' when contains(core, '''') then '''' when contains(core, {other}) then {other} end), '')
from {work}_parts join {work}_affix using (head, tail) where {fits} and affix_fault is null and core <> ''
"""


def _affixes(source: Source) -> dict[str, list[Any]]:
    """What stands around the digits, each distinct pair read once; in a column of free text only the most frequent ones."""
    rows = source.con.execute(
        f"select head, tail from {source.lookup}_parts where core <> '' and not is_nothing group by head, tail order by sum(n) desc, head, tail limit 2000"
    ).fetchall()
    read = [affix(head, tail, source) for head, tail in rows]
    return {
        "head": [head for head, _ in rows],
        "tail": [tail for _, tail in rows],
        "fault": [each.fault for each in read],
        "sign": [each.sign for each in read],
        "power": [each.power for each in read],
        "currency": [each.measure.currency or "" for each in read],
        "unit": [each.measure.unit or "" for each in read],
    }


def _decimal(
    source: Source, point: int, comma: int, open_comma: int, open_point: int, groups_comma: int, groups_point: int
) -> tuple[str, bool, int]:
    """The decimal mark of a column, whether cells like `1,234` (or `1.234`) may be taken as thousands under it, and how many cells are contrary.

    point, comma: cells that only one reading fits. open_*: cells that fit both. groups_*: of `point` and `comma` those that show
    the other mark as the mark of thousands: without one, `1,234` among `12.50` is more likely a slip than a thousand.
    """
    chosen = source.options.decimal
    clear = are_slips(min(point, comma), max(point, comma))
    if not clear and chosen is None:
        _ask(source, "(point and not comma) or (comma and not point)")
    if not point and not comma and (open_comma or open_point) and chosen is None:
        _ask(source, "point and comma and (comma_in or point_in)")
    if point or comma:
        decimal = ("." if point > comma else ",") if clear else str(chosen)
    else:
        decimal = chosen or "."
    grouped, shown = (open_comma, groups_comma) if decimal == "." else (open_point, groups_point)
    contrary = comma if decimal == "." else point
    trusted = bool(shown) or not (point or comma) or chosen == decimal
    if grouped and not trusted:
        if not are_slips(grouped, point + comma):
            _ask(source, f"point and comma and {'comma_in' if decimal == '.' else 'point_in'}")
        contrary += grouped
    return decimal, trusted, contrary


def _ask(source: Source, condition: str) -> None:
    table = f"{source.lookup}_parts"
    shown = cells_of(examples(source, f"core <> '' and ({condition})", table))
    raise NeedsAnswer(
        message(
            "“{heading}”: {examples} can be read with a decimal point or a decimal comma. Say which: --decimal . or --decimal ,",
            heading=source.heading.name,
            examples=shown,
        ),
        question="decimal",
        option="--decimal",
        choices=(".", ","),
    )


def _mixtures(source: Source) -> tuple[dict[str, str | None], list[Told]]:
    """The unit and the currency in which most cells are, and what is told about them."""
    found: dict[str, str | None] = {}
    told = []
    for kind in ("unit", "currency"):
        rows = source.con.execute(
            f"select {kind}, sum(n)::bigint, min(line) from {source.lookup}_parts join {source.lookup}_affix using (head, tail) "
            f"where affix_fault is null and {kind} <> '' group by {kind} order by 2 desc, 1"
        ).fetchall()
        found[kind] = rows[0][0] if rows else None
        if rows and kind == "unit":
            told.append(
                Told(
                    "unit",
                    source.column.name,
                    int(rows[0][1]),
                    (),
                    plural(
                        "“{heading}”: {n} number carries the unit “{unit}”.",
                        "“{heading}”: {n} numbers carry the unit “{unit}”.",
                        n=int(rows[0][1]),
                        heading=source.heading.name,
                        unit=str(rows[0][0]),
                    ),
                )
            )
        if rows and kind == "currency" and rows[0][0] != source.currency:
            told.append(foreign(source, str(rows[0][0]), int(rows[0][1]), ()))
        if len(rows) > 1:
            others = ", ".join(str(other) for other, _, _ in rows[1:])
            count = int(sum(n for _, n, _ in rows[1:]))
            told.append(
                Told(
                    f"{kind}_mix",
                    source.column.name,
                    count,
                    (),
                    message("“{heading}” mixes {most} with {others}; only {most} is loaded.", heading=source.heading.name, most=str(rows[0][0]), others=others),
                )
            )
    return found, told


def _contrary(source: Source, rows: int, decimal: str) -> Told:
    return Told(
        "decimal", source.column.name, rows, examples(source, "fault = 'decimal'", source.lookup),
        plural(
            "“{heading}” writes decimals after “{decimal}”; {n} cell does not and is rejected.", "“{heading}” writes decimals after “{decimal}”; {n} cells do not and are rejected.",
            n=rows, heading=source.heading.name, decimal=decimal,
        ),
    )  # fmt: skip


def _repairs(source: Source, told: list[Told]) -> dict[str, Message]:
    """Which rewritings are recorded row by row: those of a few cells. What most cells share is the column's own way of writing, and told once."""
    counts = source.con.execute(f"select repair, sum(n)::bigint from {source.lookup} where repair is not null group by repair").fetchall()
    total = source.con.execute(f"select coalesce(sum(n), 0)::bigint from {source.lookup} where value is not null").fetchall()[0][0]
    usual = [rule for rule, n in counts if 2 * n > total]
    for rule in usual:
        source.con.execute(f"update {source.lookup} set repair = null where repair = $rule", {"rule": rule})
        if rule != "unit":
            told.append(Told(rule, source.column.name, int(dict(counts)[rule]), examples(source, "value is not null", source.lookup), REPAIRS[rule]))
    return {rule: REPAIRS[rule] for rule, _ in counts if rule not in usual}
