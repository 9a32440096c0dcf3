"""Dead stock: what lies in our places and will not become money by itself, in four classes, and where the year's profit went."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from engine import dead_stock as formulas
from engine.answers import dead_stock_said as said
from engine.answers.answer import Answer
from engine.answers.assortment import decided
from engine.answers.lots import items_came_on, lots_on, picked, why_no_stock
from engine.answers.periods import first_of, last_day, months_before
from engine.answers.picking import pick_of
from engine.answers.source import Memory, Source, remembered
from engine.errors import BadUse
from engine.messages import message
from engine.recipes import completable
from engine.scope import Scope
from engine.selection import Selection

WINDOW = "window"
NEEDED = ("products", "sales", "stock", "materials", "recipes", "production_requests")
LOT = ("class", "cause", "item_id", "location_id", "batch_id", "condition", "came_on", "qty", "value")
_KEPT, _KEPT_SETS = Memory(8), Memory(8)


@dataclass(frozen=True)
class Unsold:
    """What counts as not sold: as_of the day of the stock, cutoff the last day before the window, months of it (None: days were given)."""

    as_of: date
    cutoff: date
    months: int | None

    @property
    def days(self) -> int:
        return (self.as_of - self.cutoff).days


def dead_stock(warehouse: object, selection: Selection, scope: Scope, unsold: str = "") -> Answer:
    """What is dead, by class and item, the most money first (frame: said.COLUMNS).

    unsold: for how many months a product must not have sold; `window` = the usual window of days; nothing = the selection's own window,
    else the setting `dead_after_months`. Raises BadUse for anything else.
    extra: `classes` (class, items, qty, value, stock_share, profit_share), `causes` (class, cause, items, value), `idle` (from_months, to_months,
    items, value; products alone), `who` (asked_by, is_dealer, items, value; materials through the products that they go into), `lots` (LOT and
    location_name), `profit` (part, value, is_total: from the year's profit to what is left of it). facts: `measures`, `unsold` (Unsold), `is_cash_profit`,
    `choices` (what `unsold` may usually be, with words).
    """
    answer: Answer = _dead_stock(warehouse, selection, scope, unsold)
    return answer


@remembered
def _dead_stock(source: Source, selection: Selection, scope: Scope, unsold: str) -> Answer:
    asked, why = unsold_of(source, selection, unsold), why_no_stock(pick_of(source, selection, scope))
    lots = seen_lots(source, selection, scope, asked)
    dead = lots.filter(pl.col("class").is_not_null())
    items = _items(source, dead, asked)
    profit, is_cash = _yearly_profit(source, asked.as_of, scope) if scope.sees_all and scope.shows("margin") else (None, False)
    stock_value = float(lots.filter(pl.col("qty") > 0)["value"].sum() or 0.0)
    classes = _classes(items, stock_value, profit)
    return Answer(
        name="dead_stock",
        headline=said.headline(float(items["value"].sum() or 0.0), stock_value, profit, why),
        frame=items.select(column.name for column in said.COLUMNS),
        columns=said.COLUMNS,
        version=source.version,
        as_of=asked.as_of,
        first=asked.cutoff + timedelta(1),
        last=asked.as_of,
        notes=said.notes(source, lots, items, asked, _circular(source, lots, asked.as_of)),
        missing=tuple(table for table in NEEDED if not source.has(table)),
        extra={
            "classes": classes,
            "causes": items.group_by("class", "cause").agg(pl.len().alias("items"), pl.col("value").sum()).sort("value", "cause", descending=[True, False]),
            "idle": formulas.by_idle_time(items.filter(pl.col("item_kind") == "product"), asked.as_of, _steps(source)),
            "who": _who(source, items, asked.as_of),
            "lots": dead.join(source.places.select("location_id", "location_name"), on="location_id", how="left").sort(
                "value", descending=True, nulls_last=True
            ),
            "profit": _where_the_profit_went(classes, profit),
        },
        facts={
            "measures": said.measures(classes, profit, is_cash, scope.sees_all),
            "unsold": asked,
            "is_cash_profit": is_cash,
            "choices": said.choices(source),
        },
        scope=scope,
        selection=selection,
    )


def _with_places(source: Source, dead: pl.DataFrame) -> pl.DataFrame:
    named = dead.join(source.places.select("location_id", "location_name"), on="location_id", how="left")
    return named.sort("value", "item_id", "location_id", descending=[True, False, False], nulls_last=True)


def dead_items(source: Source, as_of: date, scope: Scope) -> pl.DataFrame:
    """Every dead lot that a person may see, by the setting `dead_after_months`: LOT, item_kind."""
    selection = Selection(as_of=as_of)
    lots = seen_lots(source, selection, scope, unsold_of(source, selection, "")).filter(pl.col("class").is_not_null())
    kinds = source.items.select("item_id", "item_kind")
    return lots.select(LOT).join(kinds, on="item_id", how="left", maintain_order="left")


def seen_lots(source: Source, selection: Selection, scope: Scope, asked: Unsold) -> pl.DataFrame:
    """The lots that a choice and a scope let through, dead and alive (class null); none where our stock is outside of the scope."""
    pick = pick_of(source, selection, scope)
    kind = pick.kind if selection.allowed("item_kind") is not None else None
    lots = picked(source, classed_lots(source, asked), pick, kind)
    return lots.clear() if why_no_stock(pick) is not None else lots


def unsold_of(source: Source, selection: Selection, unsold: str) -> Unsold:
    """The window in which nothing was sold; see `dead_stock`. Raises BadUse for a text that is no number of months."""
    as_of = selection.as_of or last_day(source)
    if unsold == WINDOW:
        return Unsold(as_of, as_of - timedelta(int(source.settings["window_days"])), None)
    if not unsold and selection.first is not None:
        return Unsold(as_of, selection.first - timedelta(1), None)
    if unsold and not (unsold.isdigit() and 0 < int(unsold) <= 1200):
        raise BadUse(message("“{found}” is no number of months.", found=unsold))
    months = int(unsold or source.settings["dead_after_months"])
    return Unsold(as_of, formulas.months_earlier(as_of, months), months)


def classed_lots(source: Source, asked: Unsold) -> pl.DataFrame:
    """Every lot of ours with its class and cause, both null where it is alive; kept for as long as the version is read."""
    whole = source.whole
    ends = decided.run_off_ends(whole)
    found: pl.DataFrame = _KEPT.recall((whole, asked, tuple(ends.items())), lambda: _classed(whole, asked, ends))
    return source.own(found)


def _classed(source: Source, asked: Unsold, ends: dict[str, date]) -> pl.DataFrame:
    """ends: product -> from when on what is left of it counts as withdrawn, by a decision of the withdrawal gate whose run-off is over."""
    lots = lots_on(source, asked.as_of)
    decided_on = pl.col("item_id").replace_strict(ends, default=None, return_dtype=pl.Date)
    listed = source.items.select("item_id", "item_kind", pl.coalesce("withdrawn_on", decided_on).alias("withdrawn_on"))
    facts = listed.join(items_came_on(source, lots, asked.as_of), on="item_id", how="left")
    fates = source.read("withdrawals", as_of=asked.as_of).select(pl.col("sku").alias("item_id"), "withdrawn_cause", "shelf_life_days")
    facts = facts.join(fates, on="item_id", how="left").join(_sold(source, asked).select("item_id", "sold_qty"), on="item_id", how="left")
    if not source.has("sales"):
        facts = facts.with_columns(pl.lit(1.0).alias("sold_qty"))  # nobody can say that something was not sold
    sets = _sets(source, asked.as_of)
    return formulas.classed(lots, facts.join(sets, on="item_id", how="left"), asked.cutoff, asked.as_of)


def _sold(source: Source, asked: Unsold) -> pl.DataFrame:
    """Net pieces sold for money since the cutoff, and the last sale: item_id, sold_qty, last_sold_on."""
    sold = source.whole.read("paid_items", as_of=asked.as_of, first=asked.cutoff + timedelta(1))
    return sold.select(pl.col("sku").alias("item_id"), "sold_qty", "last_sold_on")


def _sets(source: Source, as_of: date) -> pl.DataFrame:
    """Which materials can be part of a set: item_id, is_completable (null = unknown), why_no_set. From all our places together; as the build kept it
    for the newest day."""
    whole = source.whole

    def find() -> pl.DataFrame:
        kept = whole.read("material_sets", as_of=as_of)
        return sets_of(whole, lots_on(whole, as_of), as_of) if kept.is_empty() else kept

    found: pl.DataFrame = _KEPT_SETS.recall((whole, as_of), find)
    return found


def sets_of(source: Source, lots: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The same from our lots and the recipes."""
    schema = {"item_id": pl.String, "is_completable": pl.Boolean, "why_no_set": pl.String}
    if not source.has("recipes"):
        return pl.DataFrame(schema=schema)
    good = lots.filter((pl.col("condition") == "good") & (pl.col("qty") > 0)).select("item_id", "qty")
    gone = source.items.filter(pl.col("withdrawn_on") <= as_of)["item_id"].to_list()
    return completable(source.read("recipes"), good, gone).select("item_id", "is_completable", pl.col("why").alias("why_no_set"))


def _circular(source: Source, lots: pl.DataFrame, as_of: date) -> float:
    """Value of good materials that only recipes use which lead back to themselves: nobody can say whether they make a set."""
    circular = _sets(source, as_of).filter(pl.col("why_no_set") == "circular")
    return float(lots.join(circular, on="item_id", how="semi").filter((pl.col("qty") > 0) & pl.col("class").is_null())["value"].sum() or 0.0)


def _items(source: Source, dead: pl.DataFrame, asked: Unsold) -> pl.DataFrame:
    """Dead lots added up to class and item, the most money first, with what is known of the item."""
    summed = dead.group_by("class", "item_id").agg(
        pl.col("cause").sort_by("value", descending=True, nulls_last=True).first(), pl.col("qty").sum(), pl.col("value").sum(), pl.col("came_on").min(),
        pl.col("location_id").n_unique().alias("places"),
    )  # fmt: skip
    known = source.items.select("item_id", "item_kind", pl.col("item_name").alias("name"), "sphere", "withdrawn_on")
    who = source.read("withdrawals", as_of=asked.as_of).select(pl.col("sku").alias("item_id"), "made_for")
    asked_for = pl.concat([source.read("requests_by_who", as_of=asked.as_of).with_columns(pl.col("qty").cast(pl.Float64)), _of_materials(source, asked.as_of)])
    asker = asked_for.sort("qty", "asked_by", descending=[True, False]).group_by("sku", maintain_order=True).first()
    whole = (
        summed.join(known, on="item_id", how="left")
        .join(_sold(source, asked).select("item_id", "last_sold_on"), on="item_id", how="left")
        .join(who, on="item_id", how="left")
        .join(asker.select(pl.col("sku").alias("item_id"), "asked_by"), on="item_id", how="left")
    )
    came = pl.col("came_on")
    return whole.with_columns(
        pl.coalesce("last_sold_on", pl.when(pl.col("item_kind") == "product").then(came)).alias("idle_since"),
        (pl.lit(asked.as_of) - came).dt.total_days().alias("age_days"),
        pl.coalesce("made_for", "asked_by").alias("ordered_by"),
        pl.when(came.is_null()).then(pl.lit(said.OLDER.to_json())).alias("age_days_why"),
        pl.col("places").cast(pl.Int64),
    ).sort("value", "class", "item_id", descending=[True, False, False], nulls_last=True)


def _steps(source: Source) -> tuple[int, ...]:
    return tuple(sorted({int(source.settings[name]) for name in ("dead_after_months", "dead_long_months", "dead_longest_months")}))


def _of_materials(source: Source, as_of: date) -> pl.DataFrame:
    """Who asked for the materials, through the products that they go into: sku, asked_by, qty."""
    if not source.has("recipes"):
        return pl.DataFrame(schema={"sku": pl.String, "asked_by": pl.String, "qty": pl.Float64})
    made_for = source.read("withdrawals", as_of=as_of).select("sku", "made_for")
    return formulas.asked_of_materials(source.read("recipes"), source.read("requests_by_who", as_of=as_of), made_for)


def _who(source: Source, items: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Money of what is dead by who asked for it: products, and materials through the products that they go into."""
    made_for = source.read("withdrawals", as_of=as_of).select("sku", "made_for")
    is_product = pl.col("item_kind") == "product"
    products = formulas.spread_over_askers(items.filter(is_product).select("item_id", "value"), source.read("requests_by_who", as_of=as_of), made_for)
    materials = formulas.spread_over_askers(items.filter(~is_product).select("item_id", "value"), _of_materials(source, as_of), made_for.clear())
    by_dealers = pl.col("is_dealer") | pl.col("asked_by").is_in(made_for["made_for"].drop_nulls().unique().implode()).fill_null(False)
    both = pl.concat([products, materials]).with_columns(by_dealers.alias("is_dealer"))
    summed = both.group_by("asked_by", "is_dealer").agg(pl.col("value").sum(), pl.col("items").sum())
    return summed.sort("value", "asked_by", descending=[True, False], nulls_last=True)


def _yearly_profit(source: Source, as_of: date, scope: Scope) -> tuple[float | None, bool]:
    """Profit of the 12 months that end with the day, and whether the cash table gives it; else the gross margin of the sales, or None."""
    months = [months_before(first_of(as_of), back) for back in range(12)]
    if source.has("cash") and scope.shows("cash"):
        known = source.read("cash_months").filter(pl.col("month").is_in(months))["profit"].drop_nulls()
        if known.len() == len(months):
            return float(known.sum()), True
    if not source.has("sales"):
        return None, False
    from engine.answers.kpis import figures, known_kpis
    from engine.answers.periods import year_to
    from engine.scope import EVERYTHING

    year = year_to(as_of)
    margin = figures(source, known_kpis(("gross_margin",)), Selection(as_of, year.first, year.last), EVERYTHING)[0]["gross_margin"]
    return (float(margin[0]) if margin.len() and margin[0] is not None else None), False


def _classes(items: pl.DataFrame, stock_value: float, profit: float | None) -> pl.DataFrame:
    """All four classes in their order, also empty ones."""
    summed = items.group_by("class").agg(pl.len().cast(pl.Int64).alias("items"), pl.col("qty").sum(), pl.col("value").sum())
    whole = pl.DataFrame({"class": formulas.CLASSES}).join(summed, on="class", how="left", maintain_order="left")
    known = whole.with_columns(pl.col("items", "qty", "value").fill_null(0))
    share: Any = pl.col("value") / stock_value if stock_value else pl.lit(None, dtype=pl.Float64)
    of_profit: Any = pl.col("value") / profit if profit and profit > 0 else pl.lit(None, dtype=pl.Float64)
    return known.with_columns(share.alias("stock_share"), of_profit.alias("profit_share"))


def _where_the_profit_went(classes: pl.DataFrame, profit: float | None) -> pl.DataFrame:
    """From the year's profit over the four classes to what is left of it: part, value, is_total. Without a profit the classes alone add up."""
    steps = classes.filter(pl.col("value") > 0).select(pl.col("class").alias("part"), "value")
    total = float(steps["value"].sum() or 0.0)
    schema = {"part": pl.String, "value": pl.Float64, "is_total": pl.Boolean}
    if not steps.height:
        return pl.DataFrame(schema=schema)
    taken = [(part, -value if profit is not None else value, False) for part, value in steps.iter_rows()]
    rows = [("profit", profit, True), *taken, ("left", profit - total, True)] if profit is not None else [*taken, ("dead", total, True)]
    return pl.DataFrame(rows, schema=schema, orient="row")
