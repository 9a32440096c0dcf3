"""The page of clearance: dead stock is put on the list, changed, closed; a refusal is a sentence."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.answers import people, records
from engine.scope import EVERYTHING
from engine.store.home import Home
from tests.pages.conftest import opened

PAGE = "pages/inventory/clearance.py"


@pytest.fixture
def own(company_home: Home, at_home: Callable[[Home], None], tmp_path: Path) -> Home:
    """A home of its own with the company in it: nine of its products, in 17 positions, have not sold for a year."""
    home = Home(tmp_path / "own")
    shutil.copytree(company_home.path, home.path)
    people.add(str(home.path), "王芳", EVERYTHING)
    at_home(home)
    return home


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label.startswith(label)).click().run()


def said(at: AppTest) -> list[str]:
    return [each.value.replace("\\", "") for each in (*at.success, *at.error)]


def test_dead_stock_is_put_on_the_list_changed_and_closed(own: Home) -> None:
    at = opened(PAGE)
    assert press(at, "Put them on the list") is at
    assert said(at) == ["Somebody must own the clearance of an item."]
    at.selectbox(key="owner-add").set_value("王芳")
    at.selectbox(key="plan-add").set_value("bundle")
    press(at, "Put them on the list of 2025Q4")
    assert said(at) == ["17 items were put on the list."]
    kept = records.newest(own, "clearance")
    assert {"10014", "10015"} <= {record.payload["item_id"] for record in kept}
    assert {(record.payload["owner"], record.payload["plan"], record.payload["listed_on"]) for record in kept} == {("王芳", "bundle", "2025-10-31")}
    at.session_state["clearance"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    at.run()
    subject = max(kept, key=lambda record: record.payload["listed_value"]).subject
    at.number_input(key=f"money-{subject}").set_value(120.0)
    press(at, "Close it")
    assert said(at) == ["Closed."]
    (closed,) = records.newest(own, "clearance", subject)
    assert (closed.payload["closed_on"], closed.payload["proceeds_value"]) == ("2025-10-31", 120.0)
    assert len(records.history(own, "clearance", subject)) == 2


def test_an_item_that_the_address_names_is_offered_alone(own: Home) -> None:
    at = opened(PAGE, sku="10014")
    at.selectbox(key="owner-add").set_value("王芳")
    press(at, "Put them on the list")
    assert {record.payload["item_id"] for record in records.newest(own, "clearance")} == {"10014"}
