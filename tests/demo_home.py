"""The demo company for tests: made and loaded once for each seed, whichever worker of a run asks first."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from data.demo import build
from engine.answers import loading
from engine.store.home import Home


def files_of(tmp_path_factory: pytest.TempPathFactory, seed: int) -> Path:
    """The folder of the company's files; `plants.json` lies beside it."""
    return _once(tmp_path_factory, f"company-{seed}", lambda folder: build(folder / "files", seed)) / "files"


def home_of(tmp_path_factory: pytest.TempPathFactory, seed: int) -> Home:
    """A home that serves the company, for reading only: a test that writes works on a copy (`shutil.copytree`)."""
    files = files_of(tmp_path_factory, seed)

    def load(folder: Path) -> None:
        prepared = loading.prepare(Home(folder / "home"), [files])
        assert prepared.receipt.publishable, prepared.receipt.why_not()
        loading.publish(Home(folder / "home"), prepared)

    return Home(_once(tmp_path_factory, f"home-{seed}", load) / "home")


def _once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder shared by the workers of a run: the first to ask makes it, the others wait for it."""
    root = tmp_path_factory.getbasetemp()
    root = root.parent if os.environ.get("PYTEST_XDIST_WORKER") else root
    folder, made = root / name, root / f"{name}.made"
    with FileLock(root / f"{name}.lock"):
        if not made.exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            made.touch()
    return folder
