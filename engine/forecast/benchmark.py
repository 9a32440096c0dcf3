"""The method of this house beside others on public competition data: the same method for every series, declared before the test was looked at.

    granary        `ensemble.regular` on each series; the guards of `methods` behind it
    theta          the Theta method on seasonally adjusted data, worked out here
    seasonal_naive the month of a year ago, worked out here
    published      figures of others on the same test months, told as such and where they come from

Series shorter than two years are continued like short items: no seasons of their own. sMAPE and MASE (unfloored, over one season) are means over
series of the whole horizon.
"""

from dataclasses import dataclass

import numpy as np

from engine.forecast import Numbers, errors
from engine.forecast.methods import Known, forecasts

OWN = "granary"
METHODS = {OWN: "ensemble", "theta": "theta", "seasonal_naive": "seasonal_naive"}
RECOMPUTED = "Mcomp, forecasts of the entrants, recomputed"
PUBLISHED: dict[str, tuple[tuple[str, float, float | None, str], ...]] = {
    "m3": (
        ("bagged_ets", 13.64, None, "Bergmeir, Hyndman & Benítez 2016"),
        ("theta_m3", 13.89, 0.858, RECOMPUTED),
        ("forecast_pro", 13.90, 0.848, RECOMPUTED),
        ("comb_s_h_d", 14.47, 0.896, RECOMPUTED),
        ("forecast_x", 14.47, 0.894, RECOMPUTED),
        ("damped", 14.58, 0.908, RECOMPUTED),
        ("bj_automatic", 14.80, 0.914, RECOMPUTED),
        ("single", 15.30, 0.974, RECOMPUTED),
        ("holt", 15.79, 0.909, RECOMPUTED),
        ("winter", 15.93, 1.165, RECOMPUTED),
        ("naive_2", 16.89, 1.037, RECOMPUTED),
    ),
    "m1": (),
    "tourism": (),
}
"""Data -> (method, sMAPE, MASE, source) over all monthly series."""


@dataclass(frozen=True)
class Score:
    """One series by one method. mase: None where the series never moved. stood_in: whether a fall-back had to. cpu_seconds: processor time of the fit."""

    smape: float
    mase: float | None
    stood_in: bool
    cpu_seconds: float = 0.0


def continued(method: str, history: Numbers, horizon: int) -> tuple[Numbers, bool]:
    """((horizon,) forecasts, whether a fall-back stood in) of a name in METHODS."""
    name = METHODS[method]
    ahead, used = forecasts(name, history, [len(history)], horizon, Known())
    return ahead[0], used[0] != name


def scored(ahead: Numbers, actual: Numbers, history: Numbers, stood_in: bool, cpu_seconds: float) -> Score:
    """How a forecast did against what came."""
    return Score(errors.smape(ahead, actual), errors.mase(ahead, actual, history), stood_in, cpu_seconds)


def means(scores: list[Score]) -> tuple[float, float, float, int]:
    """(sMAPE, MASE, CPU in ms a series, series for which a fall-back stood in); MASE over the series that have one."""
    mase = [score.mase for score in scores if score.mase is not None]
    return (
        float(np.mean([score.smape for score in scores])),
        float(np.mean(mase)) if mase else float("nan"),
        1000 * float(np.mean([score.cpu_seconds for score in scores])),
        sum(score.stood_in for score in scores),
    )
