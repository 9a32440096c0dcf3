"""A server with sign-in, a provider beside it, and a company whose every name is a canary. One server a file of tests."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from engine.answers import access, loading, records
from engine.scope import EVERYTHING
from engine.store.home import PROJECT, Home
from tests.access.frames import NO_TRUST, Visitor
from tests.access.provider import CLIENT_ID, CLIENT_SECRET, Person, Provider
from tests.pages.company import written

PEOPLE = (
    Person("anna", "Anna Executive"), Person("sam", "Sam Sales"), Person("ada", "Ada Administrator"), Person("eve", "Eve of nowhere"),
    Person("dora", "Dora Disabled"), Person("greg", "Greg of a group", ("granary-finance",)),
)  # fmt: skip
CANARIES = ("经销商", "产品0", "产品1", "北区", "南区", "东区", "总厂", "南仓", "浓香", "清香", "果酒", "礼盒", "CNY", "¥")
"""Words that stand in the company's data and on every page of figures, and nowhere in the program before somebody is inside."""


@dataclass
class Site:
    """A running server. settings: what its home's settings.json says, for tests that shorten a time."""

    address: str
    provider: Provider
    home: Home
    process: "subprocess.Popen[bytes]"
    log: Path
    others: list[Provider] = field(default_factory=list)

    def visitor(self, subject: str | None = None, provider: Provider | None = None) -> Visitor:
        """Somebody with a browser of their own; named, they sign in."""
        visitor = Visitor(self.address)
        try:
            if subject is not None:
                answer = visitor.sign_in(provider or self.provider, subject)
                assert answer.headers["location"] == "/", answer.headers
                visitor.reconnect()
        except BaseException:
            visitor.close()
            raise
        return visitor

    def key(self, subject: str) -> str:
        return f"{self.provider.issuer} {subject}"

    def grant(self, subject: str, roles: tuple[str, ...], disabled: bool = False, **rows: Any) -> None:
        """Put somebody on the list, as an administrator would."""
        name = next((person.name for person in PEOPLE if person.subject == subject), subject)
        listed = subject if subject.startswith("group:") else self.key(subject)
        access.grant(self.home, EVERYTHING, listed, name, roles, disabled=disabled, **rows)

    def set(self, **settings: Any) -> None:
        """Make these the home's settings; none = the defaults, but for a quick heartbeat."""
        (self.home.path / "settings.json").write_text(json.dumps({"heartbeat_seconds": 1} | settings))

    def audited(self, act: str) -> list[records.Record]:
        return [record for record in records.history(self.home, "audit") if record.subject == act]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def secrets_for(port: int, provider: Provider, **more: str) -> str:
    """A file of secrets with one provider."""
    told = {
        "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback", "cookie_secret": secrets.token_hex(32), "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET, "server_metadata_url": provider.metadata_url,
    }  # fmt: skip
    return "[auth]\n" + "".join(f'{name} = "{value}"\n' for name, value in (told | more).items())


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the company in it; each server takes a copy."""
    home = Home(tmp_path_factory.mktemp("company"))
    prepared = loading.prepare(home, [written(tmp_path_factory.mktemp("files"))])
    loading.publish(home, prepared)
    return home


@pytest.fixture(scope="module")
def serve(company: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Start a server with a provider; both are stopped at the end."""
    started: list[Site] = []

    def start(**more: str) -> Site:
        folder = tmp_path_factory.mktemp("site")
        home = Home(folder / "home")
        shutil.copytree(company.path, home.path)
        port, provider = free_port(), Provider(PEOPLE).start()
        (folder / "secrets.toml").write_text(secrets_for(port, provider, **more))
        environment = os.environ | {
            "GRANARY_HOME": str(home.path), "STREAMLIT_SECRETS_FILES": str(folder / "secrets.toml"), "GRANARY_ADMINISTRATOR": f"{provider.issuer} ada",
        }  # fmt: skip
        command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.address=127.0.0.1"]
        log = folder / "log"
        with log.open("wb") as told:
            process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=told, stderr=subprocess.STDOUT)
        site = Site(f"http://127.0.0.1:{port}", provider, home, process, log)
        started.append(site)
        site.set()
        wait_for(site)
        return site

    yield start
    for site in started:
        site.process.terminate()
        site.process.wait(20)
        site.provider.stop()


def wait_for(site: Site) -> None:
    """Until the server answers."""
    for _ in range(200):
        try:
            if httpx.get(f"{site.address}/_stcore/health", timeout=2, verify=NO_TRUST).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError(site.log.read_text())


@pytest.fixture(scope="module")
def site(serve: Callable[..., Site]) -> Site:
    """The server of a file of tests, with its people: an executive, a sales manager of one region, somebody disabled, a group."""
    site = serve()
    site.grant("anna", ("executive",))
    site.grant("sam", ("sales_manager",), regions=("北区",))
    site.grant("dora", ("executive",), disabled=True)
    site.grant("group:granary-finance", ("finance",))
    return site
