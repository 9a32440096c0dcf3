"""Fitted rows into the input tables: what an earlier file brought about the same things is replaced, never doubled.

Which earlier rows a file replaces (contract word `same`, setting `correction_share`):

    the same key               always: a row is there once
    no key, the same things    a row without a key counts as the same when the columns of `same` agree
    same file, same period     where the new file brings at least `correction_share` of what an earlier file brought in the new
                               file's period, it is that file's correction: what it leaves out goes as well. A few corrected
                               rows of a month therefore never wipe out the rest of the month.
"""

import json
from dataclasses import dataclass
from typing import Any

import duckdb

from engine.messages import Message, plural
from engine.store.contracts import Contract
from engine.store.intake.reading import Fitted, Told

SHOWN_REJECTS = 10  # rejects of a file that its receipt shows; all of them stand in `loads.rejects`


@dataclass(frozen=True)
class Overlap:
    """What a file would replace. by_file: earlier file -> rows; rows: all of them; left_out: those of them whose key is not in the new file."""

    by_file: dict[str, int]
    rows: int
    left_out: int

    def said(self) -> Message:
        files = ", ".join(self.by_file)
        return plural(
            "It covers {n} row that {files} brought, and would replace it.",
            "It covers {n} rows that {files} brought, and would replace them.",
            n=self.rows,
            files=files,
        )


def mark_replaced(con: duckdb.DuckDBPyConnection, contract: Contract, fitted: Fitted, correction_share: float) -> Overlap | None:
    """Find the rows of the input table that `fitted` replaces; they stand in table `replaced_rows` (_source, _line) afterwards.

    None where nothing overlaps. Two set joins at most, and none where the periods do not touch.
    """
    con.execute("create or replace temp table replaced_rows (_source integer, _line bigint, is_left_out boolean)")
    if not (contract.key or contract.same) or not _periods_touch(con, contract, fitted):
        return None
    old = f'select * from main."{contract.table}"{_within_period(contract, fitted)}'
    for condition in equalities(contract):
        con.execute(
            f"""insert into replaced_rows
            select old._source, old._line, false from ({old}) old semi join {fitted.name} new on {condition}"""  # names from the contract
        )
    if contract.dated_by:
        con.execute(
            f"""insert into replaced_rows
            with period_rows as (select _source, _line from ({old})),
            share as (
                select p._source
                from period_rows p left join replaced_rows r on p._source = r._source and p._line = r._line
                group by p._source
                having count(r._line) >= $share * count(*) and count(r._line) > 0
            )
            select p._source, p._line, true
            from period_rows p semi join share s on p._source = s._source
            anti join replaced_rows r on p._source = r._source and p._line = r._line""",
            {"share": correction_share},
        )
    rows = con.execute(
        """select s.file, count(*), count(*) filter (where r.is_left_out)
        from replaced_rows r join loads.sources s on s.source_id = r._source group by s.file order by s.file"""
    ).fetchall()
    if not rows:
        return None
    return Overlap({file: count for file, count, _ in rows}, sum(count for _, count, _ in rows), sum(left for _, _, left in rows))


def equalities(contract: Contract) -> list[str]:
    """When two rows `new` and `old` are about the same thing: conditions without `or`, so that each is a hash join.

    A contract with `same` has keys only where all key columns are filled; elsewhere an empty part of a key equals an empty one.
    """
    by_key = " and ".join(f'new."{column}" is not distinct from old."{column}"' for column in contract.key)
    by_things = " and ".join(f'new."{column}" is not distinct from old."{column}"' for column in contract.same)
    if not contract.same:
        return [by_key]
    if not contract.key:
        return [by_things]
    plain = " and ".join(f'new."{column}" = old."{column}"' for column in contract.key)
    unfilled = " and ".join("(" + " or ".join(f'{side}."{column}" is null' for column in contract.key) + ")" for side in ("new", "old"))
    return [plain, f"{by_things} and {unfilled}"]


def _within_period(contract: Contract, fitted: Fitted) -> str:
    if not contract.dated_by:
        return ""
    day = contract.dated_by
    return f' where "{day}" between (select min("{day}") from {fitted.name}) and (select max("{day}") from {fitted.name})'


