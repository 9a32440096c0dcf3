"""What the start page says of dealers: who runs out, who is stuffed; each line leads to the desk or to the dealer."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from engine.answers import credit
from engine.answers.answer import Alert
from engine.answers.dealer_desk import supply_rows
from engine.answers.source import Source
from engine.messages import message, plural
from engine.scope import Scope
from engine.selection import Selection


def alerts(source: Source, as_of: date, selection: Selection, scope: Scope) -> Iterator[Alert]:
    """Dealers who owe overdue money; dealers who run out, with the sales at risk; stuffed dealers, with their overstock.

    Nothing of stock where no dealer reports its stock. Only where, by whom and which day are heard of the selection: the desk speaks of all goods.
    """
    where = tuple((key, values) for key, values in selection.where if key in ("region", "channel", "dealer_id"))
    asked = Selection(selection.as_of, where=where)
    yield from _overdue(source, as_of, asked, scope)
    if not source.places["dealer_id"].is_not_null().any():
        return
    rows = supply_rows(source, as_of, asked, scope)
    short = rows.filter("_runs_out")
    if short.height:
        said = plural(
            "{n} dealer runs out of products; sales until the next order but one are at risk.",
            "{n} dealers run out of products; sales until the next order but one are at risk.",
            n=short.height,
        )
        yield Alert(said, float(rows["out_value"].sum() or 0.0), "dealer_desk", severity="critical", facets=("sales_value",))
    stuffed = rows.filter("is_stuffed").sort("over_value", descending=True)
    if stuffed.height == 1:
        one = stuffed.row(0, named=True)
        name = one["dealer_name"] or one["dealer_id"]
        said = message("{name} is stuffed: it buys {load_ratio} times what it sells on.", name=name, load_ratio=one["channel_load"])
        yield Alert(said, float(one["over_value"] or 0.0), "dealer", (("dealer_id", str(one["dealer_id"])),), facets=("cost",))
    elif stuffed.height:
        said = message("{stuffed_n} dealers are stuffed: they buy far more than they sell on.", stuffed_n=stuffed.height)
        yield Alert(said, float(stuffed.select(pl.col("over_value").sum()).item() or 0.0), "dealer_desk", facets=("cost",))


def _overdue(source: Source, as_of: date, asked: Selection, scope: Scope) -> Iterator[Alert]:
    """What dealers owe past its day, those who left too: the same money as on the page Credit."""
    if not source.has("invoices"):
        return
    late = credit.exposures(source, as_of, scope, asked).filter(pl.col("overdue_value") > 0)
    if late.height:
        said = plural("{n} dealer owes money that is overdue.", "{n} dealers owe money that is overdue.", n=late.height)
        yield Alert(said, float(late["overdue_value"].sum()), "credit", severity="critical", facets=("credit",))
