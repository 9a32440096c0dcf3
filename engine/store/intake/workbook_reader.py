"""Inside the child: a workbook becomes one Arrow file of text cells a sheet, and the facts that the cells do not show."""

import uuid
from pathlib import Path
from typing import Any

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from engine.errors import Refused
from engine.messages import message
from engine.store.intake import workbook_parts

_ERRORS = {"Div0": "#DIV/0!", "NA": "#N/A", "Name": "#NAME?", "Null": "#NULL!", "Num": "#NUM!", "Ref": "#REF!", "Value": "#VALUE!"}
_MIDNIGHT = (r"^(\d{4}-\d\d-\d\d) 00:00:00$", r"\1", " 00:00:00")
_CLOCK = (r"^(?:1899-12-3[01]|1904-01-01) (\d\d:\d\d:\d\d)$", r"\1", "19")


def read(request: dict[str, Any]) -> dict[str, Any]:
    """Request: path, work, shown_as, sheet (name, number from 1, `*` or None), limits. Answer: `sheets`, each with name, file (Arrow
    file of text columns c0 …, row i = sheet row i + 1), rows, columns, hidden, and facts; `links`: whether it refers to others."""
    path, shown_as = Path(request["path"]), request["shown_as"]
    parts = workbook_parts.examine(path, shown_as, request)
    try:
        book = fastexcel.read_excel(path.read_bytes())
    except fastexcel.FastExcelError as fault:
        raise _refused(shown_as, str(fault)) from None
    sheets = []
    for place, name in enumerate(book.sheet_names):
        if request["sheet"] not in (None, "*", name, str(place + 1)):
            continue
        facts = parts.sheets.get(name, {})
        if facts.get("too_far"):
            cell, cells = facts["too_far"]
            said = message("{file}: a cell far away ({cell}) makes sheet “{sheet}” {n} cells large: delete it.", file=shown_as, sheet=name, cell=cell, n=cells)
            raise Refused(said)
        sheets.append(_sheet(book, name, Path(request["work"]), shown_as, facts))
    return {"sheets": sheets, "names": list(book.sheet_names), "links": parts.links, "date_system": parts.date_system}


def _refused(shown_as: str, fault: str) -> Refused:
    if "assword" in fault or "ncrypt" in fault:
        return Refused(message("{file} is protected by a password: save it without one.", file=shown_as))
    return Refused(message("{file} is damaged: it cannot be read as a workbook ({fault}).", file=shown_as, fault=fault.splitlines()[0][:120]))


def _sheet(book: fastexcel.ExcelReader, name: str, work: Path, shown_as: str, facts: dict[str, Any]) -> dict[str, Any]:
    try:
        sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        batch, errors = sheet.to_arrow_with_errors()
    except fastexcel.FastExcelError as fault:
        if "no data" in str(fault).lower() or "empty" in str(fault).lower():
            return {"name": name, "file": None, "rows": 0, "columns": 0, "hidden": False, "facts": facts}
        raise _refused(shown_as, str(fault)) from None
    wrong: dict[int, list[tuple[int, str]]] = {}
    for error in errors.errors if errors else []:
        row, column = error.offset_position
        kind = error.detail.partition("(")[2].partition(")")[0]
        wrong.setdefault(column, []).append((row, _ERRORS.get(kind, "#ERROR!")))
    columns = [_as_text(batch.column(index), wrong.get(index, [])) for index in range(batch.num_columns)]
    _restore_digits(book, name, columns)
    while columns and not pc.any(pc.not_equal(columns[-1], "")).as_py():
        columns.pop()
    file = work / f"{uuid.uuid4().hex}.arrow"
    schema = pa.schema([(f"c{index}", pa.string()) for index in range(len(columns))])
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        if columns:
            writer.write_table(pa.Table.from_arrays(columns, schema=schema), max_chunksize=100_000)
    return {"name": name, "file": str(file), "rows": batch.num_rows, "columns": len(columns), "hidden": sheet.visible != "visible", "facts": facts}


_ROUNDED = r"\.\d{9}$"


def _restore_digits(book: fastexcel.ExcelReader, name: str, columns: list[pa.Array]) -> None:
    """As text, numbers come rounded to nine decimals: where that may have cost digits, read the column again as numbers."""
    masks = {index: pc.match_substring_regex(column, _ROUNDED) for index, column in enumerate(columns)}
    rounded = {index: mask for index, mask in masks.items() if pc.any(mask).as_py()}
    if not rounded:
        return
    dtypes: dict[str | int, Any] = {index: "float" if index in rounded else "string" for index in range(len(columns))}
    exact = book.load_sheet(name, header_row=None, skip_rows=0, dtypes=dtypes).to_arrow()
    for index, mask in rounded.items():
        values = exact.column(index).filter(mask).to_pylist()
        texts = columns[index].filter(mask).to_pylist()
        pairs = zip(texts, values, strict=True)
        whole = [text if value is None or float(text) == value else _positional(value) for text, value in pairs]
        columns[index] = pc.replace_with_mask(columns[index], mask, pa.array(whole, pa.string()))


def _positional(value: float) -> str:
    text = repr(value)
    return np.format_float_positional(value, trim="-") if "e" in text else text


def _as_text(column: pa.Array, wrong: list[tuple[int, str]]) -> pa.Array:
    """Text without nulls; days without their midnight, times without their epoch; errors as Excel shows them."""
    if column.null_count == len(column) and not wrong:
        return pa.array([""] * len(column), pa.string())
    column = column.cast(pa.string())
    for pattern, kept, part in (_MIDNIGHT, _CLOCK):
        if pc.any(pc.match_substring(column, part)).as_py():
            column = pc.replace_substring_regex(column, pattern, kept)
    if wrong:
        mask = np.zeros(len(column), np.bool_)
        mask[[row for row, _ in wrong]] = True
        column = pc.replace_with_mask(column, pa.array(mask), pa.array([text for _, text in sorted(wrong)], pa.string()))
    return pc.fill_null(column, "")
