"""By which rule each position is ordered: that of the article at its place, of its place, of its class code, of its class, else as for all.

The class is that of the assortment's review (in the article's own sphere) where the review knows the article, else by its turnover of a year; a setting
may have it by turnover alone. Only where somebody gave a class or a class code parameters of its own is the review asked at all.
"""

from datetime import date
from typing import Any

import polars as pl

from engine.answers import records
from engine.answers.assortment import factors, trees
from engine.answers.assortment.reviewed import at_home, review_of
from engine.answers.positions_read import of_places
from engine.answers.source import Source
from engine.messages import Message, message
from engine.settings import Settings

NAMED = {"interval_days": "order_interval_days", "lead_days": "lead_time_days", "safety_share": "safety_share", "adjustment": "adjustment"}
USUAL = {"interval_days": "order_interval_days", "lead_days": "lead_time_days", "safety_share": "safety_days_share", "adjustment": "demand_adjustment"}
"""Parameter -> its column in a loaded rule; -> the setting that holds for all."""
OWN, PLACE, ALL = message("Rule of the article at this place"), message("Rule of this place"), message("As for all")
REVIEW_KINDS = (factors.KIND, trees.KIND)
"""Kinds of records that may change a class."""


def has_class_rules(settings: Settings) -> bool:
    """Whether somebody gave a class or a class code an interval, lead time, safety share or adjustment of its own."""
    by_class = any(cell is not None for row in settings["replenishment_classes"] for cell in row[1:])
    return by_class or any(cell is not None for row in settings["replenishment_codes"] for cell in row[2:])


def is_by_review(settings: Settings) -> bool:
    """Whether orders hang on the review of the assortment, and so on what people decide about it."""
    return settings["replenishment_class_from"] == "assortment" and has_class_rules(settings)


def review_heads(source: Source) -> tuple[tuple[str, int], ...]:
    """The newest records that may change the class of an article, where orders hang on it; noted as read."""
    if not is_by_review(source.settings):
        return ()
    records.note(REVIEW_KINDS)
    return records.heads(source.home, REVIEW_KINDS)


