"""Two processes serve one home: both turn to a version that the command line publishes, and what both record is one unbroken chain."""

import re
import threading
from pathlib import Path

from engine.command_line import run
from engine.store import decisions
from engine.store.home import Home
from engine.store.records import opening
from tests.access.frames import Visitor
from tests.operation.homes import further
from tests.operation.serving import servers

PAGE, TABLE, EACH = "/quality?language=en", "xlsx-tables", 6


def version_shown(visitor: Visitor) -> int:
    found = re.search(r"Data version (\d+)", visitor.open(PAGE).text)
    assert found is not None
    return int(found[1])


def test_two_servers_turn_to_a_new_version_together_and_lose_no_record(home: Home, tmp_path: Path) -> None:
    before = decisions.verify(home).count
    opening.let_go()
    with servers(home, 2) as ((first, _), (second, _)), Visitor(first) as anna, Visitor(second) as boris:
        assert (version_shown(anna), version_shown(boris)) == (2, 2)

        def export_again_and_again(visitor: Visitor) -> None:
            for _ in range(EACH):
                assert visitor.download(visitor.open(PAGE), TABLE).status_code == 200

        both = [threading.Thread(target=export_again_and_again, args=(visitor,)) for visitor in (anna, boris)]
        for thread in both:
            thread.start()
        assert run(["load", str(further(tmp_path, 6)), "--home", str(home.path)]) == 0
        for thread in both:
            thread.join()
        assert (version_shown(anna), version_shown(boris)) == (3, 3)
    found = decisions.verify(home)
    assert found.faults == ()
    exports = [record for record in decisions.history(home, "audit") if record.subject == "export"]
    assert len(exports) == 2 * EACH
    assert found.count >= before + 2 * EACH
