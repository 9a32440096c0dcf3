"""Scenarios side by side: the plan of record, the same demand planned by other methods, and the named sets of levers that people kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.measured import Measured
from engine.answers.meeting import register
from engine.answers.sop import lever_words
from engine.answers.sop.basis import Basis, basis_of
from engine.answers.sop.families import OF_ALL
from engine.answers.sop.supply_plan import FIGURE_LABELS
from engine.answers.source import Source, remembered, source_of
from engine.errors import BadUse, Impossible
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop import scenarios as formulas
from engine.sop.prebuild import smoothness
from engine.sop.scenarios import FIGURES, METHODS, Outcome, Scenario, outcome_of, record_of, scenario_of
from engine.store.home import Home
from engine.store.warehouse import open_warehouse

BASE = METHODS[0]
METHOD_WORDS: dict[str, Message] = {
    "as_planned": message("As planned"),
    "level": message("Level plan"),
    "chase": message("Chase plan"),
    "hybrid": message("Hybrid plan"),
    "prebuild": message("Peaks built ahead"),
    "optimal": message("Cheapest plan"),
}
UNITS = {name: "score" if name.endswith("_hours") else unit for name, (_, unit) in FIGURE_LABELS.items()}
"""Figure -> unit; hours are no pieces."""
CHANGE_UNITS = {"share": "points"}
COLUMNS = (
    Column("scenario_id", message("Code"), "code"),
    Column("scenario", message("Scenario"), "message"),
    Column("method", message("Production"), "message"),
    Column("levers", message("What is changed"), "message"),
    *(Column(name, FIGURE_LABELS[name][0], UNITS[name]) for name in FIGURES),
    Column("worth_value", message("Sales less cost of the plan, with the stock at the end"), "money"),
    Column("swing_qty", message("Change of production from month to month"), "qty"),
    *(Column(f"{name}_change", message("{figure}, change", figure=FIGURE_LABELS[name][0]), CHANGE_UNITS.get(UNITS[name], UNITS[name])) for name in FIGURES),
    Column("breach", message("What cannot be kept"), "message"),
    Column("kept_by", message("Kept by"), "text"),
    Column("figures_why", message("Why unknown"), "message"),
)  # fmt: skip
_TEXTS = ("scenario_id", "scenario", "method", "levers", "breach", "kept_by", "figures_why")


@dataclass(frozen=True)
class Line:
    """One scenario: how it is called, what it leads to, None where it cannot be reckoned any longer (`why`). id: a method, or the subject of a record."""

    id: str
    name: Message
    scenario: Scenario | None
    outcome: Outcome | None
    kept: register.Kept | None = None
    why: Message | None = None


def scenarios(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """The plan of record first, then the same demand planned by each method, then the scenarios of this cycle that were kept (COLUMNS): every figure of
    `engine.sop.scenarios.FIGURES` with its difference to the plan of record.

    extra: `options` (figure, o0 … of each scenario that can be reckoned, d1 … its difference to o0, in the order of `facts["shown"]`); `moves` of the
    plan with peaks built ahead. facts: measures (what the smoothing costs and saves), shown (scenario_id of o0, o1 …), names (scenario_id -> Message),
    figures (label and unit), records (scenario_id -> id of the record), methods (words), month, tail_months (after a promotion), and what a lever can be
    about: `choices`.
    """
    answer: Answer = _scenarios(warehouse, selection, scope, run_of(warehouse))
    return answer


@remembered
def _scenarios(source: Source, selection: Selection, scope: Scope, run: str) -> Answer:
    basis = basis_of(source, Selection(as_of=selection.as_of), run)
    month = basis.demand.months.first
    found = tuple(_lines(basis, register.lines(str(source.home.path), "scenario", month))) if scope.sees_all else ()
    base = found[0].outcome if found else None
    shown = [line for line in found if line.outcome is not None]
    options = _options(shown)
    return Answer(
        name="scenarios",
        headline=_headline(found, basis, scope),
        frame=_frame(found, base, basis),
        columns=COLUMNS,
        version=source.version,
        as_of=basis.demand.months.as_of,
        first=basis.situation.axes.months[0],
        last=basis.situation.axes.months[-1],
        notes=_notes(found),
        missing=tuple(table for table in ("production_plan", "resources", "capacity", "resource_use") if not source.has(table)),
        extra={"options": options},
        facts={
            "measures": _measures(found), "shown": [line.id for line in shown], "names": {line.id: line.name for line in found},
            "figures": dict(FIGURE_LABELS), "records": {line.id: line.kept.id for line in found if line.kept is not None}, "month": month,
            "methods": dict(METHOD_WORDS), "tail_months": int(source.settings["promotion_tail_months"]), **(choices(basis) if scope.sees_all else {}),
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def choices(basis: Basis) -> dict[str, Any]:
    """What a lever can be about: families, resources (code -> name), areas, months."""
    names = dict(basis.demand.families.frame.select("family", "family_name").iter_rows())
    return {
        "families": {code: names.get(code) or code for code in basis.situation.axes.families},
        "resources": dict(basis.resources.frame.select("resource_id", "resource_name").iter_rows()),
        "areas": basis.situation.areas,
        "months": basis.situation.axes.months,
    }


def _lines(basis: Basis, kept: Sequence[register.Kept]) -> Iterator[Line]:
    """Methods first. What is kept may name a family or resource that the plan no longer has: it stays in the list and says so."""
    best: Outcome | None = None
    for method in METHODS:
        outcome = outcome_of(basis.situation, Scenario(method, method=method))
        best = outcome if method == "optimal" else best
        yield Line(method, METHOD_WORDS[method], outcome.scenario, outcome)
    for each in kept:
        name = message("{name}", name=str(each.said.get("name", "")))
        try:
            scenario = scenario_of({"method": "optimal", **each.said})
            outcome = outcome_of(basis.situation, scenario, before=best)
        except Impossible as fault:
            yield Line(each.subject, name, None, None, each, fault.said)
        else:
            yield Line(each.subject, name, scenario, outcome, each)


def _frame(found: Sequence[Line], base: Outcome | None, basis: Basis) -> pl.DataFrame:
    schema = {column.name: pl.String if column.name in _TEXTS else pl.Float64 for column in COLUMNS}
    return pl.DataFrame([_row(line, base, basis) for line in found], schema=schema)


def _breach(outcome: Outcome, names: Mapping[str, str | None]) -> Message | None:
    """What a plan cannot keep and which constraint is in the way: what was found in making it, else what it never delivers."""
    owed = outcome.figures["late_value"] or 0.0
    if outcome.said is not None or outcome.plan is None or owed < 1:
        return outcome.said
    worth = np.nan_to_num(outcome.plan.hour_worth)
    if not worth.size or float(worth.max()) <= 0:
        return message("{owed_money} of the demand is not delivered in these months, although no resource is full.", owed_money=owed)
    resource, month = np.unravel_index(int(np.argmax(worth)), worth.shape)
    code = outcome.situation.resources[int(resource)]
    return message(
        "{owed_money} of the demand is not delivered in these months: {resource} is full, most of all in {month}. No plan that can be made delivers more.",
        owed_money=owed, resource=names.get(code) or code, month=outcome.situation.axes.months[int(month)],
    )  # fmt: skip


def _row(line: Line, base: Outcome | None, basis: Basis) -> dict[str, Any]:
    figures: Mapping[str, float | None] = line.outcome.figures if line.outcome is not None else dict.fromkeys(FIGURES)
    start: Mapping[str, float | None] = base.figures if base is not None else dict.fromkeys(FIGURES)
    months, scenario = basis.situation.axes.months, line.scenario
    names = dict(basis.resources.frame.select("resource_id", "resource_name").iter_rows())
    levers = [lever_words.said(lever, months) for lever in scenario.levers] if scenario is not None else []
    breach = _breach(line.outcome, names) if line.outcome is not None else None
    return {
        "scenario_id": line.id,
        "scenario": line.name.to_json(),
        "method": METHOD_WORDS[scenario.method].to_json() if scenario is not None else None,
        "levers": message("{changes}", changes=levers).to_json() if levers else None,
        **dict(figures),
        "worth_value": _worth(line.outcome) if line.outcome is not None else None,
        "swing_qty": smoothness(line.outcome.shipping.supply) if line.outcome is not None else None,
        **{f"{name}_change": _change(figures[name], start[name]) for name in FIGURES},
        "breach": breach.to_json() if breach is not None else None,
        "kept_by": line.kept.who if line.kept is not None else None,
        "figures_why": line.why.to_json() if line.why is not None else None,
    }


def _change(value: float | None, start: float | None) -> float | None:
    return None if value is None or start is None else value - start


def _options(shown: Sequence[Line]) -> pl.DataFrame:
    outcomes = [line.outcome for line in shown if line.outcome is not None]
    if not outcomes:
        return pl.DataFrame(schema={"figure": pl.String, "o0": pl.Float64})
    return formulas.side_by_side(outcomes[0], outcomes[1:])


def _headline(found: Sequence[Line], basis: Basis, scope: Scope) -> Message:
    if not scope.sees_all:
        return OF_ALL
    known = [line for line in found if line.outcome is not None and line.outcome.figures["contribution"] is not None]
    if not basis.situation.axes.families or not known:
        return message("There is nothing to plan: no family has a known demand and price.")
    possible = [line for line in known if line.kept is None and _beyond(line) <= max(_beyond(known[0]), 1e-6)]
    best = max(possible, key=_worth_of)
    gain, kept = _worth_of(best) - _worth_of(known[0]), sum(line.kept is not None for line in found)
    said = (
        message("No plan that can be made earns more than the plan of record.") if best is known[0] or gain <= 0
        else message("“{scenario}” earns {gain_money} more than the plan of record, with the stock that is left.", scenario=best.name, gain_money=gain)
    )  # fmt: skip
    if not kept:
        return message("{said} {further}", said=said, further=message("No scenario of this cycle was kept yet."))
    return message("{said} {further}", said=said, further=plural("{n} scenario was kept.", "{n} scenarios were kept.", n=kept))


def _beyond(line: Line) -> float:
    """Hours in it that nobody has."""
    return float((line.outcome.figures["over_hours"] or 0.0) if line.outcome is not None else 0.0)


def _worth(outcome: Outcome) -> float | None:
    """What a plan brings: sales less its cost, and what is left in stock, at cost; or a plan that only runs the stock down would look good."""
    contribution, stock = outcome.figures["contribution"], outcome.figures["stock_value"]
    return None if contribution is None or stock is None else contribution + stock


def _worth_of(line: Line) -> float:
    return (_worth(line.outcome) or 0.0) if line.outcome is not None else 0.0


def _measures(found: Sequence[Line]) -> tuple[Measured, ...]:
    """What building peaks ahead costs and saves."""
    ahead = next((line.outcome for line in found if line.id == "prebuild" and line.outcome is not None), None)
    moves, base = (ahead.moves if ahead is not None else None), next((line.outcome for line in found if line.outcome is not None), None)
    nothing = message("Nothing is planned.")
    qty = None if moves is None else float(sum(move.qty for move in moves.moves))
    before = None if base is None else smoothness(base.shipping.supply)
    after = None if ahead is None else smoothness(ahead.shipping.supply)
    return (
        Measured(message("Built ahead"), qty, "qty", message("Pieces that are made in an earlier month because their own is full."), nothing),
        Measured(message("Keeping them costs"), None if moves is None else moves.cost, "money", message("Until the month in which they are needed."), nothing),
        Measured(
            message("Saved in extra hours"), None if moves is None else moves.saved, "money",
            message("What the same hours cost in overtime or outside, above normal time."), nothing,
        ),
        Measured(
            message("Swing, difference"), None if before is None or after is None else after - before, "qty",
            message("Sum of the changes from month to month, after less before; below zero it is smoother."), nothing,
        ),
    )  # fmt: skip


def _notes(found: Sequence[Line]) -> tuple[Message, ...]:
    notes = [
        message("Plans that leave less in stock have made less; to compare them, what is left is counted at cost."),
        message("Every scenario is reckoned by the same rules as the plan of record; the difference is to the plan as it stands."),
        message("Level makes the same every working day, chase what each month asks for, hybrid a steady part and the rest on top."),
        message("Families without safety stock are made to order: whatever the method, they are made when they are asked for."),
    ]
    if any(line.why is not None for line in found):
        notes.append(message("A scenario that names what the plan no longer has cannot be reckoned; discard it or build it anew."))
    return tuple(notes)


# ── kept and discarded ───────────────────────────────────────────────────────────────────────────────────────────────────


def outcome_now(home: str, scenario: Scenario, who: Scope) -> tuple[Basis, Outcome]:
    """What a scenario leads to at this moment. Raises Impossible for a lever that cannot be, NotAllowed."""
    warehouse = open_warehouse(Home(Path(home)))
    basis = basis_of(source_of(warehouse, who), Selection(), run_of(warehouse))
    return basis, outcome_of(basis.situation, scenario)


def keep(home: str, name: str, levers: Sequence[Mapping[str, Any]], method: str, who: Scope) -> register.Kept:
    """Keep a scenario with its figures in the cycle that the plan begins with. levers: as records hold them (`engine.sop.scenarios.record_of`).

    Raises Impossible for a lever that cannot be or where there is none, BadUse where the cycle was not opened or the name is taken, NotAllowed.
    """
    register.may_write(home, who)
    basis, outcome = outcome_now(home, scenario_of({"name": name, "levers": levers, "method": method}), who)
    cycle = basis.demand.months.first
    if any(line.said.get("name") == " ".join(name.split()) for line in register.lines(home, "scenario", cycle)):
        raise BadUse(message("There is a scenario “{name}” already. Choose another name, or discard that one first.", name=name))
    version = open_warehouse(Home(Path(home))).version
    return register.keep_scenario(home, cycle, name, record_of(outcome.scenario)["levers"], outcome.figures, who, version, method)


def discard(home: str, subject: str, seen: int, who: Scope) -> None:
    """Take a scenario off the list; its history stays. Raises NotKept where somebody else changed it, NotAllowed."""
    register.take_off(home, "scenario", subject, seen, who, open_warehouse(Home(Path(home))).version)
