"""The pieces of the page on the quality of the data."""

from engine.answers.answer import Answer, Column
from engine.messages import message
from pages.parts import empty, tables, text
from pages.parts.view import View

TABLE = Column("table_name", message("Table"), "text")
ROWS = Column("row_count", message("Rows"), "count")
REJECTS = (
    TABLE,
    Column("column_name", message("Column"), "text"),
    ROWS,
    Column("file_count", message("Files"), "count"),
    Column("reason", message("Reason"), "message"),
)
AUDITS = (Column("said", message("What is wrong"), "message"), ROWS, Column("audit_severity", message("How grave"), "text"))
TOLD = (
    TABLE,
    Column("file", message("File"), "text"),
    Column("column_name", message("Column"), "text"),
    ROWS,
    Column("said", message("What was told"), "message"),
)
STALE = (
    Column("location_id", message("Location"), "code"),
    Column("name", message("Name"), "text"),
    Column("counted_on", message("Counted on"), "date"),
    Column("behind_days", message("Days behind"), "days"),
)


def rejects(view: View, answer: Answer) -> None:
    """Why rows were not loaded; every row itself as a download."""
    found = answer.extra["rejects"]
    if found.is_empty():
        text.heading(view.say(message("Rejected rows")))
        empty.sentence(view, message("None: every row was loaded."))
        return
    every = view.ask("rejects")
    tables.headed(view, every, message("Rejected rows"), "rejects")
    tables.rows(view, found, REJECTS, alt=view.say(message("Rejected rows")), key="rejects")


def audits(view: View, answer: Answer) -> None:
    """What the audits found."""
    text.heading(view.say(message("Audits")))
    found = answer.extra["audits"]
    if found.is_empty():
        empty.sentence(view, message("No audit found anything."))
        return
    tables.rows(view, found, AUDITS, alt=view.say(message("Audits")), key="audits")


def told(view: View, answer: Answer) -> None:
    """Oddities that were loaded all the same."""
    found = answer.extra["told"].filter(answer.extra["told"]["row_count"] > 0)
    if not found.is_empty():
        text.heading(view.say(message("Loaded, but odd")))
        tables.rows(view, found, TOLD, alt=view.say(message("Loaded, but odd")), key="told")


def stale(view: View, answer: Answer) -> None:
    """Places that were counted too long ago."""
    if not answer.extra["stale"].is_empty():
        text.heading(view.say(message("Counted too long ago")))
        tables.rows(view, answer.extra["stale"], STALE, alt=view.say(message("Counted too long ago")), key="stale")
