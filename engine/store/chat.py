"""The company's chat: one message by webhook, to the one address that the environment variable GRANARY_WEBHOOK names (or the file that
GRANARY_WEBHOOK_FILE names). The address is a secret: whoever knows it can write there. It is never shown.

Only https, except to this machine; a redirection is not followed, so that nobody but the named server reads what is sent.
"""

import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.parse import urlsplit

from engine.errors import BadUse, NotSent
from engine.messages import message
from engine.store.mail import LOOPBACK, SECONDS_TO_WAIT, secret
from engine.visible import LONGEST_NAME, visible

VARIABLE = "GRANARY_WEBHOOK"
MOST_BYTES = 65536
FORMS = ("plain", "wecom", "feishu")


@dataclass(frozen=True)
class Room:
    """Where messages go. host: what may be shown of it."""

    host: str
    address: str = field(repr=False)


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    """A redirection counts as a refusal."""

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str) -> None:
        return None


def configured(environment: Mapping[str, str] | None = None) -> Room | None:
    """The address that the environment names; None = none. Raises BadUse where it is none that we would send to."""
    found = secret(VARIABLE, os.environ if environment is None else environment)
    if not found:
        return None
    try:
        parts = urlsplit(found)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or not found.isprintable() or not (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)):
        raise BadUse(message("{variable} must be an address that begins with {beginning}", variable=VARIABLE, beginning="https://"))
    return Room(host, found)


def send(room: Room, form: str, text: str, facts: Mapping[str, Any], key: str) -> None:
    """Post a message. form: one of FORMS. facts: what goes beside the text in the plain form. key: the same for the same message.

    Returns once the server has taken it. Raises NotSent with what it said.
    """
    body = json.dumps(_shaped(form, text, facts, key), ensure_ascii=False).encode("utf-8", "replace")
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key, "User-Agent": "Granary"}
    request = urllib.request.Request(room.address, data=body, headers=headers, method="POST")
    try:
        with urllib.request.build_opener(_NoRedirection).open(request, timeout=SECONDS_TO_WAIT) as answered:
            said = answered.read(MOST_BYTES)
    except urllib.error.HTTPError as fault:
        fault.close()
        raise NotSent(message("The chat at {host} answered with {status}.", host=room.host, status=fault.code)) from fault
    except (HTTPException, OSError) as fault:
        reason = fault.reason if isinstance(fault, urllib.error.URLError) else fault
        raise NotSent(message("The chat at {host} cannot be reached: {fault}", host=room.host, fault=visible(str(reason), LONGEST_NAME))) from fault
    _refused(room, said)


def _shaped(form: str, text: str, facts: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The message as the chat wants it."""
    if form == "wecom":  # WeCom and DingTalk
        return {"msgtype": "text", "text": {"content": text}}
    if form == "feishu":  # Feishu and Lark
        return {"msg_type": "text", "content": {"text": text}}
    return {"text": text, "key": key, **facts}


def _refused(room: Room, said: bytes) -> None:
    """Some chats take every message with 200 and tell only in their answer that they refuse it."""
    try:
        answer = json.loads(said)
    except ValueError:
        return
    code = answer.get("errcode", answer.get("code", 0)) if isinstance(answer, dict) else 0
    if code not in (0, None):
        why = visible(str(answer.get("errmsg", answer.get("msg", code))), LONGEST_NAME)
        raise NotSent(message("The chat at {host} refused: {fault}", host=room.host, fault=why))
