"""Real servers on loopback: one that takes mail (aiosmtpd) and one that takes web requests, each with a mood of its own."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session


class PostBox:
    """Takes mail as its mood is: `take`, `refuse` the reader, `fail` at the end of the message."""

    def __init__(self) -> None:
        self.mood, self.taken, self.asked = "take", list[EmailMessage](), 0
        self.users: list[tuple[bytes, bytes]] = []
        self.secured: list[bool] = []

    async def handle_RCPT(self, server: Server, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        self.asked += 1
        if self.mood == "refuse":
            return "550-no such\r\n550 mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        if self.mood == "fail":
            return "451 try again later"
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        self.taken.append(message_from_bytes(content, policy=default))  # type: ignore[arg-type]
        self.secured.append(session.ssl is not None)
        return "250 taken"


@contextmanager
def mail_server(box: PostBox, context: ssl.SSLContext | None = None, login: tuple[str, str] | None = None) -> Iterator[int]:
    """A mail server that hands what comes to the box; with a context it offers STARTTLS, with a login it asks for it. Yields its port."""

    def known(server: Server, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        box.users.append((data.login, data.password))
        is_known = login is not None and (data.login, data.password) == (login[0].encode(), login[1].encode())
        return AuthResult(success=is_known, handled=False)

    more: dict[str, Any] = {"tls_context": context} if context else {}
    if login:
        more |= {"authenticator": known, "auth_required": True, "auth_require_tls": context is not None}
    with socket.socket() as probe:  # aiosmtpd knows no port of the system's choice
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, server_hostname="mail.example", **more)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


class ChatRoom(ThreadingHTTPServer):
    """Takes posts as its mood is: a status, and what it answers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Post)
        self.status, self.answer, self.taken = 200, b"ok", list[tuple[dict[str, str], Any]]()


class _Post(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        room = self.server
        assert isinstance(room, ChatRoom)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        room.taken.append((dict(self.headers), json.loads(body)))
        self.send_response(room.status)
        if room.status in (301, 302, 307):
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.send_header("Content-Length", str(len(room.answer)))
        self.end_headers()
        self.wfile.write(room.answer)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def chat_room() -> Iterator[ChatRoom]:
    """A chat on loopback."""
    room = ChatRoom()
    thread = threading.Thread(target=room.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield room
    finally:
        room.shutdown()
        room.server_close()
        thread.join()
