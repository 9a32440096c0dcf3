"""Ageing: how old our stock is, since the company first received it, and what must be set aside for it."""

from datetime import date

import polars as pl

from engine import ageing as formulas
from engine.answers.answer import Answer, Column
from engine.answers.lots import has_both, items_came_on, lots_on, picked, why_no_stock
from engine.answers.measured import Measured
from engine.answers.periods import last_day, year_to
from engine.answers.picking import pick_of
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

DAYS_OF_A_MONTH = 365 / 12
NEEDED = ("products", "sales", "stock")
HELPFUL = ("purchases", "production", "transfers")
A_YEAR = 365
COLUMNS = (
    Column("item_id", message("Item"), "code"),
    Column("name", message("Name"), "text"),
    Column("sphere", message("Sphere"), "text"),
    Column("qty", message("Quantity in stock"), "qty"),
    Column("value", message("Stock at cost"), "money"),
    Column("reserve_value", message("Reserve"), "money"),
    Column("mean_age_days", message("Mean age"), "days"),
    Column("mean_age_days_why", message("Why unknown"), "message"),
    Column("oldest_on", message("Oldest receipt"), "date"),
    Column("old_value", message("Older than a year"), "money"),
    Column("unknown_value", message("Of unknown age"), "money"),
    Column("excess_qty", message("Excess: beyond a year's need"), "qty"),
)
UNKNOWN_AGE = message("None of it has a day of receipt.")


