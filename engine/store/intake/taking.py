"""What a raw table is taken for: its headings against the contracts, with what the user said and what is remembered for them.

A load of several files has one set of options for all of them: what they say of a heading or a column counts for the files that have it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from engine.errors import BadUse, NeedsAnswer
from engine.messages import message
from engine.store.contracts import Contract
from engine.store.intake import given, lacking, profiles
from engine.store.intake.lacking import MissingColumn
from engine.store.intake.measured_headings import headings_of, plain
from engine.store.intake.reading import ALONE, Occasion, Options, RawTable, Told
from engine.store.intake.recognise import LEFT_OUT, NUMBERS, Assignment, assignment_of, named_in, settled

MOST = 6


def recognised(
    con: duckdb.DuckDBPyConnection, raw: RawTable, shown_as: str, catalogue: Mapping[str, Contract], options: Options, folder: Path, occasion: Occasion = ALONE
) -> tuple[str, Options]:
    """The table of a raw table and the options completed by what is remembered for these headings (in `folder`).

    Values that the user gave for all rows become columns of the raw table. Raises as `recognise` does.
    """
    options = _remembered(folder, raw, _of_figures(raw, options))
    name = f"{shown_as} {raw.dialect.get('sheet') or ''}"
    found = headings_of(raw.headings, raw.lower)
    best = assignment_of(found, name, catalogue, options, occasion.of_many, raw.unsaid)
    if not occasion.of_many:
        _check_given(best, options)
    is_named = occasion.again or options.table is not None or named_in(best.contract, name) > 0
    _ask_of_figures(best, raw, shown_as, is_named)
    try:
        mapping = settled(best, found, name)
    except MissingColumn as missing:
        raise lacking.proposed(missing, raw, shown_as) from None
    if best.by_lower:
        said = message("Recognised by the lower of the two rows of the header: {headings}.", headings=", ".join(best.by_lower))
        raw.told.append(Told("lower_row", None, 0, (), said))
    pairs = [(column, value) for column, value in options.set if column in best.given]
    given.give(con, raw, pairs)
    return best.contract.table, profiles.with_mapping(options, best.contract.table, mapping | {column: column for column, _ in pairs})


def _of_figures(raw: RawTable, options: Options) -> Options:
    """The options, with what they say of the heading of a month said of the column that its figures went into."""
    turned = {plain(month): heading for month, heading in raw.turned.items()}
    pairs = (pair if pair[0] in raw.headings else (turned.get(plain(pair[0]), pair[0]), pair[1]) for pair in options.map)
    return replace(options, map=tuple(dict.fromkeys(pairs)))


def _remembered(folder: Path, raw: RawTable, options: Options) -> Options:
    """The options completed by the profile of these headings, with the values given for all rows or without them."""
    for headings in dict.fromkeys(((*raw.headings, *(column for column, _ in options.set)), raw.headings)):
        completed = profiles.completed(folder, headings, options)
        if completed != options:
            return completed
    return options


def _check_given(best: Assignment, options: Options) -> None:
    """Refuse a value for all rows that the table has no room for, or that the file has itself."""
    for column, _ in options.set:
        if column in best.taken:
            raise BadUse(message("The file has a column “{column}” of its own; it is not overwritten.", column=column))
        if column not in best.given:
            raise BadUse(message("The table {table} has no column “{column}”.", table=best.contract.table, column=column))


def _ask_of_figures(best: Assignment, raw: RawTable, shown_as: str, is_named: bool) -> None:
    """Ask what the figures below months are, where nothing says so. Where the user or the file names the table and it lacks one column of
    figures only, they are that one, and it is told.

    is_named: whether the user, the name of the file or its sheet names the table, or an earlier load did.
    """
    if best.unsaid is None or any(best.contract.column(name).type not in NUMBERS for name in best.missing):
        return
    column, table = best.assumed, best.contract.table
    if column is not None and is_named:
        said = message(
            "The figures below the months were taken as “{column}”, the only figures that the table {table} still lacks.", column=column, table=table
        )
        raw.told.append(Told("months_measure", column, 0, (), said))
        return
    taken = best.taken - {column}
    figures = [each for each in best.contract.columns if each.type in NUMBERS and each.name not in taken]
    choices = ([each.name for each in figures if each.required] + [each.name for each in figures if not each.required])[:MOST]
    if not choices:
        return
    month = next((month for month, heading in raw.turned.items() if heading == best.unsaid), best.unsaid)
    said = message(
        "“{file}” is taken for the table {table}, but nothing says what the figures below its months (“{heading}” …) are. Say which column they fill.",
        file=shown_as, table=table, heading=month,
    )  # fmt: skip
    answers = tuple(f"{month}={name}" for name in choices)
    raise NeedsAnswer(said, "map", " or ".join(f'--map "{answer}"' for answer in answers), answers)


def narrowed(options: Options, tables: Sequence[tuple[RawTable, Options]]) -> Options:
    """Of options that go with several tables, those that one of these had a use for. tables: each with the options by which it was fitted."""
    mapped = {(plain(heading), column) for _, fitted in tables for heading, column in fitted.map}
    filled = {each.column for table, _ in tables for each in table.told if each.rule == "given"}
    turned = {plain(month): plain(heading) for table, _ in tables for month, heading in table.turned.items()}
    return replace(
        options,
        map=tuple((said, column) for said, column in options.map if {(plain(said), column), (turned.get(plain(said), ""), column)} & mapped),
        set=tuple((column, value) for column, value in options.set if column in filled),
    )


def check_used(asked: Options, used: Sequence[Options], headings: Mapping[str, Sequence[str]], is_all_read: bool) -> None:
    """Refuse what no table of a load had a use for. used: the options of the tables that were read, narrowed.

    headings: shown name of each file that was opened -> its headings. is_all_read: whether every file was read to its end; one that was not
    may still have a use for a value. Raises BadUse.
    """
    for said, column in asked.map:
        if any((said, column) in each.map for each in used):
            continue
        if not any(plain(said) == plain(heading) for each in headings.values() for heading in each):
            listed = "; ".join(f"{file}: {', '.join(each)}" for file, each in headings.items())
            raise BadUse(message("No file of this load has the heading “{heading}”. The headings are: {headings}.", heading=said, headings=listed))
        if is_all_read and column != LEFT_OUT:
            raise BadUse(message("No table of this load that has the heading “{heading}” has a column “{column}” for it.", heading=said, column=column))
    for column, _ in asked.set:
        if is_all_read and not any(column == name for each in used for name, _ in each.set):
            raise BadUse(message("No file of this load lacks a column “{column}” that its table has: {files}.", column=column, files=", ".join(headings)))
