"""What became of a file that was brought: the fields of its line in a receipt, and what is said of it."""

from typing import Any

from engine.errors import NeedsAnswer
from engine.messages import Message, message


def all_rejected(outcome: dict[str, Any]) -> Message:
    """What to say of a file without a row that can be loaded: why most of them cannot, and the first line of those."""
    why = next(iter(outcome["reject_reasons"]), None)
    if why is None:
        return message("Every row of it is rejected: nothing to load.")
    return message(
        "Every row of it is rejected: nothing to load. Why most of them are, first in line {line}: {reason}",
        line=why["lines"][0], reason=Message.from_json(why["reason"]),
    )  # fmt: skip


def as_question(asked: NeedsAnswer) -> dict[str, Any]:
    return {"question": asked.question, "option": asked.option, "choices": list(asked.choices), "reason": asked.said.to_json()}


def blank_outcome(file: str, table: str | None, status: str) -> dict[str, Any]:
    """What became of a file: the fields that every outcome has."""
    return {
        "file": file, "table": table, "status": status, "read": 0, "loaded": 0, "repaired": 0, "rejected": 0, "set_aside": 0, "reason": None, "question": None,
        "questions": [], "option": None, "is_readable": True,
        "overlap": None, "replaced_files": [], "told": [], "formats": [], "mapping": {}, "dialect": {}, "totals": {}, "first_day": None, "last_day": None,
        "raw_files": [], "again": False, "rejects": [], "reject_reasons": [],
    }  # fmt: skip
