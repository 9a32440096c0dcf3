"""What rows must satisfy with the other tables: whatever they point to is there. Set queries, no index.

A file may write the names of dealers where their codes belong. Where every value of a column is the name of exactly one row there, the names
are read as its codes, row by row told as repairs; else a row with a name is rejected like any other unknown code, with the code that it means.
"""

from collections.abc import Mapping

import duckdb

from engine.messages import message, plural
from engine.store.contracts import Column, Contract
from engine.store.intake import account
from engine.store.intake.notation import literal
from engine.store.intake.reading import Fitted, Told

NEAREST_FOR = 20
UNKNOWN = message("“{value}” is unknown in {tables}.", value="@value", tables="@tables")
UNKNOWN_NEAR = message("“{value}” is unknown in {tables}; the nearest there is “{near}”.", value="@value", tables="@tables", near="@near")
A_NAME = message("“{value}” is the name of “{found}” in {tables}; the column must hold the code.", value="@value", found="@found", tables="@tables")
READ_AS_CODE = message("“{value}” is the name of “{found}” in {tables} and was read as that code.", value="@value", found="@found", tables="@tables")


def check_references(
    con: duckdb.DuckDBPyConnection, contract: Contract, fitted: Fitted, known: Mapping[str, str], names: Mapping[str, str] | None = None
) -> None:
    """Reject the rows that point to something unknown, after names that stand for codes were read as these. `known`: contract table -> relation
    in which its rows stand; a reference to tables none of which is known cannot be checked and is not held against a row. `names`: contract
    table -> its column of names."""
    for column in contract.columns:
        where = [(known[table], key, (names or {}).get(table)) for table, key in column.references if table in known]
        if where:
            _check_reference(con, fitted, column, where)


def _check_reference(con: duckdb.DuckDBPyConnection, fitted: Fitted, column: Column, where: list[tuple[str, str, str | None]]) -> None:
    name, cell = fitted.name, f'"{column.name}"'
    there = " union all ".join(f'select "{key}" as code from {relation}' for relation, key, _ in where)
    con.execute(
        f"""create or replace temp table {name}_unknown as
        select used.code, used.n, null::varchar as near, null::varchar as found
        from (select {cell} as code, count(*) as n from {name} where {cell} is not null group by {cell}) used
        anti join ({there}) there on there.code = used.code"""
    )
    count = con.execute(f"select count(*) from {name}_unknown").fetchall()[0][0]
    tables = literal(", ".join(table for table, _ in column.references))
    if count and _find_names(con, name, where) and _all_are_names(con, name, cell):
        _read_as_codes(con, fitted, column, tables)
    elif count:
        if count <= NEAREST_FOR:
            _find_nearest(con, name, where)
        said = (account.said_with(A_NAME, value="value", found="found", tables=tables), account.said_with(UNKNOWN, value="value", tables=tables))
        near = account.said_with(UNKNOWN_NEAR, value="value", tables=tables, near="near")
        reason = f"case when found is not null then {said[0]} when near is null then {said[1]} else {near} end"
        rows = f"select _line as line, {cell} as value, near, found from {name} join {name}_unknown on code = {cell}"
        account.reject(con, fitted, rows, column.name, "reference", reason)
    con.execute(f"drop table {name}_unknown")


def _named(where: list[tuple[str, str, str | None]]) -> str | None:
    """SQL: code and name of all that can be pointed to and has a name; None where nothing has."""
    parts = [f'select "{key}" as code, "{naming}" as name from {relation}' for relation, key, naming in where if naming]
    return " union all ".join(parts) or None


def _find_names(con: duckdb.DuckDBPyConnection, name: str, where: list[tuple[str, str, str | None]]) -> bool:
    """Put into `found` the code of which an unknown value is the name, where it is the name of one alone; whether there is any."""
    named = _named(where)
    if named is None:
        return False
    con.execute(
        f"""update {name}_unknown set found = of_one.code from (
            select name, min(code) as code from ({named}) where name is not null group by name having count(distinct code) = 1
        ) of_one where of_one.name = {name}_unknown.code"""
    )
    return bool(con.execute(f"select count(*) from {name}_unknown where found is not null").fetchall()[0][0])


def _all_are_names(con: duckdb.DuckDBPyConnection, name: str, cell: str) -> bool:
    """Whether the column holds names and nothing else: not one code that is known, not one value that is no name."""
    query = f"select (select count(distinct {cell}) from {name}), (select count(*) from {name}_unknown where found is not null)"
    values, names = con.execute(query).fetchall()[0]
    return bool(values == names)


def _read_as_codes(con: duckdb.DuckDBPyConnection, fitted: Fitted, column: Column, tables: str) -> None:
    """Put the codes in the place of the names; every row is a repair. Different names have different codes, so keys stay what they are."""
    name, cell = fitted.name, f'"{column.name}"'
    reason = account.said_with(READ_AS_CODE, value="code", found="found", tables=tables)
    con.execute(
        f"""insert into {name}_repairs
        select _line, {literal(column.name)}, code, 'name_as_code', {reason} from {name} join {name}_unknown on code = {cell}"""
    )
    shown = con.execute(f"select min(_line), code || ' → ' || found from {name} join {name}_unknown on code = {cell} group by code, found order by 1 limit 3")
    examples = tuple((int(line), str(read)) for line, read in shown.fetchall())
    con.execute(f"update {name} set {cell} = found from {name}_unknown where code = {cell}")
    fitted.loaded, fitted.rejected, fitted.repaired = account.take_out(con, name)
    rows = int(con.execute(f"select coalesce(sum(n), 0) from {name}_unknown").fetchall()[0][0])
    heading = next((heading for heading, mapped in fitted.mapping.items() if mapped == column.name), column.name)
    said = plural(
        "“{heading}” holds names and not codes; {n} row was read by the code of its name ({examples}).",
        "“{heading}” holds names and not codes; {n} rows were read by the codes of their names ({examples}).",
        n=rows, heading=heading, examples="; ".join(read for _, read in examples),
    )  # fmt: skip
    fitted.told.append(Told("names_as_codes", column.name, rows, examples, said))


def _find_nearest(con: duckdb.DuckDBPyConnection, name: str, where: list[tuple[str, str, str | None]]) -> None:
    """Put into `near` what is most like an unknown value: a code, or a name with its code."""
    there = " union all ".join(f'select "{key}" as code, "{key}" as text, "{key}" as shown from {relation}' for relation, key, _ in where)
    named = _named(where)
    if named is not None:
        there += f" union all select code, name as text, name || ' = ' || code as shown from ({named})"
    con.execute(
        f"""update {name}_unknown set near = best.near from (
            select u.code, arg_max(
                t.shown, jaro_winkler_similarity(lower(u.code), lower(t.text)) + (ltrim(u.code, '0') = ltrim(t.text, '0'))::integer
            ) as near
            from {name}_unknown u, (select distinct text, shown from ({there}) where code is not null and text is not null) t group by u.code
        ) best where best.code = {name}_unknown.code"""
    )
