"""Forecasts: how demand is classed, how far ahead it is looked, and when a forecast is to be looked at."""

from engine.messages import message
from engine.thresholds.setting import Setting

TITLE = message("Forecasts")
SETTINGS = (
    Setting("forecast_months", 18, "months", message("Months ahead that are forecast."), "F1", least=1),
    Setting("forecast_family", "line_id", "line_id | product_group", message("What a family of products is: its line or its group."), "S1"),
    Setting("forecast_new_months", 6, "months", message("A product that was sold for fewer months is new; launches like it say how it goes on."), "A12"),
    Setting("forecast_short_months", 24, "months", message("With fewer months of its own a product takes the seasons of its line or group."), "F1"),
    Setting("forecast_ended_months", 12, "months", message("A product without a sale for so many months is no longer expected to sell."), "F1", least=1),
    Setting(
        "forecast_adi", 1.32, "months", message("Demand that comes less often than every so many months is intermittent."), "Syntetos et al. 2005", least=1
    ),
    Setting(
        "forecast_origins",
        ((3,), (6,), (9,), (12,), (18,)),
        "months before the last one",
        message("From where in the past forecasts are made to see how far off they would have been."),
        "F1",
    ),
    Setting(
        "forecast_switch_share",
        0.10,
        "share",
        message("Another method takes the place of the usual one of a class where its past errors are smaller by this share."),
        "F1",
    ),
    Setting("forecast_outlier_times", 5.0, "times", message("A single month above so many times the months around it is taken as a slip."), "F1", least=1),
    Setting("forecast_scale_floor_share", 0.05, "share", message("The scale of the scaled error is at least this share of the mean month."), "F1"),
    Setting("forecast_lag_months", 1, "months", message("Accuracy looks at the forecast that was made so many months before the month."), "S1", least=1),
    Setting("forecast_accuracy_months", 12, "months", message("Months over which the accuracy of forecasts is judged."), "S1", least=1),
)
