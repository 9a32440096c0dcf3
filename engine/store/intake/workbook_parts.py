"""Inside the child: the parts of a packed workbook, looked at before its cells are read, and what only the parts tell.

Sizes and ratios, document types (which could pull other files in), links, cells far away, hidden rows, merged cells, formulas
whose result was never stored, numbers with more digits than a number holds, codes that show zeros which they do not hold, numbers
that show the mark of a currency which they do not hold.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

from engine.errors import Refused
from engine.messages import message
from engine.store.intake.notation import measured

MOST_PARTS = 10_000
MOST_UNPACKED = 2_000_000_000
SMALL = 1 << 20
FAR_CELLS = 5_000_000  # cells of the rectangle from which on it must be filled to some degree
MOST_CELLS = 40_000_000
FILLED = 0.01
PIECE = 8 << 20
KEPT = 1000

_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')
_FAR_COLUMN = re.compile(rb'r="([A-Z]{3})(\d+)"')
_UNKNOWN = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_LONG = re.compile(rb'<(?:\w+:)?c r="([A-Z]+\d+)"(?![^>]*\bt=)[^>]*>(?:<(?:\w+:)?f[^<]*</(?:\w+:)?f>)?<(?:\w+:)?v>-?[1-9]\d{15,}</(?:\w+:)?v>')
_MANY_DIGITS = re.compile(rb">-?[1-9]\d{15,}</")
_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*\bs="(\d+)"[^>]*>\s*<(?:\w+:)?v>(\d+)</')
_STYLED = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*?\bs="(\d+)"(?![^>]*\bt="(?:s|str|b|e|inlineStr)")[^>/]*>')
_MARK = re.compile(r'\[\$([^\-\]]*)(?:-[^\]]*)?\]|"([^"]*)"|([$€£¥￥₽])')
_FIRST = re.compile(rb'<(?:\w+:)?row\b[^>]*>(?:\s*<(?:\w+:)?c [^>]*/>)*\s*<(?:\w+:)?c r="([A-Z]+)\d+"[^>]*[^/]>')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


@dataclass
class Parts:
    """links: whether other workbooks are referred to. date_system: 1900 or 1904. sheets: facts by sheet name."""

    links: bool = False
    date_system: int = 1900
    sheets: dict[str, dict[str, Any]] = field(default_factory=dict)


def examine(path: Path, shown_as: str, limits: dict[str, Any]) -> Parts:
    """The parts of a workbook. Raises Refused for a bomb, a document type, a password. Old workbooks (.xls) have no parts."""
    if not zipfile.is_zipfile(path):
        raw = path.read_bytes()
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise Refused(message("{file} is protected by a password: save it without one.", file=shown_as))
        return Parts()
    try:
        with zipfile.ZipFile(path) as packed:
            _check_sizes(packed, path, shown_as, int(limits["largest_zip_ratio"]))
            _check_types(packed, shown_as)
            names = set(packed.namelist())
            found = Parts(any(name.startswith("xl/externalLinks/") for name in names))
            if "xl/workbook.xml" in names and re.search(rb'date1904="(?:1|true)"', packed.read("xl/workbook.xml")):
                found.date_system = 1904
            styles = _styles(packed, names, str(limits.get("currency", "")))
            for name, part in _sheets(packed, names).items():
                found.sheets[name] = _facts(packed, part, styles)
            return found
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ElementTree.ParseError) as fault:
        said = message("{file} is damaged: it cannot be read as a workbook ({fault}).", file=shown_as, fault=str(fault)[:120])
        raise Refused(said) from None


def _check_sizes(packed: zipfile.ZipFile, path: Path, shown_as: str, ratio: int) -> None:
    parts = packed.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise Refused(message("{file} holds {n} parts of {size} MB together, which no workbook does.", file=shown_as, n=len(parts), size=unpacked // 1_000_000))
    for part in parts:
        if part.file_size > SMALL and part.file_size > ratio * max(1, part.compress_size):
            raise Refused(message("{file}: a part grows by more than {ratio} times when unpacked, which no workbook does.", file=shown_as, ratio=ratio))
        if part.flag_bits & 1:
            raise Refused(message("{file} is protected by a password: save it without one.", file=shown_as))


def _check_types(packed: zipfile.ZipFile, shown_as: str) -> None:
    for part in packed.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with packed.open(part) as file:
                head = file.read(8192)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head or "<!DOCTYPE".encode("utf-16-le") in head:
                raise Refused(message("{file} declares a document type, which no workbook does and which could pull other files in.", file=shown_as))


def _sheets(packed: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    """Sheet name -> its part, for workbooks of XML parts."""
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    targets = {node.get("Id"): node.get("Target", "") for node in ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))}
    found = {}
    for node in ElementTree.fromstring(packed.read("xl/workbook.xml")).iter():
        if node.tag.endswith("}sheet"):
            link = next((value for key, value in node.attrib.items() if key.endswith("}id")), None)
            target = targets.get(link, "").lstrip("/")
            part = target if target.startswith("xl/") else str(PurePosixPath("xl") / target)
            if part in names:
                found[node.get("name", "")] = part
    return found


@dataclass(frozen=True)
class Styles:
    """Styles of cells that show what the cell does not hold. padded: style -> digits, for leading zeros (`00000`). foreign: style -> currency
    of its mark, where that is not the company's."""

    padded: dict[int, int] = field(default_factory=dict)
    foreign: dict[int, str] = field(default_factory=dict)


