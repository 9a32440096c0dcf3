"""The what-if of the meeting: levers over the plan of record, solved anew at once, beside the plan of record and the same without the levers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from engine.answers import records
from engine.answers.answer import Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.meeting import changes, cycles
from engine.answers.sop import lever_words
from engine.answers.sop.basis import Basis, basis_of
from engine.answers.source import Memory, Source, remembered
from engine.errors import Impossible
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.decisions import MEASURES
from engine.sop.grid import Numbers
from engine.sop.levers import PromotionLever
from engine.sop.promoting import promised
from engine.sop.scenarios import Outcome, Scenario, outcome_of, scenario_of

METHODS: dict[str, Message] = {
    "optimal": message("Planned anew at least cost"),
    "prebuild": message("As planned, peaks built ahead"),
    "as_planned": message("Production as planned"),
}
"""How production follows the levers."""
PLANS: dict[str, Message] = {
    "record": message("Plan of record"),
    "anew": message("Without the levers"),
    "found": message("What if"),
}
"""The rows that a what-if is told by."""
OF_MEASURES = tuple(Column(name, label, unit, "higher" if better == "more" else "lower") for name, (label, unit, better) in MEASURES.items())
CHANGES = tuple(Column(f"{name}_change", message("{measure}, difference", measure=label), unit) for name, (label, unit, _) in MEASURES.items())
COLUMNS = (Column("plan", message("Plan"), "message"), *OF_MEASURES, *CHANGES)
MONTHLY: dict[str, tuple[Message, str]] = {
    "revenue": (message("Revenue"), "money"),
    "margin": (message("Gross margin"), "money"),
    "stock_value": (message("Stock"), "money"),
    "load_share": (message("Load of the bottleneck"), "share"),
    "cash": (message("Cash"), "money"),
}
"""What is drawn month by month: name -> label, unit."""
FAMILIES = (
    Column("family", message("Family"), "code"),
    Column("family_name", message("Name of the family"), "text"),
    Column("revenue_change_value", message("Revenue, difference"), "money"),
    Column("late_change_value", message("Late or missing, difference"), "money"),
    Column("stock_change_value", message("Stock at the end, difference"), "money"),
)
PROMOTIONS = (
    Column("promotion", message("Promotion"), "message"),
    Column("incremental_value", message("More turnover, net"), "money", "higher"),
    Column("spend", message("Spent"), "money"),
    Column("uplift_ratio", message("More turnover for 1 spent"), "ratio", "higher"),
    Column("gain_value", message("Margin less spend"), "money", "higher"),
    Column("uplift_ratio_why", message("Why unknown"), "message"),
)
"""What a promotion among the levers would bring, as past ones are judged."""
_BASES = Memory(4)


@dataclass(frozen=True)
class Base:
    """What every what-if starts from. planned: the plan of record as it stands; cheapest: the cheapest plan for the same demand."""

    basis: Basis
    planned: Outcome
    cheapest: Outcome


def base_of(source: Source, run: str) -> Base:
    """The base of a home's what-ifs, reckoned once for each data version, setting and change of the plan."""
    home = source.home
    records.note((changes.KIND,))
    key = str(home.path), source.version, source.settings, run, records.head(home, changes.KIND)

    def work_out() -> Base:
        basis = basis_of(source, Selection(), run)
        planned = outcome_of(basis.situation, Scenario("record", method="as_planned"))
        return Base(basis, planned, outcome_of(basis.situation, Scenario("base")))

    return _BASES.recall(key, work_out)


def solved(base: Base, levers: Sequence[Mapping[str, Any]], method: str, name: str = "what if") -> Outcome:
    """The plan under some levers, as records keep them. Raises Impossible for what cannot be."""
    scenario = scenario_of({"name": name, "levers": list(levers), "method": method})
    return outcome_of(base.basis.situation, scenario, before=base.cheapest if method == "optimal" else None)


