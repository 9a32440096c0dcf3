"""IN-1: separators, quotes, preambles, headers and record ends that are broken; the pollutions are of our own making."""

from collections.abc import Callable, Iterator
from random import Random

from tests.corpus import clean
from tests.corpus.cases import ANY, EXACT, LOADS, LOADS_WHOLE, REJECTED, STOPS, TOLD, Case, Row, cells, clean_rows, joined, lines, table_lines, with_fate

FAMILY = "IN-1"
SOME_REJECTED = frozenset({REJECTED, TOLD})


def case(name: str, content: bytes, rows: tuple[Row, ...], expected: frozenset[str] = ANY, **more: object) -> Case:
    return Case(f"{FAMILY} {name}", FAMILY, str(more.pop("file", "sales.csv")), content, "sales", rows, expected, **more)  # type: ignore[arg-type]


def at_cell(row: int, column: int, spoil: Callable[[str], str], separator: str = ",") -> tuple[bytes, tuple[Row, ...]]:
    """The clean file with one cell spoilt as raw text, after quoting."""
    rows = clean.sales()
    text = table_lines(rows, separator)
    parts = text[row + 1].split(separator)
    parts[column] = spoil(parts[column])
    text[row + 1] = separator.join(parts)
    return joined(text), with_fate(clean_rows(rows), row, "hurt")


def spoilt_cells() -> Iterator[Case]:
    for row, column in ((0, 0), (7, 3), (20, 5), (39, 6)):
        yield case(f"extra empty field after cell {row}.{column}", *at_cell(row, column, lambda cell: cell + ","), SOME_REJECTED)
    for row, column in ((3, 2), (39, 6)):
        yield case(f"extra filled field after cell {row}.{column}", *at_cell(row, column, lambda cell: cell + ",5"), SOME_REJECTED)
    for row, column in ((2, 3), (11, 1), (39, 5)):
        content, rows = at_cell(row, column, lambda cell: cell + "\0")
        yield case(f"separator lost after cell {row}.{column}", content.replace(b"\0,", b""), rows, SOME_REJECTED)
    for row, column in ((4, 3), (9, 0), (30, 5)):
        yield case(f"quote before cell {row}.{column}", *at_cell(row, column, lambda cell: '"' + cell), ANY)
        yield case(f"quote after cell {row}.{column}", *at_cell(row, column, lambda cell: cell + '"'), ANY)
    content, rows = at_cell(15, 3, lambda cell: f'"{cell}"x')
    yield case("text after a closing quote", content, rows, ANY)


