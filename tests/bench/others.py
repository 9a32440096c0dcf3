"""How long an open package takes for ABC of some positions: `python others.py PACKAGE FILE`, by an interpreter that has it, which need not be ours.

FILE: CSV of sku, sphere, turnover, margin. Prints seconds; leaves with 3 where the package is not installed. It imports nothing of the project.
"""

import importlib
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

ACTS: dict[str, Callable[[Any, Any], object]] = {
    # classes by both values within each sphere, by the running sum with the item below 80 and 95 %
    "inventorize": lambda package, frame: package.productmix_storelevel(frame["sku"], frame["turnover"], frame["margin"], frame["sphere"]),
    # classes by one value over everything, 70 and 90 %; raises TypeError under NumPy 2
    "abc_classification.abc_classifier": lambda package, frame: package.ABCClassifier(frame).classify("sku", "turnover"),
}
NOT_INSTALLED = 3


def main(name: str, file: str) -> int:
    warnings.simplefilter("ignore")
    try:
        package = importlib.import_module(name)
    except ModuleNotFoundError:
        return NOT_INSTALLED
    import pandas as pd

    frame = pd.read_csv(file)
    began = time.perf_counter()
    ACTS[name](package, frame)
    print(time.perf_counter() - began)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
