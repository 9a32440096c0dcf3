"""A backup made while people work comes back on an empty machine as it was; what is no whole backup is refused in a sentence."""

import json
import threading
import zipfile
from pathlib import Path

import pytest

from engine.errors import BadUse, GranaryError, NotKept, Refused
from engine.store import archive, backup, decisions, restoring, versions
from engine.store.home import RECORDS_VARIABLE, Home
from engine.store.records import anchor, opening
from tests.operation.homes import figures, further, load
from tests.store.records.conftest import SERVER, database_of_its_own


@pytest.fixture
def packed(home: Home, tmp_path: Path) -> Path:
    backup.make(home, tmp_path / "a.zip")
    assert not list(tmp_path.glob(".*")), "nothing is left beside the archive"
    return tmp_path / "a.zip"


def brought_back(packed: Path, folder: Path) -> Home:
    return restoring.restore(packed, Home(folder)).home


def test_a_backup_comes_back_with_fifty_figures_equal_and_an_unbroken_chain(home: Home, packed: Path, tmp_path: Path) -> None:
    again = brought_back(packed, tmp_path / "elsewhere" / "home")
    before, after = figures(home), figures(again)
    assert sum(len(rows[0]) - len(grain) for grain, rows in before.items()) >= 50
    assert after == before
    assert versions.current(again) == versions.current(home) == 2
    found = decisions.verify(again)
    assert (found.count, found.faults) == (decisions.verify(home).count, ())
    assert again.settings()["window_days"] == 60
    assert (again.records / "control_totals.jsonl").read_bytes() == (home.records / "control_totals.jsonl").read_bytes()
    assert sorted(path.name for path in again.raw.iterdir()) == sorted(path.name for path in home.raw.iterdir())
    assert not restoring.is_unfinished(again)


def test_the_restored_home_goes_on_loading_and_deciding(packed: Path, tmp_path: Path) -> None:
    again = brought_back(packed, tmp_path / "again")
    assert load(again, further(tmp_path, 5)) == 3
    decisions.append(again, "action", "later", {}, "Anna", 3)
    assert decisions.verify(again).is_sound


def test_a_backup_while_somebody_loads_and_decides_holds_one_moment(home: Home, tmp_path: Path) -> None:
    written, going = [], threading.Event()

    def work() -> None:
        while not going.is_set():
            written.append(decisions.append(home, "action", f"under load {len(written)}", {"n": len(written)}, "Boris", 2).id)

    worker = threading.Thread(target=work)
    loader = threading.Thread(target=load, args=(home, further(tmp_path, 7)))
    worker.start()
    loader.start()
    made = [backup.make(home, tmp_path / f"{number}.zip") for number in range(3)]
    loader.join()
    made.append(backup.make(home, tmp_path / "3.zip"))
    going.set()
    worker.join()
    counts = []
    for number, done in enumerate(made):
        assert restoring.faults(tmp_path / f"{number}.zip", folder(tmp_path / f"look-{number}")) == ()
        again = brought_back(tmp_path / f"{number}.zip", tmp_path / f"home-{number}")
        found = decisions.verify(again)
        assert found.faults == ()
        assert done.records == found.count
        assert versions.current(again) == done.version
        assert [record.id for record in decisions.history(again, "action")] == [n for n in range(1, found.count + 1) if n in ids(again)]
        counts.append(found.count)
    assert counts == sorted(counts)
    assert made[-1].version == 3
    assert decisions.verify(home).count >= counts[-1]


def ids(home: Home) -> set[int]:
    return {record.id for record in decisions.history(home, "action")}


def folder(path: Path) -> Path:
    path.mkdir()
    return path


