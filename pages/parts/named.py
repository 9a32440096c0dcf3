"""Codes of the house in a frame (tables, columns, kinds, levels) as words of the reader."""

from collections.abc import Callable

import polars as pl

from engine.answers import forms
from engine.answers.assortment.words import MARK_WORDS, NOVELTY_WORDS, POLICIES, QUADRANT_WORDS, STAGE_WORDS, VERDICT_WORDS
from engine.answers.dead_stock_said import CLASS_NAMES
from engine.answers.statuses import CAUSES, STATUS_WORDS
from engine.language import say
from engine.messages import Message, message
from pages.parts.view import View

GRAINS: dict[str, Message] = {
    "sphere": message("Spheres"),
    "product_group": message("Groups"),
    "line_id": message("Lines"),
    "sku": message("Products"),
    "location_id": message("Places"),
}
"""By what the tree of goods and places can be looked at."""
LOADS: dict[str, Message] = {
    "overloaded": message("overloaded"),
    "tight": message("tight"),
    "fits": message("fits"),
    "unknown": message("unknown"),
}
"""How full a resource is in a month. Its column is called `level` too, as is that of the tree, so their words must not be the same."""
VERDICTS: dict[str, Message] = {
    "release": message("release"),
    "release_up_to": message("release a part"),
    "hold": message("hold"),
    "later": message("later"),
}
LIMITS: dict[str, Message] = {"valid": message("valid"), "expired": message("expired"), "missing": message("missing"), "left": message("no longer supplied")}
REVIEWS: dict[str, Message] = {
    "missing": message("no limit"),
    "expired": message("limit has ended"),
    "due": message("review is due"),
    "ending": message("limit ends soon"),
}
COUNTS: dict[str, Message] = {
    "never": message("never counted"),
    "overdue": message("overdue"),
    "soon": message("soon due"),
    "counted": message("counted"),
}
RECIPES: dict[str, Message] = {
    "complete": message("can be built"),
    "missing": message("lacks material"),
    "withdrawn": message("withdrawn"),
    "material_withdrawn": message("uses a withdrawn material"),
    "circular": message("leads back to itself"),
}
DEAD_CAUSES: dict[str, Message] = {
    "damaged": message("damaged"),
    "expired": message("expired"),
    "all_withdrawn": message("all its products are withdrawn"),
    "mate_missing": message("another material is lacking"),
    "no_recipe": message("in no recipe"),
    "unsold": message("not sold"),
    "replaced": message("replaced by an upgrade"),
    "tactical": message("left over from a tactical product"),
    "dealer_special": message("developed for one dealer"),
    "other": message("other"),
}
_UNITS: dict[Message, tuple[str, ...]] = {
    message("hours"): ("hours", "hour", "h", "小时", "工时", "часы", "час", "ч"),
    message("minutes"): ("minutes", "minute", "min", "分钟", "минуты", "мин"),
    message("days"): ("days", "day", "天", "дни", "дн"),
    message("litres"): ("litres", "liters", "litre", "liter", "l", "升", "литры", "литр", "л"),
    message("kilograms"): ("kilograms", "kg", "千克", "公斤", "килограммы", "кг"),
    message("tonnes"): ("tonnes", "tons", "tonne", "t", "吨", "тонны", "т"),
    message("pcs"): ("pieces", "piece", "pcs", "pc", "件", "штуки", "шт"),
}
UNITS: dict[str, Message] = {word: said for said, words in _UNITS.items() for word in words}
"""Units of resources and goods as files write them; any other is shown as it was loaded."""
DEVIATIONS: dict[str, Message] = {"forecast_errors": message("forecast errors"), "demand": message("the demand")}
SAFETY_RULES: dict[str, Message] = {"normal": message("normal"), "intermittent": message("intermittent")}
TIERS: dict[str, Message] = {"unrated": message("not rated")}
ACTIONS: dict[str, Message] = {"open": message("open"), "done": message("done"), "dropped": message("dropped")}
DECISION_STATES: dict[str, Message] = {
    "open": message("waits"),
    "decided": message("decided"),
    "deferred": message("deferred"),
    "refused": message("turned down"),
}
PROMISE_VERDICTS: dict[str, Message] = {
    "kept": message("kept"),
    "missed": message("missed"),
    "unknown": message("the data do not say"),
    "not_yet": message("the month is not over"),
}
SEVERITIES: dict[str, Message] = {
    "error": message("stops publication"),
    "tell": message("worth knowing"),
    "attention": message("attention"),
    "critical": message("critical"),
}


