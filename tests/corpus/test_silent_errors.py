"""At least 20 polluted files of each family: every row is right, or somebody is told. Silent errors: 0."""

import json

import pytest

from engine.store.contracts import catalogue
from tests.corpus import collection, in_01_structure
from tests.corpus.judge import Desk

SAMPLE = 8
LEAST = 20


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    catalogue()
    return Desk(tmp_path_factory.mktemp("desk"))


def manifest(cases, folder):
    """What is expected of every file, written down before the first is loaded."""
    kept = folder / "manifest.json"
    kept.write_text(json.dumps([case.manifest() for case in cases], ensure_ascii=False, indent=1), encoding="utf-8")
    return kept


@pytest.mark.parametrize("family", collection.FAMILIES)
def test_no_polluted_file_is_loaded_wrongly_in_silence(family, desk, tmp_path, record_property):
    cases = collection.cases(family)
    assert len(cases) >= LEAST
    sample = cases[:: max(1, len(cases) // SAMPLE)]
    expected = json.loads(manifest(sample, tmp_path).read_text(encoding="utf-8"))
    verdicts = [desk.judge(case) for case in sample]
    record_property("files", len(verdicts))
    assert [(verdict.case, verdict.outcome, verdict.why) for verdict in verdicts if not verdict.right] == []
    assert all(verdict.outcome in promised["expected"] for verdict, promised in zip(verdicts, expected, strict=True))


def test_clean_rows_beside_broken_ones_are_kept(desk):
    """A broken row must not cost its neighbours: of all clean rows in files that load, at most one in a thousand is rejected."""
    verdicts = [desk.judge(case) for case in in_01_structure.by_chance(40, seed=11)]
    assert [(verdict.case, verdict.why) for verdict in verdicts if not verdict.right] == []
    lost, clean = sum(verdict.lost_clean for verdict in verdicts), sum(verdict.clean for verdict in verdicts)
    assert lost <= clean / 1000
