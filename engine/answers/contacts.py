"""Where reminders go: the address, the language and the way that each person chose. Kept as records of kind `contact`, by name."""

from dataclasses import dataclass

from engine.answers import access, people, records
from engine.answers.access import Identity
from engine.errors import BadUse, NotAllowed
from engine.language import LANGUAGES
from engine.messages import message
from engine.reminders import same_person
from engine.scope import Scope
from engine.store.mail import checked_address

KIND = "contact"


@dataclass(frozen=True)
class Contact:
    """name: of the person, as the records name them. email: "" = none. by_mail, by_chat: how they are reminded. last_id: of the record; 0 = none yet."""

    name: str
    email: str = ""
    language: str = "en"
    by_mail: bool = False
    by_chat: bool = False
    last_id: int = 0


def contacts(home: str) -> list[Contact]:
    """Everybody who said where reminders go, in the order in which they did."""
    return [_contact(record) for record in records.newest(home, KIND)]


def of(home: str, name: str) -> Contact:
    """What somebody chose; nothing yet for whoever never did."""
    return next((contact for contact in contacts(home) if same_person(contact.name, name)), Contact(name))


def _contact(record: records.Record) -> Contact:
    kept = record.payload or {}
    by_mail, by_chat = kept.get("by_mail") is True, kept.get("by_chat") is True
    return Contact(record.subject, str(kept.get("email") or ""), _language(kept.get("language")), by_mail, by_chat, record.id)


def _language(kept: object) -> str:
    return kept if isinstance(kept, str) and kept in LANGUAGES else "en"


def choose(home: str, scope: Scope, contact: Contact) -> Contact:
    """Keep where somebody's reminders go. Everybody chooses for themselves; whoever keeps the list of people, for all.

    Raises NotAllowed, BadUse (nobody, a person who is not known, an address that is none, mail without an address), NotKept.
    """
    if scope.is_read_only:
        access.require(scope, "people")
    if not scope.is_named:
        raise BadUse(message("Say who you are first: reminders go to people by name."))
    name = next((name for name in everybody(home) if same_person(name, contact.name)), scope.who if same_person(scope.who, contact.name) else "")
    if not name:
        raise BadUse(message("“{name}” is not on the list.", name=contact.name))
    if not same_person(name, scope.who) and scope.is_signed_in and not scope.may("people"):
        raise NotAllowed(message("Your role does not allow this. Ask an administrator."))
    if contact.by_mail and not contact.email.strip():
        raise BadUse(message("Reminders by mail need an address."))
    email = checked_address(contact.email) if contact.email.strip() else ""
    payload = {"email": email, "language": _language(contact.language), "by_mail": contact.by_mail, "by_chat": contact.by_chat}
    return _contact(records.record(home, KIND, name, payload, scope, None, contact.last_id or None))


def everybody(home: str) -> dict[str, Scope]:
    """Who can be reminded, by name, and what each of them may see: the people on the list of who may see what; where there is none, everybody
    who gave a name, as on one's own machine everybody sees everything. Who comes in by a group alone has no name here."""
    listed = access.lines(home)
    if not listed:
        return {name: Scope(who=name) for name in people.people(home).values()}
    found: dict[str, Scope] = {}
    for line in listed:
        issuer, _, subject = line.subject.partition(" ")
        scope = None if line.is_group else access.scope_of(home, Identity(issuer, subject))
        if scope is not None:
            found[line.name] = scope
    return found