def _periods_touch(con: duckdb.DuckDBPyConnection, contract: Contract, fitted: Fitted) -> bool:
    """Cheap look before the joins: has the table any row (in the new file's period)?"""
    return bool(con.execute(f'select count(*) from (select 1 from main."{contract.table}"{_within_period(contract, fitted)} limit 1)').fetchall()[0][0])


def remove_replaced(con: duckdb.DuckDBPyConnection, contract: Contract) -> list[int]:
    """Delete what `mark_replaced` found. Returns the sources of which nothing is left; their records go too."""
    table = contract.table
    con.execute(f'delete from main."{table}" old using replaced_rows r where old._source = r._source and old._line = r._line')
    con.execute(
        """update loads.sources set replaced = replaced + (select count(*) from replaced_rows r where r._source = source_id)
        where source_id in (select _source from replaced_rows)"""
    )
    emptied = [
        source
        for (source,) in con.execute(
            f'select distinct _source from replaced_rows r where not exists (select 1 from main."{table}" old where old._source = r._source) order by 1'
        ).fetchall()
    ]
    for source in emptied:
        forget_source(con, source)
    return emptied


def forget_source(con: duckdb.DuckDBPyConnection, source: int) -> None:
    """Remove the records of a source whose rows are gone."""
    for records in ("sources", "rejects", "set_aside", "repairs", "told", "formats"):
        con.execute(f"delete from loads.{records} where source_id = $source", {"source": source})


def add_rows(con: duckdb.DuckDBPyConnection, contract: Contract, fitted: Fitted, source: int) -> None:
    """Bring the fitted rows into the input table. Into an empty one they are not copied: the fitted table takes its place."""
    table = contract.table
    if con.execute(f'select count(*) from (select 1 from main."{table}" limit 1)').fetchall()[0][0]:
        con.execute(f'insert into main."{table}" by name select *, {source} as _source from {fitted.name}')
        con.execute(f"drop table {fitted.name}")
    else:
        con.execute(f'drop table main."{table}"')
        con.execute(f"alter table {fitted.name} add column _source integer default {source}")
        con.execute(f"alter table {fitted.name} alter column _source drop default")
        con.execute(f'alter table {fitted.name} rename to "{table}"')


def totals_of(con: duckdb.DuckDBPyConnection, contract: Contract, name: str) -> dict[str, Any]:
    """Control totals of the rows of a table: the sum of each quantity and amount, and the first and last day."""
    summed = [column.name for column in contract.columns if column.type == "DOUBLE" and column.unit in ("qty", "money", "count")]
    day = contract.dated_by
    parts = [f'sum("{column}")' for column in summed] + ([f'min("{day}")::varchar', f'max("{day}")::varchar'] if day else ["null", "null"])
    parts.append("count(*)")  # without a sum the SELECT would have as many rows as the table, none for an empty one
    row = con.execute(f"select {', '.join(parts)} from {name}").fetchall()[0]
    return {"sums": dict(zip(summed, row, strict=False)), "first_day": row[-3], "last_day": row[-2]}


def record(con: duckdb.DuckDBPyConnection, source: int, outcome: dict[str, Any], fitted: Fitted, raw_name: str, raw_width: int) -> None:
    """Keep what became of every row of a source in `loads.*`."""
    values = {"source": source, "table": fitted.table, "file": outcome["file"]}
    con.execute(
        """insert into loads.sources by name select $source as source_id, $table as table_name, $file as file, $sha256 as sha256, $sheet as sheet,
        current_timestamp::timestamp as loaded_at, $version as in_version, $adapter as adapter, $read as read, $loaded as loaded, $repaired as repaired,
        $rejected as rejected, $set_aside as set_aside, 0 as replaced, $first_day::date as first_day, $last_day::date as last_day, $mapping as mapping,
        $dialect as dialect, $raw_files as raw_files""",
        values
        | {
            name: outcome[name]
            for name in ("sha256", "sheet", "version", "adapter", "read", "loaded", "repaired", "rejected", "set_aside", "first_day", "last_day")
        }
        | {name: json.dumps(outcome[name], ensure_ascii=False, default=str) for name in ("mapping", "dialect", "raw_files")},
    )
    cells = ", ".join(f"c{number}::varchar" for number in range(raw_width))
    modulo = fitted.dialect.get("line_modulo")  # rows that were made of month columns share a line of the file
    line = f"r.line % {int(modulo)}" if modulo else "r.line"
    con.execute(
        f"""insert into loads.rejects
        select $source, $table, $file, {line}, r.column_name, r.value, r.rule, 'reject', r.reason, t.row_text
        from {fitted.name}_rejects r
        left join (
            select _line, concat_ws(' | ', {cells}) as row_text from {raw_name} semi join {fitted.name}_rejects on _line = line
        ) t on t._line = r.line""",
        values,
    )
    con.execute(
        f"insert into loads.repairs select $source, $table, $file, {line}, r.column_name, r.value, r.rule, r.reason from {fitted.name}_repairs r", values
    )


