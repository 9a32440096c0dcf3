"""What the decisions of the gates that are in force mean to the rest: products that leave, and when; lines that come."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from engine.answers.assortment import gates
from engine.answers.source import Source
from engine.assortment.decision import IN_FORCE, LAUNCH, WITHDRAWAL

LEAVING: dict[str, Any] = {
    "sku": pl.String, "sphere": pl.String, "product_group": pl.String, "line_id": pl.String, "subject": pl.String, "gate_on": pl.Date, "deadline": pl.Date,
    "start_qty": pl.Float64, "spheres_left": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True)
class Launched:
    """A line that was decided to be launched. margin_share, monthly_value: as expected in the decision, None = unknown."""

    line_id: str
    sphere: str
    product_group: str
    launch_on: date
    products: int
    margin_share: float | None
    monthly_value: float | None
    subject: str
    order_no: str


def leaving(source: Source) -> pl.DataFrame:
    """Every position whose withdrawal is in force: LEAVING. spheres_left: in how many other spheres the product stays."""
    rows = [
        {
            **{name: row.get(name) for name in ("sku", "sphere", "product_group", "line_id")},
            "subject": each.subject, "gate_on": each.gate_on, "deadline": each.day("deadline"), "start_qty": row.get("stock_qty"),
            "spheres_left": row.get("spheres_left"),
        }
        for each in gates.decisions(str(source.home.path), WITHDRAWAL) if each.state == IN_FORCE
        for row in each.positions
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=LEAVING)


def run_off_ends(source: Source) -> dict[str, date]:
    """Product -> the first day on which what is left of it counts as withdrawn stock: after the end of its run-off. Only what leaves its last sphere."""
    whole = leaving(source).filter((pl.col("spheres_left") == 0) & pl.col("deadline").is_not_null())
    ends = whole.group_by("sku").agg(pl.col("deadline").min())
    return {sku: deadline + timedelta(1) for sku, deadline in ends.sort("sku").iter_rows()}


def launches(source: Source) -> list[Launched]:
    """The lines whose launch is in force, by the day of the launch: the new-product plan."""
    found = [
        Launched(
            str(each.said["figures"].get("line_id") or ""), str(each.said["figures"].get("sphere") or ""),
            str(each.said["figures"].get("product_group") or ""), each.gate_on, len(each.positions), each.said["figures"].get("margin_share"),
            each.said["figures"].get("monthly_value"), each.subject, str(each.said.get("order_no", "")),
        )
        for each in gates.decisions(str(source.home.path), LAUNCH) if each.state == IN_FORCE
    ]  # fmt: skip
    return sorted(found, key=lambda line: (line.launch_on, line.line_id))


def development(source: Source) -> pl.DataFrame:
    """What the gates decided, for the plan of product development: is_coming, item_id (null for a product to come), item_name, line_id, from_on."""
    rows: list[tuple[bool, str | None, str, str, date]] = []
    for each in gates.decisions(str(source.home.path)):
        if each.state == IN_FORCE:
            line = str(each.said["figures"].get("line_id") or "")
            for row in each.positions:
                coming = each.kind == LAUNCH
                rows.append((coming, None if coming else row["sku"], row.get("name") or "", line if coming else row["line_id"], each.gate_on))
    schema: dict[str, Any] = {"is_coming": pl.Boolean, "item_id": pl.String, "item_name": pl.String, "line_id": pl.String, "from_on": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")
