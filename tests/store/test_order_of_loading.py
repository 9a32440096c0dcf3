"""Files in any order, and what the receipt says of it: rows that point to nothing, places of dealers, what was replaced, which days moved."""

from pathlib import Path

import pytest

from engine.answers import loading
from engine.messages import Message
from engine.store import audits
from engine.store.home import SQL, Home
from tests.store.small_company import DEALERS, PRODUCTS, SALES, STOCK
from tests.store.test_loading import by_file, load, net_sales, rows

UNKNOWN_SALE = "2025-10-22,D2,Z9,6,120,60,I5,1\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def written(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def told(file: dict, rule: str) -> list[str]:
    return [str(Message.from_json(one["said"])) for one in file["told"] if one["rule"] == rule]


def account_closes(file: dict) -> bool:
    return file["read"] == file["loaded"] + file["rejected"] + file["set_aside"]


def test_a_list_of_products_that_comes_last_rejects_what_it_would_have_rejected_first(home: Home, tmp_path: Path) -> None:
    load(home, written(tmp_path, "sales.csv", SALES + UNKNOWN_SALE))
    load(home, written(tmp_path, "stock.csv", STOCK + "2025-10-31,P1,Z8,7,5\n"))
    done = load(home, written(tmp_path, "products.csv", PRODUCTS))
    assert done.receipt.publishable
    files = by_file(done)
    for name, value in (("sales.csv", "Z9"), ("stock.csv", "Z8")):
        assert account_closes(files[name])
        assert [(reject["line"], reject["value"]) for reject in files[name]["rejects"]] == [(7, value)]
        assert "1 row more is rejected" in told(files[name], "references_again")[0]
    assert net_sales(home) == 407


def test_rows_of_a_file_that_was_replaced_in_part_are_rejected_too(home: Home, tmp_path: Path) -> None:
    """Such a file is not read again, as the rows that were replaced would come back."""
    header = SALES.splitlines()[0]
    load(home, written(tmp_path, "sales.csv", SALES + UNKNOWN_SALE))
    load(home, written(tmp_path, "more.csv", f"{header}\n2025-10-02,D2,A2,6,144,72,I2,1\n"), replace_overlap=True)
    files = by_file(load(home, written(tmp_path, "products.csv", PRODUCTS)))
    assert (files["sales.csv"]["read"], files["sales.csv"]["loaded"], files["sales.csv"]["rejected"]) == (6, 5, 1)
    assert [(reject["line"], reject["column"], reject["value"]) for reject in files["sales.csv"]["rejects"]] == [(7, "sku", "Z9")]
    assert "unknown in products" in str(Message.from_json(files["sales.csv"]["rejects"][0]["reason"]))
    assert net_sales(home) == 407 + 24
    assert {table["table_name"]: table["row_count"] for table in loading.status(home)["tables"]}["sales"] == 5


def test_what_points_to_a_row_that_is_rejected_now_is_rejected_with_it(home: Home, tmp_path: Path) -> None:
    header, first, *others = PRODUCTS.splitlines()
    special = "\n".join([f"{header},made_for_dealer_id", f"{first},D9", *(f"{line}," for line in others)]) + "\n"
    load(home, written(tmp_path, "products.csv", special), written(tmp_path, "stock.csv", STOCK))
    done = load(home, written(tmp_path, "dealers.csv", DEALERS))
    assert done.receipt.publishable
    assert set(rows(home, "products")["sku"]) == {"A2", "B1"}
    files = by_file(done)
    assert (files["stock.csv"]["loaded"], files["stock.csv"]["rejected"]) == (3, 2)
    assert all(account_closes(files[name]) for name in ("products.csv", "stock.csv"))


def test_names_of_dealers_that_came_first_are_read_as_codes_once_the_dealers_come(home: Home, tmp_path: Path) -> None:
    load(home, written(tmp_path, "sales.csv", SALES.replace(",D1,", ",North Trading,").replace(",D2,", ",South Trading,")))
    files = by_file(load(home, written(tmp_path, "dealers.csv", DEALERS)))
    assert (files["sales.csv"]["loaded"], files["sales.csv"]["repaired"], files["sales.csv"]["rejected"]) == (5, 5, 0)
    assert set(rows(home, "sales")["dealer_id"]) == {"D1", "D2"}


def test_an_audit_that_stops_a_publication_names_rows_and_a_way_out(home: Home, tmp_path: Path) -> None:
    errors = [path.stem for path in (SQL / "checks").glob("*.sql") if "-- severity: error" in path.read_text(encoding="utf-8")]
    assert set(errors) == set(audits.WAYS_OUT)
    found = {
        "name": "sales_of_unknown_articles", "severity": "error", "row_count": 1, "said": '["A sale names an article.", [], null]',
        "examples": ["009999 (sales.csv:2)"], "way_out": audits.WAYS_OUT["sales_of_unknown_articles"].to_json(),
    }  # fmt: skip
    assert "For example: 009999 (sales.csv:2). Load a list of products" in str(audits.stopped_by(found))


