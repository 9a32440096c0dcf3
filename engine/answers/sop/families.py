"""Families of products: what belongs to one, how it is made, and which of them somebody asks for."""

from collections import Counter
from dataclasses import dataclass

import polars as pl

from engine.answers.picking import pick_of
from engine.answers.source import Source
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.family_sheet import STRATEGIES

OF_ALL = message("Plans are made for the whole company, and you see a part of it.")
STRATEGY_WORDS: dict[str, Message] = {
    "make_to_stock": message("Made to stock"),
    "make_to_order": message("Made to order"),
    "finish_to_order": message("Finished to order"),
    "bought": message("Bought"),
}
_STRATEGY_OF = {"own": STRATEGIES[0], "own_to_order": STRATEGIES[1], "third_party": "bought"}
NAMES = ("family", "family_name", "strategy", "unit")


@dataclass(frozen=True)
class Families:
    """frame: family, family_name, strategy (STRATEGY_WORDS), unit; ordered by family. of_item: sku -> family; of_line: line_id -> family."""

    frame: pl.DataFrame
    of_item: dict[str, str]
    of_line: dict[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """The families in their order."""
        return tuple(self.frame["family"].to_list())

    def keyed(self, rows: pl.DataFrame, item: str = "sku") -> pl.DataFrame:
        """Rows with their family: by article where one is named, else by line; null where neither belongs to a family."""
        by_item = pl.col(item).replace_strict(self.of_item, default=None, return_dtype=pl.String) if item in rows.columns else pl.lit(None, dtype=pl.String)
        by_line = (
            pl.col("line_id").replace_strict(self.of_line, default=None, return_dtype=pl.String) if "line_id" in rows.columns else pl.lit(None, dtype=pl.String)
        )
        return rows.with_columns(pl.coalesce(by_item, by_line).alias("family"))

    def named(self, frame: pl.DataFrame) -> pl.DataFrame:
        """A frame with family, with the family's name, strategy and unit beside it."""
        return frame.join(self.frame, on="family", how="left", maintain_order="left")


def families_of(source: Source) -> Families:
    """All families that have a product in the catalogue or one that was sold; a family is made as most of its products are."""
    key = str(source.settings["forecast_family"])
    name = "line_name" if key == "line_id" else key
    products = source.whole.items.filter(pl.col("item_kind") == "product", pl.col(key).is_not_null())
    alive = products.filter(pl.col("withdrawn_on").is_null())[key].unique()
    products = products.filter(pl.col(key).is_in(alive.implode()))
    makers = dict(source.whole.read("item_makers").iter_rows())
    rows = []
    for family, mine in sorted(products.partition_by(key, as_dict=True).items()):
        made = Counter(_STRATEGY_OF.get(makers.get(sku) or "own", STRATEGIES[0]) for sku in mine["item_id"])
        units = [unit for unit in mine["unit"].unique().to_list() if unit]
        rows.append((family[0], mine[name].drop_nulls().first() or family[0], made.most_common(1)[0][0], units[0] if len(units) == 1 else None))
    frame = pl.DataFrame(rows, schema=dict.fromkeys(NAMES, pl.String), orient="row")
    of_line = {line: family for line, family in products.select("line_id", pl.col(key).alias("_family")).iter_rows() if line is not None}
    return Families(frame, dict(products.select("item_id", key).iter_rows()), of_line)


def picked(source: Source, selection: Selection, scope: Scope, families: Families) -> tuple[str, ...]:
    """The families that the filters let through: those of which any product is picked. Empty for somebody who sees a part of the company."""
    if not scope.sees_all:
        return ()
    items = pick_of(source, selection, scope).items
    if items is None:
        return families.names
    chosen = {families.of_item[item] for item in items if item in families.of_item}
    return tuple(family for family in families.names if family in chosen)
