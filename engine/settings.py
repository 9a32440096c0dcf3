"""Every threshold in one book: name, default, unit, what it means, where it comes from.

A home may overrule a default in its `settings.json`; `read` puts the two together and refuses names and values that the book
does not know, because a misspelt threshold that is silently ignored is worse than none.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from engine.errors import BadUse
from engine.messages import Message, message


@dataclass(frozen=True)
class Setting:
    """One threshold. `default` also fixes the type: a number stays a number, a text a text, a table (a tuple of tuples) a table of rows
    as wide."""

    name: str
    default: Any
    unit: str
    help: Message
    source: str


BOOK: dict[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting("currency", "CNY", "ISO 4217", message("The company's currency; every amount is in it."), "contract"),
        Setting("language", "en", "language", message("The language when a browser asks for none that we speak."), "house"),
        Setting("window_days", 90, "days", message("Length of the window over which sales are counted."), "issue 2"),
        Setting("stale_stock_days", 45, "days", message("A stock count older than this is marked as stale."), "I9"),
        Setting("stock_jump_times", 10, "times", message("A stock that grows by more than this factor is told."), "IN-7"),
        Setting("kpi_move_share", 0.10, "share", message("A KPI that a load moves by more than this is shown on the receipt."), "issue 2"),
        Setting(
            "correction_share",
            0.8,
            "share",
            message("A file that brings at least this share of an earlier file's keys in a period is taken as its correction: what it leaves out goes too."),
            "W3",
        ),
        Setting("supply_band_low_days", 45, "days", message("Below this, days of supply are short."), "looks"),
        Setting("supply_band_high_days", 60, "days", message("Above this, days of supply are long."), "looks"),
        Setting("dead_after_months", 12, "months", message("A product that was not sold for so many months, and lies here for longer, is dead."), "I4"),
        Setting("dead_long_months", 36, "months", message("Dead products are also shown beyond so many months without a sale …"), "I4"),
        Setting("dead_longest_months", 120, "months", message("… and beyond so many."), "I4"),
        Setting(
            "age_buckets",
            ((30,), (60,), (90,), (180,), (365,), (540,), (730,)),
            "last day of each bucket",
            message("The buckets in which the age of stock is shown; what is older than the last has a bucket of its own."),
            "I5",
        ),
        Setting(
            "reserve_by_age",
            ((0, 0.0), (181, 0.25), (366, 0.50), (541, 0.75), (731, 1.0)),
            "days from, share of the value",
            message("The reserve for stock of an age, as a share of its value."),
            "I5, common ladder",
        ),
        Setting(
            "reserve_by_excess",
            ((12, 0.25), (24, 0.50), (36, 1.0)),
            "months of demand, share of the value",
            message("The reserve for what lies beyond so many months of demand and the safety stock, as a share of its value."),
            "I5",
        ),
        Setting("run_out_months", 6, "months", message("A withdrawn article is still expected to sell for so many months; the rest is reserved in full."), "I5"),
        Setting("selling_cost_share", 0.05, "share", message("What selling costs, as a share of the price: the rest is what stock can bring."), "I5"),
        Setting("safety_stock_days", 15, "days", message("Safety stock in days of demand for an article whose master data name none."), "I6"),
        Setting("cycle_stock_days", 60, "days", message("The working stock between two runs or orders of our own, in days of demand."), "I6"),
        Setting("holding_capital_share", 0.08, "share a year", message("What the money in stock costs in a year."), "I10"),
        Setting("holding_storage_share", 0.04, "share a year", message("What keeping stock costs in a year: rent, energy, insurance."), "I10"),
        Setting("holding_risk_share", 0.05, "share a year", message("What stock loses in a year by ageing, damage and loss."), "I10"),
        Setting("holding_people_share", 0.03, "share a year", message("What the people cost who handle and count stock, in a year."), "I10"),
        Setting(
            "variance_colours",
            "blue_vermillion",
            "blue_vermillion | green_red | red_up",
            message("How better and worse are coloured; red_up colours by direction: red rises."),
            "looks",
        ),
        Setting(
            "scorecard_measures",
            (
                ("F1", "financial", 12.0, 0.70, 1.00, "linear", 1.0),
                ("F2", "financial", 6.0, -0.03, 0.0, "linear", 1.0),
                ("F3", "financial", 6.0, 0.10, 0.25, "linear", 1.0),
                ("F4", "financial", 6.0, 0.20, 0.0, "linear", 1.0),
                ("C1", "customer", 10.0, 0.50, 0.90, "linear", 1.0),
                ("C2", "customer", 10.0, 0.80, 0.97, "linear", 1.0),
                ("C3", "customer", 5.0, 0.80, 0.98, "linear", 1.0),
                ("P1", "process", 8.0, 0.5, 2.0, "trapezoid", 1.0),
                ("P2", "process", 5.0, 0.15, 0.02, "linear", 1.0),
                ("P3", "process", 7.0, 0.60, 0.20, "linear", 1.0),
                ("P4", "process", 5.0, 0.30, 0.05, "linear", 1.0),
                ("P5", "process", 5.0, 0.85, 0.98, "linear", 1.0),
                ("G1", "growth", 6.0, 0.0, 1.0, "linear", 1.0),
                ("G2", "growth", 5.0, 0.60, 0.95, "linear", 1.0),
                ("G3", "growth", 4.0, 0.60, 1.00, "linear", 1.0),
            ),
            "measure, perspective, weight, value of score 0, value of score 100, linear | trapezoid (multiples of the band), effort",
            message("The measures of the dealers' scorecard; their weights add up to 100."),
            "D2",
        ),
        Setting(
            "scorecard_bands",
            (("A", 85.0), ("B", 70.0), ("C", 55.0), ("D", 0.0)),
            "tier, least score",
            message("The score at which each tier of dealers begins."),
            "D2",
        ),
        Setting("scorecard_least_measured", 0.60, "share", message("A dealer of whom less than this share of the weight is measured is not rated."), "D2"),
        Setting(
            "scorecard_gates",
            (
                ("active_diversion", 1.0, "C"),
                ("passive_diversion", 2.0, "C"),
                ("referral", 1.0, "D"),
                ("overdue", 0.05, "B"),
                ("stuffed", 2.0, "flag"),
                ("unreported", 2.0, "unrated"),
            ),
            "gate, from which figure it is shut, best tier behind it (or flag, or unrated)",
            message("What caps a dealer's tier whatever the score: diversion in 12 months, overdue for more than 60 days, stuffing, missing reports."),
            "D2",
        ),
        Setting("scorecard_up_periods", 2, "months", message("Months in a row above its tier before a dealer rises."), "D2"),
        Setting("scorecard_down_periods", 1, "months", message("Months in a row below its tier before a dealer falls."), "D2"),
        Setting("scorecard_window_months", 3, "months", message("Months over which the flows of the scorecard are added up."), "D2"),
        Setting("scorecard_history_months", 12, "months", message("Months of history that the scorecard shows."), "D2"),
        Setting(
            "scorecard_targets",
            (("F1", "sell_through"), ("F1_sell_in", "net_sales"), ("F2", "margin_share"), ("G1", "new_outlets")),
            "measure, its name among the dealers' targets",
            message("By which name the targets of a measure are found in the dealers' targets."),
            "D2",
        ),
        Setting("scorecard_old_stock_days", 180, "days", message("Stock at a dealer that was not delivered within this time counts as old."), "D2"),
        Setting(
            "scorecard_free_bias_share",
            0.10,
            "share",
            message("A bias of the dealer's requests up to this share costs no points; beyond it, one point for each point."),
            "D2",
        ),
        Setting("scorecard_report_days", 5, "days", message("A dealer's stock report is on time within so many days of the count."), "D2"),
        Setting(
            "scorecard_price_band_share", 0.10, "share", message("A shelf price this far from the middle price of its channel is still within the band."), "D2"
        ),
        Setting("scorecard_trained_months", 12, "months", message("A sales representative counts as trained for so many months."), "D2"),
        Setting(
            "visits_by_class",
            (("A", 4.0), ("B", 4.0), ("C", 3.0), ("D", 2.0)),
            "class, visits a month",
            message("How often outlets of a class are to be visited in a month."),
            "course p.56",
        ),
        Setting("visits_per_rep", 286.0, "visits a month", message("Visits that one sales representative can make in a month."), "course p.56"),
        Setting(
            "peer_volumes",
            (("large", 1.5), ("medium", 0.5), ("small", 0.0)),
            "class, multiple of the mean dealer's turnover",
            message("Classes of volume; dealers are compared only within a city tier and a class."),
            "D2",
        ),
        Setting(
            "tier_consequences",
            (
                ("A", 45, 0.030, 0.020, 4.0, 3, False),
                ("B", 30, 0.020, 0.015, 3.0, 2, False),
                ("C", 15, 0.010, 0.010, 2.0, 1, False),
                ("D", 0, 0.0, 0.0, 1.0, 1, True),
            ),
            "tier, credit days, rebate share, promotion share, visits a month, months between reviews, exit plan",
            message("What follows from a tier: credit days, rebate pool, promotion budget, visits, reviews."),
            "D2",
        ),
        Setting("credit_horizon_days", 30, "days", message("Open orders that are wanted within this many days count as exposure."), "D9"),
        Setting("credit_uninvoiced_days", 30, "days", message("A shipment without an invoice counts as exposure for this long."), "D9"),
        Setting("credit_vat_share", 0.0, "share", message("VAT added to shipments and orders, so that they stand on the footing of the invoices."), "D9"),
        Setting("credit_ageing_days", ((1,), (31,), (61,), (91,)), "days", message("The days with which the columns of the ageing begin."), "D9"),
        Setting("credit_age_from", "due", "due | invoice", message("From which day receivables age."), "D9"),
        Setting("credit_late_days", 60, "days", message("What is overdue for longer than this weighs on the dealer's tier and orders."), "D2, D9"),
        Setting("credit_late_share", 0.02, "share", message("Orders are held where more than this share of what is owed is overdue for that long."), "D2, D9"),
        Setting("credit_slow_days", 10.0, "days", message("Orders are held where what is owed is overdue by more than this, weighed by amount."), "D9"),
        Setting("credit_expired_limit", "hold", "hold | last", message("Whether a limit that has ended holds orders, or is used until it is renewed."), "D9"),
        Setting("credit_review_ahead_days", 30, "days", message("A limit that ends within this many days is due for review."), "D9"),
        Setting("credit_cushion_days", 30, "days", message("Days of purchases that a proposed limit covers beyond the credit days."), "D9"),
        Setting("credit_limit_step", 10000, "money", message("Proposed limits are rounded to this."), "D9"),
        Setting(
            "credit_behaviour",
            ((0, 1.2), (1, 1.0), (8, 0.8), (16, 0.6), (31, 0.4)),
            "days late, factor",
            message("By which factor a proposed limit is multiplied, by how many days late a dealer pays on average."),
            "D9",
        ),
        Setting("dealer_tax_share", 0.28, "share", message("Tax on a dealer's profit where the dealer's books do not state it."), "course, profit and loss"),
        Setting("profit_months", 12, "months", message("How many months a dealer's profit and loss covers where no window is chosen."), "D3"),
        Setting("profit_peer_times", 2.0, "times", message("Dealers whose sales are up to so many times larger or smaller are peers."), "D3"),
        Setting("profit_fewest_peers", 3, "dealers", message("With fewer peers than this no comparison is made."), "D3"),
        Setting("change_fee_each", 100.0, "money", message("Fee for each change of an order by the dealer, beyond the free ones."), "company Q"),
        Setting("change_fee_unit", 1.0, "money a piece", message("Fee for each piece that the dealer changes, beyond the free ones."), "company Q"),
        Setting("change_free_count", 3, "changes", message("Changes that a dealer has free each month."), "company Q"),
        Setting("change_free_share", 0.05, "share", message("Share of the quantity ordered in a month that a dealer may change for nothing."), "company Q"),
        Setting("change_date_share", 0.0, "share", message("Share of a line's quantity that counts as changed where its date is moved."), "company Q"),
        Setting("change_cost_each", 50.0, "money", message("What handling a change of an order costs us."), "D7"),
        Setting("change_rush_share", 0.03, "share", message("What more goods, or goods earlier, cost us, as a share of their cost."), "D7"),
        Setting("change_left_share", 0.05, "share", message("What goods that are no longer wanted cost us, as a share of their cost."), "D7"),
        Setting("change_wait_share", 0.15, "share a year", message("What goods that wait for a later date cost us in a year, as a share of their cost."), "D7"),
        Setting("change_alarm_share", 0.05, "share", message("A dealer who changes at least this share of order lines may be one who changes plans."), "D7"),
        Setting("change_alarm_times", 3.0, "times", message("… and is one where this is so many times what dealers usually change."), "D7"),
        Setting("working_days_a_week", 6, "days", message("Working days of a week, from Monday on, where no calendar says it."), "course, T5"),
        Setting("order_interval_days", 6.0, "working days", message("Working days between two orders of a place for which no rule is loaded."), "I7"),
        Setting("lead_time_days", 3.0, "working days", message("Working days from order to arrival for a place for which no rule is loaded."), "I7"),
        Setting(
            "safety_days_share", 0.30, "share", message("Safety days as a share of order interval and lead time; the course says 10–50 %."), "course, p. 104"
        ),
        Setting("demand_adjustment", 1.0, "ratio", message("Factor on the daily demand where no rule says another."), "course, p. 102"),
        Setting(
            "replenishment_classes",
            (("A", None, None, None, None), ("B", None, None, None, None), ("C", None, None, None, None)),
            "class, interval, lead time, safety share, adjustment",
            message("What holds for the articles of an ABC class where no rule is loaded; empty = as for all."),
            "I7",
        ),
        Setting("most_out_of_stock_share", 0.90, "share", message("Demand is corrected for days out of stock up to this share of the days, not beyond."), "I7"),
        Setting("least_in_stock_share", 0.25, "share", message("An article that was in stock for less of the window is judged by the year before."), "I7"),
        Setting("transit_lead_share", 0.5, "share", message("Goods under way are expected after this share of the lead time."), "I7"),
        Setting("excess_objective_times", 2.0, "times", message("A position above so many times its objective is excess."), "I7"),
        Setting("dealer_report_days", 30, "days", message("Stock of a dealer that was counted longer ago is carried forward and marked as estimated."), "I9"),
        Setting("least_report_days", 28, "days", message("Where a dealer reported sales of fewer days, what we shipped stands for its demand."), "I7"),
        Setting("order_regular_share", 0.25, "share", message("An order that comes this much earlier or later than agreed is still regular."), "I7"),
        Setting("stuffing_load", 1.1, "ratio", message("A dealer that buys more than this times what it sells on is being stuffed …"), "I9"),
        Setting("stuffing_months", 2, "months", message("… if that is so for so many months running."), "I9"),
        Setting("channel_load_months", 3, "months", message("Over how many months channel load is reckoned."), "I9"),
        Setting("cycle_service_share", 0.95, "share", message("Share of order cycles that should pass without a gap."), "I7"),
        Setting("fill_rate_share", 0.98, "share", message("Share of the demand that should be met from stock."), "I7"),
        Setting("abc_a_share", 0.80, "share", message("Class A: what is larger makes less than this share of the value."), "A2"),
        Setting("abc_b_share", 0.96, "share", message("Class B: what is larger makes less than this share of the value; the rest is C."), "A2"),
        Setting("count_class_by", "demand", "demand | stock", message("By what products are classed for counting: sales of a year at cost, or stock."), "I8"),
        Setting(
            "count_tolerance",
            (("A", 0.01), ("B", 0.03), ("C", 0.05)),
            "class, share of the book quantity",
            message("How far a count may be off the books and still be right."),
            "I8",
        ),
        Setting(
            "count_interval_days",
            (("A", 90), ("B", 180), ("C", 365)),
            "class, days between two counts",
            message("How often each class is counted: A four times a year, B twice, C once."),
            "I8",
        ),
        Setting("record_accuracy_low_share", 0.95, "share", message("Below this, stock records are too inaccurate to plan with."), "I8"),
        Setting("record_accuracy_high_share", 0.99, "share", message("The record accuracy of the best."), "I8"),
        Setting("bought_months", 12, "months", message("Months over which purchases are compared with their plan."), "I12"),
        Setting("cash_bridge_months", 12, "months", message("Months that the way from profit to cash covers where no period is chosen."), "I13"),
        Setting("cash_ahead_months", 6, "months", message("Months ahead for which cash is compared with planned payments."), "I13"),
        Setting("profit_is_before_tax", True, "yes | no", message("Whether the profit of the cash table is before tax."), "I13"),
        Setting("kept_versions", 5, "versions", message("How many published versions are kept for undo."), "W4"),
        Setting("first_year", 2000, "year", message("A date before this year is told: it is probably mistyped."), "IN-5"),
        Setting("rule_future_date", "reject", "tell | reject | refuse", message("What to do with rows dated in the future."), "IN-7"),
        Setting("rule_old_date", "tell", "tell | reject | refuse", message("What to do with rows older than the first year."), "IN-7"),
        Setting("rule_negative_price", "tell", "tell | reject | refuse", message("What to do with rows of a negative price."), "IN-7"),
        Setting("rule_zero_price", "tell", "tell | reject | refuse", message("What to do with rows of a price of zero."), "IN-7"),
        Setting("rule_zero_qty", "tell", "tell | reject | refuse", message("What to do with rows that have an amount but no quantity."), "IN-7"),
        Setting("rule_no_unit_price", "tell", "tell | reject | refuse", message("What to do with unit prices of zero or less."), "IN-7"),
        Setting("rule_withdrawn", "tell", "tell | reject | refuse", message("What to do with sales of a withdrawn product."), "IN-7"),
        Setting("rule_before_launch", "tell", "tell | reject | refuse", message("What to do with sales of a product before it entered the catalogue."), "IN-7"),
        Setting("rule_negative_stock", "tell", "tell | reject | refuse", message("What to do with negative stocks."), "IN-7"),
        Setting("rule_stock_jump", "tell", "tell | reject | refuse", message("What to do with stocks that grew out of proportion."), "IN-7"),
        Setting("rule_returns_exceed_sales", "tell", "tell | reject | refuse", message("What to do where a dealer returned more than it bought."), "IN-7"),
        Setting("reader_memory_mb", 1024, "MB", message("Memory that the reader of one workbook may use."), "IN-8"),
        Setting("reader_seconds", 30, "seconds", message("Time that the reader of one workbook may take."), "IN-8"),
        Setting("build_memory_mb", 2048, "MB", message("Memory that the database may use while it builds."), "speed"),
        Setting("largest_file_mb", 4096, "MB", message("A larger text file is refused."), "IN-9"),
        Setting("longest_line_kb", 1024, "KB", message("A longer line is refused: it is not a table."), "IN-9"),
        Setting("most_columns", 1000, "columns", message("A file with more columns is refused: it is not a table."), "IN-9"),
        Setting("largest_zip_ratio", 100, "times", message("A packed file that grows by more than this is refused."), "IN-8"),
    )
}


def _tuples(value: Any) -> Any:
    """JSON's lists as tuples, all the way down."""
    return tuple(_tuples(part) for part in value) if isinstance(value, list | tuple) else value


