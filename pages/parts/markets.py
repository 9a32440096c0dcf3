"""Pieces of the pages price map, competitors and market: ranges by group, indices by line, players, portraits, the five forces, what we live on."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from engine import figures
from engine.answers.answer import Answer, Column
from engine.answers.assortment import market as answers
from engine.answers.assortment.words import SEGMENTS, STAGE_WORDS
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message
from pages.parts import acting, assortment, tables, text
from pages.parts.charts import chart, look
from pages.parts.view import View

PARTS: dict[str, Message] = {"stage": message("By stage of life"), "age": message("By age"), "price_segment": message("By price segment")}
PORTFOLIO = (
    Column("sphere", message("Sphere"), "text"), Column("part_said", message("Part"), "text"), Column("positions", message("Products"), "count"),
    Column("turnover", message("Turnover"), "money"), Column("turnover_share", message("Share of turnover"), "share"),
    Column("margin", message("Gross profit"), "money"), Column("profit_share", message("Share of profit"), "share"),
)  # fmt: skip
PORTRAIT = (
    Column("segment", message("Segment"), "text"), Column("consumer_portrait", message("Who buys"), "text"), Column("needs", message("What they need"), "text"),
    Column("use", message("What for"), "text"),
)  # fmt: skip
MOST_PLAYERS, KEY = 3, "market"


def ranges(view: View, answer: Answer, sphere: str | None) -> None:
    """Price ranges of the lines of one sphere, group by group."""
    mine = answer.frame.filter(pl.col("sphere") == sphere).with_columns(pl.format("{} · {}", "product_group", "line_name").alias("label"))
    title = message("Prices of the lines")
    chart(view, title, figures.price_ranges(mine, look(view), label=title), view.say(message("bar: from the cheapest to the dearest product")), key="ranges")


def index_picture(view: View, answer: Answer) -> None:
    """Our prices by theirs, line by line, largest turnover first."""
    lines = answer.extra["lines"].sort("turnover", descending=True).with_columns(pl.coalesce("line_name", "line_id").alias("label"))
    title = message("Our prices by the competitors'")
    names = {"base_index": message("Base price"), "discount_index": message("At the largest discount")}
    chart(view, title, figures.indices(lines, look(view), names=names, label=title), view.say(message("right of 1 we are dearer")), key="indices")


def players(view: View, answer: Answer) -> None:
    """Each segment parted by its players, the newest year of each."""
    frame: pl.DataFrame = answer.extra["players"]
    newest = frame.filter(pl.col("year") == pl.col("year").max().over("segment"))
    ranked = newest.group_by("player").agg(pl.col("value").sum()).sort("value", descending=True)["player"].to_list()
    us = answer.facts["us"]
    named = [*([us] if us in ranked else []), *(player for player in ranked if player != us)][:MOST_PLAYERS]
    sums = [pl.col("share").filter(pl.col("player") == player).sum().alias(f"player_{place}") for place, player in enumerate(named)]
    rest = pl.col("share").filter(~pl.col("player").is_in(named)).sum().alias("rest")
    whole = newest.group_by(pl.col("segment").alias("label")).agg(*sums, rest, pl.col("value").sum().alias("_all")).sort("_all", descending=True)
    words = {f"player_{place}": message("{player}", player=player) for place, player in enumerate(named)} | {"rest": message("all others")}
    title = message("Who has which share of each segment")
    chart(view, title, figures.parts(whole, look(view), names=words, unit="share", label=title), key="players", height=360)


def portfolio(view: View, answer: Answer) -> None:
    """What we live on ourselves, by stage of life, age or price segment."""
    text.heading(view.say(message("What we live on")), view.say(message("shares of turnover and profit within each sphere")))
    by = assortment.choice(view, "by", message("By"), PARTS, "stage")
    mine = answer.extra["portfolio"].filter(pl.col("by") == by)
    said = [_part(view, by, part, mine["part"].unique().to_list()) for part in mine["part"]]
    shown = mine.with_columns(pl.Series("part_said", said, dtype=pl.String))
    tables.rows(view, shown, PORTFOLIO, alt=view.say(PARTS[by]), key=f"portfolio-{by}", bars=("turnover",), nothing=NOT_APPLICABLE)


def _part(view: View, by: str, part: str, known: Sequence[str]) -> str:
    if not part or part == "unknown":
        return view.say(message("unknown"))
    if by == "stage":
        return view.say(STAGE_WORDS[part])
    if by == "price_segment":
        return view.say(SEGMENTS[part]) if part in SEGMENTS else part
    later = sorted(int(edge) for edge in known if edge.isdigit() and int(edge) > int(part))
    return view.say(
        message("{first_n} to {last_n} months", first_n=int(part), last_n=later[0]) if later else message("over {first_n} months", first_n=int(part))
    )


def portraits(view: View, answer: Answer) -> None:
    """Who buys in each segment, and why."""
    assortment.part(view, message("Who buys, and why"), answer.extra["portraits"], PORTRAIT, "portraits")


@st.fragment
def forces(view: View, answer: Answer) -> None:
    """The five forces of a segment, scored 1 to 5, kept with name and day."""
    text.heading(view.say(message("Five forces")), view.say(message("1 weak, 5 strong")))
    segments = answer.frame["segment"].to_list()
    if not segments:
        return
    segment = st.selectbox(view.say(message("Segment")), segments, key="forces-segment")
    kept = answer.extra["forces"].filter(pl.col("segment") == segment)
    known = dict(kept.select("force", "score").iter_rows())
    said: dict[str, Message] = answer.facts["forces"]
    scores = {force: st.segmented_control(view.say(said[force]), [1, 2, 3, 4, 5], default=known.get(force), key=f"force-{segment}-{force}") for force in said}
    note = st.text_input(view.say(message("Why")), value=(kept["note"][0] or "") if kept.height else "", key=f"force-note-{segment}")
    if kept.height:
        text.small(view.say(message("kept by {who} on {kept_on}", who=kept["who"][0], kept_on=kept["kept_on"][0])))
    is_whole = all(score is not None for score in scores.values())
    if st.button(view.say(message("Keep")), key="keep-forces", disabled=not is_whole or not view.scope.may("decide")):
        given = {force: int(score) for force, score in scores.items() if score is not None}
        acting.act(KEY, lambda: answers.score(view.home, segment, given, note, view.scope, view.version), message("Kept."))


def told(view: View) -> None:
    """What the last act did, or why it did not."""
    acting.told(view, KEY)
