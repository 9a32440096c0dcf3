"""What can be said on the command line: verbs, options, and a selection made from them."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from engine import access_command, forecast_command
from engine.errors import BadUse
from engine.messages import message
from engine.printing import FORMATS
from engine.selection import KEYS, Selection
from engine.store.records.record import KINDS


class Parser(argparse.ArgumentParser):
    """argparse, with its complaints as our own: one sentence, exit 2, no usage text in front."""

    def error(self, said: str) -> NoReturn:
        raise BadUse(said)


def parser() -> Parser:
    """Every verb with its options."""
    top = Parser(prog="python -m engine", description="Granary: one set of numbers for sales, production and finance.")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB", parser_class=Parser)
    for verb, text in (("setup", "make the environment"), ("test", "lint, types and all tests")):
        verbs.add_parser(verb, help=text)
    common = Parser(add_help=False)
    common.add_argument("--home", help="folder of the company's data (else GRANARY_HOME, else data/)")
    common.add_argument("--format", choices=FORMATS, default="text")
    serve = verbs.add_parser("serve", parents=[common], help="serve the dashboard")
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument("--address", default="127.0.0.1")
    _load_options(verbs.add_parser("load", parents=[common], help="load files into a new version"))
    verbs.add_parser("status", parents=[common], help="what is served")
    verbs.add_parser("rejects", parents=[common], help="rows that were not loaded, and why")
    for verb, text in (("kpi", "KPIs at any grain"), ("explain", "where a KPI comes from"), ("show", "the main table of a page")):
        asked = verbs.add_parser(verb, parents=[common], help=text)
        asked.add_argument("names", nargs="*" if verb == "show" else "+", metavar="NAME")
        _selection_options(asked)
        if verb == "explain":
            asked.add_argument("--rows", action="store_true", help="the loaded rows that the figure was counted from: file, line, values")
        if verb == "show":
            asked.add_argument("--list", action="store_true", help="the names that can be shown")
            asked.add_argument("--level", metavar="LEVEL", help="what is compared, where a table has levels: group, line or sku of bcg")
    export = verbs.add_parser("export", parents=[common], help="an input table as it was loaded")
    export.add_argument("table")
    verbs.add_parser("undo", parents=[common], help="serve the version below")
    verbs.add_parser("rebuild", parents=[common], help="make the served data anew from the raw files")
    forecast_command.add_options(
        verbs.add_parser("forecast", parents=[common], help="make the forecast of what is served"),
        verbs.add_parser("forecast-benchmark", parents=[common], help="the method of forecasting on public competition data"),
    )
    records = verbs.add_parser("records", parents=[common], help="the decisions that were kept: verify the chain, list a kind")
    records.add_argument("act", choices=("verify", "list"))
    records.add_argument("kind", nargs="?", choices=KINDS)
    audit = verbs.add_parser("audit", parents=[common], help="who did what and when: search the audit")
    audit.add_argument("words", nargs="*", metavar="WORD", help="only lines that hold each of these words")
    audit.add_argument("--act", help="only this act: sign_in, export, read, load, publish, setting …")
    audit.add_argument("--who", help="only this person")
    audit.add_argument("--from", dest="first", type=_day)
    audit.add_argument("--to", dest="last", type=_day)
    remind = verbs.add_parser("remind", parents=[common], help="send the reminders that are due, each once (for cron)")
    remind.add_argument("--dry-run", action="store_true", help="only print what would be sent")
    template = verbs.add_parser("template", parents=[common], help="an empty file for each input table")
    template.add_argument("folder", type=Path)
    template.add_argument("--language", choices=("en", "zh", "ru"), default="en")
    access_command.add_options(verbs.add_parser("access", parents=[common], help="who may see what: the list, the roles, who sees a dealer"))
    demo = verbs.add_parser("demo", parents=[common], help="make the demo company")
    demo.add_argument("--seed", type=int, default=1)
    _operating_options(verbs, common)
    return top


def _operating_options(verbs: Any, common: argparse.ArgumentParser) -> None:
    """The verbs of engine/operating.py."""
    close = verbs.add_parser("close", parents=[common], help="the monthly close: load the inbox, publish, say what changed, put the files away")
    close.add_argument("--inbox", type=Path, help="another folder than the home's own inbox/")
    close.add_argument("--replace", action="store_true", help="replace the rows of earlier files that these cover")
    close.add_argument("--partial", action="store_true", help="publish what can be loaded although a file is refused")
    verbs.add_parser("backup", parents=[common], help="everything in one archive, while people work").add_argument("file", type=Path)
    verbs.add_parser("restore", parents=[common], help="a backup back into an empty home (--home)").add_argument("file", type=Path)
    verify = verbs.add_parser("verify", parents=[common], help="whether a home, or a backup, is whole")
    verify.add_argument("file", type=Path, nargs="?", help="a backup; without it the home is looked at")
    verify.add_argument("--mend", action="store_true", help="where the served version is damaged, serve the one below it")
    verbs.add_parser("upgrade", parents=[common], help="bring a home to the form of this program")
    doctor = verbs.add_parser("doctor", parents=[common], help="what is wrong with this installation, in words")
    doctor.add_argument("--port", type=int, default=8501)
    doctor.add_argument("--address", default="127.0.0.1")
    sbom = verbs.add_parser("sbom", parents=[common], help="the packages that this program is made of, as CycloneDX")
    sbom.add_argument("file", type=Path, nargs="?")
    sbom.add_argument("--licences", type=Path, metavar="FILE", help="write the table of licences instead")


def _load_options(load: argparse.ArgumentParser) -> None:
    load.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    load.add_argument("--table", help="the input table that the file is")
    load.add_argument("--adapter", type=Path, help="folder of <table>.sql files that reshape the raw files")
    load.add_argument("--replace", action="store_true", help="replace the rows of earlier files that these cover")
    load.add_argument("--partial", action="store_true", help="publish what can be loaded although a file is refused")
    load.add_argument("--dry-run", action="store_true", help="only the receipt")
    load.add_argument("--dates", choices=("dmy", "mdy", "ymd"))
    load.add_argument("--decimal", choices=(",", "."))
    load.add_argument("--encoding")
    load.add_argument("--sheet")
    load.add_argument("--header-row", type=int)
    load.add_argument("--months", choices=("yes", "no"), help="whether months stand as columns")
    load.add_argument("--separator", help="what parts the columns: , ; | or tab")
    load.add_argument("--map", action="append", default=[], metavar="HEADING=COLUMN")
    load.add_argument("--set", action="append", default=[], metavar="COLUMN=VALUE", help="a value that holds for every row of the file")
    load.add_argument("--profile", help="a saved mapping")


def _selection_options(asked: argparse.ArgumentParser) -> None:
    asked.add_argument("--by", default="", help=f"keys of the grain: {', '.join(KEYS)}")
    asked.add_argument("--as-of", type=_day)
    asked.add_argument("--from", dest="first", type=_day)
    asked.add_argument("--to", dest="last", type=_day)
    asked.add_argument("--where", action="append", default=[], metavar="COL=VALUE")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write it as 2025-10-31") from None


def selection(asked: argparse.Namespace) -> Selection:
    """The options as a Selection. Raises BadUse for a key that does not exist."""
    by = tuple(key.strip() for key in asked.by.split(",") if key.strip())
    where: dict[str, tuple[str, ...]] = {}
    for pair in asked.where:
        key, equals, value = pair.partition("=")
        if not equals:
            raise BadUse(message("--where takes COL=VALUE, found “{found}”.", found=pair))
        where[key.strip()] = (*where.get(key.strip(), ()), value)
    for key in (*by, *where):
        if key not in KEYS:
            raise BadUse(message("There is no key “{key}”; the keys are {keys}.", key=key, keys=", ".join(KEYS)))
    return Selection(asked.as_of, asked.first, asked.last, by, tuple(where.items()))
