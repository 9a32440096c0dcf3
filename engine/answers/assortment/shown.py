"""What the answers of the assortment have in common: which rows are shown, how their columns are called, what is to be known of the months."""

from collections.abc import Iterable

import polars as pl

from engine.answers.answer import Column
from engine.answers.assortment.standing import Standing
from engine.answers.source import Source
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection

OF_ALL = message("The assortment is judged for the whole company, and you see a part of it.")
NOTHING = message("Nothing was sold in these months, so there is nothing to judge.")
SKU, SPHERE = Column("sku", message("Product"), "code"), Column("sphere", message("Sphere"), "text")
GROUP, LINE = Column("product_group", message("Group"), "text"), Column("line_id", message("Line"), "code")
NAME, LINE_NAME = Column("product_name", message("Name of the product"), "text"), Column("line_name", message("Name of the line"), "text")
TURNOVER, MARGIN = Column("turnover", message("Turnover"), "money", "up"), Column("margin", message("Gross profit"), "money", "up")
PROFITABILITY = Column("profitability", message("Marginal profitability"), "share", "up")
GROWTH = Column("growth", message("Growth on the year before"), "share", "up")
GROWTH_WHY = Column("growth_why", message("Why unknown"), "message")
PROFIT_SHARE = Column("profit_share", message("Share of the sphere's profit"), "share", "up")
STAGE = Column("stage", message("Stage of life"), "text")
PREVIOUS = Column("previous_class", message("Class before"), "text")
KEYS = ("sphere", "product_group", "line_id", "sku")


def chosen(frame: pl.DataFrame, selection: Selection) -> pl.DataFrame:
    """Of a frame the rows whose sphere, group, line and product were asked for, as far as it has these columns."""
    for key in KEYS:
        allowed = selection.allowed(key)
        if allowed is not None and key in frame.columns:
            frame = frame.filter(pl.col(key).is_in(list(allowed)))
    return frame


def spheres_by_money(frame: pl.DataFrame) -> pl.Expr:
    """Turnover of the sphere, to sort by: the largest sphere first."""
    return pl.col("turnover").sum().over("sphere")


def missing(source: Source, *tables: str) -> tuple[str, ...]:
    """Of some tables those that were not brought."""
    return tuple(table for table in tables if not source.has(table))


def notes(source: Source, standing: Standing, selection: Selection) -> tuple[Message, ...]:
    """Which months were looked at, and what of the choice could not be followed."""
    window = standing.window
    said: list[Message] = []
    if window.is_shifted:
        said.append(message("The month of {as_of_on} is not over, so the review ends on {last_on}.", as_of_on=window.as_of, last_on=window.last))
    if not window.has_base:
        said.append(message("More than a year is looked at, so nothing is compared with the year before."))
    if selection.allowed("dealer_id") is not None:
        said.append(message("Single dealers are not told apart here: what is shown is of all dealers."))
    if "sales" in source.days and source.days["sales"][1] < window.months[-1]:
        said.append(message("The last sale is of {sold_on}: later months are empty, or their files are still lacking.", sold_on=source.days["sales"][1]))
    uncosted = source.days.get("uncosted_sales")
    if uncosted is not None:
        said.append(message("Of {n} lines of sales the cost is not known; their whole turnover counts as profit.", n=uncosted[2]))
    return tuple(said)


def headline(standing: Standing, scope: Scope, said: Message) -> Message:
    """The sentence, or why there is none to say."""
    if not scope.sees_all:
        return OF_ALL
    has_figures = not standing.frame.is_empty() and bool((standing.frame["turnover"] != 0).any())
    return said if has_figures else NOTHING


def flag_notes(flags: pl.DataFrame) -> Iterable[Message]:
    """What is to be known of the classes of each sphere, as sentences."""
    for sphere, flag in flags.iter_rows():
        yield message("{sphere}: {what}", sphere=sphere, what=Message.from_json(flag))
