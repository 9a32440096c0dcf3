"""The withdrawal gate: which positions are candidates and why, and what it would do to take some of them out."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from engine.answers import flows
from engine.answers.answer import Answer
from engine.answers.assortment import decided, gates
from engine.answers.assortment.reviewed import positions_of, review_of
from engine.answers.assortment.standing import Standing
from engine.answers.assortment.withdrawal_tables import COLUMNS, CONTRACTS, DEALERS, PROTECTED
from engine.answers.gathering import EVERYBODY
from engine.answers.measured import Measured
from engine.answers.meeting import cycles
from engine.answers.periods import Window, first_of, following, last_day, year_to
from engine.answers.picking import Pick, pick_of
from engine.answers.source import Source, remembered
from engine.assortment import withdrawal as formulas
from engine.assortment.stages import STAGE_WORDS
from engine.assortment.windows import next_day_of
from engine.assortment.withdrawal import Sister
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

PRODUCTS = Pick(kind="product", items=None, dealers=None, places=None, shipped_from=None, own_only=True)
NO_SALES = message("Nothing was sold in the review, so there is no margin.")
NOT_SELLING = message("Nothing sells, so nobody can say how long the stock lasts.")
GROUNDS: dict[str, Message] = {
    "is_low_margin": message("margin under the limit"), "is_decline": message("in decline"), "is_unsold": message("no sales"),
}  # fmt: skip
NEEDED = ("products", "sales", "stock")
KEY = " · "


def withdrawal_candidates(warehouse: Any, selection: Selection, scope: Scope) -> Answer:
    """The positions that speak for their withdrawal at the next gate (COLUMNS), the recommended first, then the most stock.

    extra: `protected` (PROTECTED: what would be a candidate and is too young). facts: gate_on, window (ReviewWindow), measures, frozen_on.
    Raises NotAllowed for who sees a part of the company.
    """
    cycles.of_the_company(scope)
    answer: Answer = _withdrawal_candidates(warehouse, selection, scope)
    return answer


@remembered
def _withdrawal_candidates(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = selection.as_of or last_day(source)
    gate_on = next_day_of(source.settings["withdrawal_gate_days"], as_of)
    standing = review_of(source, selection.as_of)
    weighed = _weighed(source, standing, gate_on)
    items = pick_of(source, selection, scope).items
    chosen = weighed.filter("is_candidate" if items is None else pl.col("is_candidate") & pl.col("sku").is_in(items))
    frame = _with_effects(source, standing, chosen, weighed, as_of).sort(
        "is_recommended", "stock_value", "sphere", "sku", descending=[True, True, False, False], nulls_last=True
    )
    return Answer(
        name="withdrawal_candidates",
        headline=_headline(frame, gate_on),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        missing=tuple(table for table in NEEDED if not source.has(table)),
        notes=(
            message("The limit is taken strictly and without rounding: a margin of exactly 5 % is no candidate."),
            message("What buyers replace by a product like it is a guess, so the lost margin has three figures; the share that is replaced is a setting."),
        ),
        extra={"protected": _protected(weighed)},
        facts={"gate_on": gate_on, "window": standing.window, "measures": _measures(frame), "frozen_on": as_of},
        scope=scope,
        selection=selection,
    )


def _weighed(source: Source, standing: Standing, gate_on: date) -> pl.DataFrame:
    """Every position that still stands, with what speaks for its withdrawal; what already leaves by a decision is left out."""
    gone = decided.leaving(source).select("sphere", "sku")
    here = positions_of(standing).join(gone, on=["sphere", "sku"], how="anti", maintain_order="left")
    settings = source.settings
    return formulas.candidates(here, gate_on, float(settings["withdrawal_margin_share"]), int(settings["withdrawal_protected_months"]))


def _protected(weighed: pl.DataFrame) -> pl.DataFrame:
    speaks = pl.col("is_low_margin") | pl.col("is_decline") | pl.col("is_unsold")
    return weighed.filter(speaks & pl.col("is_protected")).select(column.name for column in PROTECTED).sort("protected_until", "sphere", "sku")


def _with_effects(source: Source, standing: Standing, chosen: pl.DataFrame, everything: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The chosen positions with stock, days to sell it, lost margin, dealers, contracts and orders: all of COLUMNS."""
    review = Window(standing.window.first, standing.window.last)
    facts = _facts(source, review, as_of)
    spheres = everything.group_by("sku").agg((pl.len() - 1).cast(pl.Int64).alias("spheres_left"))
    found = chosen.join(facts, on="sku", how="left", maintain_order="left").join(spheres, on="sku", how="left", maintain_order="left")
    found = found.with_columns(pl.col(name).fill_null(0.0) for name in ("stock_qty", "stock_value", "sold_qty", "contract_qty", "order_qty"))
    lost = pl.DataFrame(_lost(source, found, everything), schema=dict.fromkeys(("lost_low_margin", "lost_base_margin", "lost_high_margin"), pl.Float64))
    days = [formulas.days_to_sell(stock, sold / review.days) for stock, sold in found.select("stock_qty", "sold_qty").iter_rows()]
    only = _only_dealers(source, review, found["sku"].to_list())
    said = {code: words.to_json() for code, words in STAGE_WORDS.items()}
    return found.with_columns(
        *lost.get_columns(), pl.Series("sell_days", days, dtype=pl.Float64), pl.Series("grounds", _grounds(found), dtype=pl.String),
        pl.Series("only_dealers", [only.get(sku, 0) for sku in found["sku"]], dtype=pl.Int64),
        pl.col("turnover").alias("turnover_value"), pl.col("margin").alias("margin_value"),
        pl.col("stage").replace_strict(said, default=None, return_dtype=pl.String).alias("life_stage"),
        pl.when(pl.col("margin_share").is_null()).then(pl.lit(NO_SALES.to_json())).alias("margin_share_why"),
    ).with_columns(pl.when(pl.col("sell_days").is_null()).then(pl.lit(NOT_SELLING.to_json())).alias("sell_days_why"))  # fmt: skip


