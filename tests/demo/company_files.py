"""The demo company as files: read back with the types of the contracts."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from engine.store.contracts import Contract, catalogue

AS_OF = date(2025, 10, 31)
TYPES = {"VARCHAR": pl.String, "DOUBLE": pl.Float64, "DATE": pl.Date, "BOOLEAN": pl.Boolean, "INTEGER": pl.Int64, "TIMESTAMP": pl.Datetime("us")}


@dataclass(frozen=True)
class Company:
    """The tables of a seed and the record of what was planted."""

    folder: Path
    tables: dict[str, pl.DataFrame]
    plants: dict

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.tables[name]

    @property
    def own(self) -> pl.DataFrame:
        """Own stock on the last day, row by row, with its value."""
        places = self["locations"].filter(pl.col("kind").is_in(["plant", "branch"]))["location_id"].to_list()
        rows = self["stock"].filter(pl.col("location_id").is_in(places), pl.col("counted_on") == AS_OF)
        return rows.with_columns(value=pl.col("on_hand_qty") * pl.col("unit_cost"))


def read(path: Path, contract: Contract) -> pl.DataFrame:
    """A file with the types of its contract; a value that does not fit fails the test."""
    types = {column.name: TYPES[column.type] for column in contract.columns}
    if path.suffix == ".parquet":
        table = pl.read_parquet(path)
        return table.select(pl.col(name).cast(types[name]) for name in table.columns)
    heads = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    return pl.read_csv(path, schema={name: types[name] for name in heads})


def read_back(folder: Path) -> Company:
    """The company whose files lie in a folder."""
    tables = {path.stem: read(path, catalogue()[path.stem]) for path in sorted(folder.iterdir())}
    return Company(folder, tables, json.loads((folder.parent / "plants.json").read_text(encoding="utf-8")))
