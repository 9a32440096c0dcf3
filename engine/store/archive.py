"""The form of a backup: one ZIP file (ZIP64) that proves itself, with a SHA-256 of every member, and a seal over these in its comment.

    granary.json        what it is: form, program, when, which version is served
    home/…              the members, under the paths that they have in a home
    checksums.json      name -> SHA-256 of every other member; written last

A cut archive has lost its directory, a damaged one fits its checksums no longer, a foreign one holds no `granary.json`, a newer one has a
higher form: each is told apart, because what to do differs.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from engine.errors import BadUse, Refused
from engine.messages import Message, message

FORM = 1
HEADER, CHECKSUMS, HOME = "granary.json", "checksums.json", "home/"
COMMENT = b"granary "
BLOCK = 1 << 20
PLACES = re.compile(r"(settings\.json|(raw|warehouse|records|receipts|profiles)/[A-Za-z0-9_][A-Za-z0-9._-]*)")
"""The paths within a home that a backup may hold: files in known folders, no way out of them."""
PACKED = (".gz", ".xlsx", ".xlsm", ".xlsb", ".parquet")
"""Endings of files that packing makes no smaller."""

Bytes = Callable[[int, int], None]
"""Told after each block: bytes done, bytes in all."""


@dataclass(frozen=True)
class Header:
    """What an archive says of itself. program: version of Granary. made_at: UTC as ISO text. served: version of the data; None = records alone.
    revision: migration that its records have reached; "" = it holds none. bytes: of all members, unpacked."""

    form: int
    program: str
    made_at: str
    served: int | None
    schema: str
    revision: str
    bytes: int


@dataclass(frozen=True)
class Archive:
    """An archive that is open and whole by its directory. checksums: member -> SHA-256."""

    file: Path
    header: Header
    checksums: dict[str, str]
    zip: zipfile.ZipFile

    def members(self) -> list[str]:
        """Paths within a home, in the order in which they were packed."""
        return [name.removeprefix(HOME) for name in self.checksums if name.startswith(HOME)]

    def unpack(self, path: str, into: IO[bytes] | None = None, told: Callable[[int], None] = lambda size: None) -> None:
        """Read a member to its end, writing it where one says, and hold it against its checksum. Raises Refused where it is damaged, OSError of `into`."""
        digest = hashlib.sha256()
        try:
            with self.zip.open(HOME + path) as member:
                while block := member.read(BLOCK):
                    digest.update(block)
                    if into is not None:
                        into.write(block)
                    told(len(block))
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError) as fault:
            raise Refused(_damaged(self.file, path)) from fault
        if digest.hexdigest() != self.checksums[HOME + path]:
            raise Refused(_damaged(self.file, path))


def _damaged(file: Path, member: str) -> Message:
    return message("The backup “{file}” is damaged at “{member}”; take another one.", file=file.name, member=member)


@contextmanager
def reading(file: Path) -> Iterator[Archive]:
    """Open an archive. Raises BadUse where there is none, Refused for one that is damaged, cut off, foreign or newer than this program."""
    try:
        with zipfile.ZipFile(file) as packed:
            yield _archive(file, packed)
    except FileNotFoundError:
        raise BadUse(message("There is no file or folder “{path}”.", path=str(file))) from None
    except OSError as fault:
        raise BadUse(message("“{path}” cannot be read ({fault}).", path=str(file), fault=fault.strerror or str(fault))) from None
    except zipfile.BadZipFile:
        raise Refused(_no_archive(file)) from None


def _no_archive(file: Path) -> Message:
    """Why a file is no whole archive: its beginning tells whether it ever was one."""
    with open(file, "rb") as start:
        begins = start.read(64)
    if begins.startswith(b"PK\x03\x04") and HEADER.encode() in begins:
        return message("The backup “{file}” is cut off or damaged: its end is missing. Take another one.", file=file.name)
    return message("“{file}” is no backup of Granary.", file=file.name)


def _archive(file: Path, packed: zipfile.ZipFile) -> Archive:
    names = set(packed.namelist())
    if HEADER not in names or CHECKSUMS not in names:
        raise Refused(message("“{file}” is no backup of Granary.", file=file.name))
    try:
        said, listed = packed.read(HEADER), packed.read(CHECKSUMS)
        header, checksums = _header(file, json.loads(said)), json.loads(listed)
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError) as fault:
        raise Refused(_damaged(file, HEADER)) from fault
    if not isinstance(checksums, dict) or packed.comment != COMMENT + hashlib.sha256(listed).hexdigest().encode():
        raise Refused(_damaged(file, CHECKSUMS))
    if checksums.get(HEADER) != hashlib.sha256(said).hexdigest():
        raise Refused(_damaged(file, HEADER))
    if set(checksums) | {CHECKSUMS} != names:
        raise Refused(message("The backup “{file}” is damaged: its members are not those that it lists. Take another one.", file=file.name))
    for name in checksums:
        if name != HEADER and not (name.startswith(HOME) and PLACES.fullmatch(name.removeprefix(HOME))):
            raise Refused(message("“{file}” holds “{member}”, which no backup of Granary does; it is not unpacked.", file=file.name, member=name))
    return Archive(file, header, checksums, packed)


def _header(file: Path, said: Any) -> Header:
    """Raises Refused for a form that this program does not know yet, ValueError for what is no header."""
    if not isinstance(said, dict) or not isinstance(said.get("form"), int):
        raise ValueError("no header")
    if said["form"] > FORM:
        raise Refused(message("The backup “{file}” was made by a newer Granary ({program}); use that one.", file=file.name, program=str(said.get("program"))))
    try:
        return Header(**{name: said[name] for name in Header.__dataclass_fields__})
    except KeyError as lacking:
        raise ValueError(str(lacking)) from None


class Writer:
    """An archive in the making: members go in one by one, `close` seals it."""

    def __init__(self, to: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=1)
        self._checksums: dict[str, str] = {}

    def head(self, header: Header) -> None:
        """The first member: what the archive is."""
        text = json.dumps(vars(header), indent=1).encode()
        self._zip.writestr(HEADER, text)
        self._checksums[HEADER] = hashlib.sha256(text).hexdigest()

    def add(self, path: str, content: IO[bytes], told: Callable[[int], None] = lambda size: None) -> str:
        """Put in a file by its path within a home. Returns its SHA-256."""
        kept, digest = zipfile.ZipInfo(HOME + path), hashlib.sha256()
        kept.compress_type = zipfile.ZIP_STORED if path.endswith(PACKED) else zipfile.ZIP_DEFLATED
        kept.external_attr = 0o600 << 16
        with self._zip.open(kept, "w", force_zip64=True) as member:
            while block := content.read(BLOCK):
                digest.update(block)
                member.write(block)
                told(len(block))
        self._checksums[HOME + path] = digest.hexdigest()
        return digest.hexdigest()

    def abandon(self) -> None:
        """Leave it as it is, unfinished: nothing more is written, also not when it is forgotten."""
        self._zip.fp = None

    def close(self) -> None:
        """Put in the checksums and seal them."""
        text = json.dumps(self._checksums, indent=1).encode()
        self._zip.writestr(CHECKSUMS, text)
        self._zip.comment = COMMENT + hashlib.sha256(text).hexdigest().encode()
        self._zip.close()
