"""Two people's changes of one set of minutes, put together: what each added stays, what both changed differently is told."""

from collections.abc import Mapping, Sequence
from typing import Any


def merged(before: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """(minutes with both people's changes, names of the fields that both changed to different things; theirs stand there).

    before: as the second writer saw them; theirs: as they stand now; mine: the fields that the second writer would have. Of lists each line that
    somebody added is kept and each that somebody struck out is gone; of fields in fields each is looked at by itself.
    """
    found, both = dict(theirs), []
    for name, wanted in mine.items():
        was, stands = before.get(name), theirs.get(name)
        if wanted in (was, stands):
            continue
        if stands == was:
            found[name] = wanted
        elif _is_list(wanted) and all(value is None or _is_list(value) for value in (was, stands)):
            found[name] = _lines(was or (), stands or (), wanted)
        elif isinstance(wanted, Mapping) and all(value is None or isinstance(value, Mapping) for value in (was, stands)):
            found[name], inside = merged(was or {}, stands or {}, wanted)
            both += [f"{name}/{each}" for each in inside]
        else:
            both.append(name)
    return found, tuple(both)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _lines(before: Sequence[Any], theirs: Sequence[Any], mine: Sequence[Any]) -> list[Any]:
    struck = [line for line in before if line not in mine]
    return [line for line in theirs if line not in struck] + [line for line in mine if line not in before and line not in theirs]
