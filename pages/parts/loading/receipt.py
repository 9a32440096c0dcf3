"""The receipt: what became of every row, how each column was understood, what would change; then publish or throw away."""

from typing import Any

import polars as pl
import streamlit as st

from engine.answers import forms
from engine.answers.answer import Column
from engine.kpis import BOOK
from engine.language import NOT_APPLICABLE, variance
from engine.messages import Message, message
from pages.parts import tables, text
from pages.parts.loading import desk, questions
from pages.parts.named import SEVERITIES
from pages.parts.view import View

STATUS: dict[str, Message] = {"loaded": message("loaded"), "unchanged": message("unchanged"), "refused": message("refused")}
COUNTS = ("read", "loaded", "repaired", "rejected", "set_aside")
COLUMNS = (
    Column("file", message("File"), "text"),
    Column("table", message("Table"), "text"),
    Column("status", message("Outcome"), "text"),
    Column("read", message("Rows read"), "count"),
    Column("loaded", message("Rows loaded"), "count"),
    Column("repaired", message("of these repaired"), "count"),
    Column("rejected", message("Rows rejected"), "count"),
    Column("set_aside", message("Rows set aside"), "count"),
    Column("first_day", message("First day"), "text"),
    Column("last_day", message("Last day"), "text"),
)
REASONS = (
    Column("file", message("File"), "text"),
    Column("column", message("Column"), "text"),
    Column("rows", message("Rows"), "count"),
    Column("lines", message("Lines in the file"), "text"),
    Column("reason", message("Reason"), "text"),
)
FORMATS = (
    Column("heading", message("Heading in the file"), "text"),
    Column("column", message("Column"), "text"),
    Column("said", message("Read as"), "text"),
    Column("example_1", message("Example 1"), "text"),
    Column("example_2", message("Example 2"), "text"),
    Column("example_3", message("Example 3"), "text"),
)


def receipt(view: View, at: desk.Desk) -> None:
    """Everything that the load would do, and the two buttons."""
    load = at.load
    if load is None:
        return
    found = load.receipt
    labels = forms.labels(view.language)
    text.heading(view.say(message("Receipt")))
    _acts(view, at)
    shown = [
        {name: file[name] for name in ("file", *COUNTS)}
        | {name: view.text(file[name], "date") if file[name] else NOT_APPLICABLE for name in ("first_day", "last_day")}
        | {"table": labels.get(file["table"] or "", NOT_APPLICABLE), "status": view.say(STATUS[file["status"]])}
        for file in found.files
    ]
    tables.rows(view, pl.DataFrame(shown, infer_schema_length=None), COLUMNS, alt=view.say(message("Receipt")), key=f"receipt-{at.number}")
    for file in found.files:
        _file(view, at, file, labels)
    _rejected(view, at)
    _changes(view, load)
    for audit in found.audits:
        grave, what = SEVERITIES[audit["severity"]], Message.from_json(audit["said"])
        text.prose(view.say(message("{severity}: {said} ({rows_n} rows)", severity=grave, said=what, rows_n=audit["row_count"])))
        if audit.get("way_out"):
            said = message("For example: {examples}. {way_out}", examples="; ".join(audit["examples"]), way_out=Message.from_json(audit["way_out"]))
            text.prose(view.say(said))
    if found.left_out:
        text.small(view.say(message("Not tables, left out: {files}.", files=list(found.left_out))))


def _acts(view: View, at: desk.Desk) -> None:
    """Publish or throw away; where nothing can be published, why."""
    found = at.load.receipt if at.load else None
    if found is None:
        return
    if found.nothing_new:
        text.prose(view.say(message("Every file is already loaded; nothing changes.")))
    elif not found.publishable:
        text.prose(view.say(message("Nothing can be published yet: a file leaves something open or was refused.")))
    with st.container(horizontal=True, gap="small"):
        if found.publishable and not found.nothing_new:
            st.button(view.say(message("Publish")), type="primary", on_click=desk.publish, args=(view, at), key="publish")
        st.button(view.say(message("Throw away")), on_click=desk.discard, args=(view, at), key="discard")
        if found.refused and len(found.refused) < len(found.files) and st.button(view.say(message("Go on without the refused files")), key="partial"):
            if at.batch is not None:
                at.batch = type(at.batch)(**{**vars(at.batch), "partial": True})
            desk.look(view, at)
            st.rerun()