def first_rejects(con: duckdb.DuckDBPyConnection, source: int) -> list[dict[str, Any]]:
    """The first rejected cells of a source, for the receipt: line of the file, column, value, rule, reason (Message as JSON) and the whole row."""
    rows = con.execute(
        "select line, column_name, value, rule, reason, row_text from loads.rejects where source_id = $source order by line, column_name limit $most",
        {"source": source, "most": SHOWN_REJECTS},
    ).fetchall()
    return [
        {"line": int(line), "column": column or None, "value": value if column else row_text, "rule": rule, "reason": reason, "row": row_text}
        for line, column, value, rule, reason, row_text in rows
    ]


def reject_reasons(con: duckdb.DuckDBPyConnection, source: int) -> list[dict[str, Any]]:
    """Why rows of a source were rejected, the most frequent first: column, rule, rows, their first lines, the reason of one of them."""
    rows = con.execute(
        """select column_name, rule, count(distinct line), list_sort(list(distinct line))[:$most], arg_min(reason, line) from loads.rejects
        where source_id = $source group by column_name, rule order by 3 desc, 1, 2""",
        {"source": source, "most": SHOWN_REJECTS},
    ).fetchall()
    return [{"column": column or None, "rule": rule, "rows": int(n), "lines": lines, "reason": reason} for column, rule, n, lines, reason in rows]


def record_lists(con: duckdb.DuckDBPyConnection, source: int, outcome: dict[str, Any], fitted: Fitted, row_texts: dict[int, str]) -> None:
    """Keep the short lists of a source: what was set aside, what was told, how each column was read."""
    where = (source, fitted.table, outcome["file"])
    modulo = int(fitted.dialect.get("line_modulo") or 1 << 62)
    rows_aside = [(*where, fault.line % modulo, fault.rule, fault.reason.to_json(), row_texts.get(fault.line, fault.value)) for fault in fitted.set_aside]
    rows_told = [
        (*where, told.rule, told.column, told.rows, json.dumps(told.examples, ensure_ascii=False, default=str), told.said.to_json()) for told in fitted.told
    ]
    rows_formats = [
        (*where, each.heading, each.column, each.said.to_json(), json.dumps(each.examples, ensure_ascii=False, default=str)) for each in fitted.formats
    ]
    for records, rows, width in (("set_aside", rows_aside, 7), ("told", rows_told, 8), ("formats", rows_formats, 7)):
        if rows:
            con.executemany(f"insert into loads.{records} values ({', '.join('?' * width)})", rows)


def tell(con: duckdb.DuckDBPyConnection, source: int, outcome: dict[str, Any], told: Told) -> None:
    """Tell something of a source that only shows when all files are in: in its outcome and in `loads.told`."""
    outcome["told"].append({"rule": told.rule, "column": told.column, "rows": told.rows, "examples": list(told.examples), "said": told.said.to_json()})
    values = (source, outcome["table"], outcome["file"], told.rule, told.column, told.rows, json.dumps(told.examples, ensure_ascii=False), told.said.to_json())
    con.execute(f"insert into loads.told values ({', '.join('?' * len(values))})", values)


def told_as_json(fitted: Fitted) -> list[dict[str, Any]]:
    """What was told, for the receipt."""
    return [{"rule": told.rule, "column": told.column, "rows": told.rows, "examples": list(told.examples), "said": told.said.to_json()} for told in fitted.told]


def formats_as_json(fitted: Fitted) -> list[dict[str, Any]]:
    """How the columns were read, for the receipt."""
    return [{"heading": each.heading, "column": each.column, "said": each.said.to_json(), "examples": list(each.examples)} for each in fitted.formats]
