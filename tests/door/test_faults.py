"""When the program itself is at fault a person reads a sentence with a number, and the log holds the trace under the same number."""

import asyncio
import logging
import re

from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from pages.parts.gate.door import fault_inside, rules

SECRET = "a path, a statement and a secret"


def test_a_fault_below_the_pages_tells_the_browser_its_number_alone(caplog, monkeypatch, tmp_path):
    monkeypatch.setenv("STREAMLIT_SECRETS_FILES", str(tmp_path / "none.toml"))
    rules.cache_clear()
    asked = Request({"type": "http", "method": "GET", "path": "/x", "query_string": b"", "headers": [(b"accept-language", b"ru")], "server": ("127.0.0.1", 1)})
    with caplog.at_level(logging.ERROR):
        answer = fault_inside(asked, ValueError(SECRET))
    rules.cache_clear()
    said = bytes(answer.body).decode()
    (number,) = re.findall(r"[0-9a-f]{8}", said)
    assert answer.status_code == 500
    assert SECRET not in said
    assert "Номер сбоя" in said
    assert number in caplog.text
    assert SECRET in caplog.text
    assert answer.headers["content-security-policy"]


def test_a_fault_of_a_page_tells_its_reader_its_number_alone(caplog):
    def page() -> None:
        from pages.parts.wrong import something_went_wrong

        assert something_went_wrong(ValueError("a path, a statement and a secret"))

    with caplog.at_level(logging.ERROR):
        at = AppTest.from_function(page).run(timeout=30)
    (said,) = [each.value for each in at.error]
    (number,) = re.findall(r"[0-9a-f]{8}", said)
    assert SECRET not in said
    assert number in caplog.text


def test_a_connection_that_was_never_one_is_passed_on():
    """Start and end of the server itself go past the door."""
    from pages.parts.gate.door import Gate

    seen = []

    async def inner(scope, receive, send):
        seen.append(scope["type"])

    asyncio.run(Gate(inner)({"type": "lifespan"}, None, None))
    assert seen == ["lifespan"]
