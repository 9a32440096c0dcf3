"""What dealers earn: their profit and loss beside that of dealers alike, and which categories and channels make their margin."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from engine.answers.answer import Answer
from engine.answers.measured import Measured
from engine.answers.periods import end_of, first_of, following, last_day, months_before
from engine.answers.picking import pick_of
from engine.answers.profit_tables import COLUMNS, STATEMENT
from engine.answers.source import Source, remembered
from engine.dealers import profit as formulas
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

NEEDED = ("dealer_mix", "dealer_costs", "dealer_assets")
BRANDS = ("own", "others")
CAPITAL = ("stock_value", "receivables", "claims", "fixed_assets")
NO_COSTS = message("The dealer's costs were not reported for any of these months.")
NO_CAPITAL = message("The dealer's stock or receivables were not reported.")
KEYS = ["dealer_id", "month"]


def profit_months(source: Source, selection: Selection) -> tuple[date, ...]:
    """The months of a profit and loss: those that begin in the chosen window, else the last ones (setting `profit_months`) that the dealers' books reach to."""
    reach = source.read("dealer_book_months").row(0)
    newest = first_of(selection.as_of or last_day(source))
    last = min(newest, reach[1]) if reach[1] else newest
    if selection.first and selection.last:
        first, last = first_of(selection.first), min(first_of(selection.last), last)
    else:
        first = months_before(last, int(source.settings["profit_months"]) - 1)
    months = []
    while first <= last:
        months.append(first)
        first = following(first)
    return tuple(months)


def profits(source: Source, months: Sequence[date], scope: Scope, selection: Selection | None = None) -> pl.DataFrame:
    """The profit and loss of each dealer over some months, of those months for which the dealer brought sales and costs.

    Returns dealer_id, dealer_name, region, city_tier, months (that count), left_months (sales without costs), net_sales, goods_cost,
    gross_profit, rebate, total_gross_profit, the costs, other_income, profit_before_tax, tax, tax_is_reckoned, net_profit, costs,
    controllable, margin_share, total_margin_share, markup_share, profit_share, net_share, break_even_sales and break_even_margin (of a month),
    qty, capital, roi_month, roi (a year), our_cost_to_serve, and `<line>_own`, `<line>_others` for net_sales, gross_profit and rebate. A dealer without
    any costs keeps sales and margin; its profit is unknown.
    """
    if not months:
        return _nothing()
    asked = {"first_month": min(months), "last_month": max(months), "dealers": pick_of(source, selection or Selection(), scope).dealers}
    mix, costs = source.read("dealer_mix_months", **asked), source.read("dealer_costs_months", **asked)
    told = costs.filter(pl.col("item").is_in(formulas.COSTS)).select(KEYS).unique()
    both = mix.select(KEYS).unique().join(told.with_columns(pl.lit(True).alias("has_costs")), on=KEYS, how="left")
    anywhere = pl.col("has_costs").any().over("dealer_id")
    counted = both.filter(pl.col("has_costs").fill_null(False) | ~anywhere.fill_null(False)).select(KEYS)
    spans = counted.group_by("dealer_id").agg(pl.len().cast(pl.Int64).alias("months"))
    left = both.group_by("dealer_id").agg(pl.col("has_costs").is_null().sum().cast(pl.Int64).alias("left_months"))
    sums = spans.join(left, on="dealer_id").join(_sales(mix, counted), on="dealer_id").join(_costs(costs, counted), on="dealer_id", how="left")
    sums = _without_gaps(sums)
    stated = formulas.statement(sums, float(source.settings["dealer_tax_share"])).with_columns(pl.col("break_even_sales") / pl.col("months"))
    tied = _capital(source.read("dealer_capital_months", **asked), counted)
    serve = source.read("cost_to_serve_months", **asked).join(counted, on=KEYS).group_by("dealer_id").agg(pl.col("amount").sum().alias("our_cost_to_serve"))
    whole = formulas.with_return(stated.join(tied, on="dealer_id", how="left")).join(serve, on="dealer_id", how="left")
    named = source.dealers.select("dealer_id", "dealer_name", "region", "city_tier")
    return whole.join(named, on="dealer_id", how="left").sort("net_profit", "dealer_id", nulls_last=True)


