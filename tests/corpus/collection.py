"""All polluted files: the thirteen families, and as many more by chance as are asked for."""

from collections.abc import Iterator
from types import ModuleType

from tests.corpus import (
    in_01_structure,
    in_02_dialects,
    in_03_encodings,
    in_04_numbers,
    in_05_dates,
    in_06_shape,
    in_07_rules,
    in_08_workbooks,
    in_09_sizes,
    in_10_parquet,
    in_11_names,
    in_12_injection,
    in_13_exports,
)
from tests.corpus.cases import Case

FAMILIES: dict[str, ModuleType] = {
    module.FAMILY: module
    for module in (
        in_01_structure,
        in_02_dialects,
        in_03_encodings,
        in_04_numbers,
        in_05_dates,
        in_06_shape,
        in_07_rules,
        in_08_workbooks,
        in_09_sizes,
        in_10_parquet,
        in_11_names,
        in_12_injection,
        in_13_exports,
    )
}


def cases(family: str) -> list[Case]:
    """The cases of a family; their names are unique."""
    found = list(FAMILIES[family].cases())
    assert len({case.name for case in found}) == len(found), f"two cases of {family} bear one name"
    return found


def by_chance(count: int, seed: int) -> Iterator[Case]:
    """`count` further files over the families that are made by chance."""
    share = {in_01_structure: 6, in_04_numbers: 2, in_05_dates: 1, in_10_parquet: 1}
    for module, tenths in share.items():
        yield from module.by_chance(count * tenths // 10, seed)
