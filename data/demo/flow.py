"""Three years, day by day: production, transfers to the branches, orders, shipments, sell-through, losses and returns.

Everything is counted in whole pieces and nothing is shipped that is not there, so that every ledger closes by itself.
"""

from dataclasses import dataclass, field

import numpy as np

from data.demo.company import Article
from data.demo.days import Clock, dice
from data.demo.demand import Demand
from data.demo.places import OWN, Dealers
from data.demo.scenario import Scenario

TO_ORDER_LEAD = 20
AVAILABILITY_MONTHS = 12
LOSSES = ("scrap", "sample", "rework", "other")


@dataclass
class Events:
    """Rows of one kind of event, kept as arrays by column until they are stacked."""

    columns: tuple[str, ...]
    parts: list[tuple[np.ndarray, ...]] = field(default_factory=list)

    def add(self, *values: np.ndarray | int) -> None:
        arrays = np.broadcast_arrays(*(np.atleast_1d(value) for value in values))
        if arrays[0].size:
            self.parts.append(tuple(np.array(array, dtype=np.int64) for array in arrays))

    def stacked(self) -> dict[str, np.ndarray]:
        if not self.parts:
            return {name: np.zeros(0, dtype=np.int64) for name in self.columns}
        return {name: np.concatenate([part[place] for part in self.parts]) for place, name in enumerate(self.columns)}


@dataclass
class Flow:
    """What happened. Stocks are pieces: own = places × articles, dealers = dealers × articles; counts stand at month ends,
    the opening one first. in_stock, dealer_in_stock: working days with stock, by month of the last year.
    """

    orders: dict[str, np.ndarray]
    sold_on: dict[str, np.ndarray]
    moved: dict[str, np.ndarray]
    made: dict[str, np.ndarray]
    adjusted: dict[str, np.ndarray]
    returned: dict[str, np.ndarray]
    own: np.ndarray
    dealers: np.ndarray
    in_stock: np.ndarray
    dealer_in_stock: np.ndarray
    planned: np.ndarray


