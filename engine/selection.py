"""What was asked for: the period, the rows and the grain. Frozen, so that it can be part of a cache key and of an address."""

from dataclasses import dataclass
from datetime import date

KEYS = ("item_kind", "sphere", "product_group", "line_id", "sku", "dealer_id", "region", "channel", "location_id", "month")
"""The keys by which figures can be grouped and filtered, in the order in which columns are shown."""


@dataclass(frozen=True)
class Selection:
    """as_of: the day on which stock is looked at; None = the last day in the data.
    first, last: the window of the flows, both included; None = the 90 days (setting `window_days`) that end with as_of.
    by: keys of the grain. where: key -> allowed values (an empty tuple lets nothing through).
    compare: `last_year`, `previous` or None.
    """

    as_of: date | None = None
    first: date | None = None
    last: date | None = None
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    compare: str | None = None

    def allowed(self, key: str) -> tuple[str, ...] | None:
        """The values that `where` allows for a key; None = all."""
        return dict(self.where).get(key)
