"""Which letters the bytes of a text file mean: found, asked for, never guessed.

    byte-order mark ─▶ strict UTF-8 over the whole file ─▶ UTF-16 by its NULs ─▶ Chinese and Russian code pages by their letters

A file is read in one encoding. Lines that do not fit it are marked while they are decoded (`BROKEN`) and rejected by the scan
of lines; where they are many, the file mixes encodings and is refused.
"""

import codecs
import re
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import BadUse, NeedsAnswer, Refused
from engine.messages import Message, message
from engine.store.intake import chinese, cyrillic
from engine.store.intake.codepages import BROKEN, CERTAIN, CHINESE, RUSSIAN

BLOCK = 1 << 24
SAMPLE = 1 << 16
MIXED_SHARE, MIXED_FROM = 0.2, 10
ASKED = ("utf-8", "gb18030", "big5", "cp1251", "cp866", "koi8-r", "latin-1")
ENOUGH = 6  # letters below which shares of letters say nothing


@dataclass(frozen=True)
class Encoding:
    """name: Python's codec. mark: bytes of a byte-order mark to skip. said: how it was found. with_utf8: UTF-8 lines among others."""

    name: str
    mark: int
    said: Message
    with_utf8: bool = False


def _keep_broken(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    bad = fault.object[fault.start : fault.end]
    return BROKEN + "".join(f"\\x{byte:02x}" for byte in bad), fault.end


codecs.register_error("keep_broken", _keep_broken)


@dataclass
class _Census:
    """Lines with bytes above 127, by whether they are UTF-8; and the first of them, for the frequency of letters."""

    valid: int = 0
    invalid: int = 0
    nulls: int = 0
    sample: bytes = b""


_BEYOND = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")


def _census(path: Path) -> _Census:
    """Read the whole file once. Blocks of pure ASCII or valid UTF-8, the usual case, cost one pass of the decoder."""
    found = _Census()
    decoder = codecs.getincrementaldecoder("utf-8")()
    clean = True
    with path.open("rb") as file:
        rest = b""
        while block := file.read(BLOCK):
            found.nulls += block.count(0)
            if clean:
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    clean = False
            if not block.isascii() and (not clean or len(found.sample) < SAMPLE):
                cut = block.rfind(b"\n") + 1
                _count_lines(rest + block[:cut], found)
                rest = block[cut:][-SAMPLE:]
            else:
                rest = b""
        _count_lines(rest, found)
    if clean:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            found.invalid = max(1, found.invalid)
        else:
            found.invalid = 0
    return found


def _count_lines(block: bytes, found: _Census) -> None:
    for match in _BEYOND.finditer(block):
        line = match.group()
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            found.invalid += 1
            if len(found.sample) < SAMPLE:
                found.sample += line[:4096] + b"\n"
        else:
            found.valid += 1
        if found.invalid + found.valid > 200_000:
            return


def decide(path: Path, shown_as: str, wanted: str | None) -> Encoding:
    """The encoding of a file. Raises NeedsAnswer where several are plausible, Refused where none is or several are mixed."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    marked = _by_mark(head)
    if wanted:
        asked = _wanted(wanted, marked)
        return replace(asked, with_utf8=_census(path).valid > 0) if asked.name in RUSSIAN + CHINESE else asked
    if marked:
        return marked
    if name := wide(head):
        return Encoding(name, 0, message("Encoding {encoding}, found by its zero bytes.", encoding=name))
    found = _census(path)
    if found.nulls > max(16, path.stat().st_size // 200):
        raise Refused(message("{file} is not a text file: {n} zero bytes were found in it.", file=shown_as, n=found.nulls))
    if not found.invalid:
        return Encoding("utf-8", 0, message("Encoding {encoding}.", encoding="utf-8"))
    fewer = min(found.valid, found.invalid)
    if fewer >= MIXED_FROM and fewer > MIXED_SHARE * (found.valid + found.invalid) and _letters_in_utf8(path):
        said = message("{file} mixes encodings: {valid} lines are UTF-8, {invalid} are not.", file=shown_as, valid=found.valid, invalid=found.invalid)
        raise Refused(said)
    if found.valid > found.invalid:
        return Encoding("utf-8", 0, message("Encoding {encoding}; lines that are not are rejected.", encoding="utf-8"))
    return replace(_by_letters(found.sample, shown_as), with_utf8=found.valid > 0)


def _by_mark(head: bytes) -> Encoding | None:
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
                       (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (b"\x84\x31\x95\x33", "gb18030")):  # fmt: skip
        if head.startswith(mark):
            return Encoding(name, len(mark), message("Encoding {encoding}, by its byte-order mark.", encoding=name))
    return None


def _wanted(wanted: str, marked: Encoding | None) -> Encoding:
    try:
        codec = codecs.lookup(wanted)
        "a".encode(codec.name).decode(codec.name)
    except (LookupError, UnicodeError):
        raise BadUse(message("There is no text encoding called {name}.", name=wanted)) from None
    said = message("Encoding {encoding}, as asked.", encoding=codec.name)
    bare = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}.get(codec.name, codec.name)
    if marked and marked.name.split("-")[:2] == codec.name.split("-")[:2]:
        return replace(marked, said=said)
    return Encoding(bare, 0, said)


def wide(head: bytes) -> str | None:
    """UTF-16 without a mark: read the right way round it is full of separators, digits and line ends, the other way it has none."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd < max(2, len(head) // 50):
        return None
    whole = head[: len(head) // 2 * 2]
    plain = {name: sum(1 for mark in whole.decode(name, "replace") if mark < "\x7f" and mark != "\x00") for name in ("utf-16-le", "utf-16-be")}
    name, other = sorted(plain, key=lambda name: -plain[name])
    text = whole.decode(name, "replace")
    honest = text[:-1].count("�") == 0 and text.count("\x00") <= len(text) // 100
    return name if honest and plain[name] > 4 * plain[other] and ("\n" in text or "\r" in text) else None


_RUN = re.compile(r"[А-Яа-яЁё一-鿿]{2,}")


def _letters_in_utf8(path: Path) -> bool:
    """Whether the lines that happen to be UTF-8 hold Russian or Chinese words, rather than a stray pair of bytes."""
    with path.open("rb") as file:
        head = file.read(BLOCK)
    for match in _BEYOND.finditer(head):
        try:
            if _RUN.search(match.group().decode("utf-8")):
                return True
        except UnicodeDecodeError:
            continue
    return False


def _decoded(sample: bytes, name: str) -> str | None:
    try:
        return sample.decode(name)
    except UnicodeDecodeError:
        return None


def _rate_chinese(words: bytes, name: str) -> tuple[float, int]:
    text = _decoded(words, name)
    return (-1e9, 0) if text is None else chinese.likelihood(text, name)


def _rate_russian(line: bytes, name: str) -> tuple[float, int]:
    text = _decoded(line, name)
    return (-1e9, 0) if text is None else (cyrillic.likelihood(text), cyrillic.letters(text))


_CELLS = re.compile(rb"[\n\t,;\"]+")  # none of these is the second byte of a Chinese character


def _rate(sample: bytes, name: str) -> tuple[float, int]:
    """Log likelihood and letters of a reading of the sample. Each cell counts once, because repetition proves nothing; a single
    one that does not fit cannot decide for all."""
    total, letters = 0.0, 0
    for line in {cell.strip(b" 0123456789.-") for cell in _CELLS.split(sample)}:
        worst = -7.5 * sum(1 for byte in line if byte > 127)
        rating, count = _rate_western(line) if name == "latin-1" else (_rate_russian if name in RUSSIAN else _rate_chinese)(line, name)
        total += max(rating, worst)
        letters += count
    return total, letters


_WESTERN = re.compile(r"(?<=[a-zA-Z])[À-ÿ]|[À-ÿ](?=[a-z])")


def _rate_western(line: bytes) -> tuple[float, int]:
    """Accented letters of western languages stand alone between plain letters; runs of them are no western words."""
    text = line.decode("latin-1")
    beyond = sum(1 for mark in text if mark > "\x7f")
    natural = len(_WESTERN.findall(text))
    return natural * -3.0 + (beyond - natural) * -9.0, natural


_NO_BREAK_SPACES = {b"\xa0": "cp1251", b"\xff": "cp866", b"\x9a": "koi8-r"}


def _by_spaces(sample: bytes) -> str | None:
    """Where nothing but one byte between digits lies beyond ASCII, it is the no-break space of a code page."""
    for space, name in _NO_BREAK_SPACES.items():
        if re.sub(rb"(?<=\d)" + space + rb"(?=\d)", b"", sample).isascii():
            return name
    return None


def _by_letters(sample: bytes, shown_as: str) -> Encoding:
    if spaced := _by_spaces(sample):
        return Encoding(spaced, 0, message("Encoding {encoding}, found by its no-break spaces.", encoding=spaced))
    ratings = {name: _rate(sample, name) for name in (*RUSSIAN, "gb18030", "big5", "latin-1")}
    ranked = sorted(ratings.items(), key=lambda item: -item[1][0])
    (best, (rating, count)), (_, (second, _)) = ranked[0], ranked[1]
    if rating - second >= CERTAIN and count >= (ENOUGH if best in RUSSIAN or best == "latin-1" else 3):
        return Encoding(best, 0, message("Encoding {encoding}, found by its letters.", encoding=best))
    plausible = [name for name, (value, _) in ranked if value > rating - 6 * CERTAIN]
    alike = {text for name in plausible if (text := _decoded(sample, name)) is not None}
    if len(alike) == 1:
        return Encoding(best, 0, message("Encoding {encoding}, found by its letters.", encoding=best))
    choices = tuple(dict.fromkeys([*plausible, *(name for name in ASKED if _decoded(sample, name) is not None)]))
    said = message("{file} holds too little text to tell its encoding: say which it is ({choices}).", file=shown_as, choices=", ".join(choices))
    raise NeedsAnswer(said, "encoding", "--encoding", choices)
