"""The settings of the assortment as the formulas take them."""

from collections.abc import Mapping
from dataclasses import replace

from engine.assortment.bcg import BcgRules
from engine.assortment.classes import Rules
from engine.assortment.codes import normalised
from engine.assortment.variation import VariationRules
from engine.settings import Settings


def class_rules(settings: Settings, a_share: float | None = None, b_share: float | None = None) -> Rules:
    """Rules of the classes; a_share, b_share: limits that somebody tries out."""
    limits = (float(settings["abc_a_share"]), float(settings["abc_b_share"]))
    upper = limits[0] if a_share is None else a_share
    return Rules(
        limits=(upper, max(upper, limits[1] if b_share is None else b_share)),
        counts=(float(settings["class_count_a_share"]), float(settings["class_count_b_share"])),
        sums=(float(settings["class_sum_a"]), float(settings["class_sum_b"])),
        drives=str(settings["class_rule"]),
        few=int(settings["class_few"]),
        holds=settings["class_holds"] == "on",
        hold_share=float(settings["class_hold_share"]),
    )


def variation_rules(settings: Settings) -> VariationRules:
    """Rules of XYZ."""
    return VariationRules(
        x=float(settings["xyz_x"]),
        y=float(settings["xyz_y"]),
        months=int(settings["xyz_months"]),
        least=int(settings["xyz_least_months"]),
        own_season=int(settings["xyz_season_months"]),
        interval=float(settings["forecast_adi"]),
        steady=float(settings["xyz_steady_share"]),
        often=float(settings["xyz_often_share"]),
    )


def bcg_rules(settings: Settings, growth: float | None = None, share: float | None = None) -> BcgRules:
    """Rules of the BCG; growth, share: lines that somebody moved."""
    rules = BcgRules(
        growth_rule=str(settings["bcg_growth_rule"]), share_rule=str(settings["bcg_share_rule"]),
        fixed_growth=float(settings["bcg_growth_fixed"]), fixed_share=float(settings["bcg_share_fixed"]),
    )  # fmt: skip
    return replace(rules, moved_growth=growth, moved_share=share)


def letters(settings: Settings) -> Mapping[str, str]:
    """Sphere -> its letter in the class code; a row that is not filled in is left out."""
    return {sphere: normalised(letter) for sphere, letter in settings["sphere_letters"] if sphere and letter and len(normalised(letter)) == 1}
