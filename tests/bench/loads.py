"""Loading against the database's bare reading of the same file."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from engine.settings import DEFAULTS
from engine.store import build, layers, merging, sources
from engine.store.contracts import catalogue
from engine.store.home import Home
from engine.store.intake.files import read_source
from engine.store.intake.reading import Options
from tests.bench import company
from tests.bench.measures import alternately, children, seconds
from tests.bench.table import Line


def bare(folder: Path, file: Path) -> Callable[[], object]:
    """The database reads the file into a table of a file of its own, its types guessed; no check of anything."""
    reader = "read_parquet" if file.suffix == ".parquet" else "read_csv"

    def act() -> None:
        target = folder / "bare.duckdb"
        target.unlink(missing_ok=True)
        with duckdb.connect(str(target)) as con:
            con.execute(f"create table sales as select * from {reader}('{file}')")

    return act


def strict(folder: Path, file: Path) -> Callable[[], object]:
    """The same file through the whole intake: every row accounted for, typed, keys and references checked, in its input table."""
    home = Home(folder / "home")
    home.work.mkdir(parents=True, exist_ok=True)
    digest, kept = sources.keep(home, file)
    source = sources.Source(file.name, digest, str(kept), Options())
    contracts = catalogue()

    def act() -> None:
        target = folder / "strict.duckdb"
        target.unlink(missing_ok=True)
        config = {"memory_limit": f"{DEFAULTS['build_memory_mb']}MB", "preserve_insertion_order": "false", "temp_directory": str(folder / "spill")}
        with duckdb.connect(str(target), config=config) as con:
            layers.make_input_tables(con, contracts)
            for name in ("products", "dealers", "locations"):
                columns = con.execute(f"describe select * from read_csv('{folder}/files/{name}.csv')").fetchall()
                listed = ", ".join(column[0] for column in columns)
                con.execute(f"insert into {name} ({listed}) select {listed} from read_csv('{folder}/files/{name}.csv')")
            for reading in read_source(con, home, source, 0, contracts, DEFAULTS, home.work):
                reading.check(con, contracts, DEFAULTS)
                reading.counted(con)
                merging.add_rows(con, contracts["sales"], reading.fitted, 1)
                reading.drop_work(con)

    return act


def text(folder: Path, rows: int, times: int = 2) -> list[Line]:
    """Strict intake of a CSV as a multiple of the bare read."""
    files = company.written(folder / "files", rows, suffix=".csv")
    plain, whole = alternately(bare(folder, files / "sales.csv"), strict(folder, files / "sales.csv"), times)
    how = f"{rows / 1e6:g} M rows: {whole:.1f} s against {plain:.1f} s for read_csv"
    return [Line("strict, checked intake of a CSV ÷ bare read_csv", whole / plain, "×", 4, 2, how)]


def published(folder: Path, rows: int) -> Home:
    """A home in which a company with so many sales rows is published, from Parquet."""
    return published_from(folder, company.written(folder / "files", rows))


def published_from(folder: Path, files: Path) -> Home:
    """A home in which these files are published."""
    home = Home(folder / "home")
    receipt = build.prepare(home, sources.plain_sources(home, [files], Options()))
    assert receipt.publishable, receipt.why_not()
    build.publish(home, receipt.token)
    return home


def parquet(folder: Path, rows: int) -> tuple[list[Line], Home]:
    """Parquet to a published version as a multiple of the bare copy, and the memory that it took."""
    files = company.written(folder / "files", rows)
    plain = seconds(bare(folder, files / "sales.parquet"))
    (folder / "bare.duckdb").unlink()
    with children() as memory:
        whole = seconds(lambda: published_from(folder, files))
    how = f"{rows / 1e6:g} M rows: {whole:.1f} s against {plain:.1f} s for the copy"
    return [
        Line("Parquet to a published version ÷ bare copy", whole / plain, "×", 6, 3, how),
        Line("  its peak memory", memory.peak_mb / 1000, "GB", 3, None, "resident, the building processes together"),
    ], Home(folder / "home")
