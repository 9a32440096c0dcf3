"""IN-3: encodings, and characters that look like others."""

import unicodedata
from collections.abc import Iterator

from tests.corpus import clean
from tests.corpus.cases import ANY, ASKED, EXACT, LOADS, LOADS_WHOLE, REFUSED, REJECTED, STOPS, TOLD, Case, Row, clean_rows, joined, table_lines, with_fate

FAMILY = "IN-3"
NEVER_WRONG = frozenset({EXACT, TOLD, ASKED})

CHINESE = ("茅台镇老窖酒业有限公司", "四川泸州大曲经销部", "上海黄浦酒行", "北京二锅头贸易公司", "广州南方酒业", "重庆江津白酒销售处")
RUSSIAN = ("ООО Ёлочка-Щука", "ЗАО Объединённые склады", "ИП Жуков Эдуард", "Торговый дом Чайка", "Вино-водочный завод", "Южный дистрибьютор")
WESTERN = ("Brauerei Müßig & Söhne", "Château Père", "Señor Nuñez", "Ærø Øl", "Café São João", "Gruß aus Köln")
TRADITIONAL = ("臺灣菸酒股份有限公司", "金門酒廠實業", "高雄經銷商", "臺北國際貿易", "嘉義農產", "臺中飲料行")


def dealers_named(names: tuple[str, ...]) -> list[clean.Record]:
    return [{"dealer_id": f"E{place}", "dealer_name": name, "city": names[-1 - place]} for place, name in enumerate(names)]


def case(name: str, content: bytes, rows: tuple[Row, ...], expected: frozenset[str], table: str = "dealers", file: str = "", **more: object) -> Case:
    return Case(f"{FAMILY} {name}", FAMILY, file or f"{table}.csv", content, table, rows, expected, **more)  # type: ignore[arg-type]


def encoded() -> Iterator[Case]:
    """The same names in every encoding that exports use; long enough to be told apart, and too short for that."""
    scripts = {
        "zh": (CHINESE, ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "utf-32")),
        "ru": (RUSSIAN, ("utf-8", "utf-16", "cp1251", "cp866", "koi8-r")),
        "west": (WESTERN, ("utf-8", "latin-1", "cp1252")),
        "tw": (TRADITIONAL, ("utf-8", "big5")),
    }
    for script, (names, encodings) in scripts.items():
        rows = dealers_named(names)
        for encoding in encodings:
            content = joined(table_lines(rows), encoding=encoding)
            yield case(f"{script} in {encoding}", content, clean_rows(rows), NEVER_WRONG if encoding != "utf-32" else ANY)
            if encoding not in {"utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"}:
                yield case(f"{script} in {encoding}, named by the user", content, clean_rows(rows), LOADS_WHOLE, options={"encoding": encoding})
    for encoding, word in (("cp1251", "Ёж"), ("gb18030", "酒"), ("koi8-r", "Щи"), ("cp866", "Я")):
        rows = dealers_named((word, "Anna"))
        yield case(f"one short word in {encoding}", joined(table_lines(rows), encoding=encoding), clean_rows(rows), NEVER_WRONG)
    rows = dealers_named(CHINESE)
    wrong = joined(table_lines(rows), encoding="gb18030")
    hurt = tuple(Row(row.line, row.values, "hurt") for row in clean_rows(rows))
    yield case("a wrong encoding named by the user", wrong, hurt, STOPS | {REJECTED}, options={"encoding": "utf-8"})


def damaged() -> Iterator[Case]:
    rows = dealers_named(RUSSIAN)
    whole = joined(table_lines(rows)).split(b"\n")
    mixed = b"\n".join([*whole[:3], table_lines(rows)[3].encode("cp1251"), *whole[4:]])
    yield case("one row in another encoding", mixed, with_fate(clean_rows(rows), 2, "hurt"), ANY)
    for name, byte in (("a broken UTF-8 sequence", b"\xd0"), ("a NUL byte", b"\0"), ("a replacement character", "\ufffd".encode())):
        content = b"\n".join([*whole[:4], whole[4].replace(b"E3,", b"E3," + byte, 1), *whole[5:]])
        yield case(name, content, with_fate(clean_rows(rows), 3, "hurt", {**rows[3], "dealer_id": "none"}), ANY)
    yield case("a UTF-8 mark in the middle", b"\n".join([*whole[:3], b"\xef\xbb\xbf" + whole[3], *whole[4:]]), with_fate(clean_rows(rows), 2, "hurt"), ANY)
    double = [{**row, "dealer_name": row["dealer_name"].encode().decode("latin-1")} for row in rows]
    yield case("UTF-8 read as latin-1 and saved again", joined(table_lines(double)), tuple(Row(r.line, r.values, "clean") for r in clean_rows(double)), ANY)


def look_alikes() -> Iterator[Case]:
    """Characters that the eye does not tell apart, in codes of sales: the row is rejected, or repaired and told."""
    rows = clean.sales()
    for name, column, spoil in (
        ("Cyrillic А in a SKU", "sku", lambda code: "А-01"),
        ("Cyrillic С in a SKU", "sku", lambda code: "С-03"),
        ("Cyrillic М and К in a SKU", "sku", lambda code: "МК-500"),
        ("full-width digits in a dealer", "dealer_id", lambda code: code.translate({48 + digit: 0xFF10 + digit for digit in range(10)})),
        ("full-width letters in a SKU", "sku", lambda code: "Ａ-01"),
        ("zero-width space in a SKU", "sku", lambda code: code[:2] + "\u200b" + code[2:]),
        ("right-to-left mark before a dealer", "dealer_id", lambda code: "\u200f" + code),
        ("no-break space after a dealer", "dealer_id", lambda code: code + "\u00a0"),
        ("soft hyphen in a SKU", "sku", lambda code: code[:1] + "\u00ad" + code[1:]),
        ("long dash in a SKU", "sku", lambda code: "A\u201301"),
    ):
        spoilt = [dict(row) for row in rows]
        spoilt[8][column] = spoil(spoilt[8][column])
        yield case(name, joined(table_lines(spoilt)), with_fate(clean_rows(rows), 8, "hurt", rows[8]), LOADS, "sales")
    accents = dealers_named(("Müßig", "Café", "Señor"))
    apart = [{name: unicodedata.normalize("NFD", value) for name, value in row.items()} for row in accents]
    both = tuple(Row(2 + place, (row, other)) for place, (row, other) in enumerate(zip(accents, apart, strict=True)))
    yield case("accents as separate characters", joined(table_lines(apart)), both, LOADS_WHOLE)
    mixed = [{**row, "dealer_id": code} for row, code in zip(dealers_named(WESTERN), ("A1", "А1", "B1", "В1", "C1", "С1"), strict=True)]
    told = tuple(Row(2 + place, (row,), "told" if place % 2 else "clean") for place, row in enumerate(mixed))
    yield case("Cyrillic and Latin twins in one code column", joined(table_lines(mixed)), told, frozenset({TOLD, REJECTED, REFUSED}), must_tell=("look_alike",))


def cases() -> Iterator[Case]:
    yield from encoded()
    yield from damaged()
    yield from look_alikes()
