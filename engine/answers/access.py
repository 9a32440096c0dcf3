"""The list of people and groups: who has which roles, and which rows are their own. It is kept as records of kind `access`.

A person is issuer and subject of the sign-in, never an e-mail address alone; a group is what the provider calls it. Who is on the list themselves
goes by their own line; who is not, by the lines of their groups: the roles of all of them, the regions of all of them, the dealers of all of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.answers import records
from engine.answers.allowing import require
from engine.errors import BadUse
from engine.messages import message
from engine.roles import ROLES, hidden_from, sees_all_rows
from engine.scope import Scope
from engine.store.home import Home, own_home
from engine.store.versions import current
from engine.store.warehouse import open_version

__all__ = ["Identity", "Line", "Seer", "disable", "grant", "home_of_people", "lines", "require", "scope_of", "take_off", "view_as", "who_can_see"]

KIND = "access"
GROUP = "group:"
ADMINISTRATOR = "administrator"
LONGEST, LONGEST_SUBJECT = 60, 600


@dataclass(frozen=True)
class Identity:
    """Who signed in, as the provider vouches for them."""

    issuer: str
    subject: str
    name: str = ""
    email: str = ""
    groups: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """By what the list knows them."""
        return f"{self.issuer} {self.subject}"


@dataclass(frozen=True)
class Line:
    """One line of the list. subject: issuer and subject of a person, or `group:` and a name. regions, dealers: own rows; None = not bound by them.
    last_id: of the record that says so."""

    subject: str
    name: str
    roles: tuple[str, ...]
    regions: frozenset[str] | None
    dealers: frozenset[str] | None
    is_disabled: bool
    last_id: int

    @property
    def is_group(self) -> bool:
        return self.subject.startswith(GROUP)


@dataclass(frozen=True)
class Seer:
    """Somebody who can see a dealer. hidden: the facets that they cannot see of it."""

    line: Line
    hidden: frozenset[str]


def home_of_people() -> str:
    """The home whose list counts: the company's own, also while the demo's figures are shown."""
    return str(own_home().path)


def lines(home: str | Home) -> list[Line]:
    """Everybody on the list, in the order in which they were last changed; disabled ones too."""
    return [_line(record) for record in records.newest(home, KIND)]


def _line(record: records.Record) -> Line:
    kept = record.payload or {}
    roles = tuple(role for role in kept.get("roles", ()) if role in ROLES)
    return Line(
        record.subject, str(kept.get("name") or record.subject), roles, _set(kept.get("regions")), _set(kept.get("dealers")),
        bool(kept.get("disabled")), record.id,
    )  # fmt: skip


def _set(kept: Any) -> frozenset[str] | None:
    return None if kept is None else frozenset(str(value) for value in kept)


def scope_of(home: str | Home, identity: Identity) -> Scope | None:
    """What somebody who signed in may see and do; None = they are not on the list, or disabled."""
    listed = {line.subject: line for line in lines(home)}
    own = listed.get(identity.key)
    if own is not None:
        return None if own.is_disabled or not own.roles else _scope(own.name, identity.key, [own])
    groups = [listed[f"{GROUP}{name}"] for name in identity.groups if f"{GROUP}{name}" in listed]
    groups = [line for line in groups if line.roles and not line.is_disabled]
    # A name from the provider is what a person calls themselves there: the subject beside it keeps two of a name apart.
    return _scope(f"{identity.name or identity.email} ({identity.subject})".strip(), identity.key, groups) if groups else None


def _scope(who: str, subject: str, given: Sequence[Line]) -> Scope:
    """One scope out of the lines that speak of somebody. Own rows without a region or dealer are no rows."""
    roles = frozenset(role for line in given for role in line.roles)
    wide = [line for line in given if line.regions is None and line.dealers is None and sees_all_rows(line.roles)]
    regions = None if wide else _united(line.regions for line in given)
    dealers = None if wide else _united(line.dealers for line in given)
    if not wide and regions is None and dealers is None:
        regions = frozenset()
    return Scope(who, regions, dealers, roles, subject, hidden_from(roles))


def _united(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    named = [found for found in sets if found is not None]
    return frozenset().union(*named) if named else None


def grant(
    home: str | Home, scope: Scope, subject: str, name: str, roles: Sequence[str], regions: Iterable[str] | None = None, dealers: Iterable[str] | None = None,
    disabled: bool = False, last_id: int | None = None,
) -> Line:  # fmt: skip
    """Put a person or a group on the list, or change their line. last_id: of the line that was looked at; None = whatever is the newest.

    Raises NotAllowed, BadUse (no name, no or an unknown role, a name that somebody else has, the last administrator), NotKept.
    """
    require(scope, "people", home, subject)
    subject, name = subject.strip(), " ".join(name.split())
    _check(home, subject, name, roles)
    if disabled or ADMINISTRATOR not in roles or regions is not None or dealers is not None:
        _keep_an_administrator(home, subject)
    return _line(records.record(home, KIND, subject, _payload(name, roles, regions, dealers, disabled), scope, None, last_id))


def _payload(name: str, roles: Iterable[str], regions: Iterable[str] | None, dealers: Iterable[str] | None, disabled: bool) -> dict[str, Any]:
    return {"name": name, "roles": sorted(set(roles)), "regions": _listed(regions), "dealers": _listed(dealers), "disabled": disabled}


def _listed(values: Iterable[str] | None) -> list[str] | None:
    return None if values is None else sorted(set(values))


def _check(home: str | Home, subject: str, name: str, roles: Sequence[str]) -> None:
    group = subject.removeprefix(GROUP) if subject.startswith(GROUP) else None
    if len(subject) > LONGEST_SUBJECT or (not group if group is not None else len(subject.split()) < 2):
        raise BadUse(message("A person is named by issuer and subject with a space between them, a group by “group:” and its name."))
    if not name or len(name) > LONGEST:
        raise BadUse(message("A name has between 1 and {longest} signs.", longest=LONGEST))
    unknown = [role for role in roles if role not in ROLES]
    if unknown or not roles:
        raise BadUse(message("There is no role “{role}”; the roles are {roles}.", role=", ".join(unknown), roles=", ".join(ROLES)))
    others = [line for line in lines(home) if line.subject != subject]
    if any(line.name.casefold() == name.casefold() for line in others):
        raise BadUse(message("“{name}” is on the list already.", name=name))


def _keep_an_administrator(home: str | Home, subject: str) -> None:
    """Somebody who sees all rows must be left who may change the list."""
    ruling = [line.subject for line in lines(home) if ADMINISTRATOR in line.roles and not line.is_disabled and line.regions is None and line.dealers is None]
    if ruling == [subject]:
        raise BadUse(message("This is the last administrator; name another one first."))


def disable(home: str | Home, scope: Scope, subject: str, last_id: int | None = None) -> Line:
    """Let somebody in no longer, from their next click on. Raises NotAllowed, BadUse (unknown, or the last administrator), NotKept."""
    require(scope, "people", home, subject)
    line = _line_of(home, subject)
    _keep_an_administrator(home, subject)
    return _line(records.record(home, KIND, subject, _payload(line.name, line.roles, line.regions, line.dealers, True), scope, None, last_id))


def take_off(home: str | Home, scope: Scope, subject: str) -> None:
    """Take a line off the list; a person then goes by their groups. Raises NotAllowed, BadUse (unknown, or the last administrator), NotKept."""
    require(scope, "people", home, subject)
    _line_of(home, subject)
    _keep_an_administrator(home, subject)
    records.record(home, KIND, subject, {"ended": True}, scope, None)


def _line_of(home: str | Home, subject: str) -> Line:
    found = next((line for line in lines(home) if line.subject == subject), None)
    if found is None:
        raise BadUse(message("“{subject}” is not on the list.", subject=subject))
    return found


def view_as(home: str | Home, scope: Scope, subject: str) -> Scope:
    """What somebody on the list (a person, or whoever comes with a group) sees: their very scope, in which nothing can be done.

    Raises NotAllowed for whoever is no administrator, BadUse for nobody on the list or somebody disabled.
    """
    require(scope, "view_as", home, subject)
    line = _line_of(home, subject)
    if line.is_disabled or not line.roles:
        raise BadUse(message("“{name}” may not come in, so there is nothing to see.", name=line.name))
    return replace(_scope(line.name, line.subject, [line]), seen_by=scope.who)


def who_can_see(home: str | Home, dealer_id: str) -> list[Seer]:
    """Everybody on the list who sees a dealer, and what of it they do not. Raises BadUse for a dealer that is not known."""
    place = home if isinstance(home, Home) else Home(Path(home))
    region = _region_of(place, dealer_id)
    seers = []
    for line in lines(place):
        scope = None if line.is_disabled or not line.roles else _scope(line.name, line.subject, [line])
        if scope is not None and (scope.regions is None or region in scope.regions) and (scope.dealers is None or dealer_id in scope.dealers):
            seers.append(Seer(line, scope.hidden))
    return seers


def _region_of(home: Home, dealer_id: str) -> str | None:
    version = current(home)
    found: dict[str, str | None] = (
        {} if version is None else dict(open_version(home, version).read("choices_dealers").select("dealer_id", "region").iter_rows())
    )
    if dealer_id not in found:
        raise BadUse(message("There is no dealer “{dealer}”.", dealer=dealer_id))
    return found[dealer_id]
