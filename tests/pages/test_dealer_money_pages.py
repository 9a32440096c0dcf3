"""The pages of dealers' profit, plan changes and credit, on the small company whose figures are reckoned by hand."""

from collections.abc import Callable

import pytest

from engine.answers import people, records
from engine.scope import EVERYTHING
from engine.store.home import Home
from tests.dealers.test_dealer_money import TABLES
from tests.pages.conftest import opened
from tests.small_warehouse import published


@pytest.fixture
def money_home(tmp_path, at_home: Callable[[Home], None]) -> Home:
    """The small company as the own home."""
    home = published(tmp_path / "home", TABLES).home
    at_home(home)
    return home


def opened_by_ann(home: Home, language: str = "en"):
    """The page on credit in the browser of somebody on the list."""
    at = opened("pages/dealers/credit.py", language)
    at.session_state["gr-person"] = people.add(str(home.path), "Ann", EVERYTHING)
    at.run()
    assert not at.exception
    return at


def headline(at) -> str:
    return next(each.proto.body for each in at.get("html") if "gr-headline" in getattr(each.proto, "body", ""))


def bodies(at) -> str:
    return " ".join(getattr(each.proto, "body", "") for each in at.get("html"))


def test_an_order_is_held_by_a_click_and_the_next_one_comes_up(money_home: Home) -> None:
    at = opened_by_ann(money_home)
    assert "O5" in bodies(at) or "O4" in bodies(at)
    first = next(button for button in at.button if str(button.key).startswith("hold-"))
    order = str(first.key).removeprefix("hold-")
    first.click().run()
    assert not at.exception
    kept = records.newest(money_home, "credit_decision")
    assert [(each.subject, each.payload["decision"], each.who) for each in kept] == [(order, "hold", "Ann")]
    assert f"hold-{order}" not in [button.key for button in at.button]


def test_an_order_is_released_up_to_the_amount_that_was_typed(money_home: Home) -> None:
    at = opened_by_ann(money_home)
    order = next(str(button.key) for button in at.button if str(button.key).startswith("release_up_to-")).removeprefix("release_up_to-")
    at.number_input(key=f"up-to-{order}").set_value(12.0)
    at.button(key=f"release_up_to-{order}").click().run()
    assert records.newest(money_home, "credit_decision", order)[0].payload["up_to_value"] == 12.0


def test_a_part_of_nothing_is_not_recorded_and_the_page_says_why(money_home: Home) -> None:
    at = opened_by_ann(money_home, "zh")
    order = next(str(button.key) for button in at.button if str(button.key).startswith("release_up_to-")).removeprefix("release_up_to-")
    at.button(key=f"release_up_to-{order}").click().run()
    assert [each.value for each in at.error] == ["请填写该订单最多可发货的金额。"]
    assert records.newest(money_home, "credit_decision") == []


def test_whoever_has_no_name_is_asked_for_it_before_anything_is_decided(money_home: Home) -> None:
    at = opened("pages/dealers/credit.py")
    assert not [button.key for button in at.button if str(button.key).startswith(("hold-", "release", "back-"))]
    assert "a decision stands under a name" in bodies(at)
    at.text_input(key="credit-person-name").set_value("Ann")
    next(button for button in at.button if button.label == "That is me").click().run()
    assert not at.exception
    first = next(button for button in at.button if str(button.key).startswith("hold-"))
    first.click().run()
    (kept,) = records.newest(money_home, "credit_decision")
    assert kept.who == "Ann"


def test_a_typed_target_says_what_margin_a_category_needs(money_home: Home) -> None:
    at = opened("pages/dealers/dealer_profit.py")
    at.number_input(key="target-category").set_value(20.0).run()
    at.selectbox(key="part-category").set_value("beer").run()
    assert "beer needs a margin of" in bodies(at)
    at.number_input(key="target-category").set_value(90.0).run()
    assert "Not reachable" in bodies(at)


def test_one_dealer_is_shown_alone_with_the_way_back(money_home: Home) -> None:
    at = opened("pages/dealers/dealer_profit.py", dealer_id="D1")
    assert "One earned" in headline(at)
    assert any("All dealers" in link.proto.label for link in at.get("page_link"))


def test_the_usual_period_of_profit_and_changes_is_a_year(money_home: Home) -> None:
    for page in ("dealer_profit", "plan_changes"):
        at = opened(f"pages/dealers/{page}.py")
        assert at.radio(key="gr-period").value == "12m"
    assert opened("pages/dealers/credit.py").radio(key="gr-period").value == "window"


@pytest.mark.parametrize("language", ["zh", "ru"])
@pytest.mark.parametrize("page", ["dealer_profit", "plan_changes", "credit"])
def test_the_pages_of_dealer_money_speak_the_readers_language(money_home: Home, page: str, language: str) -> None:
    from engine.language.extract import read_catalogue, untranslated

    at = opened(f"pages/dealers/{page}.py", language)
    assert not at.error
    lacking = {key if isinstance(key, str) else key[0] for key in untranslated(read_catalogue(language))}
    shown = bodies(at)
    assert not [said for said in lacking if len(said) > 12 and "{" not in said and said in shown]
