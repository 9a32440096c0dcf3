"""An order that was written, as the file that is sent and as the record that is kept of it."""

from dataclasses import replace
from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.messages import message

FILE_COLUMNS = (
    Column("location_id", message("Location"), "code"),
    Column("sku", message("Product"), "code"),
    Column("item_name", message("Name"), "text"),
    Column("final_qty", message("Order"), "qty"),
    Column("unit_price", message("Price"), "money_per_unit"),
    Column("order_value", message("Value of the order"), "money"),
)


def order_file(answer: Answer) -> Answer:
    """What an order check holds as the file that is sent: one row an article that is ordered, the largest value first."""
    lines = answer.frame.filter(pl.col("final_qty") > 0).with_columns(pl.lit(answer.facts["location_id"]).alias("location_id"))
    lines = lines.select(column.name for column in FILE_COLUMNS).sort("order_value", "sku", descending=[True, False], nulls_last=True)
    return replace(answer, name=f"order-{answer.facts['location_id']}", frame=lines, columns=FILE_COLUMNS, notes=())


def payload(answer: Answer) -> dict[str, Any]:
    """An order as the record of it is kept: place, dealer, day of the data, lines, value, free credit and what is beyond it."""
    lines = order_file(answer).frame
    return {
        "location_id": answer.facts["location_id"], "dealer_id": answer.facts["dealer_id"], "as_of": answer.as_of,
        "lines": [{"sku": sku, "qty": qty, "price": price} for sku, qty, price in lines.select("sku", "final_qty", "unit_price").iter_rows()],
        "order_value": answer.facts["total_value"], "headroom_value": answer.facts["headroom_value"], "over_value": answer.facts["over_value"],
        "block": answer.facts["block"],
    }  # fmt: skip
