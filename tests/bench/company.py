"""Files of any size to measure on: written by the database itself, so that making 50 million rows takes seconds."""

from pathlib import Path

import duckdb

DEALERS, SKUS = 60, 150

SALES = """
select
    date '2022-11-01' + cast(number % 1095 as integer) as shipped_on,
    'D' || lpad(cast(hash(number) % {dealers} as varchar), 4, '0') as dealer_id,
    'S' || lpad(cast(hash(number + 7) % {skus} as varchar), 5, '0') as sku,
    cast(1 + number % 24 as double) as qty,
    round((1 + number % 24) * (10 + number % 90) * 1.01, 2) as net_value,
    round((1 + number % 24) * (6 + number % 50) * 1.01, 2) as cost_value,
    'I' || cast(number // 5 as varchar) as invoice_id,
    cast(number % 5 as varchar) as line_no
from range({rows}) as numbers(number)
"""
STOCK = """
select
    cast(date '2022-11-30' + to_months(cast(month as integer)) as date) as counted_on,
    'P1' as location_id,
    'S' || lpad(cast(sku as varchar), 5, '0') as item_id,
    cast(100 + (sku * 7 + month * 13) % 900 as double) as on_hand_qty,
    6 + sku % 50 as unit_cost
from range(36) as months(month), range({skus}) as articles(sku)
"""
PRODUCTS = """
select
    'S' || lpad(cast(sku as varchar), 5, '0') as sku, 'Article ' || sku as product_name, 'Sphere ' || sku % 4 as sphere, 'Group ' || sku % 12 as product_group,
    'L' || sku % 40 as line_id, 6 + sku % 50 as unit_cost
from range({skus}) as articles(sku)
"""
DEALER_LIST = """
select 'D' || lpad(cast(number as varchar), 4, '0') as dealer_id, 'Dealer ' || number as dealer_name, 'Region ' || number % 6 as region
from range({dealers}) as numbers(number)
"""
PLACES = "select 'P1' as location_id, 'Plant' as location_name, 'plant' as kind, 'Region 1' as region"


def write(path: Path, select: str, **sizes: int) -> Path:
    """The rows of a SELECT as a CSV or Parquet file."""
    options = "format parquet" if path.suffix == ".parquet" else "format csv, header"
    text = select.format(**{"dealers": DEALERS, "skus": SKUS, **sizes})
    duckdb.connect().execute(f"copy ({text}) to '{path}' ({options})")
    return path


def written(folder: Path, rows: int, skus: int = SKUS, suffix: str = ".parquet") -> Path:
    """A company with so many sales rows, as a folder of files."""
    folder.mkdir(parents=True)
    write(folder / f"sales{suffix}", SALES, rows=rows, skus=skus)
    write(folder / f"stock{suffix}", STOCK, skus=skus)
    for name, select in (("products", PRODUCTS), ("dealers", DEALER_LIST), ("locations", PLACES)):
        write(folder / f"{name}.csv", select, skus=skus)
    return folder
