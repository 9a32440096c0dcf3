"""What a provider says of somebody who signed in, read with distrust; and for how long it holds.

The library that takes the token checks signature, issuer, nonce and expiry. It does not insist that we are the audience, and its cookie lasts
for 30 days: both are mended here (OpenID Connect Core 3.1.3.7; OWASP ASVS 5, 7.3 and 10.5).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import NotAllowed
from engine.messages import Message, message, plural

LEEWAY_SECONDS = 120
"""By how much the provider's clock may be ahead of ours."""
DEFAULT = "default"
"""What the only provider is called where the configuration gives it no name."""
_OF_ONE_SIGN_IN = ("iss", "sub", "iat", "nonce", "jti", "sid", "at_hash")


@dataclass(frozen=True)
class Provider:
    """Somebody who may vouch for people. client_id: under which they know this program."""

    name: str
    client_id: str


@dataclass(frozen=True)
class SignIn:
    """One sign-in. ticket: a name for it that gives nothing away. at: when the provider issued it, in seconds since 1970."""

    ticket: str
    issuer: str
    subject: str
    name: str
    email: str
    groups: tuple[str, ...]
    at: float

    @property
    def key(self) -> str:
        """Issuer and subject: who it is, whatever their e-mail address says."""
        return f"{self.issuer} {self.subject}"


def sign_in_of(claims: Mapping[str, Any], providers: Sequence[Provider], now: float) -> SignIn:
    """The sign-in that a set of claims tells of. now: seconds since 1970.

    Raises NotAllowed where it was meant for another program, comes from no provider of ours, lies in the future or names nobody.
    """
    provider = next((each for each in providers if each.name == claims.get("provider")), None)
    issuer, subject, at = claims.get("iss"), claims.get("sub"), claims.get("iat")
    if provider is None:
        raise NotAllowed(message("This sign-in comes from a provider that is not set up here."))
    if not _is_word(issuer) or " " in str(issuer) or not _is_word(subject):
        raise NotAllowed(message("The provider did not say who signed in."))
    audience = claims.get("aud")
    if provider.client_id not in (audience if isinstance(audience, list) else [audience]):
        raise NotAllowed(message("This sign-in was made for another program."))
    if claims.get("nonce_supported") is False or not _is_word(claims.get("nonce")):
        raise NotAllowed(message("This sign-in cannot be told from an older one that is played back."))
    if isinstance(at, bool) or not isinstance(at, int | float) or at > now + LEEWAY_SECONDS:
        raise NotAllowed(message("The provider did not say when this sign-in was made."))
    return SignIn(
        _ticket(claims), str(issuer), str(subject), _text(claims.get("name") or claims.get("preferred_username")), _text(claims.get("email")),
        _groups(claims.get("groups"), provider, len(providers) > 1), float(at),
    )  # fmt: skip


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and value == value.strip() and value.isprintable()


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _groups(said: Any, provider: Provider, has_others: bool) -> tuple[str, ...]:
    """The groups as the list knows them: of one among several providers with its name in front, so that none can speak for another's."""
    names = said if isinstance(said, list) else [said] if isinstance(said, str) else []
    return tuple(f"{provider.name}/{name}" if has_others else name for name in names if isinstance(name, str) and name)


def _ticket(claims: Mapping[str, Any]) -> str:
    told = "\x1f".join(str(claims.get(name, "")) for name in _OF_ONE_SIGN_IN)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def why_over(since: float, seen: float, now: float, hours: float, idle_minutes: float) -> Message | None:
    """Why a sign-in no longer holds: made too long ago, or nothing was done for too long. All times in seconds since 1970."""
    if now - since > hours * 3600:
        return plural("You signed in more than {n} hour ago.", "You signed in more than {n} hours ago.", n=_whole(hours))
    if now - seen > idle_minutes * 60:
        return plural("Nothing was done here for more than {n} minute.", "Nothing was done here for more than {n} minutes.", n=_whole(idle_minutes))
    return None


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number
