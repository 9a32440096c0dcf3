"""The last look before a server starts, whoever starts it: the same refusals as those of `python -m engine serve`, on what Streamlit has read."""

import sys
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit import config
from streamlit.auth_util import get_secrets_auth_section
from streamlit.errors import StreamlitSecretNotFoundError

from engine.exposure import Setup, refusals

NO_SECRETS = "no-secrets-found"


def refuse_to_stand_open() -> None:
    """Leave with 2 and a sentence for each fault where the server would let somebody in who must not come in."""
    found = refusals(present_setup())
    if found:
        sys.stderr.write("".join(f"Granary does not start: {said}\n" for said in found))
        raise SystemExit(2)


def present_setup() -> Setup:
    """How this very process is set up."""
    section = sign_in_section()
    return Setup(
        str(config.get_option("server.address") or ""), bool(section), _can_read_secrets(), str(section.get("cookie_secret", "")),
        str(section.get("redirect_uri", "")).replace("{port}", str(config.get_option("server.port"))),
        checks_forgery=bool(config.get_option("server.enableXsrfProtection")), checks_origin=bool(config.get_option("server.enableCORS")),
        has_agent=bool(config.get_option("server.enableAgentApi")), error_details=str(config.get_option("client.showErrorDetails")),
        trusts_headers=bool(config.get_option("server.trustedUserHeaders")),
    )  # fmt: skip


def sign_in_section() -> Mapping[str, Any]:
    """The section [auth] of the secrets; empty = there is no sign-in."""
    section: Mapping[str, Any] = get_secrets_auth_section() or {}
    return section


def _can_read_secrets() -> bool:
    try:
        st.secrets.to_dict()
    except StreamlitSecretNotFoundError as fault:
        return fault.error_id == NO_SECRETS
    except OSError:
        return False
    return True
