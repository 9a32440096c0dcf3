"""ABC: the class of every position by the generalised criterion, beside the other rules, what changed since the review before and why."""

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.assortment import ruled, shown
from engine.answers.assortment.standing import history_of, standing_of
from engine.answers.measured import Measured
from engine.answers.source import Source, remembered
from engine.assortment import classes
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

COLUMNS = (
    shown.SPHERE, shown.SKU, shown.NAME, shown.GROUP, shown.LINE,
    Column("criterion", message("Criterion"), "share"),
    Column("share_before", message("Share before it"), "share"),
    Column("class", message("Class"), "text"),
    Column("class_by_count", message("Class by count"), "text"),
    Column("class_by_sum", message("Class by the method of sums"), "text"),
    Column("distance", message("Money to the next class"), "money"),
    Column("nearest_class", message("Next class"), "text"),
    shown.PREVIOUS,
    Column("profit_class", message("Class by profit"), "text"),
    Column("turnover_class", message("Class by turnover"), "text"),
    Column("factor", message("Factor of marketing"), "ratio"),
    Column("plain_class", message("Class without the factor"), "text"),
    shown.TURNOVER, shown.MARGIN, shown.PROFITABILITY, shown.GROWTH, shown.GROWTH_WHY,
    Column("code", message("Class code"), "code"),
)  # fmt: skip
CHANGES = (
    shown.SPHERE, shown.SKU, shown.NAME, shown.PREVIOUS, Column("class", message("Class"), "text"), shown.TURNOVER,
    Column("turnover_change", message("Change of turnover"), "money", "up"), Column("change_said", message("Why"), "message"),
)  # fmt: skip
LOSSES = (
    shown.SPHERE, shown.SKU, shown.NAME, shown.TURNOVER, shown.MARGIN, shown.PROFITABILITY,
    Column("loss_share", message("Share of the sphere's losses"), "share", "down"),
)  # fmt: skip
BY_FACTOR = message("marketing changed its factor")
BY_OTHERS = message("others moved, it did not")
BY_LOSS = message("it no longer earns or turns over anything")


def abc(warehouse: object, selection: Selection, scope: Scope, a_share: float | str | None = None, b_share: float | str | None = None) -> Answer:
    """Every position of the sphere, the largest sphere and the largest criterion first (frame: COLUMNS).

    a_share, b_share: limits of the classes that somebody tries out; None = as the settings say. extra: `summary` (a sphere and class: positions, criterion,
    turnover, margin beside what the policy expects), `changes` (CHANGES), `losses` (LOSSES: who loses, most first), `factors` (of marketing, logged),
    `history` (classes of the reviews behind, of the products that are asked for by name). facts: measures, limits, rule, columns of the extras.
    """
    limits = tuple(None if share is None else float(share) for share in (a_share, b_share))
    answer: Answer = _abc(warehouse, selection, scope, limits[0], limits[1])
    return answer


@remembered
def _abc(source: Source, selection: Selection, scope: Scope, a_share: float | None, b_share: float | None) -> Answer:
    standing = standing_of(source, selection, scope, (a_share, b_share))
    rules = ruled.class_rules(source.settings, a_share, b_share)
    whole = shown.chosen(standing.frame, selection)
    ordered = whole.sort(shown.spheres_by_money(whole), "sphere", "criterion", "sku", descending=[True, False, True, False])
    changes, summary = changed(whole), classes.summary(whole)
    named = selection.allowed("sku")
    history = history_of(source, standing).filter(pl.col("sku").is_in(list(named))) if named else pl.DataFrame()
    flags = shown.flag_notes(classes.flags(standing.frame, rules.few))
    return Answer(
        name="abc",
        headline=shown.headline(standing, scope, _headline(whole, changes)),
        frame=ordered.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=standing.as_of,
        first=standing.window.first,
        last=standing.window.last,
        notes=(*shown.notes(source, standing, selection), *flags, *_how(source, rules)),
        missing=shown.missing(source, "product_tree"),
        extra={"summary": summary, "changes": changes, "losses": losses(whole), "factors": _factors(whole), "history": history},
        facts={"measures": _measures(whole, changes), "limits": rules.limits, "rule": rules.drives, "changes": CHANGES, "losses": LOSSES},
        scope=scope,
        selection=selection,
    )


