"""A bullet as small as a cell of a table: the bar of a value over the band that it should lie in. An SVG, sent as an image."""

import base64

from engine.figures.notation import Look, inks

WIDE, HIGH = 120.0, 22.0


def bullet_cell(value: float | None, low: float | None, high: float | None, most: float, look: Look) -> str | None:
    """The image of a value (as a data address) on a scale from 0 to `most`, with its band low … high; None where value or band is unknown.

    Below the band in the ink of what is critical, above it in that of attention; a bar longer than the scale ends in a point.
    """
    if value is None or low is None or high is None or most <= 0:
        return None
    ink = inks(look.theme)
    color = ink.critical if value < low else ink.attention if value > high else ink.actual

    def at(number: float) -> float:
        return round(min(max(number, 0.0) / most, 1.0) * (WIDE - 8), 1)

    end = at(value)
    tip = f'<path d="M{end} 7 l7 4 l-7 4 z" fill="{color}"/>' if value > most else ""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE:.0f}" height="{HIGH:.0f}" viewBox="0 0 {WIDE:.0f} {HIGH:.0f}">'
        f'<rect x="{at(low)}" y="2" width="{max(at(high) - at(low), 1.0):.1f}" height="18" fill="{ink.last_year}" fill-opacity="0.45"/>'
        f'<rect x="0" y="7" width="{max(end, 1.0):.1f}" height="8" fill="{color}"/>{tip}</svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
