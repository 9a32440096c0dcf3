"""Dealers rated: measures, weights, tiers, and what follows from them."""

from engine.messages import message
from engine.thresholds.setting import Setting

TITLE = message("Scorecard of dealers")
SETTINGS = (
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
        "measure, perspective, weight, value of score 0, value of score 100, shape (of a band the values are its multiples), effort",
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
            ("stuffed", 1.0, "flag"),
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
        (("F1", "sell_through"), ("F1_sell_in", "net_sales"), ("F2", "margin_share"), ("G1", "new_outlets"), ("G1_products", "new_products")),
        "measure, its name among the dealers' targets",
        message("By which name the targets of a measure are found in the dealers' targets."),
        "D2",
    ),
    Setting(
        "scorecard_target_outlets",
        (("A",), ("B",), ("C",)),
        "class of outlets",
        message("Classes of outlets that dealers are to reach; an outlet without a class is one of them."),
        "D2, C1",
    ),
    Setting("scorecard_new_product_days", 365, "days", message("A product counts as new for so many days after it came into the catalogue."), "D2, G1"),
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
)
