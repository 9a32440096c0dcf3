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
from tests.access.crawl import foreign, visit

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
                for language in ("en", "zh", "ru") if role == "sales_manager" else ("en",):
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
