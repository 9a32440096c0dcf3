"""What can be built from the materials at hand, what the next set lacks, and what was bought beyond the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from engine import recipes as sets
from engine.answers import flows
from engine.answers.answer import Answer, Column
from engine.answers.measured import Measured
from engine.answers.periods import Span, span_of
from engine.answers.picking import OUT_OF_SCOPE, pick_of
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection

NEEDED = ("stock", "recipes", "materials")
COLUMNS = (
    Column("sku", message("Product"), "code"),
    Column("name", message("Name"), "text"),
    Column("recipe_state", message("State"), "text"),
    Column("sets", message("Sets alone"), "qty"),
    Column("sets_together", message("Sets together"), "qty"),
    Column("finished_qty", message("Finished in stock"), "qty"),
    Column("sold_qty", message("Sold in the window"), "qty"),
    Column("gap_qty", message("Gap"), "qty"),
    Column("gap_value", message("Gap at cost"), "money"),
    Column("material_id", message("Scarcest material"), "code"),
    Column("material_name", message("Its name"), "text"),
    Column("short_qty", message("Missing for the next set"), "qty"),
    Column("sets_why", message("Why unknown"), "message"),
)


def materials(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """One row a product with a recipe (COLUMNS), the largest gap in money first.

    extra: `lacking` (each material that the next sets lack: material_id, name, supplier, lead_time_days, at_hand_qty, short_qty, blocked_n,
    products_n, is_withdrawn),
    `mates` (products that wait for one material: sku, name, material_id, material_name, sets_with_mate, mate_qty, mate_value, waiting_value).
    facts: `measures`.
    """
    answer: Answer = _materials(warehouse, selection, scope)
    return answer


@dataclass(frozen=True)
class _Store:
    """What is at hand and what is made of it. held: good pieces in our places; items: item_id, item_name, unit_cost."""

    book: sets.Recipes
    held: dict[str, float]
    items: pl.DataFrame
    withdrawn: frozenset[str]

    @property
    def costs(self) -> dict[str, float]:
        """item_id -> cost, where it is known."""
        return dict(self.items.drop_nulls("unit_cost").select("item_id", "unit_cost").iter_rows())


def _store(source: Source, as_of: date) -> _Store:
    items = source.items
    gone = items.filter((pl.col("withdrawn_on") <= as_of).fill_null(False))
    good = source.read("stock_lots_on", as_of=as_of, places=None).filter(pl.col("condition") == "good")
    return _Store(
        sets.recipes_of(source.read("recipes")),
        sets.at_hand(good.select("item_id", "qty")),
        items.select("item_id", "item_name", "unit_cost"),
        frozenset(gone["item_id"]),
    )


@remembered
def _materials(source: Source, selection: Selection, scope: Scope) -> Answer:
    span = span_of(source, selection, by_month=False)
    ready = all(source.has(table) for table in NEEDED) and scope.sees_all
    store = _store(source, span.as_of) if ready else _Store(sets.recipes_of(_NO_RECIPES), {}, _NO_ITEMS, frozenset())
    frame, short = _products(source, store, span)
    chosen = pick_of(source, selection, EVERYTHING).items
    shown = frame if chosen is None else frame.filter(pl.col("sku").is_in(chosen))
    living = shown.filter(pl.col("recipe_state") != "withdrawn")
    mates = _mates(store, living["sku"].to_list(), dict(frame.select("sku", "sets").iter_rows()))
    why = _why_nothing(source, scope)
    return Answer(
        name="materials",
        headline=_headline(living, mates, why),
        frame=shown.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=span.as_of,
        first=span.first,
        last=span.last,
        notes=_notes(shown),
        missing=tuple(table for table in ("products", "sales", *NEEDED) if not source.has(table)),
        extra={"lacking": _lacking(source, store, living, short), "mates": mates},
        facts={"measures": _measures(living, mates, why)},
        scope=scope,
        selection=selection,
    )


_NO_RECIPES = pl.DataFrame(schema={"sku": pl.String, "material_id": pl.String, "qty_per": pl.Float64})
_NO_ITEMS = pl.DataFrame(schema={"item_id": pl.String, "item_name": pl.String, "unit_cost": pl.Float64})


def _products(source: Source, store: _Store, span: Span) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Every product with a recipe: its sets alone and together, and what it would need to sell again as much as in the window; and what the
    next set of each lacks."""
    sold = flows.sales_in(source, [span.periods[0].demand], pick_of(source, Selection(), EVERYTHING), [flows.ITEM])
    sold = sold.select(source.of_items(sold[flows.ITEM], "item_id").alias("sku"), pl.col("qty").alias("sold_qty"), pl.col("cost_value").alias("sold_value"))
    finished = pl.DataFrame(list(store.held.items()), schema={"sku": pl.String, "finished_qty": pl.Float64}, orient="row")
    rows = sets.buildable(store.book, store.held, store.withdrawn).join(sold, on="sku", how="left").join(finished, on="sku", how="left")
    rows = rows.with_columns(pl.col("sold_qty", "sold_value", "finished_qty").fill_null(0.0))
    rows = rows.with_columns((pl.col("sold_qty") - pl.col("finished_qty")).clip(lower_bound=0.0).alias("wanted_qty"))
    made = rows.filter(~pl.col("state").is_in(["withdrawn", "circular"])).sort("sold_value", "sku", descending=[True, False])
    built = sets.together(store.book, store.held, list(made.select("sku", "wanted_qty").iter_rows()))
    short = sets.missing_for_next(store.book, store.held, rows["sku"], dict(rows.select("sku", "sets").iter_rows()))
    scarce = short.sort(pl.col("short_qty") / pl.col("need_qty"), "material_id", descending=[True, False]).unique("sku", keep="first", maintain_order=True)
    whole = rows.join(built, on="sku", how="left").join(scarce.select("sku", "material_id", "short_qty"), on="sku", how="left")
    gap = (pl.col("wanted_qty") - pl.col("sets_together")).clip(lower_bound=0.0)
    products = whole.with_columns(
        pl.col("state").alias("recipe_state"),
        gap.alias("gap_qty"),
        (gap * _cost("sku", store)).alias("gap_value"),
        _name("sku", store).alias("name"),
        _name("material_id", store).alias("material_name"),
        pl.Series("sets_why", [None if way is None else _circle(way).to_json() for way in whole["way"]], dtype=pl.String),
    )
    return products.sort("gap_value", "gap_qty", "sku", descending=[True, True, False], nulls_last=True), short


