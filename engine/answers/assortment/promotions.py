"""Promotions: what each brought beyond its baseline, and what the quarter's plan does to the budget, the classes and the star lines."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.assortment import plans, reviewed
from engine.answers.assortment.uplift import BASELINES, NOTHING, Judged, judged, lines_of
from engine.answers.measured import Measured
from engine.answers.meeting import cycles
from engine.answers.periods import end_of, last_day, months_before
from engine.answers.source import Source, remembered
from engine.assortment import budget as rules
from engine.assortment import promotion as formulas
from engine.assortment.bcg import star_of
from engine.assortment.budget import Breach, Planned
from engine.assortment.review import key, quarter_named
from engine.errors import BadUse
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

KIND_WORDS: dict[str, Message] = {"star": message("star line"), "launch": message("launch"), "other": message("other promotion")}
VERDICTS: dict[str, Message] = {formulas.PASSED: message("passed"), formulas.FAILED: message("not passed"), formulas.UNKNOWN: message("unknown")}
MONEY_VERDICTS: dict[str, Message] = {
    formulas.PASSED: message("earned more than it cost"), formulas.FAILED: message("cost more than it earned"), formulas.UNKNOWN: message("unknown"),
}  # fmt: skip
CHAIN: dict[str, Message] = {
    formulas.GAINS: message("every link gains"), formulas.LOSES: message("a link loses"), formulas.NOT_PROVEN: message("not proven"),
}  # fmt: skip
BACKWARDS = message("It ends before it begins: correct its days.")
COLUMNS = (
    Column("promotion_id", message("Promotion"), "code"),
    Column("line_id", message("Line"), "code"),
    Column("line_name", message("Name of the line"), "text"),
    Column("promotion_kind", message("Kind"), "message"),
    Column("started_on", message("First day"), "date"),
    Column("ended_on", message("Last day"), "date"),
    Column("turnover_verdict", message("By turnover"), "message"),
    Column("money_verdict", message("By margin"), "message"),
    Column("uplift_ratio", message("More turnover for 1 spent"), "ratio", "up"),
    Column("gain_value", message("Margin less spend"), "money", "up"),
    Column("spend", message("Spent"), "money"),
    Column("planned_spend", message("Planned to spend"), "money"),
    Column("incremental_value", message("More turnover, net"), "money", "up"),
    Column("actual_value", message("Turnover in its days"), "money"),
    Column("baseline_value", message("Without it"), "money"),
    Column("tail_value", message("Afterwards, above or below"), "money"),
    Column("sisters_lost_value", message("Lost by sister lines"), "money", "down"),
    Column("baseline_from", message("Baseline"), "message"),
    Column("depth", message("Depth"), "share"),
    Column("chain_gain", message("Links of the chain"), "message"),
    Column("is_provisional", message("Tail not over"), "flag"),
    Column("together_with", message("Judged together with"), "text"),
    Column("sphere", message("Sphere"), "text"),
    Column("product_group", message("Product group"), "text"),
    Column("uplift_ratio_why", message("Why unknown"), "message"),
)
GUARDS = (
    Column("sphere", message("Sphere"), "text"),
    Column("budget_value", message("Budget of the quarter"), "money"),
    Column("new_share", message("New lines"), "share"),
    Column("top_share", message("Class A"), "share"),
    Column("rest_share", message("Classes B and C"), "share"),
    Column("planned_value", message("Planned"), "money"),
    Column("hours_a_share", message("Time on class A"), "share"),
    Column("hours_new_share", message("Time on new lines"), "share"),
)
STARS = (
    Column("sphere", message("Sphere"), "text"),
    Column("product_group", message("Product group"), "text"),
    Column("star_line", message("Line to promote"), "code"),
    Column("star_score", message("Share × growth"), "share"),
    Column("running_line", message("Promoted now"), "code"),
    Column("runs_until", message("Until"), "date"),
)
NEEDED = ("promotions", "marketing_budget", "sales")


def promotions(warehouse: Any, selection: Selection, scope: Scope, quarter: str = "") -> Answer:
    """Every promotion with what it brought (COLUMNS), those that can be judged first, the newest of them ahead.

    quarter: `2025-Q4` of the plan, else the quarter of the day after the data.

    extra: `guards` (GUARDS, the plan of the quarter), `breaches` (said, is_hard, sphere, rule), `stars` (STARS), `quarters` (quarter, state, approved_by,
    approved_on, planned_value). facts: quarter, plan (Plan or None), proposal (Planned, from the table of promotions), budgets, classes (line ->
    (sphere, group, class, is_new)), measures, is_approved.
    Raises NotAllowed for who sees a part of the company, BadUse for a text that is no quarter.
    """
    cycles.of_the_company(scope)
    answer: Answer = _promotions(warehouse, selection, scope, quarter)
    return answer


@remembered
def _promotions(source: Source, selection: Selection, scope: Scope, quarter: str) -> Answer:
    as_of = selection.as_of or last_day(source)
    which = _quarter(quarter, as_of)
    table = source.read("promotions")
    frame = _frame(source, table, judged(source, table, as_of), as_of)
    classes, budgets = classes_of(source, as_of), budgets_of(source, which)
    plan = plans.plan_of(str(source.home.path), key(which))
    proposal = _proposal(table, classes, which)
    lines = plan.lines if plan else proposal
    found = guarded(source.settings, lines, budgets)
    return Answer(
        name="promotions",
        headline=_headline(frame, found, key(which)),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        missing=tuple(name for name in NEEDED if not source.has(name)),
        notes=_notes(source, frame),
        extra={
            "guards": _guards(source, lines, budgets, which),
            "breaches": breach_frame(found),
            "stars": _stars(source, table, as_of),
            "quarters": _quarters(source),
        },
        facts={
            "quarter": key(which), "plan": plan, "proposal": proposal, "budgets": budgets, "classes": classes, "measures": _measures(source, frame, as_of),
            "is_approved": plan is not None and plan.state == "approved",
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def _quarter(named: str, as_of: date) -> date:
    if not named:
        return quarter_named(key(as_of + timedelta(1)))
    try:
        return quarter_named(named)
    except ValueError:
        raise BadUse(message("“{quarter}” is no quarter; write it as 2025-Q4.", quarter=named)) from None


def guarded(settings: Mapping[str, Any], lines: Iterable[Planned], budgets: Mapping[str, float]) -> tuple[Breach, ...]:
    """What the guards say of some lines, by the settings in force."""
    return rules.breaches(
        tuple(lines), budgets, float(settings["promotion_new_share"]), float(settings["promotion_top_share"]), int(settings["promotion_star_months"])
    )


def classes_of(source: Source, as_of: date) -> dict[str, tuple[str, str, str | None, bool]]:
    """line -> (sphere, group, class within the sphere, whether it is a new line with an innovation), as the guards take them."""
    lines = reviewed.lines_of(source, reviewed.review_of(source, as_of))
    found = {
        row["line_id"]: (row["sphere"], row["product_group"], row["abc_class"], bool(row["is_new"] and row["is_innovation"]))
        for row in lines.sort("turnover", nulls_last=False).iter_rows(named=True)
    }
    for row in lines_of(source).iter_rows(named=True):
        found.setdefault(row["line_id"], (row["sphere"], row["product_group"], None, False))
    return found


def budgets_of(source: Source, quarter: date) -> dict[str, float]:
    """Sphere -> marketing budget of the three months of a quarter; empty where nobody set one."""
    rows = source.whole.read("marketing_budget_between", first_month=quarter, last_month=months_before(quarter, -2))
    return dict(rows.group_by("sphere").agg(pl.col("budget").sum()).sort("sphere").iter_rows())


def _frame(source: Source, table: pl.DataFrame, found: list[Judged], as_of: date) -> pl.DataFrame:
    least = float(source.settings["promotion_ratio_least"])
    gains = {promotion: links for plan in plans.plans(str(source.home.path)) for promotion, links in plan.gains.items()}
    of = {promotion: each for each in found for promotion in each.joint.ids}
    named = table.join(lines_of(source), on="line_id", how="left", maintain_order="left")
    rows = [_row(row, of.get(row["promotion_id"]), least, gains, as_of) for row in named.iter_rows(named=True)]
    texts = ("promotion_id", "line_id", "line_name", "promotion_kind", "turnover_verdict", "money_verdict", "baseline_from", "chain_gain", "together_with",
             "sphere", "product_group", "uplift_ratio_why")  # fmt: skip
    days = {"started_on": pl.Date, "ended_on": pl.Date, "is_provisional": pl.Boolean}
    schema = {column.name: pl.String if column.name in texts else days.get(column.name, pl.Float64) for column in COLUMNS}
    is_known = pl.col("uplift_ratio").is_not_null()
    return pl.DataFrame(rows, schema=schema).sort(~is_known, "started_on", "promotion_id", descending=[False, True, False])


def _row(row: Mapping[str, Any], each: Judged | None, least: float, gains: Mapping[str, tuple[float | None, float | None]], as_of: date) -> dict[str, Any]:
    kept = {name: row[name] for name in ("promotion_id", "line_id", "line_name", "sphere", "product_group", "started_on", "ended_on", "spend", "planned_spend")}
    kept |= {"depth": row["depth"], "promotion_kind": KIND_WORDS[row["kind"]].to_json()}
    if each is None:
        why = BACKWARDS if row["ended_on"] < row["started_on"] else formulas.NOT_BEGUN
        unknown = VERDICTS[formulas.UNKNOWN].to_json()
        return kept | {"turnover_verdict": unknown, "money_verdict": unknown, "baseline_from": BASELINES[NOTHING].to_json(), "uplift_ratio_why": why.to_json()}
    up = each.uplift
    dealer, retailer = gains.get(row["promotion_id"], (None, None))
    return kept | {
        "turnover_verdict": VERDICTS[up.verdict(least)].to_json(), "money_verdict": MONEY_VERDICTS[up.money_verdict].to_json(), "uplift_ratio": up.ratio,
        "gain_value": up.gain, "incremental_value": up.incremental, "actual_value": up.actual, "baseline_value": up.baseline,
        "tail_value": up.tail if up.baseline is not None else None, "sisters_lost_value": up.sisters_lost,
        "baseline_from": BASELINES[each.baseline_from].to_json(), "chain_gain": CHAIN[formulas.chain(up.gain, dealer, retailer)].to_json(),
        "is_provisional": each.is_provisional, "together_with": ", ".join(other for other in each.joint.ids if other != row["promotion_id"]) or None,
        "uplift_ratio_why": up.why.to_json() if up.why else None,
    }  # fmt: skip


def _proposal(table: pl.DataFrame, classes: Mapping[str, tuple[str, str, str | None, bool]], quarter: date) -> tuple[Planned, ...]:
    """The promotions of the table that run in a quarter, with the part of their money that falls into it."""
    last = end_of(months_before(quarter, -2))
    running = table.filter((pl.col("started_on") <= last) & (pl.col("ended_on") >= quarter) & (pl.col("ended_on") >= pl.col("started_on")))
    found = []
    for row in running.iter_rows(named=True):
        inside = (min(row["ended_on"], last) - max(row["started_on"], quarter)).days + 1
        sphere, group, letter, is_new = classes.get(row["line_id"], ("", "", None, False))
        spend = row["planned_spend"] * inside / ((row["ended_on"] - row["started_on"]).days + 1)
        found.append(Planned(row["promotion_id"], row["line_id"], sphere, group, row["kind"], row["started_on"], row["ended_on"], spend, letter, is_new))
    return tuple(found)


def breach_frame(found: Iterable[Breach]) -> pl.DataFrame:
    """said (Message JSON), is_hard, sphere, rule."""
    rows = [(each.said.to_json(), each.is_hard, each.sphere, each.rule) for each in found]
    return pl.DataFrame(rows, schema={"said": pl.String, "is_hard": pl.Boolean, "sphere": pl.String, "rule": pl.String}, orient="row")


def guard_frame(lines: Iterable[Planned], budgets: Mapping[str, float]) -> pl.DataFrame:
    """What each sphere's budget goes into: sphere, budget_value, new_share, top_share, rest_share, planned_value."""
    rows = [(s.sphere, s.budget, s.share(s.new), s.share(s.top), s.share(s.rest), s.spend) for s in rules.splits(tuple(lines), budgets)]
    names = ("budget_value", "new_share", "top_share", "rest_share", "planned_value")
    return pl.DataFrame(rows, schema={"sphere": pl.String} | dict.fromkeys(names, pl.Float64), orient="row")


