"""Three monthly cycles of the demo company, end to end, through the same answers and records as the pages.

    python -m tests.meeting.three_cycles <folder>     in an empty folder; the demo must be built

Each month its data are published, the cycle is opened and its five steps are signed. On the way: a change of demand, overloads raised as issues, peaks
built ahead as a scenario, both sides' commitment, decisions chosen, refused, carried out late or never, a promise kept and one failed, a step reopened.
"""

import functools
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from engine.answers import ANSWERS
from engine.answers.answer import Answer
from engine.answers.meeting import acts, agendas, changes, cycles, plan_of_record, plans, proposals, register
from engine.answers.meeting.proposals import Offer
from engine.answers.sop import executable_plan, scenarios
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.cycle import STALE, STEPS
from engine.sop.decisions import REFUSED, Card, Choice, Option, card_of
from engine.sop.overrides import Cell
from engine.store import versions
from engine.store.earlier import publish
from engine.store.home import DEMO_HOME, Home
from engine.store.warehouse import open_warehouse

MONTH_ENDS = (date(2025, 8, 31), date(2025, 9, 30), date(2025, 10, 31))
PLANNER, BUYER, CHIEF = Scope(who="Li"), Scope(who="Zhou"), Scope(who="Chen")
TEAM = (("Li", "S&OP manager"), ("Zhou", "Purchasing"), ("Chen", "General director"))
TOO_MUCH = 10.0
"""Times what the plan says: a promise that cannot be kept."""


@dataclass
class Month:
    """One cycle on its way. said: what happened, in words, for who reads along. short: families whose demand was above supply; raised: overloads that
    overtime does not cover; built_ahead: pieces that smoothing moves to earlier months."""

    home: Home
    number: int
    today: date
    said: list[str] = field(default_factory=list)
    short: int = 0
    raised: int = 0
    built_ahead: float = 0.0

    @property
    def path(self) -> str:
        return str(self.home.path)

    def ask(self, name: str, *details: str) -> Answer:
        return ANSWERS[name](open_warehouse(self.home), Selection(), PLANNER, *details)

    @functools.cached_property
    def month(self) -> date:
        """The cycle that the data are ready for."""
        found: date = self.ask("cycle").facts["month"]
        return found

    @property
    def version(self) -> int:
        return open_warehouse(self.home).version

    def state(self, step: str) -> str:
        return next(each.state for each in self.ask("cycle").facts["steps"] if each.name == step)

    def sign(self, step: str, who: Scope = PLANNER) -> None:
        acts.sign(self.path, self.month, step, who)
        self.tell(f"{step} signed by {who.who}")

    def tell(self, what: str) -> None:
        self.said.append(f"{self.month:%Y-%m}  {what}")


def simulate(folder: Path, demo: Home, tell: Callable[[str], object] = lambda line: None) -> list[Month]:
    """The three cycles in a home in `folder`; the third is opened and its meeting sees what became of the second."""
    home, done = Home(folder), []
    file = versions.file_of(demo, versions.current(demo) or 1)
    for number, end in enumerate(MONTH_ENDS, start=1):
        publish(home, number, file, end)
        done.append(_cycle(Month(home, number, end + timedelta(16))))
        for line in done[-1].said:
            tell(line)
    return done


def _cycle(at: Month) -> Month:
    _opened(at)
    at.sign("report")
    _demand(at)
    at.sign("demand")
    _supply(at)
    at.sign("supply")
    if at.number == 2:
        _reopened(at)
    _pre_meeting(at)
    at.sign("pre_meeting")
    _executive(at)
    at.sign("executive", CHIEF)
    return at


def _opened(at: Month) -> None:
    """The meeting opens with what was promised."""
    proposed = at.ask("cycle").facts["proposed"]
    cycles.open_cycle(at.path, at.month, dict.fromkeys(STEPS, "Li"), proposed.due, TEAM, PLANNER, at.version)
    at.tell(f"opened with: {at.ask('decisions').headline} {at.ask('actions').headline}")


def _demand(at: Month) -> None:
    """What nobody knows is set; the largest family is changed with a reason; in the second month far more is asked for than there is."""
    frame = at.ask("demand_plan").frame
    unknown = frame.filter(pl.col("demand_qty").is_null())
    cells = [Cell(row["family"], row["month"], "sales", "set", 0.0, None, "withdrawal", "Nothing is sold of it") for row in unknown.iter_rows(named=True)]
    known = frame.filter(pl.col("demand_qty") > 0)
    row = known.filter(pl.col("month") == at.month).sort("demand_qty", descending=True).row(0, named=True)
    if at.number == 2:
        cells += [_more_than_there_is(at, known, row["family"]), _more_than_can_be_made(at, known)]
    else:
        cells.append(Cell(row["family"], row["month"], "sales", "share", 0.08, row["demand_qty"], "promotion", "Festival in the south"))
    saved = changes.save(at.path, at.month, cells, {}, at.home.settings(), PLANNER, at.version)
    at.tell(f"demand: {len(saved.kept)} cells changed by hand")


def _more_than_there_is(at: Month, known: pl.DataFrame, family: str) -> Cell:
    """A large deal in the first month, above stock and supply of the family together."""
    row = at.ask("executable_plan").frame.filter(pl.col("family") == family, pl.col("month") == at.month).row(0, named=True)
    return Cell(family, at.month, "sales", "add", row["stock_qty"] * 1.2 + 100, row["demand_qty"], "deal", "A large customer")


