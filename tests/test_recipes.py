"""Sets by recipe: each case with its numbers."""

import math
import random

import polars as pl
import pytest

from engine.recipes import at_hand, buildable, completable, missing_for_next, one_mate_short, recipes_of, together


def rows(*lines):
    return pl.DataFrame(lines, schema={"sku": pl.String, "material_id": pl.String, "qty_per": pl.Float64}, orient="row")


WINE = recipes_of(rows(("wine", "bottle", 1), ("wine", "cap", 1), ("wine", "must", 0.75), ("wine", "carton", 1 / 6)))


def test_what_can_be_built_is_limited_by_the_scarcest_material():
    assert WINE.sets("wine", {"bottle": 100, "cap": 80, "must": 75, "carton": 20}) == 80
    assert WINE.sets("wine", {"bottle": 100, "cap": 80, "must": 45.7, "carton": 20}) == 60
    assert WINE.sets("wine", {"bottle": 100, "cap": 80, "must": 75}) == 0


def test_a_quantity_written_with_four_digits_still_makes_a_whole_set():
    assert recipes_of(rows(("p", "carton", 0.1667))).sets("p", {"carton": 0.1667 * 6}) == 6
    assert recipes_of(rows(("p", "m", 0.1))).sets("p", {"m": 0.3}) == 3


def test_stock_below_zero_builds_nothing_and_owes_nothing():
    assert WINE.sets("wine", {"bottle": -5, "cap": 80, "must": 75, "carton": 20}) == 0
    short = missing_for_next(WINE, {"bottle": -5, "cap": 80, "must": 75, "carton": 20}, ["wine"])
    assert short.rows() == [("wine", "bottle", 0, 1, 1)]


def test_a_component_that_is_made_counts_as_what_lies_there_and_what_it_is_made_of():
    book = recipes_of(rows(("gift", "wine", 2), ("gift", "box", 1), ("wine", "bottle", 1), ("wine", "must", 0.75)))
    assert book.sets("gift", {"wine": 4, "box": 9}) == 2
    assert book.sets("gift", {"wine": 4, "box": 9, "bottle": 6, "must": 3}) == 4
    assert book.sets("gift", {"wine": 4, "box": 3, "bottle": 6, "must": 3}) == 3
    taken, short = book.needs("gift", 3, {"wine": 4, "box": 3, "bottle": 6, "must": 3})
    assert (taken, short) == ({"wine": 4, "box": 3, "bottle": 2, "must": 1.5}, {})


def test_a_component_used_on_two_ways_is_counted_once():
    book = recipes_of(rows(("case", "a", 1), ("case", "b", 1), ("a", "c", 1), ("b", "c", 2)))
    assert book.sets("case", {"c": 10}) == 3
    assert book.sets("case", {"c": 10, "a": 2}) == 4


def test_a_recipe_that_leads_back_to_itself_has_unknown_sets_and_names_the_way():
    book = recipes_of(rows(("a", "b", 1), ("b", "c", 1), ("c", "a", 1), ("c", "m", 1), ("top", "b", 1), ("own", "own", 1)))
    assert book.circles == {"a": ("a", "b", "c", "a"), "b": ("b", "c", "a", "b"), "c": ("c", "a", "b", "c"), "own": ("own", "own")}
    found = buildable(book, {"a": 5, "b": 7, "m": 9}, ())
    assert found.filter(sku="a").row(0) == ("a", None, "circular", "a → b → c → a")
    assert found.filter(sku="own").select("sets", "state").row(0) == (None, "circular")
    assert book.sets("top", {"b": 7}) == 7, "of a component in a circle only what lies there counts"


def test_a_product_with_a_withdrawn_material_is_built_only_as_long_as_that_lasts():
    stock = {"bottle": 10, "cap": 4, "must": 75, "carton": 20}
    assert buildable(WINE, stock, {"cap"}).row(0) == ("wine", 4, "material_withdrawn", None)
    assert buildable(WINE, stock, {"wine"}).row(0) == ("wine", 4, "withdrawn", None)
    assert buildable(WINE, stock, ()).row(0) == ("wine", 4, "complete", None)
    assert buildable(WINE, {}, ()).row(0) == ("wine", 0, "missing", None)


def test_a_quantity_of_zero_or_less_asks_for_nothing():
    assert recipes_of(rows(("p", "m", 1), ("p", "free", 0), ("p", "odd", -1))).sets("p", {"m": 2}) == 2
    assert recipes_of(rows(("p", "free", 0))).parts == {}


