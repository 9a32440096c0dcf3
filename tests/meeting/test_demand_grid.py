"""The grid of the demand step: what is typed, what it would do, what two people do at once, and the workbook that comes back from Excel."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from engine.answers import ANSWERS
from engine.answers.meeting import cycles, demand_file, demand_grid, standing
from engine.answers.meeting.demand_grid import Typed
from engine.documents.demand_book import demand_book
from engine.errors import BadUse, Impossible, NotAllowed, Refused
from engine.language import say
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.sop.cycle import STEPS
from engine.store.home import RECORDS_VARIABLE, Home
from engine.store.records import opening
from engine.store.warehouse import Warehouse, open_warehouse
from tests.small_warehouse import published
from tests.sop.test_plan_answers import AHEAD, BOUGHT, MADE, whole

MONTH = AHEAD[0]
LI, WANG = Scope(who="Li"), Scope(who="Wang")
PLANNED = 110.0


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return published(tmp_path_factory.mktemp("company") / "home", whole())


@pytest.fixture
def home(data: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The company's data under a home with records of its own, its cycle open and the report signed."""
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    place = Home(tmp_path / "home")
    place.path.mkdir()
    (place.path / "warehouse").symlink_to(data.home.path / "warehouse")
    cycles.open_cycle(str(place.path), MONTH, dict.fromkeys(STEPS, "Li"), {}, [], LI, 1)
    sign(str(place.path), "report")
    yield str(place.path)
    opening.let_go()


def sign(home: str, name: str) -> None:
    step = next(step for step in cycles.steps(home, MONTH, {}, {}) if step.name == name)
    cycles.sign(home, MONTH, step, "", LI, 1)


def grid(home: str, family: str = MADE, layer: str = "sales", who: Scope = LI) -> demand_grid.Sheet:
    return demand_grid.sheet(home, who, family, layer)


def type_in(home: str, who: Scope, month: date, cell: Typed, family: str = MADE) -> None:
    demand_grid.keep_typed(home, who, MONTH, family, "sales", {**demand_grid.typed(home, who, MONTH, family, "sales"), month: cell})


def explained(value: float | None, kind: str = "set", seen: int = 0) -> Typed:
    return Typed(value, kind, "promotion", "a large one", seen)


def plan(home: str):
    return ANSWERS["demand_plan"](open_warehouse(Home(Path(home))), Selection(), EVERYTHING)


def demand(home: str, month: date, family: str = MADE) -> float:
    return plan(home).frame.filter(family=family, month=month)["demand_qty"][0]


def test_the_grid_shows_what_a_month_is_made_of(home):
    line = grid(home).line(AHEAD[0])
    assert (line.large_qty, line.small_qty, line.seen, line.standing) == (20.0, 5.0, 0, None)
    assert line.before_qty == line.demand_qty == line.small_qty + line.large_qty + line.deal_qty + line.rest_qty
    assert grid(home).price == pytest.approx(10.0)


def test_a_family_that_the_plan_does_not_have_is_refused_by_name(home):
    with pytest.raises(Impossible, match="Beer"):
        grid(home, "Beer")


def test_what_is_typed_survives_and_says_its_effect_in_pieces_and_money(home):
    before = grid(home).line(AHEAD[3]).demand_qty
    type_in(home, LI, AHEAD[3], explained(before + 30))
    found = demand_grid.trial(home, grid(home), demand_grid.typed(home, LI, MONTH, MADE, "sales"))
    assert [(each.month, each.effect_qty, each.effect_value, each.lacks, each.fault) for each in found] == [(AHEAD[3], 30.0, pytest.approx(300.0), False, None)]
    assert demand(home, AHEAD[3]) == before
    demand_grid.save(home, LI, grid(home))
    assert demand(home, AHEAD[3]) == before + 30
    assert demand_grid.typed(home, LI, MONTH, MADE, "sales") == {}


