"""IN-2: sound and broken CSV dialects: quotes, escapes, spaces, line breaks in cells, after the cases that CSV readers are tried on."""

from collections.abc import Iterator

from tests.corpus import clean
from tests.corpus.cases import ANY, EXACT, LOADS, LOADS_WHOLE, REFUSED, REJECTED, TOLD, Case, Row

FAMILY = "IN-2"
HEADER = "dealer_id,dealer_name,city,region"
BAD = frozenset({REJECTED, REFUSED, TOLD})


def dealer(code: str, name: str | None, city: str | None = "Omsk", region: str | None = "North") -> clean.Record:
    return {"dealer_id": code, "dealer_name": name, "city": city, "region": region}


def case(name: str, body: str, rows: list[tuple[int, int, clean.Record | None]], expected: frozenset[str], header: str = HEADER) -> Case:
    """rows: (first line, last line, values); values None = whatever is loaded there must be told."""
    fated = tuple(Row(first, (values,) if values else (), "clean" if values else "hurt", last) for first, last, values in rows)
    return Case(f"{FAMILY} {name}", FAMILY, "dealers.csv", f"{header}\n{body}".encode(), "dealers", fated, expected)


PLAIN = "E1,Anna,Omsk,North\nE2,Boris,Omsk,North\nE3,Wang,Omsk,North\n"
ONE, TWO, THREE = dealer("E1", "Anna"), dealer("E2", "Boris"), dealer("E3", "Wang")


def sound() -> Iterator[Case]:
    yield case("plain", PLAIN, [(2, 2, ONE), (3, 3, TWO), (4, 4, THREE)], frozenset({EXACT, TOLD}))
    yield case("all quoted", PLAIN.replace(",", '","').replace("E", '"E').replace("North", 'North"'), [(2, 2, ONE), (3, 3, TWO), (4, 4, THREE)], LOADS_WHOLE)
    yield case("quoted separator", 'E1,"Anna, Maria",Omsk,North\nE2,Boris,Omsk,North\n', [(2, 2, dealer("E1", "Anna, Maria")), (3, 3, TWO)], LOADS_WHOLE)
    yield case(
        "doubled quotes", 'E1,"The ""North"" trade",Omsk,North\nE2,Boris,Omsk,North\n', [(2, 2, dealer("E1", 'The "North" trade')), (3, 3, TWO)], LOADS_WHOLE
    )
    yield case("only a quoted quote", 'E1,"""",Omsk,North\nE2,Boris,Omsk,North\n', [(2, 2, dealer("E1", '"')), (3, 3, TWO)], LOADS_WHOLE)
    yield case("quoted line break", 'E1,"Anna\nMaria",Omsk,North\nE2,Boris,Omsk,North\n', [(2, 3, dealer("E1", "Anna\nMaria")), (4, 4, TWO)], LOADS)
    yield case("empty fields", "E1,Anna,,\nE2,Boris,,North\n", [(2, 2, dealer("E1", "Anna", None, None)), (3, 3, dealer("E2", "Boris", None))], LOADS_WHOLE)
    yield case(
        "quoted empty fields",
        'E1,Anna,"",""\nE2,Boris,"",North\n',
        [(2, 2, dealer("E1", "Anna", None, None)), (3, 3, dealer("E2", "Boris", None))],
        LOADS_WHOLE,
    )
    yield case("one row", "E1,Anna,Omsk,North\n", [(2, 2, ONE)], LOADS_WHOLE)
    yield case("UTF-8 names", "E1,北京酒行,Omsk,North\nE2,Ёлка,Omsk,North\n", [(2, 2, dealer("E1", "北京酒行")), (3, 3, dealer("E2", "Ёлка"))], LOADS_WHOLE)
    yield case("very long cell", f"E1,{'n' * 5000},Omsk,North\nE2,Boris,Omsk,North\n", [(2, 2, dealer("E1", "n" * 5000)), (3, 3, TWO)], LOADS_WHOLE)
    yield case("apostrophe in a name", "E1,O'Neil,Omsk,North\nE2,Boris,Omsk,North\n", [(2, 2, dealer("E1", "O'Neil")), (3, 3, TWO)], LOADS_WHOLE)
    yield case("backslash in a name", "E1,A\\B,Omsk,North\nE2,Boris,Omsk,North\n", [(2, 2, dealer("E1", "A\\B")), (3, 3, TWO)], LOADS_WHOLE)
    yield case("the word NULL as a name", "E1,NULL,Omsk,North\nE2,Boris,Omsk,North\n", [(2, 2, dealer("E1", "NULL")), (3, 3, TWO)], LOADS)
    yield case("inch sign at the end of a name", 'E1,Bar 5",Omsk,North\nE2,Boris,Omsk,North\n', [(2, 2, dealer("E1", 'Bar 5"')), (3, 3, TWO)], ANY)


def loose() -> Iterator[Case]:
    spaced = [(2, 2, dealer("E1", "Anna")), (3, 3, dealer("E2", "Boris"))]
    yield case("spaces around cells", "E1 , Anna , Omsk , North\nE2 , Boris , Omsk , North\n", spaced, LOADS_WHOLE)
    yield case("spaces around headings", PLAIN, [(2, 2, ONE), (3, 3, TWO), (4, 4, THREE)], LOADS_WHOLE, " dealer_id , dealer_name , city , region ")
    yield case("space before a quote", 'E1, "Anna, Maria",Omsk,North\nE2,Boris,Omsk,North\n', [(2, 2, dealer("E1", "Anna, Maria")), (3, 3, TWO)], ANY)
    escaped = [(2, 2, dealer("E1", 'The "North" trade')), (3, 3, TWO)]
    yield case("backslash before a quote", 'E1,"The \\"North\\" trade",Omsk,North\nE2,Boris,Omsk,North\n', escaped, ANY)


def broken() -> Iterator[Case]:
    rest: list[tuple[int, int, clean.Record | None]] = [(3, 3, TWO), (4, 4, THREE)]
    tail = "E2,Boris,Omsk,North\nE3,Wang,Omsk,North\n"
    for name, line in (
        ("a quote inside a quoted cell", 'E1,"An"na",Omsk,North\n'),
        ("text after the closing quote", 'E1,"Anna"x,Omsk,North\n'),
        ("a field too few", "E1,Anna,Omsk\n"),
        ("a field too many", "E1,Anna,Omsk,North,South\n"),
        ("two fields too many, empty", "E1,Anna,Omsk,North,,\n"),
        ("a surplus separator first", ",E1,Anna,Omsk,North\n"),
    ):
        yield case(name, line + tail, [(2, 2, None), *rest], BAD)
    yield case("an opening quote alone", 'E1,"Anna,Omsk,North\n' + tail, [(2, 4, None), *rest], BAD)
    yield case("an opening quote in the last row", PLAIN + 'E4,"Dora,Omsk,North\n', [(2, 2, ONE), (3, 3, TWO), (4, 4, THREE), (5, 5, None)], BAD)


def cases() -> Iterator[Case]:
    yield from sound()
    yield from loose()
    yield from broken()
