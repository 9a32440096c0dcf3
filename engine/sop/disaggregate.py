"""From the family to its items so that the items add up to the family exactly: largest remainder, and analogues for items without history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.errors import Impossible
from engine.messages import message
from engine.sop.grid import Numbers


def shared_out(total: float, weights: Numbers, step: float = 1.0) -> Numbers:
    """A total in parts proportional to the weights, each a whole number of steps, whose sum is the total.

    Largest remainder: every part is rounded down, and what is left goes, step by step, to those that lost most (the first of equals). Where the
    total is itself no whole number of steps, the odd rest goes to the largest part. Weights of zero get nothing, unless all are zero: then
    all are equal. A total below zero is shared out like its opposite. Raises Impossible for a weight below zero.
    """
    given = np.asarray(weights, dtype=float)
    if given.size == 0:
        return np.zeros(0)
    if (given < 0).any() or not np.isfinite(given).all():
        raise Impossible(
            message("A share of {found} cannot be shared out by; shares are 0 or more. Correct the mix.", found=float(np.nanmin(given)))
        )  # fmt: skip
    if total < 0:
        return -shared_out(-total, given, step)
    shares = given / given.sum() if given.sum() > 0 else np.full(given.size, 1 / given.size)
    steps = int(np.floor(total / step + 1e-9))
    exact = shares * steps
    parts = np.floor(exact + 1e-9)
    left = steps - int(parts.sum())
    order = np.argsort(-np.round(exact - parts, 9), kind="stable")  # equals stay equal through rounding
    parts[order[:left]] += 1
    found = parts * step
    odd = total - steps * step
    if abs(odd) > 1e-9:
        found[int(np.argmax(found if found.any() else shares))] += odd
    return np.asarray(found)


@dataclass(frozen=True)
class Analogue:
    """An item that is expected to sell like another. share: of the other's weight (0.5 = half as much)."""

    item: str
    like: str
    share: float = 1.0


@dataclass(frozen=True)
class Mix:
    """Weights of the items of a family, their sum is 1 where any is known. by_analogue: items that were given another's; without: items that
    have neither history nor analogue: they get nothing."""

    items: tuple[str, ...]
    weights: Numbers
    by_analogue: tuple[str, ...]
    without: tuple[str, ...]


def mix_of(items: Sequence[str], history: Mapping[str, float], analogues: Sequence[Analogue] = ()) -> Mix:
    """Weights from what each item sold in the last months (below zero: returns, counts as nothing), and from its analogue where it sold nothing."""
    sold = {item: max(float(history.get(item, 0.0)), 0.0) for item in items}
    like = {each.item: each for each in analogues}
    borrowed = tuple(item for item in items if sold[item] == 0 and item in like and history.get(like[item].like, 0.0) > 0)
    weights = {item: history[like[item].like] * like[item].share if item in borrowed else sold[item] for item in items}
    total = sum(weights.values())
    without = tuple(item for item in items if weights[item] == 0)
    values = np.array([weights[item] / total if total > 0 else 0.0 for item in items])
    return Mix(tuple(items), values, borrowed, without)


def by_month(family: Numbers, weights: Numbers, step: float = 1.0) -> Numbers:
    """Items × months of a family's months; weights: one an item, or items × months. Every column adds up to the family's month."""
    given = np.asarray(weights, dtype=float)
    spread = np.broadcast_to(given[:, None] if given.ndim == 1 else given, (given.shape[0], len(family)))
    columns = [shared_out(float(total), spread[:, month], step) for month, total in enumerate(family)]
    return np.stack(columns, axis=1) if columns else np.zeros((given.shape[0], 0))