def _circle(way: str) -> Message:
    return message("The recipe leads back to itself ({way}), so its sets cannot be counted.", way=way)


def _name(column: str, store: _Store) -> pl.Expr:
    return pl.col(column).replace_strict(store.items["item_id"], store.items["item_name"], default=None, return_dtype=pl.String)


def _cost(column: str, store: _Store) -> pl.Expr:
    return pl.col(column).replace_strict(store.items["item_id"], store.items["unit_cost"], default=None, return_dtype=pl.Float64)


def _mates(store: _Store, products: Sequence[str], built: Mapping[str, int | None]) -> pl.DataFrame:
    """Products of which nothing can be made for want of a single material."""
    found = sets.one_mate_short(store.book, store.held, store.costs, store.withdrawn, built).filter(pl.col("sku").is_in(products))
    return found.select(
        "sku", _name("sku", store).alias("name"), "material_id", _name("material_id", store).alias("material_name"), "sets_with_mate", "mate_qty",
        (pl.col("mate_qty") * _cost("material_id", store)).alias("mate_value"), "waiting_value",
    )  # fmt: skip


def _lacking(source: Source, store: _Store, living: pl.DataFrame, short: pl.DataFrame) -> pl.DataFrame:
    """Materials that the next sets lack: those first for want of which most products have no set at all."""
    without = living.filter(pl.col("sets") == 0)["sku"].implode()
    summed = (
        short.join(living.select("sku"), on="sku", how="semi")
        .group_by("material_id")
        .agg(
            pl.len().cast(pl.Int64).alias("products_n"),
            pl.col("at_hand_qty").first(),
            pl.col("short_qty").max(),
            pl.col("sku").is_in(without).sum().cast(pl.Int64).alias("blocked_n"),
        )
    )
    supply = source.read("material_supply")
    withdrawn = pl.col("material_id").is_in(sorted(store.withdrawn)).alias("is_withdrawn")
    return (
        summed.join(supply, on="material_id", how="left")
        .select(
            "material_id",
            _name("material_id", store).alias("name"),
            "supplier",
            "lead_time_days",
            "at_hand_qty",
            "short_qty",
            "blocked_n",
            "products_n",
            withdrawn,
        )
        .sort("blocked_n", "products_n", "material_id", descending=[True, True, False])
    )


