"""What somebody sees of their own rows, held against what an administrator sees of them: pairs of a scope and a question, by chance."""

import math
import random
from collections.abc import Iterator
from typing import Any

import polars as pl

from engine.answers import ANSWERS
from engine.answers.answer import Answer
from engine.errors import NotAllowed
from engine.kpis import BOOK
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.store.warehouse import Warehouse
from tests.access import canary

WORKED_OUT_WITHIN_OWN_ROWS = {
    # part of an answer: why it is not the administrator's
    ("dealer_profit", "opportunities"): "what is usual among dealers alike is told of own dealers only",
    ("dead_stock", "lots"): "for whom goods were made is told of own dealers only",
}
NOT_OF_SINGLE_DEALERS = {("health", "locations"), ("item", "frame"), ("safety_stock", "frame"), ("safety_stock", "rows")}
"""Our own stock is outside of what somebody may see who sees single dealers; these parts speak of it unless dealers are asked for."""
OF_DEALERS = ("credit", "dealer_desk", "dealer_profit", "plan_changes", "replenishment", "scorecard", "suggested_orders")
"""What is answered to whoever has dealers; a question about the company alone may be refused."""
WITH_ROWS = [name for name in ANSWERS if name not in ("dealer", "review", "order_check", "kpi", "explain", "glossary", "quality", "rejects")]
KEYS = ("dealer_id", "location_id", "sku", "item_id", "batch_id", "measure", "class", "cause", "condition", "order_id", "gate", "region", "month", "came_on")
GRAINS = ((), ("sku",), ("line_id",), ("region",), ("dealer_id",), ("channel",), ("month",), ("sphere", "month"), ("region", "sku"))
SKU = (("sku", ("1002",)),)


def scopes(chance: random.Random) -> Scope:
    """A scope by chance: some regions, some dealers, both or neither."""
    kind = chance.random()
    regions = frozenset(canary.region(number) for number in chance.sample(canary.REGIONS, chance.randint(0, 3)))
    dealers = frozenset(f"{canary.word(one)}D" for one in chance.sample(canary.DEALERS, chance.randint(0, 4)))
    return Scope("by chance", regions if kind < 0.7 else None, dealers if kind > 0.6 else None)


def own(scope: Scope) -> dict[str, list[str]]:
    dealers = canary.own_dealers(scope)
    places = [f"{canary.word(one)}L" for one in dealers]
    if scope.dealers is None:
        places += [f"B{number}" for number in canary.own_regions(scope)]
    return {"dealer_id": [f"{canary.word(one)}D" for one in dealers], "location_id": places}


def frames(answer: Answer) -> Iterator[tuple[str, pl.DataFrame]]:
    return ((name, frame) for name, frame in (("frame", answer.frame), *answer.extra.items()) if {"dealer_id", "location_id"} & set(frame.columns))


def differences(mine: pl.DataFrame, theirs: pl.DataFrame) -> list[str]:
    """The columns in which two frames of the same rows differ; reasons why something is unknown are not compared."""
    if mine.height != theirs.height:
        return [f"{mine.height} rows instead of {theirs.height}"]
    order = [key for key in KEYS if key in theirs.columns]
    mine, theirs = (frame.select(theirs.columns).sort(order, nulls_last=True) if order else frame for frame in (mine, theirs))
    return [name for name in theirs.columns if not name.endswith("_why") and not all(map(same, mine[name].to_list(), theirs[name].to_list()))]


def same(mine: Any, theirs: Any) -> bool:
    if isinstance(mine, float) and isinstance(theirs, float):
        return math.isclose(mine, theirs, rel_tol=1e-9, abs_tol=1e-9)
    return bool(mine == theirs)


def of_rows(warehouse: Warehouse, question: str, scope: Scope) -> list[str]:
    """A question of rows that name a dealer or a place: own rows of the administrator's answer, and no others."""
    selection, codes, found = Selection(where=SKU if question == "item" else ()), own(scope), []
    try:
        mine = dict(frames(ANSWERS[question](warehouse, selection, scope)))
    except NotAllowed:
        return [] if question not in OF_DEALERS else [f"{question} is refused"]
    for part, whole in frames(ANSWERS[question](warehouse, selection, EVERYTHING)):
        if (question, part) in WORKED_OUT_WITHIN_OWN_ROWS or (scope.dealers is not None and (question, part) in NOT_OF_SINGLE_DEALERS):
            continue
        key = (
            "dealer_id"
            if "dealer_id" in whole.columns and whole["dealer_id"].null_count() == 0
            else "location_id"
            if "location_id" in whole.columns
            else "dealer_id"
        )
        rows, theirs = (frame.filter(pl.col(key).is_in(codes[key])) for frame in (mine[part], whole))
        if question == "item" and part == "dealers":  # the ten who bought most: of own dealers there may be more
            theirs, rows = theirs.head(0), rows.head(0)
        found += [f"{question}.{part}: {said}" for said in differences(rows, theirs)]
    return found


def of_kpis(warehouse: Warehouse, names: tuple[str, ...], by: tuple[str, ...], scope: Scope) -> list[str]:
    """KPIs at any grain: what the administrator gets who asks for these dealers and regions alone."""
    named = ((key, tuple(sorted(kept))) for key, kept in (("region", scope.regions), ("dealer_id", scope.dealers)) if kept is not None)
    mine = ANSWERS["kpi"](warehouse, Selection(by=by), scope, *names).frame
    theirs = ANSWERS["kpi"](warehouse, Selection(by=by, where=tuple(named)), EVERYTHING, *names).frame
    figures = [name for name in theirs.columns if not name.endswith("_why")]
    return [f"kpi {names} by {by}: {said}" for said in differences(mine.sort(by or names[:1]).select(figures), theirs.sort(by or names[:1]).select(figures))]


def by_chance(warehouse: Warehouse, seed: int, pairs: int) -> list[str]:
    """The differences that so many pairs show."""
    chance, found = random.Random(seed), []
    chosen = [scope for scope in (scopes(chance) for _ in range(4)) if not scope.sees_all] or [Scope("none", frozenset())]
    for _ in range(pairs):
        scope = chance.choice(chosen)
        if chance.random() < 0.4:
            found += [f"{scope}: {said}" for said in of_rows(warehouse, chance.choice(WITH_ROWS), scope)]
        else:
            names = tuple(chance.sample(sorted(BOOK), chance.randint(1, 3)))
            found += [f"{scope}: {said}" for said in of_kpis(warehouse, names, chance.choice(GRAINS), scope)]
    return found
