"""ABC × XYZ: how many positions and how much money stand in each cell, how well it is forecast, and what is done there."""

from collections.abc import Mapping, Sequence

import polars as pl

from engine.messages import Message, message

CLASSES, LETTERS = ("A", "B", "C"), ("X", "Y", "Z", "-")
POLICIES: dict[str, Message] = {
    "automatic": message("Ordered by itself from the forecast; always in stock"),
    "forecast": message("Forecast with seasons and promotions; checked each month"),
    "watch": message("Planned by hand with the large customers; more safety stock"),
    "lean": message("Ordered by itself in few large lots; little attention"),
    "to_order": message("Kept low or made to order"),
    "leave": message("To be looked at for withdrawal"),
    "nothing": message("Does not sell: why is it still listed?"),
    "not_set": message("not set"),
}
"""What is done with a cell; which cell takes which is a setting."""


def crossed(positions: pl.DataFrame, policies: Sequence[tuple[str, str, float | None]]) -> pl.DataFrame:
    """One row a cell of each sphere: sphere, class, xyz, positions, new_positions, turnover, margin, turnover_share, error_share, policy, service_share.

    positions: sphere, class, xyz, xyz_mark, turnover, margin, and, where forecasts were judged, error_qty and demand_qty (sums of absolute errors and of
    demand; null = not judged). policies: (cell such as AX, key of POLICIES, service). Cells without a position are there, with none.
    error_share: Σ error ÷ Σ demand of the judged positions, unknown where nothing was judged.
    """
    judged = pl.col("error_qty").is_not_null() & (pl.col("demand_qty") > 0)
    sums = positions.group_by("sphere", "class", "xyz").agg(
        pl.len().cast(pl.Int64).alias("positions"),
        (pl.col("xyz_mark") == "new").sum().cast(pl.Int64).alias("new_positions"),
        pl.col("turnover", "margin").sum(),
        pl.col("error_qty").filter(judged).sum().alias("_error"),
        pl.col("demand_qty").filter(judged).sum().alias("_demand"),
    )
    spheres = positions.select("sphere").unique().sort("sphere")
    cells = spheres.join(pl.DataFrame({"class": list(CLASSES)}), how="cross").join(pl.DataFrame({"xyz": list(LETTERS)}), how="cross")
    whole = cells.join(sums, on=["sphere", "class", "xyz"], how="left", maintain_order="left").with_columns(
        pl.col("positions", "new_positions").fill_null(0), pl.col("turnover", "margin").fill_null(0.0)
    )
    total = pl.col("turnover").clip(lower_bound=0.0).sum().over("sphere")
    named = cell_policies(policies)
    cell = pl.concat_str("class", "xyz")
    return whole.select(
        "sphere", "class", "xyz", "positions", "new_positions", "turnover", "margin",
        pl.when(total > 0).then(pl.col("turnover").clip(lower_bound=0.0) / total).alias("turnover_share"),
        pl.when(pl.col("_demand") > 0).then(pl.col("_error") / pl.col("_demand")).alias("error_share"),
        cell.replace_strict({key: policy for key, (policy, _) in named.items()}, default="not_set", return_dtype=pl.String).alias("policy"),
        cell.replace_strict({key: service for key, (_, service) in named.items()}, default=None, return_dtype=pl.Float64).alias("service_share"),
    )  # fmt: skip


def cell_policies(policies: Sequence[tuple[str, str, float | None]]) -> Mapping[str, tuple[str, float | None]]:
    """Cell -> (policy, share of orders to be filled at once); what is not set is not there."""
    return {cell: (policy, service) for cell, policy, service in policies if cell and policy}
