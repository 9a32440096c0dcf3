"""How every position, line and group of the assortment stands in a review: sums, criterion, classes, steadiness, growth, stage, code."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from engine import abc
from engine.answers import records
from engine.answers.assortment import factors, ruled
from engine.answers.assortment.basis import Basis, basis_of
from engine.answers.source import Memory, Source
from engine.assortment import classes, codes, novelty, stages
from engine.assortment.criterion import weighted
from engine.assortment.growth import growth, profitability, with_growth, with_profit_share
from engine.assortment.tree import GROUP, LINE
from engine.assortment.variation import varied
from engine.assortment.windows import YEAR, ReviewWindow
from engine.messages import message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection

KEY = ("sphere", "sku")
SUMS = ("turnover", "cost", "margin", "last_year_turnover", "last_year_margin")
NO_LETTER = message("This sphere has no letter yet; the settings give it one.")
NO_MAKER = message("The product list does not say who makes it.")
_KEPT = Memory(12)


def forget() -> None:
    """Keep no standing that was worked out."""
    _KEPT.forget()


@dataclass(frozen=True)
class Standing:
    """One review.

    frame: one row a position, by sphere and product: sphere, sku, product_name, direction, product_group, line_id, line_name, made_by,
      is_innovation, entered_on, withdrawn_on, list_price, first_month, months_sold; qty, SUMS, profitability; factor, plain_criterion, criterion, share_before,
      class (as the setting class_rule says and class_holds keeps it), class_by_value, class_by_limit, class_by_count, class_by_sum, plain_class (without the
      factor), profit_class, turnover_class, distance, distance_share, nearest_class, previous_class; xyz and what `varied` gives; growth, growth_why,
      sphere_growth, profit_share, loss_share; novelty (new | standard), is_new, stage, is_watched, stage_by; code, code_why, is_provisional.
    lines, groups: one row a line or group: SUMS, products, months_sold, is_new, growth, growth_why, sphere_growth, profit_share, loss_share, profitability,
      stage, stage_by, is_watched.
    history_of tells the classes of the reviews behind.
    """

    window: ReviewWindow
    basis: Basis
    frame: pl.DataFrame
    lines: pl.DataFrame
    groups: pl.DataFrame

    @property
    def as_of(self) -> date:
        """The last day that is looked at."""
        return self.window.last


def standing_of(source: Source, selection: Selection, scope: Scope = EVERYTHING, limits: tuple[float | None, float | None] = (None, None)) -> Standing:
    """The standing of a review. selection: its day, period, regions and channels; goods are not filtered, as classes are of whole spheres.

    limits: of classes A and B, where somebody tries out others. For somebody who sees own rows only every frame is empty.
    """
    basis = basis_of(source, selection, scope)
    records.note((factors.KIND,))
    if source.is_bounded or not scope.sees_all:
        return _reviewed(source, basis, limits)
    key = (source.home.path, source.version, source.settings, id(basis), limits, records.head(source.home, factors.KIND))
    kept: tuple[Basis, Standing] = _KEPT.recall(key, lambda: (basis, _reviewed(source, basis, limits)))  # the basis too, so that its id stays its own
    return kept[1]


def _reviewed(source: Source, basis: Basis, limits: tuple[float | None, float | None]) -> Standing:
    rules = ruled.class_rules(source.settings, *limits)
    given = factors.logged(source)
    reviews = int(source.settings["assortment_reviews"])
    basis.add_up([months for back in range(reviews + 1) for window in (_window(basis, back),) for months in (window.months, window.base)])
    behind = reviews if rules.holds else 1
    runs = [_run(source, basis, rules, given, back) for back in range(behind, -1, -1)]
    now, before = runs[-1], runs[-2]
    if rules.holds:
        held = classes.held(runs, rules)
        now = now.join(held, on=KEY, how="left", maintain_order="left").with_columns(pl.coalesce("held_class", "class").alias("class")).drop("held_class")
    told = before.select(
        "_row", pl.col("class").alias("previous_class"), pl.col("growth").alias("growth_before"), pl.col("sphere_growth").alias("sphere_growth_before"),
        pl.col("turnover").alias("turnover_before"), pl.col("last_year_turnover").alias("last_year_before"),
        pl.col("profit_share").alias("profit_share_before"),
        pl.col("criterion").alias("criterion_before"), pl.col("factor").alias("factor_before"),
    )  # fmt: skip
    frame = _judged(source, now.join(told, on="_row", how="left", maintain_order="left"))
    frame = _steadiness(source, basis, _coded(source, basis, frame))
    lines, groups = _summed(source, basis, frame, LINE, "_line"), _summed(source, basis, frame, GROUP, "_group")
    return Standing(basis.window, basis, frame.drop("_line", "_group"), lines, groups)


def history_of(source: Source, standing: Standing) -> pl.DataFrame:
    """The classes of the reviews behind: sphere, sku, reviewed_on (last day of the review), class, share_before, criterion; the newest first."""
    given, rules = factors.logged(source), ruled.class_rules(source.settings)
    parts = [standing.frame.select(*KEY, pl.lit(standing.as_of).alias("reviewed_on"), "class", "share_before", "criterion")]
    for back in range(1, int(source.settings["assortment_reviews"]) + 1):
        run = _run(source, standing.basis, rules, given, back)
        parts.append(run.select(*KEY, pl.lit(standing.basis.earlier(back).last).alias("reviewed_on"), "class", "share_before", "criterion"))
    return pl.concat(parts)


def _window(basis: Basis, back: int) -> ReviewWindow:
    return basis.earlier(back) if back else basis.window


def _run(source: Source, basis: Basis, rules: classes.Rules, given: pl.DataFrame, back: int) -> pl.DataFrame:
    """One review, `back` quarters before the one that is asked for: positions with their sums, criterion, classes and growth beside the sphere's."""
    window = _window(basis, back)
    qty, net, cost = basis.sums(window.months)
    _, net_before, cost_before = basis.sums(window.base)
    until = pl.lit(window.last)
    months_sold = (until.dt.year() - pl.col("first_month").dt.year()) * YEAR + until.dt.month() - pl.col("first_month").dt.month() + 1
    frame = basis.frame.with_columns(
        pl.Series("qty", qty), pl.Series("turnover", net), pl.Series("cost", cost), pl.Series("margin", net - cost),
        pl.Series("last_year_turnover", net_before), pl.Series("last_year_margin", net_before - cost_before),
        months_sold.fill_null(0).clip(lower_bound=0).cast(pl.Int64).alias("months_sold"),
        novelty.entered(pl.col("catalogue_on"), pl.col("first_month")).alias("entered_on"),
    )  # fmt: skip
    is_listed = (pl.col("withdrawn_on").is_null() | (pl.col("withdrawn_on") > until)) & (pl.col("entered_on").is_null() | (pl.col("entered_on") <= until))
    moved = (pl.col("turnover") != 0) | (pl.col("cost") != 0) | (pl.col("last_year_turnover") != 0)
    listed = frame.with_row_index("_row").filter(is_listed | moved)
    held = factors.in_force(given, window.last if back else None)
    if held.is_empty():
        listed = listed.with_columns(pl.lit(1.0).alias("factor"))
    else:
        listed = listed.join(held, on=KEY, how="left", maintain_order="left").with_columns(pl.col("factor").fill_null(1.0))
    weights = float(source.settings["criterion_margin_weight"]), float(source.settings["criterion_turnover_weight"])
    scored = weighted(listed, "sphere", factor="factor", weights=weights)
    is_brief = back > 0 and rules.drives == "value" and not rules.holds  # of an earlier review the class alone is asked for
    ranked = classes.by_value(scored, rules) if is_brief else classes.positions_classed(scored, rules)
    return with_profit_share(_grown(source, ranked, window), "sphere")