def _styles(packed: zipfile.ZipFile, names: set[str], currency: str) -> Styles:
    if "xl/styles.xml" not in names:
        return Styles()
    root = ElementTree.fromstring(packed.read("xl/styles.xml"))
    codes = {node.get("numFmtId"): node.get("formatCode", "") for node in root.iter() if node.tag.endswith("}numFmt")}
    styles = next((node for node in root if node.tag.endswith("}cellXfs")), None)
    found = Styles()
    for place, node in enumerate(styles if styles is not None else []):
        code = codes.get(node.get("numFmtId"), "")
        if re.fullmatch(r"0{2,}", code):
            found.padded[place] = len(code)
        if currency and (shown := currency_of(code)) and shown != currency:
            found.foreign[place] = shown
    return found


def currency_of(code: str) -> str | None:
    """The currency whose mark a number format shows, such as `[$€-2] #,##0.00` or `#,##0" ₽"`; None where it shows none."""
    for mark in _MARK.finditer(code.split(";", maxsplit=1)[0]):
        meant = measured(next(part for part in mark.groups() if part is not None))
        if meant and meant.currency:
            return meant.currency
    return None


def column_number(letters: str) -> int:
    """`A` -> 1, `AA` -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@dataclass
class _Census:
    """What the XML of a sheet tells, gathered piece by piece. far: the cell that reaches furthest, as far as one was seen."""

    styles: Styles
    hidden: list[int] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    long: list[str] = field(default_factory=list)
    zeros: list[tuple[int, int, str, int]] = field(default_factory=list)
    foreign: list[tuple[int, int, str]] = field(default_factory=list)
    merged: list[tuple[str, int, str, int]] = field(default_factory=list)
    last_row: int = 1
    last_column: int = 1
    first_column: int = 1 << 20
    cells: int = 0
    far: str = ""

    def look(self, text: bytes) -> None:
        """Note what one piece of XML tells; it ends before a row begins."""
        self.cells += text.count(b"<c ") + text.count(b":c ")
        self._bounds(text)
        if b"<f" in text or b":f" in text:
            self.unknown += [found.decode() for found in _UNKNOWN.findall(text)]
        if _MANY_DIGITS.search(text):
            self.long += [found.decode() for found in _LONG.findall(text)]
        if b"mergeCell" in text:
            self.merged += [(a.decode(), int(b), c.decode(), int(d)) for a, b, c, d in _MERGED.findall(text)]
        if self.styles.padded or self.styles.foreign:
            self.first_column = min([self.first_column, *(column_number(letters.decode()) for letters in set(_FIRST.findall(text)))])
        if self.styles.padded:
            styled = ((column_number(letters.decode()), int(row), value.decode(), int(style)) for letters, row, style, value in _CELL.findall(text))
            self.zeros += [(column, row, value, self.styles.padded[style]) for column, row, value, style in styled if style in self.styles.padded]
        if self.styles.foreign:
            shown = ((column_number(letters.decode()), int(row), self.styles.foreign.get(int(style))) for letters, row, style in _STYLED.findall(text))
            self.foreign += [(column, row, currency) for column, row, currency in shown if currency]

    def _bounds(self, text: bytes) -> None:
        if dimension := _DIMENSION.search(text, 0, 8192):
            self.last_column, self.last_row = column_number(dimension[1].decode()), int(dimension[2])
            self.far = (dimension[1] + dimension[2]).decode()
        if number := _NUMBER.search(text, max(text.rfind(b"<row"), text.rfind(b":row"), 0)):
            self.last_row = max(self.last_row, int(number[1]))
        if b"hidden=" in text:
            numbers = (_NUMBER.search(row) for row in _ROW.findall(text) if b'hidden="1"' in row or b'hidden="true"' in row)
            self.hidden += [int(number[1]) for number in numbers if number]
        for letters, number in _FAR_COLUMN.findall(text):
            self.last_column, self.far = max(self.last_column, column_number(letters.decode())), (letters + number).decode()

    def facts(self) -> dict[str, Any]:
        size = self.last_row * self.last_column
        found: dict[str, Any] = {"hidden": self.hidden, "unknown": self.unknown, "long": self.long, "zeros": self.zeros, "merged": self.merged}
        found["first_column"], found["foreign"] = self.first_column, self.foreign
        if size > MOST_CELLS or (size > FAR_CELLS and self.cells < size * FILLED):
            found["too_far"] = (self.far or f"row {self.last_row}", size)
        return found


def _facts(packed: zipfile.ZipFile, part: str, styles: Styles) -> dict[str, Any]:
    """The facts of one sheet: its XML is read in pieces that end before a row, so that no cell is cut in two."""
    found = _Census(styles)
    with packed.open(part) as file:
        rest = b""
        while piece := file.read(PIECE):
            text = rest + piece
            cut = max(text.rfind(b"<row"), text.rfind(b":row") - 3)
            if cut > 0:
                found.look(text[:cut])
                rest = text[cut:]
            else:
                rest = text
    found.look(rest)
    return found.facts()