def ageing(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """How old our stock is by item, the largest reserve first (frame: COLUMNS).

    extra: `buckets` (bucket as Message JSON, from_days, qty, value, share, reserve_value, rest_value; unknown last), all of the setting, also
    empty ones; `locations` (location_id, location_name, qty, value, mean_age_days, old_value, unknown_value, reserve_value).
    facts: `measures`. Balances below zero are left out and told.
    """
    answer: Answer = _ageing(warehouse, selection, scope)
    return answer


@remembered
def _ageing(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of, pick = selection.as_of or last_day(source), pick_of(source, selection, scope)
    kind = pick.kind if selection.allowed("item_kind") is not None else None
    why = why_no_stock(pick)
    reserves = reserved_lots(source, as_of)
    layers = picked(source, reserves, pick, kind)
    layers = layers.clear() if why is not None else layers
    lots = picked(source, lots_on(source, as_of), pick, kind)
    items = _summed(layers, "item_id").join(
        source.items.select("item_id", pl.col("item_name").alias("name"), "sphere"), on="item_id", how="left", maintain_order="left"
    )
    buckets = _buckets(source, layers)
    return Answer(
        name="ageing",
        headline=_headline(buckets, why, has_both(source, layers)),
        frame=items.with_columns(_why()).select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        notes=_notes(source, lots, layers),
        missing=tuple(table for table in (*NEEDED, *_helpful(source, lots)) if not source.has(table)),
        extra={
            "buckets": buckets,
            "locations": _summed(layers, "location_id").join(source.places.select("location_id", "location_name"), on="location_id", how="left"),
        },
        facts={"measures": _measures(layers, buckets)},
        scope=scope,
        selection=selection,
    )


def reserved_lots(source: Source, as_of: date) -> pl.DataFrame:
    """Every lot of ours above zero, of all places: location_id, item_id, came_on, purpose, age, qty, value, reserve_value, excess_qty.

    The reserve looks at an item in all our places together: what one place has too much of, another sells.
    """
    whole = source.whole
    lots = lots_on(whole, as_of).filter(pl.col("qty") > 0)
    stock = lots.select(
        "location_id", "item_id", "came_on", "purpose", formulas.age_days(pl.col("came_on"), as_of).alias("age"), "qty", pl.col("value").fill_null(0.0)
    )
    settings = source.settings
    return source.own(formulas.reserved(stock, needs(whole, lots, as_of), settings["reserve_by_age"], settings["reserve_by_excess"]))


def needs(source: Source, lots: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """What is needed of each item: item_id, monthly_qty, safety_qty, run_out_qty, nrv_share; see `engine.ageing.reserved`."""
    year = year_to(as_of)
    sold = source.read("sold_items_between", first=year.first, last=year.last).rename({"sku": "item_id"})
    used = source.read("used_items_between", first=year.first, last=year.last).select("item_id", pl.col("qty").alias("used_qty"))
    fates = source.read("withdrawals", as_of=as_of).select(pl.col("sku").alias("item_id"), "withdrawn_on", "safety_stock_qty")
    cost = lots.group_by("item_id").agg((pl.col("value").sum() / pl.col("qty").sum()).alias("unit_cost"))
    known = cost.join(source.items.select("item_id", "item_kind"), on="item_id", how="left").join(sold, on="item_id", how="left")
    known = known.join(used, on="item_id", how="left").join(fates, on="item_id", how="left").join(items_came_on(source, lots, as_of), on="item_id", how="left")
    is_product = pl.col("item_kind") == "product"
    wanted = pl.when(is_product).then(pl.col("qty").fill_null(0.0)).otherwise(pl.col("used_qty").fill_null(0.0)).clip(lower_bound=0.0)
    age = formulas.age_days(pl.col("came_on"), as_of).fill_null(A_YEAR).clip(1, A_YEAR)
    is_told = pl.when(is_product).then(pl.lit(source.has("sales"))).otherwise(pl.lit(source.has("production") and source.has("recipes")))
    monthly = pl.when(is_told & ((wanted > 0) | (age >= A_YEAR))).then(wanted / age * DAYS_OF_A_MONTH)
    left = 1 - float(source.settings["selling_cost_share"])
    price = pl.when((pl.col("qty") > 0) & (pl.col("net_value") > 0) & (pl.col("unit_cost") > 0)).then(pl.col("net_value") / pl.col("qty") * left)
    months = float(source.settings["run_out_months"])
    return known.with_columns(monthly.alias("monthly_qty")).select(
        "item_id",
        "monthly_qty",
        pl.col("safety_stock_qty").alias("safety_qty"),
        pl.when(pl.col("withdrawn_on").is_not_null()).then(pl.col("monthly_qty").fill_null(0.0) * months).alias("run_out_qty"),
        (price / pl.col("unit_cost")).alias("nrv_share"),
    )


def _summed(layers: pl.DataFrame, key: str) -> pl.DataFrame:
    summed = layers.group_by(key).agg(
        formulas.mean_age("age", "qty").alias("mean_age_days"),
        pl.col("came_on").min().alias("oldest_on"),
        pl.col("value").filter(pl.col("age") > A_YEAR).sum().alias("old_value"),
        pl.col("value").filter(pl.col("age").is_null()).sum().alias("unknown_value"),
        pl.col("excess_qty").sum(),
        pl.col("reserve_value").sum(),
        pl.col("qty").sum(),
        pl.col("value").sum(),
    )
    return summed.sort("reserve_value", "value", key, descending=[True, True, False])


def _why() -> pl.Expr:
    return pl.when(pl.col("mean_age_days").is_null()).then(pl.lit(UNKNOWN_AGE.to_json())).alias("mean_age_days_why")


def _buckets(source: Source, layers: pl.DataFrame) -> pl.DataFrame:
    """Every bucket of the setting in order, unknown last, also where it is empty."""
    ends = [int(row[0]) for row in source.settings["age_buckets"]]
    starts = [0, *(end + 1 for end in ends)]
    names = [message("{first_n}–{last_n} days", first_n=start, last_n=end) for start, end in zip(starts, ends, strict=False)]
    names += [message("over {last_n} days", last_n=ends[-1]), message("unknown age")]
    order = pl.DataFrame({"from_days": [*starts, None], "bucket": [name.to_json() for name in names]}, schema={"from_days": pl.Int64, "bucket": pl.String})
    summed = layers.group_by(formulas.bucket_of(pl.col("age"), ends).alias("from_days")).agg(
        pl.col("qty").sum(), pl.col("value").sum(), pl.col("reserve_value").sum()
    )
    whole = order.join(summed, on="from_days", how="left", nulls_equal=True, maintain_order="left").with_columns(
        pl.col("qty", "value", "reserve_value").fill_null(0.0)
    )
    total = float(whole["value"].sum())
    share = pl.col("value") / total if total else pl.lit(None, dtype=pl.Float64)
    return whole.with_columns(share.alias("share"), (pl.col("value") - pl.col("reserve_value")).alias("rest_value"))


def _headline(buckets: pl.DataFrame, why: Message | None, both: bool) -> Message:
    if why is not None:
        return why
    total, reserve = float(buckets["value"].sum()), float(buckets["reserve_value"].sum())
    if not total:
        return message("No stock is known for this choice.")
    unknown = float(buckets.filter(pl.col("from_days").is_null())["value"].sum())
    old = float(buckets.filter(pl.col("from_days") > A_YEAR)["value"].sum())
    if unknown >= total:
        return message("Nobody knows how old {stock_money} of stock is: no day of receipt is on record.", stock_money=total)
    if not old:
        return message("Nothing in stock is older than a year; {reserve_money} should be set aside.", reserve_money=reserve)
    if both:
        return message(
            "{old_money} of {stock_money} in stock, products and materials, is older than a year; {reserve_money} should be set aside.",
            old_money=old, stock_money=total, reserve_money=reserve,
        )  # fmt: skip
    return message(
        "{old_money} of {stock_money} in stock is older than a year; {reserve_money} should be set aside.",
        old_money=old, stock_money=total, reserve_money=reserve,
    )  # fmt: skip


def _measures(layers: pl.DataFrame, buckets: pl.DataFrame) -> tuple[Measured, ...]:
    total = float(buckets["value"].sum())
    mean = layers.select(formulas.mean_age("age", "qty").alias("days"))["days"]
    old = float(buckets.filter(pl.col("from_days") > A_YEAR)["value"].sum())
    unknown = float(buckets.filter(pl.col("from_days").is_null())["value"].sum())
    reserve = float(buckets["reserve_value"].sum())
    return (
        Measured(message("Stock at cost"), total, "money", message("Balances below zero are left out.")),
        Measured(message("Mean age in days"), mean[0] if mean.len() else None, "days", message("Weighted by pieces; unknown ages left out."), UNKNOWN_AGE),
        Measured(message("Older than a year"), old, "money"),
        Measured(message("Of unknown age"), unknown, "money", message("It was there before the records of receipts begin.")),
        Measured(message("Reserve"), reserve, "money", message("For each piece the largest of: its age, its excess, what its price does not bring back.")),
    )


def _helpful(source: Source, lots: pl.DataFrame) -> tuple[str, ...]:
    """What would tell the age of stock without a day of receipt; nothing where every lot names its day."""
    return () if undated_on(lots).is_empty() else HELPFUL


def undated_on(lots: pl.DataFrame) -> pl.DataFrame:
    """Lots above zero whose age nobody knows."""
    return lots.filter(pl.col("came_on").is_null() & (pl.col("qty") > 0))


def _notes(source: Source, lots: pl.DataFrame, layers: pl.DataFrame) -> tuple[Message, ...]:
    months = int(source.settings["reserve_by_excess"][0][0])
    found = [
        message("Age counts from the first receipt into the company; a transfer between our places does not make stock younger."),
        message("Where the stock names no day of receipt, the newest receipts lie there as far as the count reaches; the rest is of unknown age."),
        plural(
            "Beyond need: more than {n} month of demand and the safety stock; the oldest pieces are used first.",
            "Beyond need: more than {n} months of demand and the safety stock; the oldest pieces are used first.",
            n=months,
        ),
        message("Withdrawn articles are reserved in full beyond what still sells in {run_n} months.", run_n=int(source.settings["run_out_months"])),
    ]
    if layers.filter(pl.col("age").is_null()).height:
        found.append(message("Stock of unknown age is reserved only as far as it is beyond need."))
    below = lots.group_by("item_id", "location_id").agg(pl.col("qty").sum(), pl.col("value").sum()).filter(pl.col("qty") < 0)
    if below.height:
        found.append(
            plural(
                "{n} balance is below zero ({below_money}) and has no age.", "{n} balances are below zero ({below_money}) and have no age.",
                n=below.height, below_money=float(below["value"].sum()),
            )
        )  # fmt: skip
    return tuple(found)
