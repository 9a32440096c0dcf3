"""What the measures of the scorecard are called, why one is not measured, and in which unit its value is."""

from engine.messages import Message, message

LABELS: dict[str, Message] = {
    "F1": message("Sell-through against target"),
    "F2": message("Margin against plan"),
    "F3": message("Dealer's return on investment"),
    "F4": message("Overdue share of receivables"),
    "C1": message("Target outlets that bought"),
    "C2": message("Availability of products"),
    "C3": message("Shelf prices within the band"),
    "P1": message("Days of supply within the band"),
    "P2": message("Old stock"),
    "P3": message("Accuracy of requests"),
    "P4": message("Orders changed"),
    "P5": message("Stock reports on time"),
    "G1": message("New outlets and new products"),
    "G2": message("Visits by the route plan"),
    "G3": message("Sales reps: enough and trained"),
}
WHYS: dict[str, Message] = {
    "F1": message("There is no target for these months, or the dealer did not tell what it sold on."),
    "F2": message("The dealer's margins or a plan for them are not loaded."),
    "F3": message("The dealer's costs and assets are not loaded for these months."),
    "F4": message("There are no invoices of the dealer."),
    "C1": message("No outlets of the dealer, or none of its sales to them, are loaded."),
    "C2": message("Nobody said on which days the dealer's products were in stock."),
    "C3": message("No shelf prices were seen at the dealer's outlets."),
    "P1": message("The dealer's stock, its demand or its order rhythm is not known."),
    "P2": message("The dealer did not report its stock."),
    "P3": message("The dealer made no requests for these months."),
    "P4": message("The dealer ordered nothing."),
    "P5": message("No stock of dealers is loaded."),
    "G1": message("There is no plan for new outlets or new products."),
    "G2": message("No visits to the dealer's outlets are loaded."),
    "G3": message("No sales representatives or visits are loaded."),
}
UNITS: dict[str, str] = {"F2": "points", "P1": "days"}
"""Everything else is a share."""


def unit_of(measure: str) -> str:
    return UNITS.get(measure, "share")
