"""Reminders on their way: a digest a person and day, by mail and by chat, each sent once, with failures that are kept and tried again.

Every delivery is a row of records of kind `reminder`, by way, day and person. Whoever wants to send it first keeps a row that says so, in place
of the row that they saw: of two processes one is refused, and sends nothing. What was being sent when its process died is not sent again, because
nobody knows whether it arrived; it is shown as such, and what it told stands under “still open” in the next digest.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from engine.answers import contacts, records
from engine.answers.contacts import Contact
from engine.answers.reminding import due_for, of_person
from engine.answers.source import Source, source_of
from engine.documents import digest
from engine.errors import GranaryError, NotKept, NotSent
from engine.messages import Message, message
from engine.reminders import Reminder, next_try, same_person
from engine.scope import Scope
from engine.store import chat, mail
from engine.store.home import Home
from engine.store.versions import current
from engine.store.warehouse import open_warehouse

KIND = "reminder"
MAIL, CHAT = "mail", "chat"
SENDER = "Granary"
ADDRESS_VARIABLE = "GRANARY_ADDRESS"
"""The environment variable that says where people reach Granary, for the links in mails: https://granary.company.example."""
SENDING, SENT, FAILED = "sending", "sent", "failed"
MOST_SHOWN = 200
LEASE = timedelta(minutes=10)
"""A message that is being sent for longer than this died with its process."""


@dataclass(frozen=True)
class Delivery:
    """One digest on its way. keys: what it tells. tries: how often it was tried. why: the reason of the last failure. next_at: of the next try."""

    way: str
    person: str
    day: date
    state: str
    keys: tuple[str, ...]
    tries: int = 0
    why: Message | None = None
    next_at: datetime | None = None
    at: datetime | None = None
    record_id: int = 0

    @property
    def subject(self) -> str:
        """By what the records know it."""
        return f"{self.way} {self.day.isoformat()} {self.person}"

    def is_lost(self, now: datetime) -> bool:
        """Whether its process died while it was being sent."""
        return self.state == SENDING and self.at is not None and now - self.at > LEASE


@dataclass(frozen=True)
class Ways:
    """How messages leave; None = that way is not set up. address: for links."""

    office: mail.PostOffice | None = None
    room: chat.Room | None = None
    address: str = ""

    def has(self, way: str) -> bool:
        """Whether a way is set up."""
        return (self.office if way == MAIL else self.room) is not None


def ways() -> Ways:
    """The ways that the environment names. Raises BadUse where one cannot be understood."""
    return Ways(mail.configured(), chat.configured(), os.environ.get(ADDRESS_VARIABLE, "").strip())


def deliveries(home: Home) -> list[Delivery]:
    """Every digest that was on its way, the newest first."""
    return sorted((_delivery(record) for record in records.newest(home, KIND)), key=lambda one: one.record_id, reverse=True)


def recent(home: str, scope: Scope) -> list[Delivery]:
    """The last digests that were on their way, the newest first: one's own, and those of all for whoever keeps the list of people."""
    found = deliveries(Home(Path(home)))
    return [one for one in found if scope.may("people") or same_person(one.person, scope.who)][:MOST_SHOWN]


def troubles(home: str, scope: Scope) -> list[Message]:
    """How reminders are set up wrongly, for whoever keeps the list of people."""
    return _set_up_wrongly(Home(Path(home))) if scope.may("people") else []


def is_lost(one: Delivery) -> bool:
    """Whether nobody knows, by now, whether a digest arrived."""
    return one.is_lost(datetime.now(UTC))


def today() -> date:
    """The day on which somebody asks, by the clock of this machine."""
    return datetime.now(UTC).astimezone().date()


def _delivery(record: records.Record) -> Delivery:
    way, day, person = [*record.subject.split(" ", 2), "", "", ""][:3]
    kept = record.payload or {}
    why, next_at = kept.get("why"), kept.get("next_at")
    return Delivery(
        way, person, date.fromisoformat(day), str(kept.get("state")), tuple(kept.get("keys", ())), int(kept.get("tries", 0)),
        None if why is None else Message.from_json(why), None if next_at is None else datetime.fromisoformat(next_at), record.at, record.id,
    )  # fmt: skip


def remind(home: Home, now: datetime | None = None, by: Ways | None = None, dry_run: bool = False) -> list[Delivery]:
    """Send to everybody what is new for them and was not tried too lately. Returns what was sent, what failed and (with dry_run) what would be sent.

    Raises NothingServed where there are no data, BadUse where a way is set up wrongly, NotKept where the records cannot be written.
    """
    now, by = now or datetime.now(UTC), by or ways()
    day, before = now.astimezone().date(), deliveries(home)
    warehouse, done = open_warehouse(home), list[Delivery | None]()
    everybody = contacts.everybody(str(home.path))
    for contact in contacts.contacts(str(home.path)):
        name, scope = next(((name, scope) for name, scope in everybody.items() if same_person(name, contact.name)), ("", None))
        wanted = [way for way, is_wanted in ((MAIL, contact.by_mail), (CHAT, contact.by_chat)) if is_wanted and by.has(way)]
        if scope is None or not wanted:
            continue
        source = source_of(warehouse, scope)
        open_ones = of_person(due_for(source, scope, day), name, scope, source.settings, everybody)
        for way in wanted:
            planned = _planned(way, contact, day, now, open_ones, before)
            if planned is not None:
                done.append(planned if dry_run else _delivered(source, planned, contact, open_ones, by, now))
    return [one for one in done if one is not None]


