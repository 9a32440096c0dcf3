"""The kinds of decisions on the assortment, and the form in which the policy wants each of them; its cells are filled by the company, or not set."""

from collections.abc import Sequence

from engine.messages import Message, message

KINDS: dict[str, Message] = {
    "codes": message("Assignment of class codes"),
    "launch": message("Entry of new lines"),
    "promotion": message("Promotion plan and its effect"),
    "prices": message("Prices and discounts"),
    "withdrawal": message("Withdrawal"),
    "tree": message("Structure of the assortment"),
}
"""Kinds of decisions in the order of the policy (3.6.1 to 3.6.6)."""
CELLS = ("period", "criteria", "format", "report")
NOT_SET = message("not set")


def form(table: Sequence[Sequence[str | None]]) -> list[dict[str, str | None]]:
    """One row a kind: decision, period, criteria, format, report. table: of the settings (decision and the four cells); what it lacks is None = not set."""
    kept = {str(row[0]): row[1:] for row in table}
    rows: list[dict[str, str | None]] = []
    for kind in KINDS:
        cells = kept.get(kind, (None,) * len(CELLS))
        said: dict[str, str | None] = {name: str(cell) if cell else None for name, cell in zip(CELLS, cells, strict=True)}
        rows.append({"decision": kind, **said})
    return rows
