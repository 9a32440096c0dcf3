"""A review as the gates and the guards read it: positions with their class, lines with class and quadrant within their sphere."""

from datetime import date

import polars as pl

from engine import abc
from engine.answers.assortment.standing import Standing, standing_of
from engine.answers.source import Source
from engine.assortment.bcg import placed, thresholds_of
from engine.assortment.criterion import weighted
from engine.scope import EVERYTHING
from engine.selection import Selection

LINE = ("sphere", "product_group", "line_id")


def review_of(source: Source, as_of: date | None) -> Standing:
    """The review of the whole company by a day."""
    return standing_of(source.whole, Selection(as_of=as_of), EVERYTHING)


def positions_of(standing: Standing) -> pl.DataFrame:
    """The positions of a review that are not withdrawn by its end, with `name` and `abc_class` for what the review calls product_name and class."""
    listed = pl.col("withdrawn_on").is_null() | (pl.col("withdrawn_on") > standing.window.last)
    return standing.frame.filter(listed).rename({"product_name": "name", "class": "abc_class"})


def at_home(source: Source, standing: Standing) -> pl.DataFrame:
    """One row a product that is not withdrawn: where it stands in its own sphere, else in the first of the others (columns of `positions_of`)."""
    home = source.whole.items.select(pl.col("item_id").alias("sku"), pl.col("sphere").alias("_home"))
    found = positions_of(standing).join(home, on="sku", how="left", maintain_order="left")
    ordered = found.sort((pl.col("sphere") != pl.col("_home")).fill_null(True), maintain_order=True)
    return ordered.unique("sku", keep="first", maintain_order=True).drop("_home")


def lines_of(source: Source, standing: Standing) -> pl.DataFrame:
    """The lines of a review with `abc_class` (by the criterion among the lines of the sphere), `quadrant`, and `is_innovation` (any product of it is one)."""
    weights = float(source.settings["criterion_margin_weight"]), float(source.settings["criterion_turnover_weight"])
    limits = float(source.settings["abc_a_share"]), float(source.settings["abc_b_share"])
    scored = weighted(standing.lines, "sphere", weights=weights)
    classed = abc.classed(scored, "criterion", "sphere", limits=limits)
    here = placed(classed, thresholds_of(classed))
    innovations = standing.frame.group_by(LINE).agg(pl.col("is_innovation").any().fill_null(False))
    return here.drop("is_innovation", strict=False).join(innovations, on=LINE, how="left", maintain_order="left")
