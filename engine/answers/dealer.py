"""Everything about one dealer: its stock, what it bought and sold on, what it should order, credit, scorecard, profit, changes, actions."""

from datetime import date
from typing import Any

import polars as pl

from engine.answers import actions, channel, credit, plan_changes, scorecard
from engine.answers.answer import Answer, Column
from engine.answers.dealer_desk import NEEDED, desk_rows
from engine.answers.dealer_profit import profit_months, profits
from engine.answers.measured import Measured
from engine.answers.periods import Window, last_day, months_before, year_to
from engine.answers.picking import pick_of
from engine.answers.scorecard_tables import contributions_of, lever_said, unrated_said
from engine.answers.source import Source, remembered
from engine.answers.statuses import STATUS_WORDS
from engine.dealers import scorecard as formulas
from engine.errors import BadUse
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

MONTHS = 13
COLUMNS = (
    Column("sku", message("Product"), "code"),
    Column("item_name", message("Name"), "text"),
    Column("standing", message("Status"), "message"),
    Column("on_hand_qty", message("On hand"), "qty"),
    Column("in_transit_qty", message("Under way"), "qty"),
    Column("days_of_supply", message("On hand lasts"), "days", "band"),
    Column("low_days", message("Reorder point"), "days"),
    Column("high_days", message("Objective"), "days"),
    Column("order_qty", message("Suggested order"), "qty"),
    Column("order_value", message("Suggested order, at the price paid"), "money"),
    Column("at_risk_value", message("Sales at risk"), "money", "down"),
    Column("excess_value", message("Excess, at cost"), "money", "down"),
    Column("counted_on", message("Last report"), "date"),
    Column("remark", message("Remark"), "message"),
)
REVIEW_COLUMNS = (Column("dealer_id", message("Dealer"), "code"), *actions.COLUMNS)


