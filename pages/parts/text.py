"""Words on a page that stay words: a dealer called `**A** $x$ <img>` is shown as just that.

Streamlit reads what it is given as Markdown (with maths, colours, emoji and arrows of its own), so headings and sentences go out
as escaped HTML, and labels, which must be Markdown, through `label`.
"""

import base64
import html
import re
from collections.abc import Sequence

import streamlit as st

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$~=:^&\"'])")
_SHORT_CODE = re.compile(r":(?=[\w+\-]+(?:/\w+)?:)")
_BREAKS = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
_JOINER = "\u2060"


def is_code(text: str) -> bool:
    """Whether a text is a code of ours, of letters and digits only, and so safe in a script."""
    return text == "" or (text.isascii() and text.isalnum())


def _one_line(text: str) -> str:
    """Line breaks and tabs as spaces; a no-break space stays one."""
    return _BREAKS.sub(" ", text).strip()


def escaped(text: str) -> str:
    """Text for inside HTML."""
    return html.escape(_one_line(text))


def label(text: str) -> str:
    """Text for a label that Streamlit reads as Markdown: it comes out as it stands.

    An invisible joiner parts the colon of `:name:` from its name, because emoji and icons are looked for after escapes are gone;
    the same parts `->` and `--`, which would be drawn as an arrow and a dash.
    """
    text = _SHORT_CODE.sub(":" + _JOINER, _one_line(text))
    text = re.sub(r"(?<=[<>\-=])(?=[\->=<])", _JOINER, text)
    return _MARKUP.sub(r"\\\1", text)


def headline(text: str, *below: str) -> None:
    """The page's first sentence, and small below it what it is about."""
    st.html(f'<h1 class="gr-headline">{escaped(text)}</h1>{_small(below)}')


def heading(text: str, *below: str) -> None:
    """The heading of one part of a page, and small below it what is shown."""
    st.html(f'<h2 class="gr-heading">{escaped(text)}</h2>{_small(below)}')


def small(*parts: str) -> None:
    """A small line: parts with a middle dot between them."""
    if _small(parts):
        st.html(_small(parts))


def _small(parts: Sequence[str]) -> str:
    said = " · ".join(escaped(part) for part in parts if part)
    return f'<p class="gr-small">{said}</p>' if said else ""


def prose(text: str) -> None:
    """A plain sentence."""
    st.html(f'<p class="gr-prose">{escaped(text)}</p>')


def lines(texts: list[str]) -> None:
    """Several short sentences, one under the other."""
    if texts:
        st.html('<ul class="gr-lines">' + "".join(f"<li>{escaped(text)}</li>" for text in texts) + "</ul>")


def facts(rows: Sequence[Sequence[str]], words: Sequence[int] = (), head: Sequence[str] = ()) -> None:
    """A small table of words and figures without frame: the first cell of a row names it, the others stand right but for those of `words`."""

    def cell(place: int, shown: str, tag: str) -> str:
        kind = "gr-number" if place and place not in words else "gr-word"
        return f'<{tag} class="{kind}">{escaped(shown)}</{tag}>'

    def line(row: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(cell(place, shown, "th" if place == 0 else tag) for place, shown in enumerate(row)) + "</tr>"

    if rows:
        top = f"<thead>{line(head, 'th')}</thead>" if head else ""
        st.html(f'<table class="gr-fact">{top}<tbody>{"".join(line(row, "td") for row in rows)}</tbody></table>', width="content")


def drawing(svg: str, said: str) -> None:
    """A small drawing of ours; what is said stands for it where it cannot be seen. It goes out as an image: SVG in HTML is taken away."""
    content = base64.b64encode(svg.encode()).decode()
    st.html(f'<img class="gr-spark" alt="{escaped(said)}" title="{escaped(said)}" src="data:image/svg+xml;base64,{content}">')


def button_words(part: str, words: str) -> None:
    """The words of a button that Streamlit writes itself, in English only: the stylesheet shows ours in their place."""
    st.html(f"<style>:root {{ --{part}: {_css_text(words)}; }}</style>")


def _css_text(words: str) -> str:
    """A text as CSS knows it: every sign but letters, digits and spaces by its number."""
    return '"' + "".join(sign if sign.isalnum() or sign == " " else f"\\{ord(sign):x} " for sign in words) + '"'
