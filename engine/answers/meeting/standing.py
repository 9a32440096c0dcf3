"""Where the cycle stands: its steps with owners, days and sign-offs, what blocks the next one, and who takes part."""

from datetime import date
from typing import Any

import polars as pl

from engine.answers.answer import Alert, Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.meeting import checks, cycles, plans
from engine.answers.periods import end_of
from engine.answers.sop.months import months_of
from engine.answers.source import Source, remembered
from engine.answers.workdays import Workdays
from engine.errors import NotAllowed
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop import cycle as rules
from engine.sop.cycle import STEPS, TITLES, Plan, Step

STATES: dict[str, Message] = {
    rules.WAITING: message("waits for the one before"),
    rules.OPEN: message("is worked on"),
    rules.SIGNED: message("signed"),
    rules.STALE: message("stale"),
}
COLUMNS = (
    Column("step", message("Step"), "message"),
    Column("step_state", message("State"), "message"),
    Column("owner", message("Owner"), "text"),
    Column("due_on", message("Due on"), "date"),
    Column("is_late", message("Late"), "flag"),
    Column("lacking", message("Lacking"), "count"),
    Column("signed_by", message("Signed by"), "text"),
    Column("signed_on", message("Signed on"), "date"),
    Column("stale_why", message("Why stale"), "message"),
)
CHECKS = (
    Column("step", message("Step"), "message"),
    Column("check", message("What must be so"), "message"),
    Column("is_done", message("Done"), "flag"),
    Column("is_needed", message("Needed to sign"), "flag"),
)
HISTORY = (
    Column("at", message("When"), "time"),
    Column("step", message("Step"), "message"),
    Column("what", message("What"), "message"),
    Column("who", message("Who"), "text"),
    Column("reason", message("Reason"), "text"),
    Column("version", message("Data version"), "count"),
)


def cycle(warehouse: Any, selection: Selection, scope: Scope, month: str = "") -> Answer:
    """The five steps of a cycle (COLUMNS). month: `2025-11`, else the one that the data are ready for.

    extra: `checks` (CHECKS), `history` (HISTORY, the newest first), `participants` (name, role). facts: `steps` (Step of each), `month`, `is_open`
    (it was opened), `months` (all that were), `proposed` (Plan for a cycle that was not opened yet), `version` (name of its approved plan or "").
    Raises NotAllowed for who sees a part of the company.
    """
    cycles.of_the_company(scope)
    answer: Answer = _cycle(warehouse, selection, scope, month, run_of(warehouse))
    return answer