def _why_nothing(source: Source, scope: Scope) -> Message:
    if not scope.sees_all:
        return OUT_OF_SCOPE
    lacking = [table for table in NEEDED if not source.has(table)]
    return message("What can be built is unknown: {tables} were not loaded.", tables=", ".join(lacking)) if lacking else message("No product has a recipe.")


def _measures(living: pl.DataFrame, mates: pl.DataFrame, why: Message) -> tuple[Measured, ...]:
    known = living.filter(pl.col("sets").is_not_null())
    whole = known.filter(pl.col("sets") > 0).height
    return (
        Measured(
            message("With a whole set"), whole / known.height if known.height else None, "share",
            message(
                "{n_whole} of {n_products} products that are still made can be built at least once, each by itself.",
                n_whole=whole, n_products=known.height,
            ), why,
        ),
        Measured(
            message("Sets together"), float(known["sets_together"].sum()) if known.height else None, "qty",
            message("No material is promised twice: what sold most takes first."), why,
        ),
        Measured(
            message("Gap to past sales"), float(known["gap_value"].sum()) if known.height else None, "money",
            message("What sold in the window, less finished stock, less what can be built, at cost."), why,
        ),
        Measured(
            message("Waiting for one material"), mates.height if known.height else None, "count",
            message("Nothing can be built of them, and a single purchase would change that."), why,
        ),
    )  # fmt: skip


def _headline(living: pl.DataFrame, mates: pl.DataFrame, why: Message) -> Message:
    known = living.filter(pl.col("sets").is_not_null())
    if known.is_empty():
        return _circle(living["way"][0]) if living.height else why
    without = known.filter(pl.col("sets") == 0).height
    if not without:
        return plural("Every set is complete: {n} product can be built.", "Every set is complete: all {n} products can be built.", n=known.height)
    return message(
        "Of {n_products} products {n_without} lack a whole set; {n_mates} of them wait for a single material.",
        n_products=known.height, n_without=without, n_mates=mates.height,
    )  # fmt: skip


def _notes(frame: pl.DataFrame) -> tuple[Message, ...]:
    notes = [
        message("At hand: good pieces in our own places. A component that is itself made counts as what lies there and as what it is made of."),
        message(
            "If all are made: products in the order of their sales at cost; each takes what it needs to sell again as much as in the window, "
            "then the rest goes round in the same order."
        ),
    ]
    states = frame["recipe_state"].to_list()
    counted = (
        (
            "circular",
            plural(
                "{n} recipe leads back to itself; its sets are unknown.",
                "{n} recipes lead back to themselves; their sets are unknown.",
                n=states.count("circular"),
            ),
        ),
        ("withdrawn", plural("{n} product is withdrawn and gets no material.", "{n} products are withdrawn and get no material.", n=states.count("withdrawn"))),
        (
            "material_withdrawn",
            plural(
                "{n} recipe uses a withdrawn material: it can be built only as long as that lasts.",
                "{n} recipes use a withdrawn material: they can be built only as long as that lasts.",
                n=states.count("material_withdrawn"),
            ),
        ),
    )
    return (*notes, *(said for state, said in counted if state in states))
