"""The market: segments with their size, players and shares; what a segment lacks to be described; the five forces as a scored sheet."""

from collections.abc import Mapping

import polars as pl

from engine.messages import Message, message

SEGMENT_FIELDS: dict[str, Message] = {
    "consumer_portrait": message("who buys"), "needs": message("what they need"), "capacity_value": message("how large it is"),
    "players": message("who sells there"),
}  # fmt: skip
"""What a segment must have to be described (S14)."""
FORCES: dict[str, Message] = {
    "rivalry": message("Rivalry among those who sell"), "entrants": message("New sellers"), "substitutes": message("What could be bought instead"),
    "suppliers": message("Power of suppliers"), "buyers": message("Power of buyers"),
}  # fmt: skip
"""Porter's five forces, each scored 1 (weak) to 5 (strong)."""
LEAST_SCORE, MOST_SCORE = 1, 5
NEGATIVE = message("A player's sales in a segment cannot be below zero; the row is left out.")


def players(rows: pl.DataFrame) -> pl.DataFrame:
    """Each player of each segment and year: segment, year, player, value, capacity_value (of the segment), share, growth (of the player), value_before.

    rows: segment, year, player, city, price_band, value. The rows of the whole market (no city, no price band) count; where a segment has none of a year, the
    sum of its parts. Values below zero are left out (see `faults`), so shares never add up to more than 1.
    """
    sound = rows.filter(pl.col("value") >= 0)
    is_whole = pl.col("city").is_null() & pl.col("price_band").is_null()
    marked = sound.with_columns(is_whole.alias("_whole"), is_whole.any().over("segment", "year").alias("_has_whole"))
    counted = marked.filter(pl.col("_whole") | ~pl.col("_has_whole"))
    sums = counted.group_by("segment", "year", "player").agg(pl.col("value").sum())
    before = sums.select("segment", (pl.col("year") + 1).alias("year"), "player", pl.col("value").alias("value_before"))
    whole = sums.join(before, on=["segment", "year", "player"], how="left")
    size = pl.col("value").sum().over("segment", "year")
    return whole.with_columns(
        size.alias("capacity_value"), pl.when(size > 0).then(pl.col("value") / size).alias("share"),
        pl.when(pl.col("value_before") > 0).then(pl.col("value") / pl.col("value_before") - 1).alias("growth"),
    ).sort("segment", "year", "value", "player", descending=[False, True, True, False])  # fmt: skip


def segments(found: pl.DataFrame, portraits: pl.DataFrame, us: str) -> pl.DataFrame:
    """One row a segment, by its newest year: segment, year, capacity_value, growth (of the segment), expected_growth, expected_value (next year),
    players, our_share, our_share_before, largest, largest_share, consumer_portrait, needs, use, missing (keys of SEGMENT_FIELDS).

    found: what `players` gives. portraits: segment, consumer_portrait, needs, use, growth. us: our name among the players; "" = not told, then our
    share is unknown.
    """
    sizes = found.group_by("segment", "year").agg(pl.col("capacity_value").first(), pl.col("player").n_unique().cast(pl.Int64).alias("players"))
    largest = found.sort("value", descending=True).unique(["segment", "year"], keep="first", maintain_order=True)
    mine = found.filter(pl.col("player") == us).select("segment", "year", pl.col("share").alias("our_share"))
    year = sizes.sort("year").unique("segment", keep="last", maintain_order=True)
    before = sizes.select("segment", (pl.col("year") + 1).alias("year"), pl.col("capacity_value").alias("_before"))
    mine_before = mine.select("segment", (pl.col("year") + 1).alias("year"), pl.col("our_share").alias("our_share_before"))
    joined = (
        year.join(before, on=["segment", "year"], how="left")
        .join(mine, on=["segment", "year"], how="left")
        .join(mine_before, on=["segment", "year"], how="left")
        .join(largest.select("segment", "year", pl.col("player").alias("largest"), pl.col("share").alias("largest_share")), on=["segment", "year"], how="left")
    )
    told = portraits.select("segment", "consumer_portrait", "needs", "use", pl.col("growth").alias("expected_growth"))
    whole = joined.join(told, on="segment", how="full", coalesce=True)
    grown = pl.when(pl.col("_before") > 0).then(pl.col("capacity_value") / pl.col("_before") - 1)
    whole = whole.with_columns(
        grown.alias("growth"), (pl.col("capacity_value") * (1 + pl.col("expected_growth"))).alias("expected_value"), pl.col("players").fill_null(0)
    )
    lacks = [
        pl.when((pl.col(field).fill_null(0) <= 0) if field in ("players", "capacity_value") else (pl.col(field).fill_null("").str.strip_chars() == ""))
        .then(pl.lit(field))
        for field in SEGMENT_FIELDS
    ]  # fmt: skip
    missing = pl.concat_list(lacks).list.drop_nulls()
    return whole.with_columns(missing.alias("missing")).drop("_before").sort("capacity_value", "segment", descending=[True, False], nulls_last=True)


def faults(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows that cannot be: those with a value below zero, with `fault` (Message as JSON)."""
    return rows.filter(pl.col("value") < 0).with_columns(pl.lit(NEGATIVE.to_json()).alias("fault"))


def pressure(scores: Mapping[str, int | None]) -> float | None:
    """The mean of the five forces, 1 to 5; unknown until all five are scored. A score outside of that raises ValueError: the form does not take it."""
    known = [scores.get(force) for force in FORCES]
    if any(score is not None and not LEAST_SCORE <= score <= MOST_SCORE for score in known):
        raise ValueError(f"a force is scored {LEAST_SCORE} to {MOST_SCORE}, found {dict(scores)}")
    told = [score for score in known if score is not None]
    return sum(told) / len(FORCES) if len(told) == len(FORCES) else None