def test_the_rows_that_an_audit_names_have_file_and_line(home: Home, tmp_path: Path) -> None:
    import duckdb

    from engine.store import versions

    load(home, written(tmp_path, "sales.csv", SALES), written(tmp_path, "products.csv", PRODUCTS))
    served = duckdb.connect(str(versions.file_of(home, 1)))
    served.execute("delete from marts.items where item_id = 'A2'")
    found = {audit["name"]: audit for audit in audits.run_audits(served)}
    served.close()
    assert found["sales_of_unknown_articles"]["examples"] == ["A2 (sales.csv:4)"]


def test_places_with_the_code_or_the_name_of_a_dealer_are_told_whichever_file_comes_first(home: Home, tmp_path: Path) -> None:
    stock = STOCK.replace("2025-10-31,P1,A1", "2025-10-31,D1,A1").replace("2025-10-31,P1,A2", "2025-10-31,South Trading,A2")
    load(home, written(tmp_path, "products.csv", PRODUCTS), written(tmp_path, "stock.csv", stock))
    late = by_file(load(home, written(tmp_path, "dealers.csv", DEALERS)))
    assert "2 places bear the code or the name of a dealer" in told(late["dealers.csv"], "places_of_dealers")[0]
    assert "D1, South Trading (D2)" in told(late["dealers.csv"], "places_of_dealers")[0]
    other = Home(tmp_path / "other")
    first = by_file(load(other, tmp_path / "products.csv", tmp_path / "dealers.csv", tmp_path / "stock.csv"))
    assert len(told(first["stock.csv"], "places_of_dealers")) == 1
    assert told(first["dealers.csv"], "places_of_dealers") == []


def test_a_replacement_says_what_it_replaced_and_by_how_much(home: Home, tmp_path: Path) -> None:
    load(home, written(tmp_path, "sales.csv", SALES))
    header = SALES.splitlines()[0]
    kept = "2025-09-03,D1,A1,10,200,100,I1,1\n2025-09-03,D1,B1,4,36,20,I1,2\n"
    corrected = f"{header}\n{kept}2025-10-02,D2,A2,6,144,72,I2,1\n2025-10-20,D1,A1,2,40,20,I3,1\n2025-10-21,D2,A1,9,90,45,I9,1\n"
    file = by_file(load(home, written(tmp_path, "october.csv", corrected), replace_overlap=True))["october.csv"]
    assert file["overlap"]["rows"] == 5
    (one,) = file["replaced_files"]
    assert (one["file"], one["rows"], one["left_out"]) == ("sales.csv", 5, 1)
    assert (one["before"]["net_value"], one["after"]["net_value"]) == (407, 236 + 144 + 40)
    assert (one["before"]["qty"], one["after"]["qty"]) == (21, 14 + 6 + 2)
    assert "5 rows of “sales.csv” were replaced, 1 of them without a successor" in told(file, "replaced")[0]
    assert "net sales 407.0 → 420.0, quantity 21.0 → 22.0" in told(file, "replaced")[0]


def test_a_month_more_does_not_look_as_if_sales_were_lost(home: Home, tmp_path: Path) -> None:
    """The window is 90 days; both sides of what flows speak of the days of the new version."""
    header = SALES.splitlines()[0]
    load(home, written(tmp_path, "first.csv", f"{header}\n2025-01-10,D1,A1,90,9000,100,I1,1\n2025-03-31,D1,A1,10,1000,100,I2,1\n"))
    done = load(home, written(tmp_path, "april.csv", f"{header}\n2025-04-30,D1,A1,5,500,50,I3,1\n"))
    (move,) = [move for move in done.moves if move.kpi == "net_sales"]
    assert (move.before, move.after) == (1000, 1500)
    assert move.before_days == move.after_days
    assert str(move.after_days) == "2025-01-31 – 2025-04-30"
    assert done.window_moved is not None
    assert "2025-01-01" in str(done.window_moved)


def test_a_figure_of_one_day_names_that_day(home: Home, tmp_path: Path) -> None:
    load(home, written(tmp_path, "products.csv", PRODUCTS), written(tmp_path, "stock.csv", "\n".join(STOCK.splitlines()[:3]) + "\n"))
    done = load(home, written(tmp_path, "later.csv", STOCK.splitlines()[0] + "\n2025-10-31,P1,A1,30,10\n"))
    (move,) = [move for move in done.moves if move.kpi == "stock_value"]
    assert (str(move.before_days), str(move.after_days)) == ("2025-09-30", "2025-10-31")
    assert done.window_moved is None
