"""The monthly close: what lies in the inbox is published and put away, in that order; what is open stays; a close that broke off is taken up."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.answers import closing
from engine.answers.changes import changes
from engine.command_line import run
from engine.errors import NotAllowed, NotPublished
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.store import build, inbox, versions
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from tests.operation.homes import further
from tests.store.small_company import SALES

REAL = closing.AFTERWARDS


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "STILL_BEING_WRITTEN_SECONDS", 0.0)


def dropped(home: Home, name: str, text: str) -> Path:
    path = home.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def month(home: Home, name: str = "sales-march.csv", dealer: str = "D1") -> Path:
    """A month of sales: one line of a dealer, one of an article that nobody knows."""
    return dropped(home, name, f"{SALES.splitlines()[0]}\n2026-03-05,{dealer},A1,5,100,50,N9,1\n2026-03-06,D1,ZZ,1,9,5,N9,2\n")


def net_sales(home: Home) -> float:
    return float(open_warehouse(home).input_rows("sales")["net_value"].sum())


def lying(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_close_publishes_the_inbox_puts_it_away_and_says_what_changed_and_why(home: Home) -> None:
    month(home, "north/sales-march.csv")
    dropped(home, "dealers.csv", "dealer_id,dealer_name,region\nD3,East Trading,East\n")
    before = net_sales(home)
    done = closing.close(home)
    assert (done.version, done.published, sorted(done.moved)) == (3, True, ["dealers.csv", "north/sales-march.csv"])
    assert lying(home.inbox) == ["done/3/dealers.csv", "done/3/north/sales-march.csv"]
    assert net_sales(home) == before + 100
    answer = changes(open_warehouse(home), Selection(), EVERYTHING)
    assert (answer.facts["by"], answer.facts["below"], answer.facts["rejected_n"]) == ("close", 2, 1)
    assert answer.extra["new_dealers"]["code"].to_list() == ["D3"]
    for row in answer.frame.iter_rows(named=True):
        if row["difference"] is not None:
            assert row["after"] - row["before"] == pytest.approx(row["difference"])
            assert row["earlier"] + row["later"] == pytest.approx(row["difference"])
    assert closing.is_fresh(str(home.path), 3)


def test_a_correction_of_known_days_counts_as_earlier_and_new_days_as_later(home: Home) -> None:
    dropped(home, "sales-1.csv", f"{SALES.splitlines()[0]}\n2026-02-05,D1,A1,5,130,50,N1,1\n")
    assert closing.close(home, replace=True).published
    corrected = {row["kpi"]: row for row in changes(open_warehouse(home), Selection(), EVERYTHING).frame.iter_rows(named=True)}["net_sales"]
    assert (corrected["difference"], corrected["earlier"], corrected["later"]) == (30, 30, 0)
    month(home)
    assert closing.close(home).published
    moved = {row["kpi"]: row for row in changes(open_warehouse(home), Selection(), EVERYTHING).frame.iter_rows(named=True)}["net_sales"]
    assert moved["earlier"] == 0
    assert moved["later"] == moved["difference"] != 0


def test_a_file_that_leaves_something_open_stops_the_close_and_everything_stays(home: Home) -> None:
    month(home)
    dropped(home, "odd.csv", "a,b\n1,2\n")
    done = closing.close(home)
    assert done.is_stopped
    assert versions.current(home) == 2
    assert lying(home.inbox) == ["odd.csv", "sales-march.csv"]
    part = closing.close(home, partial=True)
    assert part.published
    assert lying(home.inbox) == ["done/3/sales-march.csv", "odd.csv"]


def test_a_close_that_broke_off_after_publication_is_taken_up_by_the_next(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    month(home)

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(inbox, "put_away", power_cut)
        with pytest.raises(KeyboardInterrupt):
            closing.close(home)
    assert versions.current(home) == 3
    assert lying(home.inbox) == ["sales-march.csv"]
    again = closing.close(home)
    assert (again.published, again.moved, versions.current(home)) == (False, ("sales-march.csv",), 3)
    assert lying(home.inbox) == ["done/3/sales-march.csv"]


def test_a_close_that_broke_off_before_publication_leaves_the_inbox_as_it_was(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    month(home)
    with monkeypatch.context() as cut:
        cut.setattr(build, "publish", lambda *_, **__: (_ for _ in ()).throw(NotPublished("The disk is full.")))
        with pytest.raises(NotPublished):
            closing.close(home)
    assert lying(home.inbox) == ["sales-march.csv"]
    assert closing.close(home).published


def test_a_file_that_changes_while_it_is_loaded_stays_for_the_next_close(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    path, real = month(home), build.publish

    def publish(*asked: object, **named: object) -> int:
        path.write_text(path.read_text(encoding="utf-8") + "2026-03-09,D1,A1,1,20,10,N8,1\n", encoding="utf-8")
        return real(*asked, **named)

    monkeypatch.setattr(build, "publish", publish)
    done = closing.close(home)
    assert (done.published, done.moved) == (True, ())
    assert "was changed after it was read" in str(done.told[0])
    assert lying(home.inbox) == ["sales-march.csv"]


def test_two_files_of_one_name_are_both_kept(home: Home) -> None:
    (home.inbox / "done" / "3").mkdir(parents=True)
    (home.inbox / "done" / "3" / "sales-march.csv").write_text("older", encoding="utf-8")
    month(home)
    closing.close(home)
    assert lying(home.inbox) == ["done/3/sales-march (2).csv", "done/3/sales-march.csv"]


def test_a_file_that_somebody_is_writing_stays(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    path = month(home)
    monkeypatch.setattr(inbox, "STILL_BEING_WRITTEN_SECONDS", 0.05)
    monkeypatch.setattr(inbox.time, "sleep", lambda _: os.utime(path, ns=(0, path.stat().st_mtime_ns + 1)))
    os.utime(path)
    done = closing.close(home)
    assert (done.load, lying(home.inbox)) == (None, ["sales-march.csv"])
    assert "still being written" in str(done.told[0])


def test_what_follows_a_close_and_fails_is_told_and_takes_nothing_back(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    month(home)
    monkeypatch.setattr(closing, "AFTERWARDS", ("tests.operation.following:follows", "tests.operation.following:fails"))
    done = closing.close(home)
    assert done.published
    assert [str(said) for said in done.told] == [
        "Version 3 was followed.",
        "After the publication something failed: No forecast. The version is served all the same.",
    ]


def test_a_close_makes_the_forecast_of_the_new_version(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    month(home)
    monkeypatch.setattr(closing, "AFTERWARDS", REAL)
    assert "forecast" in str(closing.close(home).told[0]).lower()


def test_who_may_not_close_is_refused(home: Home) -> None:
    month(home)
    with pytest.raises(NotAllowed):
        closing.close(home, scope=Scope(who="Anna", roles=frozenset({"marketing"})))
    assert lying(home.inbox) == ["sales-march.csv"]


def test_the_command_closes_prints_and_leaves_with_its_code(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    month(home)
    assert run(["close", "--home", str(home.path)]) == 3
    said = capsys.readouterr().out
    assert "Published as version 3." in said
    assert "Put away as done: sales-march.csv" in said
    assert "net sales" in said
    assert run(["close", "--home", str(home.path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["published"] is False
    dropped(home, "odd.csv", "a,b\n1,2\n")
    assert run(["close", "--home", str(home.path)]) == 2


def test_an_inbox_elsewhere_can_be_closed(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    further(folder, 4)
    assert closing.close(home, folder).published
    assert lying(folder) == ["done/3/sales-4.csv"]


def test_the_first_version_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    home = Home(tmp_path / "new")
    dropped(home, "sales.csv", SALES)
    closing.close(home, partial=True)
    answer = changes(open_warehouse(home), Selection(), EVERYTHING)
    assert "first version" in str(answer.headline)
    assert answer.frame.is_empty()


def test_the_button_on_the_load_page_closes_and_start_says_what_changed(home: Home, at_home: Callable[[Home], None]) -> None:
    from tests.pages.conftest import opened

    month(home)
    at_home(home)
    at = opened("pages/warehouse/load.py")
    at.button(key="close-month").click().run()
    assert not at.exception
    assert "Version 3 is served from now on; 1 file was put away" in at.success[0].value.replace("\\", "")
    start = opened("pages/overview/start.py")
    said = " ".join(each.proto.body for each in start.get("html"))
    assert "What the last load changed, and why" in said
    assert "1 row of them was rejected" in said