def named(view: View, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with its codes said; columns that hold none are left as they are."""
    said: dict[str, Callable[[str], str]] = {
        "place_kind": lambda kind: forms.value("locations", "kind", kind, view.language),
        "level": lambda level: say({**GRAINS, **LOADS}.get(level, Message(level)), view.language),
        "status": lambda status: say(STATUS_WORDS.get(status, Message(status)), view.language),
        "lost_cause": lambda cause: say(CAUSES.get(cause, Message(cause)), view.language),
        "class": lambda name: say(CLASS_NAMES.get(name, Message(name)), view.language),
        "cause": lambda cause: say(DEAD_CAUSES.get(cause, Message(cause)), view.language),
        "severity": lambda severity: say(SEVERITIES.get(severity, Message(severity)), view.language),
        "verdict": lambda verdict: say(VERDICTS.get(verdict, Message(verdict)), view.language),
        "decision": lambda decision: say(VERDICTS.get(decision, Message(decision)), view.language),
        "limit_status": lambda status: say(LIMITS.get(status, Message(status)), view.language),
        "review_why": lambda why: say(REVIEWS.get(why, Message(why)), view.language),
        "change_reason": lambda reason: forms.value("order_changes", "reason", reason, view.language),
        "top_reason": lambda reason: forms.value("order_changes", "reason", reason, view.language),
        "asked_by": lambda who: forms.value("order_changes", "asked_by", who, view.language),
        "deviation_from": lambda of: say(DEVIATIONS.get(of, Message(of)), view.language),
        "safety_rule": lambda rule: say(SAFETY_RULES.get(rule, Message(rule)), view.language),
        "tier": lambda tier: say(TIERS.get(tier, Message(tier)), view.language),
        "reached": lambda tier: say(TIERS.get(tier, Message(tier)), view.language),
        "state": lambda state: say(ACTIONS.get(state, Message(state)), view.language),
        "decision_state": lambda state: say(DECISION_STATES.get(state, Message(state)), view.language),
        "promise_verdict": lambda verdict: say(PROMISE_VERDICTS.get(verdict, Message(verdict)), view.language),
        "count_state": lambda state: say(COUNTS.get(state, Message(state)), view.language),
        "recipe_state": lambda state: say(RECIPES.get(state, Message(state)), view.language),
        "quadrant": lambda quadrant: say(QUADRANT_WORDS.get(quadrant, Message(quadrant)), view.language),
        "line_verdict": lambda verdict: say(VERDICT_WORDS.get(verdict, Message(verdict)), view.language),
        "stage": lambda stage: say(STAGE_WORDS.get(stage, Message(stage)), view.language),
        "xyz_mark": lambda mark: say(MARK_WORDS.get(mark, Message(mark)), view.language),
        "policy": lambda policy: say(POLICIES.get(policy, Message(policy)), view.language),
        "novelty": lambda novelty: say(NOVELTY_WORDS.get(novelty, Message(novelty)), view.language),
        "made_by": lambda maker: forms.value("products", "made_by", maker, view.language),
        "unit": lambda unit: say(UNITS[word], view.language) if (word := unit.strip().rstrip(".").lower()) in UNITS else unit,
        "audit_severity": lambda severity: say(SEVERITIES.get(severity, Message(severity)), view.language),
    }
    if "table_name" in frame.columns:
        frame = _tables_and_columns(view, frame)
    for name, words in said.items():
        if name in frame.columns:
            values = {value: words(value) for value in frame[name].drop_nulls().unique()}
            frame = frame.with_columns(pl.col(name).cast(pl.String).replace_strict(values, default=None, return_dtype=pl.String))
    return frame


def _tables_and_columns(view: View, frame: pl.DataFrame) -> pl.DataFrame:
    labels = forms.labels(view.language)
    if "column_name" in frame.columns:
        pairs = frame.select("table_name", "column_name").rows()
        known = {table: forms.columns(table, view.language) for table in {table for table, _ in pairs} if table in labels}
        frame = frame.with_columns(pl.Series("column_name", [known.get(table, {}).get(column, column) for table, column in pairs], dtype=pl.String))
    for said in {"reason", "said"}.intersection(frame.columns):
        frame = frame.with_columns(pl.Series(said, _in_words(view, frame["table_name"].to_list(), frame[said].to_list()), dtype=pl.String))
    return frame.with_columns(pl.Series("table_name", [labels.get(table, table) for table in frame["table_name"]], dtype=pl.String))


def _in_words(view: View, tables: list[str | None], kept: list[str | None]) -> list[str | None]:
    """Kept sentences about input tables, with the tables and columns in them by the names that the reader knows."""
    words = {
        (table, said): None if said is None else forms.in_words(Message.from_json(said), table, view.language).to_json()
        for table, said in set(zip(tables, kept, strict=True))
    }
    return [words[pair] for pair in zip(tables, kept, strict=True)]
