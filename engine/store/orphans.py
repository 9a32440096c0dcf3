"""Rows of earlier files that point to nothing, once a table that they point to is loaded: rejected as if it had been loaded first.

Earlier sources are read again where that is possible (build.prepare). What is left are sources of which rows were replaced since, and rows
that pointed to a row which itself is rejected now. Their rows are in the input tables, typed, so they are moved to the rejects from there.
"""

import graphlib
import json
from collections.abc import Mapping
from typing import Any

import duckdb

from engine.messages import plural
from engine.store import merging
from engine.store.audits import EACH_ITS_OWN, modulo
from engine.store.contracts import Column, Contract
from engine.store.intake import account
from engine.store.intake.notation import literal
from engine.store.intake.reading import Told
from engine.store.intake.references import UNKNOWN

Rejected = dict[int, int]
"""source_id -> rows of it that were rejected."""


def filled(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> set[str]:
    """The input tables that hold rows."""
    each = " union all ".join(f'(select {literal(table)} from main."{table}" limit 1)' for table in contracts)
    return {table for (table,) in con.execute(each).fetchall()}


def reject_orphans(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract], changed: set[str], earlier: list[int]) -> Rejected:
    """Reject the rows of earlier sources that point to nothing. changed: tables that were filled just now, or that lost rows; earlier: sources
    that were not read in this build. Where a table loses rows here, whatever points to it is looked at too."""
    needs = {name: {table for column in contract.columns for table, _ in column.references if table != name} for name, contract in contracts.items()}
    there, shrunk, rejected = filled(con, contracts), set[str](), Rejected()
    for table in graphlib.TopologicalSorter(needs).static_order():
        for column in contracts[table].columns if table in there else ():
            pointed = {name for name, _ in column.references}
            if pointed & (changed | shrunk) and pointed & there:
                found = _reject(con, contracts[table], column, there, None if pointed & shrunk else earlier)
                for source, rows in found.items():
                    rejected[source] = rejected.get(source, 0) + rows
                if found:
                    shrunk.add(table)
    return rejected


def _reject(con: duckdb.DuckDBPyConnection, contract: Contract, column: Column, there: set[str], sources: list[int] | None) -> Rejected:
    """The rows of one column that point to nothing, moved to the rejects; rows by source."""
    table, cell = contract.table, f'"{column.name}"'
    known = " union all ".join(f'select "{key}" as code from main."{name}"' for name, key in column.references if name in there)
    con.execute(
        f"""create or replace temp table orphan_rows as
        select old._source, old._line, old.{cell} as value from main."{table}" old
        anti join ({known}) known on known.code = old.{cell}
        where old.{cell} is not null and ($sources::integer[] is null or list_contains($sources::integer[], old._source))""",
        {"sources": sources},
    )
    counts = {int(source): int(rows) for source, rows in con.execute("select _source, count(*) from orphan_rows group by _source").fetchall()}
    tables = literal(", ".join(name for name, _ in column.references))
    for source, rows in counts.items():
        _move(con, contract, column.name, source, account.said_with(UNKNOWN, value="orphan.value", tables=tables))
        con.execute("update loads.sources set loaded = loaded - $rows, rejected = rejected + $rows where source_id = $source", {"rows": rows, "source": source})
    if counts:
        con.execute(f'delete from main."{table}" old using orphan_rows o where old._source = o._source and old._line = o._line')
    con.execute("drop table orphan_rows")
    return counts


def _move(con: duckdb.DuckDBPyConnection, contract: Contract, column: str, source: int, reason: str) -> None:
    """Records of the rejected rows of one source. Their repairs go with them, as they do when a file is read."""
    cells = ", ".join(f'old."{each.name}"::varchar' for each in contract.columns)
    file, dialect = con.execute("select file, dialect from loads.sources where source_id = $source", {"source": source}).fetchall()[0]
    lines = modulo(dialect)
    con.execute(
        f"""insert into loads.rejects
        select $source, {literal(contract.table)}, $file, orphan._line % {lines}, {literal(column)}, orphan.value, 'reference', 'reject', {reason},
            concat_ws(' | ', {cells})
        from orphan_rows orphan join main."{contract.table}" old on old._source = orphan._source and old._line = orphan._line
        where orphan._source = $source""",
        {"source": source, "file": file},
    )
    if lines == EACH_ITS_OWN:  # else rows that are kept share the line
        con.execute(
            "delete from loads.repairs where source_id = $source and line in (select _line from orphan_rows where _source = $source)", {"source": source}
        )
        con.execute(
            "update loads.sources set repaired = (select count(distinct line) from loads.repairs where source_id = $source) where source_id = $source",
            {"source": source},
        )


def outcome_of(con: duckdb.DuckDBPyConnection, blank: dict[str, Any], source: int, rows: int) -> dict[str, Any]:
    """What the receipt says of an earlier file that lost rows here. blank: the fields that every outcome has."""
    names = ("file", "table_name", "sha256", "sheet", "read", "loaded", "repaired", "rejected", "set_aside", "in_version", "adapter", "mapping", "dialect")
    found = con.execute(f"select {', '.join(names)} from loads.sources where source_id = $source", {"source": source}).fetchall()[0]
    kept = dict(zip(names, found, strict=True))
    outcome = blank | {name: kept[name] for name in names if name in blank or name in ("sha256", "sheet", "adapter")}
    outcome |= {"table": kept["table_name"], "status": "loaded", "again": True, "source_id": source, "version": kept["in_version"]}
    outcome |= {name: json.loads(kept[name]) for name in ("mapping", "dialect")}
    outcome |= {"rejects": merging.first_rejects(con, source), "reject_reasons": merging.reject_reasons(con, source)}
    tell_of_rejected(con, outcome, rows)
    return outcome


def tell_of_rejected(con: duckdb.DuckDBPyConnection, outcome: dict[str, Any], more: int) -> None:
    """Tell beside an earlier file how many of its rows are rejected now (more > 0), or count again (more < 0)."""
    if more > 0:
        said = plural(
            "What this earlier file points to is loaded now: {n} row more is rejected, because its code is unknown there.",
            "What this earlier file points to is loaded now: {n} rows more are rejected, because their codes are unknown there.",
            n=more,
        )
    elif more < 0:
        said = plural(
            "What this earlier file points to is loaded now: {n} row that was rejected counts again.",
            "What this earlier file points to is loaded now: {n} rows that were rejected count again.",
            n=-more,
        )
    else:
        return
    merging.tell(con, outcome["source_id"], outcome, Told("references_again", None, abs(more), (), said))
