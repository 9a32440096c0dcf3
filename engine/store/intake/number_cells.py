"""One cell of numbers taken apart: what stands before the digits, the digits and their marks, what stands behind.

Works on the distinct cells of a column, in SQL; only the distinct surroundings of the digits (a handful) become Python objects.
"""

import re
from dataclasses import astuple, dataclass

from engine.store.intake.columns import Source
from engine.store.intake.measured_headings import NUMBERS
from engine.store.intake.notation import INVISIBLE, NOTHING, Measure, literal, measured, narrowed

_GROUPED = "[1-9][0-9]{{0,2}}((''[0-9]{{3}})+|( [0-9]{{3}})+|({0}[0-9]{{3}})+)"
_POINT, _COMMA = (_GROUPED.format(mark).replace("{", "{{").replace("}", "}}") for mark in (",", "[.]"))
# the patterns must be constants: one that is computed for each row is compiled for each row
_PARTS = f"""
create or replace temp table {{work}}_parts as
with seen as (select {{cell}} as v, count(*) as n, min(_line) as line from {{table}} where {{cell}} is not null{{rest}} group by {{cell}}),
clean as (select *, {{plain}} as t from seen),
cut as (
    select *, regexp_extract(
        t, '^([^0-9]*?)([.,]?[0-9](?:[0-9 .,'']*[0-9])?)([eE][+-]?[0-9]{{{{1,3}}}})?([^0-9]*)$', ['head', 'core', 'exponent', 'tail']
    ) as part
    from clean
)
select v, n, line, t, t in ({{nothing}}) as is_nothing, part.head as head, part.core as core, part.exponent as exponent, part.tail as tail,
    contains(part.core, ',') as comma_in, contains(part.core, '.') as point_in,
    case when part.exponent = '' then regexp_full_match(part.core, '([0-9]*|{_POINT})([.][0-9]+)?')
        else regexp_full_match(part.core, '[0-9]+([.][0-9]+)?') end as point,
    case when part.exponent = '' then regexp_full_match(part.core, '([0-9]*|{_COMMA})(,[0-9]+)?')
        else regexp_full_match(part.core, '[0-9]+(,[0-9]+)?') end as comma
from cut
"""
_EVIDENCE = """
select
    coalesce(sum(n) filter (point and not comma), 0)::bigint, coalesce(sum(n) filter (comma and not point), 0)::bigint,
    coalesce(sum(n) filter (point and comma and comma_in), 0)::bigint, coalesce(sum(n) filter (point and comma and point_in), 0)::bigint,
    coalesce(sum(n) filter (point and not comma and comma_in), 0)::bigint, coalesce(sum(n) filter (comma and not point and point_in), 0)::bigint,
    coalesce(sum(n), 0)::bigint
from {work}_parts join {work}_affix using (head, tail) where affix_fault is null and core <> ''
"""
_COVERED = """
with cells as (
    select contains(cell, ',') as comma_in, contains(cell, '.') as point_in, regexp_full_match(cell, '-?[1-9][0-9]{{0,2}}[.,][0-9]{{3}}') as is_open
    from (select {cell} as cell from {table} where regexp_full_match({cell}, {pattern}))
)
select
    {of_point} * count(*) filter (not is_open and (comma_in or point_in)), (1 - {of_point}) * count(*) filter (not is_open and (comma_in or point_in)),
    count(*) filter (is_open and comma_in), count(*) filter (is_open and point_in),
    {of_point} * count(*) filter (not is_open and comma_in), (1 - {of_point}) * count(*) filter (not is_open and point_in), count(*)
from cells
"""
_VALUES = """
create or replace temp table {work} as
with joined as (select p.*, a.* exclude (head, tail) from {work}_parts p left join {work}_affix a using (head, tail)),
valued as (
    select *, {fits} and not (point and comma and {other_in} and not {trusted}) as fits,
        sign * try_cast(
            replace(regexp_replace(core, {strip}, '', 'g'), ',', '.') || 'e' || (coalesce(try_cast(substr(exponent, 2) as integer), 0) + power) as double
        ) as value
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
        when regexp_matches(v, '[０-９．，％－]|[{unseen}]') then 'full_width'
    end as repair
from judged
"""
_GROUP = """
select coalesce(max(case when contains(core, ' ') then ' ' when contains(core, '''') then '''' when contains(core, {other}) then {other} end), '')
from {work}_parts join {work}_affix using (head, tail) where {fits} and affix_fault is null and core <> ''
"""


