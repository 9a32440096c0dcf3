"""What the company of the demo has settled for itself: the settings that have no default that fits everybody."""

from data.demo.lines import BRAND, GIFTS, LIQUEURS, SPIRITS, WINES

CHOSEN: dict[str, object] = {
    "sphere_letters": [[SPIRITS, "Б"], [LIQUEURS, "Г"], [WINES, "П"], [GIFTS, "Л"]],
    "market_own_player": BRAND,
}
