"""The register of decisions on the assortment: the form in which each kind is taken, and every decision that was taken, with its steps."""

from datetime import date
from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.assortment import gates, plans, trees
from engine.answers.measured import Measured
from engine.answers.meeting import cycles
from engine.answers.source import Source, remembered
from engine.assortment import register as formulas
from engine.assortment.decision import APPROVED, DRAFT, IN_FORCE, STATES
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

COLUMNS = (
    Column("decision_no", message("Decision"), "code"),
    Column("decision_kind", message("Kind"), "message"),
    Column("gate_on", message("For"), "date"),
    Column("register_state", message("State"), "message"),
    Column("products", message("Products or lines"), "count"),
    Column("agreed_by", message("Agreed by"), "text"),
    Column("agreed_on", message("Agreed on"), "date"),
    Column("approved_by", message("Approved by"), "text"),
    Column("approved_on", message("Approved on"), "date"),
    Column("order_no", message("Order no."), "text"),
    Column("in_force_on", message("In force since"), "date"),
    Column("written_by", message("Last written by"), "text"),
    Column("data_version", message("Data version"), "count"),
)
FORM = (
    Column("decision_kind", message("Decision"), "message"),
    Column("period", message("Period"), "text"),
    Column("criteria", message("Criteria"), "text"),
    Column("format", message("Format"), "text"),
    Column("report", message("Report"), "text"),
)


def assortment_register(warehouse: Any, selection: Selection, scope: Scope, kind: str = "") -> Answer:
    """Every decision (COLUMNS), the newest first. kind: of `engine.assortment.register.KINDS`, "" = all.

    extra: `form` (FORM: how each kind is taken; null = not set). facts: measures, kinds. Raises NotAllowed for who sees a part of the company.
    """
    cycles.of_the_company(scope)
    answer: Answer = _assortment_register(warehouse, selection, scope, kind)
    return answer


@remembered
def _assortment_register(source: Source, selection: Selection, scope: Scope, kind: str) -> Answer:
    home = str(source.home.path)
    rows = [*_of_gates(home), *_of_plans(home), *_of_tree(home)]
    rows = [row for row in rows if not kind or row["_kind"] == kind]
    types: dict[str, Any] = {"date": pl.Date, "count": pl.Int64}
    schema = {column.name: types.get(column.unit, pl.String) for column in COLUMNS}
    frame = pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema).sort(
        "gate_on", "decision_no", descending=[True, False], nulls_last=True
    )
    states = [row["_state"] for row in rows]
    form = formulas.form(source.settings["register_form"])
    unset = sum(row[cell] is None for row in form for cell in formulas.CELLS)
    return Answer(
        name="assortment_register",
        headline=_headline(states),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        notes=(_unset(unset),) if unset else (),
        extra={"form": pl.DataFrame(
            [(formulas.KINDS[str(row["decision"])].to_json(), *(row[cell] for cell in formulas.CELLS)) for row in form],
            schema=dict.fromkeys([column.name for column in FORM], pl.String), orient="row",
        )},
        facts={
            "kinds": formulas.KINDS,
            "measures": (
                Measured(message("Decisions in force"), float(states.count(IN_FORCE)), "count"),
                Measured(message("Waiting for approval"), float(sum(state not in (DRAFT, IN_FORCE, APPROVED, "refused") for state in states)), "count"),
                Measured(message("Drafts"), float(states.count(DRAFT)), "count"),
            ),
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def _of_gates(home: str) -> list[dict[str, Any]]:
    return [
        {
            "_kind": each.kind, "_state": each.state, "decision_no": each.name, "decision_kind": formulas.KINDS[each.kind].to_json(),
            "gate_on": each.gate_on,
            "register_state": STATES[each.state].to_json(), "products": len(each.positions), "agreed_by": each.said.get("agreed_by"),
            "agreed_on": each.day("agreed_on"), "approved_by": each.said.get("approved_by"), "approved_on": each.day("approved_on"),
            "order_no": each.said.get("order_no"), "in_force_on": each.day("in_force_on"), "written_by": each.who, "data_version": each.version,
        }
        for each in gates.decisions(home)
    ]  # fmt: skip


def _of_plans(home: str) -> list[dict[str, Any]]:
    from engine.assortment.review import quarter_named

    return [
        {
            "_kind": "promotion", "_state": plan.state, "decision_no": plan.quarter, "decision_kind": formulas.KINDS["promotion"].to_json(),
            "gate_on": quarter_named(plan.quarter), "register_state": STATES[plan.state].to_json(), "products": len(plan.lines),
            "approved_by": plan.approved_by or None, "approved_on": plan.approved_on, "written_by": plan.who,
        }
        for plan in plans.plans(home)
    ]  # fmt: skip


def _of_tree(home: str) -> list[dict[str, Any]]:
    rows = []
    for each in trees.changes(home):
        day: date | None = each.valid_from
        rows.append({
            "_kind": "tree", "_state": each.state, "decision_no": each.subject, "decision_kind": formulas.KINDS["tree"].to_json(), "gate_on": day,
            "register_state": STATES[each.state].to_json(), "products": 1, "approved_by": each.approved_by or None, "written_by": each.who,
        })  # fmt: skip
    return rows


def _unset(cells: int) -> Message:
    return plural("{n} cell of the form is not set; the settings hold it.", "{n} cells of the form are not set; the settings hold them.", n=cells)


def _headline(states: list[str]) -> Message:
    if not states:
        return message("No decision on the assortment is recorded yet.")
    waiting = sum(state in (DRAFT, "agreed") for state in states)
    return plural(
        "{n} decision on the assortment is recorded; {waiting_n} of them not approved yet.",
        "{n} decisions on the assortment are recorded; {waiting_n} of them not approved yet.",
        n=len(states), waiting_n=waiting,
    )  # fmt: skip
