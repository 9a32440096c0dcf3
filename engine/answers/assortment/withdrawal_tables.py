"""What the withdrawal gate shows: candidates, what is protected, and what the withdrawal of some positions would do."""

from engine.answers.answer import Column
from engine.messages import message

COLUMNS = (
    Column("sphere", message("Sphere"), "text"),
    Column("sku", message("SKU"), "code"),
    Column("name", message("Name"), "text"),
    Column("line_id", message("Line"), "code"),
    Column("grounds", message("Grounds"), "message"),
    Column("is_recommended", message("Recommended"), "flag"),
    Column("margin_share", message("Margin"), "share", "up"),
    Column("abc_class", message("Class"), "text"),
    Column("life_stage", message("Stage of life"), "message"),
    Column("turnover_value", message("Turnover of the review"), "money"),
    Column("margin_value", message("Margin of the review"), "money"),
    Column("stock_value", message("Stock at cost"), "money"),
    Column("stock_qty", message("Stock"), "qty"),
    Column("sell_days", message("Days to sell it off"), "days"),
    Column("lost_base_margin", message("Margin lost a year, net"), "money"),
    Column("lost_low_margin", message("at least"), "money"),
    Column("lost_high_margin", message("at most"), "money"),
    Column("only_dealers", message("Dealers who buy only this"), "count"),
    Column("contract_qty", message("Open contracts"), "qty"),
    Column("order_qty", message("Open orders"), "qty"),
    Column("spheres_left", message("Stays in other spheres"), "count"),
    Column("product_group", message("Product group"), "text"),
    Column("margin_share_why", message("Why unknown"), "message"),
    Column("sell_days_why", message("Why unknown"), "message"),
)
PROTECTED = (
    Column("sphere", message("Sphere"), "text"),
    Column("sku", message("SKU"), "code"),
    Column("name", message("Name"), "text"),
    Column("protected_until", message("Protected until"), "date"),
    Column("margin_share", message("Margin"), "share", "up"),
)
LINES = (
    Column("sphere", message("Sphere"), "text"),
    Column("product_group", message("Product group"), "text"),
    Column("line_id", message("Line"), "code"),
    Column("before", message("Products now"), "count"),
    Column("left", message("Products left"), "count"),
    Column("is_short", message("Too short"), "flag"),
    Column("is_gone", message("Gone whole"), "flag"),
)
DEALERS = (
    Column("dealer_id", message("Dealer"), "code"),
    Column("dealer_name", message("Name"), "text"),
    Column("net_value", message("Bought in the review"), "money"),
)
CONTRACTS = (
    Column("contract_id", message("Contract"), "code"),
    Column("what", message("Product or line"), "code"),
    Column("open_qty", message("Not delivered yet"), "qty"),
    Column("first_month", message("First month"), "month"),
    Column("last_month", message("Last month"), "month"),
)
