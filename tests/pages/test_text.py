"""Names from data stay words: nothing in them becomes markup, an icon, a colour or a formula."""

import re

import pytest

from pages.parts.text import escaped, label
from tests.pages.company import HOSTILE

JOINER = "\u2060"


@pytest.mark.parametrize(
    "name",
    ["**bold**", "$x^2$", "<img src=x>", "[go](javascript:x)", "`code`", "# head", "- list", "1. one", "a | b", "~~no~~", "http://x.invalid/a_b", "=1+1"],
)
def test_every_sign_of_markup_is_escaped_in_a_label(name: str) -> None:
    unescaped = re.sub(r"\\[\\`*_{}\[\]()#+\-.!|<>$~=:^&\"']", "", label(name))
    assert not re.search(r"[\\`*_{}\[\]()#+\-.!|<>$~=:^&\"']", unescaped)


def test_a_label_reads_as_the_name_once_the_escapes_are_taken_away() -> None:
    assert re.sub(r"\\(.)", r"\1", label(HOSTILE)).replace(JOINER, "") == HOSTILE


@pytest.mark.parametrize("name", [":smile:", ":material/home:", "a :+1: b", ":red[x]:blue:"])
def test_a_short_code_is_parted_so_that_no_picture_comes_of_it(name: str) -> None:
    assert not re.search(r":[\w+\-]+(?:/\w+)?:", label(name).replace("\\", ""))


@pytest.mark.parametrize("name", ["a -> b", "a <- b", "a -- b", "a >= b", "a <= b"])
def test_an_arrow_made_of_signs_stays_signs(name: str) -> None:
    assert not re.search(r"->|<-|--|>=|<=", label(name).replace("\\", ""))


def test_html_is_escaped_and_lines_are_joined() -> None:
    assert escaped("a <b>\n\t'c' & \"d\"") == "a &lt;b&gt; &#x27;c&#x27; &amp; &quot;d&quot;"
