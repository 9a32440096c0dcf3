"""What a seed plants: sums, counts and proportions. Seed 1 is the case the demo is named after; other seeds tell other stories."""

from dataclasses import dataclass

from data.demo.days import dice


@dataclass(frozen=True)
class Scenario:
    """Planted figures. Sums are whole CNY at cost on the last day; ratios are plain numbers.

    net_sales: of the last twelve months. inflation: reported by one sales area ÷ ordered. stuffing: sell-in ÷ sell-through of
    the stuffed dealer in its last months. peak: load ÷ capacity of the bottleneck in the autumn after the history.
    """

    seed: int
    net_sales: int
    damaged: int
    no_set: int
    unsold: int
    unsold_count: int
    withdrawn: int
    withdrawn_count: int
    inflation: float
    stuffing: float
    peak: float


def scenario(seed: int) -> Scenario:
    """The story of a seed."""
    if seed == 1:
        return Scenario(1, 80_000_000, 300_000, 900_000, 2_000_000, 42, 1_300_000, 11, 2.0, 1.30, 1.18)
    draw = dice(seed, "scenario")
    return Scenario(
        seed=seed,
        net_sales=int(draw.uniform(68, 95) * 1e6),
        damaged=int(draw.uniform(180_000, 420_000)),
        no_set=int(draw.uniform(600_000, 1_200_000)),
        unsold=int(draw.uniform(1_400_000, 2_600_000)),
        unsold_count=int(draw.integers(34, 47)),
        withdrawn=int(draw.uniform(900_000, 1_700_000)),
        withdrawn_count=int(draw.integers(9, 15)),
        inflation=float(draw.choice([1.6, 1.8, 2.2, 2.5])),
        stuffing=round(float(draw.uniform(1.25, 1.4)), 2),
        peak=round(float(draw.uniform(1.12, 1.3)), 2),
    )
