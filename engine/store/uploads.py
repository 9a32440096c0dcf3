"""Files that come through the browser: kept under random names, so that the name a user chose is never part of a path."""

import json
import secrets
import shutil
import time
from pathlib import Path
from typing import BinaryIO

from engine.errors import BadUse
from engine.messages import message
from engine.store.home import Home
from engine.store.intake import profiles
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


def adopt_profile(home: Home, name: str, content: bytes) -> str:
    """Keep a mapping that somebody saved elsewhere; files with its headings are read by it from now on. Returns its name.

    Raises BadUse where the file is no saved mapping, NotPublished where the disk refuses.
    """
    try:
        profile = json.loads(content.decode("utf-8-sig"))
        headings = tuple(str(heading) for heading in profile["headings"])
        called, pairs = str(profile["name"]), [[str(heading), str(column)] for heading, column in profile["map"]]
        options = {option: profile.get(option) for option in profiles.SETTLED}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadUse(message("“{file}” is no saved mapping.", file=name)) from None
    kept = {"name": called, "headings": list(headings), "map": pairs, **options}
    with disk_faults_as_sentences():
        home.profiles.mkdir(parents=True, exist_ok=True)
        (home.profiles / f"{profiles.signature(headings)}.json").write_text(json.dumps(kept, ensure_ascii=False, indent=2), encoding="utf-8")
    return called


def _sweep(folder: Path) -> None:
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
