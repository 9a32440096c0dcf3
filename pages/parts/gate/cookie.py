"""The sign-in that a request carries: Streamlit's signed cookie, read where Streamlit itself does not look."""

import json
from collections.abc import Mapping
from typing import Any

from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri
from streamlit.web.server.server_util import AUTH_COOKIE_NAME, get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from engine.answers.signing_in import DEFAULT, Provider
from pages.parts.gate.starting import sign_in_section


def claims_in(cookies: Mapping[str, str]) -> dict[str, Any] | None:
    """What the provider said of whoever sends these cookies; None where there is no cookie of a sign-in, or one that we did not make."""
    secret = get_cookie_secret()

    def part(name: str) -> bytes | None:
        value = cookies.get(name)
        return None if value is None else decode_signed_value(secret, name, value.encode("latin-1", "replace"))

    whole = get_cookie_with_chunks(part, AUTH_COOKIE_NAME)
    try:
        claims = json.loads(whole) if whole else None
    except ValueError:
        return None
    if not isinstance(claims, dict) or not claims.get("is_logged_in") or claims.get("origin") != get_origin_from_redirect_uri():
        return None
    return claims


def providers() -> tuple[Provider, ...]:
    """The providers that the configuration names: each section of [auth], else [auth] itself."""
    section = sign_in_section()
    named = [(name, part) for name, part in section.items() if isinstance(part, Mapping) and "client_id" in part]
    if not named and section.get("client_id"):
        named = [(DEFAULT, section)]
    return tuple(Provider(name, str(part["client_id"])) for name, part in named)
