"""The demo company for tests: made and loaded once for each seed, whichever worker of a run asks first."""

from pathlib import Path

import pytest

from data.demo import build
from engine.answers import loading
from engine.store.home import Home
from tests.once import once


def files_of(tmp_path_factory: pytest.TempPathFactory, seed: int) -> Path:
    """The folder of the company's files; `plants.json` lies beside it."""
    return once(tmp_path_factory, f"company-{seed}", lambda folder: build(folder / "files", seed)) / "files"


def home_of(tmp_path_factory: pytest.TempPathFactory, seed: int) -> Home:
    """A home that serves the company, for reading only: a test that writes works on a copy (`shutil.copytree`)."""
    files = files_of(tmp_path_factory, seed)

    def load(folder: Path) -> None:
        prepared = loading.prepare(Home(folder / "home"), [files])
        assert prepared.receipt.publishable, prepared.receipt.why_not()
        loading.publish(Home(folder / "home"), prepared)

    return Home(once(tmp_path_factory, f"home-{seed}", load) / "home")
