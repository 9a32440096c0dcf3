"""Small raw tables for the tests of the fitting, and what came of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from engine.messages import Message
from engine.settings import DEFAULTS, Settings
from engine.store.contracts import Contract, catalogue
from engine.store.intake.fit import fit
from engine.store.intake.reading import Fitted, Options, RawTable
from tests.store.intake.databases import empty_database

SALES = ("shipped_on", "dealer_id", "sku", "qty", "net_value")


@dataclass
class Outcome:
    """A fitted table: `rows` (dicts with `_line`), `rejects` {line: {column: rule}}, `repairs` {(line, column): rule}, `told` by rule."""

    con: duckdb.DuckDBPyConnection
    contract: Contract
    fitted: Fitted

    @property
    def rows(self) -> list[dict]:
        relation = self.con.sql(f"select * from {self.fitted.name} order by _line")
        return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]

    def column(self, name: str) -> list:
        return [row[name] for row in self.rows]

    @property
    def rejects(self) -> dict[int, dict[str, str]]:
        found: dict[int, dict[str, str]] = {}
        for line, column, rule in self.con.execute(f"select line, column_name, rule from {self.fitted.name}_rejects order by line").fetchall():
            found.setdefault(line, {})[column] = rule
        return found

    @property
    def reasons(self) -> list[str]:
        return [str(Message.from_json(reason)) for (reason,) in self.con.execute(f"select reason from {self.fitted.name}_rejects order by line").fetchall()]

    @property
    def repairs(self) -> dict[tuple[int, str], str]:
        rows = self.con.execute(f"select line, column_name, rule, reason from {self.fitted.name}_repairs").fetchall()
        assert all(json.loads(reason)[0] for *_, reason in rows), "a repair without a reason"
        return {(line, column): rule for line, column, rule, _ in rows}

    @property
    def told(self) -> dict[str, Message]:
        return {told.rule: told.said for told in self.fitted.told}

    def account_closes(self) -> bool:
        fitted = self.fitted
        loaded = self.con.execute(f"select count(*) from {fitted.name}").fetchall()[0][0]
        rejected = self.con.execute(f"select count(distinct line) from {fitted.name}_rejects").fetchall()[0][0]
        return fitted.loaded == loaded and fitted.rejected == rejected and fitted.read == loaded + rejected + len(fitted.set_aside)


def raw_table(con: duckdb.DuckDBPyConnection, headings: Sequence[str], rows: Sequence[Sequence[str | None]], name: str = "raw_0", **more) -> RawTable:
    """Rows of text as the reader of files leaves them; the first is line 2."""
    con.execute(f"create or replace table {name} (_line bigint, {', '.join(f'c{place} varchar' for place in range(len(headings)))})")
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        cells = ", ".join(f"unnest(${place}::varchar[])" for place in range(1, len(columns) + 1))
        con.execute(f"insert into {name} select row_number() over () + 1, * from (select {cells})", columns)
    return RawTable(name, tuple(headings), 1, len(rows), **more)


def fitted(
    headings: Sequence[str], rows: Sequence[Sequence[str | None]], table: str = "sales", options: Options | None = None, settings: Settings = DEFAULTS, **more
) -> Outcome:
    con = empty_database()
    contract = catalogue()[table]
    raw = raw_table(con, headings, rows, **more)
    return Outcome(con, contract, fit(con, raw, contract, options or Options(), settings, "fit_0", "file.csv"))


def sales_with(column: str, cells: Sequence[str | None], heading: str | None = None, options: Options | None = None, **more) -> Outcome:
    """A sales table in which one column holds the cells and everything else is in order."""
    good = {"shipped_on": "2025-03-05", "dealer_id": "D1", "sku": "S1", "qty": "1", "net_value": "10"}
    names = list(SALES) if column in SALES else [*SALES, column]
    rows = [[cell if name == column else good[name] for name in names] for cell in cells]
    return fitted([heading if name == column and heading else name for name in names], rows, options=options, **more)
