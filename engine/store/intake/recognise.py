"""Which table a file is, and which of its headings is which column.

Headings decide; the name of file and sheet only breaks a tie, because exports are all called `sales.xlsx`. What two columns or
two tables claim with equal right is asked, never guessed.
"""

import difflib
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import BadUse, NeedsAnswer, Refused
from engine.messages import Message, message
from engine.store.contracts import Column, Contract
from engine.store.intake import given, profiles
from engine.store.intake.measured_headings import Heading, headings_of, of_money, of_pieces, plain, suits
from engine.store.intake.reading import Options, RawTable
from engine.store.intake.totals import is_total

LEFT_OUT = "-"
RANKS, WITHOUT_UNIT = 5, 3  # how a heading is recognised, see `_claimed`
NAMED = 2  # headings that a name of the file weighs as much as, among tables of which a column is missing
_OF_DAYS = re.compile(r"дат|день|дня|период|месяц|dat|day|month|period|when|on$|日|月|期|年|год")
FEWEST_KNOWN, MOST_UNKNOWN = 2, 3  # one known heading of four or more says nothing: every list of people has its names


class MissingColumn(Refused):
    """A required column that no heading stands for. expected: the names by which it would be known."""

    def __init__(self, said: Message, option: str | None, column: Column, expected: str) -> None:
        super().__init__(said, option)
        self.column, self.expected = column, expected


