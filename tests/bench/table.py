"""The table that `make bench` prints: each figure beside its limit, as a ratio within the same run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measured figure. limit, aim: what is promised, what is hoped for; both in the unit of `value`."""

    what: str
    value: float
    unit: str
    limit: float
    aim: float | None
    how: str

    @property
    def holds(self) -> bool:
        return self.value <= self.limit

    def __str__(self) -> str:
        aim = f", aim {self.aim:g}" if self.aim is not None else ""
        return f"{self.what:58} {self.value:9.2f} {self.unit:3}  {'≤' if self.holds else '> !'} {self.limit:g}{aim:10}  {self.how}"
