"""What goes into a forecast of a company and what comes out, series by series."""

from dataclasses import dataclass

from engine.forecast import Numbers
from engine.forecast.cleaning import Cleaned
from engine.forecast.methods import Known


@dataclass(frozen=True)
class Item:
    """One article as it was shipped, from the month of its first sale to the last whole month of the data (empty where it was never sold).

    in_stock_share, promotion_share: as long as `shipped`; not a number where unknown. promotion_ahead: shares of the months that are forecast.
    months_listed: months since its catalogue day, None where unknown. withdrawn_in: months ahead until it is withdrawn, negative where that lies
    behind, None where nobody said.
    """

    code: str
    family: str
    group: str
    shipped: Numbers
    in_stock_share: Numbers
    promotion_share: Numbers
    promotion_ahead: Numbers
    months_listed: int | None = None
    withdrawn_in: int | None = None


@dataclass(frozen=True)
class Task:
    """One series to be forecast, whole and from some origins. level: item or family. methods: names, the usual one first.

    months_back: origins of the back-test. stops_in: from which month ahead nothing is expected; None = never.
    """

    level: str
    code: str
    kind: str
    values: Numbers
    methods: tuple[str, ...]
    months_back: tuple[int, ...]
    horizon: int
    known: Known
    stops_in: int | None = None


@dataclass(frozen=True)
class Made:
    """What came of a task. paths: method -> (horizon,). back: method -> (origins, horizon); the benchmark is among them. used: method -> what
    stood in for it in the end."""

    paths: dict[str, Numbers]
    back: dict[str, Numbers]
    used: dict[str, str]


@dataclass(frozen=True)
class Prepared:
    """A company before its series are forecast. items and cleaned run side by side; tasks: items first, then families."""

    items: tuple[Item, ...]
    cleaned: tuple[Cleaned, ...]
    families: tuple[str, ...]
    members: dict[str, tuple[int, ...]]
    uplifts: dict[str, float | None]
    tasks: tuple[Task, ...]
