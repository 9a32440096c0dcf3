"""IN-7: rows that are well written and make no sense: doubled keys, unknown codes, impossible prices, jumps, units mixed."""

from collections.abc import Iterator
from datetime import date

from tests.corpus import clean
from tests.corpus.cases import ANY, ASKED, EXACT, LOADS, LOADS_WHOLE, REFUSED, REJECTED, TOLD, Case, Row, clean_rows, joined, table_lines, with_fate
from tests.corpus.in_04_numbers import spoilt_one

FAMILY = "IN-7"
NOT_UNSAID = frozenset({TOLD, REJECTED, REFUSED, ASKED})


def case(name: str, rows: list[clean.Record], fated: tuple[Row, ...], expected: frozenset[str], table: str = "sales", **more: object) -> Case:
    lines = more.pop("lines", None) or table_lines(rows, ";")
    return Case(f"{FAMILY} {name}", FAMILY, f"{table}.csv", joined(lines), table, fated, expected, **more)  # type: ignore[arg-type]


def one(rows: list[clean.Record], fate: str, place: int = 10, **changed: object) -> tuple[list[clean.Record], tuple[Row, ...]]:
    """The rows with one of them changed; `hurt` rows may be loaded in no form unsaid."""
    spoilt = [row | changed if number == place else row for number, row in enumerate(rows)]
    if fate == "hurt":
        return spoilt, with_fate(clean_rows(spoilt), place, "hurt", {next(iter(rows[0])): "none"})
    return spoilt, with_fate(clean_rows(spoilt), place, fate)


def keys() -> Iterator[Case]:
    rows = clean.sales()
    again = [*rows, rows[3]]
    aside = (*clean_rows(rows), Row(len(rows) + 2, (), "hurt"))
    yield case("a row twice, key filled", again, aside, LOADS)
    yield case(
        "every row twice, keys filled", [*rows, *rows], (*clean_rows(rows), *(Row(len(rows) + 2 + place, (), "hurt") for place in range(len(rows)))), LOADS
    )
    bare = [{name: value for name, value in row.items() if name not in ("invoice_id", "line_no")} for row in rows]
    twice = [*bare, bare[3]]
    yield case("a row twice, no key", twice, with_fate(clean_rows(twice), len(bare), "told"), frozenset({TOLD}), must_tell=("duplicate_rows",))
    other = [*rows, {**rows[3], "net_value": 7.0}]
    first = with_fate(clean_rows(other), 3, "hurt")
    yield case("a key twice with other content", other, with_fate(first, len(rows), "hurt", {"invoice_id": "none"}), NOT_UNSAID)
    shelf = clean.stock()
    doubled = [*shelf, {**shelf[2], "on_hand_qty": 1.0}]
    fated = with_fate(with_fate(clean_rows(doubled), 2, "hurt"), len(shelf), "hurt", {"item_id": "none"})
    yield case("a stock position twice with other quantities", doubled, fated, NOT_UNSAID, "stock")
    people = [{**row, "dealer_id": f"N{place}"} for place, row in enumerate(clean.dealers())]
    named = [*people, {**people[0], "dealer_name": "Other"}]
    fated = with_fate(with_fate(clean_rows(named), 0, "hurt"), len(people), "hurt", {"dealer_id": "none"})
    yield case("a dealer twice under two names", named, fated, NOT_UNSAID, "dealers")


def codes() -> Iterator[Case]:
    rows = clean.sales()
    for name, changed in {
        "an unknown SKU": {"sku": "Z-77"}, "an unknown dealer": {"dealer_id": "D999"}, "a SKU in small letters": {"sku": "a-01"},
        "no SKU": {"sku": ""}, "no dealer": {"dealer_id": ""}, "white space as a SKU": {"sku": "   "}, "a SKU without its zeros": {"sku": "123"},
    }.items():  # fmt: skip
        spoilt, fated = one(rows, "hurt", **changed)
        yield case(name, spoilt, fated, NOT_UNSAID)
    spoilt, fated = one(clean.stock(), "hurt", location_id="X9")
    yield case("an unknown location", spoilt, fated, NOT_UNSAID, "stock")
    spoilt, fated = one(clean.stock(), "hurt", item_id="nothing")
    yield case("an unknown item in stock", spoilt, fated, NOT_UNSAID, "stock")
    spoilt, fated = one(clean.stock(), "hurt", condition="mouldy")
    yield case("a condition that does not exist", [{"condition": "good", **row} for row in spoilt], fated, NOT_UNSAID, "stock")
    words = [{**row, "condition": word} for row, word in zip(clean.stock(), ("good", "damaged", "expired") * 8, strict=True)]
    local = [{**row, "condition": {"good": "良品", "damaged": "残次", "expired": "过期"}[row["condition"]]} for row in words]
    yield case("conditions in Chinese", words, clean_rows(words), LOADS_WHOLE, "stock", lines=table_lines(local, ";"))
    local = [{**row, "condition": {"good": "годный", "damaged": "брак", "expired": "просрочен"}[row["condition"]]} for row in words]
    yield case("conditions in Russian", words, clean_rows(words), LOADS_WHOLE, "stock", lines=table_lines(local, ";"))
    all_unknown = [{**row, "dealer_id": f"Q{place}"} for place, row in enumerate(rows)]
    yield case("not one known dealer", all_unknown, tuple(Row(row.line, ({"dealer_id": "none"},), "hurt") for row in clean_rows(all_unknown)), NOT_UNSAID)


