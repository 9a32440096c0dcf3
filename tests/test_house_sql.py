"""The rules of the SQL files: what the header declares is what the statement gives, on no rows and on rows that differ in every key."""

import functools
import re
from datetime import date, timedelta
from pathlib import Path
from random import Random

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from engine.store import layers
from engine.store.contracts import Column, Contract, catalogue

PROJECT = Path(__file__).resolve().parents[1]
SQL = PROJECT / "sql"
ROOMS = {"staging": {"main"}, "marts": {"staging", "marts"}, "queries": {"marts", "kept"}, "checks": {"main", "staging", "marts", "loads"}}
FILES = [path.relative_to(SQL).as_posix() for room in ROOMS for path in sorted((SQL / room).glob("*.sql"))]
NOT_PORTABLE = (exp.Pivot, exp.Lambda, exp.Array, exp.Unnest, exp.Columns, exp.Struct)


@functools.cache
def text(file: str) -> str:
    return (SQL / file).read_text(encoding="utf-8")


def header(file: str) -> list[str]:
    lines = text(file).splitlines()
    end = next(number for number, line in enumerate(lines) if not line.startswith("--"))
    return [line.removeprefix("--").strip() for line in lines[:end]]


def declared(file: str, word: str) -> tuple[str, ...]:
    """What stands behind `-- word:` in the header."""
    found = [line.partition(":")[2] for line in header(file) if line.startswith(f"{word}:")]
    return tuple(part.strip() for part in found[0].split(",")) if found else ()


@functools.cache
def parsed(file: str) -> exp.Expression:
    statements = [statement for statement in sqlglot.parse(text(file), read="duckdb") if statement is not None]
    assert len(statements) == 1, f"{file} holds {len(statements)} statements"
    return statements[0]


@functools.cache
def empty_warehouse() -> duckdb.DuckDBPyConnection:
    return built({})


def built(rows: dict[str, list[dict[str, object]]]) -> duckdb.DuckDBPyConnection:
    """All layers over the given rows of the input tables."""
    con = duckdb.connect()
    layers.make_input_tables(con, catalogue())
    for table, records in rows.items():
        names = list(records[0])
        marks = ", ".join("?" for _ in names)
        con.executemany(f"insert into main.{table} ({', '.join(names)}) values ({marks})", [list(record.values()) for record in records])
    layers.make_layers(con)
    layers.make_kept_tables(con, layers.KEPT | layers.DERIVED)
    return con


def columns_of(con: duckdb.DuckDBPyConnection, file: str) -> list[str]:
    """The columns of a statement's result; its $parameters are given no value."""
    unfilled = dict.fromkeys(re.findall(r"\$([a-z_][a-z0-9_]*)", re.sub(r"--.*", "", text(file))))
    return [name for name, *_ in con.execute(f"describe {text(file)}", unfilled or None).fetchall()]


@pytest.mark.parametrize("file", FILES)
def test_a_sql_file_declares_itself(file):
    purpose = header(file)[0]
    assert re.match(r"[A-Z].*[.;:?…]?", purpose), "the first line says in a sentence what it is for"
    assert len(purpose) > 15
    if file.startswith("checks/"):
        assert declared(file, "severity") in {("error",), ("tell",)}
    else:
        assert declared(file, "grain"), "-- grain: says what one row is"


@pytest.mark.parametrize("file", FILES)
def test_a_sql_file_builds_on_empty_tables_and_gives_the_columns_that_it_declares(file):
    columns = columns_of(empty_warehouse(), file)
    if not file.startswith("checks/"):
        words = [line.partition(":")[0] for line in header(file) if re.match(r"[a-z_][a-z0-9_]*:\s+\S", line) and not line.startswith(("grain:", "severity:"))]
        assert [word for word in words if not word.startswith("parameter")] == columns
        assert set(declared(file, "grain")) <= {*columns, "(one row)"}


@pytest.mark.parametrize("file", FILES)
def test_a_sql_file_reads_only_what_its_room_may_read(file):
    allowed = ROOMS[file.split("/")[0]] | ({"main", "loads", "staging"} if file.startswith("queries/rows_") else set())
    steps = {step.alias for step in parsed(file).find_all(exp.CTE)}
    read = [table for table in parsed(file).find_all(exp.Table) if table.name and not (not table.db and table.name in steps)]
    assert [f"{table.db or 'unqualified'}.{table.name}" for table in read if table.db not in allowed] == []
    if file.startswith("staging/"):
        assert len({table.name for table in read}) == 1, "staging joins no sources"


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith(("marts/", "staging/"))])
def test_what_a_layer_is_made_from_is_known_from_its_text(file):
    """A load makes anew what hangs on the tables that it changed: nothing that is read may be missed, and of what changes by itself only the day."""
    (layer,) = (layer for layer in layers.layers() if f"{layer.schema}/{layer.name}.sql" == file)
    assert layer.needs == {f"{table.db}.{table.name}" for table in parsed(file).find_all(exp.Table) if table.db}
    assert not list(parsed(file).find_all(exp.CurrentTimestamp, exp.CurrentTime, exp.Rand, exp.Uuid))
    assert (layers.TODAY in text(file)) == bool(list(parsed(file).find_all(exp.CurrentDate)))


