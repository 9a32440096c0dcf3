"""Frames to pictures, in one notation (`notation.py` holds every colour and its meaning).

Each function takes a polars frame and a `Look` (language, currency, theme) and gives a `Drawn`: the figure, the sentence
that says the same for those who cannot see it, and, where there is nothing to draw, the reason instead of a figure.
Texts from data are escaped: a dealer's name never becomes a link, a picture or a formula.
"""

from engine.figures.bars import bullets, risk_bars
from engine.figures.bullet_cell import bullet_cell
from engine.figures.enlarged import enlarged
from engine.figures.ghost import ghost
from engine.figures.growth_share import growth_share
from engine.figures.matrix import matrix
from engine.figures.months import columns, trend
from engine.figures.notation import Drawn, Look, ink_of_variance, inks, plain_text
from engine.figures.pair import pair
from engine.figures.parts import parts
from engine.figures.positions import projection, stacked
from engine.figures.ranges import indices, price_ranges
from engine.figures.required import required
from engine.figures.scatter import turns_and_margin
from engine.figures.score_bars import score_bars
from engine.figures.sparkline import sparkline
from engine.figures.waterfall import waterfall

__all__ = [
    "Drawn",
    "Look",
    "bullet_cell",
    "bullets",
    "columns",
    "enlarged",
    "ghost",
    "growth_share",
    "indices",
    "ink_of_variance",
    "inks",
    "matrix",
    "pair",
    "parts",
    "plain_text",
    "price_ranges",
    "projection",
    "required",
    "risk_bars",
    "score_bars",
    "sparkline",
    "stacked",
    "trend",
    "turns_and_margin",
    "waterfall",
]