@remembered
def _cycle(source: Source, selection: Selection, scope: Scope, month: str, run: str) -> Answer:
    home = str(source.home.path)
    which = cycles.month_of(month) if month else months_of(source, Selection()).first
    agreed = cycles.agreed(home, which)
    found = checks.checks_of(source, which, run)
    steps = cycles.steps(home, which, found, checks.inputs_of(source, which, run))
    approved = plans.versions(home, which)
    today = date.today()
    return Answer(
        name="cycle",
        headline=_headline(which, agreed, steps, today),
        frame=_frame(steps, today),
        columns=COLUMNS,
        version=source.version,
        alerts=tuple(_alerts(which, agreed, steps, today)),
        extra={"checks": _checks(steps), "history": _history(steps), "participants": _participants(agreed)},
        facts={
            "steps": steps, "month": which, "is_open": agreed is not None, "months": cycles.months(home), "proposed": proposed(source, which),
            "version": approved[-1].name if approved else "",
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def proposed(source: Source, month: date) -> Plan:
    """What to agree for a cycle that is opened: owners and participants as in the last one, days by the rhythm of the settings."""
    home = str(source.home.path)
    last = next((cycles.agreed(home, earlier) for earlier in cycles.months(home) if earlier < month), None)
    work = Workdays(source.whole, month, end_of(month))
    days = [day for day in pl.date_range(month, end_of(month), eager=True) if work.between(day, day)]
    rhythm = [int(row[0]) for row in source.settings["meeting_due_days"]]
    return Plan(month, last.owners if last else {}, rules.due_days(month, days, rhythm), last.participants if last else ())


def _headline(month: date, agreed: Plan | None, steps: tuple[Step, ...], today: date) -> Message:
    if agreed is None:
        return message("The cycle of {month} is not opened yet.", month=month)
    now, closed = rules.current(steps), sum(step.is_closed for step in steps)
    stale = [step for step in steps if step.state == rules.STALE]
    if stale:
        return plural(
            "{n} sign-off of {month} is stale: {step} has to be looked at again.", "{n} sign-offs of {month} are stale, first of them {step}.",
            n=len(stale), month=month, step=TITLES[stale[0].name],
        )  # fmt: skip
    if closed == len(STEPS):
        return message("The cycle of {month} is done: all five steps are signed.", month=month)
    lacking = checks.not_done(now.checks)
    if lacking:
        return plural(
            "{month}: {step} is being worked on; {n} thing is lacking before it can be signed.",
            "{month}: {step} is being worked on; {n} things are lacking before it can be signed.",
            n=lacking, month=month, step=TITLES[now.name],
        )  # fmt: skip
    if now.is_late(today):
        return message("{month}: {step} is ready to be signed, and late.", month=month, step=TITLES[now.name])
    return message("{month}: {step} is ready to be signed.", month=month, step=TITLES[now.name])


def _frame(steps: tuple[Step, ...], today: date) -> pl.DataFrame:
    rows = [
        (
            TITLES[step.name].to_json(), STATES[step.state].to_json(), step.owner or None, step.due_on, step.is_late(today), checks.not_done(step.checks),
            step.signed.who if step.signed else None, step.signed.at.date() if step.signed else None, step.why_stale.to_json() if step.why_stale else None,
        )
        for step in steps
    ]  # fmt: skip
    schema = {
        "step": pl.String, "step_state": pl.String, "owner": pl.String, "due_on": pl.Date, "is_late": pl.Boolean, "lacking": pl.Int64,
        "signed_by": pl.String, "signed_on": pl.Date, "stale_why": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _checks(steps: tuple[Step, ...]) -> pl.DataFrame:
    rows = [(TITLES[step.name].to_json(), check.said.to_json(), check.is_done, check.is_needed) for step in steps for check in step.checks]
    return pl.DataFrame(rows, schema={"step": pl.String, "check": pl.String, "is_done": pl.Boolean, "is_needed": pl.Boolean}, orient="row")


def _history(steps: tuple[Step, ...]) -> pl.DataFrame:
    rows = sorted((row for step in steps for row in step.history), key=lambda row: -row.id)
    signed, reopened = message("signed").to_json(), message("reopened").to_json()
    data = [(row.at, TITLES[row.step].to_json(), signed if row.is_signed else reopened, row.who, row.reason or None, row.version) for row in rows]
    schema: dict[str, Any] = {
        "at": pl.Datetime("us", "UTC"), "step": pl.String, "what": pl.String, "who": pl.String, "reason": pl.String, "version": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(data, schema=schema, orient="row")


def _participants(agreed: Plan | None) -> pl.DataFrame:
    return pl.DataFrame(agreed.participants if agreed else [], schema={"name": pl.String, "role": pl.String}, orient="row")


def _alerts(month: date, agreed: Plan | None, steps: tuple[Step, ...], today: date) -> list[Alert]:
    """What Start tells of the cycle."""
    if agreed is None:
        return []
    told = [Alert(message("{step} of {month} is late.", step=TITLES[step.name], month=month), None, "cycle") for step in steps if step.is_late(today)]
    stale = [Alert(message("The sign-off of {step} is stale.", step=TITLES[step.name]), None, "cycle") for step in steps if step.state == rules.STALE]
    return [*stale, *told[:1]]


def signing(warehouse: Any, scope: Scope, month: date, name: str) -> tuple[Step, str]:
    """A step as it stands at this moment, with the fingerprint of its figures: what `cycles.sign` and `reopen` take. Raises NotAllowed."""
    answer = cycle(warehouse, Selection(), scope, cycles.key(month))
    step = next((step for step in answer.facts["steps"] if step.name == name), None)
    if step is None:
        raise NotAllowed(message("There is no step “{step}”.", step=name))
    from engine.answers.source import source_of

    return step, checks.inputs_of(source_of(warehouse), month, run_of(warehouse)).get(name, "")
