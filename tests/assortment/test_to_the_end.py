"""On a part of the demo company a withdrawal really ends with zero stock and a launch with the end of its novelty; and the months after it keep its laws."""

import shutil
from datetime import date

import polars as pl
import pytest

from data.demo import later
from engine.answers import dead_stock
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store.home import RECORDS_VARIABLE, Home
from engine.store.warehouse import open_warehouse
from tests.assortment.to_the_end import DEADLINE, TABLES, Ended, to_the_end
from tests.demo_home import few_lines_of, small_home_of


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    """The tables of the demo that the desk needs, for a few lines."""
    return few_lines_of(tmp_path_factory, 1)


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Ended]:
    """A home of those few lines in which both were carried to their ends."""
    copy = tmp_path_factory.mktemp("to-the-end") / "home"
    shutil.copytree(small_home_of(tmp_path_factory, 1).path, copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(RECORDS_VARIABLE, raising=False)
        return Home(copy), to_the_end(Home(copy))


def test_a_withdrawal_on_the_demo_ends_with_zero_stock_by_its_deadline(carried: tuple[Home, Ended], small: dict[str, pl.DataFrame]) -> None:
    home, ended = carried
    losing = small["products"].filter(pl.col("line_id").is_in(["L10", "L19", "L24"]) & pl.col("withdrawn_on").is_null())["sku"]
    assert set(ended.withdrawn) & set(losing)
    left = [ended.left[day] for day in sorted(ended.left)]
    assert left[0] > 0
    assert left == sorted(left, reverse=True), "nothing of it is made any more"
    assert (ended.left[DEADLINE], ended.states[DEADLINE], ended.headline) == (0.0, {"sold off"}, "Everything that was withdrawn is sold off.")
    dead = dead_stock.dead_stock(open_warehouse(home), Selection(), EVERYTHING).frame
    assert not set(dead["item_id"]) & set(ended.withdrawn)


def test_a_launch_on_the_demo_is_new_for_six_months_sells_and_gets_its_result(carried: tuple[Home, Ended]) -> None:
    home, ended = carried
    assert len(ended.launched) == 4
    assert ended.novelty == {date(2026, 8, 31): {"new"}, date(2026, 9, 1): {"result is due"}}
    assert 0 < ended.new_share[date(2026, 8, 31)] < 0.5
    assert ended.results == {"stays in the assortment"}
    sold = open_warehouse(home).input_rows("sales").filter(pl.col("sku").is_in(ended.launched))
    assert sold["shipped_on"].min() >= date(2026, 3, 1)
    assert set(sold["sku"]) == set(ended.launched)


def test_the_months_after_the_demo_close_like_its_ledgers(carried: tuple[Home, Ended]) -> None:
    desk = open_warehouse(carried[0])
    before, after = date(2025, 10, 31), date(2026, 9, 30)
    keys = ["location_id", "item_id"]

    def counted(day: date, sign: int) -> pl.DataFrame:
        stock = desk.input_rows("stock").filter(pl.col("counted_on") == day)
        return stock.select(*keys, pl.col("on_hand_qty") * sign)

    def moved(table: str, on: str, place: str, item: str, sign: int) -> pl.DataFrame:
        rows = desk.input_rows(table).filter(pl.col(on) > before)
        return rows.select(pl.col(place).alias("location_id"), pl.col(item).alias("item_id"), (pl.col("qty") * sign).alias("on_hand_qty"))

    parts = [
        counted(before, 1), counted(after, -1), moved("production", "produced_on", "location_id", "sku", 1),
        moved("transfers", "moved_on", "to_location_id", "item_id", 1), moved("transfers", "moved_on", "from_location_id", "item_id", -1),
        moved("sales", "shipped_on", "location_id", "sku", -1), moved("adjustments", "adjusted_on", "location_id", "item_id", 1),
    ]  # fmt: skip
    rest = pl.concat(parts).group_by(keys).agg(pl.col("on_hand_qty").sum())
    assert rest.filter(pl.col("on_hand_qty").abs() > 1e-6).is_empty()
    assert (desk.input_rows("stock").filter(pl.col("counted_on") > before)["on_hand_qty"] >= 0).all()
    later_sales = desk.input_rows("sales").filter(pl.col("shipped_on") > before)
    assert (later_sales["qty"] == later_sales["qty"].floor()).all()
    assert later_sales.filter(pl.col("cost_value").is_null()).is_empty()


@pytest.mark.parametrize("many", [0, 13])
def test_a_year_can_be_repeated_once_and_no_more(small: dict[str, pl.DataFrame], many: int) -> None:
    with pytest.raises(ValueError, match="repeated once"):
        later.months_after({name: small[name] for name in TABLES}, many)


def test_the_same_past_gives_the_same_months(small: dict[str, pl.DataFrame]) -> None:
    one, other = (later.months_after({name: small[name] for name in TABLES}, 2) for _ in range(2))
    assert one.keys() == other.keys()
    assert all(one[name].equals(other[name]) for name in one)
