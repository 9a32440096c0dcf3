"""Files that come through the browser: kept under random names, so that the name a user chose is never part of a path."""

import secrets
import shutil
import time
from pathlib import Path
from typing import BinaryIO

from engine.store.home import Home
from engine.store.sources import SUFFIXES
from engine.store.versions import disk_faults_as_sentences

KEPT_SECONDS = 86_400


def receive(home: Home, name: str, content: BinaryIO) -> Path:
    """Keep an upload for a day. Returns its path; only a known ending of `name` is taken over.

    Raises NotPublished where the disk does not take it.
    """
    folder = home.work / "uploads"
    lowered = name.lower()
    packed = ".gz" if lowered.endswith(".gz") else ""
    ending = next((suffix for suffix in SUFFIXES if lowered.removesuffix(".gz").endswith(suffix)), ".txt")
    with disk_faults_as_sentences():
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        path = folder / f"{secrets.token_hex(16)}{ending}{packed}"
        with open(path, "wb") as file:
            shutil.copyfileobj(content, file, 1 << 20)
    return path


def _sweep(folder: Path) -> None:
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