def oddities() -> Iterator[Case]:
    """Loaded, and told: only its owner knows whether it is wrong."""
    rows = clean.sales()
    for name, changed in {
        "a price of 0": {"net_value": 0.0, "qty": 5.0},
        "a negative price": {"net_value": -50.0, "qty": 5.0},
        "a return with a positive value": {"net_value": 50.0, "qty": -5.0},
        "a sale in the future": {"shipped_on": date(2099, 1, 1)},
        "a withdrawn product sold": {"sku": "W-99"},
    }.items():
        spoilt, fated = one(rows, "told", **changed)
        yield case(name, spoilt, fated, frozenset({TOLD, REJECTED}))
    yield case(
        "returns",
        [{**row, "qty": -row["qty"], "net_value": -row["net_value"]} if place % 5 == 0 else row for place, row in enumerate(rows)],
        returned(rows),
        LOADS,
    )
    shelf = clean.stock(48)
    jump = [{**row, "on_hand_qty": row["on_hand_qty"] * 50} if place == 30 else row for place, row in enumerate(shelf)]
    yield case("a stock that grows fifty times", jump, with_fate(clean_rows(jump), 30, "told"), frozenset({TOLD}), "stock")
    spoilt, fated = one(shelf, "clean", on_hand_qty=-5.0)
    yield case("a negative stock", spoilt, fated, LOADS, "stock")
    spoilt, fated = one(shelf, "clean", on_hand_qty=0.0)
    yield case("a stock of 0", spoilt, fated, LOADS, "stock")
    spoilt, fated = one(shelf, "told", unit_cost=-1.0)
    yield case("a negative cost", spoilt, fated, ANY, "stock")


def returned(rows: list[clean.Record]) -> tuple[Row, ...]:
    return clean_rows([{**row, "qty": -row["qty"], "net_value": -row["net_value"]} if place % 5 == 0 else row for place, row in enumerate(rows)])


def mixtures() -> Iterator[Case]:
    """One cell in another unit than its column: rejected or told; a multiplier alone is only another way to write the number."""
    rows = clean.sales(fractions=False)
    for name, column, text in (
        ("a case among bottles: 5箱", 3, "5箱"),
        ("a dozen among pieces", 3, "2 doz"),
        ("a price in dollars among bare ones", 4, "$500"),
        ("a share among quantities", 3, "50%"),
    ):
        yield case(name, rows, with_fate(clean_rows(rows), 10, "hurt", {"invoice_id": "none"}), NOT_UNSAID, lines=spoilt_one(rows, column, text))
    large = [row | {"net_value": 12000.0} if place == 10 else row for place, row in enumerate(rows)]
    yield case("a price in 万 among yuan", large, clean_rows(large), LOADS, lines=spoilt_one(rows, 4, "1.2万"))
    fated = tuple(Row(row.line, row.values, "hurt") for row in clean_rows(rows))
    units = [line.split(";") for line in table_lines(rows, ";")]
    for place, line in enumerate(units[1:]):
        line[3] += "箱" if place % 2 else "瓶"
    yield case("cases and bottles in one column", rows, fated, NOT_UNSAID, lines=[";".join(line) for line in units], must_tell=("unit_mix",))
    money = [line.split(";") for line in table_lines(rows, ";")]
    for place, line in enumerate(money[1:]):
        line[4] = ("¥" if place % 2 else "$") + line[4]
    yield case("two currencies in one column", rows, fated, NOT_UNSAID, lines=[";".join(line) for line in money], must_tell=("currency_mix",))


def alternatives() -> Iterator[Case]:
    """Of `sku or line_id` exactly one is filled."""
    plans = [{"made_on": date(2025, 1, 1), "month": date(2025, 3, 1), "source": "sales", "sku": sku, "line_id": None, "qty": 5.0} for sku in clean.SKUS[:6]]
    yield case("forecasts by SKU", plans, clean_rows(plans), LOADS_WHOLE, "forecasts")
    spoilt, fated = one(plans, "hurt", 2, line_id="L1")
    yield case("a forecast for a SKU and a line at once", spoilt, fated, NOT_UNSAID, "forecasts")
    spoilt, fated = one(plans, "hurt", 2, sku=None)
    yield case("a forecast for nothing", spoilt, fated, NOT_UNSAID, "forecasts")
    spoilt, fated = one(plans, "hurt", 2, source="crystal ball")
    yield case("a source that does not exist", spoilt, fated, NOT_UNSAID, "forecasts")
    spoilt, fated = one(plans, "hurt", 2, month=date(2025, 3, 15))
    yield case("a month that is a day", spoilt, fated, NOT_UNSAID, "forecasts")
    yield case("a plan of one line", plans[:1], clean_rows(plans[:1]), frozenset({EXACT, TOLD}), "forecasts")


def cases() -> Iterator[Case]:
    yield from keys()
    yield from codes()
    yield from oddities()
    yield from mixtures()
    yield from alternatives()
