"""The words of the house: every KPI with its definition, formula and source, and every other measure, status and class from the book of terms."""

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.source import Source, remembered
from engine.answers.terms import SUBJECTS, terms
from engine.kpis import BOOK, REASONS
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection

COLUMNS = (
    Column("kpi", message("Code"), "code"),
    Column("label", message("Name"), "message"),
    Column("definition", message("What it tells"), "message"),
    Column("formula", message("Formula"), "message"),
    Column("unit", message("Unit"), "text"),
    Column("better", message("Better"), "message"),
    Column("source", message("Where it comes from"), "text"),
)
BETTER: dict[str, Message] = {"up": message("higher"), "down": message("lower"), "band": message("within its band"), "none": message("neither")}


def glossary(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """One row a KPI, in the order of the book. extra: `reasons`, why a value can be unknown (word, said); `terms`, everything else that pages speak of
    (subject, label, meaning, formula or null, source), subject by subject."""
    answer: Answer = _glossary(warehouse, selection, scope)
    return answer


@remembered
def _glossary(source: Source, selection: Selection, scope: Scope) -> Answer:
    rows = [
        (kpi.name, kpi.label.to_json(), kpi.definition.to_json(), kpi.formula.to_json(), kpi.unit, BETTER[kpi.better].to_json(), kpi.source)
        for kpi in BOOK.values()
    ]
    frame = pl.DataFrame(rows, schema=[column.name for column in COLUMNS], orient="row")
    reasons = pl.DataFrame([(word, said.to_json()) for word, said in REASONS.items()], schema=["word", "said"], orient="row")
    book = [
        (SUBJECTS[term.subject].to_json(), term.label.to_json(), term.meaning.to_json(), None if term.formula is None else term.formula.to_json(), term.source)
        for term in terms(source.settings)
    ]
    others = pl.DataFrame(book, schema=dict.fromkeys(("subject", "label", "meaning", "formula", "source"), pl.String), orient="row")
    return Answer(
        name="glossary",
        headline=message("{n_kpis} key figures and {n_terms} terms, each with one meaning everywhere.", n_kpis=len(BOOK), n_terms=others.height),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        extra={"reasons": reasons, "terms": others},
        scope=scope,
        selection=selection,
    )
