"""Who may come in: the claims of a sign-in, the list of people and our own clock, put together at every click.

Streamlit's cookie lasts for 30 days and cannot be taken back. So each sign-in is kept here under a name of its own, with when it was made and
last used: it ends after `session_hours`, after `session_idle_minutes` without a click, with *sign out*, and with the person's line on the list.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.answers import access, audit
from engine.answers.access import ADMINISTRATOR, Identity, home_of_people
from engine.errors import GranaryError, NotAllowed
from engine.messages import Message, message
from engine.roles import hidden_from
from engine.scope import Scope
from engine.sign_in import DEFAULT, Provider, SignIn, sign_in_of, why_over
from engine.store import tickets
from engine.store.home import Home
from engine.store.installation import named_administrator
from engine.store.tickets import Ticket
from engine.thresholds.sign_in import MOST_SECONDS
from engine.visible import visible

__all__ = ["DEFAULT", "Provider", "SignIn", "Visit", "come_in", "heartbeat_seconds", "home_of_people", "last_sign_ins", "leave", "may_stay", "note_failure"]

REMEMBERED_SECONDS = 2.0
"""For how long the front door trusts its last look at somebody."""
WRITTEN_SECONDS = 60.0
"""How far the kept time of the last click may lie behind the true one."""
_MOST, _MOST_FAILURES_A_MINUTE = 10_000, 10

LOG = logging.getLogger("granary.door")
_LOCK = threading.Lock()
_SEEN: dict[tuple[str, str], float] = {}
_WRITTEN: dict[tuple[str, str], float] = {}
_LOOKED: dict[tuple[str, str], tuple[float, bool]] = {}
_REFUSED: set[tuple[str, str]] = set()
_FAILED: deque[float] = deque(maxlen=_MOST_FAILURES_A_MINUTE)


@dataclass(frozen=True)
class Visit:
    """Somebody at the door. scope: what they may see; None = they may not come in, and `why`. sign_in: None where the claims were not believed.
    is_over: they only have to sign in anew."""

    scope: Scope | None
    why: Message | None = None
    sign_in: SignIn | None = None
    is_over: bool = False


def heartbeat_seconds(home: str) -> float:
    """How often an open page looks at the list again; never more rarely than every 30 seconds, whatever the setting says."""
    return min(float(Home(Path(home)).settings()["heartbeat_seconds"]), MOST_SECONDS)


def come_in(home: str, claims: Mapping[str, Any], providers: Sequence[Provider], now: float | None = None) -> Visit:
    """Somebody signed in does something: may they? Counts as a sign of life, and is noted in the audit the first time. now: seconds since 1970.

    Raises NotKept where the list cannot be read.
    """
    now = time.time() if now is None else now
    try:
        sign_in = sign_in_of(claims, providers, now)
    except NotAllowed as fault:
        _note_refusal(home, str(claims.get("iss")), str(claims.get("sub")), str(claims.get("nonce")), fault.said)
        return Visit(None, fault.said)
    place = Home(Path(home))
    known, why = _standing(place, sign_in, now)
    if why is not None:
        _end(place, sign_in, known)
        return Visit(None, why, sign_in, is_over=True)
    scope = _scope_of(home, sign_in)
    if scope is None:
        _note_refusal(home, sign_in.issuer, sign_in.subject, sign_in.ticket, message("not on the list"), sign_in.name)
        return Visit(None, _why_not_listed(home, sign_in), sign_in)
    _alive(place, sign_in, now)
    if known is None:
        audit.note(home, scope, "sign_in", sign_in.name, mail=sign_in.email)
    return Visit(scope, None, sign_in)


def may_stay(home: str, claims: Mapping[str, Any], providers: Sequence[Provider], now: float | None = None) -> bool:
    """Whether somebody may still be here. No sign of life, and cheap: what was found holds for two seconds. Whoever cannot be looked up may not."""
    now = time.time() if now is None else now
    try:
        sign_in = sign_in_of(claims, providers, now)
    except NotAllowed:
        return False
    key = (home, sign_in.ticket)
    looked = _LOOKED.get(key)
    if looked is not None and 0 <= now - looked[0] < REMEMBERED_SECONDS:
        return looked[1]
    try:
        found = _standing(Home(Path(home)), sign_in, now)[1] is None and _scope_of(home, sign_in) is not None
    except GranaryError:
        return False
    with _LOCK:
        if len(_LOOKED) > _MOST:
            _LOOKED.clear()
        _LOOKED[key] = (now, found)
    return found


def leave(home: str, claims: Mapping[str, Any], providers: Sequence[Provider], now: float | None = None) -> None:
    """Somebody signs out: this sign-in opens no door any longer, in no tab, and no copy of its cookie does."""
    now = time.time() if now is None else now
    try:
        sign_in = sign_in_of(claims, providers, now)
    except NotAllowed:
        return
    scope = _scope_of(home, sign_in)
    with _LOCK:
        _LOOKED.pop((home, sign_in.ticket), None)
    tickets.keep(Home(Path(home)), sign_in.key, sign_in.ticket, Ticket(sign_in.at, now, is_ended=True))
    audit.note(home, scope or Scope(sign_in.name or sign_in.subject, roles=frozenset(), subject=sign_in.key), "sign_out", sign_in.name)


def note_failure(home: str, address: str, now: float | None = None) -> None:
    """A sign-in failed before anybody could be named. Anybody can make it fail, so of more than ten a minute the rest go to the log alone."""
    now = time.time() if now is None else now
    LOG.error("a sign-in failed, asked from %s", visible(address))
    with _LOCK:
        if len(_FAILED) == _MOST_FAILURES_A_MINUTE and now - _FAILED[0] < 60:
            return
        _FAILED.append(now)
    audit.note(home, Scope("?", roles=frozenset()), "refused", "sign-in", address=address)


def last_sign_ins(home: str) -> dict[str, Any]:
    """Issuer and subject -> when they last signed in (UTC)."""
    return dict(tickets.latest(Home(Path(home))))


def _standing(home: Home, sign_in: SignIn, now: float) -> tuple[Ticket | None, Message | None]:
    """What is known of a sign-in, and why it no longer holds (None = it does)."""
    known = tickets.kept(home, sign_in.key, sign_in.ticket)
    if known is not None and known.is_ended:
        return known, message("You signed out, or were away for too long.")
    settings = home.settings()
    seen = max(known.seen if known else sign_in.at, _SEEN.get((str(home.path), sign_in.ticket), 0.0))
    return known, why_over(sign_in.at, seen, now, settings["session_hours"], settings["session_idle_minutes"])


def _alive(home: Home, sign_in: SignIn, now: float) -> None:
    """Note a sign of life; on the disk once a minute."""
    key = (str(home.path), sign_in.ticket)
    with _LOCK:
        if len(_SEEN) > _MOST:
            for kept in (_SEEN, _WRITTEN):
                kept.clear()
        _SEEN[key] = now
        is_due = now - _WRITTEN.get(key, 0.0) >= WRITTEN_SECONDS
        if is_due:
            _WRITTEN[key] = now
    if is_due:
        tickets.keep(home, sign_in.key, sign_in.ticket, Ticket(sign_in.at, now))


def _end(home: Home, sign_in: SignIn, known: Ticket | None) -> None:
    """A sign-in that is over stays over, whatever becomes of the settings."""
    if known is not None and not known.is_ended:
        tickets.keep(home, sign_in.key, sign_in.ticket, Ticket(known.since, known.seen, is_ended=True))


def _scope_of(home: str, sign_in: SignIn) -> Scope | None:
    identity = Identity(sign_in.issuer, sign_in.subject, sign_in.name, sign_in.email, sign_in.groups)
    if sign_in.key == named_administrator() and all(line.subject != sign_in.key for line in access.lines(home)):
        roles = frozenset({ADMINISTRATOR})
        return Scope(sign_in.name or sign_in.email or sign_in.subject, None, None, roles, sign_in.key, hidden_from(roles))
    return access.scope_of(home, identity)


def _why_not_listed(home: str, sign_in: SignIn) -> Message:
    if any(line.subject == sign_in.key for line in access.lines(home)):
        return message("Your access to Granary has ended.")
    return message("You are not on the list of people who may use Granary.")


def _note_refusal(home: str, issuer: str, subject: str, ticket: str, why: Message, name: str = "") -> None:
    """Once for each sign-in, however often its page is loaded anew."""
    key = (home, ticket)
    with _LOCK:
        if key in _REFUSED:
            return
        if len(_REFUSED) > _MOST:
            _REFUSED.clear()
        _REFUSED.add(key)
    audit.note(home, Scope(name or subject, roles=frozenset(), subject=f"{issuer} {subject}"), "refused", "sign-in", why=str(why))
