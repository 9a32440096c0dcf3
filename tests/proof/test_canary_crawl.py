"""Every page in every language as every role, cold and warm, an administrator in between: no canary of somebody else in any message (SC-1)."""

import shutil
from dataclasses import replace

import pytest
import streamlit as st

from engine.answers import source
from engine.roles import ROLES
from engine.scope import EVERYTHING
from engine.store.home import Home
from pages.parts import rooms
from tests.access import canary
from tests.access.canary import Search
from tests.access.crawl import foreign, unpacked_pictures, visit
from tests.access.frames import elements
from tests.door.conftest import serve  # noqa: F401 - a fixture

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]


def test_no_page_sends_a_canary_of_somebody_else(tmp_path_factory, monkeypatch, capsys):
    home = Home(tmp_path_factory.mktemp("crawl") / "home")
    shutil.copytree(canary.home_of(tmp_path_factory).path, home.path)
    monkeypatch.setenv("GRANARY_HOME", str(home.path))
    visits, found = 0, {}
    for page in rooms.pages():
        for name, bounds in canary.bounded():
            for role in ROLES if name == "one region" else ("sales_manager",):
                scope = replace(bounds, roles=frozenset({role}), hidden=ROLES[role].hidden, subject=f"https://id {role}")
                for language in ("en", "zh", "ru") if role == "sales_manager" and name == "one region" else ("en",):
                    if language == "en":
                        source.forget()
                        st.cache_resource.clear()
                        st.cache_data.clear()
                    visit(page.file, EVERYTHING, language)
                    visits += 2
                    hits = foreign(page.file, scope, language)
                    if hits:
                        found[page.name, name, role, language] = sorted(set(hits))[:5]
    with capsys.disabled():
        print(f"canary crawl: {visits} visits of {len(list(rooms.pages()))} pages, {len(found)} with canaries of somebody else")
    assert found == {}


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """What the server of the crawl serves."""
    return canary.home_of(tmp_path_factory)


def test_no_frame_and_no_download_of_a_live_server_holds_a_canary_of_somebody_else(serve, capsys):  # noqa: F811
    """Every page in every language with every file that it offers, as a sales manager signed in, an executive in between, twice: cold and warm."""
    site, frames, files, found = serve(), 0, 0, {}
    site.grant("anna", ("executive",))
    site.grant("sam", ("sales_manager",), regions=(canary.region(1),))
    search = Search(canary.SCOPES["one region"])
    with site.visitor("anna") as anna, site.visitor("sam") as sam:
        for page in rooms.pages():
            for language in ("en", "zh", "ru"):
                address = f"/{page.name}?language={language}"
                for _ in range(2):
                    run = sam.open(address)
                    frames += len(run)
                    hits = search.found(unpacked_pictures(run.bytes))
                    anna.open(address)
                    if hits:
                        found[page.name, language] = sorted(set(hits))[:5]
                for offered in elements(run) if language == "en" else ():
                    if offered.WhichOneof("type") == "download_button":
                        given = sam.fetch(sam.address_of(offered.download_button)).content
                        files += 1
                        hits = search.found(canary.unpacked(given) if given[:2] == b"PK" else given)
                        if hits:
                            found[page.name, offered.download_button.id] = sorted(set(hits))[:5]
    with capsys.disabled():
        print(f"canary crawl over the connection: {frames} frames and {files} files of {len(list(rooms.pages()))} pages, {len(found)} with canaries of others")
    assert found == {}
