"""Versions of the plan beside each other: what was added, removed and moved, and what made the difference."""

import hashlib
from collections.abc import Mapping, Sequence

import polars as pl

KEYS = ("family", "month")
CAUSES = ("forecast", "contracts", "deals", "overrides", "withdrawn", "launched")
"""What can change demand between two versions, in the order of the waterfall."""
PARTS: dict[str, tuple[str, ...]] = {"contracts": ("small_qty", "large_qty"), "deals": ("deal_qty",), "forecast": ("rest_qty",), "overrides": ("override_qty",)}
"""Cause -> the columns of a plan that it is made of."""


def fingerprint(frames: Mapping[str, pl.DataFrame]) -> str:
    """SHA-256 of frames by name, whatever the order of their rows and columns: equal figures have equal fingerprints."""
    digest = hashlib.sha256()
    for name, frame in sorted(frames.items()):
        columns = sorted(frame.columns)
        digest.update(f"{name}|{'|'.join(columns)}\n".encode())
        rows = frame.select(pl.col(column).cast(pl.String, strict=False) if frame[column].dtype != pl.Float64 else pl.col(column).round(6).cast(pl.String)
                            for column in columns)  # fmt: skip
        for row in sorted("\x1f".join("\x00" if value is None else value for value in row) for row in rows.iter_rows()):
            digest.update(row.encode())
            digest.update(b"\n")
    return digest.hexdigest()


def compared(before: pl.DataFrame, after: pl.DataFrame, measure: str, price: pl.DataFrame | None = None) -> pl.DataFrame:
    """Two plans beside each other, one row a family and month that differs.

    before, after: family, month, `measure`. price: family, money of a piece. Returns family, month, before_qty, after_qty, change_qty, change_value (null
    where no price is known), what: added (no such family before) | removed | moved (its sum is the same, the months are not) | changed.
    """
    one, other = (frame.group_by(KEYS).agg(pl.col(measure).sum().alias(name)) for frame, name in ((before, "before_qty"), (after, "after_qty")))
    both = one.join(other, on=KEYS, how="full", coalesce=True)
    had, has = set(before["family"].unique()), set(after["family"].unique())
    sums = both.group_by("family").agg((pl.col("after_qty").fill_null(0).sum() - pl.col("before_qty").fill_null(0).sum()).abs().alias("_net"))
    what = (
        pl.when(~pl.col("family").is_in(list(had))).then(pl.lit("added"))
        .when(~pl.col("family").is_in(list(has))).then(pl.lit("removed"))
        .when(pl.col("_net") < 1e-6).then(pl.lit("moved"))
        .otherwise(pl.lit("changed"))
    )  # fmt: skip
    found = both.join(sums, on="family").with_columns(
        (pl.col("after_qty").fill_null(0) - pl.col("before_qty").fill_null(0)).alias("change_qty"), what.alias("what")
    )
    worth = price if price is not None else pl.DataFrame(schema={"family": pl.String, "price": pl.Float64})
    found = found.join(worth.select("family", "price"), on="family", how="left").with_columns((pl.col("change_qty") * pl.col("price")).alias("change_value"))
    columns = ("family", "month", "before_qty", "after_qty", "change_qty", "change_value", "what")
    return (
        found.filter(pl.col("change_qty").abs() > 1e-9)
        .select(columns)
        .sort(pl.col("change_value").abs().fill_null(0), "family", "month", descending=[True, False, False])
    )


def waterfall(before: pl.DataFrame, after: pl.DataFrame, months: Sequence[object], price: pl.DataFrame) -> pl.DataFrame:
    """What moved the demand of some months between two plans, by cause; the causes add up to the difference exactly.

    before, after: family, month and the columns of PARTS. price: family, price. Families that only one plan has count as launched or withdrawn, whole.
    Returns cause, change_qty, change_value: one row for each of CAUSES.
    """
    had, has = set(before["family"].unique()), set(after["family"].unique())
    kept = had & has
    rows: dict[str, list[pl.DataFrame]] = {cause: [] for cause in CAUSES}
    for sign, frame in ((-1.0, before), (1.0, after)):
        inside = frame.filter(pl.col("month").is_in(list(months)))
        for cause, columns in PARTS.items():
            part = inside.filter(pl.col("family").is_in(list(kept))).select("family", (sign * pl.sum_horizontal(columns)).alias("qty"))
            rows[cause].append(part)
        alone = inside.filter(~pl.col("family").is_in(list(kept)))
        whole = alone.select("family", (sign * pl.sum_horizontal([column for part in PARTS.values() for column in part])).alias("qty"))
        rows["withdrawn" if sign < 0 else "launched"].append(whole)
    found = []
    for cause in CAUSES:
        part = pl.concat(rows[cause]).group_by("family").agg(pl.col("qty").sum()).join(price.select("family", "price"), on="family", how="left")
        moved = part.filter(pl.col("qty").abs() > 1e-9)
        unknown = moved["price"].null_count() > 0
        value = None if unknown else float((moved["qty"] * moved["price"]).sum())
        found.append((cause, float(part["qty"].sum()), value))
    return pl.DataFrame(found, schema={"cause": pl.String, "change_qty": pl.Float64, "change_value": pl.Float64}, orient="row")
