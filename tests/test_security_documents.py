"""The documents of security name what exists, and answer every line of the list that they claim to answer."""

import re

import pytest

from engine.exposure import FEWEST_SIGNS, SAMPLES, Setup, refusals
from engine.store.home import PROJECT

CHAPTERS = {1: 8, 2: 4, 3: 8, 4: 2, 5: 4, 6: 13, 7: 6, 8: 4, 9: 4, 10: 5, 11: 3, 12: 3, 13: 1, 14: 2, 15: 3}
"""Requirements of level 1 in each chapter of ASVS 5.0."""
LIST = (PROJECT / "docs" / "asvs-level-1.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", ["SECURITY.md", "docs/asvs-level-1.md"])
def test_every_file_that_a_document_of_security_names_is_there(document):
    text = (PROJECT / document).read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|docs|engine|sql)/[^`]*)`", text)
    assert named
    assert [name for name in named if not (PROJECT / name).exists()] == []


def test_every_requirement_of_level_1_is_answered_once():
    answered = re.findall(r"^\| (\d+)\.(\d+)\.(\d+) \| [^|]+ \| (test|document|not applicable) \| [^|]+ \|$", LIST, re.M)
    assert len({line[:3] for line in answered}) == len(answered) == sum(CHAPTERS.values()) == 70
    assert {chapter: sum(int(line[0]) == chapter for line in answered) for chapter in CHAPTERS} == CHAPTERS


def test_what_is_said_to_be_tested_names_its_test():
    lines = [line for line in LIST.splitlines() if "| test |" in line]
    assert [line for line in lines if "`tests/" not in line] == []


def test_the_secret_of_the_worked_example_would_be_refused():
    """Whoever copies the example as it stands does not get a server whose secret is public."""
    example = (PROJECT / "SECURITY.md").read_text(encoding="utf-8")
    (secret,) = re.findall(r'cookie_secret = "([^"]+)"', example)
    (address,) = re.findall(r'redirect_uri = "([^"]+)"', example)
    said = refusals(Setup("0.0.0.0", True, True, secret, address))
    assert [str(each).split()[0] for each in said] == ["`cookie_secret`"]
    assert len(SAMPLES) > FEWEST_SIGNS
