"""Two things that could follow a publication: one that says something, one that fails."""

from engine.errors import NotPublished
from engine.messages import Message, message
from engine.store.home import Home


def follows(home: Home, version: int) -> Message:
    return message("Version {version} was followed.", version=version)


def fails(home: Home, version: int) -> None:
    raise NotPublished("No forecast.")