def _grown(source: Source, frame: pl.DataFrame, window: ReviewWindow) -> pl.DataFrame:
    """With growth, and that of the whole sphere."""
    grown = with_growth(frame, has_base=window.has_base, least_months=int(source.settings["assortment_months"]))
    now, ago = pl.col("turnover").sum().over("sphere"), pl.col("last_year_turnover").sum().over("sphere")
    return grown.with_columns(pl.when((ago > 0) & pl.lit(window.has_base)).then(now / ago - 1).alias("sphere_growth"))


def _judged(source: Source, frame: pl.DataFrame) -> pl.DataFrame:
    """With profitability, and the classes by profit alone, by turnover alone and without the factor; in order of the positions."""
    limits = float(source.settings["abc_a_share"]), float(source.settings["abc_b_share"])
    ordered = frame.sort("_row")
    numbered = ordered.with_columns(pl.col("_row").min().over("sphere").alias("_sphere"))  # a number is sooner told apart than a name
    letters = [
        abc.classed(numbered.select("_row", "_sphere", value), value, "_sphere", limits=limits).sort("_row")["abc_class"].alias(name)
        for value, name in (("margin", "profit_class"), ("turnover", "turnover_class"), ("plain_criterion", "plain_class"))
    ]
    earned = profitability(pl.col("margin"), pl.col("turnover"), pl.col("cost"), str(source.settings["profit_base"]))
    return ordered.with_columns(*letters, earned.alias("profitability"))


