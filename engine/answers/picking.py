"""Which rows an answer speaks of: the filters of a selection and the bounds of a scope, resolved to items, dealers and places."""

from dataclasses import dataclass

import polars as pl

from engine.answers.source import Source
from engine.errors import BadUse
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection

ITEM_KEYS = ("item_kind", "sphere", "product_group", "line_id", "sku")
KINDS = ("product", "material", "all")

NO_STOCK_OF_DEALERS = message("Our own stock is not kept by dealer or channel.")
NO_PRODUCTS = message("The table products was not loaded, so nobody can tell which of the stock are products.")
NO_KINDS = message("Neither products nor materials were loaded, so nobody can tell which of the stock are materials.")
OUT_OF_SCOPE = message("Our own stock is outside of what you may see.")


@dataclass(frozen=True)
class Pick:
    """The rows that count. None = all; an empty list = none.

    kind: product, material, or None for both. items, dealers: their codes. areas: regions × channels of dealers, where nothing names
    single dealers; then they stand for `dealers`. places: places of stock. shipped_from: places of sales.
    own_only: whether only our own places count. by_dealer: single dealers are named. no_stock: why stock cannot be said for these rows, or None.
    """

    kind: str | None
    items: list[str] | None
    dealers: list[str] | None
    places: list[str] | None
    shipped_from: list[str] | None
    own_only: bool
    no_stock: Message | None = None
    areas: list[int] | None = None
    by_dealer: bool = False


def pick_of(source: Source, selection: Selection, scope: Scope) -> Pick:
    """The filters of a selection within a scope; an empty text stands for “not given”. Raises BadUse for an unknown item_kind."""
    kind = _kind(selection)
    at = selection.allowed("location_id")
    dealer_bound = [key for key in ("dealer_id", "channel") if selection.allowed(key) is not None or key in selection.by]
    no_stock = NO_STOCK_OF_DEALERS if dealer_bound else OUT_OF_SCOPE if scope.dealers is not None else None
    return Pick(
        kind=kind,
        items=_items(source, selection, kind),
        dealers=_dealers(source, selection, scope),
        places=_places(source, selection, scope),
        shipped_from=None if at is None else list(at),
        own_only=at is None and "location_id" not in selection.by,
        no_stock=no_stock or _why_no_kind(source, selection, kind),
        areas=_areas(source, selection, scope),
        by_dealer=selection.allowed("dealer_id") is not None or scope.dealers is not None,
    )


def _why_no_kind(source: Source, selection: Selection, kind: str | None) -> Message | None:
    """Why the stock of a kind, or of a part of the tree, cannot be told from the rest: the list that says what is what was not loaded."""
    if source.has("products"):  # then whatever lies there is in one of the two lists (sql/checks/stock_of_unknown_items.sql)
        return None
    of_the_tree = any(selection.allowed(key) is not None for key in ("sphere", "product_group", "line_id"))
    if kind == "product" or of_the_tree:
        return NO_PRODUCTS
    return NO_KINDS if kind == "material" and not source.has("materials") else None


def _kind(selection: Selection) -> str | None:
    asked = selection.allowed("item_kind")
    for kind in asked or ():
        if kind not in KINDS:
            raise BadUse(message("There is no item kind “{kind}”; the kinds are {kinds}.", kind=kind, kinds=", ".join(KINDS)))
    if asked is None:
        return None if "item_kind" in selection.by else "product"
    return None if "all" in asked or {"product", "material"} <= set(asked) else asked[0] if asked else "product"


def _items(source: Source, selection: Selection, kind: str | None) -> list[str] | None:
    chosen = source.items
    filters = [key for key in ITEM_KEYS[1:] if selection.allowed(key) is not None]
    if not filters and kind != "material":
        return None
    if kind is not None:
        chosen = chosen.filter(pl.col("item_kind") == kind)
    for key in filters:
        chosen = chosen.filter(_among("item_id" if key == "sku" else key, selection.allowed(key) or ()))
    return chosen["item_id"].to_list()


def _dealers(source: Source, selection: Selection, scope: Scope) -> list[str] | None:
    chosen, bound = source.dealers, False
    for key in ("dealer_id", "region", "channel"):
        values = selection.allowed(key)
        if values is not None:
            chosen, bound = chosen.filter(_among(key, values)), True
    for key, seen in (("region", scope.regions), ("dealer_id", scope.dealers)):
        if seen is not None:
            chosen, bound = chosen.filter(_among(key, tuple(seen))), True
    return chosen["dealer_id"].to_list() if bound else None


def _areas(source: Source, selection: Selection, scope: Scope) -> list[int] | None:
    chosen, bound = source.areas, False
    for key in ("region", "channel"):
        values = selection.allowed(key)
        if values is not None:
            chosen, bound = chosen.filter(_among(key, values)), True
    if scope.regions is not None:
        chosen, bound = chosen.filter(_among("region", tuple(scope.regions))), True
    return chosen["area_no"].to_list() if bound else None


def _places(source: Source, selection: Selection, scope: Scope) -> list[str] | None:
    chosen, bound = source.places, False
    for key in ("location_id", "region"):
        values = selection.allowed(key)
        if values is not None:
            chosen, bound = chosen.filter(_among(key, values)), True
    if scope.regions is not None:
        chosen, bound = chosen.filter(_among("region", tuple(scope.regions))), True
    return chosen["location_id"].to_list() if bound else None


def _among(column: str, values: tuple[str, ...]) -> pl.Expr:
    """Whether a column holds one of the values; an empty text stands for null."""
    named = pl.col(column).is_in([value for value in values if value])
    return named.fill_null(False) | pl.col(column).is_null() if "" in values else named.fill_null(False)
