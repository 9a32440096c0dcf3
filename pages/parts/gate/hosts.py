"""Under which names this server answers, and from whose pages it lets itself be asked."""

import ipaddress
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from engine.exposure import LOOPBACK_NAMES

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""Headers by which a proxy in between gives itself away."""


def allowed(redirect_uri: str, configured: Iterable[str], has_sign_in: bool) -> tuple[str, ...]:
    """The names under which the server answers: this machine's own and, with sign-in, that of the address people type and those configured."""
    if not has_sign_in:
        return LOOPBACK_NAMES
    public = urlsplit(redirect_uri).hostname
    return (*LOOPBACK_NAMES, *((public,) if public else ()), *(name.strip().lower() for name in configured if name.strip() not in ("", "*")))


def name_of(host: str | None) -> str | None:
    """The bare name in a Host header; None where it is missing or more than a name and a port."""
    try:
        address = urlsplit(f"//{host}")
        is_bare = not (address.username or address.password or address.path or address.query or address.fragment)
        _ = address.port
    except ValueError:
        return None
    return address.hostname.rstrip(".") if host and is_bare and address.hostname else None


def is_allowed(host: str | None, names: Sequence[str]) -> bool:
    """Whether the server answers under a Host header. A name `*.company.example` stands for all below it."""
    name = name_of(host)
    return name is not None and any(name.endswith(known[1:]) if known.startswith("*.") else name == known for known in names)


def is_same_origin(origin: str | None, host: str | None) -> bool:
    """Whether a request comes from a page of ours: its Origin is the very host that it asks."""
    return bool(origin and host) and urlsplit(str(origin)).netloc.lower() == str(host).lower()


def is_of_this_machine(address: str) -> bool:
    """Whether the address at which a connection came in is this machine's own; what is no address (a socket in the file system) is."""
    try:
        return ipaddress.ip_address(address.split("%")[0]).is_loopback
    except ValueError:
        return True
