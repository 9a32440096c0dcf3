"""The pages of the dealers on a small company that has what they need: desk, dealer, scorecard, review sheet."""

from collections.abc import Callable

import pytest

from engine.answers import records
from engine.store.home import Home
from tests.dealers.small_dealers import TABLES
from tests.pages.conftest import opened
from tests.small_warehouse import published


@pytest.fixture
def dealers_home(tmp_path, at_home: Callable[[Home], None]) -> Home:
    """The small company as the own home."""
    home = published(tmp_path / "home", TABLES).home
    at_home(home)
    return home


def bodies(at) -> str:
    return " ".join(getattr(each.proto, "body", "") for each in at.get("html"))


def test_the_desk_shows_who_is_stuffed_first_with_a_bullet(dealers_home: Home) -> None:
    at = opened("pages/dealers/dealer_desk.py")
    shown = at.dataframe[0].value
    assert shown["dealer_name"].iloc[0] == "Two"
    assert shown["alarm"].iloc[0] == "Stuffed"
    assert str(shown["days_of_supply▏"].iloc[0]).startswith("data:image/svg+xml")
    assert "stuffed" in bodies(at)


def test_the_desk_is_not_narrowed_to_the_dealer_that_was_looked_at_last(dealers_home: Home) -> None:
    at = opened("pages/dealers/dealer_desk.py", dealer_id="D1")
    assert set(at.dataframe[0].value["dealer_name"]) == {"One", "Two", "Three", "Five"}


def test_the_dealer_page_looks_at_the_dealer_of_the_address(dealers_home: Home) -> None:
    at = opened("pages/dealers/dealer.py", dealer_id="D2")
    assert "Two is stuffed" in bodies(at)


def test_a_dealer_whom_the_data_do_not_know_is_said_and_no_other_is_shown_in_its_place(dealers_home: Home) -> None:
    at = opened("pages/dealers/dealer.py", dealer_id="nobody")
    assert at.selectbox(key="gr-dealer").value is None
    assert "nobody" in bodies(at) + " ".join(each.value for each in at.markdown)
    assert not at.dataframe


def test_the_scorecard_shows_the_card_of_the_first_that_is_rated(dealers_home: Home) -> None:
    at = opened("pages/dealers/scorecard.py")
    assert set(at.dataframe[0].value["dealer_name"]) == {"One", "Two", "Three", "Five"}
    assert any(each.proto.label.startswith("**One") for each in at.get("page_link"))
    assert len(at.dataframe[1].value) == 15  # the measures, one by one


def test_an_action_is_agreed_moved_and_found_again_on_the_review_sheet(dealers_home: Home) -> None:
    at = opened("pages/dealers/review.py", dealer_id="D1")
    at.text_input[0].set_value("Clear the old stock")
    at.text_input[1].set_value("Ann")
    at.button[0].click().run()
    assert not at.exception
    kept = records.newest(dealers_home, "action")
    assert [(each.payload["what"], each.payload["owner"], each.payload["state"]) for each in kept] == [("Clear the old stock", "Ann", "open")]
    again = opened("pages/dealers/review.py", dealer_id="D1")
    assert "Clear the old stock" in bodies(again)
    again.button(key=f"done-{kept[0].subject}").click().run()
    assert records.newest(dealers_home, "action")[0].payload["state"] == "done"
    assert "Clear the old stock" not in bodies(opened("pages/dealers/review.py", dealer_id="D2"))


def test_an_action_without_a_person_is_refused_in_words(dealers_home: Home) -> None:
    at = opened("pages/dealers/review.py", dealer_id="D1")
    at.text_input[0].set_value("Clear the old stock")
    at.button[0].click().run()
    assert [each.value for each in at.error] == ["An action says what is to be done and who does it."]
    assert records.newest(dealers_home, "action") == []


def test_a_review_is_kept(dealers_home: Home) -> None:
    at = opened("pages/dealers/review.py", dealer_id="D1")
    at.text_input[2].set_value("All well.")
    at.button[1].click().run()
    assert [each.payload["note"] for each in records.history(dealers_home, "review", "D1")] == ["All well."]
    assert "All well." in bodies(at)


def test_the_start_page_tells_of_the_stuffed_dealer(dealers_home: Home) -> None:
    at = opened("pages/overview/start.py")
    links = [each.proto.label for each in at.get("page_link")]
    assert any("Two is stuffed" in label for label in links)
