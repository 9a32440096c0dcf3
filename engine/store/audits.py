"""The audits of a build: what is wrong with the data as a whole, and where an error stops the publication, which rows and what to do."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from engine.messages import Message, message
from engine.store.home import SQL

SHOWN = 3
EACH_ITS_OWN = 1 << 62
"""The modulo of a file whose rows have a line each."""
_OURS = message("This is a fault of the program, not of your files: keep the files and report the receipt.")
WAYS_OUT: Mapping[str, Message] = {
    "marts_lose_sales": _OURS,
    "marts_lose_stock": _OURS,
    "sales_of_unknown_articles": message("Load a list of products that holds the article, together with this file, or correct the code in the file of sales."),
    "stock_of_unknown_items": message(
        "Load a list of products or materials that holds the item, together with this file, or correct the code in the file of stock."
    ),
}
"""What to do about an audit that stops a publication; each of them has a line here."""


def run_audits(con: duckdb.DuckDBPyConnection, folder: Path = SQL / "checks") -> list[dict[str, Any]]:
    """Count the offending rows of every audit and keep the counts in `loads.audits`.

    Returns the audits that found rows: name, severity (error stops publication), row_count, said (Message as JSON); of an error also
    examples (up to three texts: what the row says, and file:line where it has them) and way_out (Message as JSON, or None).
    """
    con.execute("delete from loads.audits")
    found = []
    for path in sorted(folder.glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        severity = re.search(r"^-- severity:\s*(\w+)", text, re.M)
        purpose = text.splitlines()[0].removeprefix("--").strip()
        audit = text.rstrip().rstrip(";") + "\n"  # it may end in a comment
        rows = con.execute(f"select count(*) from ({audit})").fetchall()[0][0]
        record: dict[str, Any] = {
            "name": path.stem, "severity": severity.group(1) if severity else "error", "row_count": rows, "said": message(purpose).to_json()
        }  # fmt: skip
        con.execute("insert into loads.audits values ($name, $severity, $row_count, $said)", record)
        if rows:
            way_out = WAYS_OUT.get(path.stem)
            is_error = record["severity"] == "error"
            found.append(record | {"examples": _examples(con, audit) if is_error else [], "way_out": way_out.to_json() if way_out else None})
    return found


def _examples(con: duckdb.DuckDBPyConnection, audit: str) -> list[str]:
    """The first rows of an audit as text: their values, and behind them file:line where the audit gives `source_id` and `line`."""
    names = [name for name, *_ in con.execute(f"describe {audit}").fetchall()]
    placed = {"source_id", "line"} <= set(names)
    order = "order by source_id, line" if placed else "order by all"
    rows = [dict(zip(names, row, strict=True)) for row in con.execute(f"select * from ({audit}) {order} limit {SHOWN}").fetchall()]
    return [_example(con, row, placed) for row in rows]


def _example(con: duckdb.DuckDBPyConnection, row: dict[str, Any], placed: bool) -> str:
    values = {name: value for name, value in row.items() if not (placed and name in ("source_id", "line"))}
    shown = ", ".join(str(value) if placed else f"{name} {value}" for name, value in values.items())
    if not placed:
        return shown
    source = con.execute("select file, dialect from loads.sources where source_id = $source", {"source": row["source_id"]}).fetchall()
    return f"{shown} ({source[0][0]}:{row['line'] % modulo(source[0][1])})" if source else shown


def modulo(dialect: str | None) -> int:
    """Rows that were made of month columns share a line of the file: their number modulo this is the line."""
    found = re.search(r'"line_modulo":\s*(\d+)', dialect or "")
    return int(found[1]) if found else EACH_ITS_OWN


def stopped_by(audit: Mapping[str, Any]) -> Message:
    """Why an audit stops a publication: what it found, up to three of the rows, and what to do."""
    said, way_out = Message.from_json(audit["said"]), audit.get("way_out")
    if not audit.get("examples") or way_out is None:
        return message("The audit “{name}” found {rows_n} rows: {said}", name=audit["name"], rows_n=audit["row_count"], said=said)
    return message(
        "The audit “{name}” found {rows_n} rows: {said} For example: {examples}. {way_out}",
        name=audit["name"], rows_n=audit["row_count"], said=said, examples="; ".join(audit["examples"]), way_out=Message.from_json(way_out),
    )  # fmt: skip
