"""Number formats for Excel. Excel shows thousands and decimals by its own user's system, so a format only says what else is
to be seen: currency, percent, the minus, and how a day is written (fixed to the language by Excel's own code of it)."""

from engine.language.numbers import currency_sign

_LOCALE_CODES = {"en": "[$-809]", "zh": "[$-804]", "ru": "[$-419]"}
_DAYS = {"en": "d mmm yyyy", "zh": 'yyyy"年"m"月"d"日"', "ru": "dd.mm.yyyy"}
_MONTHS = {"en": "mmm yyyy", "zh": 'yyyy"年"m"月"', "ru": "mmm yyyy"}
_NUMBERS = {"qty": "#,##0.##", "count": "#,##0", "days": "#,##0.0", "ratio": "#,##0.00", "score": "0.0", "share": "0.0%", "points": "0.0%"}


def excel_format(unit: str, language: str, currency: str = "CNY") -> str:
    """The format of a column; `@` (text) where nothing is reckoned."""
    code = _LOCALE_CODES.get(language, _LOCALE_CODES["en"])
    if unit in ("date", "month"):
        forms = _DAYS if unit == "date" else _MONTHS
        return code + forms.get(language, forms["en"])
    if unit in ("money", "money_per_unit"):
        sign = f'"{currency_sign(currency)}"'
        number = f"#,##0.00 {sign}" if language == "ru" else f"{sign}#,##0.00"
        return f"{number};−{number};0"
    if unit == "qty":
        return "#,##0;−#,##0;0"
    number = _NUMBERS.get(unit, "@")
    return number if number == "@" else f"{number};−{number};{'0%' if '%' in number else '0'}"
