"""IN-11: names of files that are paths, patterns, statements or tricks: the name is data, the content is what counts."""

from collections.abc import Iterator

from tests.corpus import clean
from tests.corpus.cases import ANY, LOADS_WHOLE, Case, clean_rows, joined, table_lines

FAMILY = "IN-11"

NAMES = (
    "../sales.csv", "../../etc/passwd.csv", "/etc/sales.csv", "C:\\Windows\\sales.csv", "..\\..\\sales.csv", "a*.csv", "[ab].csv", "q?.csv",
    "{a,b}.csv", "x'; drop table sales; --.csv", 'a"b.csv', "sales%00.csv", "sales\0.csv", "sales\n.csv", "sales\r\nX-Header: 1.csv",
    "sales\u202evsc.csv", "😀.csv", "销售出库.csv",
    "Реализация.csv", "CON.csv", "nul.csv", " sales.csv", "-rf.csv", "--table=stock.csv", "$(reboot).csv", "`id`.csv", "~/sales.csv",
    "sales .csv", "." * 20 + "csv",
    "s" * 300 + ".csv", "<script>alert(1)</script>.csv", "=1+1.csv", "%s%n.csv", "{file}.csv", "SALES.CSV", "sales.Csv",
)  # fmt: skip
OTHER_SUFFIXES = ("sales.csv.exe", "sales", "sales.txt", "sales.tsv", "sales.dat", ".csv", "sales.csv.bak", "sales.csv.")


def cases() -> Iterator[Case]:
    rows = clean.sales()
    content = joined(table_lines(rows))
    for number, name in enumerate(NAMES):
        yield Case(f"{FAMILY} {number}: {name[:40]!r}", FAMILY, name, content, "sales", clean_rows(rows), LOADS_WHOLE, options={"table": "sales"})
    for name in OTHER_SUFFIXES:
        yield Case(f"{FAMILY} suffix: {name}", FAMILY, name, content, "sales", clean_rows(rows), ANY, options={"table": "sales"})
