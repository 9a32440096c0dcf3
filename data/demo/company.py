"""The articles: what each is, what it costs before prices are settled, how it sells."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from data.demo.days import Clock, dice, month_start
from data.demo.lines import BRAND, GIFTS, LINES, OLD_NAMES, REPLACED_NAMES, SHELF_LIFE, SPECIAL_NAMES, SPIRITS, TACTICAL_NAMES, VARIANTS, Line, Variant
from data.demo.scenario import Scenario

SPHERE_CODES = {"白酒": "BJ", "果露酒": "GL", "葡萄酒": "PT", "礼盒定制": "LH"}
ALWAYS = -100_000
NEVER = 100_000


@dataclass(frozen=True)
class Article:
    """One SKU. `state` is live, unsold (for years) or withdrawn (recently). Days are indices of the clock.

    launched_on, stopped_on: first and last day on which dealers may order. price: list, margin: share of the net price, both
    before the company's price level is settled. share: of the company's value. last_sold_on: of unsold articles, if within history.
    """

    sku: str
    name: str
    line: int
    variant: Variant
    state: str
    price: float
    margin: float
    share: float
    growth: float
    cover_days: int
    intermittent: bool
    noise: float
    launched_on: int = ALWAYS
    stopped_on: int = NEVER
    catalogue_on: date | None = None
    received_on: date | None = None
    last_sold_on: int | None = None
    withdrawn_on: date | None = None
    cause: str | None = None
    special_for: str | None = None
    is_innovation: bool = False

    @property
    def of(self) -> Line:
        return LINES[self.line]

    @property
    def bought(self) -> bool:
        """Whether a third party makes it and we buy it finished."""
        return self.of.made_by == "third_party"


def previous_gate(day: date, months: tuple[int, ...]) -> date:
    """The last first-of-month on or before `day` in one of the months: 1 February and 1 August to withdraw, for instance."""
    while not (day.day == 1 and day.month in months):
        day = month_start(day) if day.day > 1 else month_start(day, -1)
    return day


def articles(seed: int, story: Scenario, clock: Clock) -> list[Article]:
    """Every article, the live ones first, then the withdrawn, then those unsold for years."""
    draw = dice(seed, "articles")
    found = [*_live(draw, clock), *_withdrawn(draw, story, clock), *_unsold(draw, story, clock)]
    counters: dict[str, int] = {}
    numbered = []
    for article in found:
        prefix = f"{SPHERE_CODES[article.of.sphere]}{article.of.line_id[1:]}"
        counters[prefix] = counters.get(prefix, 0) + 1
        numbered.append(replace(article, sku=f"{prefix}{counters[prefix]:02d}"))
    return numbered


def _live(draw: np.random.Generator, clock: Clock) -> list[Article]:
    found = []
    for index, line in enumerate(LINES):
        if line.kind == "legacy":
            continue
        variants = VARIANTS[line.style][: 2 if line.name == "纪念" else None]
        weights = np.array([variant.share for variant in variants]) * draw.uniform(0.85, 1.15, len(variants))
        weights /= weights.sum()
        launched_on, catalogue_on = ALWAYS, month_start(clock.first, -int(draw.integers(20, 110)))
        if line.launched:
            gate = previous_gate(month_start(clock.as_of, 1 - line.launched), (3, 9))
            launched_on, catalogue_on = clock.index(gate), gate
        for place, (variant, weight) in enumerate(zip(variants, weights, strict=True)):
            late = place == len(variants) - 1 and line.name in ("窖藏二十年", "青梅", "贺兰", "江畔")
            starts = clock.index(previous_gate(clock.as_of, (3,))) if late else launched_on
            found.append(
                Article(
                    sku="",
                    name=f"{BRAND}{line.name}{variant.name}",
                    line=index,
                    variant=variant,
                    state="live",
                    price=line.price * variant.price,
                    margin=line.margin + draw.uniform(-0.02, 0.02),
                    share=line.share * weight,
                    growth=line.growth + draw.uniform(-0.04, 0.04),
                    cover_days=int(line.cover_days * draw.choice([0.5, 0.85, 1.0, 1.15, 1.9], p=[0.07, 0.25, 0.38, 0.23, 0.07])),
                    intermittent=line.name == "纪念" or (place == 3 and draw.random() < 0.5),
                    noise=float(draw.choice([0.06, 0.10, 0.22, 0.4], p=[0.4, 0.35, 0.17, 0.08])),
                    launched_on=starts,
                    catalogue_on=clock.day(starts) if late else catalogue_on,
                    is_innovation=bool(line.launched),
                )
            )
    return found


def _old(line_index: int, suffix: str, draw: np.random.Generator, state: str) -> Article:
    """An article that is no longer in the programme, made from a variant of its line."""
    line = LINES[line_index]
    variant = VARIANTS[line.style][int(draw.integers(0, 2))]
    return Article(
        sku="",
        name=f"{BRAND}{line.name}{variant.name}{suffix}",
        line=line_index,
        variant=variant,
        state=state,
        price=round(line.price * variant.price * draw.uniform(0.8, 1.1), 2),
        margin=max(line.margin, 0.15),
        share=0.0,
        growth=0.0,
        cover_days=30,
        intermittent=False,
        noise=0.15,
    )


def _withdrawn(draw: np.random.Generator, story: Scenario, clock: Clock) -> list[Article]:
    """Withdrawn at one of the last two gates, sold until shortly before: replaced, tactical, or made for one dealer."""
    gates = [previous_gate(clock.as_of, (2, 8)), previous_gate(previous_gate(clock.as_of, (2, 8)) - timedelta(days=1), (2, 8))]
    candidates = [
        index for index, line in enumerate(LINES) if line.made_by == "own" and not line.launched and line.kind not in ("legacy", "loser") and line.price > 30
    ]
    chosen = draw.choice(candidates, story.withdrawn_count, replace=False)
    found = []
    for place, index in enumerate(chosen):
        cause = "replaced" if place < story.withdrawn_count * 0.45 else "tactical" if place < story.withdrawn_count * 0.8 else "dealer_special"
        names = {"replaced": REPLACED_NAMES, "tactical": TACTICAL_NAMES, "dealer_special": SPECIAL_NAMES}[cause]
        gate = gates[int(draw.integers(0, 2))]
        article = _old(int(index), names[place % len(names)], draw, "withdrawn")
        found.append(
            replace(
                article,
                share=float(draw.uniform(0.0015, 0.004)) * (0.4 if cause == "dealer_special" else 1),
                growth=-0.1,
                stopped_on=clock.index(gate) - int(draw.integers(6, 28)),
                withdrawn_on=gate,
                cause=cause,
                catalogue_on=month_start(clock.first, -int(draw.integers(3, 40))),
            )
        )
    return found


def _unsold(draw: np.random.Generator, story: Scenario, clock: Clock) -> list[Article]:
    """Unsold for years: some last sold one to three years ago, some before the history began, some over ten years ago."""
    own = [index for index, line in enumerate(LINES) if line.made_by == "own" and not line.launched]
    legacy = [index for index in own if LINES[index].kind == "legacy"]
    names = [(index, suffix) for suffix in OLD_NAMES for index in own]
    chosen = [names[place] for place in draw.choice(len(names), story.unsold_count - 2 * len(legacy), replace=False)]
    chosen += [(index, suffix) for index in legacy for suffix in ("封坛装", "纪念版")]
    found = []
    for place, (index, suffix) in enumerate(chosen):
        article = _old(index, suffix, draw, "unsold")
        ago = place / story.unsold_count
        if ago < 0.48:
            last_sold_on = int(draw.integers(45, clock.length - 365 - 40))
            received_on = clock.first - timedelta(days=int(draw.integers(30, 1200)))
        else:
            last_sold_on = None
            years = draw.uniform(4.2, 9.5) if ago < 0.83 else draw.uniform(10.3, 17.0)
            received_on = clock.as_of - timedelta(days=int(years * 365.25))
        withdrawn = bool(draw.random() < 0.35) and LINES[index].kind != "legacy"
        after = clock.day(last_sold_on) if last_sold_on is not None else received_on + timedelta(days=400)
        gate = previous_gate(after + timedelta(days=200), (2, 8))
        found.append(
            replace(
                article,
                last_sold_on=last_sold_on,
                received_on=received_on,
                withdrawn_on=gate if withdrawn else None,
                cause=str(draw.choice(["replaced", "tactical", "other"])) if withdrawn else None,
                catalogue_on=month_start(received_on, -1),
            )
        )
    return found


def barcode(number: int) -> str:
    """A thirteen-digit code with its check digit."""
    body = f"6903{number:08d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)


LIFE = {"star": "growth", "cow": "maturity", "question": "introduction", "dog": "decline", "loser": "decline", "rare": "decline", "legacy": "decline"}


def life_cycle(article: Article) -> str:
    if article.state != "live":
        return "decline"
    if article.of.kind == "question" and not article.of.launched:
        return "growth"
    return LIFE[article.of.kind]


def products(found: list[Article], unit_cost: np.ndarray, list_price: np.ndarray, safety: np.ndarray) -> pl.DataFrame:
    """The table of products. `unit_cost` and `list_price`: CNY a piece today; `safety`: pieces."""
    return pl.DataFrame(
        {
            "sku": [article.sku for article in found],
            "product_name": [article.name for article in found],
            "sphere": [article.of.sphere for article in found],
            "product_group": [article.of.group for article in found],
            "line_id": [article.of.line_id for article in found],
            "line_name": [article.of.name for article in found],
            "unit_cost": unit_cost,
            "list_price": list_price,
            "unit": ["盒" if article.of.sphere == GIFTS else "罐" if article.of.style == "canned" else "瓶" for article in found],
            "barcode": [barcode(1000 + number * 7) for number in range(len(found))],
            "pack_qty": [article.variant.pack for article in found],
            "min_order_qty": [article.variant.pack for article in found],
            "safety_stock_qty": safety,
            "production_days": [None if article.bought else {SPIRITS: 12, GIFTS: 9}.get(article.of.sphere, 7) for article in found],
            "made_by": [article.of.made_by for article in found],
            "catalogue_on": [article.catalogue_on for article in found],
            "is_innovation": [article.is_innovation for article in found],
            "withdrawn_on": [article.withdrawn_on for article in found],
            "withdrawn_cause": [article.cause for article in found],
            "made_for_dealer_id": [article.special_for for article in found],
            "shelf_life_days": [SHELF_LIFE.get(article.of.style) for article in found],
            "life_cycle": [life_cycle(article) for article in found],
        },
        schema_overrides={"made_for_dealer_id": pl.String, "withdrawn_cause": pl.String, "withdrawn_on": pl.Date},
    )
