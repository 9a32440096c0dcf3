"""Keeps the catalogues in step with the code: `python -m engine.language.extract`.

It reads every literal of `message("…")`, `plural("…", "…")` and `translated("…")` in the code, the units and sources of the
settings and the first sentence of every audit, and puts them into each language's `.po`: what is translated stays, what is gone
is dropped, what is new stands there empty. It says how many are open; `--open LANGUAGE` prints these as JSON. Files change only
when sentences do.
"""

import functools
import io
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from engine.language.catalogues import PLURAL_FORMS, po_path
from engine.language.tongues import locale
from engine.settings import BOOK

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = ("app.py", "engine", "pages")
# Not `_`: in the code of this house it is the name of what is not needed.
KEYWORDS = {"message": None, "plural": (1, 2), "translated": None}
# The catalogue has no clock of its own: a date that changed with every run would change the file with every run.
_MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)

# A unit or a source of a setting that is more than a code or a sign.
WORDS = re.compile("[a-z]{3}")

Key = str | tuple[str, ...]


def code_files(project: Path = PROJECT) -> Iterator[Path]:
    """The code whose sentences are for people."""
    for source in SOURCES:
        path = project / source
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def literals(project: Path = PROJECT) -> dict[Key, set[str]]:
    """Every sentence (a pair where it counts) -> the files in which it stands, as paths within the project."""
    found: dict[Key, set[str]] = {}
    for path in code_files(project):
        for key in _sentences_in(path.read_bytes()):
            found.setdefault(key, set()).add(path.relative_to(project).as_posix())
    for setting in BOOK.values():
        for words in (setting.unit, setting.source):
            if WORDS.search(words) and " | " not in words.split(", ")[0]:
                found.setdefault(words, set()).add("engine/thresholds")
    for path in sorted((project / "sql" / "checks").glob("*.sql")):
        found.setdefault(audit_sentence(path), set()).add(path.relative_to(project).as_posix())
    return found


@functools.cache
def _sentences_in(code: bytes) -> tuple[Key, ...]:
    texts = (text for _, text, _, _ in extract("python", io.BytesIO(code), KEYWORDS))
    return tuple(tuple(text) if isinstance(text, list | tuple) else text for text in texts if text)


def audit_sentence(path: Path) -> str:
    """What an audit says of the rows it finds: the first line of its file."""
    with path.open(encoding="utf-8") as file:
        return file.readline().removeprefix("--").strip()


def template(project: Path = PROJECT) -> Catalog:
    """All literals as an untranslated catalogue, by place of first appearance."""
    made = Catalog(project="granary", charset="utf-8", creation_date=_MADE_AT)
    for key, files in sorted(literals(project).items(), key=lambda entry: (min(entry[1]), str(entry[0]))):
        made.add(key, locations=[(file, 0) for file in sorted(files)], flags={"python-brace-format"} if "{" in str(key) else set())
    return made


def read_catalogue(language: str) -> Catalog:
    """The language's catalogue as it lies on disk; empty where there is none yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=locale(language).language)
    with path.open("rb") as file:
        return read_po(file, locale=locale(language).language)


def write_catalogue(catalogue: Catalog, language: str) -> None:
    """The catalogue as a `.po` that differs only where sentences do: no line numbers, no dates, no one's name."""
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.header_comment = f"# Granary in {locale(language).english_name}."
    catalogue.project, catalogue.version, catalogue.msgid_bugs_address = "Granary", "1", ""
    catalogue.last_translator, catalogue.language_team = "", ""
    catalogue.creation_date = catalogue.revision_date = _MADE_AT
    catalogue.fuzzy = False
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalogue, width=160, include_lineno=False, omit_header=False)


def refreshed(language: str, project: Path = PROJECT) -> Catalog:
    """The language's catalogue with the sentences of today; translations are kept, nothing is guessed from what is similar."""
    catalogue = read_catalogue(language)
    catalogue.update(template(project), no_fuzzy_matching=True)
    return catalogue


def untranslated(catalogue: Catalog) -> list[Key]:
    """The sentences without a translation, or with a plural form missing."""
    open_keys: list[Key] = []
    for entry in catalogue:
        forms = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
        if entry.id and not all(forms):
            open_keys.append(tuple(entry.id) if isinstance(entry.id, list | tuple) else entry.id)
    return open_keys


def main(arguments: list[str]) -> int:
    """Refreshes all catalogues; 1 where something is left to translate."""
    left = 0
    for language in PLURAL_FORMS:
        catalogue = refreshed(language)
        write_catalogue(catalogue, language)
        gaps = untranslated(catalogue)
        left += len(gaps)
        if arguments == ["--open", language]:
            sys.stdout.write(json.dumps(gaps, ensure_ascii=False, indent=1) + "\n")
        elif not arguments:
            sys.stdout.write(f"{language}: {len(catalogue)} sentences, {len(gaps)} to translate\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
