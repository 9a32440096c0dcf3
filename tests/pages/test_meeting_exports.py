"""Whatever leaves the meeting as a file leaves a line in the audit, once it is taken and not when it is offered."""

from collections.abc import Callable
from datetime import date

import pytest

from engine.scope import Scope
from engine.store import decisions
from engine.store.home import Home
from tests.pages.conftest import opened

NOVEMBER = date(2025, 11, 1)
LI = Scope(who="李伟")


@pytest.fixture
def meeting(meeting_of: Callable[[str], Home]) -> Home:
    return meeting_of("李伟")


@pytest.mark.parametrize(
    ("page", "address", "names"),
    [
        ("cycle", {}, ["cycle_checks"]), ("demand", {}, ["demand_plan"]), ("report", {}, ["month_report"]),
        ("supply", {"part": "delivery"}, ["executable_plan"]),
        ("executive", {"item": "read_back"}, ["seven_plans"]),
    ],
)  # fmt: skip
def test_every_file_of_a_page_is_noted(meeting: Home, monkeypatch: pytest.MonkeyPatch, page: str, address: dict[str, str], names: list[str]) -> None:
    offered: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr("streamlit.download_button", lambda label, data, key, **_: offered.setdefault(key, data))
    opened(f"pages/meeting/{page}.py", **address)
    made = {key: data for key, data in offered.items() if callable(data) and not key.startswith("template-")}  # an empty template tells nothing
    assert made
    before = len(_noted(meeting))  # the company is shared: others may have taken files along before it was copied
    for count, data in enumerate(made.values(), start=1):
        assert len(_noted(meeting)) == before + count - 1, "nothing is noted when a file is only offered"
        assert data()
        assert len(_noted(meeting)) == before + count, "each file that was made left its line"
    assert set(names) <= {str(held["about"]) for held in _noted(meeting)[before:]}


def _noted(home: Home) -> list[dict]:
    return [record.payload or {} for record in decisions.history(home, "audit") if record.subject == "export"]
