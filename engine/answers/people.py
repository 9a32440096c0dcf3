"""The people who decide: a list that they keep themselves, until there is sign-in. A name from it is self-declared: nobody checked it."""

from engine.answers import records
from engine.errors import BadUse
from engine.messages import message
from engine.scope import Scope

LONGEST = 60


def people(home: str) -> dict[str, str]:
    """Code of a person -> name, in the order in which they came."""
    return {record.subject: str((record.payload or {}).get("name", record.subject)) for record in records.newest(home, "person")}


def add(home: str, name: str, who: Scope) -> str:
    """Put somebody on the list; whoever is nobody yet signs with the new name. Returns their code. Raises BadUse for no name or one that is there already."""
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > LONGEST:
        raise BadUse(message("A name has between 1 and {longest} signs.", longest=LONGEST))
    if cleaned.casefold() in {known.casefold() for known in people(home).values()}:
        raise BadUse(message("“{name}” is on the list already.", name=cleaned))
    code = f"p{len(records.newest(home, 'person', with_ended=True)) + 1}"
    records.record(home, "person", code, {"name": cleaned}, who if who.is_named else cleaned, None)
    return code


def take_off(home: str, code: str, who: Scope) -> None:
    """Take somebody off the list; what they decided stays under their name."""
    records.record(home, "person", code, {"ended": True}, who, None)
