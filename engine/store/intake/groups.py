"""Group rows, as reports of 1C write them: the name of a warehouse (or dealer) with its sums, and below it the rows of the group.

Склад      | Артикул | Остаток              Склад      | Артикул | Остаток
Основной   |         |     120       ──▶    Основной   | P001    |      70
           | P001    |      70              Основной   | P002    |      50
           | P002    |      50              the group row is set aside, its 120 compared with 70 + 50
"""

from collections.abc import Sequence

import duckdb

from engine.messages import message, plural
from engine.store.intake.cells import is_figure, plain
from engine.store.intake.reading import Fault, RawTable, Told

LOOKED_AT = 300
TRIED = 3  # columns from the left that may hold the names of groups
GROUP = message("A group row: its name was given to the rows below it, and its figures are compared with their sum.")


def carry_down(con: duckdb.DuckDBPyConnection, table: RawTable, measures: frozenset[int]) -> None:
    """Give the rows of each group its name and set the group rows aside, where every row of the table is either the one or the other.

    measures: columns of figures that are summed.
    """
    keys = [place for place, heading in enumerate(table.headings) if place not in measures and heading]
    if len(keys) < 2:
        return
    sample = con.execute(f'select * exclude (_line) from "{table.name}" order by _line limit {LOOKED_AT}').fetchall()
    found = next((place for place in keys[:TRIED] if _heads_groups(place, [key for key in keys if key != place], sample)), None)
    if found is None or not _holds_throughout(con, table, found, [key for key in keys if key != found]):
        return
    rows = con.execute(f"select _line, * exclude (_line) from \"{table.name}\" where trim(c{found}) <> '' order by _line").fetchall()
    last = int(con.execute(f'select max(_line) from "{table.name}"').fetchall()[0][0])
    for place, (line, *cells) in enumerate(rows):
        end = int(rows[place + 1][0]) - 1 if place + 1 < len(rows) else last
        label = plain(cells[found])
        table.set_aside.append(Fault(int(line), None, label, "group", GROUP))
        table.row_texts.setdefault(int(line), " | ".join(cell or "" for cell in cells)[:2000])
        figures = {table.headings[index]: plain(cells[index]) for index in sorted(measures) if cells[index] and is_figure(cells[index])}
        table.totals.append((label, figures, (int(line) + 1, end)))
    con.execute(
        f"""update "{table.name}" set c{found} = above.name from (
            select _line as line, last_value(nullif(trim(c{found}), '') ignore nulls) over (order by _line) as name from "{table.name}"
        ) above where above.line = _line and trim(c{found}) = ''"""
    )
    con.execute(f'delete from "{table.name}" where _line in (select unnest(?::bigint[]))', [[line for line, *_ in rows]])
    said = plural(
        "“{heading}”: {n} group row was taken out, and its name given to the rows below it.",
        "“{heading}”: {n} group rows were taken out, and their names given to the rows below them.",
        n=len(rows), heading=table.headings[found],
    )  # fmt: skip
    table.told.append(Told("group", None, len(rows), tuple((int(row[0]), plain(row[1 + found])) for row in rows[:3]), said))


def _heads_groups(place: int, others: Sequence[int], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column names groups in a sample: filled where the other columns of names are empty, empty where they are not."""
    if len(rows) < 3 or not plain(rows[0][place] or ""):
        return False
    heads = [bool(plain(row[place] or "")) for row in rows]
    named = [any(plain(row[other] or "") for other in others) for row in rows]
    return all(head != name for head, name in zip(heads, named, strict=True)) and 2 * sum(heads) <= len(rows)


def _holds_throughout(con: duckdb.DuckDBPyConnection, table: RawTable, place: int, others: Sequence[int]) -> bool:
    """The same of all rows."""
    named = " or ".join(f"trim(c{other}) <> ''" for other in others)
    return not con.execute(f"select count(*) from \"{table.name}\" where (trim(c{place}) <> '') = ({named})").fetchall()[0][0]
