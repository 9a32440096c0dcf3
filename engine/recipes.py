"""Sets by recipe: what can be built from what is at hand, what the next set lacks, which materials can be part of a set at all.

A set is one whole unit of a product. A component that is itself made counts as what lies there, and for the rest as what it is made of.
A recipe that leads back to itself cannot be counted: its sets are unknown, and where another recipe uses such a component only what lies
there of it counts.
"""

import functools
import math
from collections import ChainMap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np
import numpy.typing as npt
import polars as pl

WHOLE = 1e-9
"""A set that lacks no more than this share of a unit is whole: quantities per unit are written with four digits."""
STATES = ("circular", "withdrawn", "material_withdrawn", "missing", "complete")
WHY_NO_SET = ("no_recipe", "all_withdrawn", "mate_missing", "circular")


@dataclass(frozen=True, eq=False)
class Recipes:
    """parts: product -> component -> quantity in one unit. Quantities of zero or less ask for nothing and are left out."""

    parts: Mapping[str, Mapping[str, float]]

    @functools.cached_property
    def _of_products(self) -> list[str]:
        """The products that are made of products; all others, usually nearly all, need no walk through what they are made of."""
        return [sku for sku, parts in self.parts.items() if not self.parts.keys().isdisjoint(parts)]

    @functools.cached_property
    def circles(self) -> dict[str, tuple[str, ...]]:
        """Each product whose recipe leads back to itself, with the way: A, B, A."""
        made_of = {sku: {part for part in self.parts[sku] if part in self.parts} for sku in self._of_products}
        used_in: dict[str, list[str]] = {}
        for sku, parts in made_of.items():
            for part in parts:
                used_in.setdefault(part, []).append(sku)
        sound = [sku for sku in used_in if sku not in made_of]
        while sound:  # a product all of whose components are sound is sound; what is left leads to a circle or is part of one
            ready = sound.pop()
            for sku in used_in.get(ready, ()):
                made_of[sku].discard(ready)
                if not made_of[sku]:
                    sound.append(sku)
        ways = ((sku, self._way_back(sku)) for sku, parts in made_of.items() if parts)
        return {sku: way for sku, way in ways if way is not None}

    def _way_back(self, sku: str) -> tuple[str, ...] | None:
        """The shortest way from a product through its components to itself; None where there is none."""
        ways: list[tuple[str, ...]] = [(sku,)]
        seen = set[str]()
        while ways:
            longer = []
            for way in ways:
                for part in self.parts.get(way[-1], ()):
                    if part == sku:
                        return (*way, sku)
                    if part not in seen:
                        seen.add(part)
                        longer.append((*way, part))
            ways = longer
        return None

    @functools.cached_property
    def _from_top(self) -> dict[str, int]:
        """Place of each product that is made of products, and of these, in an order in which each comes before what it is made of; no circles."""
        sound = {sku: [part for part in self.parts[sku] if self._is_made(part)] for sku in self._of_products if sku not in self.circles}
        order = list(TopologicalSorter(sound).static_order())[::-1]
        return {sku: place for place, sku in enumerate(order)}

    def _is_made(self, item: str) -> bool:
        return item in self.parts and item not in self.circles

    @functools.cached_property
    def below(self) -> dict[str, frozenset[str]]:
        """Product -> everything that goes into it, also through what it is made of; products in a circle have only their own components."""
        found = {sku: frozenset(parts) for sku, parts in self.parts.items()}
        for sku in reversed(self._from_top):
            found[sku] = frozenset(self.parts[sku]).union(*(found[part] for part in self.parts[sku] if self._is_made(part)))
        return found

    @functools.cached_property
    def _made_in(self) -> dict[str, tuple[str, ...]]:
        """Product outside of circles that is made of products -> itself and what is made on the way to it, from the top."""
        order = self._from_top
        ways = ((sku, tuple(sorted((part for part in self.below[sku] if part in order), key=order.__getitem__))) for sku in order)
        return {sku: (sku, *parts) for sku, parts in ways if parts}

    def needs(self, sku: str, sets: float, stock: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
        """(what is taken from stock, what is short) for so many sets of a product that is in no circle."""
        wanted, taken, short = {sku: sets}, dict[str, float](), dict[str, float]()
        for product in self._made_in.get(sku, ()):
            from_stock = 0.0 if product == sku else min(wanted.get(product, 0.0), max(stock.get(product, 0.0), 0.0))
            if from_stock:
                taken[product] = from_stock
            for part, per in self.parts[product].items():
                wanted[part] = wanted.get(part, 0.0) + (wanted.get(product, 0.0) - from_stock) * per
        if sku not in self._made_in:
            bought = ((part, sets * per) for part, per in self.parts[sku].items())
        else:
            bought = ((part, need) for part, need in wanted.items() if part != sku and not self._is_made(part))
        for part, need in bought:
            held = stock.get(part, 0.0)
            taken[part] = used = 0.0 if held <= 0 else min(need, held)
            if need - used > WHOLE * max(need, 1.0):
                short[part] = need - used
        return taken, short

    def sets(self, sku: str, stock: Mapping[str, float]) -> int | None:
        """Whole sets of a product from a stock; None where its recipe leads back to itself, or where nothing limits it."""
        if sku in self.circles:
            return None
        if sku not in self._made_in:
            most = math.inf
            for part, per in self.parts[sku].items():
                held = stock.get(part, 0.0)
                if held <= 0:
                    return 0
                most = min(most, held / per)
            return None if math.isinf(most) else math.floor(most * (1 + WHOLE) + WHOLE)
        low, high = 0, 1
        while not self.needs(sku, high, stock)[1]:
            low, high = high, high * 2
            if high > 2**52:
                return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.needs(sku, middle, stock)[1] else (middle, high)
        return low

    @functools.cached_property
    def _plain(self) -> "_Plain":
        """The products that are made of materials alone, nearly all: they are reckoned at once."""
        skus = [sku for sku, parts in self.parts.items() if parts and sku not in self._made_in and sku not in self.circles]
        per = np.array([per for sku in skus for per in self.parts[sku].values()], dtype=float)
        ends = np.cumsum([len(self.parts[sku]) for sku in skus], dtype=np.int64)
        parts = [part for sku in skus for part in self.parts[sku]]
        numbers = {part: number for number, part in enumerate(dict.fromkeys(parts))}
        return _Plain(skus, parts, per, ends, list(numbers), np.array([numbers[part] for part in parts], dtype=np.int64))

    def all_sets(self, stock: Mapping[str, float]) -> dict[str, int | None]:
        """`sets` of every product."""
        plain = self._plain
        most = np.minimum.reduceat(plain.held(stock) / plain.per, plain.starts) if plain.skus else plain.per
        whole = [None if math.isinf(sets) else math.floor(sets * (1 + WHOLE) + WHOLE) for sets in most.tolist()]
        found = dict(zip(plain.skus, whole, strict=True))
        return {sku: found[sku] if sku in found else self.sets(sku, stock) for sku in self.parts}

    def all_short(self, sets: Mapping[str, int], stock: Mapping[str, float]) -> dict[str, dict[str, float]]:
        """Product -> what is short for so many sets of it, each by itself (`needs`). sets: products in no circle."""
        plain = self._plain
        many = np.repeat(np.array([sets.get(sku, 0) for sku in plain.skus], dtype=float), np.diff(plain.ends, prepend=0))
        need = many * plain.per
        short = need - np.minimum(need, plain.held(stock))
        found: dict[str, dict[str, float]] = {sku: {} for sku in plain.skus}
        of = np.searchsorted(plain.ends, lacking := np.flatnonzero(short > WHOLE * np.maximum(need, 1.0)), side="right")
        for product, place, qty in zip(of.tolist(), lacking.tolist(), short[lacking].tolist(), strict=True):
            found[plain.skus[product]][plain.parts[place]] = qty
        return {sku: found[sku] if sku in found else self.needs(sku, number, stock)[1] for sku, number in sets.items()}


@dataclass(frozen=True)
class _Plain:
    """Recipes laid end to end: per[i] pieces of parts[i] go into the product of whose parts place i is one; ends: where each product's parts end.
    codes, numbers: the parts once each, and for each place which of them it is."""

    skus: list[str]
    parts: list[str]
    per: npt.NDArray[np.float64]
    ends: npt.NDArray[np.int64]
    codes: list[str]
    numbers: npt.NDArray[np.int64]

    @property
    def starts(self) -> npt.NDArray[np.int64]:
        return np.concatenate([[0], self.ends[:-1]]).astype(np.int64)

    def held(self, stock: Mapping[str, float]) -> npt.NDArray[np.float64]:
        """What is at hand for each place; never below zero."""
        return np.asarray(np.maximum(np.array([stock.get(code, 0.0) for code in self.codes], dtype=float), 0.0)[self.numbers])


def recipes_of(rows: pl.DataFrame) -> Recipes:
    """The book of recipes from rows: sku, material_id, qty_per; rows of the same pair are added up."""
    summed = rows.filter(pl.col("qty_per") > 0).group_by("sku", "material_id", maintain_order=True).agg(pl.col("qty_per").sum())
    parts: dict[str, dict[str, float]] = {}
    for sku, material, per in zip(*(summed[name].to_list() for name in ("sku", "material_id", "qty_per")), strict=True):
        parts.setdefault(sku, {})[material] = per
    return Recipes(parts)


def at_hand(stock: pl.DataFrame) -> dict[str, float]:
    """item_id -> quantity, from rows item_id, qty over any places and batches."""
    return dict(stock.group_by("item_id").agg(pl.col("qty").sum()).select("item_id", "qty").iter_rows())


def buildable(recipes: Recipes, stock: Mapping[str, float], withdrawn: Collection[str]) -> pl.DataFrame:
    """Each product by itself, as if no other were built: sku, sets (null in a circle), state (STATES), way (of a circle, else null).

    withdrawn: products and materials that are no longer made or bought. A withdrawn material is used up and not bought again, so the
    product can be built only as long as it lasts: `material_withdrawn`.
    """
    rows, gone = [], frozenset(withdrawn)
    for sku, sets in recipes.all_sets(stock).items():
        way = recipes.circles.get(sku)
        if way is not None:
            state = "circular"
        elif sku in gone:
            state = "withdrawn"
        elif not gone.isdisjoint(recipes.below[sku]):
            state = "material_withdrawn"
        else:
            state = "complete" if sets else "missing"
        rows.append((sku, sets, state, None if way is None else " → ".join(way)))
    return pl.DataFrame(rows, schema={"sku": pl.String, "sets": pl.Int64, "state": pl.String, "way": pl.String}, orient="row")


def together(recipes: Recipes, stock: Mapping[str, float], wanted: Sequence[tuple[str, float]]) -> pl.DataFrame:
    """All products from one stock, no material promised twice: sku, sets_together, in the order of `wanted`.

    Rule: in that order each product takes what it needs for the sets that are wanted of it; then, in the same order again, whatever is
    left for as many more as it makes. Products that are not named or lie in a circle take nothing.
    """
    left, built = dict(stock), dict.fromkeys((sku for sku, _ in wanted), 0)
    for is_limited in (True, False):
        for sku, most in wanted:
            if sku not in recipes.parts or (is_limited and most <= 0):
                continue
            possible = recipes.sets(sku, left) or 0
            sets = min(possible, math.ceil(most)) if is_limited else possible
            if not sets:
                continue
            for item, qty in recipes.needs(sku, sets, left)[0].items():
                left[item] = max(left.get(item, 0.0) - qty, 0.0)
            built[sku] += sets
    return pl.DataFrame(list(built.items()), schema={"sku": pl.String, "sets_together": pl.Int64}, orient="row")


def missing_for_next(recipes: Recipes, stock: Mapping[str, float], products: Iterable[str], built: Mapping[str, int | None] | None = None) -> pl.DataFrame:
    """What the next set of each product lacks: sku, material_id, at_hand_qty, need_qty (of all sets with the next one), short_qty.

    built: the sets of these products from this stock, where they are known already."""
    known = recipes.all_sets(stock) if built is None else built
    sets = {sku: number + 1 for sku in products if (number := known[sku]) is not None}
    rows = []
    for sku, lacking in recipes.all_short(sets, stock).items():
        for material, short in lacking.items():
            held = max(stock.get(material, 0.0), 0.0)
            rows.append((sku, material, held, held + short, short))
    names = {"sku": pl.String, "material_id": pl.String, "at_hand_qty": pl.Float64, "need_qty": pl.Float64, "short_qty": pl.Float64}
    return pl.DataFrame(rows, schema=names, orient="row")


def one_mate_short(
    recipes: Recipes, stock: Mapping[str, float], unit_cost: Mapping[str, float], withdrawn: Collection[str], built: Mapping[str, int | None] | None = None
) -> pl.DataFrame:  # fmt: skip
    """Products of which not one set can be built although only a single material is lacking. built: the sets of all products, where they are known already.

    Columns: sku, material_id (the mate), sets_with_mate (what the others would give), mate_qty (of the mate for all of these),
    waiting_value (of the others in these sets, at cost). Withdrawn products and mates that are no longer bought are left out.
    """
    rows, gone, held = [], frozenset(withdrawn), dict(stock)
    known = recipes.all_sets(stock) if built is None else built
    without = {sku: 1 for sku, sets in known.items() if sets == 0 and sku not in gone}
    for sku, short in recipes.all_short(without, stock).items():
        if len(short) != 1 or not gone.isdisjoint(short):
            continue
        (mate,) = short
        supplied = ChainMap({mate: math.inf}, held)
        sets = recipes.sets(sku, supplied)
        if not sets:
            continue
        taken = recipes.needs(sku, sets, supplied)[0]
        waiting = sum(qty * unit_cost.get(item, 0.0) for item, qty in taken.items() if item != mate)
        rows.append((sku, mate, sets, taken[mate] - max(stock.get(mate, 0.0), 0.0), waiting))
    names = {"sku": pl.String, "material_id": pl.String, "sets_with_mate": pl.Int64, "mate_qty": pl.Float64, "waiting_value": pl.Float64}
    return pl.DataFrame(rows, schema=names, orient="row").sort("waiting_value", "sku", descending=[True, False])


def completable(rows: pl.DataFrame, stock: pl.DataFrame, withdrawn: Collection[str]) -> pl.DataFrame:
    """Which materials can be part of a complete set of a product that is still made, from the good stock at hand.

    rows: recipes (sku, material_id, qty_per). stock: good pieces only (item_id, qty). withdrawn: codes no longer made on the day.
    Gives one row for each code that is in stock or in a recipe and is no product with a recipe of its own: item_id,
    is_completable (null where only a circular recipe uses it: that is unknown, not dead), sku (the product of which most sets can be
    built), sets, why (WHY_NO_SET, null where it can). Source: dead-stock audit, class 2 (I4).
    """
    recipes, held, gone = recipes_of(rows), at_hand(stock), frozenset(withdrawn)
    best: dict[str, tuple[int, str]] = {}
    used, living, in_circles = set[str](), set[str](), set[str]()
    for sku, sets in recipes.all_sets(held).items():
        parts = recipes.below[sku]
        used |= parts
        if sku in gone:
            continue
        (in_circles if sku in recipes.circles else living).update(parts)
        many = sets or 0
        for part in parts if many else ():
            if many > best.get(part, (0, ""))[0]:
                best[part] = (many, sku)
    found = []
    for item in sorted({*held, *used} - recipes.parts.keys()):
        most, made = best.get(item, (0, None))
        lacks = "no_recipe" if item not in used else "mate_missing" if item in living else "circular" if item in in_circles else "all_withdrawn"
        why = None if most else lacks
        found.append((item, None if why == "circular" else why is None, made, most, why))
    names = {"item_id": pl.String, "is_completable": pl.Boolean, "sku": pl.String, "sets": pl.Int64, "why": pl.String}
    return pl.DataFrame(found, schema=names, orient="row")
