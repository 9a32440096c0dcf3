"""A column that names the currency of each row: rows in a foreign one are rejected, because nothing is converted.

Where the amounts that are read stand in the company's currency anyway (`本币金额`, beside `原币金额` and `汇率`), the column changes nothing.
"""

import re

import duckdb

from engine.messages import message, plural
from engine.store.intake.columns import Reading
from engine.store.intake.measured_headings import Heading, plain
from engine.store.intake.notation import CURRENCIES, folded, literal
from engine.store.intake.reading import RawTable, Told
from engine.store.intake.recognise import LEFT_OUT

HEADINGS = frozenset(
    plain(heading)
    for heading in (
        "币种", "币别", "货币", "货币代码", "币种名称", "交易币种", "原币币种",
        "Валюта", "Код валюты", "Валюта документа", "Валюта договора", "Валюта взаиморасчётов",
        "currency", "currency code", "curr", "crcy", "document currency", "transaction currency",
    )
)  # fmt: skip
IN_OWN_CURRENCY = re.compile(r"本币|本位币|本国币|折本|local|base|functional|домашн|регл|упр|рубл|руб(?![а-я])")
FOREIGN = message("The row is in {found}, the company's currency is {expected}; nothing is converted.", found="@found", expected="@expected")
_CODE = re.compile(r"[A-Z]{3}")


def reject_foreign(
    con: duckdb.DuckDBPyConnection, raw: RawTable, found: tuple[Heading, ...], mapping: dict[str, str], readings: list[Reading], name: str
) -> list[Told]:
    """Reject the rows of `name` whose currency is not the company's; where all rows share a foreign one, that is told.

    found: the headings of the file. mapping: heading -> column.
    """
    place = next((place for place, heading in enumerate(found) if heading.plain in HEADINGS and mapping[heading.name] == LEFT_OUT), None)
    amounts = [
        reading.source for reading in readings if reading.source.column.unit.startswith("money") and not IN_OWN_CURRENCY.search(reading.source.heading.plain)
    ]
    if place is None or not amounts:
        return []
    own, heading = amounts[0].currency, found[place].name
    cell = f"cast(c{place} as varchar)"
    rows = con.execute(f"select {cell}, count(*) from {raw.name} where trim({cell}) <> '' group by all order by 2 desc, 1").fetchall()
    named = {str(text): code for text, _ in rows if (code := _code(str(text)))}
    foreign = {text: code for text, code in named.items() if code != own}
    if not foreign:
        return []
    codes = ", ".join(dict.fromkeys(foreign.values()))
    if len(set(named.values())) == 1 and sum(n for _, n in rows) == con.execute(f"select count(*) from {raw.name}").fetchall()[0][0]:
        said = message(
            "“{heading}”: every row is in {found}, the company's currency is {expected}; nothing was converted.", heading=heading, found=codes, expected=own
        )
        return [Told("currency", amounts[0].column.name, sum(n for _, n in rows), (), said)]
    reason = FOREIGN.to_json().replace('"@expected"', f'"{own}"')
    meant = " ".join(f"when {literal(text)} then {literal(reason.replace('@found', code))}" for text, code in foreign.items())
    con.execute(
        f"insert into {name}_rejects select _line, {literal(amounts[0].column.name)}, {cell}, 'currency', case {cell} {meant} end "
        f"from {raw.name} where {cell} in ({', '.join(map(literal, foreign))})"
    )
    n = sum(n for text, n in rows if text in foreign)
    told = plural(
        "“{heading}”: {n} row in {found} is rejected, because nothing is converted.",
        "“{heading}”: {n} rows in {found} are rejected, because nothing is converted.",
        n=n, heading=heading, found=codes,
    )  # fmt: skip
    return [Told("currency_rows", amounts[0].column.name, n, (), told)]


def _code(text: str) -> str | None:
    """The currency that a cell names: one of those that we know, or any code of three capital letters."""
    return CURRENCIES.get(folded(text)) or (text.strip() if _CODE.fullmatch(text.strip()) else None)
