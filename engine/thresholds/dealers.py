"""Money with dealers: credit, profit, changes of plan."""

from engine.messages import message
from engine.thresholds.setting import Setting

TITLE = message("Credit, profit and plan changes of dealers")
SETTINGS = (
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
    Setting("profit_is_before_tax", True, "yes | no", message("Whether the profit of the cash table is before tax."), "I13"),
)