def test_a_shared_material_is_not_promised_twice():
    book = recipes_of(rows(("red", "bottle", 1), ("red", "must", 1), ("white", "bottle", 1), ("white", "juice", 1)))
    stock = {"bottle": 100, "must": 80, "juice": 90}
    assert buildable(book, stock, ())["sets"].to_list() == [80, 90]
    assert together(book, stock, [("white", 30), ("red", 40)]).rows() == [("white", 60), ("red", 40)]
    assert together(book, stock, [("red", 40), ("white", 30)]).rows() == [("red", 70), ("white", 30)]
    assert together(book, stock, [("white", 0), ("red", 0)]).rows() == [("white", 90), ("red", 10)]
    built = dict(together(book, stock, [("white", 30), ("red", 40)]).rows())
    assert sum(built.values()) <= stock["bottle"]


def test_together_never_takes_more_of_a_material_than_there_is():
    book = recipes_of(rows(("x", "m", 3), ("y", "m", 2), ("y", "z", 1), ("z", "m", 1)))
    built = dict(together(book, {"m": 100, "z": 5}, [("x", 7.2), ("y", 10)]).rows())
    assert built["x"] >= 8
    assert built["y"] >= 10
    assert 3 * built["x"] + 2 * built["y"] + max(built["y"] - 5, 0) <= 100


def test_the_next_set_lacks_what_one_set_more_would_take():
    stock = {"bottle": 100, "cap": 80, "must": 60.3, "carton": 20}
    short = missing_for_next(WINE, stock, ["wine"])
    assert short.select("material_id", "at_hand_qty").rows() == [("cap", 80), ("must", 60.3)]
    assert short["short_qty"].to_list() == pytest.approx([1, 81 * 0.75 - 60.3])
    assert short["need_qty"].to_list() == pytest.approx([81, 60.75])


def test_materials_that_wait_for_one_mate_are_worth_what_the_mate_would_set_free():
    book = recipes_of(rows(("wine", "bottle", 1), ("wine", "cap", 1), ("wine", "label", 1), ("ale", "can", 1), ("ale", "lid", 1)))
    stock = {"bottle": 50, "cap": 40}
    found = one_mate_short(book, stock, {"bottle": 2.0, "cap": 0.5, "label": 0.1}, ())
    assert found.rows() == [("wine", "label", 40, 40, 100)], "ale lacks two things, not one"
    assert one_mate_short(book, stock, {}, {"label"}).is_empty(), "a mate that is no longer bought sets nothing free"
    assert one_mate_short(book, stock, {}, {"wine"}).is_empty()


def test_a_product_of_one_missing_material_waits_for_no_mate():
    assert one_mate_short(recipes_of(rows(("p", "m", 1))), {}, {}, ()).is_empty()
    assert recipes_of(rows(("p", "m", 1))).sets("p", {"m": math.inf}) is None


def test_materials_that_can_be_part_of_no_complete_set_are_told_with_the_reason():
    recipe_rows = rows(
        ("wine", "bottle", 1), ("wine", "cap", 1), ("old", "crest", 1), ("old", "cap", 1), ("ale", "can", 1), ("ale", "lid", 1), ("a", "b", 1), ("b", "a", 1),
        ("a", "odd", 1),
    )  # fmt: skip
    stock = pl.DataFrame({"item_id": ["bottle", "bottle", "cap", "crest", "can", "odd", "stray"], "qty": [4.0, 1.0, 9.0, 3.0, 2.0, 1.0, 1.0]})
    assert at_hand(stock)["bottle"] == 5
    found = {item: rest for item, *rest in completable(recipe_rows, stock, {"old"}).rows()}
    assert found["bottle"] == [True, "wine", 5, None]
    assert found["cap"] == [True, "wine", 5, None]
    assert found["crest"] == [False, None, 0, "all_withdrawn"]
    assert found["can"] == [False, None, 0, "mate_missing"]
    assert found["stray"] == [False, None, 0, "no_recipe"]
    assert found["odd"] == [None, None, 0, "circular"]


def test_ten_thousand_recipes_are_counted_at_once():
    lines = [(f"p{n}", f"m{(n * 7 + part) % 3000}", 1.0 + part) for n in range(10_000) for part in range(6)]
    book = recipes_of(rows(*lines))
    stock = {f"m{n}": float(n % 400) for n in range(3000)}
    assert buildable(book, stock, ()).height == 10_000


def test_what_is_short_for_all_products_at_once_is_what_is_short_for_each():
    chance = random.Random(3)
    lines = [(f"p{n}", f"m{chance.randrange(60)}", chance.choice((0.5, 1.0, 3.0))) for n in range(80) for _ in range(4)]
    book = recipes_of(rows(*lines, ("kit", "p1", 2), ("kit", "m1", 1)))
    stock = {f"m{n}": float(chance.randrange(-5, 40)) for n in range(50)} | {"p1": 1.0, "m3": math.inf}
    sets = {sku: chance.randrange(0, 30) for sku in book.parts}
    found = book.all_short(sets, stock)
    assert found == {sku: pytest.approx(book.needs(sku, number, stock)[1], rel=1e-12) for sku, number in sets.items()}
    assert any(len(short) > 1 for short in found.values())
    assert {} in found.values()
