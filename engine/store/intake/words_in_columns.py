"""Codes, names, fixed words and yes or no: text that stays text.

A code is never a number: `00123`, `1E5` and eighteen digits survive. What nobody sees is taken away and recorded; look-alikes
of two alphabets are told, never changed.
"""

import duckdb

from engine.messages import Message, message, plural
from engine.store.contracts import Column
from engine.store.intake.columns import Reading, Source
from engine.store.intake.notation import BLANKS, INVISIBLE, NARROW, NOTHING, WIDE, folded, literal, narrowed
from engine.store.intake.reading import Told
from engine.store.words import NO, YES

CYRILLIC, LATIN = "АВЕКМНОРСТУХІЅЈаеорсухіѕј", "ABEKMHOPCTYXISJaeopcyxisj"
REPAIRED = {
    "invisible": message("Marks that nobody sees (zero width, direction, no-break space) were taken away."),
    "full_width": message("Full-width letters and digits were replaced by plain ones."),
    "composed": message("Letters put together from two marks were replaced by the single letter."),
    "float": message("A code that a spreadsheet had turned into a number lost its “.0”."),
}
# outer blanks, marks that nobody sees or that are blanks of another kind, and whatever a composed form may replace
_NEEDS_CARE = (
    f"^ | $|[{INVISIBLE}{BLANKS[2:]}\\t\\r\\n\\pM\\x{{1100}}-\\x{{11ff}}\\x{{2126}}\\x{{212a}}\\x{{212b}}\\x{{f900}}-\\x{{faff}}\\x{{2f800}}-\\x{{2fa1f}}]"
)
FEW = 20_000  # up to so many distinct codes it is cheaper to look at each once


def plain_reading(source: Source) -> Reading:
    """Text as it stands, empty cells as nothing; `mend` looks at it again once it is in its table."""
    if source.type in ("DOUBLE", "FLOAT"):
        cell = f"r.{source.cell}"
        text = f"case when {cell} = trunc({cell}) and abs({cell}) < 9e15 then ({cell}::bigint)::varchar else {cell}::varchar end"
        return Reading(
            source,
            text,
            message("Text."),
            told=[
                Told(
                    "float_code",
                    source.column.name,
                    0,
                    (),
                    message("“{heading}” holds numbers where codes are expected; leading zeros may be lost.", heading=source.heading.name),
                )
            ],
        )
    cell = f"r.{source.cell}" if source.type == "VARCHAR" else f"cast(r.{source.cell} as varchar)"
    return Reading(source, f"nullif({cell}, '')", message("Codes, kept as text.") if source.column.is_code else message("Text."))


def words_reading(source: Source) -> Reading:
    """Fixed words in any of their languages. Rule `allowed` where a cell is none of them."""
    column = source.column
    if column.type == "BOOLEAN":
        pairs = [(word, "true") for word in YES] + [(word, "false") for word in NO]
        reason = message("Yes or no is expected here.")
    else:
        pairs = [(word, value) for value, words in column.values.items() for word in (value, value.replace("_", " "), *words)]
        reason = message("Expected is one of: {values}.", values=", ".join(column.values))
    known = {folded(word): value for word, value in pairs}
    con, work = source.con, source.lookup
    con.execute(
        f"create or replace temp table {work}_words as select unnest($words) as word, unnest($meant) as meant",
        {"words": list(known), "meant": list(known.values())},
    )
    nothing = ", ".join(literal(mark) for mark in NOTHING)
    con.execute(
        f"""create or replace temp table {work} as
        with seen as (select {source.text} as v, count(*) as n, min(_line) as line from {source.table} where {source.text} is not null group by all),
        plain as (select *, {narrowed("v")} as t from seen),
        judged as (
            select *, t in ({nothing}) as is_nothing
            from plain left join {work}_words on word = replace(regexp_replace(lower(t), '[\\s.]', '', 'g'), 'ё', 'е')
        )
        select v, line, n, case when not is_nothing then meant end as value,
            case when not is_nothing and meant is null then 'allowed' end as fault, null::varchar as repair
        from judged"""
    )
    con.execute(f"drop table {work}_words")
    return Reading(source, f"{work}.value::{column.type}", message("Fixed words."), lookup=work, faults={"allowed": reason})


