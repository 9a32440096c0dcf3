"""The classification code such as `Д-АС1`, read by position: letter of the sphere, priority, novelty, production. Letters that look alike are one letter.

The same letter means different things in different places: `Н` is a sphere in front and a novelty in the third place, so a code is read by position.
A code is kept in Cyrillic capitals; what was typed in Latin letters that look the same is the same code.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from engine.errors import BadUse
from engine.messages import message

SPHERES = "ИПНДБ"
"""Letters of the spheres: tools, picnic, HoReCa, home, B2B. Which name bears which letter is a setting."""
LETTERS_OF_CLASS = {"A": "А", "B": "В", "C": "С"}
CLASS_OF_LETTER = {letter: name for name, letter in LETTERS_OF_CLASS.items()}
LETTERS_OF_NOVELTY = {"standard": "С", "new": "Н"}
NOVELTY_OF_LETTER = {letter: name for name, letter in LETTERS_OF_NOVELTY.items()}
DIGITS = {"own": "1", "own_to_order": "2", "third_party": "3"}
MADE_BY = {digit: name for name, digit in DIGITS.items()}
LOOK_ALIKES = str.maketrans("ABCEHKMOPTX", "АВСЕНКМОРТХ")
"""Latin capitals and the Cyrillic ones that look the same."""
_DASHES = re.compile(r"[\s\u2010-\u2015\u2212_-]+")


@dataclass(frozen=True)
class Code:
    """sphere: its letter. priority: A, B or C. novelty: standard or new. made_by: own, own_to_order or third_party."""

    sphere: str
    priority: str
    novelty: str
    made_by: str

    def __str__(self) -> str:
        return f"{self.sphere}-{LETTERS_OF_CLASS[self.priority]}{LETTERS_OF_NOVELTY[self.novelty]}{DIGITS[self.made_by]}"


def normalised(text: str) -> str:
    """A code as it is compared: capitals, look-alikes in Cyrillic, one hyphen, no spaces."""
    return _DASHES.sub("-", text.strip().upper()).translate(LOOK_ALIKES)


def parsed(text: str, spheres: Iterable[str] = SPHERES) -> Code:
    """The code that a text stands for, whichever alphabet it was typed in. spheres: the letters that there are.

    Raises BadUse for anything that is no code, naming what was found and what was expected.
    """
    letters = {normalised(letter) for letter in spheres}
    found = re.fullmatch(r"(.)-(.)(.)(.)", normalised(text))
    if found:
        sphere, priority, novelty, made = found.groups()
        if sphere in letters and priority in CLASS_OF_LETTER and novelty in NOVELTY_OF_LETTER and made in MADE_BY:
            return Code(sphere, CLASS_OF_LETTER[priority], NOVELTY_OF_LETTER[novelty], MADE_BY[made])
    raise BadUse(
        message(
            "“{found}” is no class code; expected a sphere of {letters}, a hyphen, А, В or С, then С or Н, then 1, 2 or 3, such as {example}.",
            found=text,
            letters="".join(sorted(letters)),
            example=f"{min(letters, default='Д')}-АС1",
        )
    )


def composed(letter: str | None, priority: str | None, novelty: str | None, made_by: str | None) -> str | None:
    """The code of a position; None where one of its parts is not known."""
    if letter is None or priority not in LETTERS_OF_CLASS or novelty not in LETTERS_OF_NOVELTY or made_by not in DIGITS:
        return None
    return str(Code(normalised(letter), priority, novelty, made_by))


def code_of(letter: pl.Expr, priority: pl.Expr, novelty: pl.Expr, made_by: pl.Expr) -> pl.Expr:
    """`composed` for whole columns; letter: normalised. Null where a part is not known."""
    parts = ((priority, LETTERS_OF_CLASS), (novelty, LETTERS_OF_NOVELTY), (made_by, DIGITS))
    written = (part.replace_strict(letters, default=None, return_dtype=pl.String) for part, letters in parts)
    return pl.concat_str(letter, pl.lit("-"), *written)


def every_code(spheres: Iterable[str] = SPHERES) -> tuple[str, ...]:
    """All codes that there can be: 18 a sphere, 90 with five spheres."""
    return tuple(str(Code(sphere, priority, new, made)) for sphere in spheres for priority in LETTERS_OF_CLASS for new in LETTERS_OF_NOVELTY for made in DIGITS)