def _planned(way: str, contact: Contact, day: date, now: datetime, open_ones: list[Reminder], before: Iterable[Delivery]) -> Delivery | None:
    """The digest of a person that is to go out now; None where nothing is new, today's has gone, or its time to be tried again has not come."""
    own = [one for one in before if one.way == way and same_person(one.person, contact.name)]
    told = {key for one in own if one.state in (SENT, SENDING) for key in one.keys}
    keys = tuple(one.key for one in open_ones if one.key not in told)
    today = next((one for one in own if one.day == day), None)
    if not keys or (today is not None and (today.state != FAILED or (today.next_at is not None and now < today.next_at))):
        return None
    return replace(today, keys=keys) if today is not None else Delivery(way, contact.name, day, FAILED, keys)


def _delivered(source: Source, planned: Delivery, contact: Contact, open_ones: list[Reminder], by: Ways, now: datetime) -> Delivery | None:
    """Claim, send, and keep what came of it; None where another process has it."""
    claimed = replace(planned, state=SENDING, tries=planned.tries + 1, why=None, next_at=None)
    try:
        claimed = _keep(source.home, claimed)
    except NotKept as fault:
        if _was_overtaken(source.home, planned):
            return None
        raise fault
    new = [one for one in open_ones if one.key in claimed.keys]
    told = [one for one in open_ones if one.key not in claimed.keys]
    wait = timedelta(minutes=int(source.settings["remind_retry_minutes"]))
    try:
        _send(claimed, contact, new, told, by, str(source.settings["webhook_form"]))
    except GranaryError as fault:
        return _keep(source.home, replace(claimed, state=FAILED, why=fault.said, next_at=next_try(now, claimed.tries, wait)))
    return _keep(source.home, replace(claimed, state=SENT))


def _was_overtaken(home: Home, planned: Delivery) -> bool:
    """Whether somebody else kept a row about this digest after the one that was seen."""
    return any(one.record_id > planned.record_id for one in deliveries(home) if one.subject == planned.subject)


def _keep(home: Home, one: Delivery) -> Delivery:
    """Keep how a delivery stands, in place of the row that was seen. Raises NotKept where another process was there before."""
    payload: dict[str, Any] = {"state": one.state, "keys": list(one.keys), "tries": one.tries}
    payload |= {"why": None if one.why is None else one.why.to_json(), "next_at": None if one.next_at is None else one.next_at.isoformat()}
    kept = records.record(home, KIND, one.subject, payload, SENDER, current(home), one.record_id)
    return replace(one, record_id=kept.id, at=kept.at)


def _send(one: Delivery, contact: Contact, new: list[Reminder], told: list[Reminder], by: Ways, form: str) -> None:
    """Hand the digest to the server. Raises NotSent, or BadUse for an address that no server takes."""
    language = contact.language
    key = hashlib.sha256(one.subject.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    if one.way == CHAT and by.room is not None:
        facts = {"person": contact.name, "day": one.day.isoformat(), "reminders": [_fact(each, language, by.address) for each in new]}
        chat.send(by.room, form, digest.chat(contact.name, new, language, by.address), facts, key)
    elif one.way == MAIL and by.office is not None:
        texts: list[Callable[..., str]] = [digest.plain, digest.web]
        plain, web = (text(contact.name, new, told, language, by.address) for text in texts)
        mail.send(by.office, mail.Letter(contact.name, contact.email, digest.subject(new, language), plain, web, key))
    else:
        raise NotSent(message("This way of reminding is not set up."))


def _fact(one: Reminder, language: str, address: str) -> dict[str, Any]:
    """One reminder for a program that reads the chat."""
    said = one.deadline
    return {
        "rule": said.rule, "text": digest.line(one, language), "due_on": said.due_on.isoformat(), "days_late": one.days_late, "owner": said.owner,
        "link": digest.link(one, language, address), "key": one.key,
    }  # fmt: skip


def faults(home: Home, now: datetime | None = None) -> list[Message]:
    """What is wrong with reminders, in words: ways that are set up wrongly, people whom no way reaches, digests that failed or were lost."""
    now, found = now or datetime.now(UTC), _set_up_wrongly(home)
    for one in deliveries(home):
        if one.state == FAILED and one.why is not None and now.astimezone().date() - one.day <= timedelta(days=1):
            found.append(message("Reminders for {name} could not be delivered: {why}", name=one.person, why=one.why))
        elif one.is_lost(now) and now.astimezone().date() - one.day <= timedelta(days=1):
            found.append(message("Nobody knows whether the reminders for {name} arrived: the program stopped while it sent them.", name=one.person))
    return found


def _set_up_wrongly(home: Home) -> list[Message]:
    found = list[Message]()
    try:
        by: Ways | None = ways()
    except GranaryError as fault:
        by, found = None, [fault.said]
    for contact in contacts.contacts(str(home.path)):
        for way, is_wanted in ((MAIL, contact.by_mail), (CHAT, contact.by_chat)):
            if by is not None and is_wanted and not by.has(way):
                variable = mail.VARIABLE if way == MAIL else chat.VARIABLE
                found.append(message("{name} wants reminders, but {variable} is not set, so none go out.", name=contact.name, variable=variable))
    return found
