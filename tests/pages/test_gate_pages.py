"""The pages of the gates over a small company: they open with figures in them, a decision is drafted, moved on and refused in words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.answers.assortment import gates, plans, reviewing
from engine.scope import Scope
from engine.store import decisions
from engine.store.home import Home
from tests.assortment.desk_company import company
from tests.pages.conftest import opened

PAGES = ("quarter", "promotions", "novelties", "withdrawal", "launch", "norms", "requests", "register", "tree")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = company(tmp_path_factory.mktemp("gates") / "home").home
    return Home(Path(home.path))


@pytest.fixture
def desk(built: Home, at_home: Callable[[Home], None], monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setattr("pages.parts.frame.door.who.named", lambda scope, _: Scope(who="Анна"))
    at_home(built)
    return built


def said(at) -> str:
    return " ".join([*(getattr(each.proto, "body", "") for each in at.get("html")), *(each.value for each in at.error), *(each.value for each in at.success)])


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_desk_opens_with_its_figures(desk: Home, page: str) -> None:
    at = opened(f"pages/assortment/{page}.py", "ru")
    assert not at.exception
    assert "gr-headline" in said(at)


def test_a_decision_is_drafted_with_a_click_lacks_its_words_and_its_protocol_is_noted(desk: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr("streamlit.download_button", lambda label, data, key, **_: offered.update({key: data}))
    at = opened("pages/assortment/withdrawal.py", "en", as_of="2025-01-31")
    assert not at.exception
    at.button(key="begin-withdrawal").click().run()
    assert not at.exception
    (each,) = gates.decisions(str(desk.path), "withdrawal")
    assert [row["sku"] for row in each.positions] == ["K4"]
    assert "Still lacking" in said(at)
    go = next(button for button in at.button if "committee agrees" in button.label)
    go.click().run()
    assert "sold off" in said(at), "what it lacks is said in words"
    assert gates.decision(str(desk.path), each.subject).state == "draft"
    taken = [record for record in decisions.history(desk, "audit") if record.subject == "export"]
    assert offered[f"protocol-{each.subject}"]().startswith(b"%PDF")
    *before, noted = [record for record in decisions.history(desk, "audit") if record.subject == "export"]
    assert before == taken
    assert (noted.payload["about"], noted.payload["form"]) == (each.subject, "pdf")


def test_the_guards_of_a_quarters_plan_stand_on_its_page(desk: Home) -> None:
    at = opened("pages/assortment/promotions.py", "en", as_of="2025-09-30")
    assert not at.exception
    assert at.button(key="approve-plan").disabled, "nothing is kept yet"
    at.button(key="keep-plan").click().run()
    kept = plans.plan_of(str(desk.path), "2025-Q4")
    assert kept is not None
    assert kept.state == "draft"


def test_a_format_of_the_review_is_ticked(desk: Home) -> None:
    at = opened("pages/assortment/quarter.py", "en", as_of="2025-09-30")
    at.text_input(key="review-finding").set_value("S is a star")
    next(button for button in at.button if button.label == "Looked at").click().run()
    assert not at.exception
    assert list(reviewing.looked_at(str(desk.path), "2025-Q3")) == ["bcg"]
