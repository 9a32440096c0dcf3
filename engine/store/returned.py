"""A workbook of ours that comes back from somebody's Excel: its sheets as rows of text, read by a child with limits like any foreign file."""

from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from engine.store import uploads
from engine.store.home import Home
from engine.store.intake import child
from engine.store.versions import disk_faults_as_sentences

MOST_ROWS = 20_000


def sheets(home: Home, name: str, content: BinaryIO) -> dict[str, list[list[str]]]:
    """Sheet -> its rows from the first on, every cell as text; the upload is gone afterwards.

    Raises Refused for what is no workbook, is damaged, protected by a password or far too large, NotPublished where the disk does not take it.
    """
    path = uploads.receive(home, name, content)
    try:
        settings = home.settings()
        request = {
            "path": str(path), "work": str(home.work), "sheet": "*", "largest_zip_ratio": settings["largest_zip_ratio"], "currency": settings["currency"]
        }  # fmt: skip
        answer = child.read("workbook", request, settings, home.work, name)
        return {str(sheet["name"]): _rows(sheet["file"]) for sheet in answer["sheets"]}
    finally:
        path.unlink(missing_ok=True)


def _rows(file: str | None) -> list[list[str]]:
    if file is None:
        return []
    path = Path(file)
    with disk_faults_as_sentences():
        try:
            with pa.OSFile(str(path), "rb") as source, pa.ipc.open_file(source) as reader:
                table = reader.read_all().slice(0, MOST_ROWS)
        finally:
            path.unlink(missing_ok=True)
    columns = [column.to_pylist() for column in table.columns]
    return [[str(cell or "") for cell in row] for row in zip(*columns, strict=True)]
