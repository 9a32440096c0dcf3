"""The scorecard of the dealers: score, tier, what each measure gives, what lifts it cheapest, history, peers, consequences."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from engine.answers import channel
from engine.answers.answer import Answer
from engine.answers.periods import end_of, first_of, last_day, months_before, year_before
from engine.answers.picking import pick_of
from engine.answers.scorecard_measures import KEYS, TABLES, Measuring, measured
from engine.answers.scorecard_tables import (
    LABELS,
    columns_of,
    contributions_of,
    gate_said,
    headline_of,
    lever_said,
    measures_of,
    peer_said,
    tier_why_said,
    unrated_said,
)
from engine.answers.source import Memory, Source, remembered
from engine.dealers import scorecard as formulas
from engine.dealers import tiers
from engine.messages import message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection

_KEPT = Memory(6)
WARM_UP = 3
"""Months before the history that settle which tier was held when it began."""


class Scorecard:
    """Everything about one month's scorecard, for all dealers of the company.

    Dealers are ranked and classed among all of their peers, whoever asks; `scores` shows the rows that somebody may see.
    """

    def __init__(self, source: Source, newest: date) -> None:
        settings = source.settings
        self.source, self.newest = source, newest
        self.shown = int(settings["scorecard_history_months"])
        self.measures, self.bands = formulas.measures_of(settings["scorecard_measures"]), tiers.check_bands(settings["scorecard_bands"])
        self.work = Measuring(source, _months_of(source, newest))
        found, self.stuffed = self._measured()
        self.rows = formulas.scored(self._whole_grid(found), self.measures)
        self.gates = self._gates()
        self.months = self._tiers()
        self.now = self._now()

    def _measured(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """What is measured, and who is stuffed: as the build kept it for the newest month; worked out for other months and other settings."""
        asked = {"newest": self.newest, "settings": self.source.settings.fingerprint}
        kept = self.source.read("dealer_measures", **asked)
        return (kept, self.source.read("dealers_stuffed", **asked)) if kept.height else _worked_out(self.work)

    def _whole_grid(self, found: pl.DataFrame) -> pl.DataFrame:
        """Every rated dealer has a row each month, though nothing of it was measured."""
        grid = self.work.grid().filter(pl.col("started_on").is_null() | (pl.col("started_on") <= pl.col("month").dt.month_end())).select(KEYS)
        nothing = grid.join(found, on=KEYS, how="anti").with_columns(measure=pl.lit(self.measures[0].code))
        return pl.concat([found, nothing], how="diagonal")

    def _gates(self) -> pl.DataFrame:
        """dealer_id, month, gate, cap of every gate that is shut."""
        figures = pl.concat([self._diversions(), self._late(), self._flagged(), self._silent()])
        limits = pl.DataFrame(self.source.settings["scorecard_gates"], schema={"gate": pl.String, "limit": pl.Float64, "cap": pl.String}, orient="row")
        return figures.join(limits, on="gate").filter(pl.col("figure") >= pl.col("limit") - 1e-9).select(*KEYS, "gate", "cap")

    def _diversions(self) -> pl.DataFrame:
        """Incidents of 12 months: on purpose, not on purpose, and whether they lead to the company's council (a third, or a second on purpose)."""
        asked = self.source.read("diversions_judged", first=year_before(end_of(self.work.months[0])), last=end_of(self.newest))
        found = list(asked.select("source_dealer_id", "complained_on", "is_active", "batch_id").iter_rows())
        rows: list[tuple[str, date, str, float]] = []
        for month in self.work.months if found else ():
            within = [complaint for complaint in found if year_before(end_of(month)) < complaint[1] <= end_of(month)]
            for dealer in {complaint[0] for complaint in within}:
                active, passive = (tiers.adjacent_incidents([batch for who, _, on, batch in within if who == dealer and on is kind]) for kind in (True, False))
                figures = {"active_diversion": active, "passive_diversion": passive, "referral": int(active >= 2 or passive >= 3)}
                rows += [(str(dealer), month, gate, float(figure)) for gate, figure in figures.items()]
        return pl.DataFrame(rows, schema=_FIGURES, orient="row")

    def _late(self) -> pl.DataFrame:
        """Share of the receivables that is overdue for more than 60 days."""
        owed = self.work.owed.filter(pl.col("receivable_value") > 0, pl.col("month").is_in(self.work.months), pl.col("overdue_over_60_value") > 0)
        return _figures(owed, "overdue", pl.col("overdue_over_60_value") / pl.col("receivable_value"))

    def _flagged(self) -> pl.DataFrame:
        return _figures(self.stuffed, "stuffed", pl.lit(1.0))

    def _silent(self) -> pl.DataFrame:
        """Months in a row, up to each month, without a stock report; nobody is silent where no dealer's stock is loaded at all."""
        if self.work.stock.is_empty():
            return pl.DataFrame(schema=_FIGURES)
        told = self.work.stock.select(*KEYS, pl.lit(True).alias("told"))
        every = self.work.grid().filter(pl.col("started_on").is_null() | (pl.col("started_on") <= pl.col("month"))).join(told, on=KEYS, how="left").sort(KEYS)
        spoke = pl.col("told").fill_null(False)
        run = (~spoke).cast(pl.Int64).cum_sum().over("dealer_id") - pl.when(spoke).then(
            (~spoke).cast(pl.Int64).cum_sum().over("dealer_id")
        ).forward_fill().over("dealer_id").fill_null(0)
        return _figures(every.with_columns(run.alias("run")), "unreported", pl.col("run").cast(pl.Float64))

    def _tiers(self) -> pl.DataFrame:
        """dealer_id, month, score, measured_weight, is_measured, reached (tier of the score), capped, tier (the one that holds)."""
        settings = self.source.settings
        whole = formulas.totals(self.rows, float(settings["scorecard_least_measured"])).sort(KEYS)
        caps = self.gates.group_by(KEYS).agg(pl.col("cap"))
        judged = whole.with_columns(tiers.tier_of(pl.col("score"), self.bands).alias("reached")).join(caps, on=KEYS, how="left", maintain_order="left")
        capped = [tiers.capped(tier, cap or (), self.bands) for tier, cap in judged.select("reached", "cap").iter_rows()]
        judged = judged.with_columns(pl.Series("capped", capped, dtype=pl.String))
        ups, downs = int(settings["scorecard_up_periods"]), int(settings["scorecard_down_periods"])
        held: list[str] = []
        for _, months in judged.group_by("dealer_id", maintain_order=True):
            held += tiers.held(months["capped"].to_list(), self.bands, ups, downs)
        tier = pl.Series("tier", held, dtype=pl.String)
        rated = pl.when(pl.col("capped") != tiers.UNRATED).then(pl.col("score")).alias("score")
        return judged.with_columns(tier, rated).drop("cap")

    def _now(self) -> pl.DataFrame:
        """The newest month with names, peers and ranks."""
        now = self.months.filter(pl.col("month") == self.newest)
        named = now.join(self.source.dealers.select("dealer_id", "dealer_name", "region", "city_tier", "sales_rep"), on="dealer_id", how="left")
        year = self.source.read("dealer_flow_months", first_month=months_before(self.newest, 11), last_month=self.newest)
        bought = named.join(year.group_by("dealer_id").agg(pl.col("bought_value").sum().alias("turnover")), on="dealer_id", how="left")
        mean = pl.lit(bought.filter(pl.col("turnover") > 0)["turnover"].mean() or 0.0)
        classed = bought.with_columns(tiers.volume_class(pl.col("turnover"), mean, self.source.settings["peer_volumes"]).alias("volume"))
        return tiers.ranked(classed, ["city_tier", "volume"])

    def gaps(self) -> pl.DataFrame:
        """dealer_id, month, next_tier, gap: what lacks to the tier above the one that the score reaches.

        Nothing where a gate caps the tier below that one: no points lift such a dealer.
        """
        rows = []
        caps: dict[str, list[str]] = dict(self.gates.filter(pl.col("month") == self.newest).group_by("dealer_id").agg(pl.col("cap")).iter_rows())
        for dealer, month, score, reached in self.now.select("dealer_id", "month", "score", "reached").iter_rows():
            above = tiers.next_tier(reached, self.bands)
            if above is not None and score is not None and tiers.capped(above[0], caps.get(dealer, ()), self.bands) == above[0]:
                rows.append((dealer, month, above[0], above[1] - score))
        return pl.DataFrame(rows, schema={"dealer_id": pl.String, "month": pl.Date, "next_tier": pl.String, "gap": pl.Float64}, orient="row")