def test_a_large_change_without_reason_and_words_is_refused_and_nothing_is_kept(home):
    type_in(home, LI, AHEAD[2], Typed(999.0))
    type_in(home, LI, AHEAD[3], explained(120.0))
    assert [each.lacks for each in demand_grid.trial(home, grid(home), demand_grid.typed(home, LI, MONTH, MADE, "sales"))] == [True, False]
    with pytest.raises(Impossible, match="needs a reason"):
        demand_grid.save(home, LI, grid(home))
    assert plan(home).extra["overrides"].is_empty()
    assert len(demand_grid.typed(home, LI, MONTH, MADE, "sales")) == 2


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (explained(-5.0), "below zero"),
        (explained(-9999.0, "add"), "Take off less"),
        (explained(-1.5, "share"), "Take off less"),
        (explained(float("nan")), "no number"),
    ],
)
def test_a_change_that_makes_demand_negative_or_is_no_number_is_refused_before_it_is_kept(home, cell, said):
    type_in(home, LI, AHEAD[3], explained(120.0))
    cells = {**demand_grid.typed(home, LI, MONTH, MADE, "sales"), AHEAD[4]: cell}
    found = demand_grid.trial(home, grid(home), cells)
    assert said in say(found[1].fault, "en")
    with pytest.raises(Impossible, match=said):
        demand_grid.save(home, LI, grid(home), cells)
    assert plan(home).extra["overrides"].is_empty()


def test_a_later_layer_that_would_fall_below_zero_is_said_to_who_changes_the_earlier_one(home):
    demand_grid.put(home, WANG, MONTH, [(MADE, AHEAD[5], "consensus", explained(-100.0, "add"))])
    found = demand_grid.trial(home, grid(home), {AHEAD[5]: explained(50.0)})
    assert "Take off less" in say(found[0].fault, "en")


def test_per_cent_are_typed_as_per_cent(home):
    line = grid(home).line(AHEAD[4])
    cell = demand_grid.edited(line, "share", None, {"new": 10, "reason": "event", "words": "festival"})
    assert (cell.value, cell.reason, cell.text) == (pytest.approx(0.1), "event", "festival")
    demand_grid.put(home, LI, MONTH, [(MADE, AHEAD[4], "sales", cell)])
    assert demand(home, AHEAD[4]) == pytest.approx(1.1 * line.demand_qty)


def test_an_emptied_cell_takes_a_change_back_and_an_emptied_draft_leaves_nothing(home):
    line = grid(home).line(AHEAD[4])
    assert demand_grid.edited(line, "set", explained(5.0), {"new": None}) is None
    demand_grid.put(home, LI, MONTH, [(MADE, AHEAD[4], "sales", explained(150.0))])
    now = grid(home).line(AHEAD[4])
    cell = demand_grid.edited(now, "set", None, {"new": None})
    assert cell.value is None
    demand_grid.put(home, LI, MONTH, [(MADE, AHEAD[4], "sales", cell)])
    assert demand(home, AHEAD[4]) == line.demand_qty
    with pytest.raises(BadUse, match="no change to take back"):
        demand_grid.withdraw(home, LI, grid(home), AHEAD[4])


def test_two_people_who_change_the_same_cell_see_both_figures_and_none_is_lost(home):
    type_in(home, LI, AHEAD[6], explained(150.0))
    type_in(home, LI, AHEAD[7], explained(160.0))
    demand_grid.put(home, WANG, MONTH, [(MADE, AHEAD[6], "sales", explained(140.0))])
    late, free = demand_grid.trial(home, grid(home), demand_grid.typed(home, LI, MONTH, MADE, "sales"))
    assert (late.is_late, late.theirs.value, late.theirs.author, free.is_late) == (True, 140.0, "Wang", False)
    saved = demand_grid.save(home, LI, grid(home))
    assert [cell.month for cell in saved.kept] == [AHEAD[7]]
    assert [(conflict.mine.value, conflict.theirs, conflict.who) for conflict in saved.conflicts] == [(150.0, 140.0, "Wang")]
    assert demand(home, AHEAD[6]) == 140.0
    assert set(demand_grid.typed(home, LI, MONTH, MADE, "sales")) == {AHEAD[6]}
    demand_grid.take_mine(home, LI, grid(home), AHEAD[6])
    assert demand_grid.save(home, LI, grid(home)).conflicts == ()
    assert demand(home, AHEAD[6]) == 150.0