def dealer(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """One dealer: the one that `where` names, else the first that may be seen; its positions, most money first (COLUMNS).

    extra: `months` (month, bought, sold_on: pieces), `contributions`, `levers`, `history` (of its scorecard), `gates`, `actions`, `reviews`.
    facts: `dealer_id`, `dealer`, `desk`, `credit`, `profit`, `changes`, `score` (rows as dicts, or None), `profit_months`, `order_value`, `measures`.
    """
    answer: Answer = _dealer(warehouse, selection, scope)
    return answer


def review(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """The review sheet of one dealer: what `dealer` says, with the agreed actions as its table, open ones first (REVIEW_COLUMNS)."""
    answer: Answer = _review(warehouse, selection, scope)
    return answer


def chosen_dealer(source: Source, selection: Selection, scope: Scope) -> dict[str, Any]:
    """The dealer that is asked for, as `Source.dealers` has it. Raises BadUse for one that the data do not know or that may not be seen."""
    seen = source.dealers
    if not scope.sees_all:
        seen = seen.filter(pl.col("dealer_id").is_in(pick_of(source, Selection(), scope).dealers or []))
    named = selection.allowed("dealer_id")
    found = seen.head(1) if named is None else seen.filter(pl.col("dealer_id").is_in(list(named))).head(1)
    if found.is_empty():
        unknown = message("None of the dealers is yours to see.") if not scope.sees_all else message("No dealer is loaded.")
        raise BadUse(message("There is no dealer “{dealer}”.", dealer=", ".join(named)) if named else unknown)
    return found.row(0, named=True)


@remembered
def _dealer(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = selection.as_of or last_day(source)
    one = chosen_dealer(source, selection, scope)
    code = str(one["dealer_id"])
    only = Selection(selection.as_of, selection.first, selection.last, (), (("dealer_id", (code,)),), selection.compare)
    placed, desk = desk_rows(source, as_of, only, scope)
    desk_row = desk.row(0, named=True) if desk.height else None
    facts = {
        "dealer_id": code, "dealer": one, "desk": desk_row, "credit": _first(credit.exposures(source, as_of, scope, only)),
        "profit": _profit(source, only, scope), "changes": _changes(source, as_of, only, scope), "score": _first(scorecard.scores(source, as_of, scope, only)),
        "profit_months": profit_months(source, only), "order_value": float(placed["order_value"].sum() or 0.0) if placed.height else None,
    }  # fmt: skip
    return Answer(
        name="dealer",
        headline=_headline(one, desk_row),
        frame=_rows(source, placed),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        missing=tuple(table for table in NEEDED if not source.has(table)),
        extra={"months": _months(source, as_of, only, scope), "actions": actions.of_dealer(source, code, as_of), "reviews": actions.reviews_of(source, code)}
        | _card(source, as_of, code),
        facts=facts | {"measures": _measures(facts)},
        scope=scope,
        selection=only,
    )


@remembered
def _review(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = selection.as_of or last_day(source)
    whole = _dealer_of(source, selection, scope)
    agreed = whole.extra["actions"]
    open_ones, late = agreed.filter(pl.col("state") == "open").height, int(agreed["is_late"].sum() or 0)
    name, score = whole.facts["dealer"]["dealer_name"] or whole.facts["dealer_id"], whole.facts["score"]
    if score is None or score["score"] is None:
        said = plural(
            "{name}: not rated; {n} action is open, {late_n} late.",
            "{name}: not rated; {n} actions are open, {late_n} late.",
            n=open_ones,
            name=name,
            late_n=late,
        )
    else:
        said = plural(
            "{name}: tier {tier}, {score} points; {n} action is open, {late_n} late.",
            "{name}: tier {tier}, {score} points; {n} actions are open, {late_n} late.",
            n=open_ones, name=name, tier=score["tier"], score=score["score"], late_n=late,
        )  # fmt: skip
    return Answer(
        "review", said, agreed.select(column.name for column in REVIEW_COLUMNS), REVIEW_COLUMNS, source.version, as_of, missing=whole.missing,
        extra=whole.extra, facts=whole.facts, scope=scope, selection=whole.selection,
    )  # fmt: skip


def _dealer_of(source: Source, selection: Selection, scope: Scope) -> Answer:
    """The answer on the dealer, asked from inside: the same source, nothing pinned twice."""
    answer: Answer = _dealer.__wrapped__(source, selection, scope)  # type: ignore[attr-defined]
    return answer


def _first(frame: pl.DataFrame) -> dict[str, Any] | None:
    return frame.row(0, named=True) if frame.height else None


def _rows(source: Source, placed: pl.DataFrame) -> pl.DataFrame:
    named = placed.join(source.items.select(pl.col("item_id").alias("sku"), "item_name"), on="sku", how="left", maintain_order="left")
    words = {status: said.to_json() for status, said in STATUS_WORDS.items()}
    said = pl.col("status").cast(pl.String).replace_strict(words, default=None, return_dtype=pl.String).alias("standing")
    money = pl.sum_horizontal(pl.col("at_risk_value").fill_null(0.0), pl.col("excess_value").fill_null(0.0)).alias("_money")
    return named.with_columns(said, money).sort("_money", "sku", descending=[True, False]).select(column.name for column in COLUMNS)


def _months(source: Source, as_of: date, only: Selection, scope: Scope) -> pl.DataFrame:
    loads = channel.channel_load(source, as_of, scope, only).sort("month").tail(MONTHS)
    return loads.select("month", pl.col("sell_in_qty").alias("bought"), pl.col("sell_through_qty").alias("sold_on"), "channel_load")


def _profit(source: Source, only: Selection, scope: Scope) -> dict[str, Any] | None:
    return _first(profits(source, profit_months(source, only), scope, only)) if source.has("dealer_mix") else None


def _changes(source: Source, as_of: date, only: Selection, scope: Scope) -> dict[str, Any] | None:
    """A year's plan changes of the dealer; what is usual is reckoned over all dealers of the company."""
    if not source.has("order_changes"):
        return None
    year: Window = year_to(as_of)
    return _first(plan_changes.changed(source, year.first.replace(day=1), year.last, scope, only))


def _card(source: Source, as_of: date, code: str) -> dict[str, pl.DataFrame]:
    """The scorecard of the dealer: contributions, levers, history, gates."""
    found = scorecard.card(source, as_of)
    now = found.rows.filter(pl.col("month") == found.newest, pl.col("dealer_id") == code)
    levers = formulas.levers(now, found.gaps()).join(found.gaps(), on=["dealer_id", "month"])
    said = [lever_said(row) for row in levers.iter_rows(named=True)]
    return {
        "contributions": contributions_of(found, [code]),
        "levers": levers.select("measure", pl.Series("said", said, dtype=pl.String), "is_enough"),
        "history": scorecard.history_of(found, [code]).filter(pl.col("month") >= months_before(found.newest, MONTHS - 2)),
        "gates": scorecard.gates_of(found, [code]),
    }


def _measures(facts: dict[str, Any]) -> tuple[Measured, ...]:
    desk, owed, score, earned = (facts[name] or {} for name in ("desk", "credit", "score", "profit"))
    why_unrated = Message.from_json(unrated_said(score) or "") if score and score.get("score") is None else None
    return (
        Measured(message("Score"), score.get("score"), "score", message("Tier {tier}, place {place_n} of {peers_n} among its peers.",
                 tier=score.get("tier"), place_n=score.get("peer_rank"), peers_n=score.get("peers")), why_unrated),
        Measured(message("Days of supply"), desk.get("days_of_supply"), "days",
                 message("Working days; its band reaches from {low_days} to {high_days}.", low_days=desk.get("low"), high_days=desk.get("high")), _why(desk)),
        Measured(message("Channel load"), desk.get("channel_load"), "ratio", message("Bought ÷ sold on, over three months.")),
        Measured(message("Suggested order"), desk.get("order_value"), "money", message("At the price paid, of all products.")),
        Measured(message("Overdue"), owed.get("overdue_value"), "money",
                 message("Of {owed_money} that the dealer owes.", owed_money=owed.get("receivable_value"))),
        Measured(message("Dealer's profit"), earned.get("net_profit"), "money", message("Net, over the months that it reported.")),
    )  # fmt: skip


def _why(desk: dict[str, Any]) -> Message | None:
    kept = desk.get("days_of_supply_why")
    return Message.from_json(kept) if kept else None


def _headline(one: dict[str, Any], desk: dict[str, Any] | None) -> Message:
    name = one["dealer_name"] or one["dealer_id"]
    if desk is None:
        if one["status"] == "ended":
            return message("{name} is no longer supplied.", name=name)
        return message("{name} buys nothing from us at present.", name=name)
    if desk["stock_value"] is None:
        return message("{name} has never reported its stock.", name=name)
    if desk["is_stuffed"]:
        return message("{name} is stuffed: it buys {load_ratio} times what it sells on, and {over_money} lie above its objective.", name=name,
                       load_ratio=desk["channel_load"], over_money=desk["over_value"])  # fmt: skip
    if desk["out_count"]:
        return plural(
            "{name} runs out of {n} product; {risk_money} of sales are at risk.", "{name} runs out of {n} products; {risk_money} of sales are at risk.",
            n=desk["out_count"], name=name, risk_money=desk["out_value"],
        )  # fmt: skip
    return message("{name} has all its products in stock; they last {cover_days} working days.", name=name, cover_days=desk["days_of_supply"])
