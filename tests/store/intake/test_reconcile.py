"""Totals rows against the sum of their rows."""

from tests.store.intake.fitting import fitted

SALES = ("shipped_on", "dealer_id", "sku", "qty", "net_value")


def totalled(*totals, rows=None):
    rows = rows or [["2025-01-01", "D1", "S1", "2", "1 000,50"], ["2025-01-02", "D1", "S1", "3", "2 000,25"], ["2025-01-03", "D1", "S1", "4", "10,00"]]
    return fitted(SALES, rows, totals=list(totals)).told


def test_totals_that_agree_are_told():
    told = totalled(("Итого", {"qty": "9", "net_value": "3 010,75"}, (2, 4)))
    assert "3010.75" in str(told["total"])
    assert "total_differs" not in told


def test_a_total_that_differs_is_told_with_both_sums():
    told = totalled(("Итого", {"net_value": "3 011,75"}, (2, 4)))
    assert "3011.75" in str(told["total_differs"])
    assert "3010.75" in str(told["total_differs"])


def test_subtotals_are_compared_with_their_own_rows():
    told = totalled(("小计", {"qty": "5"}, (2, 3)), ("小计", {"qty": "4"}, (4, 4)), ("合计", {"qty": "9"}, (2, 4)))
    assert told["total"].values[0] == ("n", 3)


def test_a_row_that_is_rejected_for_another_cell_counts_in_the_total():
    rows = [["2025-01-01", "D1", "S1", "2", "10"], ["nonsense", "D1", "S1", "3", "20"]]
    assert "total" in totalled(("Total", {"qty": "5"}, (2, 3)), rows=rows)


def test_a_total_that_cannot_be_read_is_passed_over():
    assert totalled(("Total", {"qty": "x"}, (2, 4))).keys() == totalled().keys()


def test_a_total_over_several_blocks_adds_up_all_of_them():
    told = totalled(("Итого D1", {"qty": "5"}, (2, 3)), ("Итого", {"qty": "9"}, (4, 4)))
    assert told["total"].values[0] == ("n", 2)
    assert "total_differs" not in told


def test_a_total_that_no_run_of_blocks_comes_to_still_differs():
    told = totalled(("Итого D1", {"qty": "5"}, (2, 3)), ("Итого", {"qty": "10"}, (4, 4)))
    assert "says 10.0, the rows add up to 4.0" in str(told["total_differs"])