@dataclass(frozen=True)
class Evidence:
    """How many cells speak for which decimal mark.

    point, comma: cells that only one reading fits. open_*: cells that fit both (`1,234`, `1.234`). groups_*: of `point` and `comma`
    those that show the other mark as the mark of thousands. cells: all that are numbers.
    """

    point: int = 0
    comma: int = 0
    open_comma: int = 0
    open_point: int = 0
    groups_comma: int = 0
    groups_point: int = 0
    cells: int = 0

    def __add__(self, other: "Evidence") -> "Evidence":
        return Evidence(*(mine + yours for mine, yours in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Affix:
    """What stands before and behind the digits of a cell."""

    fault: str | None
    sign: int
    power: int
    measure: Measure


WRONG = Affix("type", 1, 0, Measure())


def scale(source: Source) -> int:
    """The power of ten by which the heading multiplies bare numbers: `万元` 4, `%` over a share -2."""
    measure = source.heading.measure
    return measure.power - (2 if measure.percent and source.column.unit == "share" else 0)


def affix(head: str, tail: str, source: Source) -> Affix:
    """Read what stands around the digits: at most one sign, brackets in pairs, a currency, a multiplier, a unit, a percentage."""
    head, tail = head.replace(" ", ""), tail.strip()
    brackets = head.count("("), tail.count(")")
    minus = head.count("-") + tail.endswith("-")
    if brackets not in ((0, 0), (1, 1)) or minus + brackets[0] + head.count("+") > 1 or re.search(r"(^|[^\w])[.,]", head) or tail.startswith((".", ",")):
        return WRONG
    before, behind = measured(re.sub(r"[-+(]", "", head)), measured(re.sub(r"-$", "", tail.replace(")", "")))
    if before is None or behind is None or before.power or before.percent or before.unit or (before.currency and behind.currency):
        return WRONG
    measure = Measure(behind.power, behind.percent, before.currency or behind.currency, behind.unit)
    fault = _unfit(measure, source)
    power = -2 if measure.percent else measure.power or scale(source)
    return Affix(fault, -1 if minus or brackets[0] else 1, power, measure)


def _unfit(measure: Measure, source: Source) -> str | None:
    """The fault of marks that do not belong in the column: pieces in money, money in pieces, a second multiplier."""
    unit, heading = source.column.unit, source.heading.measure
    if measure.percent:
        return None if unit == "share" else "percent"
    money = unit.startswith("money")
    if (measure.currency and not money) or (measure.unit and (unit in ("money", "share") or unit not in NUMBERS)):
        return "type"
    return "type" if measure.power and heading.power and measure.power != heading.power else None


def take_apart(source: Source, covered: str | None) -> Evidence:
    """Make `<lookup>_parts` and `<lookup>_affix` of the distinct cells, and weigh them.

    covered: a pattern whose cells are read elsewhere (they are weighed here, but not taken apart); None = all are taken apart.
    """
    con, work = source.con, source.lookup
    rest = f" and not regexp_full_match({source.text}, {literal(covered)})" if covered else ""
    nothing = ", ".join(map(literal, NOTHING))
    con.execute(_PARTS.format(work=work, cell=source.text, plain=narrowed("v"), table=source.table, nothing=nothing, rest=rest))
    rows = con.execute(
        f"select head, tail from {work}_parts where core <> '' and not is_nothing group by head, tail order by sum(n) desc, head, tail limit 2000"
    ).fetchall()
    read = [affix(head, tail, source) for head, tail in rows]
    con.execute(
        f"create or replace temp table {work}_affix as select unnest($head) as head, unnest($tail) as tail, unnest($fault::varchar[]) as affix_fault, "
        "unnest($sign) as sign, unnest($power) as power, unnest($currency) as currency, unnest($unit) as unit",
        {
            "head": [head for head, _ in rows], "tail": [tail for _, tail in rows], "fault": [each.fault for each in read],
            "sign": [each.sign for each in read], "power": [each.power for each in read],
            "currency": [each.measure.currency or "" for each in read], "unit": [each.measure.unit or "" for each in read],
        },
    )  # fmt: skip
    return weigh(source)


def weigh(source: Source) -> Evidence:
    """The evidence of the cells that were taken apart and bear nothing that makes them wrong."""
    return Evidence(*(int(n) for n in source.con.execute(_EVIDENCE.format(work=source.lookup)).fetchall()[0]))


def leave_out_currencies(source: Source, currency: str) -> None:
    """From now on the cells that show another currency count as wrong, and have no say in how the others are written."""
    source.con.execute(
        f"update {source.lookup}_affix set affix_fault = 'currency_mix' where affix_fault is null and currency <> '' and currency <> $currency",
        {"currency": currency},
    )


def weigh_covered(source: Source, pattern: str, decimal: str) -> Evidence:
    """The evidence of the cells that a pattern with this decimal mark covers."""
    sql = _COVERED.format(cell=source.text, table=source.table, pattern=literal(pattern), of_point=int(decimal != ","))
    return Evidence(*(int(n) for n in source.con.execute(sql).fetchall()[0]))


def read_values(source: Source, decimal: str, trusted: bool, unit: str) -> str:
    """Make the lookup from the parts, by the decided marks; the mark of thousands that occurs ("" = none)."""
    work, other = source.lookup, "," if decimal == "." else "."
    fits = "point" if decimal == "." else "comma"
    whole = "value <> floor(value) or abs(value) > 2147483647" if source.column.type in ("INTEGER", "BIGINT") else "false"
    source.con.execute(
        _VALUES.format(
            work=work, fits=fits, other_in="comma_in" if decimal == "." else "point_in", trusted=str(trusted).lower(), strip=literal(f"[ '{other}]"),
            unit=literal(unit), whole=whole, unseen=INVISIBLE,
        )
    )  # fmt: skip
    group = str(source.con.execute(_GROUP.format(work=work, fits=fits, other=literal(other))).fetchall()[0][0])
    for name in (f"{work}_parts", f"{work}_affix"):
        source.con.execute(f"drop table {name}")
    return group
