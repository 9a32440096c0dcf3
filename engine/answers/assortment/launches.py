"""The launch gate: each project against the day, the size of a line, the defence, the budget and the thresholds of its sourcing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from engine.answers import flows
from engine.answers.answer import Answer, Column
from engine.answers.assortment import decided, gates
from engine.answers.assortment.reviewed import review_of
from engine.answers.assortment.uplift import lines_of
from engine.answers.gathering import EVERYBODY
from engine.answers.meeting import cycles
from engine.answers.periods import end_of, first_of, last_day, months_before
from engine.answers.source import Source, remembered
from engine.assortment import launch as formulas
from engine.assortment.launch import CRITERIA, MISSED, RESULTS, Criterion, Project
from engine.assortment.windows import after, is_day_of, next_day_of
from engine.errors import BadUse
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

SOURCING_WORDS: dict[str, Message] = {"own": message("own"), "third_party": message("third party"), "to_order": message("to order")}
GROUNDS: dict[str, Message] = {
    "sold": message("what it sold since"), "budget": message("budget"), "analogue": message("earlier launches at the same age"), "nothing": message("nothing"),
}  # fmt: skip
SEASON_MONTHS = 6
COLUMNS = (
    Column("project_id", message("Project"), "code"),
    Column("line_id", message("Line"), "code"),
    Column("line_name", message("Name of the line"), "text"),
    Column("launch_verdict", message("Verdict"), "message"),
    Column("missed_n", message("Missed"), "count"),
    Column("not_set_n", message("Not set"), "count"),
    Column("launch_on", message("Launch on"), "date"),
    Column("sourcing", message("Sourcing"), "message"),
    Column("planned_skus", message("Products"), "count"),
    Column("investment_value", message("Investment"), "money"),
    Column("margin_share", message("Margin expected"), "share"),
    Column("payback_months", message("Payback, months"), "score"),
    Column("return_share", message("Return on the investment"), "share"),
    Column("budget_share", message("Of the promotion budget"), "share"),
    Column("approved_on", message("Approved on"), "date"),
    Column("expected_from", message("Expected from"), "message"),
    Column("sphere", message("Sphere"), "text"),
    Column("product_group", message("Product group"), "text"),
    Column("payback_months_why", message("Why unknown"), "message"),
)
CRITERIA_COLUMNS = (
    Column("project_id", message("Project"), "code"),
    Column("criterion", message("Criterion"), "message"),
    Column("result", message("Result"), "message"),
    Column("found", message("Found"), "text"),
    Column("wanted", message("Wanted"), "text"),
    Column("explained", message("Why"), "message"),
)
NO_PAYBACK = message("Within the horizon the margin does not reach the investment.")
NO_SALES = message("Nobody knows what it will sell: no budget, and no earlier launch to compare it with.")


def launch_check(warehouse: Any, selection: Selection, scope: Scope, project: str = "", sphere: str = "") -> Answer:
    """Every project against the gate (COLUMNS), those ahead first. project: one alone; sphere: where it will stand, if its line is not in the tree yet.

    extra: `criteria` (CRITERIA_COLUMNS and the raw columns name, found_value, wanted_value, unit). facts: gate_on (the next), thresholds, launched (the lines
    whose launch is in force). Raises NotAllowed, BadUse for a project that there is not.
    """
    cycles.of_the_company(scope)
    answer: Answer = _launch_check(warehouse, selection, scope, project, sphere)
    return answer


@remembered
def _launch_check(source: Source, selection: Selection, scope: Scope, project: str, sphere: str) -> Answer:
    as_of = selection.as_of or last_day(source)
    table = source.read("projects")
    if project and project not in table["project_id"].to_list():
        raise BadUse(message("There is no project “{project}”; there are {projects}.", project=project, projects=table["project_id"].to_list() or "–"))
    rows, criteria = [], []
    lines = {row["line_id"]: row for row in lines_of(source).iter_rows(named=True)}
    for row in table.filter(pl.col("project_id") == project if project else pl.lit(True)).iter_rows(named=True):
        line = lines.get(row["line_id"]) or {"line_name": None, "sphere": sphere or None, "product_group": None}
        described, basis = _project(source, row, line, as_of)
        found = formulas.criteria(
            described, source.settings["launch_gate_days"], thresholds_of(source.settings, row["sourcing"]), int(source.settings["line_least_skus"]),
            float(source.settings["promotion_new_share"]),
        )  # fmt: skip
        rows.append(_row(row, line, described, found, basis))
        criteria += [_criterion(row["project_id"], each) for each in found]
    frame = _frame(rows, as_of)
    return Answer(
        name="launch_check",
        headline=_headline(frame, next_day_of(source.settings["launch_gate_days"], as_of), as_of),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        missing=tuple(name for name in ("projects", "marketing_budget", "promotions") if not source.has(name)),
        notes=(
            message("A criterion that nobody set lets nothing pass and stops nothing; the settings hold the table by sourcing."),
            message("A line that deepens one that exists needs no defence and takes nothing of the 20 % for new lines."),
        ),
        extra={"criteria": pl.DataFrame(criteria, schema=_CRITERIA)},
        facts={
            "gate_on": next_day_of(source.settings["launch_gate_days"], as_of), "launched": tuple(decided.launches(source)),
            "thresholds": {sourcing: thresholds_of(source.settings, sourcing) for sourcing in formulas.SOURCINGS},
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def thresholds_of(settings: Mapping[str, Any], sourcing: str) -> dict[str, float | None]:
    """Criterion -> threshold of a sourcing; None = nobody set one."""
    row = next((row for row in settings["launch_criteria"] if row[0] == sourcing), (sourcing, *[None] * len(CRITERIA)))
    return {name: None if value is None else float(value) for name, value in zip(CRITERIA, row[1:], strict=True)}


def _project(source: Source, row: Mapping[str, Any], line: Mapping[str, Any], as_of: date) -> tuple[Project, str]:
    """(the project as the gate looks at it, from what its sales are expected)."""
    margins, basis = _margins(source, row, as_of)
    horizon = int(source.settings["launch_horizon_months"])
    products = review_of(source, None).basis.frame.filter(pl.col("line_id") == row["line_id"])["is_innovation"].drop_nulls()
    payback = formulas.payback_months(row["investment"], margins) if margins else None
    return Project(
        sourcing=row["sourcing"], launch_on=row["launch_on"], skus=row["planned_skus"], margin_share=row["expected_margin_share"], payback=payback,
        roi=formulas.return_on_investment(row["investment"], margins, horizon), is_innovation=bool(products.any()) if products.len() else True,
        approved_on=row["approved_on"] or _approved(source, row["project_id"]), budget_share=_budget_share(source, row, line.get("sphere")),
    ), basis  # fmt: skip


def _approved(source: Source, project: str) -> date | None:
    """The day on which a decision of the gate approved it."""
    found = [each.day("approved_on") for each in gates.decisions(str(source.home.path), "launch") if each.said["figures"].get("project_id") == project]
    return next((day for day in found if day is not None), None)


def _margins(source: Source, row: Mapping[str, Any], as_of: date) -> tuple[list[float], str]:
    """(net margin of each month from the launch on, over the horizon; what it was taken from): sales so far, else the budget, else earlier launches."""
    horizon, first = int(source.settings["launch_horizon_months"]), first_of(row["launch_on"])
    last = first_of(as_of) if as_of == end_of(as_of) else months_before(first_of(as_of), 1)
    months = [months_before(first, -step) for step in range(horizon)]
    behind = [month for month in months if month <= last]
    if behind:
        sold = _by_month(source, [row["line_id"]], behind)
        real = [sold.get(month, (0.0, 0.0))[0] - sold.get(month, (0.0, 0.0))[1] for month in behind]
        if any(real):
            level = sum(real[-3:]) / len(real[-3:])
            return real + [level] * (horizon - len(real)), "sold"
    budget = source.whole.read("budget_between", first_month=months[0], last_month=months[-1]).filter(pl.col("line_id") == row["line_id"])
    if budget.height:
        sums = dict(budget.group_by("month").agg(pl.coalesce("margin_value", pl.col("net_value") * row["expected_margin_share"]).sum()).iter_rows())
        known = [sums[month] for month in months if month in sums]
        return known + [sum(known[-3:]) / len(known[-3:])] * (horizon - len(known)), "budget"
    curve = _analogue(source, last, horizon)
    return ([value * row["planned_skus"] * row["expected_margin_share"] for value in curve], "analogue") if curve else ([], "nothing")


def _by_month(source: Source, lines: Sequence[str], months: Sequence[date]) -> dict[date, tuple[float, float]]:
    """Month -> (turnover, cost) of some lines."""
    items = source.whole.items.filter(pl.col("line_id").is_in(list(lines)))["item_id"].to_list()
    if not items:
        return {}
    rows = flows.sales_of_months(source.whole, EVERYBODY, [flows.ITEM], months).filter(pl.col("sku").is_in(items))
    return {month: (net or 0.0, cost or 0.0) for month, net, cost in rows.group_by("month").agg(pl.col("net_value", "cost_value").sum()).iter_rows()}


def _analogue(source: Source, last: date, horizon: int) -> list[float]:
    """Median turnover a product of earlier launches, at each month of age; the last known level goes on."""
    earlier = source.whole.read("projects").filter((pl.col("status") == "launched") & (pl.col("launch_on") < last))
    ages: list[list[float]] = []
    for line, launched, skus in earlier.select("line_id", "launch_on", "planned_skus").iter_rows():
        first = first_of(launched)
        months = [months_before(first, -step) for step in range(horizon) if months_before(first, -step) <= last]
        sold = _by_month(source, [line], months) if months else {}
        values = [sold.get(month, (0.0, 0.0))[0] / max(skus, 1) for month in months]
        for age, value in enumerate(values):
            ages.extend([] for _ in range(age + 1 - len(ages)))
            ages[age].append(value)
    curve = [sorted(values)[len(values) // 2] if len(values) % 2 else sum(sorted(values)[len(values) // 2 - 1 : len(values) // 2 + 1]) / 2 for values in ages]
    if not any(curve):
        return []
    level = sum(curve[-3:]) / len(curve[-3:])
    return curve + [level] * (horizon - len(curve))


def _budget_share(source: Source, row: Mapping[str, Any], sphere: str | None) -> float | None:
    """Launch promotions of the line in its first half-year ÷ the sphere's promotion budget of these months; unknown without a sphere or budget."""
    first, last = first_of(row["launch_on"]), after(first_of(row["launch_on"]), SEASON_MONTHS - 1)
    if sphere is None:
        return None
    rows = source.whole.read("marketing_budget_between", first_month=first, last_month=last).filter(pl.col("sphere") == sphere)
    budget = float(rows["budget"].sum() or 0.0)
    mine = source.whole.read("promotions").filter(
        (pl.col("line_id") == row["line_id"]) & (pl.col("kind") == "launch") & pl.col("started_on").is_between(first, end_of(last))
    )
    return float(mine["planned_spend"].sum() or 0.0) / budget if budget > 0 else None