def _file(view: View, at: desk.Desk, file: dict[str, Any], labels: dict[str, str]) -> None:
    """One file: its question where it has one, what was told, how its columns were read."""
    if file["status"] == "unchanged":
        return
    is_open = file["status"] == "refused"
    title = f"{file['file']} → {labels.get(file['table'] or '', NOT_APPLICABLE)}"
    with st.expander(text.label(title), expanded=is_open, key=f"file-{at.number}-{file['file']}"):
        if file["reason"]:
            text.prose(questions.said(view, file["reason"], file["table"]))
        if is_open:
            questions.ask(view, at, file)
        text.lines([questions.said(view, told["said"], file["table"]) for told in file["told"]])
        if file["formats"]:
            names = forms.columns(file["table"], view.language)
            shown = [_format(view, each, names) for each in file["formats"]]
            tables.rows(view, pl.DataFrame(shown), FORMATS, alt=view.say(message("How the columns were read")), key=f"formats-{at.number}-{file['file']}")
        totals = [(names_of(view, file).get(column, column), view.text(value, "qty")) for column, value in (file["totals"] or {}).items() if value is not None]
        if totals:
            text.small(view.say(message("Control totals of this file")))
            text.facts(totals)
        if file["is_readable"]:
            questions.by_hand(view, at, file)


def _rejected(view: View, at: desk.Desk) -> None:
    """Why rows are not loaded, with how many and in which lines; below, the rows themselves, all of them to be saved as a file."""
    if at.load is None or at.rejects is None:
        return
    tables.headed(view, at.rejects, message("Rejected rows"), f"rejects-{at.number}")
    reasons = [
        {
            "file": file["file"], "column": names_of(view, file).get(why["column"] or "", why["column"] or NOT_APPLICABLE), "rows": why["rows"],
            "lines": ", ".join(map(str, why["lines"])) + (" …" if why["rows"] > len(why["lines"]) else ""),
            "reason": questions.said(view, why["reason"], file["table"]),
        }
        for file in at.load.receipt.files
        for why in file["reject_reasons"]
    ]  # fmt: skip
    if reasons:
        tables.rows(view, pl.DataFrame(reasons), REASONS, alt=view.say(message("Rejected rows, by reason")), key=f"reasons-{at.number}")
    columns = [column for column in at.rejects.columns if column.name not in ("rule", "table_name")]
    tables.rows(view, at.rejects.frame, columns, alt=view.say(at.rejects.headline), key=f"rejects-{at.number}")


def names_of(view: View, file: dict[str, Any]) -> dict[str, str]:
    """The columns of a file's table in the reader's language."""
    return forms.columns(file["table"], view.language) if file["table"] else {}


def _format(view: View, each: dict[str, Any], names: dict[str, str]) -> dict[str, str]:
    """How one column was read, with up to three examples as (found → understood)."""
    examples = [found if found == understood else f"{found} → {understood}" for found, understood in each["examples"]][:3]
    shown = {f"example_{place}": example for place, example in enumerate([*examples, "", "", ""][:3], 1)}
    return {"heading": each["heading"], "column": names.get(each["column"], NOT_APPLICABLE), "said": view.say(Message.from_json(each["said"])), **shown}


def _changes(view: View, load: Any) -> None:
    """New dealers and products, and the KPIs that would move."""
    new = {table: found for table, found in (load.receipt.new or {}).items() if found["n"]}
    said = {"dealers": message("New dealers: {n} ({examples})"), "products": message("New products: {n} ({examples})")}
    for table, found in new.items():
        text.prose(view.say(Message(said[table].text, (("n", found["n"]), ("examples", found["examples"][:5])))))
    if load.moves:
        text.heading(view.say(message("Figures that would move")))
        rows = []
        for move in load.moves:
            kpi = BOOK[move.kpi]
            change = variance(move.after, move.before, kpi.unit, kpi.better, view.language, view.currency)
            is_known = move.before is not None and move.after is not None
            rows.append(
                (
                    view.say(kpi.label), _with_days(view, move.before, move.before_days, kpi.unit), _with_days(view, move.after, move.after_days, kpi.unit),
                    f"{change.arrow} {change.text} {change.word}" if is_known else "",
                )
            )  # fmt: skip
        text.facts(rows, head=("", view.say(message("as served")), view.say(message("after this load")), ""))
        if load.window_moved is not None:
            text.prose(view.say(load.window_moved))


def _with_days(view: View, value: float | None, days: Any, unit: str) -> str:
    """A figure and the days that it speaks of."""
    if days is None:
        return view.text(value, unit)
    first = "" if days.first is None else view.text(days.first, "date") + " – "
    return f"{view.text(value, unit)} ({first}{view.text(days.last, 'date')})"
