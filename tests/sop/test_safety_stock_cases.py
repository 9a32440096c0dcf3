"""Safety stock as the supply plan uses it: the textbooks' cases (Chopra and Meindl, ch. 11; Heizer and Render)."""

import numpy as np
import pytest

from engine import safety_stock as kept


def test_safety_stock_of_a_reorder_point_of_6000():
    spread = kept.lead_time_deviation(2500, 500, 2)
    stock = 6000 - 2500 * 2
    factor = stock / spread
    assert stock == 1000
    assert float(spread) == pytest.approx(707.1, abs=0.05)
    assert float(kept.special.ndtr(factor)) == pytest.approx(0.9214, abs=5e-5)
    short = float(spread * kept.loss(factor))
    assert short == pytest.approx(25.13, abs=0.005)
    assert 1 - short / 10_000 == pytest.approx(0.9975, abs=5e-5)


def test_safety_stock_for_cycles_is_906_and_for_fill_rate_67():
    spread = kept.lead_time_deviation(2500, 500, 2)
    assert float(kept.by_cycle_service(0.90, 5000, spread).stock) == pytest.approx(906, abs=0.5)
    assert float(kept.by_fill_rate(0.975, 5000, spread, 10_000).stock) == pytest.approx(66.7, abs=0.05)


def test_safety_stock_falls_with_the_deviation_of_the_lead_time():
    deviations = np.arange(7.0, -1, -1)
    spread = kept.lead_time_deviation(2500, 500, 7, deviations)
    assert float(spread[0]) == pytest.approx(17_550, abs=1)
    stock = kept.by_cycle_service(0.90, 0.0, spread).stock
    assert stock == pytest.approx([22_491, 19_298, 16_109, 12_927, 9_760, 6_628, 3_625, 1_695], abs=1)


def test_safety_stock_of_four_regions_is_halved_by_pooling():
    one = float(kept.by_cycle_service(0.90, 0.0, kept.lead_time_deviation(25, 5, 2)).stock)
    pooled = float(kept.by_cycle_service(0.90, 0.0, kept.lead_time_deviation(100, 10, 2)).stock)
    assert 4 * one == pytest.approx(36.25, abs=0.005)
    assert pooled == pytest.approx(18.12, abs=0.005)


def test_safety_stock_of_hospital_kits_is_16_5():
    assert pytest.approx(16.5) == 1.65 * 10
    assert pytest.approx(366.5) == 350 + 1.65 * 10
    assert float(kept.by_cycle_service(float(kept.special.ndtr(1.65)), 350, 10.0).reorder) == pytest.approx(366.5)


def test_safety_stock_of_daily_demand_is_9_05():
    spread = kept.lead_time_deviation(15, 5, 2)
    assert float(kept.by_cycle_service(float(kept.special.ndtr(1.28)), 30, spread).stock) == pytest.approx(9.05, abs=0.005)
