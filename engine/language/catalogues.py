"""The gettext catalogues, read from their `.po` text at run time: nothing compiled lies beside them, so nothing goes stale."""

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from babel.messages.pofile import read_po

from engine.language.tongues import locale

FOLDER = Path(__file__).parent / "locale"

# In the order in which gettext numbers a language's plural forms; fractions (`other`) take the form of "few" in Russian.
PLURAL_FORMS: dict[str, tuple[str, ...]] = {"zh": ("other",), "ru": ("one", "few", "many")}
_ELSEWHERE = {"ru": {"other": "few"}}


def po_path(language: str) -> Path:
    """Where the catalogue of a language lies; English has none."""
    return FOLDER / language / "LC_MESSAGES" / "granary.po"


@functools.cache
def catalogue(language: str) -> Mapping[str, tuple[str, ...]]:
    """English text -> its forms in a language (one, or the plural forms in gettext's order); empty for English."""
    path = po_path(language)
    if language == "en" or not path.exists():
        return MappingProxyType({})
    with path.open("rb") as file:
        entries = read_po(file, locale=str(locale(language)))
    forms: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        if not entry.id or not entry.string:
            continue
        key = entry.id[0] if isinstance(entry.id, tuple | list) else entry.id
        said = tuple(entry.string) if isinstance(entry.string, tuple | list) else (entry.string,)
        if all(said):
            forms[key] = said
    return MappingProxyType(forms)


def plural_index(n: float | None, language: str) -> int:
    """Which of the language's plural forms goes with a number; unknown numbers take the last."""
    forms = PLURAL_FORMS.get(language, ("other",))
    if n is None:
        return len(forms) - 1
    form = locale(language).plural_form(int(n) if n == int(n) else n)
    form = _ELSEWHERE.get(language, {}).get(form, form)
    return forms.index(form) if form in forms else len(forms) - 1


def translated(text: str, language: str, n: float | None = None, many: str | None = None) -> str:
    """The text in a language, with its places still open; English where the catalogue lacks it."""
    if language == "en" or not (forms := catalogue(language).get(text)):
        return text if many is None or n == 1 else many
    return forms[0] if many is None else forms[min(plural_index(n, language), len(forms) - 1)]
