"""What a confirmed replacement does: of each earlier file the rows that go, what they came to, and what the rows in their place come to."""

from typing import Any

import duckdb

from engine.messages import Message, message, plural
from engine.store.contracts import Contract
from engine.store.intake.reading import Fitted, Told
from engine.store.merging import equalities

WATCHED = ("qty", "money", "count")
Sums = dict[str, float | None]


def by_file(con: duckdb.DuckDBPyConnection, contract: Contract, fitted: Fitted) -> list[dict[str, Any]]:
    """One record a file of which rows are replaced, the newest first: file, rows, left_out, before, after (column -> sum). To be asked after
    `merging.mark_replaced` and before its rows are removed. after: the rows of the new file that are about the same things; what it brings
    beside them is not in it, and a row that replaces several is counted once, under the newest file."""
    columns = [column.name for column in contract.columns if column.type == "DOUBLE" and column.unit in WATCHED]
    files = con.execute(
        """select s.file, max(s.source_id), count(*), count(*) filter (where r.is_left_out)
        from replaced_rows r join loads.sources s on s.source_id = r._source group by s.file order by 2 desc"""
    ).fetchall()
    con.execute("create or replace temp table taken_rows (_line bigint)")
    found = []
    for file, _, rows, left_out in files:
        old = f"""select old.* from main."{contract.table}" old join replaced_rows r on old._source = r._source and old._line = r._line
            join loads.sources s on s.source_id = old._source where s.file = $file"""
        before = _sums(con, columns, old, {"file": file})
        con.execute("create or replace temp table next_rows (_line bigint)")
        for condition in equalities(contract):
            con.execute(f"insert into next_rows select new._line from {fitted.name} new semi join ({old}) old on {condition}", {"file": file})
        fresh = f"select new.* from {fitted.name} new semi join next_rows n on n._line = new._line anti join taken_rows t on t._line = new._line"
        after = _sums(con, columns, fresh, {})
        con.execute("insert into taken_rows select distinct _line from next_rows")
        found.append({"file": file, "rows": int(rows), "left_out": int(left_out), "before": before, "after": after})
    for table in ("taken_rows", "next_rows"):
        con.execute(f"drop table if exists {table}")
    return found


def _sums(con: duckdb.DuckDBPyConnection, columns: list[str], rows: str, values: dict[str, Any]) -> Sums:
    if not columns:
        return {}
    parts = ", ".join(f'sum("{column}")' for column in columns)
    row = con.execute(f"select {parts} from ({rows})", values).fetchall()[0]
    return {column: None if value is None else round(float(value), 4) for column, value in zip(columns, row, strict=True)}


def told(found: list[dict[str, Any]]) -> list[Told]:
    """One sentence a file; it tells what happened and is no oddity, so it counts no rows."""
    return [Told("replaced", None, 0, (), _said(one)) for one in found]


def _said(one: dict[str, Any]) -> Message:
    changes = _changes(one["before"], one["after"])
    if not one["left_out"]:
        return plural(
            "{n} row of “{file}” was replaced: {changes}.",
            "{n} rows of “{file}” were replaced: {changes}.",
            n=one["rows"], file=one["file"], changes=changes,
        )  # fmt: skip
    return plural(
        "{n} row of “{file}” was replaced, {left_out_n} of it without a successor here: {changes}.",
        "{n} rows of “{file}” were replaced, {left_out_n} of them without a successor here: {changes}.",
        n=one["rows"], file=one["file"], left_out_n=one["left_out"], changes=changes,
    )  # fmt: skip


def _changes(before: Sums, after: Sums) -> Message:
    """What the rows came to and come to: net sales and quantity of sales, elsewhere the columns that can be added up."""
    if "net_value" in before and "qty" in before:
        return message(
            "net sales {before_value} → {after_value}, quantity {before_qty} → {after_qty}",
            before_value=before["net_value"] or 0.0, after_value=after["net_value"] or 0.0,
            before_qty=before["qty"] or 0.0, after_qty=after["qty"] or 0.0,
        )  # fmt: skip
    known = [column for column in before if before[column] is not None or after[column] is not None]
    if not known:
        return message("nothing in them can be added up")
    columns = "; ".join(f"{column} {before[column] or 0.0:g} → {after[column] or 0.0:g}" for column in known)
    return message("sums {columns}", columns=columns)