def test_who_leaves_theirs_forgets_what_was_typed(home):
    type_in(home, LI, AHEAD[6], explained(150.0))
    demand_grid.put(home, WANG, MONTH, [(MADE, AHEAD[6], "sales", explained(140.0))])
    demand_grid.save(home, LI, grid(home))
    demand_grid.keep_theirs(home, LI, MONTH, MADE, "sales", AHEAD[6])
    assert demand_grid.typed(home, LI, MONTH, MADE, "sales") == {}
    assert demand(home, AHEAD[6]) == 140.0


def test_somebody_who_took_a_cell_back_meanwhile_is_a_conflict_too(home):
    demand_grid.put(home, WANG, MONTH, [(MADE, AHEAD[6], "sales", explained(140.0))])
    seen = grid(home).line(AHEAD[6]).seen
    type_in(home, LI, AHEAD[6], explained(150.0, seen=seen))
    demand_grid.withdraw(home, WANG, grid(home), AHEAD[6])
    (late,) = demand_grid.trial(home, grid(home), demand_grid.typed(home, LI, MONTH, MADE, "sales"))
    assert (late.is_late, late.theirs) == (True, None)
    assert demand_grid.save(home, LI, grid(home)).conflicts[0].theirs is None


def test_undo_puts_back_what_stood_before_until_the_step_is_signed(home):
    demand_grid.put(home, LI, MONTH, [(MADE, AHEAD[8], "sales", explained(150.0))])
    demand_grid.put(home, WANG, MONTH, [(MADE, AHEAD[8], "sales", explained(170.0, seen=grid(home).line(AHEAD[8]).seen))])
    subject = plan(home).extra["overrides"]["override_id"][0]
    assert demand_grid.words_of(home, [subject]) == {subject: "a large one"}
    demand_grid.undo(home, LI, MONTH, subject)
    assert demand(home, AHEAD[8]) == 150.0
    sign(home, "demand")
    with pytest.raises(Impossible, match="closed"):
        demand_grid.undo(home, LI, MONTH, subject)


def test_a_signed_step_takes_no_change_and_says_who_signed_it(home):
    sign(home, "demand")
    assert "Li" in say(grid(home).closed, "en")
    type_in(home, LI, AHEAD[3], explained(120.0))
    with pytest.raises(Impossible, match="signed by Li"):
        demand_grid.save(home, LI, grid(home))


def test_nobody_changes_the_plan_without_a_name_or_without_seeing_all_of_it(home):
    with pytest.raises(NotAllowed, match="who you are"):
        demand_grid.put(home, EVERYTHING, MONTH, [(MADE, AHEAD[3], "sales", explained(120.0))])
    manager = Scope(who="Zhao", regions=frozenset({"North"}), roles=frozenset({"sales_manager"}))
    with pytest.raises(NotAllowed):
        demand_grid.sheet(home, manager, MADE, "sales")


def test_who_does_not_see_sales_in_money_sees_no_effect_in_money(home):
    maker = Scope(who="Zhou", roles=frozenset({"production"}), hidden=frozenset({"sales_value"}))
    found = demand_grid.sheet(home, maker, MADE, "sales")
    (each,) = demand_grid.trial(home, found, {AHEAD[3]: explained(130.0)})
    assert (found.price, each.effect_value) == (None, None)
    assert each.effect_qty is not None