def _coded(source: Source, basis: Basis, frame: pl.DataFrame) -> pl.DataFrame:
    """With novelty, stage of life, class code and what is provisional about it."""
    new = novelty.novelty(pl.col("entered_on"), basis.window.last, int(source.settings["novelty_months"]))
    frame = frame.with_columns(new.alias("novelty")).with_columns((pl.col("novelty") == novelty.NEW).alias("is_new"))
    frame = stages.staged(frame, float(source.settings["life_cycle_band"]))
    letters = dict(ruled.letters(source.settings))
    letter = pl.col("sphere").replace_strict(letters, default=None, return_dtype=pl.String)
    why = pl.when(letter.is_null()).then(pl.lit(NO_LETTER.to_json())).when(pl.col("made_by").is_null()).then(pl.lit(NO_MAKER.to_json()))
    code = codes.code_of(letter, pl.col("class"), pl.col("novelty"), pl.col("made_by"))
    return frame.with_columns(code.alias("code"), why.alias("code_why"), (pl.col("months_sold") < len(basis.window.months)).alias("is_provisional"))


def _steadiness(source: Source, basis: Basis, frame: pl.DataFrame) -> pl.DataFrame:
    """With what `varied` says of each position, by its place in the basis."""
    rows = frame["_row"].to_numpy()
    calendar = np.array([month.month - 1 for month in basis.months], dtype=np.int64)
    (_, lines), (_, groups) = basis.line_numbers, basis.group_numbers
    found = varied(
        basis.qty[rows],
        _sellable(source, basis, frame),
        calendar,
        lines[rows],
        groups[rows],
        frame["is_new"].to_numpy(),
        ruled.variation_rules(source.settings),
    )
    numbered = frame.with_columns(pl.Series("_line", lines[rows]), pl.Series("_group", groups[rows])).drop("_row")
    return pl.concat([numbered, found], how="horizontal")


def _sellable(source: Source, basis: Basis, frame: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """Positions × months: from the first sale to the withdrawal, without months in which the article was hardly there."""
    months = np.array([month.year * YEAR + month.month for month in basis.months])
    starts, ends = (
        frame.select((pl.col(name).dt.year().cast(pl.Int64) * YEAR + pl.col(name).dt.month().cast(pl.Int64)).fill_null(10**6)).to_series().to_numpy()
        for name in ("first_month", "withdrawn_on")
    )
    sellable: npt.NDArray[np.bool_] = (months >= starts[:, None]) & (months < ends[:, None])
    if not source.has("availability") or frame.is_empty():
        return sellable
    kept = source.read("in_stock_months", first_month=basis.months[0], last_month=basis.months[-1])
    least = float(source.settings["xyz_in_stock_share"])
    out = kept.filter((pl.col("working_days") > 0) & (pl.col("in_stock_days") < least * pl.col("working_days"))).select("sku", "month")
    places = frame.select("sku").with_row_index("_place").join(out, on="sku")
    column = {month: number for number, month in enumerate(basis.months)}
    sellable[places["_place"].to_numpy(), [column[month] for month in places["month"]]] = False
    return sellable


def _summed(source: Source, basis: Basis, frame: pl.DataFrame, keys: tuple[str, ...], number: str) -> pl.DataFrame:
    """Lines or groups: sums of their positions, then the ratios; a filled-in stage where all that still sells agrees. number: column with their numbers."""
    names = ["line_name"] if "line_id" in keys else []
    sells = pl.col("turnover") != 0
    marked = frame.with_columns((sells | ~sells.any().over(number)).alias("_counts"))  # of a line that still sells what no longer does says nothing
    filled = pl.when("_counts").then(pl.col("life_cycle"))
    is_agreed = (filled.min() == filled.max()) & (filled.count() == pl.col("_counts").sum())
    sums = marked.group_by(number, maintain_order=True).agg(
        pl.col(*keys, *names, "direction").first(), pl.len().cast(pl.Int64).alias("products"), pl.col("qty", *SUMS, "criterion").sum(),
        pl.col("turnover_before", "last_year_before").sum(), pl.col("months_sold").max(), pl.col("is_new").all(),
        pl.when(is_agreed).then(filled.min()).alias("life_cycle"), pl.col("sphere_growth", "sphere_growth_before").max(),
    )  # fmt: skip
    grown = with_growth(sums.drop(number), has_base=basis.window.has_base, least_months=int(source.settings["assortment_months"]))
    grown = grown.with_columns(growth(pl.col("turnover_before"), pl.col("last_year_before")).alias("growth_before"))
    judged = stages.staged(with_profit_share(grown, "sphere"), float(source.settings["life_cycle_band"]))
    earned = profitability(pl.col("margin"), pl.col("turnover"), pl.col("cost"), str(source.settings["profit_base"]))
    return judged.with_columns(earned.alias("profitability")).sort("turnover", *keys, descending=[True, *([False] * len(keys))])