_CRITERIA: dict[str, Any] = dict.fromkeys(("project_id", "name", "criterion", "result", "unit", "explained"), pl.String) | dict.fromkeys(
    ("found_value", "wanted_value"), pl.Float64
)


def _criterion(project: str, each: Criterion) -> dict[str, Any]:
    return {
        "project_id": project, "name": each.name, "criterion": each.said.to_json(), "result": RESULTS[each.result].to_json(), "unit": each.unit,
        "explained": each.why.to_json() if each.why else None, "found_value": each.found, "wanted_value": each.threshold,
    }  # fmt: skip


def _row(row: Mapping[str, Any], line: Mapping[str, Any], described: Project, found: Sequence[Criterion], basis: str) -> dict[str, Any]:
    missed = [each for each in found if each.result == MISSED]
    unset = sum(each.result == formulas.NOT_SET for each in found)
    why = None if described.payback is not None else NO_SALES if basis == "nothing" else NO_PAYBACK
    return {
        "project_id": row["project_id"], "line_id": row["line_id"], "line_name": line.get("line_name"), "sphere": line.get("sphere"),
        "product_group": line.get("product_group"), "launch_verdict": _verdict(missed).to_json(), "missed_n": len(missed), "not_set_n": unset,
        "launch_on": row["launch_on"], "sourcing": SOURCING_WORDS[row["sourcing"]].to_json(), "planned_skus": row["planned_skus"],
        "investment_value": row["investment"], "margin_share": described.margin_share, "payback_months": described.payback, "return_share": described.roi,
        "budget_share": described.budget_share, "approved_on": described.approved_on, "expected_from": GROUNDS[basis].to_json(),
        "payback_months_why": why.to_json() if why else None,
    }  # fmt: skip


