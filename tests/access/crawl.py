"""Pages as somebody, in this process: every message that the app sends is kept as bytes, to be searched for what is not theirs."""

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.testing.v1 import AppTest

from engine.scope import Scope
from tests.access.canary import Search
from tests.pages.conftest import opened

PACKED = re.compile(rb'"bdata":"([^"]+)"')
"""Numbers of a picture, as Plotly sends them."""


def unpacked_pictures(sent: bytes) -> bytes:
    """What was sent, and the numbers of its pictures as they are."""
    return sent + b"".join(base64.b64decode(packed.replace(b"\\u002f", b"/") + b"==") for packed in PACKED.findall(sent))


@contextmanager
def everything_sent() -> Iterator[list[bytes]]:
    """The bytes of every message that is sent meanwhile, pictures unpacked."""
    sent: list[bytes] = []
    usual = ForwardMsgQueue.enqueue

    def kept(queue: ForwardMsgQueue, message: ForwardMsg) -> None:
        sent.append(unpacked_pictures(message.SerializeToString()))
        usual(queue, message)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ForwardMsgQueue, "enqueue", kept)
        yield sent


def visit(page: str, scope: Scope, language: str = "en", **address: str) -> tuple[AppTest, bytes]:
    """A page as somebody sees it, and all that was sent to show it."""
    with pytest.MonkeyPatch.context() as patched, everything_sent() as sent:
        patched.setattr("pages.parts.who.visitor", lambda: scope)
        at = opened(page, language, **address)
    return at, b"\n".join(sent)


def foreign(page: str, scope: Scope, language: str = "en", **address: str) -> list[str]:
    """The canaries of others in what a page sends to somebody."""
    _, sent = visit(page, scope, language, **address)
    assert sent, "nothing was sent, so nothing was searched"
    return Search(scope).found(sent)
