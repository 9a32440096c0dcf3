"""A picture of the same rows for the same eyes is drawn once: a page asks for all its pictures at every rerun, and few of them have changed."""

import functools
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import polars as pl

from engine.figures.content import mark_of
from engine.figures.notation import Drawn, Look

KEPT = 100
"""Pictures that each function keeps: some hundred kilobytes each at most."""
MOST_ROWS = 2_000
"""Of more rows a picture is drawn anew: reading them through would take as long."""
Draw = TypeVar("Draw", bound=Callable[..., Drawn])


@dataclass(frozen=True)
class _Rows:
    """A frame that is known by its content."""

    mark: bytes
    frame: pl.DataFrame = field(compare=False)


@dataclass(frozen=True)
class _Named:
    """An argument that is known by its content, and the argument itself."""

    known_by: Hashable
    value: Any = field(compare=False)


def drawn_once(draw: Draw) -> Draw:
    """The same function of a frame, a look and named arguments, which gives the figure that it drew before for the same. Nobody changes a figure."""

    @functools.lru_cache(maxsize=KEPT)
    def kept(rows: _Rows, look: Look, names: tuple[str, ...], named: tuple[_Named, ...]) -> Drawn:
        return draw(rows.frame, look, **{name: each.value for name, each in zip(names, named, strict=True)})

    @functools.wraps(draw)
    def drawn(frame: pl.DataFrame, look: Look, **named: Any) -> Drawn:
        if frame.height > MOST_ROWS or pl.Object in frame.dtypes:
            return draw(frame, look, **named)
        return kept(_Rows(mark_of(frame), frame), look, tuple(named), tuple(_Named(_known_by(value), value) for value in named.values()))

    return cast(Draw, drawn)


def _known_by(value: Any) -> Hashable:
    if isinstance(value, Mapping):
        return tuple((key, _known_by(each)) for key, each in value.items())
    if isinstance(value, list | tuple):
        return tuple(_known_by(each) for each in value)
    kind: Hashable = (type(value), value)
    return kind