def mended(column: Column, cell: str) -> str:
    """SQL: a text without what nobody sees; a code also in plain width, and `-` as nothing."""
    text = f"regexp_replace(regexp_replace({cell}, '[{INVISIBLE}]', '', 'g'), '[{BLANKS[2:]}\\t\\r\\n]+', ' ', 'g')"
    text = f"trim(nfc_normalize({f'translate({text}, {literal(WIDE)}, {literal(NARROW)})' if column.is_code else text}))"
    return f"nullif(nullif(nullif({text}, '-'), '--'), '')" if column.is_code else f"nullif({text}, '')"


def mend(con: duckdb.DuckDBPyConnection, name: str, columns: list[tuple[Column, str]]) -> list[Told]:
    """Look through the text columns of a fitted table, mend what needs it, record repairs in `<name>_repairs`, tell the rest.

    columns: (column, heading as it stands).
    """
    if not columns:
        return []
    unusual = ", ".join(f"count(*) filter ({_unusual(column)})" for column, _ in columns)
    counts = con.execute(f"select {unusual} from {name}").fetchall()[0]
    told: list[Told] = []
    for (column, heading), count in zip(columns, counts, strict=True):
        if count:
            told += _look_closer(con, name, column, heading)
    return told


def _unusual(column: Column) -> str:
    """SQL condition, as cheap as can be: a text with anything but plain ASCII marks; a code that is a hyphen or ends like a number."""
    return f"regexp_matches(\"{column.name}\", '[^!-~]{'|^--?$|[0-9][.]0$' if column.is_code else ''}')"


def _look_closer(con: duckdb.DuckDBPyConnection, name: str, column: Column, heading: str) -> list[Told]:
    """What is really to be done about a column with unusual texts: often nothing, they are only Chinese or Russian."""
    cell = f'"{column.name}"'
    wide = f" or regexp_matches({cell}, '^--?$|[！-～]')" if column.is_code else ""
    needs = f"(regexp_matches({cell}, '{_NEEDS_CARE}'){wide})"
    conditions = [needs]
    if column.is_code:
        conditions += [f"regexp_matches({cell}, '\\p{{Cyrillic}}')", f"regexp_matches({cell}, '[A-Za-z]')", f"regexp_full_match({cell}, '[0-9]+[.]0')"]
    few = con.execute(f"select approx_count_distinct({cell}) from {name}").fetchall()[0][0] <= FEW
    looked_at = f"(select distinct {cell} from {name})" if few else name
    counts = con.execute(f"select {', '.join(f'count(*) filter ({condition})' for condition in conditions)} from {looked_at}").fetchall()[0]
    told = _mend_column(con, name, column, heading, needs) if counts[0] else []
    if column.is_code and counts[1] and counts[2]:
        told += look_alikes(con, name, column, heading)
    if column.is_code and counts[3]:
        told += _floats(con, name, column, heading)
    return told


def _mend_column(con: duckdb.DuckDBPyConnection, name: str, column: Column, heading: str, needs: str) -> list[Told]:
    cell = f'"{column.name}"'
    con.execute(f"create or replace temp table {name}_mended as select _line as line, {cell} as was, {mended(column, cell)} as value from {name} where {needs}")
    unseen = f"regexp_matches(was, '[{INVISIBLE}{BLANKS[2:]}\\t\\r\\n]')"
    rule = f"case when {unseen} then 'invisible' when nfc_normalize(was) <> was then 'composed' else 'full_width' end"
    whys = " ".join(f"when '{each}' then {literal(why.to_json())}" for each, why in REPAIRED.items())
    con.execute(
        f"""insert into {name}_repairs select line, {literal(column.name)}, was, rule, case rule {whys} end
        from (select *, {rule} as rule from {name}_mended where value is not null and value <> trim(was, ' \t\r\n'))"""
    )
    con.execute(f"update {name} set {cell} = m.value from {name}_mended m where {name}._line = m.line")
    trimmed = con.execute(f"select count(*) from {name}_mended where value is not null and value = trim(was, ' \t\r\n') and was <> value").fetchall()[0][0]
    con.execute(f"drop table {name}_mended")
    if not trimmed:
        return []
    said = plural(
        "“{heading}”: blanks around {n} value were taken away.", "“{heading}”: blanks around {n} values were taken away.", n=trimmed, heading=heading
    )  # fmt: skip
    return [Told("trimmed", column.name, trimmed, (), said)]


