"""A visitor without a browser: speaks Streamlit's own language over the raw connection and keeps every byte that came.

visitor = Visitor("http://127.0.0.1:8501")
visitor.sign_in(provider, "anna")            # through the provider, like a browser
frames = visitor.open("/health?language=en") # one rerun; every ForwardMsg of it
visitor.bytes                                # all that was ever received, over the connection and over HTTP
"""

import json
import re
import ssl
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import httpx
from google.protobuf.json_format import MessageToDict
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

XSRF, USER, FINISHED = "_streamlit_xsrf", "_streamlit_user", "script_finished"
OVER = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
SECONDS = 60.0
NO_TRUST = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For `httpx`, which reads all the world's certificates for every client; what is visited here speaks plain HTTP."""


class Run(list[ForwardMsg]):
    """The messages of one run of a page."""

    @property
    def bytes(self) -> bytes:
        """All of it as it came, tables included: for looking for words of the company."""
        return b"".join(frame.SerializeToString() for frame in self)

    @property
    def text(self) -> str:
        """Its sentences, tags taken out; not what stands in tables."""
        told = json.dumps([MessageToDict(frame) for frame in self], ensure_ascii=False)
        return re.sub(r"<[^>]+>", " ", told)


class Visitor:
    """One browser with its cookies; each `open` that follows goes over the same connection, as in one tab."""

    def __init__(self, site: str, cookies: dict[str, str] | None = None) -> None:
        self.site = site
        self.origin = "{0.scheme}://{0.netloc}".format(urlsplit(site))
        self.http = httpx.Client(base_url=site, cookies=cookies, follow_redirects=False, timeout=SECONDS, verify=NO_TRUST)
        self.received: list[bytes] = []
        self.open_ways = ExitStack()
        self.tab: ClientConnection | None = None
        self.session_id = ""
        self.cached: dict[str, ForwardMsg] = {}

    def close(self) -> None:
        """Leave: the tab and every kept connection."""
        self.open_ways.close()
        self.tab = None
        self.http.close()

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def bytes(self) -> bytes:
        return b"".join(self.received)

    @property
    def cookies(self) -> str:
        """Every cookie so far, as a header holds them."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)

    def fetch(self, path: str, method: str = "GET", **more: Any) -> httpx.Response:
        """A request over HTTP with the cookies so far; its body and headers are kept."""
        if self.origin.startswith("https:"):  # a proxy stands before the server, and the browser sends it its cookies over https
            more["headers"] = {"Cookie": self.cookies} | (more.get("headers") or {})
        answer = self.http.request(method, path.removeprefix(self.origin), **more)
        self.received += [answer.content, str(answer.headers).encode()]
        return answer

    def sign_in(self, provider: Any, subject: str, name: str = "default") -> httpx.Response:
        """Go to the provider, say who one is, come back with the code. Returns the answer of the callback, whatever it is."""
        return self.fetch(self.way_back(provider, subject, name))

    def way_back(self, provider: Any, subject: str, name: str = "default") -> str:
        """The address with which the provider sends somebody back."""
        frames = self.open("/", press=f"gr-sign-in-{name}")
        asked = next(frame.auth_redirect.url for frame in frames if frame.WhichOneof("type") == "auth_redirect")
        there = self.fetch(asked).headers["location"]
        assert there.startswith(provider.issuer), there
        return httpx.get(f"{there}&who={subject}", timeout=SECONDS, verify=NO_TRUST).headers["location"]

    def connect(self, session_id: str = "", origin: str | None = None, host: str | None = None, with_token: bool = True) -> ClientConnection:
        """The long connection, opened as a browser does it; cookies of a sign-in count only with the token against forgery."""
        if not self.http.cookies.get(XSRF):
            self.fetch("/_stcore/health")
        token = self.http.cookies.get(XSRF, "") if with_token else ""
        parts = ["streamlit", token or "PLACEHOLDER", *([session_id] if session_id else [])]
        extra = {"Cookie": self.cookies} | ({"Host": host} if host else {})
        address = f"{self.site.replace('http', 'ws', 1)}/_stcore/stream"
        way = connect(address, subprotocols=parts, origin=origin or self.origin, additional_headers=extra, max_size=None, open_timeout=SECONDS)
        return self.open_ways.enter_context(way)

    def reconnect(self, session_id: str = "") -> None:
        """Open the tab anew; with a session's name as a browser does after its connection broke."""
        if self.tab is not None:
            self.tab.close()
        self.tab, self.cached = self.connect(session_id), {}

    def open(self, address: str = "/", press: str | None = None, widgets: dict[str, Any] | None = None, fragment: str = "") -> Run:
        """Ask for an address; gives every message until the page has run. press: key of a button; widgets: key of a widget -> its value."""
        if self.tab is None:
            self.reconnect()
        if press is not None or widgets:
            known = self.open(address) if not self.cached else list(self.cached.values())
            states = [self._state(known, key, value) for key, value in (widgets or {}).items()]
            states += [WidgetState(id=id_of(known, press), trigger_value=True)] if press else []
        else:
            states = []
        asked = BackMsg()
        split = urlsplit(address)
        asked.rerun_script.query_string = split.query
        asked.rerun_script.page_name = split.path.strip("/")
        asked.rerun_script.fragment_id = fragment
        asked.rerun_script.widget_states.widgets.extend(states)
        return self.send(asked)

    def send(self, asked: BackMsg) -> Run:
        """Send any message; gives every message until the page has run."""
        assert self.tab is not None
        self.tab.send(asked.SerializeToString())
        return Run(self.listen())

    def listen(self, seconds: float = SECONDS) -> Iterator[ForwardMsg]:
        """What comes until a run of the page is over (also one that starts another, which then is read too)."""
        for frame in self._coming(seconds):
            kind = frame.WhichOneof("type")
            if kind == "new_session":
                self.session_id = frame.new_session.initialize.session_id or self.session_id
                self.cached = {}
            elif kind == "delta":
                self.cached[str(list(frame.metadata.delta_path))] = frame
            yield frame
            if kind == FINISHED and frame.script_finished in OVER:
                return

    def download(self, frames: list[ForwardMsg], key: str) -> httpx.Response:
        """Press a button that hands out a file, and fetch it."""
        button = next(found for found in elements(frames) if found.WhichOneof("type") == "download_button" and f"-{key}" in found.download_button.id)
        return self.fetch(self.address_of(button.download_button))

    def address_of(self, button: Any) -> str:
        """Where the file of a button lies; one that is made when asked for is made."""
        if not button.deferred_file_id:
            return str(button.url)
        self.ask_for(button)
        for frame in self._coming():
            if frame.WhichOneof("type") == "backend_operation_response":
                return str(frame.backend_operation_response.deferred_file.url)
        raise AssertionError("no answer")

    def ask_for(self, button: Any) -> None:
        """Ask for the file of a button to be made."""
        asked = BackMsg()
        asked.backend_operation_request.request_id = uuid.uuid4().hex
        asked.backend_operation_request.session_id = self.session_id
        asked.backend_operation_request.deferred_file.file_id = button.deferred_file_id
        assert self.tab is not None
        self.tab.send(asked.SerializeToString())

    def _coming(self, seconds: float = SECONDS) -> Iterator[ForwardMsg]:
        """Every message that comes; raises TimeoutError where none does."""
        assert self.tab is not None
        while True:
            data = self.tab.recv(seconds)
            assert isinstance(data, bytes)
            self.received.append(data)
            yield ForwardMsg.FromString(data)

    def _state(self, known: list[ForwardMsg], key: str, value: Any) -> WidgetState:
        """The state of a widget, by the key that its page gives it."""
        state = WidgetState(id=id_of(known, key))
        if isinstance(value, bool):
            state.bool_value = value
        elif isinstance(value, str):
            state.string_value = value
        elif isinstance(value, int):
            state.int_value = value
        else:
            state.json_value = json.dumps(value)
        return state


def id_of(known: list[ForwardMsg], key: str) -> str:
    """The name of a widget, by the key that its page gives it; a key that is on no page as it stands."""
    return next((each for each in ids(known) if each.endswith(f"-{key}")), key)


def elements(frames: list[ForwardMsg]) -> Iterator[Any]:
    """Every element that the messages draw."""
    for frame in frames:
        if frame.WhichOneof("type") == "delta" and frame.delta.WhichOneof("type") == "new_element":
            yield frame.delta.new_element


def ids(frames: list[ForwardMsg]) -> Iterator[str]:
    """The names of every widget that the messages draw, of containers that open too."""
    for element in elements(frames):
        drawn = getattr(element, element.WhichOneof("type"))
        if getattr(drawn, "id", ""):
            yield drawn.id
    for frame in frames:
        if frame.WhichOneof("type") == "delta" and frame.delta.WhichOneof("type") == "add_block" and frame.delta.add_block.id:
            yield frame.delta.add_block.id


__all__ = ["ClientConnection", "ConnectionClosed", "Run", "Visitor", "elements", "ids"]
