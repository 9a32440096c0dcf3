"""Every polluted file, and 2,200 more by chance: silent errors 0. Prints the count that the closing notes cite."""

import json
from collections import Counter

import pytest

from tests.corpus import collection
from tests.corpus.judge import Desk

BY_CHANCE = 2200

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]


def test_no_polluted_file_of_all_is_loaded_wrongly_in_silence(tmp_path, capsys):
    cases = [case for family in collection.FAMILIES for case in collection.cases(family)] + list(collection.by_chance(BY_CHANCE, seed=2025))
    (tmp_path / "manifest.json").write_text(json.dumps([case.manifest() for case in cases], ensure_ascii=False), encoding="utf-8")
    desk = Desk(tmp_path / "home")
    verdicts = [desk.judge(case) for case in cases]
    with capsys.disabled():
        for family in collection.FAMILIES:
            outcomes = Counter(verdict.outcome for verdict in verdicts if verdict.family == family)
            print(f"{family:6} {sum(outcomes.values()):5} files: " + ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common()))
        wrong = sum(verdict.outcome == "silent" for verdict in verdicts)
        print(
            f"silent errors: {wrong} of {len(verdicts)} files; clean rows rejected: {sum(v.lost_clean for v in verdicts)} of {sum(v.clean for v in verdicts)}"
        )
    assert [(verdict.case, verdict.outcome, verdict.why) for verdict in verdicts if not verdict.right] == []
