"""Which table a file is, and which of its headings is which column.

Headings decide; the name of file and sheet only breaks a tie, because exports are all called `sales.xlsx`. What two columns or
two tables claim with equal right is asked, never guessed.
"""

import difflib
import functools
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.errors import BadUse, NeedsAnswer, Refused
from engine.messages import message
from engine.store.contracts import Column, Contract
from engine.store.intake import lacking
from engine.store.intake.measured_headings import Heading, headings_of, plain, suits
from engine.store.intake.reading import Options
from engine.store.intake.totals import is_total

LEFT_OUT = "-"
RANKS, WITHOUT_UNIT, BY_LOWER_ROW = 6, 3, 5  # how a heading is recognised, see `_claimed`
NAMED = 2  # headings that a name of the file weighs as much as, among tables of which a column is missing
_OTHER_THAN_IT_SAYS = re.compile(
    r"期初|退|去年|上年|同期|计划|预算|начал|возврат|прошл|план|бюджет|opening|beginning|return|previous|last|prior|plan|budget", re.I
)
NUMBERS = ("DOUBLE", "INTEGER", "BIGINT")
FEWEST_KNOWN, MOST_UNKNOWN = 2, 3  # one known heading of four or more says nothing: every list of people has its names


@dataclass
class Assignment:
    """The headings of a file against one contract. columns: heading name -> column. rivals: what cannot be settled by rank.

    by_lower: headings of two rows that were recognised by the lower one. given: columns that the user gave for all rows; is_of_many: of
    several tables, so that they do not make any of them the likelier one.
    unsaid: the heading over the figures of months, where neither file nor user says what they are.
    assumed: the column that these figures then are, because it is the only one of figures that is required and missing.
    """

    contract: Contract
    columns: dict[str, str] = field(default_factory=dict)
    rivals: list[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    own_names: int = 0
    by_lower: list[str] = field(default_factory=list)
    given: tuple[str, ...] = ()
    is_of_many: bool = False
    unsaid: str | None = None
    assumed: str | None = None

    @property
    def known(self) -> int:
        """How many headings the contract can explain, and values that the user gave."""
        return len(self.columns) + sum(len(headings) for headings, _ in self.rivals) + (0 if self.is_of_many else len(self.given))

    @property
    def taken(self) -> set[str]:
        """The columns that headings stand for, or may stand for."""
        return {*self.columns.values(), *(column for _, columns in self.rivals for column in columns)}

    @property
    def missing(self) -> list[str]:
        """What is required and found nowhere: columns, and for a group of which one is filled its first column."""
        found = {*self.taken, *self.given}
        groups: dict[str, list[str]] = {}
        for column in self.contract.columns:
            if column.one_of:
                groups.setdefault(column.one_of, []).append(column.name)
        return [name for name in self.contract.required if name not in found] + [names[0] for names in groups.values() if not found.intersection(names)]


def recognise(headings: tuple[str, ...], file_name: str, catalogue: Mapping[str, Contract], options: Options | None = None) -> tuple[str, dict[str, str]]:
    """The table and the mapping heading -> column (`-` = left out).

    Raises NeedsAnswer (`--table`, `--map`) where the headings fit twice, Refused where a required column is missing, BadUse where
    an option names a table, a heading or a column that does not exist.
    """
    found = headings_of(headings)
    best = assignment_of(found, file_name, catalogue, options or Options())
    return best.contract.table, settled(best, found, file_name)


def assignment_of(
    found: tuple[Heading, ...], file_name: str, catalogue: Mapping[str, Contract], options: Options, of_many: bool = False, unsaid: str | None = None
) -> Assignment:
    """The table that the headings fit best, or that the user named, with what fits; `settled` says whether anything is left open.

    of_many: the options go with several tables, so what they say of headings and columns that this one does not have is passed over.
    unsaid: the heading over the figures of months, where nothing says what they are. Raises as `recognise` does.
    """
    if options.table is not None:
        if options.table not in catalogue:
            near = difflib.get_close_matches(options.table, catalogue, 1, 0.0)
            raise BadUse(message("There is no table “{table}”; the nearest is “{near}”.", table=options.table, near=near[0] if near else ""))
        return assigned(found, catalogue[options.table], options, of_many, unsaid)
    meant = [contract for contract in catalogue.values() if of_many or _may_be_meant(contract, options)]
    candidates = [assigned(found, contract, options, of_many, unsaid) for contract in meant]
    return _best(candidates, file_name, sum(not heading.name.startswith("#") for heading in found))


def _may_be_meant(contract: Contract, options: Options) -> bool:
    """Whether the columns that the user named all stand in a contract."""
    names = {column.name for column in contract.columns}
    return all(column in names for _, column in options.map if column != LEFT_OUT)


def _best(candidates: list[Assignment], file_name: str, width: int) -> Assignment:
    """The assignment that explains most headings; refuses where none does, asks where two do or where it is next to nothing. width: headings with a name."""

    def rank(assignment: Assignment) -> tuple[int, int]:
        return assignment.known, assignment.own_names

    def hint(assignment: Assignment) -> int:
        return named_in(assignment.contract, file_name)

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
        file=file_name, named=named, column=", ".join(torn.missing), fits=fits,
    )  # fmt: skip
    return NeedsAnswer(said, question="table", option="--table", choices=(named, fits))


