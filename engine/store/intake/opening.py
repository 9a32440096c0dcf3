"""What a file is: told by its content, then compared with its name, before anything of it is parsed.

A name is a claim. A workbook called `.csv`, a web page called `.xls` and an archive are refused with a sentence that says what
they are; pipes, devices, links and folders are never opened.
"""

import codecs
import gzip
import stat
import uuid
import zipfile
import zlib
from pathlib import Path

from engine.errors import Refused
from engine.messages import Message, message
from engine.settings import Settings
from engine.store.intake.encoding import wide

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls")
TEXTS = (".csv", ".tsv", ".txt")
PARQUET = (".parquet", ".pq")
UNPACKED_AT_ONCE = 1 << 20
SMALL = 1 << 20  # below this a packed file may grow by any factor: a short, very regular table is no attack

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old workbook"),
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gz"),
    (b"%PDF", "PDF document"),
    (b"Rar!", "RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"BZh", "bz2 archive"),
    (b"\xfd7zXZ", "xz archive"),
    (b"\x28\xb5\x2f\xfd", "zstd archive"),
    (b"SQLite format 3", "SQLite database"),
    (b"ARROW1", "Arrow file"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"\x7fELF", "program"),
    (b"{\\rtf", "text document"),
)


WORDS: dict[str, Message] = {
    "text": message("plain text (rename it to .csv, or open it in Excel and save it as .xlsx)"),
    "workbook": message("an Excel workbook"),
    "old workbook": message("an old Excel workbook"),
    "parquet": message("a Parquet file"),
    "PDF document": message("a PDF document (export the table as .xlsx or .csv from the program that made it)"),
    "RAR archive": message("a RAR archive (unpack it and bring the files that it holds)"),
    "7z archive": message("a 7z archive (unpack it and bring the files that it holds)"),
    "bz2 archive": message("a bz2 archive (unpack it and bring the files that it holds)"),
    "xz archive": message("an xz archive (unpack it and bring the files that it holds)"),
    "zstd archive": message("a zstd archive (unpack it and bring the files that it holds)"),
    "zip archive": message("a zip archive (unpack it and bring the files that it holds)"),
    "damaged archive": message("a damaged or unfinished file (export it again as .xlsx or .csv, or have it sent once more)"),
    "SQLite database": message("an SQLite database (export its table as .csv)"),
    "DuckDB database": message("a DuckDB database (export its table as .csv or .parquet)"),
    "Arrow file": message("an Arrow file (save it as .parquet)"),
    "OpenDocument file": message("an OpenDocument file (save it as .xlsx)"),
    "Word document": message("a Word document (copy its table into Excel and save it as .xlsx)"),
    "picture": message("a picture (export the table as .xlsx or .csv from the program that shows it)"),
    "program": message("a program"),
    "text document": message("a text document (copy its table into Excel and save it as .xlsx)"),
    "web page": message("a web page (open it in Excel and save it as .xlsx)"),
    "XML document": message("an XML document (open it in Excel and save it as .xlsx)"),
    "JSON document": message("a JSON document (export the table as .csv)"),
    "binary file": message("a file of bytes that is no table (export the table as .xlsx or .csv from the program that made it)"),
    "gz": message("packed with gz"),
}
"""What a content is called when somebody is told."""