def _nothing() -> pl.DataFrame:
    """No dealer, with the columns that every reader needs."""
    words = dict.fromkeys(("dealer_id", "dealer_name", "region", "city_tier"), pl.String)
    figures = [column.name for column in (*COLUMNS, *STATEMENT) if column.name not in words]
    return pl.DataFrame(schema={**words, **dict.fromkeys((*figures, *formulas.LINES, "months", "left_months", "qty", *CAPITAL), pl.Float64)})


def _sales(mix: pl.DataFrame, counted: pl.DataFrame) -> pl.DataFrame:
    """Sales and gross profit by dealer, in all and by whose brands; quantity only where every row has one."""
    rows = mix.join(counted, on=KEYS)
    own = pl.col("supplier").str.to_lowercase() == "own"
    apart = {"own": own, "others": ~own}
    sums = [pl.col(name).sum().alias("net_sales" if name == "net_value" else name) for name in ("net_value", "gross_profit")]
    for brand in BRANDS:
        sums += [pl.col("net_value").filter(apart[brand]).sum().alias(f"net_sales_{brand}")]
        sums += [pl.col("gross_profit").filter(apart[brand]).sum().alias(f"gross_profit_{brand}")]
    qty = pl.when(pl.col("qty").filter(own).null_count() == 0).then(pl.col("qty").filter(own).sum()).alias("qty")
    return rows.group_by("dealer_id").agg(*sums, qty)


def _costs(costs: pl.DataFrame, counted: pl.DataFrame) -> pl.DataFrame:
    """Each item of cost, rebates and income by dealer; what the dealer controls; null tax where a month states none."""
    rows = costs.join(counted, on=KEYS)
    amount, item = pl.col("amount"), pl.col("item")
    names = (*formulas.COSTS, "rebate", "other_income")
    sums = [amount.filter(item == name).sum().alias(name) for name in names]
    sums += [
        amount.filter((item == "rebate") & (pl.col("supplier") == brand)).sum().alias(f"rebate_{name}") for name, brand in (("own", "own"), ("others", "other"))
    ]
    taxed = amount.filter(item == "tax")
    sums += [pl.when(taxed.len() > 0).then(taxed.sum()).alias("tax")]
    sums += [amount.filter(item.is_in(formulas.COSTS) & pl.col("controllable").fill_null(False)).sum().alias("controllable")]
    return rows.group_by("dealer_id").agg(sums)


def _without_gaps(sums: pl.DataFrame) -> pl.DataFrame:
    """Rebates and other income that were not told are none; costs that were not told stay unknown."""
    return sums.with_columns(pl.col(name).fill_null(0.0) for name in ("rebate", "other_income", "rebate_own", "rebate_others"))


def _capital(tied: pl.DataFrame, counted: pl.DataFrame) -> pl.DataFrame:
    """Mean of the month ends of what is tied up, over the months that count; a kind that no month tells is unknown."""
    return counted.join(tied, on=KEYS, how="left").group_by("dealer_id").agg(pl.col(name).mean() for name in CAPITAL)


