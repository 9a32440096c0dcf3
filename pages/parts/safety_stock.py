"""The pieces of the page on safety stock: lines with what is kept and what two aims ask for, the rows, the arithmetic of one of them."""

from typing import Any

import polars as pl

from engine import figures
from engine.answers import safety_said
from engine.answers.answer import Answer
from engine.messages import message
from pages.parts import tables, text
from pages.parts.charts import chart, look
from pages.parts.view import View


def picture(view: View, answer: Answer) -> None:
    """Line by line: kept today, and what each aim asks for."""
    service, fill = answer.facts["aims"]
    names = {
        "now_value": message("Kept today by safety days"),
        "cycle_value": message("For {service_share} of cycles without a gap", service_share=service),
        "fill_value": message("For {fill_share} of demand met", fill_share=fill),
    }
    title = message("Safety stock by line, the largest gap first")
    drawn = figures.required(answer.extra["lines"], look(view), names=names, unit="money", label=title)
    chart(view, title, drawn, key="safety-lines", subtitle=view.say(message("money at cost; the filled mark is what is kept today")))


def rows(view: View, answer: Answer) -> None:
    """The rows, the largest gap first; how one of them is reckoned stands above the table, of the one that was clicked or the first."""
    frame = answer.extra["rows"]
    tables.headed(view, answer, message("Articles, the largest gap first"), "safety-stock")
    columns = [column for column in answer.columns if column.name != "location_id" or frame["location_id"].n_unique() > 1]
    picked = tables.rows(
        view, answer.frame, columns, alt=view.say(answer.headline), key=f"safety-{abs(hash(view.selection))}", bars=("now_value",), pick=True, nothing="?"
    )  # fmt: skip
    if frame.height:
        _explained(view, answer, frame, picked)


def _explained(view: View, answer: Answer, frame: pl.DataFrame, picked: dict[str, Any] | None) -> None:
    """The arithmetic of one row."""
    row = frame.row(0, named=True)
    if picked is not None:
        is_it = (pl.col("sku") == picked["sku"]) & pl.col("location_id").eq_missing(pl.lit(picked["location_id"]))
        row = frame.row(by_predicate=is_it, named=True)
    text.heading(
        view.say(message("How it is reckoned: {name}", name=row["item_name"] or row["sku"])),
        row["location_id"] or "",
        view.say(message("click a row to see another")),
    )
    text.lines([view.say(said) for said in safety_said.explained(row, answer.facts["aims"])])
