"""What of an answer belongs to which facet (`engine.roles.FACETS`): questions, KPIs, columns.

The rule fails closed. In the answer to a question that holds something which is hidden from a role, a figure of money or of a share is shown only if
its name stands here with facets that the role may see, or among those that belong to none. Quantities, days and counts tell no money and stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.roles import FACETS

Facets = frozenset[str]
NONE: Facets = frozenset()


def _of(*names: str) -> Facets:
    return frozenset(names)


MARGIN, COST, SALES, PROFIT, CREDIT = _of("margin"), _of("cost"), _of("sales_value"), _of("dealer_profit"), _of("credit")


@dataclass(frozen=True)
class Holds:
    """about: without these there is nothing to answer. holds: what some figure of the answer tells. said: what its first sentence tells, where that
    is less than `holds`. columns: names that mean something else here than in COLUMNS."""

    holds: Facets
    about: Facets = NONE
    said: Facets | None = None
    columns: Mapping[str, Facets] = field(default_factory=dict)


_CASH = _of("cash")
_MEASURES: dict[str, Facets] = {
    "service_share": NONE, "revenue": SALES, "margin": MARGIN, "stock_value": COST, "least_cash": _CASH, "peak_load_share": NONE, "overtime_hours": NONE,
    "heads": NONE,
}  # fmt: skip
OF_A_PLAN: dict[str, Facets] = {
    **_MEASURES,
    **{f"{name}_change": facets for name, facets in _MEASURES.items()},
    **{f"{name}_{side}": _MEASURES[name] for name in ("revenue", "margin", "stock_value") for side in ("record", "found")},
    **dict.fromkeys(("load_share", "load_share_record", "load_share_found"), NONE),
    **dict.fromkeys(("cash", "cash_record", "cash_found", "cash_value"), _CASH),
    **dict.fromkeys(("revenue_change_value", "late_change_value", "revenue_value", "demand_value", "late_value"), SALES),
    **dict.fromkeys(("stock_change_value", "plan_cost_value"), COST),
    "margin_value": MARGIN,
    **dict.fromkeys(("incremental_value", "uplift_ratio"), SALES),
    "gain_value": MARGIN,
    "spend": NONE,
}  # fmt: skip
"""What the measures and months of a plan tell, by the names under which what-ifs, cards and papers give them."""
_PLAN = COST | SALES | MARGIN | _CASH

_DESK: dict[str, Facets] = {
    **dict.fromkeys(("turnover_value", "actual_value", "baseline_value", "incremental_value", "tail_value", "sisters_lost_value", "new_value"), SALES),
    **dict.fromkeys(("sphere_share", "novelty_share", "change_share", "last_year_value", "uplift_ratio"), SALES),
    **dict.fromkeys(("margin_share", "margin_value", "gain_value", "lost_base_margin", "lost_low_margin", "lost_high_margin", "return_share"), MARGIN),
    **dict.fromkeys(("payback_months", "investment_value"), MARGIN),
    **dict.fromkeys(("gap_value", "norm_value", "left_value", "stock_value"), COST),
    **dict.fromkeys(("spend", "planned_spend", "planned_value", "budget_value", "new_share", "top_share", "rest_share", "budget_share"), NONE),
    **dict.fromkeys(("hours_a_share", "hours_new_share", "star_score", "seasonal_index", "norm_ratio"), NONE),
    "depth": _of("promotion_depth"),
}  # fmt: skip
"""What the assortment desk's gates, promotions and norms tell, by column: what is spent on promotion is open, how deep prices are cut is not."""