@dataclass
class Assignment:
    """The headings of a file against one contract. columns: heading name -> column. rivals: what cannot be settled by rank."""

    contract: Contract
    columns: dict[str, str] = field(default_factory=dict)
    rivals: list[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    own_names: int = 0

    @property
    def known(self) -> int:
        """How many headings the contract can explain."""
        return len(self.columns) + sum(len(headings) for headings, _ in self.rivals)

    @property
    def missing(self) -> list[str]:
        """What is required and found nowhere: columns, and for a group of which one is filled its first column."""
        found = {*self.columns.values(), *(column for _, columns in self.rivals for column in columns)}
        groups: dict[str, list[str]] = {}
        for column in self.contract.columns:
            if column.one_of:
                groups.setdefault(column.one_of, []).append(column.name)
        return [name for name in self.contract.required if name not in found] + [names[0] for names in groups.values() if not found.intersection(names)]


def recognised(raw: RawTable, shown_as: str, catalogue: Mapping[str, Contract], options: Options, folder: Path) -> tuple[str, Options]:
    """The table of a raw table and the options completed by what is remembered for these headings (in `folder`)."""
    options = profiles.completed(folder, raw.headings, options)
    sheet = str(raw.dialect.get("sheet") or "")
    try:
        table, mapping = recognise(raw.headings, f"{shown_as} {sheet}", catalogue, options)
    except MissingColumn as missing:
        raise given.proposed(missing, missing.column, missing.expected, raw, shown_as) from None
    return table, profiles.with_mapping(options, table, mapping)


def recognise(headings: tuple[str, ...], file_name: str, catalogue: Mapping[str, Contract], options: Options | None = None) -> tuple[str, dict[str, str]]:
    """The table and the mapping heading -> column (`-` = left out).

    Raises NeedsAnswer (`--table`, `--map`) where the headings fit twice, Refused where a required column is missing, BadUse where
    an option names a table, a heading or a column that does not exist.
    """
    options = options or Options()
    found = headings_of(headings)
    if options.table is not None:
        if options.table not in catalogue:
            near = difflib.get_close_matches(options.table, catalogue, 1, 0.0)
            raise BadUse(message("There is no table “{table}”; the nearest is “{near}”.", table=options.table, near=near[0] if near else ""))
        return options.table, settled(assigned(found, catalogue[options.table], options), found, file_name)
    candidates = [assigned(found, contract, options) for contract in catalogue.values() if _may_be_meant(contract, options)]
    best = _best(candidates, file_name, sum(not heading.name.startswith("#") for heading in found))
    return best.contract.table, settled(best, found, file_name)


def _may_be_meant(contract: Contract, options: Options) -> bool:
    """Whether the columns that the user named all stand in a contract."""
    names = {column.name for column in contract.columns}
    return all(column in names for _, column in options.map if column != LEFT_OUT)


def _best(candidates: list[Assignment], file_name: str, width: int) -> Assignment:
    """The assignment that explains most headings; refuses where none does, asks where two do or where it is next to nothing. width: headings with a name."""

    def rank(assignment: Assignment) -> tuple[int, int]:
        return assignment.known, assignment.own_names

    def hint(assignment: Assignment) -> int:
        return _hint(assignment.contract, file_name)

    whole = [each for each in candidates if not each.missing]
    top = max(map(rank, whole), default=(0, 0))
    torn = max((each for each in candidates if each.missing), key=lambda each: (each.known + NAMED * (hint(each) > 0), *rank(each), hint(each)), default=None)
    if torn and torn.known < 2 and not whole:
        torn = max((each for each in candidates if hint(each)), key=hint, default=torn)
    if torn and (not whole or torn.known >= top[0] + 2 or (torn.known > top[0] and hint(torn))):
        return torn
    if not whole:
        raise Refused(message("“{file}”: no table is known in this catalogue.", file=file_name.strip()))
    best = sorted((each for each in whole if rank(each) == top), key=hint, reverse=True)
    if torn and torn.known >= top[0] and hint(torn) > hint(best[0]):
        raise _against_its_name(torn, best[0], file_name.strip())
    if len(best) > 1 and hint(best[0]) == hint(best[1]):
        tables = tuple(sorted(each.contract.table for each in best))
        raise NeedsAnswer(
            message("“{file}” fits several tables equally well: {tables}. Say which one it is.", file=file_name.strip(), tables=", ".join(tables)),
            question="table",
            option="--table",
            choices=tables,
        )
    if best[0].known < FEWEST_KNOWN and width > MOST_UNKNOWN and not hint(best[0]):
        tables = tuple(sorted(each.contract.table for each in best))
        raise NeedsAnswer(
            message(
                "“{file}”: only one of its {n} headings is known, too little to take it for {tables}. Say which table it is.",
                file=file_name.strip(),
                n=width,
                tables=", ".join(tables),
            ),
            question="table",
            option="--table",
            choices=tables,
        )
    return best[0]


def _against_its_name(torn: Assignment, whole: Assignment, file_name: str) -> NeedsAnswer:
    """The question about a file that is called one thing and fits another: sales without amounts look like what a dealer sold on."""
    named, fits = torn.contract.table, whole.contract.table
    said = message(
        "“{file}” is called {named}, but lacks {column}; as it stands it would be {fits}. Say which one it is.",
        file=file_name, named=named, column=torn.missing[0], fits=fits,
    )  # fmt: skip
    return NeedsAnswer(said, question="table", option="--table", choices=(named, fits))


def _hint(contract: Contract, file_name: str) -> int:
    """How much the name of file or sheet gives this table away: length of its longest word found there, because `dealer_sales` says more than `sales`."""
    name = plain(file_name)
    return max((len(plain(word)) for word in (contract.table, *contract.names) if plain(word) in name), default=0)


def assigned(found: tuple[Heading, ...], contract: Contract, options: Options) -> Assignment:
    """Headings to columns: what the user said, then own names and labels, then further headings, then headings without their unit, and
    last the headings of months for columns of days that nothing else heads."""
    assignment = Assignment(contract)
    free = {heading.name: heading for heading in found}
    for said, column in options.map:
        names = [name for name in free if name == said] or [name for name, heading in free.items() if heading.plain == plain(said)]
        if not names:
            raise BadUse(
                message("There is no heading “{heading}”; the headings are {headings}.", heading=said, headings=", ".join(heading.name for heading in found))
            )
        if column != LEFT_OUT and column not in {each.name for each in contract.columns}:
            raise BadUse(message("The table {table} has no column “{column}”.", table=contract.table, column=column))
        for name in names[:1]:
            del free[name]
            assignment.columns[name] = column
    for rank in range(RANKS):
        _assign_rank(rank, assignment, free)
    assignment.columns = {name: column for name, column in assignment.columns.items() if column != LEFT_OUT}
    return assignment


def _assign_rank(rank: int, assignment: Assignment, free: dict[str, Heading]) -> None:
    """Settle the headings that are recognised by this rank; rivals of equal right are noted."""
    taken = {*assignment.columns.values(), *(column for _, columns in assignment.rivals for column in columns)}
    claims = {name: [column for column in _claimed(rank, heading, assignment.contract) if column not in taken] for name, heading in free.items()}
    claims = {name: columns for name, columns in claims.items() if columns}
    while claims:
        certain = {name: columns[0] for name, columns in claims.items() if len(columns) == 1}
        single = {name: column for name, column in certain.items() if list(certain.values()).count(column) == 1}
        if not single:
            break
        for name, column in single.items():
            assignment.columns[name] = column
            assignment.own_names += rank < 2
            del free[name], claims[name]
        claims = {name: [column for column in columns if column not in single.values()] for name, columns in claims.items()}
        claims = {name: columns for name, columns in claims.items() if columns}
    for name in [name for name in claims if name in claims]:
        if name not in claims:
            continue
        columns = claims[name]
        rivals = tuple(other for other, others in claims.items() if set(others) & set(columns))
        assignment.rivals.append((rivals, tuple(dict.fromkeys(column for rival in rivals for column in claims[rival]))))
        for rival in rivals:
            del free[rival], claims[rival]


@functools.lru_cache(maxsize=256)
def _words(contract: Contract) -> tuple[dict[str, list[Column]], ...]:
    """Heading in one case -> the columns that it names, by rank: by their own name, by a label, by any heading, -, by a heading of months."""
    ranks: tuple[dict[str, list[Column]], ...] = ({}, {}, {}, {}, {})
    for column in contract.columns:
        labels = (text.label for text in column.text.values() if text.label)
        for rank, names in enumerate(((column.name,), labels, column.headings, (), column.month_headings)):
            for name in {plain(name) for name in names}:
                ranks[rank].setdefault(name, []).append(column)
    return ranks


def _claimed(rank: int, heading: Heading, contract: Contract) -> list[str]:
    """The columns that a heading may be, by rank: 0 own name, 1 a label, 2 a further heading, 3 any of them once the unit is taken away,
    4 one for months above days."""
    if not heading.plain:
        return []
    words = _words(contract)
    if rank != WITHOUT_UNIT:
        return [column.name for column in words[rank].get(heading.plain, ())]
    return [column.name for column in words[2].get(heading.base, ()) if suits(heading.measure, column)]


def settled(assignment: Assignment, found: tuple[Heading, ...], file_name: str) -> dict[str, str]:
    """The mapping of an assignment that leaves nothing open. Raises NeedsAnswer or Refused otherwise."""
    contract = assignment.contract
    if assignment.missing:
        raise _missing(assignment, found, file_name.strip())
    for headings, columns in assignment.rivals:
        raise NeedsAnswer(
            message(
                "“{file}”: the headings {headings} could be {columns} of {table}. Say which is which.",
                file=file_name.strip(), headings=", ".join(f"“{heading}”" for heading in headings), columns=", ".join(columns), table=contract.table,
            ),
            question="map",
            option="--map HEADING=COLUMN",
            choices=tuple(f"{heading}={column}" for heading in headings for column in (*columns, LEFT_OUT)),
        )  # fmt: skip
    return {heading.name: assignment.columns.get(heading.name, LEFT_OUT) for heading in found}


def _missing(assignment: Assignment, found: tuple[Heading, ...], file_name: str) -> Refused:
    """The refusal that names what is missing and the heading that comes nearest to it."""
    contract = assignment.contract
    column = contract.column(assignment.missing[0])
    unused = (heading for heading in found if heading.name not in assignment.columns and not heading.name.startswith("#"))
    free = [heading for heading in unused if _may_head(heading, column) and not is_total(heading.name)]
    near = max(free, key=lambda heading: _likeness(heading, column), default=None)
    expected = ", ".join(f"“{heading}”" for heading in dict.fromkeys([column.name, *(text.label for text in column.text.values() if text.label)]))
    if near is None:
        said = message("“{file}” is taken for the table {table}, but has no column {expected}.", file=file_name, table=contract.table, expected=expected)
        return MissingColumn(said, f"--set {column.name}=VALUE" if given.can_be_given(column) else None, column, expected)
    said = message(
        "“{file}” is taken for the table {table}, but has no column {expected}; the nearest heading is “{near}”.",
        file=file_name, table=contract.table, expected=expected, near=near.name, column=column.name,
    )  # fmt: skip
    return MissingColumn(said, f'--map "{near.name}={column.name}"', column, expected)


def _may_head(heading: Heading, column: Column) -> bool:
    """Whether the words of a heading agree with the unit of a column: no money is proposed for pieces, and no pieces for money."""
    if not suits(heading.measure, column):
        return False
    money, pieces = of_money(heading.plain), of_pieces(heading.plain)
    if column.unit == "day" and not _OF_DAYS.search(heading.plain):
        return False
    if column.unit.startswith("money"):
        return not (pieces and not money)
    return column.unit not in ("qty", "count") or not (money and not pieces)


def _likeness(heading: Heading, column: Column) -> float:
    return max(difflib.SequenceMatcher(None, heading.base, plain(name)).ratio() for name in column.headings)