def _grounds(found: pl.DataFrame) -> list[str]:
    """What speaks for each, in the order of GROUNDS, as one message."""
    said = list(GROUNDS.values())
    return [
        message("{grounds}", grounds=tuple(words for words, speaks in zip(said, row, strict=True) if speaks)).to_json()
        for row in found.select(GROUNDS.keys()).iter_rows()
    ]


def _facts(source: Source, review: Window, as_of: date) -> pl.DataFrame:
    """By product of the whole company: stock, pieces sold in the review, margin of a year, open contracts and orders."""
    whole = source.whole
    stock = flows.stock_at(whole, as_of, PRODUCTS, False).group_by("item_id").agg(pl.col("stock_qty", "stock_value").sum()).rename({"item_id": "sku"})
    sold = flows.sales_in(whole, [review, year_to(as_of)], EVERYBODY, [flows.ITEM])
    sold = sold.with_columns(whole.of_items(sold[flows.ITEM], "item_id").alias("sku"))
    of_review = sold.filter(pl.col("window_no") == 0).group_by("sku").agg(pl.col("qty").sum().alias("sold_qty"), pl.col("net_value").sum().alias("_sold_value"))
    of_year = sold.filter(pl.col("window_no") == 1).group_by("sku").agg((pl.col("net_value").sum() - pl.col("cost_value").sum()).alias("year_margin"))
    contracts = open_contracts(source, as_of).filter(pl.col("sku").is_not_null()).group_by("sku").agg(pl.col("open_qty").sum().alias("contract_qty"))
    orders = whole.read("open_orders_items").select("sku", pl.col("open_qty").cast(pl.Float64).alias("order_qty"))
    found = stock
    for part in (of_review, of_year, contracts, orders):
        found = found.join(part, on="sku", how="full", coalesce=True)
    return found


def open_contracts(source: Source, as_of: date) -> pl.DataFrame:
    """contract_id, sku, line_id, month, open_qty: what is agreed for the months ahead and not delivered."""
    rows = source.whole.read("contracts_from", from_month=following(first_of(as_of)))
    rest = (pl.col("agreed_qty") - pl.col("delivered_qty").fill_null(0.0)).clip(lower_bound=0.0)
    return rows.with_columns(rest.alias("open_qty")).filter(pl.col("open_qty") > 0).select("contract_id", "sku", "line_id", "month", "open_qty")


def _lost(source: Source, chosen: pl.DataFrame, everything: pl.DataFrame) -> list[dict[str, float | None]]:
    """Margin of a year that goes with each, less what sisters catch; sisters are of its group and sphere and are not chosen themselves."""
    low, base, high = source.settings["withdrawal_caught_share"][0]
    shares = {"low": float(low), "base": float(base), "high": float(high)}
    stays = everything.join(chosen.select("sphere", "sku"), on=["sphere", "sku"], how="anti")
    by_group: dict[tuple[str, str], list[tuple[str, str, float | None]]] = {}
    for sphere, group, line, sku, price in stays.select("sphere", "product_group", "line_id", "sku", "list_price").iter_rows():
        by_group.setdefault((sphere, group), []).append((line, sku, price))
    rows: list[dict[str, float | None]] = []
    for row in chosen.iter_rows(named=True):
        sisters = [Sister(sku, price, line == row["line_id"]) for line, sku, price in by_group.get((row["sphere"], row["product_group"]), [])]
        share = row["turnover"] / row["_sold_value"] if row["_sold_value"] and row["turnover"] else 1.0
        found = formulas.margin_lost((row["year_margin"] or 0.0) * min(1.0, max(0.0, share)), shares, row["list_price"], sisters)
        rows.append({f"lost_{name}_margin": found[name] for name in ("low", "base", "high")})
    return rows


def _bought(source: Source, review: Window) -> pl.DataFrame:
    """dealer_id, sku, turnover of the review."""
    whole = source.whole
    found = flows.sales_in(whole, [review], EVERYBODY, [flows.ITEM, "dealer_id"])
    named = found.with_columns(whole.of_items(found[flows.ITEM], "item_id").alias("sku"))
    return named.filter(pl.col("dealer_id").is_not_null()).group_by("dealer_id", "sku").agg(pl.col("net_value").sum().alias("turnover"))


def _only_dealers(source: Source, review: Window, skus: Sequence[str]) -> dict[str, int]:
    """Product -> how many dealers bought nothing else in the review."""
    bought = _bought(source, review).filter(pl.col("turnover") > 0)
    single = bought.group_by("dealer_id").agg(pl.col("sku").first(), pl.len().alias("n")).filter((pl.col("n") == 1) & pl.col("sku").is_in(list(skus)))
    return dict(single.group_by("sku").agg(pl.len()).iter_rows())


def _measures(frame: pl.DataFrame) -> tuple[Measured, ...]:
    return (
        Measured(message("Candidates"), float(frame.height), "count"),
        Measured(message("Recommended"), float(frame["is_recommended"].sum()), "count"),
        Measured(message("Their stock at cost"), float(frame.unique("sku")["stock_value"].sum()), "money"),
        Measured(message("Their margin of the review"), float(frame["margin_value"].sum()), "money"),
    )


def _headline(frame: pl.DataFrame, gate_on: date) -> Message:
    if frame.is_empty():
        return message("Nothing speaks for a withdrawal at the gate of {gate_on}.", gate_on=gate_on)
    recommended = frame.filter("is_recommended")
    return plural(
        "{n} product is a candidate for withdrawal on {gate_on}, {n_recommended} of them recommended; they hold {stock_money} of stock.",
        "{n} products are candidates for withdrawal on {gate_on}, {n_recommended} of them recommended; they hold {stock_money} of stock.",
        n=frame.height, gate_on=gate_on, n_recommended=recommended.height, stock_money=float(frame.unique("sku")["stock_value"].sum()),
    )  # fmt: skip


# ── what it would do to take some of them out ────────────────────────────────────────────────────────────────────────────


def keys_of(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """By what `effects` is told positions: `sphere · sku`."""
    return tuple(f"{row['sphere']}{KEY}{row['sku']}" for row in rows)


def effects(warehouse: Any, selection: Selection, scope: Scope, *chosen: str) -> Answer:
    """What the withdrawal of some positions together would do. chosen: `sphere · sku` each; any position that still stands, candidate or not.

    frame: the positions (COLUMNS). extra: `lines` (LINES: lines that lose some), `dealers` (DEALERS: who buys nothing else), `contracts` (CONTRACTS, of the
    products and of lines that go whole). facts: stock_value, stock_qty, sell_days (of the slowest, None = one does not sell), lost_low_margin,
    lost_base_margin, lost_high_margin, gate_on, deadline (proposed), as_of, short_lines, dealers_n, contract_qty.
    """
    cycles.of_the_company(scope)
    answer: Answer = _effects(warehouse, selection, scope, chosen)
    return answer


@remembered
def _effects(source: Source, selection: Selection, scope: Scope, chosen: tuple[str, ...]) -> Answer:
    as_of = selection.as_of or last_day(source)
    gate_on = next_day_of(source.settings["withdrawal_gate_days"], as_of)
    standing = review_of(source, selection.as_of)
    everything = _weighed(source, standing, gate_on)
    picked = everything.filter((pl.col("sphere") + KEY + pl.col("sku")).is_in(list(chosen)))
    frame = _with_effects(source, standing, picked, everything, as_of).sort("stock_value", "sphere", "sku", descending=[True, False, False])
    frame = _spheres_after(frame)
    lines = formulas.lines_left(everything, picked, int(source.settings["line_least_skus"]))
    dealers = _sole_dealers(source, standing, frame)
    contracts = _contracts(source, as_of, frame, lines)
    figures = _figures(frame, lines, dealers, contracts) | {
        "gate_on": gate_on, "as_of": as_of, "deadline": gate_on + timedelta(int(source.settings["run_off_days"])),
    }  # fmt: skip
    return Answer(
        name="withdrawal_effects",
        headline=_effect_said(frame, figures),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        extra={"lines": lines, "dealers": dealers, "contracts": contracts},
        facts=figures,
        scope=scope,
        selection=selection,
    )


def _spheres_after(frame: pl.DataFrame) -> pl.DataFrame:
    """In how many spheres a product stays once all of the chosen positions are out."""
    return frame.with_columns((pl.col("spheres_left") + 1 - pl.len().over("sku")).cast(pl.Int64).alias("spheres_left"))


def _sole_dealers(source: Source, standing: Standing, frame: pl.DataFrame) -> pl.DataFrame:
    """Dealers who bought nothing but what leaves its last sphere."""
    leaving = frame.filter(pl.col("spheres_left") == 0)["sku"].to_list()
    found = formulas.only_buyers(_bought(source, Window(standing.window.first, standing.window.last)), leaving).rename({"turnover": "net_value"})
    return found.join(source.dealers.select("dealer_id", "dealer_name"), on="dealer_id", how="left").select(column.name for column in DEALERS)


def _contracts(source: Source, as_of: date, frame: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Open contracts on the products, and on lines that go whole."""
    gone = lines.filter("is_gone")["line_id"].to_list()
    rows = open_contracts(source, as_of)
    mine = rows.filter(pl.col("sku").is_in(frame["sku"].to_list()) | (pl.col("sku").is_null() & pl.col("line_id").is_in(gone)))
    summed = mine.group_by("contract_id", pl.coalesce("sku", "line_id").alias("what")).agg(
        pl.col("open_qty").sum(), pl.col("month").min().alias("first_month"), pl.col("month").max().alias("last_month")
    )
    return summed.select(column.name for column in CONTRACTS).sort("open_qty", "contract_id", "what", descending=[True, False, False])


def _figures(frame: pl.DataFrame, lines: pl.DataFrame, dealers: pl.DataFrame, contracts: pl.DataFrame) -> dict[str, Any]:
    goods = frame.filter(pl.col("spheres_left") == 0).unique("sku")
    is_known = goods["sell_days"].null_count() == 0
    slowest: Any = goods["sell_days"].max()
    return {
        "stock_value": float(goods["stock_value"].sum()), "stock_qty": float(goods["stock_qty"].sum()),
        "sell_days": float(slowest) if is_known and slowest is not None else None,
        **{name: float(frame[name].sum()) for name in ("lost_low_margin", "lost_base_margin", "lost_high_margin")},
        "short_lines": int(lines["is_short"].sum()), "dealers_n": dealers.height, "contract_qty": float(contracts["open_qty"].sum()),
    }  # fmt: skip


def _effect_said(frame: pl.DataFrame, figures: Mapping[str, Any]) -> Message:
    if frame.is_empty():
        return message("No product is chosen.")
    if figures["lost_base_margin"] < 0:
        return plural(
            "{n} product out: {stock_money} of stock to sell off; a loss of {ended_money} a year ends.",
            "{n} products out: {stock_money} of stock to sell off; a loss of {ended_money} a year ends.",
            n=frame.height, stock_money=figures["stock_value"], ended_money=-figures["lost_base_margin"],
        )  # fmt: skip
    return plural(
        "{n} product out: {stock_money} of stock to sell off, {lost_money} of margin lost a year ({low_money} to {high_money}).",
        "{n} products out: {stock_money} of stock to sell off, {lost_money} of margin lost a year ({low_money} to {high_money}).",
        n=frame.height, stock_money=figures["stock_value"], lost_money=figures["lost_base_margin"], low_money=figures["lost_low_margin"],
        high_money=figures["lost_high_margin"],
    )  # fmt: skip


def begin(home: str, effect: Answer, who: Scope, version: int | None, gate_on: date | None = None) -> gates.Decision:
    """Draft a withdrawal of what `effects` was asked about, with its figures frozen as they stand. gate_on: the day of the decision, else of the next gate."""
    return gates.draft(home, "withdrawal", gate_on or effect.facts["gate_on"], effect.frame, effect.facts, who, version)
