"""Lines of the audit: text of strangers made visible and short, and what each act is called.

A line names who did what, and most of what it names comes from outside: names of files, of people, of what was asked for. So a line
break, a sign that colours a terminal or one that turns the direction of writing must never act as one (ASVS 5, 16.4.1).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.messages import Message, message
from engine.visible import LONGEST_NAME, visible

MOST_DETAILS = 40
"""How many details a line holds; the rest is counted, not kept."""

ACTS: dict[str, Message] = {
    "sign_in": message("signed in"),
    "sign_out": message("signed out"),
    "refused": message("was refused"),
    "export": message("exported"),
    "read": message("read"),
    "view_as": message("looked as somebody else"),
    "load": message("loaded a file"),
    "refuse_load": message("brought a file that was refused"),
    "discard": message("threw a load away"),
    "publish": message("published"),
    "undo": message("took a load back"),
    "rebuild": message("built anew"),
    "backup": message("made a backup"),
    "restore": message("brought a backup back"),
    "upgrade": message("upgraded"),
    "close": message("closed a month"),
    "setting": message("changed a setting"),
    "person": message("changed the list of people"),
    "access": message("changed who may see what"),
    "order_file": message("kept an order"),
    "clearance": message("decided on clearance"),
    "credit_decision": message("decided on an order"),
    "action": message("agreed an action"),
    "review": message("held a review"),
    "control_total": message("entered a total of the ledger"),
    "profile": message("kept how files are read"),
    "contact": message("said where reminders go"),
    "reminder": message("reminded somebody"),
    "cycle": message("opened a cycle or agreed its days"),
    "sign_off": message("signed or reopened a step"),
    "override": message("changed a plan by hand"),
    "meeting_action": message("agreed an action of the meeting"),
    "assumption": message("noted an assumption"),
    "chance": message("noted a risk or an opportunity"),
    "issue": message("noted an open question"),
    "decision": message("brought or took a decision"),
    "scenario": message("kept a scenario"),
    "minutes": message("kept the minutes"),
    "plan": message("approved a plan"),
    "gate": message("moved a withdrawal or a launch on"),
    "promotion_plan": message("planned promotions"),
    "tree_change": message("changed the tree of products"),
    "novelty": message("decided on a novelty"),
    "assortment_review": message("held a review of the assortment"),
    "marketing_factor": message("weighed a product for marketing"),
    "five_forces": message("judged the market"),
}
"""Act (of a note, or the kind of a record) -> what the person did; an act that stands here not is shown by its name."""


def details(given: Mapping[str, Any]) -> dict[str, Any]:
    """The details of a line as a record keeps them: numbers and flags as they are, days as ISO text, anything else as visible text; None left out."""
    known = [(name, value) for name, value in given.items() if value is not None and value != ""]
    kept = {visible(name, LONGEST_NAME): _kept(value) for name, value in known[:MOST_DETAILS]}
    return kept | ({"left_out": len(known) - MOST_DETAILS} if len(known) > MOST_DETAILS else {})


def _kept(value: Any) -> Any:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)
    if isinstance(value, dict) or (isinstance(value, list | tuple) and any(isinstance(part, dict | list) for part in value)):
        return len(value)
    if isinstance(value, list | tuple | set | frozenset):
        return visible(", ".join(visible(str(part), LONGEST_NAME) for part in list(value)[:MOST_DETAILS]))
    return visible(value.isoformat() if isinstance(value, date) else str(value))


DETAILS: dict[str, Message] = {
    "as": message("as"), "table": message("table"), "file": message("file"), "form": message("form"), "page": message("page"), "question": message("question"),
    "rows": message("rows"), "filters": message("filters"), "version": message("data version"), "base": message("built on version"),
    "sha256": message("fingerprint of the file"), "status": message("status"), "read": message("rows read"),
    "loaded": message("rows loaded"), "repaired": message("rows repaired"), "rejected": message("rows rejected"), "set_aside": message("rows set aside"),
    "replaced": message("rows replaced"), "totals": message("totals"), "contract": message("version of the contract"), "reason": message("reason"),
    "value": message("value"), "before": message("before"), "valid_from": message("valid from"), "ended": message("withdrawn"), "name": message("name"),
    "roles": message("roles"), "regions": message("regions"), "dealers": message("dealers"), "disabled": message("may not come in"),
    "dealer_id": message("dealer"), "what": message("what"), "owner": message("who does it"), "due_on": message("until"), "agreed_on": message("agreed on"),
    "state": message("state"), "held_on": message("held on"), "tier": message("tier"), "score": message("score"), "note": message("note"),
    "item_id": message("item"), "location_id": message("place"), "quarter": message("quarter"), "plan": message("plan"), "deadline": message("deadline"),
    "listed_on": message("listed on"), "listed_qty": message("quantity listed"), "listed_value": message("value listed"), "closed_on": message("closed on"),
    "proceeds_value": message("money got for it"), "decision": message("decision"), "verdict": message("proposal"),
    "decided_value": message("value of the order"), "up_to_value": message("may be shipped up to"), "available_value": message("free credit"),
    "order_value": message("value of the order"),
    "lines": message("lines"), "why": message("why"), "month": message("month"), "session": message("session"), "address": message("address"),
    "mail": message("mail"), "keys": message("reminders"), "tries": message("tries"), "email": message("address for mail"),
    "language": message("language"), "by_mail": message("by mail"), "by_chat": message("by chat"), "next_at": message("tried again at"),
    "left_out": message("details left out"), "undone": message("version taken back"), "served": message("version served now"),
}  # fmt: skip
"""Name of a detail (of a note, or of what a decision holds) -> what it is called; one that stands here not is shown by its name."""


_PLACES = {name: place for place, name in enumerate(DETAILS)}
APART = ("about", "sha256")
"""Details that stand in columns of their own."""


def named(act: str) -> Message:
    """What an act is called."""
    return ACTS.get(act) or Message("{act}", (("act", visible(act, LONGEST_NAME)),))


def in_order(given: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The details as they are read best: those that have a name first, in the order of DETAILS."""
    return sorted(((name, value) for name, value in given.items() if name not in APART), key=lambda pair: (_PLACES.get(pair[0], len(_PLACES)), pair[0]))


def worded(kept: Mapping[str, Any]) -> str:
    """Details (see `details`) as one line of English, for the command line and for searching."""
    return "; ".join(f"{DETAILS[name].text if name in DETAILS else name} {value}" for name, value in kept.items())
