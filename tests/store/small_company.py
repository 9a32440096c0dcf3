"""A company of three products and two dealers, as CSV files, for tests of loading and publishing."""

import shutil
from pathlib import Path

import pytest

from engine.answers import loading
from engine.store.home import Home
from tests.once import once

PRODUCTS = """sku,product_name,sphere,product_group,line_id,unit_cost,list_price
A1,Apple brandy,Spirits,Brandy,L1,10,20
A2,Pear brandy,Spirits,Brandy,L1,12,24
B1,Plum wine,Wine,Fruit,L2,5,9
"""
DEALERS = """dealer_id,dealer_name,region
D1,North Trading,North
D2,South Trading,South
"""
SALES = """shipped_on,dealer_id,sku,qty,net_value,cost_value,invoice_id,line_no
2025-09-03,D1,A1,10,200,100,I1,1
2025-09-03,D1,B1,4,36,20,I1,2
2025-10-02,D2,A2,5,120,60,I2,1
2025-10-20,D1,A1,3,60,30,I3,1
2025-10-21,D2,B1,-1,-9,-5,I4,1
"""
STOCK = """counted_on,location_id,item_id,on_hand_qty,unit_cost
2025-09-30,P1,A1,40,10
2025-09-30,P1,A2,20,12
2025-10-31,P1,A1,30,10
2025-10-31,P1,A2,25,12
2025-10-31,P1,B1,8,5
"""
FILES = {"products.csv": PRODUCTS, "dealers.csv": DEALERS, "sales.csv": SALES, "stock.csv": STOCK}


def written(folder: Path, **changed: str) -> Path:
    """The company's files in a folder; `changed` replaces or adds files by stem. Returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (FILES | {f"{stem}.csv": text for stem, text in changed.items()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def served(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Home:
    """A home of its own in `folder` that serves the company as version 1, its files beside it in `files`: loaded once in a run, and copied."""

    def load(made: Path) -> None:
        prepared = loading.prepare(Home(made / "home"), [written(made / "files")])
        loading.publish(Home(made / "home"), prepared)

    shutil.copytree(once(tmp_path_factory, "small-company", load), folder, dirs_exist_ok=True)
    return Home(folder / "home")