def _like(value: Any, default: Any) -> bool:
    """Whether a value is of the default's type: any number for a number, a table of rows as wide for a table, whose cells may be empty."""
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float)
    if not isinstance(default, tuple):
        return isinstance(value, type(default))
    if not isinstance(value, tuple):
        return False
    rows = all(isinstance(row, tuple) and len(row) == len(default[0]) for row in value)
    return rows and all(cell is None or like is None or _like(cell, like) for row in value for cell, like in zip(row, default[0], strict=True))


class Settings(Mapping[str, Any]):
    """The settings in force: defaults, overruled by a home. Read-only and hashable, so that it can be part of a cache key."""

    def __init__(self, overrules: Mapping[str, Any] | None = None) -> None:
        chosen = {name: setting.default for name, setting in BOOK.items()}
        for name, value in (overrules or {}).items():
            if name not in BOOK:
                raise BadUse(message("There is no setting “{name}”.", name=name))
            value = _tuples(value)
            if not _like(value, BOOK[name].default):
                raise BadUse(
                    message(
                        "The setting “{name}” was found as {found}, a value like {expected} was expected.",
                        name=name,
                        found=repr(value),
                        expected=repr(chosen[name]),
                    )
                )
            chosen[name] = value
        self._chosen = MappingProxyType(chosen)
        self._hash = hash(tuple(sorted((name, repr(value)) for name, value in chosen.items())))

    def __getitem__(self, name: str) -> Any:
        return self._chosen[name]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._chosen)

    def __len__(self) -> int:
        return len(self._chosen)

    def __hash__(self) -> int:
        return self._hash

    def overrules(self) -> dict[str, Any]:
        """What differs from the defaults: all that needs to be kept."""
        return {name: value for name, value in self._chosen.items() if value != BOOK[name].default}


DEFAULTS = Settings()


def read(path: Path) -> Settings:
    """The settings of a home; a missing file means the defaults.

    Raises BadUse when the file is no JSON object or names an unknown setting.
    """
    if not path.exists():
        return DEFAULTS
    try:
        overrules = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise BadUse(message("{file} is not valid JSON: {fault}.", file=path.name, fault=str(fault))) from None
    if not isinstance(overrules, dict):
        raise BadUse(message("{file} must hold one JSON object with settings.", file=path.name))
    return Settings(overrules)
