"""What pages say in the reader's language: one word for one thing, and nothing of the house's own codes among it."""

import ast

import pytest

from engine.answers.forecast_accuracy import STEPS
from engine.dealers.profit import LINES
from engine.language import say
from engine.sop.cycle import STEPS as STEPS_OF_THE_CYCLE
from engine.sop.cycle import TITLES
from engine.store.home import PROJECT
from pages.parts import rooms
from tests.pages.conftest import opened

HEALTH = "pages/inventory/health.py"


@pytest.fixture
def here(company_home, at_home):
    at_home(company_home)


@pytest.mark.usefixtures("here")
def test_the_tree_offers_exactly_the_grains_of_goods_and_places():
    switch = next(each for each in opened(HEALTH, "zh").get("button_group") if each.proto.label == "层级")
    assert [option.content for option in switch.proto.options] == ["业务板块", "产品组", "产品线", "商品", "库位"]
    assert opened(HEALTH, level="overloaded").session_state["gr-level"] == "sphere"


@pytest.mark.parametrize("language", ["zh", "ru"])
def test_a_step_of_the_meeting_has_the_same_name_in_the_menu_and_on_its_card(language):
    menu = {page.name: say(page.title, language) for page in rooms.pages()}
    names = dict(zip(STEPS_OF_THE_CYCLE, ("report", "demand", "supply", "pre_meeting", "executive"), strict=True))
    for place, step in enumerate(STEPS_OF_THE_CYCLE, start=1):
        assert menu[names[step]] == f"{place} {say(TITLES[step], language)}"


def test_a_department_that_forecasts_is_not_called_like_money():
    assert {STEPS["sales"].text, STEPS["marketing"].text}.isdisjoint({LINES["net_sales"].text, LINES["marketing"].text})
    assert (say(STEPS["sales"], "zh"), say(STEPS["marketing"], "zh")) == ("销售", "市场部")


def test_a_choice_without_a_value_says_what_to_do_in_the_readers_language():
    """Streamlit writes “Choose an option” into a choice that has neither a value nor a placeholder."""
    silent = []
    for path in sorted((PROJECT / "pages").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("selectbox", "multiselect"):
                given = {each.arg: each.value for each in call.keywords}
                may_be_empty = call.func.attr == "multiselect" or any(
                    isinstance(each, ast.Constant) and each.value is None for each in ast.walk(given.get("index", ast.Constant(0)))
                )
                if may_be_empty and "placeholder" not in given:
                    silent.append(f"{path.name}:{call.lineno}")
    assert silent == []
