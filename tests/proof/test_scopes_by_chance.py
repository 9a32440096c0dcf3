"""1,000 pairs of a scope and a question by chance: what somebody sees of their own rows is what an administrator sees of them (SC-7)."""

import pytest

from engine.store.warehouse import open_warehouse
from tests.access import canary
from tests.access.rows import by_chance

PAIRS, SEEDS = 1000, 10

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]


def test_a_thousand_questions_by_chance_give_the_administrators_rows_that_are_ones_own(tmp_path_factory, capsys):
    warehouse = open_warehouse(canary.home_of(tmp_path_factory))
    found = [said for seed in range(SEEDS) for said in by_chance(warehouse, seed, PAIRS // SEEDS)]
    with capsys.disabled():
        print(f"scopes by chance: {PAIRS} pairs of a scope and a question, {len(found)} differences")
    assert found == []
