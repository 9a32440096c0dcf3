"""Forecasts of monthly demand: how a series is judged, continued, tested against its own past, and made to add up.

Pure: arrays and frames in, arrays and frames out. A series is an array of monthly quantities, oldest first, without gaps.
"""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
YEAR = 12
"""Months after which a season comes back."""
