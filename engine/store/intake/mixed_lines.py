"""Lines in another encoding than their file: read with the file's they would be letters, only the wrong ones.

A UTF-8 line in a windows-1251 file, or a cp866 line in it, decodes without any error. Such lines are found by what they turn
into, checked by reading their bytes the other way, and marked as broken.
"""

import re
from itertools import pairwise

from engine.store.intake import cyrillic
from engine.store.intake.codepages import BROKEN, CERTAIN, CHINESE, RUSSIAN

_UNLIKELY_RUSSIAN = re.compile(r"[а-яё][А-ЯЁ]|[─-▟ЂЃѓЉЊЌЋЏђљњќћџ]|[А-ЯЁ][ьъы]")
_WORDS = re.compile(r"[А-Яа-яЁё一-鿿]{2,}")
_BEYOND = re.compile(r"[^\x00-\x7f]")


def marked(block: bytes, encoding: str, with_utf8: bool) -> bytes:
    """A block of lines (in UTF-8, read from `encoding`) in which lines of another encoding carry the mark for broken bytes.

    with_utf8: whether UTF-8 lines were seen in the file, so that every line beyond ASCII is worth a look.
    """
    if encoding not in RUSSIAN + CHINESE or block.isascii():
        return block
    pattern = _BEYOND if with_utf8 else _UNLIKELY_RUSSIAN if encoding in RUSSIAN else None
    if pattern is None:
        return block
    text = block.decode("utf-8", "replace")
    foreign: list[int] = []
    found = pattern.search(text)
    while found:
        begin = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.start())
        if _is_foreign(text[begin:end], encoding, with_utf8):
            foreign.append(end)
        found = pattern.search(text, end)
    if not foreign:
        return block
    edges = [0, *foreign, len(text)]
    return BROKEN.join(text[begin:end] for begin, end in pairwise(edges)).encode()


def _is_foreign(line: str, encoding: str, with_utf8: bool) -> bool:
    try:
        raw = line.encode(encoding)
    except UnicodeEncodeError:
        return False
    if with_utf8:
        try:
            return bool(_WORDS.search(raw.decode("utf-8")))
        except UnicodeDecodeError:
            pass
    if encoding not in RUSSIAN:
        return False
    others = [cyrillic.likelihood(raw.decode(name, "replace")) for name in RUSSIAN if name != encoding]
    return max(others) > cyrillic.likelihood(line) + CERTAIN
