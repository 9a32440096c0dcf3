"""One function for each question that a page, the command line, an export or the build asks."""

import importlib
from collections.abc import Callable
from typing import Any

from engine.answers.answer import Answer
from engine.kpis import BOOK
from engine.scope import Scope
from engine.selection import Selection


def _explain(warehouse: Any, selection: Selection, scope: Scope, name: str = "net_sales") -> Answer:
    from engine.answers import kpis

    return kpis.explain(warehouse, name, selection, scope)


def _kpi(warehouse: Any, selection: Selection, scope: Scope, *names: str) -> Answer:
    from engine.answers import kpis

    return kpis.kpi(warehouse, names or tuple(BOOK), selection, scope)


def _from(module: str, name: str) -> Callable[..., Answer]:
    """A question that imports its module when it is first asked: a page pays only for the formulas that it shows."""

    def ask(warehouse: Any, selection: Selection, scope: Scope, *details: Any) -> Answer:
        answered: Answer = getattr(importlib.import_module(f"{__name__}.{module}"), name)(warehouse, selection, scope, *details)
        return answered

    return ask


ANSWERS: dict[str, Callable[..., Answer]] = {
    "start": _from("start", "start"),
    "health": _from("inventory", "health"),
    "item": _from("inventory", "item"),
    "quality": _from("quality", "quality"),
    "rejects": _from("quality", "rejects"),
    "dead_stock": _from("dead_stock", "dead_stock"),
    "ageing": _from("ageing", "ageing"),
    "stock_by_purpose": _from("purposes", "stock_by_purpose"),
    "holding_cost": _from("holding", "holding_cost"),
    "credit": _from("credit", "credit"),
    "ctm": _from("ctm", "ctm"),
    "dealer_profit": _from("dealer_profit", "dealer_profit"),
    "plan_changes": _from("plan_changes", "plan_changes"),
    "glossary": _from("glossary", "glossary"),
    "reminders": _from("reminding", "reminders"),
    "replenishment": _from("replenishment", "replenishment"),
    "suggested_orders": _from("suggested_orders", "suggested_orders"),
    "safety_stock": _from("safety_stock", "safety_stock"),
    "order_check": _from("suggested_orders", "order_check"),
    "channel_stock": _from("channel", "channel_stock"),
    "lost_sales": _from("lost_sales", "lost_sales"),
    "record_accuracy": _from("record_accuracy", "record_accuracy"),
    "count_plan": _from("record_accuracy", "count_plan"),
    "materials": _from("materials", "materials"),
    "purchases": _from("bought", "purchases"),
    "cash_bridge": _from("cash_bridge", "cash_bridge"),
    "scorecard": _from("scorecard", "scorecard"),
    "dealer_desk": _from("dealer_desk", "dealer_desk"),
    "dealer": _from("dealer", "dealer"),
    "review": _from("dealer", "review"),
    "cycle": _from("meeting.standing", "cycle"),
    "plan_waterfall": _from("meeting.plan_of_record", "plan_waterfall"),
    "plan_compared": _from("meeting.comparing", "plan_compared"),
    "plan_accuracy": _from("meeting.comparing", "plan_accuracy"),
    "plan_effect": _from("meeting.effects", "plan_effect"),
    "seven_plans": _from("meeting.seven_plans", "seven_plans"),
    "what_if": _from("meeting.what_if", "what_if"),
    "decision_cards": _from("meeting.cards", "decision_cards"),
    "report_card": _from("meeting.report_card", "report_card"),
    "meeting_families": _from("meeting.exceptions", "meeting_families"),
    "family_story": _from("meeting.family_story", "family_story"),
    "decisions": _from("meeting.promises", "decisions"),
    "actions": _from("meeting.promises", "actions"),
    "clearance": _from("clearance", "clearance"),
    "close": _from("changes", "changes"),
    "forecast": _from("forecasting", "forecast"),
    "forecast_accuracy": _from("forecast_accuracy", "forecast_accuracy"),
    "family_sheet": _from("sop.family_sheet", "family_sheet"),
    "demand_plan": _from("sop.demand_plan", "demand_plan"),
    "demand_review": _from("sop.demand_review", "demand_review"),
    "month_report": _from("sop.month_report", "month_report"),
    "noted": _from("meeting.noted", "noted"),
    "supply_plan": _from("sop.supply_plan", "supply_plan"),
    "capacity": _from("sop.capacity", "capacity"),
    "scenarios": _from("sop.scenarios", "scenarios"),
    "executable_plan": _from("sop.executable_plan", "executable_plan"),
    "fairness": _from("meeting.fairness", "fairness"),
    "budget_bridge": _from("sop.budget_bridge", "budget_bridge"),
    "assortment": _from("assortment.overview", "assortment"),
    "abc": _from("assortment.abc", "abc"),
    "xyz": _from("assortment.xyz", "xyz"),
    "abc_xyz": _from("assortment.abc_xyz", "abc_xyz"),
    "bcg": _from("assortment.bcg", "bcg"),
    "price_map": _from("assortment.price_map", "price_map"),
    "competitors": _from("assortment.competitors", "competitors"),
    "market": _from("assortment.market", "market"),
    "class_codes": _from("assortment.class_codes", "class_codes"),
    "promotions": _from("assortment.promotions", "promotions"),
    "novelties": _from("assortment.novelties", "novelties"),
    "withdrawal_candidates": _from("assortment.withdrawals", "withdrawal_candidates"),
    "withdrawal_effects": _from("assortment.withdrawals", "effects"),
    "run_off": _from("assortment.run_off", "run_off"),
    "launch_check": _from("assortment.launches", "launch_check"),
    "stock_norms": _from("assortment.stock_norms", "stock_norms"),
    "requests": _from("assortment.requests", "requests"),
    "assortment_register": _from("assortment.register", "assortment_register"),
    "assortment_review": _from("assortment.review", "assortment_review"),
    "assortment_tree": _from("assortment.tree", "assortment_tree"),
    "kpi": _kpi,
    "explain": _explain,
}
"""Question -> (warehouse, selection, scope, *details) -> Answer. `show` prints their main tables; details: names of KPIs, a dealer …"""
WITH_LEVELS = ("bcg",)
"""Questions whose first detail is a level: what is compared. `show NAME --level LEVEL` and the address of the page give it."""