def test_a_plan_below_its_contracts_is_kept_and_told_everywhere(home):
    demand_grid.put(home, LI, MONTH, [(MADE, AHEAD[0], "sales", explained(5.0))])
    answer = plan(home)
    assert answer.extra["below_contracts"].select("family", "short_qty").rows() == [(MADE, 20.0)]
    assert "below its contracts" in say(answer.headline, "en")
    step, _ = standing.signing(open_warehouse(Home(Path(home))), LI, MONTH, "demand")
    (check,) = [check for check in step.checks if check.name == "contracts"]
    assert (check.is_done, check.is_needed) == (False, False)
    review = ANSWERS["demand_review"](open_warehouse(Home(Path(home))), Selection(), EVERYTHING)
    assert review.frame.row(0, named=True)["below_contracts_qty"] == 20.0


# ── the workbook ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def taken_out(home: str, language: str = "en") -> bytes:
    out = demand_file.going_out(home, LI, "sales")
    return demand_book(out, language, "CNY", who="Li", made_at=datetime(2025, 11, 5, tzinfo=UTC))


def changed(content: bytes, *cells: tuple[str, object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, value in cells:
        book.worksheets[0][place] = value
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def come_back(home: str, content: bytes) -> demand_file.Returned:
    """Without the child that reads workbooks, which takes a second: it is asked in two of the tests."""
    return demand_file.understood(home, LI, "grid.xlsx", as_texts(content))


def as_texts(content: bytes) -> dict[str, list[list[str]]]:
    """Sheets as the reader gives them."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {sheet.title: [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def read_back(home: str, content: bytes) -> demand_file.Returned:
    return demand_file.come_back(home, LI, "grid.xlsx", io.BytesIO(content))


def row_of(home: str, family: str, month: date) -> int:
    rows = demand_file.going_out(home, LI, "sales").rows
    return next(number for number, row in enumerate(rows, start=2) if (row.family, row.month) == (family, month))


@pytest.mark.parametrize("language", ["en", "zh", "ru"])
def test_an_untouched_grid_comes_back_without_a_difference(home, language):
    demand_grid.put(home, LI, MONTH, [(MADE, AHEAD[1], "sales", explained(150.0))])
    found = come_back(home, taken_out(home, language))
    assert (found.month, found.layer, found.differences, found.faults) == (MONTH, "sales", (), ())
    with pytest.raises(BadUse, match="Nothing was changed"):
        demand_file.keep(home, LI, found)


def test_only_open_cells_can_be_written_and_what_went_out_is_hidden(home):
    book = openpyxl.load_workbook(io.BytesIO(taken_out(home)))
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    assert [cell.column_letter for cell in sheet[2] if not cell.protection.locked] == ["H", "I", "J"]
    assert book["granary"].sheet_state == "veryHidden"


def test_what_was_changed_in_excel_is_shown_cell_by_cell_and_kept_after_a_look(home):
    number = row_of(home, MADE, AHEAD[3])
    found = read_back(home, changed(taken_out(home, "zh"), (f"H{number}", 140), (f"I{number}", "促销"), (f"J{number}", "two bottles")))
    assert found.faults == ()
    assert [(each.month, each.column, each.before, each.after) for each in found.differences] == [
        (AHEAD[3], "new_qty", None, 140.0), (AHEAD[3], "reason", "", "promotion"), (AHEAD[3], "words", "", "two bottles"),
    ]  # fmt: skip
    assert plan(home).extra["overrides"].is_empty()
    assert len(demand_file.keep(home, LI, found).kept) == 1
    assert demand(home, AHEAD[3]) == 140.0


def test_an_emptied_quantity_takes_the_change_back(home):
    before = demand(home, AHEAD[3])
    demand_grid.put(home, LI, MONTH, [(MADE, AHEAD[3], "sales", explained(150.0))])
    demand_file.keep(home, LI, come_back(home, changed(taken_out(home), (f"H{row_of(home, MADE, AHEAD[3])}", None))))
    assert demand(home, AHEAD[3]) == before


def test_who_was_faster_than_the_file_keeps_the_cell(home):
    number = row_of(home, MADE, AHEAD[3])
    content = changed(taken_out(home), (f"H{number}", 140), (f"I{number}", "promotion"), (f"J{number}", "x"))
    demand_grid.put(home, WANG, MONTH, [(MADE, AHEAD[3], "sales", explained(130.0))])
    saved_now = demand_file.keep(home, LI, come_back(home, content))
    assert (saved_now.kept, saved_now.conflicts[0].theirs, demand(home, AHEAD[3])) == ((), 130.0, 130.0)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("H", "many", "“many” is no number"),
        ("H", "1,234", "is no number"),
        ("H", -5, "below zero"),
        ("I", "because", "no reason of the list"),
        ("H", 5000, "needs a reason"),
        ("G", 1, "locked cell was changed"),
        ("B", "Other", "locked cell was changed"),
        ("K", 7, "locked cell was changed"),
        ("A", "Beer", "was not in the file"),
    ],
)
def test_a_strange_value_or_a_changed_locked_cell_is_refused_in_a_sentence(home, column, value, said):
    number = row_of(home, MADE, AHEAD[3])
    cells = [(f"{column}{number}", value)]
    if column == "I":
        cells.append((f"H{number}", 140))
    found = come_back(home, changed(taken_out(home), *cells))
    assert any(said in say(fault, "en") for fault in found.faults), [say(fault, "en") for fault in found.faults]
    with pytest.raises(Impossible):
        demand_file.keep(home, LI, found)
    assert plan(home).extra["overrides"].is_empty()


def test_deleted_doubled_and_added_rows_are_refused_and_sorted_ones_are_not(home):
    content = taken_out(home)

    def with_rows(change) -> demand_file.Returned:
        book = openpyxl.load_workbook(io.BytesIO(content))
        change(book.worksheets[0])
        return come_back(home, saved(book))

    assert "1 row is missing" in say(with_rows(lambda sheet: sheet.delete_rows(3)).faults[0], "en")
    assert any("stands there twice" in say(fault, "en") for fault in with_rows(lambda sheet: sheet.append([cell.value for cell in sheet[2]])).faults)

    def swapped(sheet) -> None:
        first, second = ([cell.value for cell in sheet[number]] for number in (2, 3))
        for place, (one, other) in enumerate(zip(first, second, strict=True), start=1):
            sheet.cell(2, place).value, sheet.cell(3, place).value = other, one

    assert with_rows(swapped).faults == ()


def test_a_workbook_of_another_kind_cycle_or_no_workbook_is_refused_whole(home):
    with pytest.raises(Refused, match="no demand grid"):
        come_back(home, saved(openpyxl.Workbook()))
    book = openpyxl.load_workbook(io.BytesIO(taken_out(home)))
    book["granary"]["B1"] = "2025-08"
    with pytest.raises(Refused, match="of the cycle of"):
        come_back(home, saved(book))
    assert "damaged" in say(demand_file.unpacked(home, LI, "x.xlsx", io.BytesIO(b"PK no workbook at all")), "en")
    assert "no demand grid" in say(demand_file.looked_at(home, LI, "x.xlsx", {}), "en")


def test_a_file_of_a_step_that_was_signed_meanwhile_is_not_kept(home):
    number = row_of(home, MADE, AHEAD[3])
    found = come_back(home, changed(taken_out(home), (f"H{number}", 140), (f"I{number}", "promotion"), (f"J{number}", "x")))
    sign(home, "demand")
    with pytest.raises(Impossible, match="closed"):
        demand_file.keep(home, LI, found)


def test_both_families_of_the_plan_are_in_the_file(home):
    assert {row.family for row in demand_file.going_out(home, LI, "sales").rows} == {MADE, BOUGHT}
    with pytest.raises(Impossible):
        demand_file.going_out(home, LI, "nobody")
