"""The front door: what stands between the network and Streamlit. Every request passes it, also those that never reach a page of ours.

`Gate` looks at host and origin, keeps closed what nobody needs, lets downloads, uploads and messages through only for whoever may be here,
and puts the security headers on every answer. `opened` is what happens once, when the server has started.
"""

import importlib
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from streamlit.runtime import get_instance

from pages.parts.gate import media
from pages.parts.gate.door import Gate, fault_inside
from pages.parts.gate.starting import refuse_to_stand_open

__all__ = ["FAULTS", "MIDDLEWARE", "opened", "refuse_to_stand_open"]

MIDDLEWARE = (Middleware(Gate),)
FAULTS = {Exception: fault_inside}
_HEAVY = ("pyarrow.pandas_compat", "pages.parts.tables")
"""What nearly every page needs and the door does not: half a second that the first visitor should not wait for."""
_WHY_REFUSED = "streamlit.web.server.starlette.starlette_auth_routes"
"""The log in which Streamlit says why it refused a sign-in; whoever sets one up needs it."""


@asynccontextmanager
async def opened(_: Any) -> AsyncIterator[None]:
    """The server runs: from now on files for download have names that nobody can guess and stay long enough to be fetched."""
    media.keep_for_its_maker(get_instance().media_file_mgr)
    logging.getLogger(_WHY_REFUSED).setLevel(logging.WARNING)
    threading.Thread(target=_made_ready, name="made-ready", daemon=True).start()
    yield


def _made_ready() -> None:
    for name in _HEAVY:
        importlib.import_module(name)
