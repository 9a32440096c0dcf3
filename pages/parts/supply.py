"""The pieces of the page on replenishment: places against their band, one place's articles, where a position goes."""

import polars as pl
import streamlit as st

from engine import figures
from engine.answers.answer import Answer, Column
from engine.answers.replenishment import PLACE_COLUMNS
from engine.messages import message
from pages.parts import rooms, tables, text
from pages.parts.charts import chart, look
from pages.parts.frame import address
from pages.parts.view import View

LATE = (
    Column("dealer_id", message("Dealer"), "code"),
    Column("dealer_name", message("Name"), "text"),
    Column("region", message("Region"), "text"),
    Column("counted_on", message("Last report"), "date"),
)


def picture(view: View, answer: Answer) -> None:
    """Several places: where sales are at risk. One place: where the position with the most at risk goes."""
    places = answer.extra["places"]
    if places.height == 1:
        projection(view, answer)
        return
    title = message("Sales at risk by place, the largest first")
    severity = pl.when(pl.col("out_n") > 0).then(pl.lit("critical")).when(pl.col("out_before_n") > 0).then(pl.lit("attention"))
    bars = places.select(pl.col("name").alias("label"), pl.col("at_risk_value").alias("value"), pl.col("location_id").alias("key"), severity.alias("severity"))
    drawn = figures.risk_bars(bars.filter(pl.col("value") > 0), look(view), label=title)
    said = message("what is lost if nothing is ordered now; red: something is out of stock already, amber: it will be before an order arrives")
    chart(view, title, drawn, key="at-risk", subtitle=view.say(said))


def projection(view: View, answer: Answer) -> None:
    """Day by day until the order after this one arrives."""
    row = answer.facts["position"]
    title = (
        message("Until the next order arrives")
        if row is None
        else message("{name}: until the order after this one arrives", name=row["item_name"] or row["sku"])
    )
    drawn = figures.projection(answer.extra["projection"], look(view), label=title)
    chart(view, title, drawn, key="projection", subtitle=view.say(message("pieces, by working day; the strip reaches from the reorder point to the objective")))


def rows(view: View, answer: Answer) -> None:
    """The places, or of one place the articles; a click narrows the choice, and of one place leads to its order."""
    places = answer.extra["places"]
    if places.height > 1:
        tables.headed(view, answer, message("Places, the most sales at risk first"), "replenishment")
        picked = tables.rows(view, places, PLACE_COLUMNS, alt=view.say(answer.headline), key="places", bars=("at_risk_value", "excess_value"), pick=True)
        if picked is not None:
            _narrow("location_id", str(picked["location_id"]))
        return
    with st.container(horizontal=True, gap="small"):
        for place in places["location_id"]:
            link = address.link({"location_id": [place]})
            st.page_link(rooms.page_named("orders").file, label=view.say(message("Write the order")), icon=":material/edit_note:", query_params=link)
    columns = [column for column in answer.columns if column.name not in ("location_id", "dealer_id", "severity", "committed_qty", "is_estimated")]
    tables.headed(view, answer, message("Articles, the most sales at risk first"), "replenishment")
    key = f"positions-{abs(hash(view.selection))}"
    picked = tables.rows(view, answer.frame, columns, alt=view.say(answer.headline), key=key, bars=("at_risk_value",), pick=answer.frame.height > 1)
    if picked is not None:
        _narrow("sku", str(picked["sku"]))


def _narrow(name: str, value: str) -> None:
    st.query_params.from_dict(address.link({name: [value]}))
    st.rerun()


def silent(view: View, answer: Answer) -> None:
    """Dealers who have not reported, with the day of their last report."""
    late = answer.extra["unreported"]
    if late.height:
        text.heading(view.say(message("Who has not reported")))
        tables.rows(view, late, LATE, alt=view.say(message("Who has not reported")), key="unreported", nothing="–")