def check_path(path: Path, shown_as: str, settings: Settings) -> None:
    """Refuse whatever is not a plain file of a bearable size: a pipe would hang, a device never ends, a link leads elsewhere."""
    try:
        found = path.lstat()
    except OSError as fault:
        raise Refused(message("{file} cannot be read: {fault}.", file=shown_as, fault=fault.strerror or "unreadable")) from None
    if not stat.S_ISREG(found.st_mode):
        raise Refused(message("{file} is not a plain file (a folder, link, pipe or device was found).", file=shown_as))
    if found.st_size == 0:
        raise Refused(message("{file} is empty: export it again, as .xlsx or .csv.", file=shown_as))
    most = int(settings["largest_file_mb"])
    if found.st_size > most * 1_000_000 and suffix(shown_as) not in PARQUET:
        raise Refused(message("{file} has {found} MB, more than the {most} MB allowed.", file=shown_as, found=found.st_size // 1_000_000, most=most))


def suffix(shown_as: str) -> str:
    """The extension that says what a file claims to be, in lower case; `.csv.gz` claims `.csv`."""
    name = shown_as.lower().rstrip()
    if name.endswith(".gz"):
        name = name[:-3]
    return Path(name).suffix


def content_of(path: Path) -> str:
    """What the first bytes are: `text`, `workbook`, `old workbook`, `parquet`, `gz`, or the name of something foreign."""
    with path.open("rb") as file:
        head = file.read(4096)
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), "text")
    if head[8:12] == b"DUCK":
        return "DuckDB database"
    if found == "zip":
        return _kind_of_zip(path)
    return _kind_of_text(head) if found == "text" else found


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "damaged archive"
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "workbook"
    if "mimetype" in names and "content.xml" in names:
        return "OpenDocument file"
    return "Word document" if "word/document.xml" in names else "zip archive"


def _kind_of_text(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").replace(b"\x00", b"")[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<div", b"<meta")):
        return "web page"
    if start.startswith((b"<?xml", b"<workbook")):
        return "XML document"
    if start.startswith((b"{", b"[{")) and b'"' in start[:20]:
        return "JSON document"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)) or wide(head):
        return "text"
    control = sum(1 for byte in head if byte < 32 and byte not in (0, 9, 10, 11, 12, 13, 26, 27))
    return "binary file" if control > max(4, len(head) // 50) else "text"


def kind_of(path: Path, shown_as: str) -> str:
    """`text`, `workbook` or `parquet`. Raises Refused where content and name do not agree or neither is for us."""
    claimed, found = suffix(shown_as), content_of(path)
    groups = {"text": TEXTS, "workbook": (".xlsx", ".xlsm", ".xlsb"), "old workbook": (".xls", ".xlsx", ".xlsm", ".xlsb"), "parquet": PARQUET}
    known = TEXTS + WORKBOOKS + PARQUET
    if claimed not in known:
        said = message("{file} is of a kind that is not read: expected {expected}.", file=shown_as, expected=", ".join((*known, ".gz")))
        raise Refused(said)
    if claimed not in groups.get(found, ()):
        raise Refused(message("{file} is called {claimed} but its content is: {found}.", file=shown_as, claimed=claimed, found=WORDS[found]))
    return "workbook" if found == "old workbook" else found


def unpacked(path: Path, shown_as: str, settings: Settings, work: Path) -> Path:
    """The file itself, or where it is packed with gz, its unpacked copy in `work`, bounded in ratio and size."""
    if content_of(path) != "gz":
        if shown_as.lower().rstrip().endswith(".gz"):
            raise Refused(message("{file} is called .gz but is not packed with gz.", file=shown_as))
        return path
    if not shown_as.lower().rstrip().endswith(".gz"):
        raise Refused(message("{file} is packed with gz, but its name does not end in .gz.", file=shown_as))
    ratio, most = int(settings["largest_zip_ratio"]), int(settings["largest_file_mb"]) * 1_000_000
    most = min(most, max(SMALL, path.stat().st_size * ratio))
    target = work / f"{uuid.uuid4().hex}.unpacked"
    written = 0
    try:
        with gzip.open(path) as packed, target.open("wb") as plain:
            while block := packed.read(UNPACKED_AT_ONCE):
                written += len(block)
                if written > most:
                    raise Refused(message("{file} grows to more than {most} MB when unpacked, which no table does.", file=shown_as, most=most // 1_000_000))
                plain.write(block)
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise Refused(
            message(
                "{file} is damaged: it cannot be unpacked to its end ({fault}). Export it again, or have it sent once more.", file=shown_as, fault=str(fault)
            )
        ) from None
    if written == 0:
        raise Refused(message("{file} is empty: export it again, as .xlsx or .csv.", file=shown_as))
    if content_of(target) == "gz":
        raise Refused(message("{file} is packed twice.", file=shown_as))
    return target