QUESTIONS: dict[str, Holds] = {
    "abc.abc": Holds(MARGIN | COST | SALES, columns={"limits": NONE}),
    "abc_xyz.abc_xyz": Holds(MARGIN | COST | SALES),
    "launches.launch_check": Holds(MARGIN | SALES, said=NONE, columns=_DESK),
    "novelties.novelties": Holds(MARGIN | SALES, said=SALES, columns=_DESK),
    "promotions.promotions": Holds(MARGIN | SALES | _of("promotion_depth"), said=NONE, columns=_DESK),
    "register.assortment_register": Holds(NONE),
    "requests.requests": Holds(SALES, said=NONE, columns=_DESK),
    "review.assortment_review": Holds(NONE),
    "run_off.run_off": Holds(COST, columns=_DESK),
    "stock_norms.stock_norms": Holds(COST, columns=_DESK),
    "tree.assortment_tree": Holds(NONE),
    "withdrawals.effects": Holds(MARGIN | COST | SALES, columns=_DESK),
    "withdrawals.withdrawal_candidates": Holds(MARGIN | COST | SALES, said=COST, columns=_DESK),
    "ageing.ageing": Holds(COST | SALES),
    "bcg.bcg": Holds(MARGIN | COST | SALES),
    "class_codes.class_codes": Holds(NONE),
    "competitors.competitors": Holds(SALES | _of("promotion_depth")),
    "market.market": Holds(MARGIN | SALES),
    "overview.assortment": Holds(MARGIN | COST | SALES),
    "price_map.price_map": Holds(
        SALES | _of("promotion_depth"),
        columns=dict.fromkeys(("price_low", "price_median", "price_high"), SALES)
        | dict.fromkeys(("discount_low", "discount_median", "discount_high"), SALES | _of("promotion_depth")),
    ),
    "xyz.xyz": Holds(MARGIN | COST | SALES, columns={"limits": NONE}),
    "bought.purchases": Holds(COST, about=COST),
    "budget_bridge.budget_bridge": Holds(MARGIN | COST | SALES, about=MARGIN, columns={"total_value": MARGIN, "cost_value": COST | MARGIN}),
    "capacity.capacity": Holds(MARGIN, said=NONE, columns={"load_share": NONE, "load": NONE, "over": NONE, "free": NONE, "most": NONE, "full": NONE}),
    "cards.decision_cards": Holds(_PLAN, said=NONE, columns=OF_A_PLAN),
    "cash_bridge.cash_bridge": Holds(_of("cash"), about=_of("cash")),
    "changes.files": Holds(NONE),
    "changes.names": Holds(NONE),
    "channel.channel_stock": Holds(COST),
    "cited_rows.cited_rows": Holds(MARGIN | COST | SALES),
    "clearance.clearance": Holds(COST | SALES),
    "clearance.proposed": Holds(COST),
    "comparing.plan_accuracy": Holds(NONE),
    "comparing.plan_compared": Holds(COST | SALES),
    "credit.credit": Holds(CREDIT | SALES, about=CREDIT),
    "ctm.ctm": Holds(PROFIT, about=PROFIT),  # the dealers' margins, not ours
    "dead_stock.dead_stock": Holds(COST | MARGIN),
    "dealer.dealer": Holds(COST | SALES | CREDIT | PROFIT, said=COST | SALES),
    "dealer.review": Holds(COST | SALES | CREDIT | PROFIT, said=NONE),
    "dealer_desk.dealer_desk": Holds(COST | SALES | CREDIT, said=COST | SALES, columns={"value": NONE}),  # bullets of days
    "dealer_profit.dealer_profit": Holds(PROFIT, about=PROFIT),
    "executable_plan.executable_plan": Holds(SALES, said=NONE, columns=dict.fromkeys(("service_before_share", "service_after_share", "load_share"), NONE)),
    "explaining.explain": Holds(MARGIN | COST | SALES, columns={"shown": NONE}),
    "demand_review.demand_review": Holds(SALES, said=NONE, columns={"stake_value": SALES, "override_value": SALES, "revised_share": NONE, "bias_share": NONE}),
    "demand_plan.demand_plan": Holds(SALES, columns={"demand_value": SALES}),
    "fairness.fairness": Holds(COST, said=NONE, columns=dict.fromkeys(("fair_share", "limit_share", "signed_share", "times_ratio"), NONE)),
    "effects.plan_effect": Holds(_PLAN, columns=OF_A_PLAN),
    "family_sheet.family_sheet": Holds(NONE),
    "family_story.family_story": Holds(SALES, said=NONE, columns={"mix_share": NONE}),
    "forecast_accuracy.forecast_accuracy": Holds(NONE),
    "forecasting.forecast": Holds(NONE),
    "glossary.glossary": Holds(NONE),
    "holding.holding_cost": Holds(COST),
    "inventory.health": Holds(MARGIN | COST | SALES, columns={"value": NONE, "last_year": NONE}),  # bullets of days
    "item.ask_item": Holds(MARGIN | COST | SALES),
    "kpis.kpi": Holds(MARGIN | COST | SALES),
    "lost_sales.lost_sales": Holds(MARGIN | SALES),
    "materials.materials": Holds(COST),
    "month_report.month_report": Holds(SALES, columns={"stake_value": SALES, "forecast_gap_share": NONE, "made_gap_share": NONE}),
    "noted.noted": Holds(MARGIN | SALES, said=NONE),
    "plan_changes.plan_changes": Holds(COST),
    "plan_of_record.plan_waterfall": Holds(SALES),
    "promises.actions": Holds(NONE),
    "promises.decisions": Holds(MARGIN | COST | SALES, said=NONE),
    "purposes.by_purpose": Holds(COST),
    "quality.quality": Holds(NONE),
    "quality.rejects": Holds(_of(*FACETS)),
    "record_accuracy.count_plan": Holds(COST),
    "record_accuracy.record_accuracy": Holds(COST),
    "reminding.reminders": Holds(NONE),
    "replenishment.replenishment": Holds(COST | SALES),
    "report_card.report_card": Holds(MARGIN | SALES, said=NONE, columns={"reached_share": NONE, "target_share": NONE, "budget_share": MARGIN | SALES}),
    "safety_stock.safety_stock": Holds(COST),
    "scenarios.scenarios": Holds(
        COST | SALES | MARGIN | _of("cash"),
        columns=dict.fromkeys(("revenue", "revenue_change", "late_value", "late_value_change"), SALES)
        | dict.fromkeys(("service_share", "service_share_change", "demand_qty_share", "demand_qty_share_change", "peak_load_share"), NONE),
    ),
    "scorecard.scorecard": Holds(CREDIT | PROFIT | _of("promotion_depth"), said=NONE),
    "seven_plans.seven_plans": Holds(_PLAN, said=NONE, columns=OF_A_PLAN),
    "standing.cycle": Holds(NONE),
    "start.start": Holds(MARGIN | COST | SALES | CREDIT, said=NONE, columns={"money": NONE, "value": NONE}),  # alerts are left out whole
    "supply_plan.supply_plan": Holds(
        COST | SALES | MARGIN | _of("cash"), columns=dict.fromkeys(("demand_value", "shipped_value", "short_value"), SALES) | {"holding_value": COST}
    ),
    "suggested_orders.order_check": Holds(SALES | CREDIT, columns={"over_value": CREDIT, "is_within": CREDIT}),
    "suggested_orders.suggested_orders": Holds(SALES | CREDIT, said=SALES),
    "what_if.what_if": Holds(_PLAN, columns=OF_A_PLAN),
}
"""Question, by module and function, -> what it holds. One that is not named here holds everything."""