def _guards(source: Source, lines: Iterable[Planned], budgets: Mapping[str, float], quarter: date) -> pl.DataFrame:
    """`guard_frame` with the shares of working time that were written down."""
    hours = source.whole.read("marketing_budget_between", first_month=quarter, last_month=months_before(quarter, -2))
    whole = pl.sum_horizontal("hours_a", "hours_new", "hours_other")
    shares = [pl.when(whole > 0).then(pl.col(name) / whole).alias(f"{name}_share") for name in ("hours_a", "hours_new")]
    sums = hours.group_by("sphere").agg(pl.col("hours_a", "hours_new", "hours_other").sum()).select("sphere", *shares)
    return guard_frame(lines, budgets).join(sums, on="sphere", how="left", maintain_order="left")


def _stars(source: Source, table: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Of each group the line that should be promoted as its star, and the one that is."""
    lines = reviewed.lines_of(source, reviewed.review_of(source, as_of))
    groups = lines_of(source).select("sphere", "product_group").unique()
    proposed = star_of(lines).select("sphere", "product_group", pl.col("line_id").alias("star_line"), "star_score")
    now = table.filter((pl.col("kind") == "star") & (pl.col("started_on") <= as_of) & (pl.col("ended_on") >= as_of)).join(lines_of(source), on="line_id")
    running = now.group_by("sphere", "product_group").agg(
        pl.col("line_id").unique().sort().str.join(", ").alias("running_line"), pl.col("ended_on").max().alias("runs_until")
    )
    found = groups.join(proposed, on=["sphere", "product_group"], how="left").join(running, on=["sphere", "product_group"], how="left")
    return found.select(column.name for column in STARS).sort("sphere", "product_group")


def _quarters(source: Source) -> pl.DataFrame:
    rows = [
        (plan.quarter, plan.state, plan.approved_by or None, plan.approved_on, sum(line.spend for line in plan.lines))
        for plan in plans.plans(str(source.home.path))
    ]
    schema: dict[str, Any] = {"quarter": pl.String, "state": pl.String, "approved_by": pl.String, "approved_on": pl.Date, "planned_value": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _measures(source: Source, frame: pl.DataFrame, as_of: date) -> tuple[Measured, ...]:
    """What the promotions of the last year brought, and how far the sales plan that the marketing plan hangs on is fulfilled."""
    recent = frame.filter((pl.col("started_on") > as_of - timedelta(365)) & pl.col("uplift_ratio").is_not_null())
    passed = recent.filter(pl.col("turnover_verdict") == VERDICTS[formulas.PASSED].to_json()).height
    spent = float(recent["spend"].sum() or 0.0)
    nothing = message("No promotion of the last year can be judged.")
    return (
        Measured(message("Judged, last year"), float(recent.height), "count"),
        Measured(message("Passed by turnover"), passed / recent.height if recent.height else None, "share", why_unknown=nothing),
        Measured(message("Spent on these"), spent if recent.height else None, "money", why_unknown=nothing),
        Measured(message("Margin less spend"), float(recent["gain_value"].sum()) if recent.height else None, "money", why_unknown=nothing),
        _fulfilled(source, as_of),
    )


def _fulfilled(source: Source, as_of: date) -> Measured:
    """Sales of the running year's whole months against their budget."""
    label, first, last = message("Sales against the plan"), date(as_of.year, 1, 1), as_of if as_of == end_of(as_of) else end_of(months_before(as_of, 1))
    if not source.has("budget") or last < first:
        return Measured(label, None, "share", why_unknown=message("No budget of the year is loaded."))
    planned = float(source.whole.read("budget_between", first_month=first, last_month=last.replace(day=1))["net_value"].sum() or 0.0)
    months = {"first_month": first, "last_month": last.replace(day=1)}
    sold = float(source.whole.read("sales_item_month_rows", items=None, places=None, **months)["net_value"].sum() or 0.0)
    return Measured(label, sold / planned if planned else None, "share", why_unknown=message("No budget of the year is loaded."))


def _headline(frame: pl.DataFrame, found: tuple[Breach, ...], quarter: str) -> Message:
    if frame.is_empty():
        return message("No promotions are loaded.")
    known = frame.filter(pl.col("uplift_ratio").is_not_null())
    passed = known.filter(pl.col("turnover_verdict") == VERDICTS[formulas.PASSED].to_json()).height
    stops = sum(breach.is_hard for breach in found)
    if not stops:
        return message("{passed_n} of {n_known} promotions that can be judged passed; the plan of {quarter} keeps the guards.",
                       passed_n=passed, n_known=known.height, quarter=quarter)  # fmt: skip
    return plural(
        "{passed_n} of {n_known} promotions that can be judged passed; the plan of {quarter} breaks {n} guard.",
        "{passed_n} of {n_known} promotions that can be judged passed; the plan of {quarter} breaks {n} guards.",
        n=stops, passed_n=passed, n_known=known.height, quarter=quarter,
    )  # fmt: skip


def _notes(source: Source, frame: pl.DataFrame) -> tuple[Message, ...]:
    told = [
        message(
            "More turnover is net of what was only bought earlier and of what sister lines lost; it is compared with what was spent, not with what was planned."
        ),
        message("Promotions of one line that overlap are judged together: nobody can tell their uplifts apart."),
    ]
    if not source.has("dealer_sales"):
        told.append(message("Whether dealers and retailers gain is written into the plan; without it it is not proven."))
    return tuple(told)