def named_in(contract: Contract, file_name: str) -> int:
    """How much the name of file or sheet gives this table away: length of its longest word found there, because `dealer_sales` says more than `sales`."""
    name = plain(file_name)
    return max((len(plain(word)) for word in (contract.table, *contract.names) if plain(word) in name), default=0)


def assigned(found: tuple[Heading, ...], contract: Contract, options: Options, of_many: bool = False, unsaid: str | None = None) -> Assignment:
    """Headings to columns: what the user said, then own names and labels, then further headings, then headings without their unit, then
    the headings of months for columns of days that nothing else heads, and last, of headings of two rows, the lower one. See `assignment_of`."""
    assignment = Assignment(contract, is_of_many=of_many)
    free = {heading.name: heading for heading in found}
    names_of_columns = {column.name for column in contract.columns}
    for said, column in options.map:
        names = [name for name in free if name == said] or [name for name, heading in free.items() if heading.plain == plain(said)]
        is_column = column == LEFT_OUT or column in names_of_columns
        if of_many and not (names and is_column):
            continue
        if not names:
            raise BadUse(
                message("There is no heading “{heading}”; the headings are {headings}.", heading=said, headings=", ".join(heading.name for heading in found))
            )
        if not is_column:
            raise BadUse(message("The table {table} has no column “{column}”.", table=contract.table, column=column))
        for name in names[:1]:
            del free[name]
            assignment.columns[name] = column
    assignment.unsaid = unsaid if unsaid in free else None
    free.pop(unsaid or "", None)
    for rank in range(RANKS):
        _assign_rank(rank, assignment, free, found)
    assignment.columns = {name: column for name, column in assignment.columns.items() if column != LEFT_OUT}
    assignment.given = tuple(column for column, _ in options.set if column in names_of_columns and column not in assignment.taken)
    figures = [name for name in assignment.missing if contract.column(name).type in NUMBERS]
    if assignment.unsaid is not None and len(figures) == 1:
        assignment.columns[assignment.unsaid] = assignment.assumed = figures[0]
    return assignment


def _assign_rank(rank: int, assignment: Assignment, free: dict[str, Heading], found: tuple[Heading, ...]) -> None:
    """Settle the headings that are recognised by this rank; rivals of equal right are noted."""
    taken = assignment.taken
    claims = {name: [column for column in _claimed(rank, heading, assignment.contract) if column not in taken] for name, heading in free.items()}
    claims = {name: columns for name, columns in claims.items() if columns}
    if rank == BY_LOWER_ROW:
        claims = _beyond_doubt(claims, found)
        assignment.by_lower = list(claims)
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


def _beyond_doubt(claims: Mapping[str, list[str]], found: tuple[Heading, ...]) -> dict[str, list[str]]:
    """Of what lower rows claim, that of which there is one only, for one column, below words that do not make it another thing:
    `数量` below `期初` is no balance, and which of two `数量` is meant nobody can tell."""
    words = Counter(heading.lower or heading.base for heading in found)
    columns = Counter(column for each in claims.values() for column in each)
    doubtful = {heading.name for heading in found if words[heading.lower] > 1 or _OTHER_THAN_IT_SAYS.search(heading.upper) or is_total(heading.name)}
    return {name: each for name, each in claims.items() if len(each) == 1 and columns[each[0]] == 1 and name not in doubtful}


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
    4 one for months above days, 5 any of 2 by the lower of two rows."""
    if not heading.plain:
        return []
    words = _words(contract)
    if rank == BY_LOWER_ROW:
        return [column.name for column in words[2].get(heading.lower, ()) if suits(heading.measure, column)] if heading.lower else []
    if rank != WITHOUT_UNIT:
        return [column.name for column in words[rank].get(heading.plain, ())]
    return [column.name for column in words[2].get(heading.base, ()) if suits(heading.measure, column)]


def settled(assignment: Assignment, found: tuple[Heading, ...], file_name: str) -> dict[str, str]:
    """The mapping of an assignment that leaves nothing open. Raises NeedsAnswer or Refused otherwise."""
    contract = assignment.contract
    if assignment.missing:
        free = [heading for heading in found if heading.name not in assignment.columns and heading.name != assignment.unsaid and lacking.is_nameable(heading)]
        raise lacking.missing_columns(contract, assignment.missing, free, file_name.strip())
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
