"""How far the data can be trusted: what is loaded, how old it is, what was rejected, what the audits found."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.periods import last_day
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.store.contracts import catalogue

REQUIRED = ("products", "sales", "stock")
TABLE_COLUMNS = (
    Column("table_name", message("Table"), "text"),
    Column("file_count", message("Files"), "count"),
    Column("row_count", message("Rows"), "count"),
    Column("rejected_count", message("Rejected rows"), "count"),
    Column("told_count", message("Rows with something odd"), "count"),
    Column("first_day", message("First day"), "date"),
    Column("last_day", message("Last day"), "date"),
    Column("behind_days", message("Days behind the newest data"), "days"),
    Column("loaded_at", message("Loaded at"), "time"),
    Column("is_stale", message("Late"), "flag"),
)
REJECT_COLUMNS = (
    Column("table_name", message("Table"), "text"),
    Column("file", message("File"), "text"),
    Column("line", message("Line in the file"), "count"),
    Column("column_name", message("Column"), "text"),
    Column("value", message("Value"), "text"),
    Column("rule", message("Rule"), "text"),
    Column("reason", message("Reason"), "message"),
    Column("row_text", message("Row"), "text"),
)


def quality(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """One row a loaded table (TABLE_COLUMNS), the latest first to need attention.

    extra: `rejects` (table_name, column_name, rule, row_count, file_count, reason), `audits` (name, audit_severity, row_count, said)
    that found rows, `told` (table_name, file, rule, column_name, row_count, said), `stale` (our places counted too long ago:
    location_id, name, counted_on, behind_days), `files` (every load).
    """
    answer: Answer = _quality(warehouse, selection, scope)
    return answer


@remembered
def _quality(source: Source, selection: Selection, scope: Scope) -> Answer:
    newest = selection.as_of or last_day(source)
    told = source.read("rows_told")
    tables = _tables(source, told, newest)
    audits = source.read("rows_audits").filter(pl.col("row_count") > 0)
    rejected = source.read("rows_reject_reasons")
    missing = tuple(table for table in REQUIRED if not source.has(table))
    return Answer(
        name="quality",
        headline=_headline(int(rejected["row_count"].sum() or 0), audits.height, int(tables["is_stale"].sum() or 0)),
        frame=tables,
        columns=TABLE_COLUMNS,
        version=source.version,
        as_of=newest,
        missing=missing,
        extra={"rejects": rejected, "audits": audits, "told": told, "stale": stale_counts(source, newest), "files": _files(source)},
        scope=scope,
        selection=selection,
    )


def _files(source: Source) -> pl.DataFrame:
    """Every load; none for who sees own rows only: a file is often called after the region that it came from."""
    files = source.read("rows_sources")
    return files.clear() if source.is_bounded else files


def _headline(rejected: int, audits: int, late: int) -> Message:
    if rejected:
        return plural("{n} row could not be loaded.", "{n} rows could not be loaded.", n=rejected)
    if late:
        return plural("{n} table is behind the others.", "{n} tables are behind the others.", n=late)
    if audits:
        return plural("Every row was loaded; {n} audit found something odd.", "Every row was loaded; {n} audits found something odd.", n=audits)
    return message("Every row was loaded, and no audit found anything.")


def _tables(source: Source, told: pl.DataFrame, newest: date) -> pl.DataFrame:
    """Every loaded table; only one that is reported steadily can be behind (a price holds until the next one, a plan lies ahead)."""
    limit = int(source.settings["stale_stock_days"])
    odd = told.group_by("table_name").agg(pl.col("row_count").sum().cast(pl.Int64).alias("told_count"))
    tables = source.read("rows_tables").join(odd, on="table_name", how="left").with_columns(pl.col("told_count").fill_null(0))
    steady = [contract for contract in catalogue().values() if contract.is_steady and contract.dated_by]
    by_month = [contract.table for contract in steady if contract.column(str(contract.dated_by)).is_month]
    reaches = pl.when(pl.col("table_name").is_in(by_month)).then(pl.col("last_day").dt.month_end()).otherwise(pl.col("last_day"))
    can_be_late = pl.col("table_name").is_in([contract.table for contract in steady])
    behind = pl.when(can_be_late).then((pl.lit(newest) - reaches).dt.total_days().clip(lower_bound=0))
    dated = tables.with_columns(behind.alias("behind_days")).with_columns((pl.col("behind_days") > limit).fill_null(False).alias("is_stale"))
    return dated.select(column.name for column in TABLE_COLUMNS).sort(["is_stale", "rejected_count", "table_name"], descending=[True, True, False])


def stale_counts(source: Source, as_of: date) -> pl.DataFrame:
    """Our own places whose newest count is older than the setting allows: location_id, name, counted_on, behind_days."""
    newest = source.counts.filter(pl.col("is_own"), pl.col("counted_on") <= as_of).group_by("location_id").agg(pl.col("counted_on").max())
    aged = newest.with_columns((pl.lit(as_of) - pl.col("counted_on")).dt.total_days().alias("behind_days"))
    old = aged.filter(pl.col("behind_days") > int(source.settings["stale_stock_days"]))
    named = old.join(source.places.select("location_id", pl.col("location_name").alias("name")), on="location_id", how="left")
    return named.select("location_id", "name", "counted_on", "behind_days").sort("behind_days", "location_id", descending=[True, False])


def rejects(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """Every row that was not loaded, with file, line, column, value and reason (REJECT_COLUMNS)."""
    answer: Answer = _rejects(warehouse, selection, scope)
    return answer


@remembered
def _rejects(source: Source, selection: Selection, scope: Scope) -> Answer:
    rows = source.read("rows_rejects")
    said = plural("{n} row was not loaded.", "{n} rows were not loaded.", n=rows.height) if rows.height else message("Every row was loaded.")
    frame = rows.select(column.name for column in REJECT_COLUMNS)
    return Answer("rejects", said, frame, REJECT_COLUMNS, source.version, scope=scope, selection=selection)


def rejects_of(files: Sequence[Mapping[str, Any]]) -> Answer:
    """The rejected rows that the receipt of a load names (REJECT_COLUMNS), for a load of which nothing was built."""
    rows = [
        (file["table"], file["file"], reject["line"], reject["column"], reject["value"], reject["rule"], reject["reason"], reject.get("row"))
        for file in files
        for reject in file["rejects"]
    ]
    schema = {column.name: pl.Int64 if column.name == "line" else pl.String for column in REJECT_COLUMNS}
    n = sum(int(file["rejected"]) for file in files)
    said = plural("{n} row was not loaded.", "{n} rows were not loaded.", n=n)
    return Answer("rejects", said, pl.DataFrame(rows, schema=schema, orient="row"), REJECT_COLUMNS, version=0)


def late_tables(source: Source, tables: Sequence[str], as_of: date) -> list[tuple[str, date]]:
    """Which of the tables end long before the day, with their last day."""
    limit = int(source.settings["stale_stock_days"])
    return [(table, source.days[table][1]) for table in tables if table in source.days and (as_of - source.days[table][1]).days > limit]