def dealer_profit(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """What each dealer earned, losses first (frame: COLUMNS).

    extra: `statement` (STATEMENT: the profit and loss line by line, of the one chosen dealer or of all together: amount, share of sales, our brands,
    others, peers' share), `lines` (label, value, is_total, for the picture), `opportunities` (dealer_id, line, share, peer_share, yearly_value).
    facts: `measures`, `months`, `dealer_id` (the one, or None), `controllable`, `break_even_sales`, `break_even_margin`.
    """
    answer: Answer = _dealer_profit(warehouse, selection, scope)
    return answer


@remembered
def _dealer_profit(source: Source, selection: Selection, scope: Scope) -> Answer:
    months = profit_months(source, selection)
    everybody = profits(source, months, scope)
    chosen = pick_of(source, selection, scope).dealers
    frame = everybody if chosen is None else everybody.filter(pl.col("dealer_id").is_in(chosen))
    one = frame["dealer_id"][0] if frame.height == 1 else None
    settings = source.settings
    lines = [name for name in formulas.LINES if name != "net_sales"]
    compared = formulas.peers_of(everybody, float(settings["profit_peer_times"]), int(settings["profit_fewest_peers"]), lines)
    total = _together(source, frame)
    why = (
        pl.when(pl.col("net_profit").is_null()).then(pl.lit(NO_COSTS.to_json()))
        .when(pl.col("roi").is_null()).then(pl.lit(NO_CAPITAL.to_json()))
        .otherwise(pl.lit(None, dtype=pl.String)).alias("roi_why")
    )  # fmt: skip
    return Answer(
        name="dealer_profit",
        headline=_headline(frame, one, total),
        frame=frame.with_columns(why).select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=end_of(months[-1]) if months else None,
        first=months[0] if months else None,
        last=end_of(months[-1]) if months else None,
        notes=_notes(source, frame, months),
        missing=tuple(table for table in NEEDED if not source.has(table)),
        extra={
            "statement": _statement(total, compared.filter(pl.col("dealer_id") == one) if one else compared.clear()),
            "lines": _picture(total),
            "opportunities": _chances(frame, compared.filter(pl.col("line").is_in(formulas.COSTS))),
        },
        facts={"measures": _measures(total, frame), "months": months, "dealer_id": one, "total": total},
        scope=scope,
        selection=selection,
    )


def _together(source: Source, frame: pl.DataFrame) -> dict[str, Any]:
    """All the dealers whose profit is known as one row; with one dealer, that dealer. Empty where nobody told anything."""
    known = frame if frame.height == 1 else frame.filter(pl.col("net_profit").is_not_null())
    if known.is_empty():
        return {}
    amounts = [
        name
        for name in formulas.LINES
        if name in known.columns and name not in ("goods_cost", "total_gross_profit", "costs", "profit_before_tax", "net_profit")
    ]
    apart = [f"{name}_{brand}" for brand in BRANDS for name in ("net_sales", "gross_profit", "rebate")]
    # A null among summands stays unknown: with one dealer its costs may be.
    sums = [pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()) for name in (*amounts, *apart, "our_cost_to_serve", *CAPITAL)]
    whole = known.select(*sums, pl.col("qty").sum(), pl.col("months").max(), pl.col("tax_is_reckoned").any().alias("reckoned"))
    stated = formulas.with_return(formulas.statement(whole, float(source.settings["dealer_tax_share"])))
    return stated.with_columns(pl.col("break_even_sales") / pl.col("months")).row(0, named=True) | {"dealers": known.height}


def _statement(total: dict[str, Any], peers: pl.DataFrame) -> pl.DataFrame:
    """The profit and loss line by line; our brands and those of others only in the lines that can be told apart."""
    usual = dict(peers.select("line", "peer_share").iter_rows())
    sales = total.get("net_sales") or None
    rows = []
    for name, label in formulas.LINES.items():
        amount = total.get(name)
        row: dict[str, Any] = {"line": name, "label": label.to_json(), "amount": amount, "share": amount / sales if amount is not None and sales else None}
        for brand in BRANDS:
            value = _apart(total, name, brand)
            turnover = total.get(f"net_sales_{brand}") or None
            row |= {brand: value, f"{brand}_share": value / turnover if value is not None and turnover else None}
        rows.append(row | {"peer_share": 1.0 if name == "net_sales" and usual else usual.get(name)})
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        column.name: pl.String if column.unit in ("code", "text", "message") else pl.Float64 for column in STATEMENT
    }
    return pl.DataFrame(rows if total else [], schema=schema)


def _apart(total: dict[str, Any], line: str, brand: str) -> float | None:
    """A line of one kind of brands; null for what cannot be told apart."""
    known = {name: total.get(f"{name}_{brand}") for name in ("net_sales", "gross_profit", "rebate")}
    if line in known:
        return known[line]
    sales, profit, rebate = known.values()
    if sales is None or profit is None:
        return None
    return {"goods_cost": sales - profit, "total_gross_profit": profit + (rebate or 0.0)}.get(line)