def with_rules(source: Source, frame: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """With interval_days, lead_days, safety_share, adjustment and rules_from (Message as JSON: which rule gave them).

    frame: location_id, sku, place_no, item_no, abc_class (by turnover of a year). A parameter that a rule leaves empty is the next rule's.
    """
    rules = source.read("replenishment_rules")
    place = rules.filter(pl.col("sku").is_null()).select("location_id", *(pl.col(old).alias(f"_place_{new}") for new, old in NAMED.items()))
    place = source.places.select("location_id").join(place, on="location_id", how="left", maintain_order="left")
    frame = frame.with_columns(of_places(place, frame, *(f"_place_{new}" for new in NAMED)))
    own = rules.filter(pl.col("sku").is_not_null()).select("location_id", "sku", *(pl.col(old).alias(f"_own_{new}") for new, old in NAMED.items()))
    above, below, said = ["_place"], [], pl.Series("_words", [], dtype=pl.String)
    if own.height:
        frame, above = frame.join(own, on=["location_id", "sku"], how="left", maintain_order="left"), ["_own", "_place"]
    if has_class_rules(source.settings):
        by_item, said = _by_class(source, frame, as_of)
        frame, below = frame.join(by_item, on="item_no", how="left", maintain_order="left"), ["_code", "_class"]
    reason = _reason(frame, above, below, said)
    levels = [*above, *below]
    given = frame.with_columns(
        *(pl.coalesce(*(f"{level}_{new}" for level in levels), pl.lit(float(source.settings[setting]))).alias(new) for new, setting in USUAL.items()), reason
    )
    return given.drop(*(f"{level}_{new}" for level in levels for new in NAMED), "_said", strict=False)


def _reason(frame: pl.DataFrame, above: list[str], below: list[str], said: pl.Series) -> pl.Series:
    """Of each row which rule gave its parameters, the most special first, and which class gave what that rule leaves empty. said: words of the classes."""
    rule = pl.lit(0, dtype=pl.UInt32)
    for number, level in ((1, "_place"), (2, "_own")):
        if level in above:
            has = pl.any_horizontal(pl.col(f"{level}_{new}").is_not_null() for new in NAMED)
            rule = pl.when(has).then(pl.lit(number, dtype=pl.UInt32)).otherwise(rule)
    of_class = pl.lit(0, dtype=pl.UInt32)
    if below:
        is_empty = {new: pl.all_horizontal(pl.col(f"{level}_{new}").is_null() for level in above) for new in NAMED}
        fills = pl.any_horizontal(is_empty[new] & pl.any_horizontal(pl.col(f"{level}_{new}").is_not_null() for level in below) for new in NAMED)
        of_class = pl.when(fills).then(pl.col("_said") + 1).otherwise(of_class)
    words = [
        _both(upper, None if text is None else Message.from_json(text)).to_json() for upper in (None, PLACE, OWN) for text in (None, *said.to_list())
    ]  # fmt: skip
    chosen = frame.select((rule * (len(said) + 1) + of_class).cast(pl.UInt32).alias("chosen"))["chosen"]
    return pl.Series("words", words).gather(chosen).alias("rules_from")


def _both(rule: Message | None, of_class: Message | None) -> Message:
    if rule is None or of_class is None:
        return rule or of_class or ALL
    return message("{rule}; what it leaves empty: {of_class}", rule=rule, of_class=of_class)


def _by_class(source: Source, frame: pl.DataFrame, as_of: date) -> tuple[pl.DataFrame, pl.Series]:
    """(item_no, _said, and the parameters that its class code and its class give; the words that `_said` counts, as JSON)."""
    is_reviewed = source.settings["replenishment_class_from"] == "assortment"
    items = frame.select("item_no", "sku", pl.col("abc_class").alias("_by_turnover")).unique("item_no", maintain_order=True)
    classed = at_home(source, review_of(source, as_of)).select("sku", pl.col("abc_class").alias("_reviewed"), "made_by", "code", "is_provisional")
    if not is_reviewed:  # who makes it is asked all the same
        classed = classed.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in ("_reviewed", "code"))
    known = items.join(classed, on="sku", how="left", maintain_order="left")
    known = known.with_columns(pl.coalesce("_reviewed", "_by_turnover").alias("_letter"), pl.col("is_provisional").fill_null(False))
    reasons = known.select("_letter", "_reviewed", "code", "is_provisional").unique(maintain_order=True).with_row_index("_said")
    told = reasons.select("_letter", "_reviewed", "code", "is_provisional").iter_rows()
    words = [_said(letter, reviewed, code, early, is_reviewed).to_json() for letter, reviewed, code, early in told]
    known = known.join(reasons, on=["_letter", "_reviewed", "code", "is_provisional"], how="left", nulls_equal=True, maintain_order="left")
    known = known.join(_table(source.settings["replenishment_codes"], 2, "_code"), on=["_letter", "made_by"], how="left", maintain_order="left")
    known = known.join(_table(source.settings["replenishment_classes"], 1, "_class"), on="_letter", how="left", maintain_order="left")
    names = [f"{level}_{new}" for level in ("_code", "_class") for new in NAMED]
    return known.select("item_no", "_said", *names), pl.Series("_words", words, dtype=pl.String)


def _table(rows: Any, keys: int, level: str) -> pl.DataFrame:
    """A table of the settings as columns: the letter of the class (and who makes it), then the parameters."""
    schema: dict[str, Any] = dict.fromkeys(("_letter", "made_by")[:keys], pl.String) | {f"{level}_{new}": pl.Float64 for new in NAMED}
    return pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row").unique(["_letter", "made_by"][:keys], keep="first", maintain_order=True)


def _said(letter: str | None, reviewed: str | None, code: str | None, is_provisional: bool, is_reviewed: bool) -> Message:
    """Which class it is, and whose."""
    if reviewed is None and is_reviewed:
        return message("class {letter} by turnover, as the assortment does not know it", letter=letter or "C")
    if reviewed is None:
        return message("class {letter} by turnover", letter=letter or "C")
    if code is None:
        return message("class {letter} of the assortment", letter=reviewed)
    return message("class code {code}, provisional", code=code) if is_provisional else message("class code {code}", code=code)
