"""What the pages of the assortment desk may do, in one place; what is typed is looked at by the same guards as what is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from engine.answers.answer import Answer
from engine.answers.assortment import gates, launches, pilots, plans, promotions, reviewing, trees, withdrawals
from engine.answers.assortment import requests as asked
from engine.answers.assortment.gates import Decision, blocks, decisions, take_off, write
from engine.answers.assortment.pilots import RESULTS
from engine.answers.assortment.protocol import printed
from engine.answers.assortment.reviewing import tick, untick
from engine.answers.assortment.tree import REASONS
from engine.answers.assortment.trees import propose, settle, take_back
from engine.assortment import decision as rules
from engine.assortment.budget import LAUNCH, OTHER, STAR, Breach, Planned
from engine.assortment.review import FORMATS
from engine.errors import Impossible
from engine.messages import message
from engine.scope import Scope
from engine.store.home import Home
from engine.store.warehouse import open_warehouse

__all__ = [
    "FORMATS", "REASONS", "RESULTS", "STATES", "Decision", "blocks", "decisions", "printed", "propose", "settle", "take_back", "take_off", "tick", "untick",
    "write",
]  # fmt: skip
STATES = rules.STATES
TITLES = gates.TITLES
NEXT = {rules.DRAFT: rules.AGREED, rules.AGREED: rules.APPROVED, rules.APPROVED: rules.IN_FORCE}
"""State of a decision -> the one that comes next."""
KINDS = (OTHER, STAR, LAUNCH)
LINE: dict[str, Any] = {
    "promotion_id": pl.String, "line_id": pl.String, "kind": pl.String, "started_on": pl.Date, "ended_on": pl.Date, "spend": pl.Float64, "waiver": pl.String,
    "dealer_gain": pl.Float64, "retailer_gain": pl.Float64,
}  # fmt: skip
"""What is typed of a promotion of the plan."""


@dataclass(frozen=True)
class Typed:
    """A plan as it is typed. lines: those that are whole; found: what the guards say; guards: shares of each sphere's budget; gains: by promotion."""

    lines: tuple[Planned, ...]
    found: tuple[Breach, ...]
    guards: pl.DataFrame
    gains: dict[str, tuple[float | None, float | None]]

    @property
    def is_stopped(self) -> bool:
        """Whether it cannot be kept like this."""
        return any(breach.is_hard for breach in self.found)


def plan_lines(answer: Answer) -> pl.DataFrame:
    """The lines of the quarter's plan (LINE): as kept, else as the table of promotions has them."""
    plan = answer.facts["plan"]
    lines: Iterable[Planned] = plan.lines if plan else answer.facts["proposal"]
    gains = plan.gains if plan else {}
    rows = [
        (
            each.promotion_id,
            each.line_id,
            each.kind,
            each.started_on,
            each.ended_on,
            round(each.spend, 2),
            each.waiver,
            *gains.get(each.promotion_id, (None, None)),
        )
        for each in lines
    ]
    return pl.DataFrame(rows, schema=LINE, orient="row")


def typed(home: str, answer: Answer, rows: Sequence[Mapping[str, Any]]) -> Typed:
    """What was typed, as the guards see it; a row without line, day or money is not whole yet and is left out."""
    lines, gains = [], {}
    classes = answer.facts["classes"]
    for number, row in enumerate(rows, start=1):
        if not row.get("line_id") or row.get("started_on") is None or row.get("ended_on") is None or row.get("spend") is None:
            continue
        sphere, group, letter, is_new = classes.get(row["line_id"], ("", "", None, False))
        name = row.get("promotion_id") or f"+{number}"
        lines.append(
            Planned(name, row["line_id"], sphere, group, row.get("kind") or OTHER, row["started_on"], row["ended_on"], float(row["spend"]), letter, is_new,
                    row.get("waiver") or "")
        )  # fmt: skip
        gains[name] = (row.get("dealer_gain"), row.get("retailer_gain"))
    budgets, settings = answer.facts["budgets"], Home(Path(home)).settings()
    return Typed(tuple(lines), promotions.guarded(settings, lines, budgets), promotions.guard_frame(lines, budgets), gains)


def keep_plan(home: str, answer: Answer, rows: Sequence[Mapping[str, Any]], who: Scope, version: int | None) -> None:
    """Keep the quarter's plan. Raises Impossible with the guard's sentence where it is stopped, NotKept, NotAllowed."""
    plan, found = answer.facts["plan"], typed(home, answer, rows)
    plans.keep(home, answer.facts["quarter"], found.lines, found.found, who, version, plan.id if plan else 0, found.gains)


def approve_plan(home: str, answer: Answer, day: date, who: Scope, version: int | None) -> None:
    """Approve the quarter's plan as it was kept. Raises Impossible, NotAllowed, NotKept."""
    plan = answer.facts["plan"]
    if plan is None:
        raise Impossible(message("Keep the plan first; then it can be approved."))
    found = promotions.guarded(Home(Path(home)).settings(), plan.lines, answer.facts["budgets"])
    plans.approve(home, plan.quarter, found, day, who, version, plan.id)


def begin_withdrawal(home: str, effect: Answer, who: Scope, version: int | None) -> Decision:
    """Draft a withdrawal of what an answer to `withdrawal_effects` speaks of."""
    return withdrawals.begin(home, effect, who, version)


def begin_launch(
    home: str, check: Answer, project: str, products: Sequence[str], sphere: str, product_group: str, who: Scope, version: int | None
) -> Decision:  # fmt: skip
    """Draft the launch of a project's line."""
    days = Home(Path(home)).settings()[gates.GATE_DAYS["launch"]]
    return launches.begin(home, check, project, products, sphere, product_group, who, version, days)


def move(home: str, each: Decision, to: str, day: date, who: Scope, version: int | None, order_no: str = "", reason: str = "") -> Decision:
    """Take a decision a step further; see `gates.move`."""
    return gates.move(home, each.subject, each.id, to, day, Home(Path(home)).settings(), who, version, order_no, reason)


def watch(home: str, sku: str, seen: int, who: Scope, version: int | None, pilot_on: date | None, result: str, note: str) -> None:
    """Say when a novelty's pilot was done and what became of it."""
    pilots.write(home, sku, seen, who, version, pilot_on, result, note)


def feed(home: str, lines: Sequence[str], month: date, text: str, who: Scope) -> int:
    """Take requests into the demand plan; how many families were changed. Raises Impossible where somebody else changed all of them."""
    saved = asked.feed(open_warehouse(Home(Path(home))), home, lines, month, text, who)
    if not saved.kept and saved.conflicts:
        raise Impossible(message("{who} changed these families in the meantime; look at the demand plan.", who=saved.conflicts[0].who))
    return len(saved.kept)


def looked_at(home: str, quarter: str) -> tuple[str, ...]:
    """The formats of a quarter's review that somebody has looked at."""
    return tuple(reviewing.looked_at(home, quarter))


def proposals(home: str) -> list[trees.Change]:
    """The changes of the tree, the newest first."""
    return trees.changes(home)
