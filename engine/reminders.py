"""Reminders: which deadlines somebody is told of on a day, and when what could not be delivered is tried again.

A deadline is told of twice at most: once when it comes near (`ahead`), once when it has passed (`late`). Each telling has a key that
stays the same as long as the deadline does; a deadline that is moved is told of anew.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.messages import Message

AHEAD, LATE = "ahead", "late"
LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True)
class Deadline:
    """Something that somebody must do by a day.

    rule: which kind it is, a name of the setting `remind_ahead`. subject: what it is about, stable: the same deadline bears the same
    subject tomorrow. owner: the name of whoever must do it; "" = whoever has the role of the setting `remind_roles`.
    page, address: where it is dealt with.
    """

    rule: str
    subject: str
    due_on: date
    what: Message
    page: str
    owner: str = ""
    address: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reminder:
    """A deadline that is near or has passed. days_late: days since it passed, below 0 while it lies ahead."""

    deadline: Deadline
    stage: str
    days_late: int

    @property
    def key(self) -> str:
        """What is told once: this deadline, of this day, in this stage (16 hex digits)."""
        told = "\n".join((self.deadline.rule, self.deadline.subject, self.deadline.due_on.isoformat(), self.stage))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def due(deadlines: Iterable[Deadline], today: date, ahead_days: Mapping[str, int]) -> list[Reminder]:
    """The deadlines of which somebody is told, the longest overdue first. ahead_days: rule -> days before; a rule that it lacks is told of never."""
    found = [
        Reminder(deadline, LATE if deadline.due_on < today else AHEAD, (today - deadline.due_on).days)
        for deadline in deadlines
        if deadline.rule in ahead_days and (deadline.due_on - today).days <= ahead_days[deadline.rule]
    ]
    return sorted(found, key=lambda one: (-one.days_late, one.deadline.rule, one.deadline.subject))


def same_person(one: str, other: str) -> bool:
    """Whether two names are of one person: capitals and spaces do not count. No name is nobody's."""
    return bool(one.strip()) and " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def for_person(reminders: Iterable[Reminder], name: str, roles: Iterable[str], role_of: Mapping[str, str], known: Iterable[str]) -> list[Reminder]:
    """Of reminders that somebody may see, those that are theirs: what they own, and what nobody owns (or nobody on the list) that their role deals with.

    role_of: rule -> role. known: everybody who can be told.
    """
    own, listed = frozenset(roles), list(known)

    def is_theirs(one: Reminder) -> bool:
        owner = one.deadline.owner
        if any(same_person(owner, other) for other in listed):
            return same_person(owner, name)
        return role_of.get(one.deadline.rule) in own

    return [one for one in reminders if is_theirs(one)]


def next_try(failed_at: datetime, tries: int, first_wait: timedelta) -> datetime:
    """When a delivery that failed for the n-th time is tried again: after the first wait, then twice as long each time, at most six hours."""
    wait = min(first_wait * (1 << min(max(tries, 1) - 1, 16)), LONGEST_WAIT)
    return failed_at + wait
