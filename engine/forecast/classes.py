"""What kind of demand an item has; the method follows from it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.forecast import YEAR, Numbers
from engine.forecast.seasons import is_seasonal

CLASSES = ("regular", "seasonal", "short", "intermittent", "new", "ended")


def demand_interval(values: Numbers) -> float | None:
    """Mean months from one month with demand to the next (ADI): months ÷ months with demand; None without demand.

    Source: Syntetos, Boylan & Croston 2005, who part smooth from intermittent demand at 1.32.
    """
    asked = int(np.count_nonzero(values > 0))
    return len(values) / asked if asked else None


def class_of(values: Numbers, thresholds: Mapping[str, Any], *, is_withdrawn: bool = False, months_listed: int | None = None) -> str:
    """One of CLASSES, for the months since the first sale.

    values: cleaned demand from the first month with a sale on, empty where nothing was ever sold. months_listed: months since the catalogue
    day, None where unknown. thresholds: the settings of forecasting.

    ended        withdrawn, or without a sale for `forecast_ended_months`; never sold although listed for longer than an item counts as new
    new          sold (or listed) for fewer than `forecast_new_months`
    intermittent mean interval of demand at or above `forecast_adi`
    short        fewer than `forecast_short_months`: too few to tell seasons of its own
    seasonal     the season stands out from chance; regular otherwise
    """
    new_months = int(thresholds["forecast_new_months"])
    if is_withdrawn:
        return "ended"
    if not len(values) or not np.any(values > 0):
        is_fresh = months_listed is not None and months_listed < new_months
        return "new" if is_fresh else "ended"
    if not np.any(values[-int(thresholds["forecast_ended_months"]) :] > 0):
        return "ended"
    if len(values) < new_months:
        return "new"
    interval = demand_interval(values)
    if interval is not None and interval >= float(thresholds["forecast_adi"]):
        return "intermittent"
    if len(values) < int(thresholds["forecast_short_months"]):
        return "short"
    return "seasonal" if is_seasonal(values, YEAR) else "regular"