def _picture(total: dict[str, Any]) -> pl.DataFrame:
    """From gross profit to net profit, step by step."""
    steps = [
        ("gross_profit", True, 1),
        ("rebate", False, 1),
        *((name, False, -1) for name in formulas.COSTS),
        ("other_income", False, 1),
        ("tax", False, -1),
        ("net_profit", True, 1),
    ]
    rows = [
        (formulas.LINES[name].to_json(), sign * total[name], is_total)
        for name, is_total, sign in steps
        if total.get(name) is not None and (is_total or total[name])
    ]
    schema = {"label": pl.String, "value": pl.Float64, "is_total": pl.Boolean}
    return pl.DataFrame(rows if total.get("net_profit") is not None else [], schema=schema, orient="row")


def _chances(frame: pl.DataFrame, compared: pl.DataFrame) -> pl.DataFrame:
    """Where a dealer spends more than its peers: the line as a word for people (Message JSON)."""
    found = formulas.opportunities(compared, frame.filter(pl.col("net_profit").is_not_null()))
    words = {name: label.to_json() for name, label in formulas.LINES.items()}
    named = found.join(frame.select("dealer_id", "dealer_name"), on="dealer_id", how="left", maintain_order="left")
    return named.with_columns(pl.col("line").replace_strict(words, return_dtype=pl.String).alias("label"))


def _measures(total: dict[str, Any], frame: pl.DataFrame) -> tuple[Measured, ...]:
    losing = frame.filter(pl.col("net_profit") < 0).height
    last: Measured = Measured(message("Break-even sales a month"), total.get("break_even_sales"), "money")
    return (
        Measured(message("Dealers' sales"), total.get("net_sales"), "money"),
        Measured(message("Gross margin with rebates"), total.get("total_margin_share"), "share"),
        Measured(message("Mark-up"), total.get("markup_share"), "share"),
        Measured(message("Net profit of sales"), total.get("net_share"), "share"),
        Measured(message("Return on capital, a year"), total.get("roi"), "share"),
        last if frame.height == 1 else Measured(message("Dealers who lose money"), losing if total else None, "count"),
    )


def _headline(frame: pl.DataFrame, one: str | None, total: dict[str, Any]) -> Message:
    if not total:
        return message("No dealer has told what is sold and spent.")
    if one is not None:
        name, profit = frame["dealer_name"][0] or one, total["net_profit"]
        if profit is None:
            return message("{name} sold for {sold_money}; what is earned is unknown, because no costs were reported.", name=name, sold_money=total["net_sales"])
        if profit < 0:
            return message("{name} lost {lost_money} on sales of {sold_money}.", name=name, lost_money=-profit, sold_money=total["net_sales"])
        return message("{name} earned {earned_money}, {net_share} of sales.", name=name, earned_money=profit, net_share=total["net_share"])
    losing = frame.filter(pl.col("net_profit") < 0)
    if losing.height:
        return plural(
            "{n} dealer loses money, {lost_money} in all; together the dealers keep {net_share} of their sales.",
            "{n} dealers lose money, {lost_money} in all; together the dealers keep {net_share} of their sales.",
            n=losing.height, lost_money=-float(losing["net_profit"].sum()), net_share=total["net_share"],
        )  # fmt: skip
    return message("Every dealer earns money; together they keep {net_share} of their sales.", net_share=total["net_share"])


def _notes(source: Source, frame: pl.DataFrame, months: Sequence[date]) -> tuple[Message, ...]:
    notes: list[Message] = []
    if frame.is_empty():
        return ()
    notes.append(message("By the dealers' own books, {first_month} to {last_month}; stock at our cost.", first_month=months[0], last_month=months[-1]))
    left = int(frame["left_months"].sum())
    if left:
        notes.append(plural("{n} month has sales and no costs; it is left out.", "{n} months have sales and no costs; they are left out.", n=left))
    silent = frame["net_profit"].null_count()
    if silent:
        notes.append(plural("{n} dealer reported no costs; the profit is unknown.", "{n} dealers reported no costs; their profit is unknown.", n=silent))
    reckoned = frame.filter(pl.col("net_profit").is_not_null())["tax_is_reckoned"].sum()
    if reckoned:
        notes.append(
            plural(
                "{n} dealer's books state no tax; it is reckoned as {tax_share} of the profit.",
                "{n} dealers' books state no tax; it is reckoned as {tax_share} of the profit.",
                n=int(reckoned), tax_share=float(source.settings["dealer_tax_share"]),
            )
        )  # fmt: skip
    return tuple(notes)
