"""The account of a fitted table: read = loaded + rejected + set aside, after every step that takes rows out."""

import duckdb

from engine.messages import Message
from engine.store.intake.notation import literal
from engine.store.intake.reading import Fault, Fitted


def take_out(con: duckdb.DuckDBPyConnection, name: str) -> tuple[int, int, int]:
    """Remove the rejected rows from the table and their repairs from the list; (loaded, rejected, repaired) rows."""
    if con.execute(f"select count(*) from (select 1 from {name}_rejects limit 1)").fetchall()[0][0]:
        con.execute(f"delete from {name} where _line in (select line from {name}_rejects)")
        con.execute(f"delete from {name}_repairs where line in (select line from {name}_rejects)")
    counts = con.execute(
        f"select (select count(*) from {name}), (select count(distinct line) from {name}_rejects), (select count(distinct line) from {name}_repairs)"
    ).fetchall()[0]
    return int(counts[0]), int(counts[1]), int(counts[2])


def reject(con: duckdb.DuckDBPyConnection, fitted: Fitted, rows: str, column: str | None, rule: str, reason: str) -> int:
    """Move the rows of an SQL select (`line`, `value`, and what `reason` speaks of) to the rejects; how many there were.

    reason: SQL that gives the sentence as JSON.
    """
    name = fitted.name
    before = fitted.rejected
    con.execute(f"insert into {name}_rejects select line, {literal(column) if column else 'null'}, value, {literal(rule)}, {reason} from ({rows})")
    fitted.loaded, fitted.rejected, fitted.repaired = take_out(con, name)
    return fitted.rejected - before


def set_aside(con: duckdb.DuckDBPyConnection, fitted: Fitted, faults: list[Fault]) -> None:
    """Take rows out of the table that are no loss: their line and reason are kept."""
    con.execute(f"delete from {fitted.name} where _line in (select unnest($lines::bigint[]))", {"lines": [fault.line for fault in faults]})
    con.execute(f"delete from {fitted.name}_repairs where line in (select unnest($lines::bigint[]))", {"lines": [fault.line for fault in faults]})
    fitted.set_aside.extend(faults)
    fitted.loaded, fitted.rejected, fitted.repaired = take_out(con, fitted.name)


def said_with(said: Message, **places: str) -> str:
    """SQL that writes a sentence as JSON with places filled from SQL expressions.

    said must hold each place once with the value `"@place"`; text expressions come out quoted as JSON.
    """
    sql = literal(said.to_json())
    for place, expression in places.items():
        sql = f"replace({sql}, {literal(chr(34) + '@' + place + chr(34))}, to_json({expression})::varchar)"
    return sql
