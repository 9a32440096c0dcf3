"""The review of a quarter as a checklist: which formats were looked at, by whom, on which data, and what was found."""

from datetime import date
from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.assortment import gates, reviewing
from engine.answers.meeting import cycles
from engine.answers.periods import last_day
from engine.answers.source import Source, remembered
from engine.assortment import review as formulas
from engine.assortment.windows import next_day_of
from engine.errors import BadUse
from engine.messages import message
from engine.scope import Scope
from engine.selection import Selection

COLUMNS = (
    Column("review_format", message("Format"), "message"),
    Column("is_mandatory", message("Mandatory"), "flag"),
    Column("is_done", message("Looked at"), "flag"),
    Column("done_by", message("Who"), "text"),
    Column("done_on", message("On"), "date"),
    Column("finding", message("What was found"), "text"),
    Column("data_version", message("Data version"), "count"),
)


def assortment_review(warehouse: Any, selection: Selection, scope: Scope, quarter: str = "") -> Answer:
    """The formats of a quarter's review (COLUMNS). quarter: `2025-Q4`, else the one that the data end in.

    facts: quarter, is_complete, formats (name in the order of the rows), withdrawal_gate, launch_gate (the next days), open (decisions not in force).
    Raises NotAllowed for who sees a part of the company, BadUse for a text that is no quarter.
    """
    cycles.of_the_company(scope)
    answer: Answer = _assortment_review(warehouse, selection, scope, quarter)
    return answer


@remembered
def _assortment_review(source: Source, selection: Selection, scope: Scope, quarter: str) -> Answer:
    as_of = selection.as_of or last_day(source)
    which, home = quarter or formulas.key(as_of), str(source.home.path)
    try:
        formulas.quarter_named(which)
    except ValueError:
        raise BadUse(message("“{quarter}” is no quarter; write it as 2025-Q4.", quarter=which)) from None
    kept = reviewing.looked_at(home, which)
    formats = formulas.checklist(kept)
    rows = []
    for each in formats:
        record = kept.get(each.name)
        said = (record.payload or {}) if record else {}
        done = date.fromisoformat(said["done_on"]) if said.get("done_on") else None
        rows.append((
            formulas.FORMATS[each.name].to_json(), each.is_mandatory, each.is_done, record.who if record else None, done, said.get("finding") or None,
            record.version if record else None,
        ))  # fmt: skip
    types: dict[str, Any] = {"flag": pl.Boolean, "date": pl.Date, "count": pl.Int64}
    return Answer(
        name="assortment_review",
        headline=formulas.headline(which, formats),
        frame=pl.DataFrame(rows, schema={column.name: types.get(column.unit, pl.String) for column in COLUMNS}, orient="row"),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        facts={
            "quarter": which, "is_complete": formulas.is_complete(formats), "formats": tuple(each.name for each in formats),
            "withdrawal_gate": next_day_of(source.settings["withdrawal_gate_days"], as_of),
            "launch_gate": next_day_of(source.settings["launch_gate_days"], as_of),
            "open": tuple(each for each in gates.decisions(home) if each.state not in ("in_force", "refused")),
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip
