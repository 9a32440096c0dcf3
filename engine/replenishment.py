"""How much to order and when: the inventory control objective (ICO), the suggested order, and how a position stands. Pure formulas.

Days are working days throughout, quantities pieces. Everything takes polars expressions and gives expressions, so that a million
positions are reckoned at once; unknown stays null. Source: I7; course p. 102–105; cases T5 and T5b.
"""

from collections.abc import Sequence
from types import MappingProxyType

import polars as pl

STATUSES = ("out", "out_before_arrival", "below", "excess", "above", "fine", "no_demand")
"""How a position may stand, the most urgent first."""

SEVERITY = MappingProxyType({"out": "critical", "out_before_arrival": "critical", "below": "attention", "excess": "attention"})
_DUST = 1e-9
"""What is left of a quantity by the rounding of floating point counts as nothing: 12 pieces are one pack of 12, not two."""


def out_of_stock_share(covered_days: pl.Expr, in_stock_days: pl.Expr, sold: pl.Expr) -> pl.Expr:
    """Share of the working days on which the article was not there to be bought; null where nobody kept count, or where it sold without ever
    being there: then it goes straight through the place, and its days in stock say nothing of its demand."""
    is_through = (in_stock_days <= 0) & (sold > 0)
    return pl.when((covered_days > 0) & ~is_through).then(1.0 - (in_stock_days / covered_days).clip(0.0, 1.0))


def daily_demand(sold: pl.Expr, days: pl.Expr, out_share: pl.Expr, adjustment: pl.Expr, most_out_share: float) -> pl.Expr:
    """Forecast of a working day: past daily mean ÷ (1 − out-of-stock share) × adjustment; never below zero.

    sold: net quantity of the window. days: its working days, stock or no stock. out_share: null counts as 0. A share above most_out_share
    is not believed in full, because dividing by nearly nothing makes a mountain of a single sale. No days: null.
    """
    there = 1.0 - out_share.fill_null(0.0).clip(0.0, most_out_share)
    return pl.when(days > 0).then((sold.fill_null(0.0) / days / there * adjustment).clip(lower_bound=0.0))


def safety_days(interval: pl.Expr, lead: pl.Expr, safety_share: pl.Expr) -> pl.Expr:
    """Days kept for safety: a share (the course: 10–50 %) of interval + lead time."""
    return (interval + lead) * safety_share


def position(on_hand: pl.Expr, in_transit: pl.Expr, committed: pl.Expr) -> pl.Expr:
    """What one can count on: on hand + under way − promised. Stock below zero is a fault of the books and counts as none."""
    return on_hand.clip(lower_bound=0.0) + in_transit.fill_null(0.0) - committed.fill_null(0.0)


def rounded_up(needed: pl.Expr, pack: pl.Expr, minimum: pl.Expr) -> pl.Expr:
    """What is needed, at least the minimum, in whole packs; nothing where nothing is needed. A pack of 0 or unknown is a single piece."""
    unit = pl.when(pack > 0).then(pack).otherwise(1.0)
    wanted = pl.max_horizontal(needed, minimum.fill_null(0.0))
    return pl.when(needed > _DUST).then((wanted / unit - _DUST).ceil() * unit).otherwise(pl.when(needed.is_not_null()).then(0.0))


def transit_days(lead: pl.Expr, transit_share: float) -> pl.Expr:
    """After how many working days what is under way arrives: nobody says when, so after a share of the lead time."""
    return (lead * transit_share).ceil()


def short_days(available: pl.Expr, in_transit: pl.Expr, daily: pl.Expr, until: pl.Expr, arrives: pl.Expr) -> pl.Expr:
    """Working days without stock from today until a day, if nothing more is ordered and what is under way arrives on day `arrives`."""
    first = pl.min_horizontal(arrives, until)
    gap_before = (first - available / daily).clip(lower_bound=0.0)
    left = (available - daily * first).clip(lower_bound=0.0) + in_transit.fill_null(0.0)
    rest = (until - first).clip(lower_bound=0.0)
    gap_after = (rest - left / daily).clip(lower_bound=0.0)
    return pl.when(daily > 0).then(gap_before + gap_after)


def status(on_hand: pl.Expr, place: pl.Expr, daily: pl.Expr, gap: pl.Expr, low: pl.Expr, high: pl.Expr, excess: pl.Expr) -> pl.Expr:
    """How a position stands, one of STATUSES; null where its stock is unknown.

    place: the position in pieces. gap: working days without stock before an order made today would arrive. low, high: reorder point and
    ICO in whole packs. excess: quantity from which stock is excess. Only what is asked for can be out of stock.
    """
    number = {word: pl.lit(place, dtype=pl.UInt8) for place, word in enumerate(STATUSES)}
    judged = (
        pl.when(on_hand.is_null())
        .then(None)
        .when(daily.is_null() | (daily <= 0))
        .then(number["no_demand"])
        .when(on_hand <= 0)
        .then(number["out"])
        .when(gap > _DUST)
        .then(number["out_before_arrival"])
        .when(place < low - _DUST)
        .then(number["below"])
        .when(place > excess + _DUST)
        .then(number["excess"])
        .when(place > high + _DUST)
        .then(number["above"])
        .otherwise(number["fine"])
    )
    return judged.cat.to(pl.Enum(STATUSES))


def positions(frame: pl.DataFrame, *, most_out_share: float, transit_share: float, excess_times: float) -> pl.DataFrame:
    """Everything about each position.

    frame: on_hand_qty, in_transit_qty, committed_qty, sold_qty, days, covered_days, in_stock_days, interval_days, lead_days, safety_share,
           adjustment, pack_qty, min_order_qty, unit_cost, unit_price.
    Adds out_share, daily_qty, safety_days, safety_qty, low_days, high_days (reorder point and ICO as days of demand), low_qty, ico_qty,
    position_qty, days_of_supply (on hand alone), position_days, needed_qty, order_qty, order_value, gap_days, at_risk_qty, at_risk_value
    (sales lost until the order after this one arrives, if this one is not made), excess_value, status, severity.
    """
    col = pl.col
    frame = frame.with_columns(out_of_stock_share(col("covered_days"), col("in_stock_days"), col("sold_qty")).alias("out_share"))
    frame = frame.with_columns(
        daily_demand(col("sold_qty"), col("days"), col("out_share"), col("adjustment"), most_out_share).alias("daily_qty"),
        safety_days(col("interval_days"), col("lead_days"), col("safety_share")).alias("safety_days"),
        position(col("on_hand_qty"), col("in_transit_qty"), col("committed_qty")).alias("position_qty"),
        (col("on_hand_qty").clip(lower_bound=0.0) - col("committed_qty").fill_null(0.0)).clip(lower_bound=0.0).alias("_available"),
    )
    frame = frame.with_columns(
        (col("lead_days") + col("safety_days")).alias("low_days"),
        (col("interval_days") + col("lead_days") + col("safety_days")).alias("high_days"),
        (col("safety_days") * col("daily_qty")).alias("safety_qty"),
    )
    frame = frame.with_columns((col("low_days") * col("daily_qty")).alias("low_qty"), (col("high_days") * col("daily_qty")).alias("ico_qty"))
    arrives = transit_days(col("lead_days"), transit_share)
    has_demand = col("daily_qty") > 0
    frame = frame.with_columns(
        short_days(col("_available"), col("in_transit_qty"), col("daily_qty"), col("lead_days"), arrives).alias("gap_days"),
        (short_days(col("_available"), col("in_transit_qty"), col("daily_qty"), col("lead_days") + col("interval_days"), arrives) * col("daily_qty")).alias(
            "at_risk_qty"
        ),
        (col("ico_qty") - col("position_qty")).clip(lower_bound=0.0).alias("needed_qty"),
        pl.when(has_demand).then(col("on_hand_qty").clip(lower_bound=0.0) / col("daily_qty")).alias("days_of_supply"),
        pl.when(has_demand).then(col("position_qty") / col("daily_qty")).alias("position_days"),
    )
    # An order is rounded up to a whole pack, so a position may rightly stand above its objective by less than one.
    full = rounded_up(col("ico_qty"), col("pack_qty"), pl.lit(0.0))
    beyond = pl.max_horizontal(col("ico_qty") * excess_times, full)
    judged = status(col("on_hand_qty"), col("position_qty"), col("daily_qty"), col("gap_days"), col("low_qty"), full, beyond)
    frame = frame.with_columns(rounded_up(col("needed_qty"), col("pack_qty"), col("min_order_qty")).alias("order_qty"), judged.alias("status"))
    return frame.with_columns(
        (col("order_qty") * col("unit_price")).alias("order_value"),
        (col("at_risk_qty") * col("unit_price")).alias("at_risk_value"),
        _excess_value().alias("excess_value"),
        severity().alias("severity"),
    ).drop("_available")


def severity() -> pl.Expr:
    """How pressing a `status` is, one of the words of SEVERITY; null where it is not."""
    return pl.when(_is("critical")).then(pl.lit("critical")).when(_is("attention")).then(pl.lit("attention"))


def _is(severity: str) -> pl.Expr:
    return pl.col("status").is_in([status for status, found in SEVERITY.items() if found == severity]).fill_null(False)


def _excess_value() -> pl.Expr:
    """Money in what lies beyond the ICO; all of it where nobody asks for it."""
    beyond = (pl.col("position_qty") - pl.col("ico_qty").fill_null(0.0)).clip(lower_bound=0.0)
    beyond = pl.min_horizontal(beyond, pl.col("on_hand_qty").clip(lower_bound=0.0))
    is_over = pl.col("status").is_in(["above", "excess", "no_demand"])
    return pl.when(is_over).then(beyond * pl.col("unit_cost")).otherwise(pl.when(pl.col("status").is_not_null()).then(0.0))


# ── what can be given ────────────────────────────────────────────────────────────────────────────────────────────────────


def fair_shares(frame: pl.DataFrame, wanted: str, available: str, pack: str, *within: str) -> pl.Series:
    """What each order gets where there is not enough for all: as many whole packs as its part of all that is wanted, the packs that are
    left to the largest remainders (of equal ones to the earlier row). Nobody gets more than was wanted.

    wanted, available: quantities (available: the same for all rows of a group, below zero counts as none, null as without limit).
    within: what parts the frame into those who share. Gives a series in the order of the frame; sums never exceed what there is.
    """
    unit = pl.when(pl.col(pack) > 0).then(pl.col(pack)).otherwise(1.0)
    keys = list(within)
    work = frame.select(
        *keys, (pl.col(wanted).fill_null(0.0) / unit + _DUST).floor().alias("_packs"), unit.alias("_unit"), pl.col(available).cast(pl.Float64).alias("_there")
    )
    work = work.with_row_index("_row").with_columns((pl.col("_there").clip(lower_bound=0.0) / pl.col("_unit") + _DUST).floor().alias("_most"))
    total = pl.col("_packs").sum().over(keys)
    most = pl.col("_most").min().over(keys)
    work = work.with_columns(total.alias("_total"), most.alias("_most")).with_columns(
        pl.when(pl.col("_most").is_null() | (pl.col("_total") <= pl.col("_most")))
        .then(pl.col("_packs"))
        .otherwise(pl.col("_packs") * pl.col("_most") / pl.col("_total"))
        .alias("_quota")
    )
    work = work.with_columns((pl.col("_quota") + _DUST).floor().alias("_whole"))
    work = work.with_columns((pl.col("_quota") - pl.col("_whole")).alias("_rest"))
    left = (pl.min_horizontal(pl.col("_most"), pl.col("_total")) - pl.col("_whole").sum().over(keys)).alias("_left")
    ranked = work.with_columns(left).sort(["_rest", "_row"], descending=[True, False], maintain_order=True)
    ranked = ranked.with_columns(pl.int_range(pl.len()).over(keys).alias("_rank"))
    extra = ((pl.col("_rank") < pl.col("_left")) & (pl.col("_rest") > _DUST)).fill_null(False).cast(pl.Float64)
    given = ranked.with_columns(((pl.col("_whole") + extra) * pl.col("_unit")).alias("_given")).sort("_row")
    return given["_given"].alias("given_qty")


def within_credit(frame: pl.DataFrame, wanted: str, price: str, headroom: str, pack: str, *within: str) -> pl.Series:
    """What each order keeps within the credit of its dealer: the rows in the order of the frame (the most urgent first) until the money
    is used up, the one that no longer fits cut to whole packs, the rest nothing.

    headroom: money, the same for all rows of a group; below zero counts as none, null as without limit.
    """
    unit = pl.when(pl.col(pack) > 0).then(pl.col(pack)).otherwise(1.0)
    value = pl.col(wanted).fill_null(0.0) * pl.col(price).fill_null(0.0)
    before = value.cum_sum().over(list(within)) - value
    room = pl.col(headroom).cast(pl.Float64)
    money = (room.clip(lower_bound=0.0) - before).clip(lower_bound=0.0)
    fits = pl.when(pl.col(price) > 0).then((money / (pl.col(price) * unit) + _DUST).floor() * unit).otherwise(pl.col(wanted))
    kept = pl.when(room.is_null() | (value <= money + _DUST)).then(pl.col(wanted)).otherwise(pl.min_horizontal(pl.col(wanted), fits))
    return frame.select(kept.alias("kept_qty")).to_series()


# ── when ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def projected(available: float, in_transit: float, daily: float, arrives: int, order: float, lead: int, days: int) -> list[tuple[int, float, float]]:
    """(working day from today, stock without the order, stock with it) at the end of each of the coming days; never below zero, because
    what is not there is not sold."""
    rows, without, with_order = [(0, available, available)], available, available
    for day in range(1, days + 1):
        came = in_transit if day == max(arrives, 1) else 0.0
        without = max(without + came - daily, 0.0)
        with_order = max(with_order + came + (order if day == max(lead, 1) else 0.0) - daily, 0.0)
        rows.append((day, without, with_order))
    return rows


def days_until_order(place: float, daily: float, low_days: float) -> float | None:
    """Working days until the position falls to the reorder point; 0 = today; None without demand."""
    return max(place / daily - low_days, 0.0) if daily > 0 else None


def regularity(gaps: Sequence[float], interval: float, tolerance: float) -> float | None:
    """Share of the gaps between a dealer's orders (in working days) that lie within tolerance (a share) of the agreed interval; None without gaps."""
    if not gaps or interval <= 0:
        return None
    return sum(abs(gap - interval) <= max(interval * tolerance, 1.0) for gap in gaps) / len(gaps)
