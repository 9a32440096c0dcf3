"""The middleware itself: one pass over every request and every message of a connection."""

import functools
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.web.server.server_util import AUTH_COOKIE_NAME

from engine.answers import signing_in
from engine.language import nearest_language, say
from engine.messages import Message as Sentence
from engine.messages import message
from pages.parts.gate import headers, hosts, messages
from pages.parts.gate.cookie import claims_in, providers
from pages.parts.gate.starting import sign_in_section

LOG = logging.getLogger("granary.door")
CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent", "/component/", "/_stcore/bidi-components")
"""What no page of ours needs: figures of the running program, an interface for programs, code of components that we do not have."""
HEALTH = "/_stcore/health"
FOR_PEOPLE_INSIDE = ("/media/", "/_stcore/upload_file/")
CALLBACK, LOGOUT = "/oauth2callback", "/auth/logout"
OF_STREAMLIT = frozenset({"_stcore", "app", "auth", "component", "media", "static", "vendor"})
"""First parts of paths that are no pages."""
REFUSED_AT_CALLBACK = "/?sign_in=refused"
OK, SEE_OTHER, NOT_FOUND, FORBIDDEN, FAULT, POLICY_VIOLATION = 200, 303, 404, 403, 500, 1008

NOT_HERE = message("There is nothing here.")
WRONG_HOST = message("This server does not answer under that name.")
WRONG_ORIGIN = message("Only a page of this very server may ask this.")
SIGN_IN_FIRST = message("Sign in first.")
THIS_MACHINE_ONLY = message("Without sign-in Granary answers to this machine alone.")


class Gate:
    """ASGI middleware. What it needs to know of the configuration it reads once, when the first request comes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with guarded messages and secured headers."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if rules().is_encrypted:
            scope = _with_our_cookies_alone(scope)
        asked = Headers(scope=scope)
        path = _inner_path(scope["path"])
        refusal = _refusal(scope, asked, path)
        claims = claims_in(cookie_parser(asked.get("cookie", ""))) if rules().has_sign_in else None
        if refusal is None and rules().has_sign_in and path.startswith(FOR_PEOPLE_INSIDE) and not (claims and await _may_stay(claims)):
            refusal = FORBIDDEN, SIGN_IN_FIRST
        if refusal is not None:
            await _refuse(scope, receive, send, path, *refusal)
        elif scope["type"] == "websocket":
            await self.app(scope, _guarded(receive, claims), send)
        else:
            await self._answer(scope, receive, send, path)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, path: str) -> None:
        """Pass a request on; its answer goes out with our headers."""

        is_lost = False

        async def secured(sent: Message) -> None:
            nonlocal is_lost
            if sent["type"] == "http.response.start":
                is_lost = _leads_nowhere(path, sent)
                sent = {**sent, "status": SEE_OTHER, "headers": _to_the_first_page()} if is_lost else sent
                told = MutableHeaders(scope=sent)
                headers.secure(told, path, rules().is_encrypted)
                if path == LOGOUT:
                    told["Clear-Site-Data"] = headers.FORGOTTEN
                if path == CALLBACK and _brings_an_answer(scope) and not _signs_in(told):
                    told["location"] = _outer_path(REFUSED_AT_CALLBACK)
                    await run_in_threadpool(signing_in.note_failure, rules().home, str((scope.get("client") or ("?",))[0]))
            elif is_lost:
                sent = {**sent, "body": b""}
            await send(sent)

        await self.app(scope, receive, secured)


def _leads_nowhere(path: str, sent: Message) -> bool:
    """Whether Streamlit answers with its one page to a path of several parts. None of our pages has such a path, and that page would ask for all
    that it is made of below it, find nothing there, and stay blank for ever. What belongs to Streamlit itself is left alone."""
    first, _, rest = path.strip("/").partition("/")
    is_page = sent["status"] == OK and Headers(raw=sent["headers"]).get("content-type", "").startswith("text/html")
    return is_page and bool(rest) and first not in OF_STREAMLIT


def _to_the_first_page() -> list[tuple[bytes, bytes]]:
    return [(b"location", _outer_path("/").encode("latin-1")), (b"content-length", b"0")]


class Rules:
    """What the configuration says, as far as the door must know it."""

    def __init__(self) -> None:
        section = sign_in_section()
        self.has_sign_in = bool(section)
        self.is_encrypted = str(section.get("redirect_uri", "")).startswith("https:")
        self.hosts = hosts.allowed(str(section.get("redirect_uri", "")), config.get_option("server.allowedHosts"), self.has_sign_in)
        self.base = str(config.get_option("server.baseUrlPath") or "").strip("/")
        self.providers = providers()
        self.home = signing_in.home_of_people()


@functools.cache
def rules() -> Rules:
    """The rules of this process."""
    return Rules()


def _with_our_cookies_alone(scope: Scope) -> Scope:
    """A request with the cookies of the sign-in under the names that Streamlit knows."""
    said = [(name, headers.as_streamlit_knows(value.decode("latin-1")).encode("latin-1") if name == b"cookie" else value) for name, value in scope["headers"]]
    return {**scope, "headers": said}


def _inner_path(path: str) -> str:
    base = rules().base
    return path.removeprefix(f"/{base}") or "/" if base else path


def _outer_path(path: str) -> str:
    return f"/{rules().base}{path}" if rules().base else path


def _refusal(scope: Scope, asked: Headers, path: str) -> tuple[int, Sentence] | None:
    """Why a request is not even looked at further; None = it may go on."""
    if path.startswith(CLOSED):
        return NOT_FOUND, NOT_HERE
    if path == HEALTH and scope["type"] == "http":
        return None
    if not rules().has_sign_in and not _is_from_here(scope, asked):
        return FORBIDDEN, THIS_MACHINE_ONLY
    if not hosts.is_allowed(asked.get("host"), rules().hosts):
        return FORBIDDEN, WRONG_HOST
    asks_to_act = scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD", "OPTIONS")
    if asks_to_act and not hosts.is_same_origin(asked.get("origin"), asked.get("host")):
        return FORBIDDEN, WRONG_ORIGIN
    return None


def _is_from_here(scope: Scope, asked: Headers) -> bool:
    """Whether a request came in at this machine's own address, with nobody in between."""
    server = scope.get("server")
    return (server is None or hosts.is_of_this_machine(str(server[0]))) and not any(name in asked for name in hosts.FORWARDED)