@pytest.mark.parametrize("file", FILES)
def test_sql_is_written_in_lower_case(file):
    code = re.sub(r"'[^']*'", "''", re.sub(r"--.*", "", text(file)))
    assert code == code.lower()


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith("marts/")])
def test_a_mart_divides_no_measures(file):
    """Ratios belong to the KPI book: a mart holds what can be added up."""
    assert [
        division.sql() for division in parsed(file).find_all(exp.Div, exp.Avg) if not (isinstance(division, exp.Div) and division.expression.is_number)
    ] == []


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith(("marts/", "staging/"))])
def test_layers_keep_to_the_sql_that_spark_runs_too(file):
    spark = sqlglot.transpile(text(file), read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
    assert len(spark) == 1
    assert [node.sql() for node in parsed(file).find_all(*NOT_PORTABLE)] == []
    assert not re.search(r"\basof\b|\bgroup by all\b|\border by all\b|\bselect distinct on\b", text(file))


# ── one row for its grain, on rows that differ in each key ──────────────────────────────────────────────────────────────


def domain(column: Column, contracts: dict[str, Contract]) -> list[object]:
    """Few values, so that rows meet: those of the columns that it references, else its allowed values, else some of its type."""
    if column.references:
        return [value for table, name in column.references if table in contracts for value in domain(contracts[table].column(name), {})]
    if column.values:
        return list(column.values)[:3]
    first = date(2025, 1, 1)
    days = [first, first + timedelta(3), first + timedelta(31), first + timedelta(62)]
    if column.unit == "month":
        days = [first, date(2025, 2, 1), date(2025, 3, 1)]
    kinds = {"DATE": days, "TIMESTAMP": days, "BOOLEAN": [True, False], "INTEGER": [1, 2, 3], "BIGINT": [1, 2, 3], "DOUBLE": [1.0, 2.0, 5.0]}
    return kinds.get(column.type, [f"{column.name}-{number}" for number in (1, 2, 3)])


def generated(contract: Contract, contracts: dict[str, Contract], chance: Random) -> list[dict[str, object]]:
    """Rows of a table that keep its key (nulls equal) and its `one of` groups, and differ in whatever else there is."""
    rows: dict[object, dict[str, object]] = {}
    for line in range(1, 61):
        row: dict[str, object] = {}
        for column in contract.columns:
            empty = not column.required and chance.random() < 0.25
            row[column.name] = None if empty else chance.choice(domain(column, contracts))
        for group in {column.one_of for column in contract.columns if column.one_of}:
            members = [column.name for column in contract.columns if column.one_of == group]
            chosen = chance.choice(members)
            row.update({name: (row[name] or domain(contract.column(name), contracts)[0]) if name == chosen else None for name in members})
        row |= {"_source": 1, "_line": line}
        key = tuple(row[name] for name in contract.key)
        rows.setdefault(key if contract.key and any(part is not None for part in key) else line, row)
    return list(rows.values())


@functools.cache
def full_warehouse(seed: int) -> duckdb.DuckDBPyConnection:
    contracts, chance = catalogue(), Random(seed)
    return built({table: generated(contract, contracts, chance) for table, contract in contracts.items()})


@pytest.mark.parametrize("seed", [1, 2, 8])
@pytest.mark.parametrize("file", [file for file in FILES if file.startswith(("marts/", "staging/"))])
def test_a_layer_has_one_row_for_its_grain(file, seed):
    grain = ", ".join(name for name in declared(file, "grain") if name != "(one row)")
    name = file.removesuffix(".sql").replace("/", ".")
    doubled = f"select {grain}, count(*) from {name} group by {grain} having count(*) > 1" if grain else f"select count(*) from {name} having count(*) > 1"
    assert full_warehouse(seed).execute(doubled).fetchmany(3) == []


def test_what_is_made_anew_after_a_load_is_as_if_all_were_made_anew():
    contracts, chance = catalogue(), Random(3)
    with built({table: generated(contract, contracts, chance) for table, contract in contracts.items()}) as con:
        con.execute("set threads = 1")  # sums in one order
        for table in ("sales", "stock", "dealers", "orders", "payments"):
            con.execute(f"delete from main.{table} where _line % 3 = 0")
            made: list[str] = []
            layers.make_layers(con, lambda name, _, made=made: made.append(name), {table})
            found = contents(con)
            layers.make_layers(con)
            assert found == contents(con)
            assert 0 < len(made) < len(found)


def contents(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple]]:
    """Every row of every mart, in order."""
    marts = [path.stem for path in sorted((SQL / "marts").glob("*.sql"))]
    return {name: con.execute(f"from marts.{name} order by all").fetchall() for name in marts}


def test_the_generated_rows_reach_the_marts():
    """Or the test above would prove nothing."""
    marts = {path.stem for path in (SQL / "marts").glob("*.sql")}
    empty = [{name for name in marts if full_warehouse(seed).execute(f"select count(*) from marts.{name}").fetchall() == [(0,)]} for seed in (1, 2, 8)]
    assert set.intersection(*empty) == set()