def spoilt_rows() -> Iterator[Case]:
    rows = clean.sales()
    text = table_lines(rows)
    for name, row, line in (
        ("semicolons in one row", 6, text[7].replace(",", ";")),
        ("tabs in one row", 12, text[13].replace(",", "\t")),
        ("half a row", 18, text[19][: len(text[19]) // 2]),
        ("a row of separators", 22, ",,,,,,"),
        ("a row of other text", 25, "see the other sheet"),
    ):
        polluted = [*text[: row + 1], line, *text[row + 2 :]]
        fated = with_fate(clean_rows(rows), row, "hurt") if name != "a row of separators" else (*clean_rows(rows)[:row], *clean_rows(rows)[row + 1 :])
        yield case(name, joined(polluted), fated, ANY if name == "a row of other text" else LOADS)
    swallowed = [*text[:10], text[10].replace("INV", '"INV'), *text[11:12], text[12] + '"', *text[13:]]
    hurt = with_fate(with_fate(with_fate(clean_rows(rows), 9, "hurt"), 10, "hurt"), 11, "hurt")
    yield case("a quote that swallows two rows", joined(swallowed), hurt, ANY)
    unclosed = [*text[:30], text[30].replace("INV", '"INV'), *text[31:]]
    yield case("a quote that is never closed", joined(unclosed), with_fate(clean_rows(rows), 29, "hurt"), ANY)


def frames() -> Iterator[Case]:
    """What stands around the rows: titles, notes, a second table, headers of two rows or none."""
    rows = clean.sales()
    text = table_lines(rows)
    count = len(rows)
    yield case("title rows above the header", joined(["Sales report", "February 2025", "", *text]), clean_rows(rows, 5), LOADS_WHOLE)
    yield case("title rows as wide as the table", joined(["Sales report,,,,,,", "Plant 1,,,,,,", *text]), clean_rows(rows, 4), LOADS_WHOLE)
    yield case("notes below the rows", joined([*text, "", "Printed by the warehouse", "Page 1 of 1"]), clean_rows(rows), LOADS)
    second = ["", "dealer_id,dealer_name", "D001,North"]
    yield case("a second table below", joined([*text, *second]), (*clean_rows(rows), Row(count + 4, (), "hurt")), ANY)
    two = ["shipped,dealer,article,quantity,money,invoice,invoice", "on,id,sku,pieces,net,id,line", *text[1:]]
    yield case("a header of two rows", joined(two), clean_rows(rows, 3), ANY)
    yield case("no header", joined(text[1:]), clean_rows(rows, 1), STOPS)
    yield case(
        "the header once more in the middle", joined([*text[:20], text[0], *text[20:]]), (*clean_rows(rows[:19]), *clean_rows(rows[19:], 22)), LOADS_WHOLE
    )
    yield case("a field more in every row", joined([f"{line}," for line in text]), clean_rows(rows), LOADS_WHOLE)
    yield case(
        "a field more in every row but the header",
        joined([text[0], *(f"{line}," for line in text[1:])]),
        tuple(Row(r.line, r.values, "hurt") for r in clean_rows(rows)),
    )


def ends() -> Iterator[Case]:
    """Record ends, separators and quotes that are unusual but sound, and files without rows."""
    rows = clean.sales()
    text = table_lines(rows)
    for name, newline in (("CRLF", "\r\n"), ("CR alone", "\r")):
        yield case(f"{name} at line ends", joined(text, newline), clean_rows(rows), ANY if newline == "\r" else LOADS_WHOLE)
    mixed = "".join(line + ("\r\n" if place % 2 else "\n") for place, line in enumerate(text)).encode()
    yield case("mixed line ends", mixed, clean_rows(rows), LOADS_WHOLE)
    yield case("no newline at the end", joined(text)[:-1], clean_rows(rows), LOADS_WHOLE)
    spaced = [line for pair in zip(text, [""] * len(text), strict=True) for line in pair]
    yield case("an empty line after each row", joined(spaced), tuple(Row(3 + 2 * place, (row,)) for place, row in enumerate(rows)), LOADS_WHOLE)
    for separator in (";", "\t", "|"):
        yield case(f"separator {separator!r}", joined(table_lines(rows, separator)), clean_rows(rows), LOADS_WHOLE)
    single = lines([[f"'{cell}'" for cell in row] for row in [list(rows[0]), *cells(rows)]], quote="~")
    yield case("single quotes around every cell", joined(single), clean_rows(rows), ANY)
    for name, content in (
        ("empty file", b""),
        ("white space alone", b" \n\n \n"),
        ("one newline", b"\n"),
        ("a header alone", joined(text[:1])),
        ("one word", b"hello"),
    ):
        yield case(name, content, (), STOPS | {EXACT, TOLD} if name == "a header alone" else STOPS)
    cut = joined(text)
    yield case("the file breaks off in the middle of the last row", cut[:-9], with_fate(clean_rows(rows), len(rows) - 1, "hurt"), ANY)


def cases() -> Iterator[Case]:
    yield from spoilt_cells()
    yield from spoilt_rows()
    yield from frames()
    yield from ends()


def by_chance(count: int, seed: int) -> Iterator[Case]:
    """Any number of further files: one to three cells of a file spoilt by a random stroke, under any separator and line end."""
    chance = Random(seed)
    strokes: tuple[tuple[str, Callable[[str, str], str]], ...] = (
        ("separator more", lambda cell, separator: cell + separator),
        ("separator and text more", lambda cell, separator: f"{cell}{separator}7"),
        ("quote before", lambda cell, _: f'"{cell}'),
        ("quote after", lambda cell, _: f'{cell}"'),
        ("quote inside", lambda cell, _: f'{cell[: len(cell) // 2]}"{cell[len(cell) // 2 :]}'),
        ("other separator", lambda cell, separator: cell + (";" if separator != ";" else ",")),
        ("line break inside", lambda cell, _: f"{cell[: len(cell) // 2]}\n{cell[len(cell) // 2 :]}"),
        ("quoted line break", lambda cell, _: f'"{cell[: len(cell) // 2]}\n{cell[len(cell) // 2 :]}"'),
        ("letter inside", lambda cell, _: f"{cell[: len(cell) // 2]}x{cell[len(cell) // 2 :]}"),
        ("emptied", lambda cell, _: ""),
    )
    for number in range(count):
        rows = clean.sales(seed=chance.randrange(1000))
        separator, newline = chance.choice([",", ";", "\t", "|"]), chance.choice(["\n", "\r\n"])
        grid = [line.split(separator) for line in table_lines(rows, separator)]
        hurt: set[int] = set()
        names = []
        for _ in range(chance.randint(1, 3)):
            name, spoil = chance.choice(strokes)
            row, column = chance.randrange(len(rows)), chance.randrange(7)
            grid[row + 1][column] = spoil(grid[row + 1][column], separator)
            hurt.add(row)
            names.append(f"{name} {row}.{column}")
        fated: list[Row] = []
        physical = 2
        for place, record in enumerate(rows):
            height = 1 + separator.join(grid[place + 1]).count("\n")
            values = truths(grid[place + 1], record) if place in hurt else (record,)
            fated.append(Row(physical, values, "hurt" if place in hurt else "clean", physical + height - 1))
            physical += height
        content = newline.join(separator.join(line) for line in grid).replace("\r\n", "\n").replace("\n", newline) + newline
        yield case(f"chance {seed}.{number}: {', '.join(names)}", content.encode(), tuple(fated))


def truths(spoilt: list[str], record: clean.Record) -> tuple[clean.Record, ...]:
    """What may stand for a spoilt row unsaid: the row as it was, and the row as the file now shows it in a cell of free text."""
    shown = dict(record)
    if spoilt[6] == "":
        shown["line_no"] = None
    changed = [cell.strip('"') for cell in spoilt]
    if len(spoilt) == len(record) and changed[5] != record["invoice_id"]:
        shown["invoice_id"] = spoilt[5] or None
    if len(spoilt) == len(record) and changed[6] != record["line_no"]:
        shown["line_no"] = spoilt[6] or None
    quoted = {**shown, "invoice_id": changed[5] or None} if len(changed) == len(record) else shown
    return (record, shown, quoted)
