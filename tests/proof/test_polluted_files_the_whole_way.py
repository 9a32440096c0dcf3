"""A few files of each family from the folder to the published version, as `python -m engine load` takes them."""

import csv
import shutil
from pathlib import Path

import pytest

from engine.answers import loading
from engine.errors import GranaryError
from engine.store.home import Home
from engine.store.intake.reading import Options
from engine.store.warehouse import open_warehouse
from tests.corpus import clean, collection
from tests.corpus.cases import STOPS, Case

EACH = 5

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that knows the goods, dealers and places, and no sale yet."""
    folder = tmp_path_factory.mktemp("masters")
    for table in ("products", "dealers", "locations"):
        records = getattr(clean, table)()
        with open(folder / f"{table}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, records[0])
            writer.writeheader()
            writer.writerows(records)
    home = Home(tmp_path_factory.mktemp("home"))
    loading.publish(home, loading.prepare(home, [folder]))
    return home


def kept(case: Case, folder: Path) -> Path | None:
    """The file under its own name; None where this disk does not take such a name."""
    folder.mkdir()
    try:
        (folder / case.file).write_bytes(case.content)
    except (OSError, ValueError):
        return None
    return folder / case.file if (folder / case.file).resolve().parent == folder.resolve() else None


@pytest.mark.parametrize("family", collection.FAMILIES)
def test_the_receipt_accounts_for_every_row_and_a_refused_file_publishes_nothing(family: str, template: Home, tmp_path: Path) -> None:
    cases = collection.cases(family)
    for number, case in enumerate(cases[:: len(cases) // EACH]):
        home = Home(tmp_path / f"home-{number}")
        shutil.copytree(template.path, home.path)
        file = kept(case, tmp_path / f"in-{number}")
        if file is None or case.settings:
            continue
        try:
            prepared = loading.prepare(home, [file], Options(**{"table": case.table} | case.options))
        except GranaryError as fault:
            assert case.expected & STOPS, f"{case.name}: {fault}"
            continue
        receipt = prepared.receipt
        for outcome in receipt.files:
            assert outcome["read"] == outcome["loaded"] + outcome["rejected"] + outcome["set_aside"], case.name
            assert outcome["status"] in ("loaded", "refused"), case.name
            assert outcome["status"] == "loaded" or outcome["reason"], case.name
        if not receipt.publishable:
            assert receipt.why_not() is not None
            continue
        loading.publish(home, prepared)
        served = open_warehouse(home).input_rows(case.table).height
        assert served - (len(clean.dealers()) if case.table == "dealers" else 0) == sum(outcome["loaded"] for outcome in receipt.files), case.name