KPIS: dict[str, Facets] = {
    "net_sales": SALES,
    "sold_qty": NONE,
    "sales_cost": COST,
    "gross_margin": MARGIN,
    "margin_share": MARGIN,
    "stock_value": COST,
    "stock_qty": NONE,
    "days_of_supply": NONE,
    "days_of_supply_backward": NONE,
    "turns": NONE,
    "gmroii": MARGIN,
    "out_of_stock_share": NONE,
    "unsold_stock_value": COST,
}
"""KPI -> what it tells. A ratio of two sums at cost tells neither of them."""

MEASURES: dict[str, Facets] = {"F2": PROFIT, "F3": PROFIT, "F4": CREDIT}
"""Measures of the scorecard that tell a facet; rows of the others are shown."""

_COLUMNS: dict[Facets, str] = {
    COST: """
        balances_value book_value bought_value branch_value capital_cost cost_value customer_value cycle_gap_value cycle_value dealer_value
        difference_value due_value early_value estimated_value excess_value fill_gap_value fill_value gap_value holding_cost investment_value
        last_year_value left_value listed_value mate_value now_value old_value over_value own_value people_cost reserve_value rest_value risk_cost
        safety_value shortage_value stock stock_value storage_cost surplus_value unit_cost unknown_value variance_value waiting_value year_cost_value
    """,
    SALES: """
        at_risk_value freed_value given_value list_price lost_value net_value order_value out_value proceeds_value total_value unit_price year_net_value
    """,
    MARGIN: "lost_margin profit_share",
    CREDIT: """
        available_value block credit credit_days credit_limit decided_value deposit_value exposure_value headroom_value last_limit month_value
        open_orders_value overdue_mean_days overdue_over_60_value overdue_value proposed_limit receivable_value shipped_not_invoiced_value unapplied_value
        up_to_value used_share within_credit_qty
    """,
    PROFIT: "net_profit profit roi",
    _of("promotion_depth"): "promotion_share rebate_share",
    COST | SALES | CREDIT: "risk_value",
    NONE: """
        accuracy_share band change_share changed_share channel_load cleared_share estimated_share fee_count_value fee_qty_value fee_value in_stock_share
        measured_weight outside_share regular_share score tolerance_share variance_share visits
    """,
}
COLUMNS: dict[str, Facets] = KPIS | {name: facets for facets, names in _COLUMNS.items() for name in names.split()}
"""Column of a frame, or key of a fact, -> what it tells."""
MEASURED: dict[str, Facets] = {
    "Beyond the credit": CREDIT,
    "Can be given": SALES,
    "Channel load": NONE,
    "Dealer's profit": PROFIT,
    "Excess": COST,
    "Not there to give": SALES,
    "Overdue": CREDIT,
    "Sales at risk": SALES,
    "Score": NONE,
    "Suggested order": SALES,
    "Suggested orders": SALES,
    "This order": SALES,
    "To order now": SALES,
}
"""Figure of a page that is no KPI, by its English label, -> what it tells; one that is not here tells all that its question holds."""
RAW = {"row_text": _of(*FACETS), "value": _of(*FACETS)}
"""Texts of rejected rows, which may hold anything."""
OPEN_ENDINGS = ("qty", "_days", "_n", "_count", "_weight", "_per", "months", "days", "dealers", "items", "low", "high", "positions", "balances", "lines")
"""Endings of names that tell quantities, days or numbers of things."""
FIGURES = ("money", "money_per_unit", "share", "points", "ratio", "score")
"""Units that may tell a facet; a quantity, a count, a day or a word does not."""
SAID_FIGURES = ("_money", "_share", "_points", "_ratio", "_value")
"""Endings of the places of a sentence that may tell a facet."""


def of_column(name: str, holds: Holds) -> Facets:
    """What a column of numbers tells: by its name, else by its ending, else everything that the question holds."""
    known = holds.columns.get(name, COLUMNS.get(name, MEASURES.get(name)))
    if known is not None:
        return known
    return NONE if name.endswith(OPEN_ENDINGS) else holds.holds