def _verdict(missed: Sequence[Criterion]) -> Message:
    if not missed:
        return message("nothing stands in its way")
    return message("not met: {missed}", missed=tuple(each.said for each in missed))


def _frame(rows: Sequence[Mapping[str, Any]], as_of: date) -> pl.DataFrame:
    units = {"date": pl.Date, "count": pl.Int64, "money": pl.Float64, "share": pl.Float64, "score": pl.Float64}
    frame = pl.DataFrame(rows, schema={column.name: units.get(column.unit, pl.String) for column in COLUMNS})
    return frame.sort((pl.col("launch_on") < as_of), "launch_on", "project_id")


def _headline(frame: pl.DataFrame, gate_on: date, as_of: date) -> Message:
    ahead = frame.filter(pl.col("launch_on") >= as_of)
    if ahead.is_empty():
        return message("No launch is planned; the next gate is on {gate_on}.", gate_on=gate_on)
    ready = ahead.filter(pl.col("missed_n") == 0).height
    return plural(
        "{n} launch is planned, {ready_n} of them with nothing in its way; the next gate is on {gate_on}.",
        "{n} launches are planned, {ready_n} of them with nothing in their way; the next gate is on {gate_on}.",
        n=ahead.height, ready_n=ready, gate_on=gate_on,
    )  # fmt: skip