class Simulation:
    """The state of the company on one day, and the steps that carry it to the next."""

    def __init__(self, seed: int, story: Scenario, articles: list[Article], buyers: Dealers, demand: Demand, clock: Clock) -> None:
        self.articles, self.buyers, self.demand, self.clock, self.story = articles, buyers, demand, clock, story
        self.draw = dice(seed, "flow")
        self.pack = np.array([article.variant.pack for article in articles])
        self.cover = np.array([article.cover_days for article in articles])
        self.to_order = np.array([article.of.made_by == "own_to_order" for article in articles])
        self.launched = np.array([article.launched_on for article in articles])
        self.stopped = np.array([article.stopped_on for article in articles])
        self.handled = np.array([article.state != "unsold" for article in articles])
        expected = demand.expected()
        self.ahead = np.concatenate([np.zeros((len(articles), 1)), np.cumsum(expected, axis=1)], axis=1)
        self.known_ahead = np.concatenate([np.zeros((len(articles), 1)), np.cumsum(demand.known, axis=1)], axis=1)
        self.place_share = np.zeros((len(OWN), len(articles)))
        np.add.at(self.place_share, buyers.location, demand.base)
        self.place_share /= np.maximum(self.place_share.sum(axis=0), 1e-12)
        self.events = {
            "orders": Events(("ordered", "due", "dealer", "article", "qty", "shipped")),
            "sold_on": Events(("day", "dealer", "article", "qty")),
            "moved": Events(("day", "to", "article", "qty")),
            "made": Events(("day", "article", "qty")),
            "adjusted": Events(("day", "place", "article", "qty", "kind")),
            "returned": Events(("day", "dealer", "article", "qty")),
        }
        self.due: dict[int, list[tuple[np.ndarray, np.ndarray, np.ndarray, int]]] = {}
        self.coming: dict[int, list[tuple[int, int]]] = {}
        self._open()

    def _open(self) -> None:
        """Opening stock: the planners' cover at the plant and branches, a month's demand at the dealers."""
        count, places = len(self.articles), len(OWN)
        want = self._between(0, np.minimum(self.cover, 70)) * self.draw.uniform(0.8, 1.2, count)
        split = self.place_share * 0.45
        split[0] += 0.55
        self.own = self._packs(want * split) * self.handled
        days = 20 + self.buyers.safety
        want = self.demand.base * self.demand.pull[:, :1] * self.known_ahead[:, 32] / 32 * days[:, None]
        self.at_dealers = self._packs(want * self.draw.uniform(0.6, 1.2, want.shape)) * self.demand.listed
        self.at_dealers[:, self.launched > 0] = 0
        self.own[:, self.launched > 0] = 0
        self.pending = np.zeros_like(self.at_dealers)
        self.planned = np.zeros((len(self.clock.months), count), dtype=np.int64)
        self.own_counts = np.zeros((len(self.clock.months) + 1, places, count), dtype=np.int64)
        self.dealer_counts = np.zeros((len(self.clock.months) + 1, *self.at_dealers.shape), dtype=np.int64)
        self.own_counts[0], self.dealer_counts[0] = self.own, self.at_dealers
        self.in_stock = np.zeros((AVAILABILITY_MONTHS, places, count), dtype=np.int64)
        self.dealer_in_stock = np.zeros((AVAILABILITY_MONTHS, *self.at_dealers.shape), dtype=np.int64)

    def _packs(self, want: np.ndarray) -> np.ndarray:
        return np.rint(want / self.pack).astype(np.int64) * self.pack

    def _between(self, day: int, days: np.ndarray) -> np.ndarray:
        """Pieces that the company expects to need of each article in so many days from `day` on."""
        end = np.minimum(day + days, self.ahead.shape[1] - 1)
        return self.ahead[np.arange(len(self.articles)), end] - self.ahead[:, day]

    def run(self) -> Flow:
        for day in range(self.clock.length):
            month = int(self.clock.month_of[day])
            if day == 0 or self.clock.month_of[day - 1] != month:
                self._plan_month(day, month)
            if self.clock.working[day]:
                self._make(day)
                if self.clock.weekday[day] in (0, 3) and self.clock.working_number[day] % 3:
                    self._transfer(day)
                self._ship(day)
                self._order(day)
                self._lose(day)
            self._sell_through(day)
            self._take_back(day)
            if day == self.clock.month_ends[month]:
                self._count(day, month)
            self._watch(day, month)
        for day, waiting in self.due.items():
            for dealers, articles, qty, ordered in waiting:
                self.events["orders"].add(ordered, day, dealers, articles, qty, -1)
        stacked = {name: events.stacked() for name, events in self.events.items()}
        return Flow(
            **stacked, own=self.own_counts, dealers=self.dealer_counts, in_stock=self.in_stock, dealer_in_stock=self.dealer_in_stock, planned=self.planned
        )

    def _plan_month(self, day: int, month: int) -> None:
        """Production of the month: what brings own stock at its end to the cover that the planners aim at."""
        length = int(self.clock.month_ends[month]) - day + 1
        blur = np.exp(self.draw.normal(-0.01, 0.13, len(self.articles)))
        need = self._between(day, length + np.minimum(self.cover, 170) + 12) * blur - self.own.sum(axis=0) + self.pending.sum(axis=0) * self.to_order
        lot = self.pack * 10
        run = np.where(need > lot * 0.6, np.ceil(need / lot) * lot, 0).astype(np.int64)
        run[~self.handled | (self.stopped < day + 60) | (self.launched > day + 45)] = 0
        self.planned[month] = run
        luck = self.draw.random(len(run))
        attained = np.where(luck < 0.78, 1.0, np.where(luck < 0.96, self.draw.uniform(0.75, 0.97, len(run)), 0.15))
        made = np.floor(run * attained / self.pack).astype(np.int64) * self.pack
        days = [int(index) for index in self.clock.working_days if day <= index < day + length]
        for article in np.flatnonzero(made):
            runs = 1 if made[article] < 900 else 2 if made[article] < 6000 else 3
            slots = np.linspace(0, len(days) - 1, runs + 1).astype(int)
            parts = np.full(runs, made[article] // runs // self.pack[article] * self.pack[article])
            parts[0] += made[article] - parts.sum()
            for place, qty in enumerate(parts):
                slot = min(len(days) - 1, int(slots[place] + self.draw.integers(0, max(1, len(days) // runs // 2))))
                self.coming.setdefault(days[slot], []).append((int(article), int(qty)))

    def _make(self, day: int) -> None:
        for article, qty in self.coming.pop(day, []):
            self.own[0, article] += qty
            self.events["made"].add(day, article, qty)

    def _transfer(self, day: int) -> None:
        """Branches are filled up to three weeks of what they are expected to ship; a short plant shares out what it has."""
        target = self.place_share[1:] * self._between(day, np.full(len(self.articles), 24)) * 1.15
        want = np.ceil(np.maximum(target - self.own[1:], 0) / self.pack) * self.pack
        want[:, self.to_order] = 0
        want[want < self.pack * 2] = 0
        want[:, self.stopped < day + 10] = 0
        free = self.own[0] * 0.8
        total = want.sum(axis=0)
        part = np.minimum(1.0, free / np.maximum(total, 1))
        move = (np.floor(want * part / self.pack) * self.pack).astype(np.int64)
        self._move(day, move)

    def _move(self, day: int, move: np.ndarray) -> None:
        self.own[0] -= move.sum(axis=0)
        self.own[1:] += move
        place, article = np.nonzero(move)
        self.events["moved"].add(day, place + 1, article, move[place, article])

    def _ship(self, day: int) -> None:
        waiting = self.due.pop(day, [])
        if not waiting:
            return
        dealers, articles, qty = (np.concatenate([part[index] for part in waiting]) for index in range(3))
        ordered = np.concatenate([np.full(len(part[0]), part[3]) for part in waiting])
        places = self.buyers.location[dealers]
        wanted = np.zeros_like(self.own)
        np.add.at(wanted, (places, articles), qty)
        short = np.maximum(wanted - self.own, 0)
        short[0] = 0
        rush = np.where(self.to_order | (short.sum(axis=0) <= self.own[0] - wanted[0]), short[1:], 0)
        self._move(day, np.minimum(rush, np.maximum(self.own[0] // np.maximum((rush > 0).sum(axis=0), 1), 0)))
        part = np.minimum(1.0, self.own / np.maximum(wanted, 1))[places, articles]
        shipped = np.where(part >= 1, qty, np.floor(qty * part / self.pack[articles]) * self.pack[articles]).astype(np.int64)
        np.subtract.at(self.own, (places, articles), shipped)
        np.add.at(self.at_dealers, (dealers, articles), shipped)
        np.subtract.at(self.pending, (dealers, articles), qty)
        self.events["orders"].add(ordered, day, dealers, articles, qty, shipped)

    def _order(self, day: int) -> None:
        """Dealers whose turn it is order up to what they expect to sell until the order after next."""
        buyers = self.buyers
        turn = (self.clock.working_number[day] + np.arange(len(buyers))) % buyers.interval == 0
        turn &= buyers.buying & (buyers.started <= day) & (buyers.ended > day + 30)
        who = np.flatnonzero(turn)
        if not len(who):
            return
        calendar_days = np.ceil((buyers.interval + buyers.lead)[who] * 1.45).astype(int) + buyers.safety[who]
        extra = np.where((who == buyers.stuffed) & (day > self.clock.length - 240), (day - self.clock.length + 240) * (self.story.stuffing - 1) * 1.0, 0)
        arrive = day + buyers.lead[who]
        end = np.minimum(arrive + calendar_days, self.known_ahead.shape[1] - 1)
        weeks = (self.known_ahead[:, end] - self.known_ahead[:, arrive]).T
        daily = self.known_ahead[:, min(day + 60, self.known_ahead.shape[1] - 1)] - self.known_ahead[:, day]
        want = self.demand.base[who] * self.demand.pull[who, day][:, None] * (weeks + extra[:, None] * daily / 60)
        long = self.known_ahead[:, np.minimum(end + 28, self.known_ahead.shape[1] - 1)] - self.known_ahead[:, arrive]
        want = np.where(self.to_order, self.demand.base[who] * self.demand.pull[who, day][:, None] * long.T, want)
        need = want * self.draw.lognormal(0, 0.05, want.shape) - self.at_dealers[who] - self.pending[who]
        qty = np.ceil(need / self.pack) * self.pack
        open_ = (self.launched <= day) & (self.stopped >= day)
        row, article = np.nonzero((need > 0) & open_ & self.demand.listed[who])
        amount = qty[row, article].astype(np.int64)
        dealer = who[row]
        self.pending[dealer, article] += amount
        lead = buyers.lead[dealer] + np.where(self.to_order[article], TO_ORDER_LEAD, 0)
        due = self.clock.after_working(np.full(len(dealer), day), lead)
        for when in np.unique(due):
            here = due == when
            self.due.setdefault(int(when), []).append((dealer[here], article[here], amount[here], day))

    def _sell_through(self, day: int) -> None:
        """Each dealer writes down once a week what he sold in it; nobody sells what he does not have."""
        who = np.flatnonzero((self.buyers.weekday == self.clock.weekday[day]) & (self.buyers.started <= day) & (self.buyers.ended >= day))
        start = max(0, day - 6)
        mean = self.demand.base[who] * self.demand.pull[who, day][:, None] * self.demand.true[:, start : day + 1].sum(axis=1)
        lively = mean * self.draw.gamma(12.0, 1 / 12.0, mean.shape)
        sold = np.minimum(self.draw.poisson(lively), self.at_dealers[who])
        self.at_dealers[who] -= sold
        row, article = np.nonzero(sold)
        self.events["sold_on"].add(day, who[row], article, sold[row, article])

    def _lose(self, day: int) -> None:
        """Breakage, samples, rework: a few pieces a day somewhere."""
        for _ in range(int(self.draw.poisson(0.9))):
            place, article = int(self.draw.integers(0, len(OWN))), int(self.draw.integers(0, len(self.articles)))
            qty = min(int(self.draw.integers(1, 9)), int(self.own[place, article]))
            if qty and not self.to_order[article]:
                self.own[place, article] -= qty
                self.events["adjusted"].add(day, place, article, -qty, int(self.draw.choice(4, p=[0.5, 0.25, 0.1, 0.15])))

    def _take_back(self, day: int) -> None:
        """A few packs come back each week; a dealer who ends returns all he has."""
        if self.clock.weekday[day] == 2:
            for _ in range(int(self.draw.poisson(4))):
                dealer, article = int(self.draw.integers(0, len(self.buyers))), int(self.draw.integers(0, len(self.articles)))
                if self.at_dealers[dealer, article] >= 2 * self.pack[article] and self.stopped[article] > day:
                    self._return(day, np.array([dealer]), np.array([article]), np.array([self.pack[article]]))
        for ending in np.flatnonzero(self.buyers.ended == day):
            articles = np.flatnonzero(self.at_dealers[ending])
            self._return(day, np.full(len(articles), ending), articles, self.at_dealers[ending, articles])

    def _return(self, day: int, dealer: np.ndarray, article: np.ndarray, qty: np.ndarray) -> None:
        self.events["returned"].add(day, dealer, article, qty)
        np.add.at(self.own, (self.buyers.location[dealer], article), qty)
        np.subtract.at(self.at_dealers, (dealer, article), qty)

    def _count(self, day: int, month: int) -> None:
        """Month end; at a quarter's end a stocktake finds small differences, which are booked on the day."""
        if self.clock.day(day).month % 3 == 0:
            place, article = np.nonzero((self.own > 60) & (self.draw.random(self.own.shape) < 0.12))
            qty = -self.draw.integers(1, 7, len(place))
            self.own[place, article] += qty
            self.events["adjusted"].add(day, place, article, qty, len(LOSSES))
        self.own_counts[month + 1], self.dealer_counts[month + 1] = self.own, self.at_dealers

    def _watch(self, day: int, month: int) -> None:
        watched = month - (len(self.clock.months) - AVAILABILITY_MONTHS)
        if watched >= 0 and self.clock.working[day]:
            self.in_stock[watched] += self.own > 0
            self.dealer_in_stock[watched] += self.at_dealers > 0
