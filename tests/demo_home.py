"""The demo company for tests: made and loaded once for each seed, whichever worker of a run asks first."""

from pathlib import Path

import polars as pl
import pytest

from data.demo import build, later
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


LINES = ("L09", "L10", "L11", "L18", "L19", "L23", "L24")
"""Of three spheres: the lines that lose money, and what they are judged beside."""
WHOLE = ("dealers", "locations", "projects", "marketing_budget")
OF_PRODUCTS = {"products": "sku", "product_tree": "sku", "sales": "sku", "stock": "item_id"}


def few_lines_of(tmp_path_factory: pytest.TempPathFactory, seed: int) -> dict[str, pl.DataFrame]:
    """The tables of the company that the assortment desk needs, for a few lines, with the stock of our own places."""
    from tests.demo.company_files import read_back

    company = read_back(files_of(tmp_path_factory, seed))
    skus = company["products"].filter(pl.col("line_id").is_in(LINES))["sku"].to_list()
    own = company["locations"].filter(pl.col("kind").is_in(["plant", "branch"]))["location_id"].to_list()
    tables = {name: company[name] for name in WHOLE}
    tables |= {name: company[name].filter(pl.col(key).is_in(skus)) for name, key in OF_PRODUCTS.items()}
    return tables | {"stock": tables["stock"].filter(pl.col("location_id").is_in(own))}


def small_home_of(tmp_path_factory: pytest.TempPathFactory, seed: int) -> Home:
    """A home that serves those few lines, for reading and copying."""

    def load(folder: Path) -> None:
        (folder / "files").mkdir()
        later.write(few_lines_of(tmp_path_factory, seed), folder / "files")
        prepared = loading.prepare(Home(folder / "home"), [folder / "files"])
        assert prepared.receipt.publishable, prepared.receipt.why_not()
        loading.publish(Home(folder / "home"), prepared)

    return Home(once(tmp_path_factory, f"few-lines-{seed}", load) / "home")
