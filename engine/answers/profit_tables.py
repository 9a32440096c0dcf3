"""The columns of the tables about what dealers earn."""

from engine.answers.answer import Column
from engine.dealers.profit import COSTS, LINES
from engine.messages import message

COLUMNS = (
    Column("dealer_id", message("Dealer"), "code"),
    Column("dealer_name", message("Name"), "text"),
    Column("net_profit", LINES["net_profit"], "money", "up"),
    Column("net_share", message("Net profit of sales"), "share", "up"),
    Column("roi", message("Return on capital, a year"), "share", "up"),
    Column("net_sales", LINES["net_sales"], "money", "up"),
    Column("margin_share", message("Gross margin rate"), "share", "up"),
    Column("total_margin_share", message("Gross margin with rebates"), "share", "up"),
    Column("markup_share", message("Mark-up"), "share", "up"),
    Column("goods_cost", LINES["goods_cost"], "money"),
    Column("gross_profit", LINES["gross_profit"], "money", "up"),
    Column("rebate", LINES["rebate"], "money", "up"),
    Column("total_gross_profit", LINES["total_gross_profit"], "money", "up"),
    *(Column(name, LINES[name], "money", "down") for name in COSTS),
    Column("controllable", LINES["controllable"], "money", "down"),
    Column("other_income", LINES["other_income"], "money", "up"),
    Column("profit_before_tax", LINES["profit_before_tax"], "money", "up"),
    Column("tax", LINES["tax"], "money"),
    Column("break_even_sales", message("Break-even sales a month"), "money", "down"),
    Column("break_even_margin", message("Break-even margin"), "share", "down"),
    Column("capital", message("Capital tied up"), "money", "down"),
    Column("our_cost_to_serve", message("What serving costs us"), "money", "down"),
    Column("qty", message("Quantity of our brands"), "qty", "up"),
    Column("months", message("Months"), "count"),
    Column("region", message("Region"), "text"),
    Column("roi_why", message("Why unknown"), "message"),
)
STATEMENT = (
    Column("line", message("Item of the statement"), "code"),
    Column("label", message("Item of the statement"), "message"),
    Column("amount", message("Amount"), "money"),
    Column("share", message("Of sales"), "share"),
    Column("peer_share", message("Peers"), "share"),
    Column("own", message("Our brands"), "money"),
    Column("own_share", message("Of sales"), "share"),
    Column("others", message("Other brands"), "money"),
    Column("others_share", message("Of sales"), "share"),
)
CTM_COLUMNS = (
    Column("category", message("Category"), "text"),
    Column("channel", message("Channel"), "text"),
    Column("net_value", LINES["net_sales"], "money", "up"),
    Column("gross_profit", LINES["gross_profit"], "money", "up"),
    Column("share", message("Share of sales"), "share"),
    Column("margin_share", message("Gross margin rate"), "share", "up"),
    Column("ctm", message("Contribution to margin"), "points", "up"),
    Column("dilutes", message("Dilutes"), "flag"),
)
OPPORTUNITIES = (
    Column("dealer_name", message("Name"), "text"),
    Column("label", message("Cost item"), "message"),
    Column("yearly_value", message("Worth in a year"), "money", "down"),
    Column("share", message("Of sales"), "share", "down"),
    Column("peer_share", message("Peers"), "share"),
)
