"""A text file as blocks of whole lines in UTF-8, whatever its encoding and line ends, in bounded memory."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from engine.errors import Refused
from engine.messages import Message, message
from engine.store.intake.encoding import BLOCK, Encoding
from engine.store.intake.mixed_lines import marked


def blocks(path: Path, encoding: Encoding, shown_as: str, longest: int, size: int = BLOCK) -> Iterator[bytes]:
    """Blocks that end with a line end each; `\\r\\n` and `\\r` have become `\\n`, bytes that fit no letter have become a mark.

    longest: bytes that a line may have. Raises Refused for a longer one: it is no table, and would fill the memory.
    """
    for block in _whole_lines(path, encoding, shown_as, longest, size):
        at = 0
        while at < len(block):
            end = block.rfind(b"\n", at, at + longest + 1)
            if end < 0:
                raise Refused(_too_long(shown_as, longest))
            at = end + 1
        yield marked(block, encoding.name, encoding.with_utf8)


def _whole_lines(path: Path, encoding: Encoding, shown_as: str, longest: int, size: int) -> Iterator[bytes]:
    rest = b""
    for block in _line_ends(_decoded(path, encoding, size)):
        cut = block.rfind(b"\n") + 1
        if not cut:
            rest += block
            if len(rest) > longest:
                raise Refused(_too_long(shown_as, longest))
            continue
        if cut == len(block) and not rest:
            yield block
            continue
        whole, left = rest + block[:cut], block[cut:]
        rest = left
        if len(rest) > longest:
            raise Refused(_too_long(shown_as, longest))
        yield whole
    if rest:
        yield rest + b"\n"


def _too_long(shown_as: str, longest: int) -> Message:
    return message("{file} has a line of more than {most} KB: it is not a table.", file=shown_as, most=longest // 1024)


def _decoded(path: Path, encoding: Encoding, size: int) -> Iterator[bytes]:
    """Blocks in UTF-8. Pure ASCII passes untouched; UTF-8 that decodes passes as the bytes it was."""
    utf8 = encoding.name == "utf-8"
    decoder = codecs.getincrementaldecoder(encoding.name)("keep_broken")
    ascii_alike = utf8 or encoding.name in ("gb18030", "big5", "cp1251", "cp866", "koi8-r", "iso8859-5", "latin-1", "iso8859-1")
    with path.open("rb") as file:
        file.seek(encoding.mark)
        while block := file.read(size):
            if ascii_alike and block.isascii() and decoder.getstate()[0] == b"":
                yield block
                continue
            yield _kept(decoder.decode(block))
        if end := _kept(decoder.decode(b"", final=True)):
            yield end


def _kept(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _line_ends(parts: Iterator[bytes]) -> Iterator[bytes]:
    held = b""
    for part in parts:
        block = held + part
        held = b""
        if b"\r" in block:
            if block.endswith(b"\r"):
                block, held = block[:-1], b"\r"
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if block:
            yield block
    if held:
        yield b"\n"