def changed(frame: pl.DataFrame) -> pl.DataFrame:
    """Positions whose class is another than in the review before, the most turnover first, with why (CHANGES)."""
    moved = frame.filter(pl.col("previous_class").is_not_null() & (pl.col("previous_class") != pl.col("class")))
    change = pl.col("turnover") - pl.col("turnover_before")
    rows = moved.with_columns(change.alias("turnover_change")).sort("turnover", "sku", descending=[True, False])
    said = [_why(row).to_json() for row in rows.iter_rows(named=True)]
    return rows.with_columns(pl.Series("change_said", said, dtype=pl.String)).select(column.name for column in CHANGES)


def _why(row: dict[str, float]) -> Message:
    if row["factor"] != row["factor_before"]:
        return BY_FACTOR
    if not row["criterion"]:
        return BY_LOSS
    before, now = row["criterion_before"] or 0.0, row["criterion"]
    if abs(now - before) * 20 < before:
        return BY_OTHERS
    return message("its share of the sphere went from {before_share} to {now_share}", before_share=before, now_share=now)


def losses(frame: pl.DataFrame) -> pl.DataFrame:
    """Positions that lose money, the largest loss first (LOSSES)."""
    return frame.filter(pl.col("margin") < 0).sort("margin", "sku").select(column.name for column in LOSSES)


def _factors(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("factor") != 1.0).select("sphere", "sku", "product_name", "factor", "plain_class", "class")


def _measures(frame: pl.DataFrame, changes: pl.DataFrame) -> tuple[Measured, ...]:
    of_class = {name: frame.filter(pl.col("class") == name) for name in classes.TARGETS}
    whole = float(frame["turnover"].sum() or 0.0)
    parts = [
        Measured(
            message("Class {letter}", letter=name), float(rows.height), "count",
            message("{turnover_money} of turnover, {margin_money} of gross profit", turnover_money=float(rows["turnover"].sum() or 0.0),
                    margin_money=float(rows["margin"].sum() or 0.0)),
        )
        for name, rows in of_class.items()
    ]  # fmt: skip
    loss = float(frame.filter(pl.col("margin") < 0)["margin"].sum() or 0.0)
    return (
        Measured(message("Turnover"), whole, "money"),
        Measured(message("Gross profit"), float(frame["margin"].sum() or 0.0), "money"),
        *parts,
        Measured(message("Losses"), loss, "money", message("the sum of what loses money; it counts as nothing in the criterion")),
        Measured(message("Changed class"), float(changes.height), "count", message("since the review a quarter before")),
    )


def _headline(frame: pl.DataFrame, changes: pl.DataFrame) -> Message:
    first = frame.filter(pl.col("class") == "A")
    whole = float(frame["turnover"].clip(lower_bound=0.0).sum() or 0.0)
    share = float(first["turnover"].sum() or 0.0) / whole if whole > 0 else None
    changing = plural("{n} product changed its class", "{n} products changed their class", n=changes.height)
    return plural(
        "{n} product of {all_n} is class A and makes {a_share} of the turnover; {changing}.",
        "{n} products of {all_n} are class A and make {a_share} of the turnover; {changing}.",
        n=first.height, all_n=frame.height, a_share=share, changing=changing,
    )  # fmt: skip


def _how(source: Source, rules: classes.Rules) -> tuple[Message, ...]:
    weights = float(source.settings["criterion_margin_weight"]), float(source.settings["criterion_turnover_weight"])
    return (
        message(
            "The criterion is the share of gross profit (weight {margin_ratio}) and of turnover (weight {turnover_ratio}) within the sphere, times the factor "
            "of marketing.", margin_ratio=weights[0], turnover_ratio=weights[1],
        ),
        message(
            "A product is A while what is larger makes less than {upper_share} of the criterion, B below {lower_share}; equal ones stand together, and what "
            "loses money counts as nothing and is C.", upper_share=rules.limits[0], lower_share=rules.limits[1],
        ),
        message("Money to the next class: how far the share before a product is from the limit, times the turnover of the sphere."),
    )  # fmt: skip
