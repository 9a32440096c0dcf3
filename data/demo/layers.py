"""First in, first out: which batch each shipment, transfer and loss was taken from."""

from dataclasses import dataclass

import numpy as np

from data.demo.company import Article
from data.demo.days import Clock, dice
from data.demo.flow import Flow
from data.demo.places import OWN, Dealers
from data.demo.prices import COST_RISE, Prices
from data.demo.relics import OldLot, Relics

LARGEST_BATCH = 3000
_FAR = 10**13


def first_out(in_group: np.ndarray, in_qty: np.ndarray, out_group: np.ndarray, out_qty: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Match outflows with inflows, oldest first within each group. Inputs are sorted by group, then time; quantities are > 0.

    Returns (inflow index, outflow index, quantity) of each piece of the match; what is left of an inflow appears in none.
    """

    def ends(group: np.ndarray, qty: np.ndarray) -> np.ndarray:
        total = np.cumsum(qty)
        first = np.searchsorted(group, group, side="left")
        before = np.concatenate([[0], total])[first]
        return group * _FAR + total - before

    in_end, out_end = ends(in_group, in_qty), ends(out_group, out_qty)
    cuts = np.unique(np.concatenate([in_end, out_end]))
    group = (cuts - 1) // _FAR
    starts = np.maximum(np.concatenate([[0], cuts[:-1]]), group * _FAR)
    outflow = np.searchsorted(out_end, cuts, side="left")
    inflow = np.searchsorted(in_end, cuts, side="left")
    real = outflow < len(out_end)
    real &= out_group[np.minimum(outflow, len(out_end) - 1)] == group
    if not (inflow[real] < len(in_end)).all() or not (in_group[inflow[real]] == group[real]).all():
        raise ValueError("more went out than came in")
    return inflow[real], outflow[real], (cuts - starts)[real]


@dataclass(frozen=True)
class Batches:
    """One batch each: running number, article, day of receipt (before the history: negative), pieces, unit cost."""

    article: np.ndarray
    day: np.ndarray
    qty: np.ndarray
    cost: np.ndarray

    def id(self, which: np.ndarray) -> np.ndarray:
        return np.char.add("P", np.char.zfill((np.asarray(which) + 1).astype(str), 6))


@dataclass(frozen=True)
class Taken:
    """Pieces taken from batches: `row` points at the event of the flow, which may appear several times."""

    row: np.ndarray
    batch: np.ndarray
    qty: np.ndarray


@dataclass(frozen=True)
class Traced:
    """Every movement of own finished goods with its batch. opening: (batch, place, pieces) before the history.

    returned_batch: the batch of each return, in the order of the flow.
    """

    batches: Batches
    opening: tuple[np.ndarray, np.ndarray, np.ndarray]
    sold: Taken
    moved: Taken
    adjusted: Taken
    returned_batch: np.ndarray


def _batches(seed: int, articles: list[Article], flow: Flow, relics: Relics, prices: Prices, clock: Clock) -> tuple[Batches, np.ndarray]:
    """Opening lots and production runs as batches, in order of receipt; with the lots' pieces at each place (batches × places)."""
    draw = dice(seed, "batches")
    rows: list[tuple[int, int, int, dict[int, int]]] = []
    for index, article in enumerate(articles):
        stock = flow.own[0, :, index]
        if article.state == "unsold" or not stock.sum():
            continue
        older = stock * 2 // 5
        age = int(draw.integers(35, 80))
        for day, part in ((-age, older), (-age // 3, stock - older)):
            rows.append((day, index, int(part.sum()), {place: int(qty) for place, qty in enumerate(part) if qty}))
    lots: list[OldLot] = relics.opening
    rows += [(lot.received_before, lot.article, sum(lot.qty.values()), lot.qty) for lot in lots]
    for day, index, qty in zip(*flow.made.values(), strict=True):
        size = LARGEST_BATCH // articles[index].variant.pack * articles[index].variant.pack
        rows += [(int(day), int(index), int(min(size, qty - start)), {}) for start in range(0, int(qty), size)]
    rows = [row for row in rows if row[2]]
    rows.sort(key=lambda row: (row[0], row[1]))
    received, which, pieces_in = (np.array([row[place] for row in rows]) for place in range(3))
    places = np.zeros((len(rows), len(OWN)), dtype=np.int64)
    for number, row in enumerate(rows):
        for place, pieces in row[3].items():
            places[number, place] = pieces
    steady = np.array([each.state != "live" for each in articles])[which]
    years = np.maximum(clock.length - received, 0) / 365
    cost = prices.unit_cost[which] * np.where(steady, 1, (1 - COST_RISE) ** years * (1 + draw.normal(0, 0.006, len(rows))))
    return Batches(which, received, pieces_in, np.round(cost, 2)), places


def _returns_from(flow: Flow) -> np.ndarray:
    """For each return, the last shipment of the article to the dealer on a day before it (row of orders), or -1."""
    orders, back = flow.orders, flow.returned
    shipped = np.flatnonzero(orders["shipped"] > 0)
    pair = (orders["dealer"][shipped] * 1000 + orders["article"][shipped]) * 10_000
    order = np.argsort(pair + orders["due"][shipped], kind="stable")
    times = (pair + orders["due"][shipped])[order]
    wanted = (back["dealer"] * 1000 + back["article"]) * 10_000
    before = np.searchsorted(times, wanted + back["day"], side="left") - 1
    real = (before >= 0) & (times[np.maximum(before, 0)] >= wanted)
    return np.where(real, shipped[order[np.maximum(before, 0)]], -1)


def trace(seed: int, articles: list[Article], buyers: Dealers, relics: Relics, clock: Clock) -> Traced:
    """Match everything that left an own place with the batches that had come in: the plant first, then the branches."""
    flow, count = relics.flow, len(articles)
    batches, opening = _batches(seed, articles, flow, relics, relics.prices, clock)
    shipped = np.flatnonzero(flow.orders["shipped"] > 0)
    place_of = buyers.location[flow.orders["dealer"][shipped]]
    back_place = buyers.location[flow.returned["dealer"]]
    back_batch = np.full(len(back_place), -1)
    origin = _returns_from(flow)
    made = np.flatnonzero(batches.day >= 0)
    source = (made, np.zeros(len(made), dtype=np.int64), batches.day[made], batches.qty[made])
    collected: dict[str, list[np.ndarray]] = {"moved": [], "sold": [], "adjusted": []}
    for plant in (True, False):
        came = _inflows(flow, batches, opening, source, back_place, plant)
        out = _outflows(flow, shipped, place_of, plant)
        in_group, out_group = came["place"] * count + came["article"], out["place"] * count + out["article"]
        in_order = np.lexsort((np.maximum(came["batch"], 0), came["day"], in_group))
        out_order = np.lexsort((out["step"], out["day"], out_group))
        layer, leaving, qty = first_out(in_group[in_order], came["qty"][in_order], out_group[out_order], out["qty"][out_order])
        layer, leaving = in_order[layer], out_order[leaving]
        label = _labels(came, out, layer, leaving, origin, back_batch, batches)
        for step, name in enumerate(collected):
            mine = out["step"][leaving] == step
            collected[name].append(np.stack([out["row"][leaving[mine]], label[layer[mine]], qty[mine]]))
        if plant:
            rows, lots, pieces = collected["moved"][0]
            source = (lots, flow.moved["to"][rows], flow.moved["day"][rows], pieces)
    taken = {name: Taken(*np.concatenate(parts, axis=1)) for name, parts in collected.items()}
    lot, where = np.nonzero(opening)
    return Traced(batches, (lot, where, opening[lot, where]), taken["sold"], taken["moved"], taken["adjusted"], back_batch)


def _inflows(flow: Flow, batches: Batches, opening: np.ndarray, source: tuple[np.ndarray, ...], back_place: np.ndarray, plant: bool) -> dict[str, np.ndarray]:
    """What came to the plant, or to the branches: opening lots, production or transfers (`source`), returns.

    `back` is the row of the flow's returns, -1 for anything else; the batch of a return is not known yet (-1).
    """
    lot, where = np.nonzero(opening)
    here = (where == 0) == plant
    lot, where = lot[here], where[here]
    back = np.flatnonzero((back_place == 0) == plant)
    return {
        "batch": np.concatenate([lot, source[0], np.full(len(back), -1)]),
        "place": np.concatenate([where, source[1], back_place[back]]),
        "day": np.concatenate([np.minimum(batches.day[lot], -1), source[2], flow.returned["day"][back]]),
        "qty": np.concatenate([opening[lot, where], source[3], flow.returned["qty"][back]]),
        "article": np.concatenate([batches.article[lot], batches.article[source[0]], flow.returned["article"][back]]),
        "back": np.concatenate([np.full(len(lot) + len(source[0]), -1), back]),
    }


def _outflows(flow: Flow, shipped: np.ndarray, place_of: np.ndarray, plant: bool) -> dict[str, np.ndarray]:
    """What left the plant, or the branches: step 0 transfers, 1 shipments, 2 losses, in the order of the day."""
    ship = np.flatnonzero((place_of == 0) == plant)
    lost = np.flatnonzero((flow.adjusted["place"] == 0) == plant)
    moved = np.arange(len(flow.moved["day"])) if plant else np.zeros(0, dtype=np.int64)
    rows = shipped[ship]
    return {
        "row": np.concatenate([moved, rows, lost]),
        "step": np.repeat([0, 1, 2], [len(moved), len(rows), len(lost)]),
        "place": np.concatenate([np.zeros(len(moved), dtype=np.int64), place_of[ship], flow.adjusted["place"][lost]]),
        "article": np.concatenate([flow.moved["article"][moved], flow.orders["article"][rows], flow.adjusted["article"][lost]]),
        "day": np.concatenate([flow.moved["day"][moved], flow.orders["due"][rows], flow.adjusted["day"][lost]]),
        "qty": np.concatenate([flow.moved["qty"][moved], flow.orders["shipped"][rows], -flow.adjusted["qty"][lost]]),
    }


def _labels(
    came: dict[str, np.ndarray],
    out: dict[str, np.ndarray],
    layer: np.ndarray,
    leaving: np.ndarray,
    origin: np.ndarray,
    back_batch: np.ndarray,
    batches: Batches,
) -> np.ndarray:
    """The batch of each inflow. A return has that of the shipment it came from, which lies before it, so time order settles all.

    `origin`: the shipment (row of orders) of each return. `back_batch` is filled in on the way.
    """
    label: np.ndarray = came["batch"].copy()
    first_layer: dict[int, int] = {}
    shipments = out["step"][leaving] == 1
    for row, number in zip(out["row"][leaving[shipments]].tolist(), layer[shipments].tolist(), strict=True):
        first_layer.setdefault(row, number)
    returns = np.flatnonzero(came["back"] >= 0)
    for number in returns[np.argsort(came["day"][returns], kind="stable")]:
        row = int(origin[came["back"][number]])
        known = row >= 0 and row in first_layer
        label[number] = label[first_layer[row]] if known else np.flatnonzero(batches.article == came["article"][number])[0]
        back_batch[came["back"][number]] = label[number]
    return label
