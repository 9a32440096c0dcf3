"""What a version changed against the one below it, and why: each figure before and after, parted into its two causes.

`earlier`: rows about days that were known before (corrections, late and replaced rows): the same days looked at in both versions.
`later`:   the window has moved on to newer days.
The two add up to the difference for every KPI, ratios too, because the middle of the way is a figure itself: the new data on the old days.
"""

from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.kpis import kpi
from engine.answers.moves import WATCHED
from engine.answers.served import is_of_today
from engine.answers.source import Source, remembered
from engine.errors import NothingServed
from engine.kpis import BOOK
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.store import versions
from engine.store.home import Home
from engine.store.warehouse import open_version

COLUMNS = (
    Column("kpi", message("Code"), "code"),
    Column("label", message("Figure"), "message"),
    Column("unit", message("Unit"), "text"),
    Column("before", message("Before"), "ratio"),
    Column("after", message("Now"), "ratio"),
    Column("difference", message("Difference"), "ratio"),
    Column("earlier", message("of it: earlier days corrected"), "ratio"),
    Column("later", message("of it: newer days"), "ratio"),
)
SCHEMA: dict[str, Any] = {"kpi": pl.String, "label": pl.String, "unit": pl.String} | dict.fromkeys(
    ("before", "after", "difference", "earlier", "later"), pl.Float64
)
FIRST = message("This is the first version: there is nothing to compare it with.")
NOT_KEPT = message("The version below this one is not kept any longer.")
OTHER_FORM = message("The version below this one was built by another program; the two cannot be compared.")


def changes(warehouse: Any, selection: Selection, scope: Scope) -> Answer:
    """The watched KPIs before and after (frame: SCHEMA; `unit` is that of the row's figures), within a scope; the selection's filters hold on both sides.

    extra: `new_dealers` and `new_items` (code, name), `files` (file, table_name, loaded_count, rejected_count; only for who sees all rows).
    facts: `below` (the version compared with, None = none), `by` (load, close, rebuild), `published_at`, `rejected_n`.
    """
    home, version = warehouse.home, warehouse.version
    described = versions.manifest(home, version)
    below, why_none = _below(home, described)
    facts = {"below": below, "by": described.get("by", "load"), "published_at": described.get("published_at")}
    if below is None:
        return Answer("close", why_none or FIRST, pl.DataFrame(schema=SCHEMA), COLUMNS, version, facts=facts, scope=scope, selection=selection)
    old = open_version(home, below)
    whole = Selection(where=selection.where)
    before, after = kpi(old, WATCHED, whole, scope), kpi(warehouse, WATCHED, whole, scope)
    between = kpi(warehouse, WATCHED, Selection(before.as_of, before.first, before.last, where=selection.where), scope)
    rows = [_row(name, before, between, after) for name in WATCHED if _is_shown(name, before) and _is_shown(name, after)]
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    extra = _new_names(names(old, scope), names(warehouse, scope)) | {"files": files(warehouse, scope)}
    rejected = int(extra["files"]["rejected_count"].sum() or 0)
    return Answer(
        "close", _headline(version, frame), frame, COLUMNS, version, as_of=after.as_of, first=after.first, last=after.last,
        notes=tuple(_notes(extra, rejected)), extra=extra, facts=facts | {"rejected_n": rejected}, scope=scope, selection=selection,
    )  # fmt: skip


def _below(home: Home, described: dict[str, Any]) -> tuple[int | None, Message | None]:
    """The version to compare with; or None and why."""
    base = described.get("base")
    if base is None:
        return None, FIRST
    try:
        if not versions.file_of(home, base).exists():
            return None, NOT_KEPT
        return (int(base), None) if is_of_today(str(home.path), base) else (None, OTHER_FORM)
    except NothingServed:
        return None, NOT_KEPT


def _is_shown(name: str, answer: Answer) -> bool:
    """Whether the role of who asks may see a KPI."""
    return any(column.name == name for column in answer.columns)


def _row(name: str, before: Answer, between: Answer, after: Answer) -> tuple[Any, ...]:
    old, middle, new = (answer.frame[name][0] for answer in (before, between, after))
    return name, BOOK[name].label.to_json(), BOOK[name].unit, old, new, _less(new, old), _less(middle, old), _less(new, middle)


def _less(value: float | None, base: float | None) -> float | None:
    return None if value is None or base is None else value - base


def names(warehouse: Any, scope: Scope) -> dict[str, pl.DataFrame]:
    """The dealers and items of a version that somebody sees: `dealers` and `items`, each code and name."""
    found: dict[str, pl.DataFrame] = _names(warehouse, scope)
    return found


@remembered
def _names(source: Source, scope: Scope) -> dict[str, pl.DataFrame]:
    dealers = source.dealers.select(pl.col("dealer_id").alias("code"), pl.col("dealer_name").alias("name"))
    items = source.items.filter(pl.col("item_kind") == "product").select(pl.col("item_id").alias("code"), pl.col("item_name").alias("name"))
    return {"dealers": dealers, "items": items}


def _new_names(before: dict[str, pl.DataFrame], after: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {f"new_{kind}": after[kind].join(before[kind], on="code", how="anti").sort("code") for kind in ("dealers", "items")}


def files(warehouse: Any, scope: Scope) -> pl.DataFrame:
    """The files that came with a version: file, table_name, loaded_count, rejected_count. Whoever sees own rows only is shown none."""
    found: pl.DataFrame = _files(warehouse, scope)
    return found


@remembered
def _files(source: Source, scope: Scope) -> pl.DataFrame:
    came = source.read("rows_sources").select("file", "table_name", "in_version", "loaded_count", "rejected_count")
    mine = came.filter((pl.col("in_version") == source.version) & pl.lit(scope.sees_all))
    return mine.drop("in_version")


def _headline(version: int, frame: pl.DataFrame) -> Message:
    moved = frame.filter(pl.col("difference").fill_null(0.0).abs() > 0)
    sales = moved.filter(pl.col("kpi") == "net_sales")
    if sales.height:
        before, after = sales.select("before", "after").row(0)
        return message("Version {version}: net sales {before_money} → {after_money}.", version=version, before_money=before, after_money=after)
    if not moved.height:
        return message("Version {version} changed none of the watched figures.", version=version)
    return plural("Version {version} changed {n} figure.", "Version {version} changed {n} figures.", n=moved.height, version=version)


def _notes(extra: dict[str, pl.DataFrame], rejected: int) -> list[Message]:
    """What came along, in words."""
    notes = []
    if extra["files"].height:
        notes.append(plural("{n} file came in: {files}.", "{n} files came in: {files}.", n=extra["files"].height, files=_some(extra["files"]["file"])))
    if rejected:
        notes.append(plural("{n} row of them was rejected.", "{n} rows of them were rejected.", n=rejected))
    if extra["new_dealers"].height:
        listed = extra["new_dealers"]
        notes.append(plural("{n} new dealer: {names}.", "{n} new dealers: {names}.", n=listed.height, names=_some(listed["name"].fill_null(listed["code"]))))
    if extra["new_items"].height:
        listed = extra["new_items"]
        notes.append(plural("{n} new product: {names}.", "{n} new products: {names}.", n=listed.height, names=_some(listed["name"].fill_null(listed["code"]))))
    return notes


def _some(values: pl.Series) -> list[str]:
    """The first five, and a sign that there are more."""
    return [*values.head(5).cast(pl.String).to_list(), *(["…"] if values.len() > 5 else [])]
