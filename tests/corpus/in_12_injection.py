"""IN-12: cells that a spreadsheet or a browser would run. They are text on the way in and must be dead on the way out."""

from collections.abc import Iterator

from tests.corpus import clean
from tests.corpus.cases import LOADS, Case, Row, clean_rows, joined, table_lines

FAMILY = "IN-12"

LIVE = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1", "＋1", "－1", "＠A1", '=HYPERLINK("http://example.com","x")', "=cmd|' /C calc'!A0",
    "=DDE(\"cmd\";\"x\")",
    '=IMPORTXML("http://example.com","//a")', "=WEBSERVICE(\"http://example.com\")", " =1+1", "\u00a0=1+1", "'=1+1", '"=1+1"', ";=1+1", "|=1+1", "%0A=1+1",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>",
    "![x](http://example.com/x.png)", "[x](javascript:alert(1))",
    "$x^2$", "$$\\int$$", ":red[text]", ":material/delete:", "**bold**", "# heading", "<!-- comment -->", "&lt;b&gt;", "{{7*7}}",
    "${7*7}", "#{7*7}", "%(name)s", "{name}", "{0}",
    "'; drop table dealers; --", "\" or 1=1 --", "\\u003cscript\\u003e", "\u202egnp.exe", "NULL", "None", "true", "1e5", "2025-01-01", "００１",
)  # fmt: skip


def cases() -> Iterator[Case]:
    """Each text as a dealer's name and as a city; the code beside it stays what it is."""
    for number, text in enumerate(LIVE):
        rows = [{**row, "dealer_id": f"N{place}"} for place, row in enumerate(clean.dealers())]
        rows[2] = {**rows[2], "dealer_name": text, "city": text}
        content = joined(table_lines(rows))
        trimmed = {**rows[2], "dealer_name": text.strip(), "city": text.strip()}
        breaks = 2 * text.count("\r")  # a line end inside quotes is a line of the file all the same
        fated = (*clean_rows(rows[:2]), Row(4, (rows[2], trimmed), "hurt", 4 + breaks), *clean_rows(rows[3:], 5 + breaks))
        yield Case(f"{FAMILY} {number}: {text[:30]!r}", FAMILY, "dealers.csv", content, "dealers", fated, LOADS)
