"""On both seeds the page on credit shows an order that may be shipped in part only, and goods that were shipped and wait for their invoice."""

import pytest

from engine.answers import ANSWERS
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store.warehouse import open_warehouse
from tests.demo_home import home_of


@pytest.mark.parametrize("seed", [1, 2], ids=["seed 1", "seed 2"])
def test_an_order_is_released_up_to_an_amount_and_shipments_of_the_last_day_wait_for_their_invoice(tmp_path_factory, seed: int) -> None:
    answer = ANSWERS["credit"](open_warehouse(home_of(tmp_path_factory, seed)), Selection(), EVERYTHING)
    part = answer.extra["orders"].filter(verdict="release_up_to")
    assert part.height > 0
    assert all(0 < room < value for room, value in part.select("up_to_value", "order_value").iter_rows())
    assert answer.frame["shipped_not_invoiced_value"].sum() > 0
