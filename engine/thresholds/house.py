"""The house: currency, windows, bands, colours."""

from engine.messages import message
from engine.thresholds.setting import Setting

TITLE = message("The house")
SETTINGS = (
    Setting("currency", "CNY", "three letters", message("The company's currency; every amount is in it."), "contract"),
    Setting("language", "en", "language", message("The language when a browser asks for none that we speak."), "house"),
    Setting("window_days", 90, "days", message("Length of the window over which sales are counted."), "house", least=1),
    Setting("stale_stock_days", 45, "days", message("A stock count older than this is marked as stale."), "I9"),
    Setting("kpi_move_share", 0.10, "share", message("A KPI that a load moves by more than this is shown on the receipt."), "house"),
    Setting("supply_band_low_days", 45, "days", message("Below this, days of supply are short."), "house"),
    Setting("supply_band_high_days", 60, "days", message("Above this, days of supply are long."), "house"),
    Setting(
        "variance_colours",
        "blue_vermillion",
        "blue_vermillion | green_red | red_up",
        message("How better and worse are coloured; “red rises” colours by direction."),
        "house",
    ),
)