def _more_than_can_be_made(at: Month, known: pl.DataFrame) -> Cell:
    """A festival late in the plan, above what the bottleneck can do even in overtime."""
    board = at.ask("capacity")
    month = sorted(set(known["month"]))[-3]
    load = board.frame.filter(pl.col("resource_id") == board.facts["bottleneck"].resource, pl.col("month") == month).row(0, named=True)
    uses = board.extra["earning"].filter(pl.col("hours_per_unit") > 0).join(known.filter(pl.col("month") == month), on="family").row(0, named=True)
    qty = (1.5 * load["extra_qty"] - load["load_qty"]) / uses["hours_per_unit"]
    return Cell(uses["family"], month, "sales", "add", qty, uses["demand_qty"], "event", "A festival")


def _supply(at: Month) -> None:
    """Methods are compared; what overtime cannot cover is raised as an issue with two ways out; both sides commit."""
    compared, plan = at.ask("scenarios"), at.ask("executable_plan")
    at.short = plan.frame.filter(pl.col("short_qty") > 0)["family"].n_unique()
    at.built_ahead = next(float(each.value or 0) for each in compared.facts["measures"] if each.label.text == "Built ahead")
    at.tell(f"supply: {plan.headline}")
    over = at.ask("capacity").frame.filter(pl.col("beyond_qty") > 0).unique("resource_id", maintain_order=True)
    at.raised = over.height
    for row in over.iter_rows(named=True):
        named = row["resource_name"] or row["resource_id"]
        proposals.raise_overload(at.path, row["resource_id"], f"{named} is full", {"prebuild": "Build ahead", "optimal": "Plan anew"}, PLANNER)
    at.tell(f"supply: {at.raised} overloads raised, {at.built_ahead:.0f} pieces could be built ahead")
    executable_plan.commit(at.path, "market", PLANNER)
    executable_plan.commit(at.path, "supply", BUYER)


def _reopened(at: Month) -> None:
    """Sales find a mistake: demand is reopened, what was signed after it is stale until it is signed anew."""
    acts.reopen(at.path, at.month, "demand", "A contract was counted twice", PLANNER)
    assert at.state("supply") == STALE
    at.tell("demand reopened; supply is stale")
    at.sign("demand")
    at.sign("supply")


def _pre_meeting(at: Month) -> None:
    """Nine items, who was there, a scenario, the issues brought for decision, and three decisions of the meeting's own."""
    for item in agendas.PRE_MEETING:
        agendas.mark(at.path, at.month, item, True, PLANNER, at.version)
    agendas.attend(at.path, at.month, [name for name, _ in TEAM], PLANNER, at.version)
    demand = [{"kind": "DemandLever", "share": 0.05, "families": [], "months": [0, 1, 2], "areas": []}]
    kept = scenarios.keep(at.path, "A better autumn", demand, "optimal", PLANNER)
    proposals.bring(at.path, "Do we prepare for a better autumn?", [Offer("as_planned", "No"), Offer(kept.subject, "Yes")], 1, PLANNER, at.today)
    proposals.bring(at.path, "Do we plan anew?", [Offer("as_planned", "As it is"), Offer("optimal", "The cheapest plan")], 1, PLANNER, at.today)
    third = Card("Do we build a second packing line?", (Option("A", "Yes"), Option("B", "No")), "B", brought_by="Zhou")
    register.bring(at.path, at.month, third, PLANNER, at.version)
    for issue in register.lines(at.path, "issue", at.month):
        proposals.escalate(at.path, issue.subject, issue.id, 0, at.today, PLANNER)
    at.tell(f"pre-meeting: {len(proposals.waiting(at.path, at.month))} decisions handed to the executives")


def _executive(at: Month) -> None:
    """Actions of the last meeting are moved, every card is taken or refused, the plan is approved, the meeting scored."""
    _carried_out(at)
    planned = dict(at.ask("supply_plan").extra["months"].select("month", "shipped_value").iter_rows())
    review, soon = at.month, at.today + timedelta(20)
    for line in register.lines(at.path, "decision", at.month):
        question = card_of(line.said).question
        if "second packing line" in question:
            register.put_off(at.path, line.subject, line.id, REFUSED, "Not before next year's budget", CHIEF, at.version)
            continue
        revenue = planned[review] * (TOO_MUCH if "better autumn" in question else 0.5)
        choice = Choice(card_of(line.said).recommended or "A", "Zhou", soon, review, {"revenue": float(revenue)})
        register.decide(at.path, line.subject, line.id, choice, at.today, CHIEF, at.version)
    seen = [version.record_id for version in plans.versions(at.path, at.month)]
    version = plan_of_record.approve(at.path, at.month, CHIEF, seen[-1] if seen else 0)
    register.minute(at.path, at.month, "executive", {"score": 4, "improvement": "Start on time", "attended": [name for name, _ in TEAM]}, CHIEF, at.version)
    at.tell(f"executive: plan {version.name} approved")


def _carried_out(at: Month) -> None:
    """Of the last meeting's actions one is done; those of the better autumn are left undone, and so become late."""
    answer = at.ask("actions")
    rows = zip(answer.frame.iter_rows(named=True), answer.facts["subjects"], answer.facts["ids"], strict=True)
    for row, subject, seen in rows:
        if row["state"] == "open" and row["cycle"] < at.month and "better autumn" not in row["what"]:
            acts.move(at.path, subject, seen, "done", "Carried out", BUYER, at.version)


def main() -> int:
    folder = Path(sys.argv[1])
    if folder.exists() and any(folder.iterdir()):
        sys.stderr.write(f"{folder} is not empty\n")
        return 2
    if versions.current(Home(DEMO_HOME)) is None:
        sys.stderr.write("The demo is not there yet: python -m engine demo\n")
        return 2
    simulate(folder, Home(DEMO_HOME), lambda line: sys.stdout.write(f"{line}\n"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
