"""The market: how large each segment is, who sells there, what our share is, who buys and why, the five forces, and what we live on ourselves."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from engine.answers import records
from engine.answers.answer import Answer, Column
from engine.answers.assortment import shown
from engine.answers.assortment.places import prices
from engine.answers.assortment.standing import Standing, standing_of
from engine.answers.measured import Measured
from engine.answers.source import Source, remembered
from engine.assortment import market as rules
from engine.assortment import portfolio
from engine.assortment.prices import segmented
from engine.errors import BadUse
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

KIND = "five_forces"
"""Subject: the segment."""
COLUMNS = (
    Column("segment", message("Segment"), "text"),
    Column("year", message("Year"), "code"),
    Column("capacity_value", message("Size"), "money"),
    Column("growth", message("Growth on the year before"), "share", "up"),
    Column("expected_growth", message("Expected growth"), "share", "up"),
    Column("expected_value", message("Expected size"), "money"),
    Column("our_share", message("Our share"), "share", "up"),
    Column("our_share_before", message("Our share a year before"), "share"),
    Column("players", message("Players"), "count"),
    Column("largest", message("Largest player"), "text"),
    Column("largest_share", message("Their share"), "share"),
    Column("pressure", message("Pressure of the five forces"), "score", "down"),
    Column("missing", message("Still to be described"), "message"),
    Column("our_share_why", message("Why unknown"), "message"),
)
PLAYERS = (
    Column("segment", message("Segment"), "text"), Column("year", message("Year"), "code"), Column("player", message("Player"), "text"),
    Column("value", message("Sales a year"), "money"), Column("share", message("Share"), "share"), Column("growth", message("Growth"), "share", "up"),
)  # fmt: skip
NO_NAME = message("The settings do not say under which name we stand among the players.")
NOT_AMONG = message("We are not among the players of this segment.")


def market(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """One row a segment, the largest first (frame: COLUMNS). extra: `players` (PLAYERS, every year), `portraits` (segment, consumer_portrait, needs, use),
    `forces` (segment, force, score, note, who, kept_on), `portfolio` (by, sphere, part, positions, turnover, margin, turnover_share, profit_share),
    `faults` (rows left out). facts: measures, fields and forces (words), us."""
    answer: Answer = _market(warehouse, selection, scope)
    return answer


@remembered
def _market(source: Source, selection: Selection, scope: Scope) -> Answer:
    standing = standing_of(source, selection, scope)
    rows, portraits = source.read("market_players"), source.read("market_segments")
    us = str(source.settings["market_own_player"])
    players = rules.players(rows)
    forces = _forces(source)
    frame = _described(rules.segments(players, portraits, us), forces, us)
    lacking = int(frame.filter(pl.col("missing").is_not_null()).height)
    return Answer(
        name="market",
        headline=shown.OF_ALL if not scope.sees_all else _headline(frame, lacking),
        frame=frame.select(column.name for column in COLUMNS).with_columns(pl.col("year").cast(pl.String)),
        columns=COLUMNS,
        version=source.version,
        as_of=standing.as_of,
        first=standing.window.first,
        last=standing.window.last,
        notes=_notes(us),
        missing=shown.missing(source, "market", "segments"),
        extra={
            "players": players.select(column.name for column in PLAYERS).with_columns(pl.col("year").cast(pl.String)),
            "portraits": frame.select("segment", "consumer_portrait", "needs", "use"),
            "forces": forces, "portfolio": _portfolio(source, standing, selection), "faults": rules.faults(rows),
        },
        facts={"measures": _measures(frame, lacking), "fields": dict(rules.SEGMENT_FIELDS), "forces": dict(rules.FORCES), "us": us, "players": PLAYERS},
        scope=scope,
        selection=selection,
    )  # fmt: skip


def score(source_home: str, segment: str, scores: Mapping[str, int], note: str, who: Scope, version: int | None) -> records.Record:
    """Keep the five forces of a segment. Raises BadUse for another force or a score outside of 1 to 5; NotAllowed, NotKept."""
    wrong = [force for force, given in scores.items() if force not in rules.FORCES or not rules.LEAST_SCORE <= given <= rules.MOST_SCORE]
    if wrong or set(scores) != set(rules.FORCES):
        raise BadUse(message("Each of the five forces is scored {least} to {most}.", least=rules.LEAST_SCORE, most=rules.MOST_SCORE))
    payload: dict[str, Any] = {"scores": dict(scores), "note": note.strip(), "kept_on": date.today().isoformat()}
    return records.record(source_home, KIND, segment, payload, who, version)


def _forces(source: Source) -> pl.DataFrame:
    rows = []
    for kept in records.newest(source.home, KIND):
        said = kept.payload or {}
        for force in rules.FORCES:
            rows.append((kept.subject, force, (said.get("scores") or {}).get(force), said.get("note") or None, kept.who, kept.at.date()))
    schema = {"segment": pl.String, "force": pl.String, "score": pl.Int64, "note": pl.String, "who": pl.String, "kept_on": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _described(found: pl.DataFrame, forces: pl.DataFrame, us: str) -> pl.DataFrame:
    """With the pressure of the forces, what lacks said in words, and why our share is unknown."""
    by_segment = {segment: dict(mine.select("force", "score").iter_rows()) for (segment,), mine in forces.group_by("segment")}
    pressures = [rules.pressure(by_segment.get(segment, {})) for segment in found["segment"]]
    said = [
        None if not fields else message("{what}", what=[rules.SEGMENT_FIELDS[field] for field in fields]).to_json() for fields in found["missing"].to_list()
    ]
    why = pl.when(pl.col("our_share").is_null()).then(pl.lit((NOT_AMONG if us else NO_NAME).to_json()))
    return found.with_columns(pl.Series("pressure", pressures, dtype=pl.Float64), pl.Series("missing", said, dtype=pl.String), why.alias("our_share_why"))


def _portfolio(source: Source, standing: Standing, selection: Selection) -> pl.DataFrame:
    """How each sphere is made up, by stage of life, age and price segment; `by` says which, `part` what."""
    settings = source.settings
    mine = shown.chosen(standing.frame, selection)
    mine = mine.with_columns(portfolio.ages(mine["entered_on"], standing.as_of, [edge for (edge,) in settings["age_bands"]]))
    priced = segmented(prices(source, standing), tuple(settings["price_segments"])).select("sphere", "sku", "price_segment")
    mine = mine.join(priced, on=["sphere", "sku"], how="left", maintain_order="left")
    sells = mine.filter((pl.col("turnover") != 0) | (pl.col("margin") != 0))
    parts = [portfolio.shares(sells, by).rename({by: "part"}).select(pl.lit(by).alias("by"), pl.all()) for by in portfolio.DIMENSIONS]
    return pl.concat(parts)


def _measures(frame: pl.DataFrame, lacking: int) -> tuple[Measured, ...]:
    known = frame.filter(pl.col("our_share").is_not_null())
    size, ours = float(known["capacity_value"].sum() or 0.0), float((known["capacity_value"] * known["our_share"]).sum() or 0.0)
    share = ours / size if size > 0 else None
    why = NO_NAME
    return (
        Measured(message("Size of all segments"), float(frame["capacity_value"].sum() or 0.0) or None, "money", None, message("No segment has a size.")),
        Measured(message("Our share of the market"), share, "share", message("where our name is among the players"), why),
        Measured(message("Segments still to be described"), float(lacking), "count"),
        Measured(message("Segments with five forces"), float(frame["pressure"].count()), "count"),
    )


def _headline(frame: pl.DataFrame, lacking: int) -> Message:
    if frame.is_empty():
        return message("Nothing is known of the market yet.")
    known = frame.filter(pl.col("our_share").is_not_null() & pl.col("our_share_before").is_not_null())
    rising = known.filter(pl.col("our_share") > pl.col("our_share_before")).height
    undescribed = plural("{n} segment still has to be described", "{n} segments still have to be described", n=lacking)
    if known.is_empty():
        return plural("{n} segment of the market is known; {undescribed}.", "{n} segments of the market are known; {undescribed}.", n=frame.height,
                      undescribed=undescribed)  # fmt: skip
    return message("Our share rises in {rising_n} of {all_n} segments; {undescribed}.", rising_n=rising, all_n=known.height, undescribed=undescribed)


def _notes(us: str) -> tuple[Message, ...]:
    shares = message("A segment's size is the sum of its players of the newest year; rows of the whole market stand before rows by city or price band.")
    return (shares,) if us else (shares, NO_NAME)