def look_alikes(con: duckdb.DuckDBPyConnection, name: str, column: Column, heading: str) -> list[Told]:
    """Codes that mix Cyrillic and Latin letters, and pairs of codes that only an alphabet tells apart: reported, not changed."""
    rows = con.execute(
        f"""with every as (select "{column.name}" as code, count(*) as n, min(_line) as line from {name} group by 1),
        codes as (select * from every where regexp_matches(code, '\\p{{Cyrillic}}')),
        latin as (select code from every where regexp_matches(code, '[A-Za-z]') and not regexp_matches(code, '\\p{{Cyrillic}}')),
        alike as (select *, translate(code, '{CYRILLIC}', '{LATIN}') as skeleton from codes)
        select alike.code, alike.n, alike.line, latin.code from alike left join latin on latin.code = alike.skeleton
        where latin.code is not null or regexp_matches(alike.code, '[A-Za-z]') order by alike.line"""
    ).fetchall()
    if not rows:
        return []
    shown = tuple((int(line), f"{code} ≠ {twin}" if twin else str(code)) for code, _, line, twin in rows[:3])
    said: Message = plural(
        "“{heading}”: {n} code mixes Cyrillic and Latin letters that look alike: {examples}.",
        "“{heading}”: {n} codes mix Cyrillic and Latin letters that look alike: {examples}.",
        n=len(rows), heading=heading, examples=", ".join(value for _, value in shown),
    )  # fmt: skip
    return [Told("look_alike", column.name, int(sum(n for _, n, _, _ in rows)), shown, said)]


def _floats(con: duckdb.DuckDBPyConnection, name: str, column: Column, heading: str) -> list[Told]:
    """`123.0` in a column of codes: a spreadsheet took codes for numbers. All of them: the `.0` goes; some: only told."""
    cell = f'"{column.name}"'
    count, total = con.execute(f"select count(*) filter (regexp_full_match({cell}, '[0-9]+[.]0')), count({cell}) from {name}").fetchall()[0]
    if not count:
        return []
    shown = tuple(
        (int(line), str(code))
        for line, code in con.execute(f"select _line, {cell} from {name} where regexp_full_match({cell}, '[0-9]+[.]0') order by _line limit 3").fetchall()
    )
    if count < total:
        said = plural(
            "“{heading}”: {n} code ends with “.0”, as numbers of a spreadsheet do.",
            "“{heading}”: {n} codes end with “.0”, as numbers of a spreadsheet do.",
            n=count,
            heading=heading,
        )
        return [Told("float_code", column.name, count, shown, said)]
    con.execute(
        f"insert into {name}_repairs select _line, {literal(column.name)}, {cell}, 'float', {literal(REPAIRED['float'].to_json())} "
        f"from {name} where {cell} is not null"
    )
    con.execute(f"update {name} set {cell} = {cell}[:-3] where {cell} is not null")
    said = plural(
        "“{heading}”: {n} code lost the “.0” that a spreadsheet had put there; leading zeros may be lost.",
        "“{heading}”: {n} codes lost the “.0” that a spreadsheet had put there; leading zeros may be lost.",
        n=count,
        heading=heading,
    )
    return [Told("float_code", column.name, count, shown, said)]
