"""When a server is not started: what would let somebody in who must not come in. Every refusal says what was found and what to change."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from engine.messages import Message, message

SHORTEST_SECRET, FEWEST_SIGNS = 32, 10
"""Bytes of a cookie secret, and how many different signs it must have at least."""
SAMPLES = ("change", "example", "sample", "secret", "password", "replace", "paste", "your-", "your_", "xxxx", "insecure", "default", "granary", "0123456789")
"""Words by which a secret from somebody's instructions is known: each of them stands in a public text, none in 32 random bytes."""
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Setup:
    """How a server is about to be started.

    address: what it listens to; empty = every network. has_sign_in: an OpenID Connect provider is configured. is_readable: the file of secrets
    could be read. error_details: what a browser is told of a fault. trusts_headers: it believes who somebody is from a header of the request.
    """

    address: str
    has_sign_in: bool = False
    is_readable: bool = True
    cookie_secret: str = ""
    redirect_uri: str = ""
    checks_forgery: bool = True
    checks_origin: bool = True
    has_agent: bool = False
    error_details: str = "none"
    trusts_headers: bool = False


def is_loopback(address: str) -> bool:
    """Whether only this machine itself can reach an address."""
    bare = address.strip().strip("[]").lower()
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def refusals(setup: Setup) -> tuple[Message, ...]:
    """Everything that speaks against starting; empty = nothing does."""
    found: list[Message] = []
    if not setup.is_readable:
        found.append(message("The file `.streamlit/secrets.toml` cannot be read, so there would be no sign-in. Mend it, or take it away."))
    if not setup.has_sign_in and setup.is_readable and not is_loopback(setup.address):
        found.append(_too_open(setup.address or "every network"))
    if setup.has_sign_in:
        found += _of_sign_in(setup)
    found += _of_options(setup)
    return tuple(found)


def _too_open(address: str) -> Message:
    return message(
        "It would listen to {address} without sign-in: everybody on the network would see the figures. Set up sign-in (`SECURITY.md`) or use {loopback}.",
        address=address,
        loopback=LOOPBACK_NAMES[1],
    )


def _of_sign_in(setup: Setup) -> list[Message]:
    found = []
    fault = _fault_of_secret(setup.cookie_secret)
    if fault is not None:
        found.append(fault)
    address = urlsplit(setup.redirect_uri)
    if address.scheme not in ("http", "https") or not address.hostname or not address.path.endswith("/oauth2callback"):
        found.append(
            message(
                "`redirect_uri` in `[auth]` is “{found}”; expected is the address of this server as people type it, ending in `/oauth2callback`.",
                found=setup.redirect_uri,
            )
        )
    elif address.scheme == "http" and not is_loopback(address.hostname):
        found.append(
            message("`redirect_uri` in `[auth]` begins with `http`: a sign-in over an open line can be read along. Put `https` in front (`SECURITY.md`).")
        )
    return found


def _fault_of_secret(secret: str) -> Message | None:
    if len(secret.encode()) < SHORTEST_SECRET:
        return message(
            "`cookie_secret` in `[auth]` has {n} bytes, {least} are the least: whoever guesses it signs in as anybody. Make one with: `openssl rand -hex 32`",
            n=len(secret.encode()), least=SHORTEST_SECRET,
        )  # fmt: skip
    if len(set(secret)) < FEWEST_SIGNS or any(word in secret.lower() for word in SAMPLES):
        return message("`cookie_secret` in `[auth]` is a sample that others know too. Make one with: `openssl rand -hex 32`")
    return None


def _of_options(setup: Setup) -> list[Message]:
    found = []
    if not setup.checks_forgery:
        found.append(message("`server.enableXsrfProtection` is off: a foreign page could act in somebody's name. Take the line out; on is the default."))
    if not setup.checks_origin:
        found.append(message("`server.enableCORS` is off: a foreign page could read along. Take the line out; on is the default."))
    if setup.has_agent:
        found.append(message("`server.enableAgentApi` is on: programs could read pages past the sign-in. Take the line out; off is the default."))
    if setup.error_details != "none":
        found.append(message("`client.showErrorDetails` is “{found}”: a fault would show what is inside. Set it to `none`.", found=setup.error_details))
    if setup.trusts_headers:
        found.append(message("`server.trustedUserHeaders` is set: whoever writes that header is whoever they like. Take it out; sign-in is by `[auth]` alone."))
    return found
