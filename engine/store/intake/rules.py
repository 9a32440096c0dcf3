"""What rows must satisfy together: keys. Set queries, no index, so that 50 million rows stay cheap.

What breaks a key or a reference (`references`) is rejected; business oddities have a severity of their own (`oddities`).
"""

from dataclasses import replace

import duckdb

from engine.messages import message, plural
from engine.store.contracts import Contract
from engine.store.intake import account
from engine.store.intake.notation import literal
from engine.store.intake.oddities import RULES, Rule, tell_oddities
from engine.store.intake.reading import Fault, Fitted, Told

__all__ = ["RULES", "Rule", "check_keys", "tell_oddities"]

TWICE = message(
    "“{key}” stands in line {line} already, with other content ({differs}). That first row was kept, this one was not loaded: leave one of them out.",
    key="@key", line="@line", differs="@differs",
)  # fmt: skip
DIFFERS = 3  # columns in which a repeated key differs that its sentence names


EARLIER = message("The same key stands in line {line} with a later beginning; that row holds, for what lies before it too.", line="@line")


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _has_key(contract: Contract) -> str:
    """SQL: whether a row has a key. A part that may be empty is a part like others (nulls equal) where another part is required;
    a key of optional columns alone (a document and its line) is one only where it is filled."""
    if any(contract.column(name).required for name in contract.key):
        return "true"
    return " and ".join(f'"{name}" is not null' for name in contract.key)


def check_keys(con: duckdb.DuckDBPyConnection, contract: Contract, fitted: Fitted, shown_as: str) -> None:
    """Of rows with the same key the first stays: equal ones are set aside, others rejected with the line of the first.

    Rows without a key are loaded however often they stand there; exact repetitions are told. `shown_as` names the file in sentences.
    """
    if contract.key:
        if contract.newest_by:
            _keep_the_newest(con, contract, fitted, shown_as)
        _settle_repeated_keys(con, contract, fitted)
    _tell_repetitions(con, contract, fitted, shown_as)


def _keep_the_newest(con: duckdb.DuckDBPyConnection, contract: Contract, fitted: Fitted, shown_as: str) -> None:
    """Where a list keeps the history of a key (a dealer who moved to another region), each row with a beginning of its own, the one that began last
    holds; the earlier ones are set aside and told. Rows that share a beginning, or have none, are left to the rule for repeated keys."""
    name, keys, begins = fitted.name, _quoted(contract.key), f'"{contract.newest_by}"'
    shown = " || ' · ' || ".join(f'"{key}"::varchar' for key in contract.key)
    earlier = con.execute(
        f"""with ranked as (
            select _line as line, {shown} as value, {begins} as begins,
                count(*) over key as n, count(distinct {begins}) over key as beginnings, first_value(_line) over newest as newest_line
            from {name}
            window key as (partition by {keys}), newest as (partition by {keys} order by {begins} desc nulls last)
        )
        select line, value, newest_line from ranked where n > 1 and beginnings = n and line <> newest_line order by line"""
    ).fetchall()
    if not earlier:
        return
    faults = [Fault(int(line), None, str(value), "earlier_row", replace(EARLIER, values=(("line", int(newest)),))) for line, value, newest in earlier]
    account.set_aside(con, fitted, faults)
    said = plural(
        "“{file}”: {n} row is an earlier standing of a key that is listed again; the newest row holds, also for what lies before it.",
        "“{file}”: {n} rows are earlier standings of keys that are listed again; the newest row holds, also for what lies before it.",
        n=len(faults), file=shown_as,
    )  # fmt: skip
    fitted.told.append(Told("earlier_rows", contract.key[0], len(faults), tuple((int(line), str(value)) for line, value, _ in earlier[:3]), said))


def _settle_repeated_keys(con: duckdb.DuckDBPyConnection, contract: Contract, fitted: Fitted) -> None:
    name, keys, has_key = fitted.name, _quoted(contract.key), _has_key(contract)
    con.execute(f"create or replace temp table {name}_twice as select hash({keys}) as h from {name} where {has_key} group by h having count(*) > 1")
    if con.execute(f"select count(*) from {name}_twice").fetchall()[0][0]:
        names = tuple(column.name for column in contract.columns)
        everything = _quoted(names)
        con.execute(
            f"""create or replace temp table {name}_later as
            with suspects as (select * from {name} where {has_key} and hash({keys}) in (select h from {name}_twice)),
            ranked as (
                select _line as line, concat_ws(' · ', {", ".join(f'"{key}"::varchar' for key in contract.key)}) as value,
                    first_value(_line) over key as first_line, row({everything}) is not distinct from first_value(row({everything})) over key as is_same,
                    {_differing(names)} as differing
                from suspects window key as (partition by {keys} order by _line rows between unbounded preceding and unbounded following)
            )
            select * exclude (differing), array_to_string(list_filter(differing, lambda x: x is not null)[:{DIFFERS}], '; ') as differs
            from ranked where line <> first_line"""
        )
        same = con.execute(f"select line, value, first_line from {name}_later where is_same order by line").fetchall()
        if same:
            account.set_aside(
                con,
                fitted,
                [Fault(int(line), None, value, "duplicate", message("The same row stands in line {line}.", line=int(first))) for line, value, first in same],
            )
        rows = f"select line, value, first_line, differs from {name}_later where not is_same"
        said = account.said_with(TWICE, key="value", line="first_line", differs="differs")
        account.reject(con, fitted, rows, contract.key[0], "duplicate_key", said)
        con.execute(f"drop table {name}_later")
    con.execute(f"drop table {name}_twice")


def _differing(names: tuple[str, ...]) -> str:
    """SQL: a list with one text a column, `region: Urals ≠ Siberia`, null where the column is as in the first row of the key."""
    return (
        "list_value("
        + ", ".join(
            f'case when "{name}" is distinct from first_value("{name}") over key '
            f"then {literal(name)} || ': ' || coalesce(first_value(\"{name}\") over key::varchar, '–') || ' ≠ ' || coalesce(\"{name}\"::varchar, '–') end"
            for name in names
        )
        + ")"
    )


def _tell_repetitions(con: duckdb.DuckDBPyConnection, contract: Contract, fitted: Fitted, shown_as: str) -> None:
    """Exact repetitions among rows without a key: loaded, because two equal sales may both be true, and told."""
    without_key = f"not ({_has_key(contract)})" if contract.key else "true"
    if without_key == "not (true)":
        return
    name, everything = fitted.name, _quoted(tuple(column.name for column in contract.columns))
    count = con.execute(
        f"select coalesce(sum(n - 1), 0)::bigint from (select count(*) as n from {name} where {without_key} group by hash({everything}) having count(*) > 1)"
    ).fetchall()[0][0]
    if not count:
        return
    said = plural(
        "“{file}”: {n} row repeats another one exactly and has no key; it was loaded.",
        "“{file}”: {n} rows repeat others exactly and have no key; they were loaded.",
        n=int(count),
        file=shown_as,
    )
    shown = con.execute(
        f"select max(_line) as line, count(*)::varchar || ' ×' from {name} where {without_key} group by hash({everything}) "
        "having count(*) > 1 order by line limit 3"
    ).fetchall()
    fitted.told.append(Told("duplicate_rows", None, int(count), tuple((int(line), str(note)) for line, note in shown), said))