def measured_for(source: Source, newest: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All that is measured for the scorecard of a month (`SCHEMA`), and who is stuffed in which month (dealer_id, month), from the marts."""
    return _worked_out(Measuring(source, _months_of(source, newest)))


def _worked_out(work: Measuring) -> tuple[pl.DataFrame, pl.DataFrame]:
    stuffed = _stuffed(work)
    return measured(work, stuffed), stuffed


def _months_of(source: Source, newest: date) -> list[date]:
    """The months of a card: its history and what settles the tiers before."""
    return [months_before(newest, back) for back in range(int(source.settings["scorecard_history_months"]) + WARM_UP - 1, -1, -1)]


def _stuffed(work: Measuring) -> pl.DataFrame:
    """dealer_id, month of who is stuffed: more sold in than sold on for months running, and in the newest month stock above its band."""
    loads = channel.channel_load(work.source, end_of(work.newest), EVERYTHING).filter(pl.col("is_stuffed").fill_null(False))
    now = work.standing.filter(pl.col("days_of_supply") > pl.col("high"))
    return loads.filter((pl.col("month") < work.newest) | pl.col("dealer_id").is_in(now["dealer_id"].to_list())).select(KEYS)


_FIGURES: dict[str, Any] = {"dealer_id": pl.String, "month": pl.Date, "gate": pl.String, "figure": pl.Float64}


def _figures(frame: pl.DataFrame, gate: str, figure: pl.Expr) -> pl.DataFrame:
    return frame.select(*KEYS, pl.lit(gate).alias("gate"), figure.cast(pl.Float64).alias("figure"))


def newest_month(as_of: date) -> date:
    """The last month that is over on a day: scores are given by whole months."""
    return first_of(as_of) if as_of == end_of(as_of) else first_of(first_of(as_of) - timedelta(1))


def card(source: Source, as_of: date) -> Scorecard:
    """The scorecard of the month that is over on a day, kept for whoever asks next."""
    newest, whole = newest_month(as_of), source.whole
    return _KEPT.recall((whole, newest), lambda: Scorecard(whole, newest))


def scores(source: Source, as_of: date, scope: Scope, selection: Selection | None = None) -> pl.DataFrame:
    """The newest whole month's score of every rated dealer that may be seen, the best first within its peers.

    Returns dealer_id, dealer_name, region, city_tier, volume, sales_rep, month, score (null = unrated), reached (tier of the score), tier (the one that
    holds after gates and hysteresis), peer_rank, peers, measured_weight, turnover, gates (codes), is_held (orders wait: overdue gate),
    and one column a measure: its score, null where it was not measured.
    """
    found = card(source, as_of)
    wide = found.rows.filter(pl.col("month") == found.newest).pivot("measure", index="dealer_id", values="score", maintain_order=True)
    codes = [one.code for one in found.measures]
    absent = [pl.lit(None, dtype=pl.Float64).alias(code) for code in codes if code not in wide.columns]
    gates = found.gates.filter(pl.col("month") == found.newest).group_by("dealer_id").agg(pl.col("gate").sort().alias("gates"))
    whole = (
        source.own(found.now, "dealer_id")
        .join(wide.with_columns(absent).select("dealer_id", *codes), on="dealer_id", how="left")
        .join(gates, on="dealer_id", how="left")
    )
    whole = whole.with_columns(pl.col("gates").fill_null([]), pl.col("gates").list.contains("overdue").fill_null(False).alias("is_held"))
    dealers = pick_of(source, selection or Selection(), scope).dealers
    mine = whole if dealers is None else whole.filter(pl.col("dealer_id").is_in(dealers))
    return mine.sort("city_tier", "volume", "peer_rank", "dealer_id", nulls_last=True)


def scorecard(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """Every rated dealer's score and tier, peer group by peer group, the best first (frame: `columns_of`; F1 … G3 are scores of 0–100).

    extra: `contributions` (one row a dealer and measure: value, score, weight in force, points, points for one step, why it is not measured),
    `levers` (dealer_id, measure, said: what it would have to become), `history` (dealer_id, month, score, tier, reached), `gates` (dealer_id, said),
    `consequences` (what follows from each tier). facts: `month`, `counts` (dealers by tier), `dealer_id` (the one that is looked at, or None).
    """
    answer: Answer = _scorecard(warehouse, selection, scope)
    return answer


@remembered
def _scorecard(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = selection.as_of or last_day(source)
    found, frame = card(source, as_of), scores(source, as_of, scope, selection)
    mine = frame["dealer_id"].to_list()
    told = contributions_of(found, mine)
    levers = (
        formulas.levers(found.rows.filter(pl.col("month") == found.newest), found.gaps()).join(found.gaps(), on=KEYS).filter(pl.col("dealer_id").is_in(mine))
    )
    said = levers.with_columns(pl.Series("said", [lever_said(row) for row in levers.iter_rows(named=True)], dtype=pl.String))
    first = said.group_by("dealer_id", maintain_order=True).agg(pl.col("said").first().alias("lever"), pl.col("next_tier").first())
    said_of: dict[str, list[str]] = dict(gates_of(found, mine).group_by("dealer_id").agg(pl.col("said")).iter_rows())
    whole = frame.join(first, on="dealer_id", how="left", maintain_order="left")
    whole = whole.with_columns(
        pl.Series("peer", [peer_said(*row) for row in frame.select("city_tier", "volume").iter_rows()], dtype=pl.String),
        pl.Series("gate", [said_of[code][0] if code in said_of else None for code in mine], dtype=pl.String),
        pl.Series("tier_why", _tier_whys(found, frame), dtype=pl.String),
        pl.Series("why_unknown", [unrated_said(row) for row in frame.iter_rows(named=True)], dtype=pl.String),
    )
    columns = columns_of(found.measures)
    one = selection.allowed("dealer_id")
    return Answer(
        name="scorecard",
        headline=headline_of(frame, found.bands),
        frame=whole.select(column.name for column in columns),
        columns=columns,
        version=source.version,
        as_of=end_of(found.newest),
        missing=tuple(table for table in TABLES if not source.has(table)),
        notes=_notes(found),
        extra={
            "contributions": told,
            "levers": said.select("dealer_id", "measure", "said", "is_enough"),
            "history": history_of(found, mine),
            "gates": gates_of(found, mine),
            "consequences": _consequences(source.settings["tier_consequences"]),
        },
        facts={
            "measures": measures_of(frame, found.bands),
            "month": found.newest,
            "counts": dict(frame.group_by("tier").len().iter_rows()),
            "dealer_id": one[0] if one and len(one) == 1 else None,
        },
        scope=scope,
        selection=selection,
    )


def history_of(found: Scorecard, dealers: Sequence[str]) -> pl.DataFrame:
    """Score and tier of some dealers month by month: dealer_id, month, score, tier, reached, measured_weight."""
    since = months_before(found.newest, found.shown - 1)
    mine = found.months.filter(pl.col("dealer_id").is_in(list(dealers)), pl.col("month") >= since)
    return mine.select(*KEYS, "score", "tier", "reached", "measured_weight")


def gates_of(found: Scorecard, dealers: Sequence[str]) -> pl.DataFrame:
    """What caps some dealers in the newest month: dealer_id, gate, said (Message as JSON), cap."""
    shut = found.gates.filter(pl.col("month") == found.newest, pl.col("dealer_id").is_in(list(dealers)))
    said = [gate_said(gate, cap).to_json() for gate, cap in shut.select("gate", "cap").iter_rows()]
    return shut.select("dealer_id", "gate", pl.Series("said", said, dtype=pl.String), "cap")


def _tier_whys(found: Scorecard, frame: pl.DataFrame) -> list[str | None]:
    """Of each dealer why its tier is not the one that its score reaches, in a few words (Message as JSON); None where it is."""
    settings = found.source.settings
    shut = found.gates.filter(pl.col("month") == found.newest)
    whys: list[str | None] = []
    for dealer, tier, reached, score in frame.select("dealer_id", "tier", "reached", "score").iter_rows():
        gates = [
            gate for gate, cap in shut.filter(pl.col("dealer_id") == dealer).select("gate", "cap").iter_rows()
            if score is not None and tiers.capped(reached, (cap,), found.bands) != reached
        ]  # fmt: skip
        months = int(settings["scorecard_up_periods" if tiers.worst((tier, reached), found.bands) == tier else "scorecard_down_periods"])
        whys.append(None if score is None or tier == reached else tier_why_said(tier, reached, gates, months, found.bands))
    return whys


_CONSEQUENCES: dict[str, Any] = {
    "tier": pl.String, "credit_days": pl.Float64, "rebate_share": pl.Float64, "promotion_share": pl.Float64, "visits": pl.Float64,
    "review_months": pl.Float64, "has_exit_plan": pl.Boolean,
}  # fmt: skip


def _consequences(rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    return pl.DataFrame([tuple(row) for row in rows], schema=_CONSEQUENCES, orient="row")


def _notes(found: Scorecard) -> tuple[Any, ...]:
    least = float(found.source.settings["scorecard_least_measured"])
    missing = [
        LABELS[one.code]
        for one in found.measures
        if found.rows.filter(pl.col("measure") == one.code)["score"].null_count() == found.rows.height // len(found.measures)
    ]
    notes = [
        message(
            "Scores are given by whole months; what flows is added up over {window_n} months, what stands is that of the month's end.",
            window_n=found.work.window,
        ),
        message("What is not measured gives its weight to the rest; below {least_share} of the weight nobody is rated.", least_share=least),
        message("A dealer is compared only with dealers of the same city tier and volume."),
        message("A tier rises after {up_n} months in a row above it and falls after {down_n}.",
                up_n=int(found.source.settings["scorecard_up_periods"]), down_n=int(found.source.settings["scorecard_down_periods"])),
        message("Before the newest month, days of supply are the month's stock by the sales of its window."),
    ]  # fmt: skip
    if missing:
        notes.append(message("Not measured for anybody: {measures}.", measures=missing))
    return tuple(notes)
