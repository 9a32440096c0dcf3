"""From foreign files to a figure and back, as a person does it: upload, receipt, publish, undo (done-when 5)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.store import versions
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from tests.pages.company import products, stock

CHINESE_SALES = "发货日期,经销商编码,商品编码,数量,金额\n" + "".join(f"2025-10-{day:02},2001,10001,{day},{day * 100}.50\n" for day in range(1, 29))
RUSSIAN_SALES = "Дата отгрузки;Код дилера;Артикул;Количество;Сумма\n" + "".join(f"{day:02}.11.2025;2002;10002;{day};1 {day:03},25\n" for day in range(13, 29))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Products and stock of the company in plain form; sales from two houses, in GB18030 and windows-1251."""

    def as_csv(rows: list[dict[str, object]]) -> str:
        return "\n".join([",".join(rows[0]), *(",".join(str(value).replace(",", " ") for value in row.values()) for row in rows)]) + "\n"

    texts = {
        "products.csv": (as_csv(products()), "utf-8"), "stock.csv": (as_csv(stock()), "utf-8"),
        "dealers.csv": ("dealer_id,dealer_name\n2001,甲\n2002,乙\n", "utf-8"),
        "销售出库.csv": (CHINESE_SALES, "gb18030"), "Продажи.csv": (RUSSIAN_SALES, "cp1251"),
    }  # fmt: skip
    paths = []
    for name, (content, encoding) in texts.items():
        paths.append(tmp_path / name)
        paths[-1].write_text(content, encoding=encoding)
    return paths


def net_sales(home: Home) -> float:
    return float(open_warehouse(home).input_rows("sales")["net_value"].sum())


def bring(page, paths: list[Path]) -> None:
    page.set_input_files("[data-testid=stFileUploaderDropzoneInput]", [str(path) for path in paths])
    page.wait_for_selector("[data-testid=stFileChip]")
    page.wait_for_timeout(1500)
    page.click(".st-key-look button")


def test_foreign_files_are_read_published_and_taken_back(home: Home, files: list[Path], serving: Callable, visit: Callable) -> None:
    base = serving(home)

    def shown_sales() -> str:
        """The tile of net sales on the first page, in a window of its own."""
        window = visit(base + "/?language=zh", "zh")
        window.wait_for_selector("[data-testid=stMetricValue]", timeout=60_000)
        return window.inner_text("[data-testid=stMetricValue] >> nth=0").strip()

    page = visit(base + "/load?language=zh", "zh")
    bring(page, files[:4])
    page.wait_for_selector(".st-key-publish button", timeout=90_000)
    page.wait_for_selector("[data-testid=stExpander]:has-text('销售出库.csv')")
    page.click(".st-key-publish button")
    page.wait_for_selector("[data-testid=stAlert]", timeout=30_000)
    assert versions.current(home) == 1
    chinese = sum(day * 100 + 0.5 for day in range(1, 29))
    assert net_sales(home) == pytest.approx(chinese)
    before = shown_sales()
    assert before == "¥4.1万"

    bring(page, files[4:])
    page.wait_for_selector(".st-key-publish button", timeout=90_000)
    page.click(".st-key-publish button")
    page.wait_for_timeout(500)
    page.wait_for_selector("[data-testid=stAlert]", timeout=30_000)
    assert versions.current(home) == 2
    assert net_sales(home) == pytest.approx(chinese + sum(1000 + day + 0.25 for day in range(13, 29)))
    assert shown_sales() == "¥5.7万"

    page.click(".st-key-undo button")
    page.wait_for_timeout(2500)
    assert versions.current(home) == 1
    assert net_sales(home) == pytest.approx(chinese)
    assert shown_sales() == before
    assert page.foreign == []
