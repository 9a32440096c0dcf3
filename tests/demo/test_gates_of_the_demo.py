"""What was planted is found by the gates: lines that lose money, articles that nobody buys, a launch with too few articles, a plan above 20 %."""

import json
from datetime import date
from typing import Any

import pytest

from engine.answers import ANSWERS
from engine.answers.assortment import promotions
from engine.answers.source import source_of
from engine.assortment.budget import Planned
from engine.messages import Message
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.settings import DEFAULTS
from engine.store.home import Home
from engine.store.warehouse import Warehouse, open_warehouse
from tests.demo_home import files_of, home_of


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, dict[str, Any]]:
    """The home of the first seed and what was planted in it."""
    files = files_of(tmp_path_factory, 1)
    return home_of(tmp_path_factory, 1), json.loads((files.parent / "plants.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def desk(planted: Any) -> Warehouse:
    return open_warehouse(planted[0])


def test_the_lines_that_lose_money_and_no_others_are_recommended_for_withdrawal(desk: Warehouse, planted: Any) -> None:
    answer = ANSWERS["withdrawal_candidates"](desk, Selection(), EVERYTHING)
    assert answer.facts["gate_on"] == date(2026, 2, 1)
    assert set(answer.frame.filter("is_recommended")["line_id"]) == set(planted[1]["lines"]["loser"])
    assert not {"star", "cow"} & {
        kind for kind, lines in planted[1]["lines"].items() if set(lines) & set(answer.frame.filter(answer.frame["turnover_value"] > 0)["line_id"])
    }


def test_articles_that_nobody_buys_are_candidates_without_a_margin(desk: Warehouse, planted: Any) -> None:
    frame = ANSWERS["withdrawal_candidates"](desk, Selection(), EVERYTHING).frame
    unsold = {item["sku"] for item in planted[1]["dead_stock"]["unsold_products"]["items"] if item["cause"] is None}  # the others are withdrawn already
    found = frame.filter(frame["margin_share"].is_null())
    assert unsold & set(found["sku"]) == unsold
    assert all("Nothing was sold" in str(Message.from_json(said)) for said in found["margin_share_why"])


def test_a_launch_of_two_articles_is_held_back(desk: Warehouse) -> None:
    answer = ANSWERS["launch_check"](desk, Selection(), EVERYTHING)
    missed = {(row["project_id"], row["name"]) for row in answer.extra["criteria"].iter_rows(named=True) if str(Message.from_json(row["result"])) == "not met"}
    assert ("XM006", "lines") in missed
    assert ("XM004", "lines") not in missed
    assert {"XM004", "XM005", "XM006"} <= {project for project, name in missed if name == "defence"}, "nobody has approved them yet"


@pytest.mark.parametrize(("share", "is_stopped"), [(0.2, False), (0.2001, True)])
def test_a_plan_is_stopped_at_20_01_per_cent_of_the_budget_for_new_lines(desk: Warehouse, share: float, is_stopped: bool) -> None:
    first, last = date(2026, 1, 1), date(2026, 3, 31)
    budgets = promotions.budgets_of(source_of(desk, EVERYTHING), first)
    budget = budgets["白酒"]
    plan = (
        Planned("1", "L04", "白酒", "酱香型", "other", first, last, 0.8 * budget, "A"),
        Planned("2", "L33", "白酒", "酱香型", "launch", first, last, share * budget, None, True),
    )
    rules = {breach.rule for breach in promotions.guarded(DEFAULTS, plan, {"白酒": budget}) if breach.is_hard}
    assert ("new_share" in rules) == is_stopped
    assert rules - {"new_share", "over_budget"} == set()