def begin(
    home: str, check: Answer, project: str, products: Sequence[str], sphere: str, product_group: str, who: Scope, version: int | None,
    gates_of: Sequence[tuple[int, int]], gate_on: date | None = None,
) -> gates.Decision:  # fmt: skip
    """Draft the launch of a project's line with its figures frozen. products: names of the products; gate_on: the day of the decision, else the project's own
    where it is a day of the gate, else the next gate. Raises BadUse without a product or for another project."""
    row = next((row for row in check.frame.iter_rows(named=True) if row["project_id"] == project), None)
    if row is None:
        raise BadUse(message("Choose the project that is to be launched."))
    names = [" ".join(name.split()) for name in products if name.strip()]
    criteria = check.extra["criteria"].filter(pl.col("project_id") == project)
    results = {name: next(code for code, said in RESULTS.items() if said.to_json() == result) for name, result in criteria.select("name", "result").iter_rows()}
    results["lines"] = formulas.MET if len(names) >= int(criteria.filter(pl.col("name") == "lines")["wanted_value"][0]) else MISSED
    figures = results | {
        "project_id": project, "line_id": row["line_id"], "sphere": sphere.strip(), "product_group": product_group.strip(), "margin_share": row["margin_share"],
        "investment_value": row["investment_value"], "payback_months": row["payback_months"], "return_share": row["return_share"],
        "budget_share": row["budget_share"], "as_of": check.as_of,
    }  # fmt: skip
    day = gate_on or (row["launch_on"] if is_day_of(gates_of, row["launch_on"]) else next_day_of(gates_of, row["launch_on"]))
    results["gate"] = formulas.MET if is_day_of(gates_of, day) else MISSED
    return gates.draft(home, "launch", day, pl.DataFrame({"name": names}, schema={"name": pl.String}), figures | {"gate": results["gate"]}, who, version)
