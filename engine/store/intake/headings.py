"""The names of columns as they stand in a file: which are ours, and what to call those without a name."""

from collections import Counter
from collections.abc import Sequence

from engine.errors import Refused
from engine.messages import message
from engine.store import contracts
from engine.store.intake.cells import folded
from engine.store.intake.reading import Options


def known(options: Options) -> frozenset[str]:
    """Folded headings by which a header row is recognised: those of all contracts, and those that the user mapped."""
    ours = {
        folded(heading) for contract in contracts.catalogue().values() for column in contract.columns for heading in (*column.headings, *column.month_headings)
    }
    return frozenset((ours | {folded(heading) for heading, _ in options.map}) - {""})


def named(headings: Sequence[str]) -> list[str]:
    """A name for every column: those without one are called by their place."""
    return [heading or f"column {place}" for place, heading in enumerate(headings, 1)]


def check_once(headings: Sequence[str], shown_as: str) -> None:
    """Refuse a heading that stands twice: nobody could say which column is meant."""
    twice = [name for name, count in Counter(headings).items() if count > 1]
    if twice:
        places = ", ".join(str(place) for place, heading in enumerate(headings, 1) if heading == twice[0])
        raise Refused(
            message(
                "{file}: the heading “{heading}” stands over several columns ({places}): rename all but one.",
                file=shown_as,
                heading=twice[0],
                places=places,
            )
        )
