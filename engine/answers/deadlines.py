"""The deadlines of the company, within what somebody may see: clearance, credit reviews, complaints, agreed actions, stock reports, steps of the meeting.

Each rule gathers its own; none of them names an amount of money, so that a reminder tells nothing that its reader may not see.
"""

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl

from engine.answers import records
from engine.answers.periods import last_day
from engine.answers.picking import pick_of
from engine.answers.source import Source
from engine.messages import Message, message
from engine.reminders import Deadline
from engine.scope import Scope
from engine.selection import Selection


def deadlines(source: Source, scope: Scope) -> list[Deadline]:
    """Every deadline that somebody may see, rule by rule."""
    return [deadline for gather in GATHERED.values() for deadline in gather(source, scope)]


def _dealers(source: Source, scope: Scope) -> dict[str, str]:
    """The dealers that somebody sees: code -> name."""
    seen = pick_of(source, Selection(), scope).dealers
    named = source.dealers if seen is None else source.dealers.filter(pl.col("dealer_id").is_in(seen))
    return {code: name or code for code, name in named.select("dealer_id", "dealer_name").iter_rows()}


def clearance(source: Source, scope: Scope) -> list[Deadline]:
    """What is listed for clearance and not cleared yet; its owner stands in the list."""
    from engine.answers import clearance as programme

    if not records.newest(source.home, "clearance"):
        return []
    names = dict(source.items.select("item_id", "item_name").iter_rows())
    return [
        Deadline("clearance", subject, due, message("Clear {name} ({item})", name=names.get(item) or item, item=item), "clearance", owner or "")
        for subject, item, _, owner, due in programme.still_open(source, scope).iter_rows()
        if due is not None
    ]


def credit_reviews(source: Source, scope: Scope) -> list[Deadline]:
    """The day on which a dealer's limit ends or its terms are to be looked at, whichever comes first; of the terms in force, or the last there were."""
    if not scope.shows("credit") or not source.has("credit_terms"):
        return []
    dealers, today = _dealers(source, scope), last_day(source)
    terms = source.read("credit_terms", dealers=list(dealers)).filter(pl.col("valid_from") <= today)
    newest = terms.sort("valid_from").group_by("dealer_id", maintain_order=True).last()
    left = source.dealers.filter(pl.col("status") == "ended")["dealer_id"].to_list()
    found = []
    for code, until, review in newest.select("dealer_id", "valid_to", "review_on").iter_rows():
        days = [day for day in (until, review) if day is not None]
        if days and code not in left:
            what = message("Look at the credit limit of {name}", name=dealers.get(code, code))
            found.append(Deadline("credit_review", code, min(days), what, "credit", address=(("dealer_id", code),)))
    return found


def complaints(source: Source, scope: Scope) -> list[Deadline]:
    """Complaints that are not closed; those of a dealer only for whoever sees the dealer, those without one for whoever sees all."""
    if not source.has("complaints"):
        return []
    dealers, within = _dealers(source, scope), timedelta(days=int(source.settings["complaint_days"]))
    return [
        Deadline("complaint", complaint, reported + within, _closing(complaint, sku), "item", address=(("sku", sku),))
        for complaint, reported, sku, dealer in source.read("rows_open_complaints").iter_rows()
        if (scope.sees_all if dealer is None else dealer in dealers or scope.sees_all)
    ]


def _closing(complaint: str, item: str) -> Message:
    return message("Close complaint {complaint} about {item}", complaint=complaint, item=item)


def actions(source: Source, scope: Scope) -> list[Deadline]:
    """What was agreed with dealers and is open."""
    dealers, found = _dealers(source, scope), []
    for kept in records.newest(source.home, "action"):
        said = kept.payload or {}
        due, dealer = _day(said.get("due_on")), str(said.get("dealer_id"))
        if due is None or said.get("state", "open") != "open" or not (dealer in dealers or scope.sees_all):
            continue
        what = message("{name}: {what}", name=dealers.get(dealer, dealer), what=str(said.get("what")))
        found.append(Deadline("action", kept.subject, due, what, "dealer", str(said.get("owner") or ""), (("dealer_id", dealer),)))
    return [*found, *_agreed_in_meetings(source, scope)]


def _agreed_in_meetings(source: Source, scope: Scope) -> list[Deadline]:
    """What was agreed in the meetings of the company and is open; for whoever sees the whole of it."""
    from engine.answers.meeting import register

    if not scope.sees_all:
        return []
    return [
        Deadline(
            "action",
            f"meeting {line.subject}",
            due,
            message("From the meeting: {what}", what=str(line.said.get("what"))),
            "promises",
            str(line.said.get("owner") or ""),
        )
        for line in register.lines(str(source.home.path), "meeting_action")
        if line.said.get("state", "open") == "open" and (due := _day(line.said.get("due_on"))) is not None
    ]


def stages(source: Source, scope: Scope) -> list[Deadline]:
    """The steps of the meeting that are agreed with a day and not signed; for whoever sees the whole company."""
    from engine.answers.meeting import cycles

    if not scope.sees_all:
        return []
    home = str(source.home.path)
    return [
        Deadline("stage", f"{cycles.key(month)} {step.name}", step.due_on, _signing(step.name, month), "cycle", step.owner)
        for month in cycles.months(home)
        for step in cycles.steps(home, month, {}, {})
        if step.due_on is not None and not step.is_closed
    ]


def _signing(step: str, month: date) -> Message:
    from engine.sop.cycle import TITLES

    return message("Sign {step} of the meeting of {month}", step=TITLES[step], month=month)


def stock_reports(source: Source, scope: Scope) -> list[Deadline]:
    """Dealers whose stock report was missing on the last day of the data; due when the last one became too old, or had to come for the first time."""
    from engine.answers import replenishing

    ours = source.counts.filter(pl.col("is_own")).height
    if source.counts.height == ours:  # nobody is asked for a report where no dealer's stock is loaded at all
        return []
    within = timedelta(days=int(source.settings["dealer_report_days"]))
    began = dict(source.dealers.select("dealer_id", "started_on").iter_rows())
    first = source.counts["counted_on"].min()
    found = []
    for code, name, counted in replenishing.unreported(source, Selection(), scope).select("dealer_id", "dealer_name", "counted_on").iter_rows():
        since = counted or max((day for day in (began.get(code), first) if isinstance(day, date)), default=None)
        if since is not None:
            what = message("Ask {name} for the stock report", name=name or code)
            found.append(Deadline("stock_report", f"{code} {counted or 'never'}", since + within, what, "dealer", address=(("dealer_id", code),)))
    return found


def _day(kept: object) -> date | None:
    if isinstance(kept, date):
        return kept
    try:
        return date.fromisoformat(str(kept)[:10]) if kept else None
    except ValueError:
        return None


GATHERED: dict[str, Callable[[Source, Scope], list[Deadline]]] = {
    "clearance": clearance, "credit_review": credit_reviews, "complaint": complaints, "action": actions, "stock_report": stock_reports,
    "stage": stages,
}  # fmt: skip
"""Rule -> what gathers its deadlines."""
