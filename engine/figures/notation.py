"""One notation for all pictures: what each ink means, the frame of every figure, and how text from data is made harmless."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

from engine.language import formatted, say, separators
from engine.messages import Message, message

FONT = '"Source Sans", "Source Sans Pro", "Noto Sans", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Segoe UI", sans-serif'
TEXT_SIZE = 13
SMALL_SIZE = 11
CLEAR = "rgba(0,0,0,0)"


@dataclass(frozen=True)
class Inks:
    """Every colour of a theme by its meaning; pages and figures name meanings, never colours."""

    card: str
    text: str
    quiet: str
    accent: str
    grid: str
    actual: str
    last_year: str
    plan: str
    forecast: str
    interval: str
    scenario: str
    ghost: str
    band: str
    good: str
    bad: str
    good_text: str
    bad_text: str
    attention: str
    critical: str
    categories: tuple[str, ...]
    other: str


# Okabe–Ito in their order, without the yellow, which cannot be seen on white.
_CATEGORIES = ("#E69F00", "#56B4E9", "#009E73", "#0072B2", "#D55E00", "#CC79A7")
MOST_CATEGORIES = len(_CATEGORIES)

_INKS = MappingProxyType({
    "light": Inks(
        card="#FFFFFF", text="#1E2A33", quiet="#5B6771", accent="#1F5A7A", grid="#E8E5DE",
        actual="#243746", last_year="#A8B3BD", plan="#243746", forecast="#243746", interval="rgba(36,55,70,0.12)",
        scenario="#1F5A7A", ghost="#DADFE3", band="#E3E8EC", good="#0072B2", bad="#D55E00", good_text="#005C91", bad_text="#A84A00",
        attention="#E69F00", critical="#D55E00", categories=_CATEGORIES, other="#B4BBC1",
    ),
    "dark": Inks(
        card="#1A222A", text="#E6EBEF", quiet="#A3AEB8", accent="#6FB3D2", grid="#2C3741",
        actual="#C8D5DF", last_year="#66737E", plan="#C8D5DF", forecast="#C8D5DF", interval="rgba(200,213,223,0.16)",
        scenario="#6FB3D2", ghost="#35414B", band="#2B3640", good="#2C8FCB", bad="#E2701D", good_text="#6DB8E8", bad_text="#F29B5F",
        attention="#E69F00", critical="#E2701D", categories=_CATEGORIES, other="#66737E",
    ),
})  # fmt: skip

# (good, bad, good as text, bad as text); in the third, red is what rises, whether that is good or not.
_PALETTES = MappingProxyType({
    ("green_red", "light"): ("#4C8C2B", "#C62828", "#3B6E20", "#B02020"),
    ("green_red", "dark"): ("#7FB85C", "#EF6A6A", "#9CCB7E", "#F58F8F"),
    ("red_up", "light"): ("#C62828", "#2E8B57", "#B02020", "#23693F"),
    ("red_up", "dark"): ("#EF6A6A", "#5DB98A", "#F58F8F", "#84CDA8"),
})  # fmt: skip
PALETTES = ("blue_vermillion", "green_red", "red_up")


@dataclass(frozen=True)
class Look:
    """How a picture is to be drawn: for whom (language, currency) and where (theme `light` or `dark`).

    palette: how a variance is coloured: `blue_vermillion` (for every eye), `green_red`, or `red_up` (红涨绿跌: red rises).
    """

    language: str = "en"
    currency: str = "CNY"
    theme: str = "light"
    palette: str = "blue_vermillion"

    def number(self, value: Any, unit: str, compact: bool = True, signed: bool = False) -> str:
        return formatted(value, unit, self.language, self.currency, compact, signed=signed)

    def say(self, said: Message) -> str:
        return say(said, self.language, self.currency)


@dataclass(frozen=True)
class Drawn:
    """A figure with the sentence that says the same; or no figure, and `why_empty` says what is lacking."""

    figure: go.Figure | None
    alt: str
    why_empty: str | None = None


def inks(theme: str = "light") -> Inks:
    """The inks of a theme; an unknown theme is the light one."""
    return _INKS.get(theme, _INKS["light"])


def ink_of_variance(look: Look, favourable: bool | None, rises: bool, as_text: bool = False) -> str:
    """The colour of a difference; neither good nor bad is drawn in quiet ink."""
    ink = inks(look.theme)
    if favourable is None and look.palette != "red_up":
        return ink.quiet
    first = rises if look.palette == "red_up" else favourable
    chosen = _PALETTES.get((look.palette, look.theme), (ink.good, ink.bad, ink.good_text, ink.bad_text))
    return chosen[(0 if first else 1) + (2 if as_text else 0)]


def plain_text(text: object, longest: int | None = None) -> str:
    """Text from data as Plotly shows it letter by letter: no tags, no links, no formulas, one line, at most `longest` characters."""
    one_line = " ".join(str(text).split())
    if longest is not None and len(one_line) > longest:
        one_line = one_line[: longest - 1].rstrip() + "…"
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("$", "&#36;")):
        one_line = one_line.replace(sign, entity)
    # Hover texts are templates, in which %{…} would be looked up.
    return one_line.replace("%{", "&#37;{")


def wrapped(text: object, width: int = 34, lines: int = 2) -> str:
    """Text from data over at most `lines` lines, broken at spaces (anywhere where a language has none)."""
    done: list[str] = []
    rest = " ".join(str(text).split())
    while len(rest) > width and len(done) < lines - 1:
        cut = rest.rfind(" ", 0, width + 1)
        cut = cut if cut >= width // 2 else width
        done.append(plain_text(rest[:cut]))
        rest = rest[cut:].strip()
    return "<br>".join([*done, plain_text(rest, width)])


def harmless(text: str) -> str:
    """A formatted number in a figure; the dollar sign must not begin a formula."""
    return text.replace("$", "&#36;")


def framed(look: Look, height: int, *, legend: bool = False, left: int = 8, right: int = 8, top: int = 8, **more: Any) -> dict[str, Any]:
    """The layout that all figures share: quiet grid, own separators, no chrome. `more` are further entries of the layout."""
    ink = inks(look.theme)
    small = {"size": SMALL_SIZE, "color": ink.quiet}
    return {
        "template": {},
        "height": height,
        "margin": {"l": left, "r": right, "t": top + (28 if legend else 0), "b": 8, "pad": 4},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"family": FONT, "size": TEXT_SIZE, "color": ink.text},
        "separators": separators(look.language),
        "showlegend": legend,
        "legend": {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "font": small, "itemclick": False, "itemdoubleclick": False},
        "hoverlabel": {
            "bgcolor": ink.card,
            "bordercolor": ink.grid,
            "font": {"family": FONT, "color": ink.text, "size": TEXT_SIZE},
            "align": "left",
        },
        "hovermode": "closest",
        "dragmode": False,
        **more,
    }


class _Finished(go.Figure):  # type: ignore[misc]  # the library has no types
    """A figure that nobody changes any more: its parts are put together once, not at each sending."""

    _parts: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        if self._parts is None:
            self._parts = super().to_dict()
        return self._parts


def drawing(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> go.Figure:
    """The figure of its parts. Plotly's own check of every entry costs 5 ms a figure on each rerun; a test makes it once for all."""
    return _Finished(data=[dict(trace) for trace in traces], layout=dict(layout), _validate=False)


def axis(look: Look, *, grid: bool = False, title: str = "", **more: Any) -> dict[str, Any]:
    """An axis without lines and zooming; grid and ticks where asked for."""
    ink = inks(look.theme)
    return {
        "showgrid": grid, "gridcolor": ink.grid, "zeroline": False, "ticks": "", "fixedrange": True, "automargin": True,
        "tickfont": {"size": SMALL_SIZE, "color": ink.quiet}, "title": {"text": title, "font": {"size": SMALL_SIZE, "color": ink.quiet}}, **more,
    }  # fmt: skip


def note(text: str, x: float, y: float, color: str, **more: Any) -> dict[str, Any]:
    """A word written on the picture, without an arrow."""
    return {"text": text, "x": x, "y": y, "showarrow": False, "font": {"size": SMALL_SIZE, "color": color}, **more}


def nothing(look: Look, why: Message | None = None) -> Drawn:
    """No figure, and why."""
    reason = look.say(why if why is not None else message("There is nothing to draw for this period and selection."))
    return Drawn(None, reason, reason)
