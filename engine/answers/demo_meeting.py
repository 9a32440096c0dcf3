"""The meeting of the demo company: the cycle of its month, open; and before it a finished one, held on what was known a month earlier.

The finished cycle goes through the same answers and records as the pages: five steps signed, a demand changed by hand, decisions taken, refused and kept,
a plan approved, actions done and left open. Nothing of it is written past them.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import polars as pl

from data.demo import meeting as story
from engine.answers import people
from engine.answers.meeting import acts, agendas, changes, cycles, executive, plan_of_record, proposals, register, standing
from engine.answers.meeting.proposals import Offer
from engine.answers.periods import months_before
from engine.answers.sop import capacity, demand_plan, executable_plan, scenarios
from engine.scope import Scope
from engine.selection import Selection
from engine.sop import decisions as rules
from engine.sop.decisions import Card, Choice, Option
from engine.sop.overrides import Cell
from engine.store import earlier, versions
from engine.store.home import Home
from engine.store.records import opening
from engine.store.warehouse import open_warehouse

CHAIR, SALES, PLANT, DIRECTOR = (Scope(who=name) for name in (story.CHAIR, story.SALES, story.PLANT, story.DIRECTOR))
HELD_AFTER, DONE_WITHIN = timedelta(16), timedelta(30)
"""The meeting is so long after the data end; what it decides is to be done so long after it."""
PUSH = 0.4
"""More demand that the promotion promises in its month: more than it will bring."""
CAREFUL = 0.9
"""Of the sales that the plan says, promised by who is careful."""
SPENT = 120_000.0


def begin(home: Home, version: int) -> None:
    """The people of the meeting, the month before as it was decided, and the cycle of the present month with owners, the days of the rhythm and a question
    that waits for the executives."""
    warehouse = open_warehouse(home)
    month = standing.cycle(warehouse, Selection(), CHAIR).facts["month"]
    with _a_month_earlier(home, version, month) as past:
        if past is not None:
            _Cycle(past, months_before(month, 1)).held()
    due = open_month(home, version)
    offers = [Offer(method, title) for method, title in zip(("as_planned", "prebuild", "optimal"), (*story.PEAK.ways, story.CHEAPEST), strict=True)]
    proposals.bring(str(home.path), story.PEAK.asked, offers, 1, PLANT, due.get("executive"))


@contextmanager
def _a_month_earlier(home: Home, version: int, month: date) -> Iterator[Home | None]:
    """A home that knows what was known a month before; its records become those of `home`. None where they would go elsewhere than into its folder."""
    past = Home(home.path.with_name(f"{home.path.name}-before"))
    if past.records_url is not None or home.records_file.exists():
        yield None
        return
    shutil.rmtree(past.path, ignore_errors=True)
    try:
        earlier.publish(past, version, versions.file_of(home, version), months_before(month, 1) - timedelta(1))
        yield past
        opening.let_go()
        shutil.move(past.records, home.records)
    finally:
        open_warehouse(past).release(versions.file_of(past, version))
        shutil.rmtree(past.path, ignore_errors=True)


def open_month(home: Home, version: int) -> Mapping[str, date]:
    """The cycle that the data are ready for, with its owners, and the people who take part. Returns the day on which each step is due."""
    place = str(home.path)
    known = set(people.people(place).values())
    for name in dict.fromkeys(name for _, name, _ in story.PEOPLE):
        if name not in known:
            people.add(place, name, CHAIR)
    answer = standing.cycle(open_warehouse(home), Selection(), CHAIR)
    owners = {step: name for step, name, _ in story.PEOPLE}
    taking_part = list(dict.fromkeys((name, role) for _, name, role in story.PEOPLE))
    due: Mapping[str, date] = answer.facts["proposed"].due
    cycles.open_cycle(place, answer.facts["month"], owners, due, taking_part, CHAIR, version)
    return due


class _Cycle:
    """One cycle from its opening to the sign-off of the executives."""

    def __init__(self, home: Home, month: date) -> None:
        self.home, self.path, self.month, self.today = home, str(home.path), month, month - timedelta(1) + HELD_AFTER
        self.version = open_warehouse(home).version
        self.family, self.resource = "", ""

    def held(self) -> None:
        """All five steps."""
        open_month(self.home, self.version)
        self._sign("report", CHAIR)
        self._demand()
        self._sign("demand", SALES)
        self._supply()
        self._sign("supply", PLANT)
        self._pre_meeting()
        self._sign("pre_meeting", CHAIR)
        self._executive()
        self._sign("executive", DIRECTOR)
        self._carried_out()

    def _sign(self, step: str, who: Scope) -> None:
        acts.sign(self.path, self.month, step, who)

    def _ask(self, question: Any) -> Any:
        return question(open_warehouse(self.home), Selection(), CHAIR)

    def _demand(self) -> None:
        """What nobody knows is set; the family that earns most is changed with a reason."""
        frame = self._ask(demand_plan.demand_plan).frame
        unknown = frame.filter(pl.col("demand_qty").is_null())
        cells = [Cell(row["family"], row["month"], "sales", "set", 0.0, None, "withdrawal", story.NO_SALES) for row in unknown.iter_rows(named=True)]
        first = frame.filter(pl.col("demand_qty") > 0, pl.col("month") == self.month).sort("demand_value", "family", descending=[True, False])
        largest = first.row(0, named=True)
        self.family = str(largest["family"])
        cells.append(Cell(self.family, self.month, "sales", "share", 0.08, largest["demand_qty"], "deal", story.MORE_SALES))
        changes.save(self.path, self.month, cells, {}, self.home.settings(), SALES, self.version)

    def _supply(self) -> None:
        """What overtime does not cover is raised with its ways out; both sides commit."""
        over = self._ask(capacity.capacity).frame.filter(pl.col("beyond_qty") > 0).unique("resource_id", maintain_order=True)
        for row in over.iter_rows(named=True):
            said = story.OVERLOAD.format(resource=row["resource_name"] or row["resource_id"])
            proposals.raise_overload(self.path, row["resource_id"], said, story.OVERLOAD_WAYS, PLANT)
        executable_plan.commit(self.path, "market", SALES)
        executable_plan.commit(self.path, "supply", PLANT)

    def _pre_meeting(self) -> None:
        """The agenda, who was there, what is assumed and feared, and the decisions that are brought."""
        for item in agendas.PRE_MEETING:
            agendas.mark(self.path, self.month, item, True, CHAIR, self.version)
        agendas.attend(self.path, self.month, [story.CHAIR, story.SALES, story.PLANT], CHAIR, self.version)
        register.assume(self.path, self.month, story.ASSUMED, story.PLANT, CHAIR, self.version)
        register.expect(self.path, self.month, story.RISK, 0.3, -150_000.0, "", story.PLANT, CHAIR, self.version)
        push = {"kind": "PromotionLever", "own_share": PUSH, "pulled_share": 0.1, "pulled_months": 2, "discount_share": 0.0, "spend": SPENT,
                "families": [self.family], "months": [0]}  # fmt: skip
        kept = scenarios.keep(self.path, story.PROMOTION.ways[1], [push], "as_planned", SALES)
        pair = (Offer("as_planned", story.PROMOTION.ways[0]), Offer(kept.subject, story.PROMOTION.ways[1]))
        proposals.bring(self.path, story.PROMOTION.asked, pair, 1, SALES, self.today, self.family)
        ahead = (Offer("as_planned", story.PREPARE.ways[0]), Offer("prebuild", story.PREPARE.ways[1]))
        proposals.bring(self.path, story.PREPARE.asked, ahead, 1, PLANT, self.today)
        packing = Card(story.PACKING.asked, tuple(Option(letter, title) for letter, title in zip("AB", story.PACKING.ways, strict=True)), "B")
        register.bring(self.path, self.month, packing, PLANT, self.version)
        for issue in register.lines(self.path, "issue", self.month):
            proposals.escalate(self.path, issue.subject, issue.id, 0, self.today, PLANT)

    def _executive(self) -> None:
        """Every card is taken or refused, the plan approved, the meeting scored."""
        for line in register.lines(self.path, "decision", self.month):
            card = rules.card_of(line.said)
            if card.question == story.PACKING.asked:
                register.put_off(self.path, line.subject, line.id, rules.REFUSED, story.NO_MONEY, DIRECTOR, self.version)
                continue
            register.decide(self.path, line.subject, line.id, self._choice(line.subject, card), self.today, DIRECTOR, self.version)
        plan_of_record.approve(self.path, self.month, DIRECTOR, 0)
        executive.park(self.path, self.month, story.PARKED, CHAIR)
        for item, minutes in (("promises", 8.0), ("decisions", 34.0)):
            executive.spend(self.path, self.month, item, minutes, CHAIR)
        executive.score(self.path, self.month, 4, story.BETTER, [name for _, name, _ in story.PEOPLE[1:]], CHAIR)
        audit = {"what": story.CHECK_STOCK, "owner": story.SALES, "due_on": self.today + DONE_WITHIN}
        register.act(self.path, self.month, audit, DIRECTOR, self.version)

    def _choice(self, subject: str, card: Card) -> Choice:
        """What is recommended, with what it promises for the first month: the plan's own figure, or less of it where somebody is careful."""
        option = card.recommended or "A"
        promised = executive.promised(self.path, subject, option, self.month, DIRECTOR)
        owner = story.SALES if card.question == story.PROMOTION.asked else story.PLANT
        part = 1.0 if card.question == story.PROMOTION.asked else CAREFUL
        said = {"revenue": round(part * promised["revenue"], 2)} if "revenue" in promised else {}
        return Choice(option, owner, self.today + DONE_WITHIN, self.month if said else None, said, story.CAUTIOUS if said and part < 1 else "")

    def _carried_out(self) -> None:
        """What production took on is done; the rest is left for the next meeting to ask about."""
        for action in register.lines(self.path, "meeting_action", self.month):
            if action.said.get("owner") == story.PLANT:
                acts.move(self.path, action.subject, action.id, "done", story.CARRIED_OUT, PLANT, self.version)
