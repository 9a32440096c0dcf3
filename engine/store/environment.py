"""Whether this Python and its packages are those that the program was made with. Uses the standard library alone: it must speak where packages are missing."""

import sys
from collections.abc import Iterator, Mapping
from importlib import metadata

from engine import bootstrap
from engine.messages import Message, message


def installed(names: Mapping[str, str]) -> dict[str, str | None]:
    """Package -> the version that this interpreter has; None = it is missing."""
    found: dict[str, str | None] = {}
    for name in names:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = None
    return found


def of_python(version: tuple[int, ...] = tuple(sys.version_info[:3]), least: tuple[int, ...] = bootstrap.LEAST) -> Iterator[Message]:
    """The interpreter is new enough."""
    if version[: len(least)] < least:
        yield message(
            "Python {least} or newer is needed, this is {found}. {how}",
            least=".".join(map(str, least)), found=".".join(map(str, version)), how=bootstrap.how_to_get_python(),
        )  # fmt: skip


def of_packages(pins: Mapping[str, str], found: Mapping[str, str | None]) -> Iterator[tuple[str, Message]]:
    """Every pinned package is there in its version; each fault with the name of its check."""
    for name, pinned in pins.items():
        version = found.get(name)
        if version is None:
            yield "package_missing", message("The package {package} {version} is missing: run {command}.", package=name, version=pinned, command=SETUP)
        elif version != pinned:
            said = message("The package {package} is {found}, tested was {version}: run {command}.", package=name, found=version, version=pinned, command=SETUP)
            yield "package_version", said


SETUP = "python -m engine setup"