def what_if(warehouse: Any, selection: Selection, scope: Scope, levers: str = "[]", method: str = "optimal", family: str = "") -> Answer:
    """What some levers do to the plan: the plan of record, the same method without the levers, and with them, one row each with every measure and its
    difference to the plan of record (COLUMNS). levers: JSON list of levers as records keep them; none = the plan of record itself.

    extra: `months` (month; <measure>_record and <measure>_found for each of MONTHLY, of all families or of one), `families` (FAMILIES, the largest
    difference first), `promotions` (PROMOTIONS: of each promotion among the levers). facts: effects (measure -> value, what an option keeps), said (a
    constraint that could not be kept, or None), months, families
    (code -> name), areas, resources (code -> name): what a lever can be about; tail_months (after a promotion what was only bought earlier is looked
    for), least_ratio (what each one spent must bring).
    Raises Impossible for levers that cannot be, NotAllowed for who sees a part of the company.
    """
    cycles.of_the_company(scope)
    answer: Answer = _what_if(warehouse, selection, scope, levers, method, family, run_of(warehouse))
    return answer


@remembered
def _what_if(source: Source, selection: Selection, scope: Scope, levers: str, method: str, family: str, run: str) -> Answer:
    base, turned = base_of(source, run), _levers(levers)
    anew = base.planned
    if turned:
        anew = base.cheapest if method == "optimal" else solved(base, [], method)
    found = solved(base, turned, method) if turned else base.planned
    names = dict(base.basis.demand.families.frame.select("family", "family_name").iter_rows())
    rows = base.basis.situation.axes.rows
    return Answer(
        name="what_if",
        headline=_headline(base.planned, found, bool(turned)),
        frame=measured(tuple(PLANS.values()), (base.planned, anew, found)),
        columns=COLUMNS,
        version=source.version,
        extra={
            "months": _months(base.planned, found, rows.get(family)), "families": _families(base.planned, found, names),
            "promotions": _promotions(base, found.scenario),
        },
        facts={
            "effects": effects_of(found), "said": found.said, "months": base.basis.situation.axes.months,
            "families": {code: names.get(code) or code for code in rows}, "areas": base.basis.situation.areas,
            "resources": dict(base.basis.resources.frame.select("resource_id", "resource_name").iter_rows()),
            "tail_months": int(source.settings["promotion_tail_months"]), "least_ratio": float(source.settings["promotion_ratio_least"]),
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def _promotions(base: Base, scenario: Scenario) -> pl.DataFrame:
    """Each promotion over what the levers before it leave (PROMOTIONS)."""
    rows, situation = [], base.basis.situation
    for lever in scenario.levers:
        if isinstance(lever, PromotionLever):
            found = promised(situation, lever)
            why = found.uplift.why
            figures = (found.uplift.incremental, lever.spend, found.uplift.ratio, found.gain, None if why is None else why.to_json())
            rows.append((lever_words.said(lever, situation.axes.months).to_json(), *figures))
        situation = lever.on(situation)
    texts = ("promotion", "uplift_ratio_why")
    schema = {column.name: pl.String if column.name in texts else pl.Float64 for column in PROMOTIONS}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _levers(text: str) -> list[dict[str, Any]]:
    """Raises Impossible for what is no list of levers."""
    try:
        kept = json.loads(text)
    except ValueError:
        kept = None
    if not isinstance(kept, list) or not all(isinstance(lever, dict) and "kind" in lever for lever in kept):
        raise Impossible(message("A what-if is a list of levers; this is none: {found}.", found=text[:80]))
    return kept


def effects_of(outcome: Outcome) -> dict[str, float | None]:
    """The measures by which options are compared."""
    return {name: outcome.figures[name] for name in MEASURES}


def expected_in(base: Base, levers: Sequence[Mapping[str, Any]], method: str, month: date, family: str = "") -> dict[str, float]:
    """What a plan promises for one month, of a family or of all: revenue, margin, stock_value. Empty for a month that is not planned."""
    axes = base.basis.situation.axes
    if month not in axes.columns or (family and family not in axes.rows):
        return {}
    outcome = solved(base, levers, method or "optimal") if levers or method not in ("", "as_planned") else base.planned
    rows, column = axes.rows.get(family, slice(None)), axes.columns[month]
    of = outcome.projection
    return {name: float(np.sum(getattr(of, name)[rows, column])) for name in ("revenue", "margin", "stock_value")}


def measured(names: Sequence[Message], outcomes: Sequence[Outcome]) -> pl.DataFrame:
    """One row a plan (COLUMNS): its measures, and their differences to the first of the plans."""
    start, rows = effects_of(outcomes[0]), []
    for name, outcome in zip(names, outcomes, strict=True):
        values = effects_of(outcome)
        differences = [None if (value := values[measure]) is None or (base := start[measure]) is None else value - base for measure in MEASURES]
        rows.append((name.to_json(), *values.values(), *differences))
    schema = {"plan": pl.String, **dict.fromkeys((column.name for column in COLUMNS[1:]), pl.Float64)}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _monthly(outcome: Outcome, row: int | None) -> dict[str, list[float | None]]:
    """Month by month, of one family (its row) or of all; load and cash are always of all."""
    projection = outcome.projection

    def summed(values: Numbers) -> Numbers:
        return np.asarray(values.sum(axis=0) if row is None else values[row])

    share = np.where(np.isfinite(projection.share), projection.share, -np.inf)
    load = share.max(axis=0) if share.size else np.full(len(outcome.situation.axes.months), -np.inf)
    found = {
        "revenue": summed(projection.revenue), "margin": summed(projection.margin), "stock_value": summed(projection.stock_value),
        "load_share": np.where(np.isfinite(load), load, np.nan), "cash": projection.cash,
    }  # fmt: skip
    return {name: [None if np.isnan(value) else float(value) for value in found[name]] for name in MONTHLY}


def _months(planned: Outcome, found: Outcome, row: int | None) -> pl.DataFrame:
    before, after = _monthly(planned, row), _monthly(found, row)
    columns = {f"{name}_{side}": values[name] for name in MONTHLY for side, values in (("record", before), ("found", after))}
    return pl.DataFrame({"month": list(planned.situation.axes.months), **columns}, schema={"month": pl.Date, **dict.fromkeys(columns, pl.Float64)})


def _families(planned: Outcome, found: Outcome, names: Mapping[str, str | None]) -> pl.DataFrame:
    families = planned.situation.axes.families
    price_before, price_after = planned.situation.price, found.situation.price
    late = (found.shipping.short * price_after).sum(axis=1) - (planned.shipping.short * price_before).sum(axis=1)
    revenue = (found.projection.revenue - planned.projection.revenue).sum(axis=1)
    stock = (found.projection.stock_value - planned.projection.stock_value)[:, -1]
    columns = {"revenue_change_value": revenue, "late_change_value": late, "stock_change_value": stock}
    frame = pl.DataFrame(
        {"family": list(families), "family_name": [names.get(code) or code for code in families], **columns},
        schema={"family": pl.String, "family_name": pl.String, **dict.fromkeys(columns, pl.Float64)},
    )
    size = pl.max_horizontal(pl.col(column.name).abs() for column in FAMILIES[2:])
    return frame.filter(size > 0.5).sort(size, "family", descending=[True, False])


def _headline(planned: Outcome, found: Outcome, is_turned: bool) -> Message:
    if not is_turned:
        return message("No lever is turned: this is the plan of record.")
    margin, before = found.figures["margin"], planned.figures["margin"]
    service, then = found.figures["service_share"], planned.figures["service_share"]
    if margin is None or before is None or service is None or then is None:
        return message("Nothing is asked for in these months.")
    if margin >= before:
        return message(
            "Margin rises by {more_money}; {service_share} of the demand is delivered in its month, {then_share} by the plan of record.",
            more_money=margin - before, service_share=service, then_share=then,
        )  # fmt: skip
    return message(
        "Margin falls by {less_money}; {service_share} of the demand is delivered in its month, {then_share} by the plan of record.",
        less_money=before - margin, service_share=service, then_share=then,
    )  # fmt: skip
