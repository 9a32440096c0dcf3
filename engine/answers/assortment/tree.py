"""The tree of the assortment as it stands, what is too short in it, and the changes that somebody proposed."""

from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.assortment import trees
from engine.answers.assortment.reviewed import review_of
from engine.answers.meeting import cycles
from engine.answers.periods import last_day
from engine.answers.picking import pick_of
from engine.answers.source import Source, remembered
from engine.assortment.decision import STATES
from engine.assortment.tree import LINE, short_lines
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

REASONS: dict[str, Message] = {
    "plan": message("correction of the plan"), "withdrawal": message("withdrawal"), "launch": message("launch"),
}  # fmt: skip
COLUMNS = (
    Column("sphere", message("Sphere"), "text"),
    Column("direction", message("Direction"), "text"),
    Column("product_group", message("Product group"), "text"),
    Column("line_id", message("Line"), "code"),
    Column("line_name", message("Name of the line"), "text"),
    Column("products", message("Products"), "count"),
    Column("is_short", message("Too short"), "flag"),
    Column("tree_reason", message("Last changed by"), "message"),
)
CHANGES = (
    Column("change", message("Change"), "code"),
    Column("sku", message("SKU"), "code"),
    Column("sphere", message("Sphere"), "text"),
    Column("valid_from", message("From"), "date"),
    Column("product_group", message("Product group"), "text"),
    Column("line_id", message("Line"), "code"),
    Column("tree_reason", message("Reason"), "message"),
    Column("change_state", message("State"), "message"),
    Column("proposed_by", message("Proposed by"), "text"),
    Column("approved_by", message("Settled by"), "text"),
    Column("note", message("Note"), "text"),
)


def assortment_tree(warehouse: Any, selection: Selection, scope: Scope) -> Answer:
    """The lines of the tree in force (COLUMNS). extra: `changes` (CHANGES and record_id, state), `positions` (sphere, sku, name, product_group, line_id).

    Raises NotAllowed for who sees a part of the company.
    """
    cycles.of_the_company(scope)
    answer: Answer = _assortment_tree(warehouse, selection, scope)
    return answer


@remembered
def _assortment_tree(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = selection.as_of or last_day(source)
    standing = review_of(source, as_of).basis.frame
    here = standing.filter(pl.col("withdrawn_on").is_null() | (pl.col("withdrawn_on") > as_of))
    items = pick_of(source, selection, scope).items
    here = here if items is None else here.filter(pl.col("sku").is_in(items))
    said = {name: words.to_json() for name, words in REASONS.items()}
    lines = here.group_by(LINE, maintain_order=True).agg(
        pl.col("direction").first(), pl.col("line_name").first(), pl.col("sku").n_unique().cast(pl.Int64).alias("products"),
        pl.col("reason").last().replace_strict(said, default=None, return_dtype=pl.String).alias("tree_reason"),
    )  # fmt: skip
    least = int(source.settings["line_least_skus"])
    short = short_lines(here, least)
    frame = lines.with_columns((pl.col("products") < least).alias("is_short")).sort("sphere", "product_group", "line_id")
    changes = _changes(source)
    return Answer(
        name="assortment_tree",
        headline=_headline(frame, short.height, changes.filter(pl.col("state") == "draft").height),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        missing=() if source.has("product_tree") else ("product_tree",),
        notes=(message("The tree is approved with the plan of the year and changes only when the plan is corrected, something is withdrawn, or launched."),),
        extra={"changes": changes, "positions": here.select("sphere", "sku", pl.col("product_name").alias("name"), "product_group", "line_id")},
        scope=scope,
        selection=selection,
    )


def _changes(source: Source) -> pl.DataFrame:
    rows = [
        (each.subject, each.sku, each.sphere, each.valid_from, each.product_group, each.line_id, REASONS[each.reason].to_json(), STATES[each.state].to_json(),
         each.who, each.approved_by or None, each.note or None, each.id, each.state)
        for each in trees.changes(str(source.home.path))
    ]  # fmt: skip
    schema: dict[str, Any] = {column.name: pl.Date if column.unit == "date" else pl.String for column in CHANGES}
    return pl.DataFrame(rows, schema=schema | {"record_id": pl.Int64, "state": pl.String}, orient="row")


def _headline(frame: pl.DataFrame, short: int, proposed: int) -> Message:
    if proposed:
        return plural(
            "{n} change of the tree waits for approval; {n_short} of {n_lines} lines have fewer products than a line should.",
            "{n} changes of the tree wait for approval; {n_short} of {n_lines} lines have fewer products than a line should.",
            n=proposed, n_short=short, n_lines=frame.height,
        )  # fmt: skip
    return plural(
        "The tree has {n_spheres} spheres and {n} line; {n_short} have fewer products than a line should.",
        "The tree has {n_spheres} spheres and {n} lines; {n_short} have fewer products than a line should.",
        n=frame.height, n_spheres=frame["sphere"].n_unique(), n_short=short,
    )  # fmt: skip