async def _may_stay(claims: dict[str, Any]) -> bool:
    """Whether whoever carries these claims may be here just now; looked up beside the loop, because it reads from the disk."""
    return await run_in_threadpool(signing_in.may_stay, rules().home, claims, rules().providers)


def _guarded(receive: Receive, claims: dict[str, Any] | None) -> Callable[[], Awaitable[Message]]:
    """The messages of a connection: those that nobody needs are dropped, and of those of a person who may no longer be here only
    “draw the page anew” is left, so that they are told. Without this a connection that never asks again would go on being served."""

    async def next_message() -> Message:
        while True:
            received = await receive()
            data = received.get("bytes") if received["type"] == "websocket.receive" else None
            if data is None:
                return received
            if not messages.is_passed(data):
                continue
            if claims is not None and not await _may_stay(claims):
                return {**received, "bytes": messages.bare(data)}
            return received

    return next_message


def _brings_an_answer(scope: Scope) -> bool:
    """Whether a way back holds an answer of the provider; after signing out there it holds none."""
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    return "code" in asked or "error" in asked


def _signs_in(told: MutableHeaders) -> bool:
    """Whether an answer of the callback hands out the cookie of a sign-in; taking it back is an empty one."""
    mark = f"{AUTH_COOKIE_NAME}="
    return any(cookie.startswith(mark) and cookie[len(mark) :].split(";")[0].strip('"') for cookie in told.getlist("set-cookie"))


async def _refuse(scope: Scope, receive: Receive, send: Send, path: str, status: int, said: Sentence) -> None:
    """Say no: a connection is not accepted (the browser sees 403), a request gets a sentence."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return
    answer = _sentence(Headers(scope=scope), path, status, said)
    await answer(scope, receive, send)


def _sentence(asked: Headers, path: str, status: int, said: Sentence) -> Response:
    answer = PlainTextResponse(say(said, nearest_language(asked.get("accept-language"))), status)
    headers.secure(MutableHeaders(raw=answer.raw_headers), path, rules().is_encrypted)
    return answer


def fault_inside(request: Request, fault: Exception) -> Response:
    """The answer to a request on which the program itself failed: a number for the browser, the trace with the same number for the log."""
    number = secrets.token_hex(4)
    LOG.error("fault %s", number, exc_info=fault)
    said = message("Something went wrong here; the figures are untouched. Fault number for whoever looks after Granary: {fault}.", fault=number)
    return _sentence(request.headers, request.url.path, FAULT, said)