@pytest.mark.skipif(not SERVER, reason="PostgreSQL: no server is named in GRANARY_TEST_POSTGRES")
def test_records_in_postgres_come_back_into_a_file_and_into_an_empty_database(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for first in database_of_its_own():
        monkeypatch.setenv(RECORDS_VARIABLE, first)
        (home.records / anchor.NAME).unlink(missing_ok=True)  # that of the records in the file, which stay behind
        for number in range(5):
            decisions.append(home, "action", f"{number}", {"n": number}, "Anna", 1)
        decisions.save_draft(home, "Anna", "order", {"qty": 1})
        backup.make(home, tmp_path / "p.zip")
        with pytest.raises(BadUse, match="not empty"):
            restoring.restore(tmp_path / "p.zip", Home(tmp_path / "full"))
        monkeypatch.delenv(RECORDS_VARIABLE)
        in_a_file = brought_back(tmp_path / "p.zip", tmp_path / "file")
        assert (decisions.verify(in_a_file).count, decisions.verify(in_a_file).faults) == (5, ())
        assert decisions.draft(in_a_file, "Anna", "order") == {"qty": 1}
    for second in database_of_its_own():
        monkeypatch.setenv(RECORDS_VARIABLE, second)
        in_a_database = brought_back(tmp_path / "p.zip", tmp_path / "database")
        assert (decisions.verify(in_a_database).count, decisions.verify(in_a_database).faults) == (5, ())
        assert not in_a_database.records_file.exists()


def test_a_home_with_data_is_never_overwritten(home: Home, packed: Path) -> None:
    before = figures(home)
    with pytest.raises(BadUse, match="holds data already"):
        restoring.restore(packed, home)
    assert figures(home) == before


def test_a_backup_never_overwrites_a_file_and_never_lies_in_its_own_home(home: Home, packed: Path) -> None:
    content = packed.read_bytes()
    with pytest.raises(BadUse, match="is there already"):
        backup.make(home, packed)
    with pytest.raises(BadUse, match="lost with it"):
        backup.make(home, home.path / "inside.zip")
    assert packed.read_bytes() == content


def refusal(file: Path, tmp_path: Path) -> str:
    with pytest.raises(Refused) as told:
        restoring.restore(file, Home(tmp_path / "target"))
    assert not (tmp_path / "target" / "warehouse" / "CURRENT").exists()
    return str(told.value)


def test_an_archive_cut_at_any_place_is_refused(packed: Path, tmp_path: Path) -> None:
    whole = packed.read_bytes()
    for part in (1, 100, len(whole) // 3, len(whole) // 2, len(whole) - 30, len(whole) - 1):
        (tmp_path / "cut.zip").write_bytes(whole[:part])
        assert any(words in refusal(tmp_path / "cut.zip", tmp_path) for words in ("cut off or damaged", "no backup", "is damaged")), part


def test_an_archive_with_a_flipped_bit_anywhere_is_refused(packed: Path, tmp_path: Path) -> None:
    whole = bytearray(packed.read_bytes())
    for place in range(97, len(whole), len(whole) // 40):
        whole[place] ^= 8
        (tmp_path / "bit.zip").write_bytes(whole)
        assert "damaged" in refusal(tmp_path / "bit.zip", tmp_path) or "no backup" in refusal(tmp_path / "bit.zip", tmp_path), place
        whole[place] ^= 8


def rewritten(packed: Path, to: Path, **changed: object) -> Path:
    """The same archive with another header, sealed anew: as another program would have made it."""
    with zipfile.ZipFile(packed) as old, open(to, "wb") as file:
        header = json.loads(old.read(archive.HEADER)) | changed
        fields = archive.Header(**header)
        writer = archive.Writer(file)
        writer.head(fields)
        for name in old.namelist():
            if name.startswith(archive.HOME):
                with old.open(name) as member:
                    writer.add(name.removeprefix(archive.HOME), member)
        writer.close()
    return to


def test_an_archive_of_a_newer_program_or_with_newer_records_is_refused(packed: Path, tmp_path: Path) -> None:
    assert "newer Granary (9.9)" in refusal(rewritten(packed, tmp_path / "n.zip", form=2, program="9.9"), tmp_path)
    assert "newer Granary" in refusal(rewritten(packed, tmp_path / "r.zip", revision="r9999_later"), tmp_path)


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello", encoding="utf-8")
    assert "is no backup of Granary" in refusal(tmp_path / "note.txt", tmp_path)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("a.txt", "a")
    assert "is no backup of Granary" in refusal(tmp_path / "other.zip", tmp_path)
    with pytest.raises(BadUse, match="no file or folder"):
        restoring.restore(tmp_path / "none.zip", Home(tmp_path / "target"))


@pytest.mark.parametrize("member", ["../out.txt", "raw/../../out.txt", "raw/.hidden", "records/a/b", "raw/", "warehouse/a\\b"])
def test_a_member_that_would_leave_the_home_is_not_unpacked(packed: Path, tmp_path: Path, member: str) -> None:
    with open(tmp_path / "slip.zip", "wb") as file:
        writer = archive.Writer(file)
        with archive.reading(packed) as read:
            writer.head(read.header)
        with open(packed, "rb") as content:
            writer.add(member, content)
        writer.close()
    assert "no backup of Granary" in refusal(tmp_path / "slip.zip", tmp_path)
    assert not (tmp_path / "out.txt").exists()


def test_a_restore_that_broke_off_can_go_on(packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = Home(tmp_path / "target")
    seen = []

    def stop_at_the_fourth(event: dict[str, object]) -> None:
        seen.append(event)
        if len(seen) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restoring.restore(packed, target, stop_at_the_fourth)
    assert restoring.is_unfinished(target)
    assert versions.current(target) is None
    restoring.restore(packed, target)
    assert not restoring.is_unfinished(target)
    assert figures(target)[()]
    assert not (target.path / restoring.STAGING).exists()


def test_a_restore_that_broke_off_at_its_first_mark_can_be_run_again(home: Home, tmp_path: Path) -> None:
    target = Home(tmp_path / "target")
    target.path.mkdir()
    (target.path / f".{restoring.UNFINISHED}.7.tmp").write_text("20", encoding="utf-8")  # half written as the machine stopped
    backup.make(home, tmp_path / "b.zip")
    restoring.restore(tmp_path / "b.zip", target)
    assert figures(target) == figures(home)


def test_a_damaged_raw_file_is_told_by_the_backup(home: Home, tmp_path: Path) -> None:
    raw = next(path for path in home.raw.glob("*.csv"))
    raw.write_bytes(raw.read_bytes() + b"x")
    assert [str(said) for said in backup.make(home, tmp_path / "b.zip").told] == [f"The raw file {raw.name[:12]} is damaged; it was backed up as it is."]


def test_an_empty_home_can_be_backed_up_and_brought_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    made = backup.make(Home(tmp_path / "empty"), tmp_path / "e.zip")
    assert (made.version, made.members, made.records) == (None, 0, 0)
    assert restoring.restore(tmp_path / "e.zip", Home(tmp_path / "again")).version is None


def test_a_broken_chain_is_backed_up_as_it_is_and_told(home: Home, tmp_path: Path) -> None:
    opening.let_go()
    (home.records / "anchor").write_text((home.records / "anchor").read_text(encoding="utf-8").replace('"count": ', '"count": 9'), encoding="utf-8")
    made = backup.make(home, tmp_path / "t.zip")
    assert any("are gone" in str(said) for said in made.told)
    assert not decisions.verify(brought_back(tmp_path / "t.zip", tmp_path / "again")).is_sound


def test_a_disk_that_refuses_the_backup_is_told_and_leaves_nothing(home: Home, tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("", encoding="utf-8")
    with pytest.raises(GranaryError) as told:
        backup.make(home, tmp_path / "in the way" / "a.zip")
    assert isinstance(told.value, NotKept)
    assert "no backup was made" in str(told.value)
    assert not list(tmp_path.glob(".*part*"))
