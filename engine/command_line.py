"""`python -m engine VERB`: the same answers as the pages, printed. Other programs call it, so its verbs, options, exit codes and
JSON fields change only with a migration note.

Exit codes: 0 all loaded; 3 loaded, with rejects; 2 refused or bad use. Errors are one sentence on standard error.
"""

import argparse
import contextlib
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine import access_command, forecast_command, watching
from engine.errors import BadUse, GranaryError, Refused
from engine.messages import Message, message
from engine.options import parser, selection
from engine.printing import printed
from engine.receipt_printing import print_receipt
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.store.home import DEMO_HOME, Home, own_home

ALL_LOADED, REFUSED, WITH_REJECTS = 0, 2, 3


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code."""
    try:
        asked = parser().parse_args(arguments)
        return (VERBS.get(asked.verb) or _operating()[asked.verb])(asked)
    except Refused as fault:
        return complain(f"{fault}" + (f" Settle it with {fault.option}." if fault.option else ""))
    except GranaryError as fault:
        return complain(str(fault))
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); what it did not read is no fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ALL_LOADED


def _operating() -> dict[str, Callable[[argparse.Namespace], int]]:
    """The verbs of the operation, which stand in a file of their own."""
    from engine.operating import VERBS as verbs

    return verbs


def complain(sentence: str) -> int:
    sys.stderr.write(" ".join(sentence.split()) + "\n")
    return REFUSED


def at_terminal() -> Scope:
    """Whoever types: everything, under the name of their account on this machine."""
    try:
        return replace(EVERYTHING, who=getpass.getuser())
    except (KeyError, OSError):  # an account without a name, as in some containers
        return EVERYTHING


def home_of(asked: argparse.Namespace) -> Home:
    return own_home(asked.home)


def progress_lines() -> Callable[[dict[str, Any]], None]:
    """Progress on the terminal; a program that reads our output gets none."""
    if not sys.stderr.isatty():
        return lambda event: None
    seen: list[str] = []

    def line(event: dict[str, Any]) -> None:
        text = " ".join(str(event.get(name, "")) for name in ("stage", "what")).strip()
        if text not in seen[-1:]:
            seen.append(text)
            sys.stderr.write(f"{100 * event.get('share', 0):3.0f} %  {text}\n")

    return line


def load(asked: argparse.Namespace) -> int:
    from engine.answers import loading
    from engine.store.intake.reading import Options

    pairs = [pair.rpartition("=") for pair in asked.map]
    if any(not equals for _, equals, _ in pairs):
        raise BadUse(message("--map takes HEADING=COLUMN, found “{found}”.", found=", ".join(asked.map)))
    mapping = tuple((heading, column) for heading, _, column in pairs)
    given = [pair.partition("=") for pair in asked.set]
    if any(not equals for _, equals, _ in given):
        raise BadUse(message("--set takes COLUMN=VALUE, found “{found}”.", found=", ".join(asked.set)))
    options = Options(
        table=asked.table, dates=asked.dates, decimal=asked.decimal, encoding=asked.encoding, sheet=asked.sheet, header_row=asked.header_row, map=mapping,
        months=None if asked.months is None else asked.months == "yes", separator={"tab": "\t"}.get(asked.separator, asked.separator), profile=asked.profile,
        set=tuple((column, value) for column, _, value in given),
    )  # fmt: skip
    home = home_of(asked)
    prepared = loading.prepare(
        home, asked.paths, options, adapter=asked.adapter, replace_overlap=asked.replace, partial=asked.partial, progress=progress_lines()
    )  # fmt: skip
    receipt = prepared.receipt
    version, published = receipt.base, False
    if receipt.publishable and not receipt.nothing_new:
        if asked.dry_run:
            loading.discard(home, prepared, None)
        else:
            version, published = loading.publish(home, prepared, at_terminal()), True
    loading.refused(home, prepared, at_terminal())
    print_receipt(asked.format, prepared, version, published)
    return verdict(receipt)


def verdict(receipt: Any) -> int:
    """The exit code of a load; what stopped it goes to standard error, one sentence for each refused file or open question."""
    if not receipt.publishable:
        for file in receipt.refused:
            for asked in file["questions"] if file.get("question") else [file]:
                reason = str(Message.from_json(asked["reason"]))
                complain(f"{file['file']}: {reason}" + (f" Settle it with {asked['option']}." if asked.get("option") else ""))
        return REFUSED if receipt.refused else complain(str(receipt.why_not() or "The load was stopped."))
    return WITH_REJECTS if receipt.refused or any(file["rejected"] for file in receipt.files) else ALL_LOADED


def _in_words(kept: str | None) -> str | None:
    """A sentence of a table with its figures as people write them."""
    from engine.language import say  # only who prints sentences pays for the catalogues

    return None if kept is None else say(Message.from_json(kept), "en")


def _warehouse(asked: argparse.Namespace) -> Any:
    """The served version. Raises BadUse where another program built it: its tables may be others than those that are read here."""
    from engine.answers.served import is_of_today
    from engine.store.warehouse import open_warehouse

    warehouse = open_warehouse(home_of(asked))
    if not is_of_today(str(warehouse.home.path), warehouse.version):
        raise BadUse(message("The program has changed since these data were built: build them anew with `python -m engine upgrade`."))
    return warehouse


def _print_answer(form: str, answer: Any) -> int:
    spoken = {column.name for column in answer.columns if column.unit == "message"}
    said = ([_in_words(value) if name in spoken else value for name, value in zip(answer.frame.columns, row, strict=True)] for row in answer.frame.iter_rows())
    print(printed(answer.frame.columns, said, form))
    if form == "text":
        days = [f"days {answer.first} to {answer.last}"] if answer.first and answer.last else []
        stood = [f"stock of {answer.as_of}"] if answer.as_of else []
        if days or stood:
            print(f"  {'; '.join((*days, *stood))}")
        for note in answer.notes:
            print(f"  {note}")
        if answer.missing:
            print(f"  not loaded: {', '.join(answer.missing)} (python -m engine template DIR writes empty files)")
    return ALL_LOADED


def kpi(asked: argparse.Namespace) -> int:
    from engine.answers import kpis

    return _print_answer(asked.format, kpis.kpi(_warehouse(asked), asked.names, selection(asked), EVERYTHING))


def explain(asked: argparse.Namespace) -> int:
    from engine.answers import kpis

    for name in asked.names:
        if asked.rows:
            _print_rows(asked, name)
        else:
            _print_answer(asked.format, kpis.explain(_warehouse(asked), name, selection(asked), EVERYTHING))
    return ALL_LOADED


def _print_rows(asked: argparse.Namespace, name: str) -> None:
    """The rows that a figure was counted from; as JSON with how many are left out."""
    from engine.answers import cited_rows

    answer = cited_rows.cited_rows(_warehouse(asked), name, selection(asked), EVERYTHING)
    if asked.format == "json":
        rows = json.loads(printed(answer.frame.columns, answer.frame.iter_rows(), "json"))
        print(json.dumps({"kpi": name, "rows": rows, "left_out": answer.facts["left_out"]}, ensure_ascii=False, indent=1))
    else:
        _print_answer(asked.format, answer)


def show(asked: argparse.Namespace) -> int:
    from engine.answers import ANSWERS, WITH_LEVELS

    if asked.list or not asked.names:
        print(printed(("name",), [(name,) for name in sorted(ANSWERS)], asked.format))
        return ALL_LOADED
    for name in asked.names:
        if name not in ANSWERS:
            raise BadUse(message("There is nothing to show by the name “{name}”; the names are {names}.", name=name, names=", ".join(sorted(ANSWERS))))
        if asked.level and name not in WITH_LEVELS:
            raise BadUse(message("“{name}” has no levels; only {names} have some.", name=name, names=", ".join(WITH_LEVELS)))
        answer = ANSWERS[name](_warehouse(asked), selection(asked), EVERYTHING, *((asked.level,) if asked.level else ()))
        _taken(asked, name, answer.frame.height)
        _print_answer(asked.format, answer)
    return ALL_LOADED


def _taken(asked: argparse.Namespace, name: str, rows: int) -> None:
    """Note that figures left by the command line, before they are printed."""
    from engine.answers import audit

    audit.note(home_of(asked), at_terminal(), "export", name, form=asked.format, rows=rows)


def rejects(asked: argparse.Namespace) -> int:
    from engine.answers import quality

    return _print_answer(asked.format, quality.rejects(_warehouse(asked), Selection(), EVERYTHING))


def status(asked: argparse.Namespace) -> int:
    from engine.answers import loading

    found = loading.status(home_of(asked))
    if asked.format == "json":
        print(json.dumps(found, ensure_ascii=False, indent=1, default=str))
        return ALL_LOADED
    names = list(found["tables"][0]) if found["tables"] else ["table_name"]
    if asked.format == "text":
        print(f"{found['home']}: " + (f"version {found['version']}, published {found['published_at']}" if found["version"] else "nothing has been loaded yet"))
    print(printed(names, [list(table.values()) for table in found["tables"]], asked.format))
    return ALL_LOADED


def export(asked: argparse.Namespace) -> int:
    from engine.answers import tables

    frame = tables.as_loaded(_warehouse(asked), asked.table, EVERYTHING)
    _taken(asked, asked.table, frame.height)
    if asked.format == "csv":
        with contextlib.suppress(BrokenPipeError):
            frame.write_csv(sys.stdout.buffer)
        return ALL_LOADED
    print(printed(frame.columns, frame.iter_rows(), asked.format))
    return ALL_LOADED


def undo(asked: argparse.Namespace) -> int:
    from engine.answers import loading

    undone, served = loading.undo(home_of(asked), at_terminal())
    _print_version(asked.format, served, undone=undone)
    return ALL_LOADED


def rebuild(asked: argparse.Namespace) -> int:
    from engine.answers import loading

    _print_version(asked.format, loading.rebuild(home_of(asked), progress_lines(), at_terminal()))
    return ALL_LOADED


def _print_version(form: str, version: int, **more: Any) -> None:
    if form == "json":
        print(json.dumps({"version": version} | more))
    else:
        print(f"Version {version} is served now.")


def records(asked: argparse.Namespace) -> int:
    return watching.records(asked, home_of(asked))


def audit(asked: argparse.Namespace) -> int:
    return watching.audit(asked, home_of(asked), at_terminal())


def remind(asked: argparse.Namespace) -> int:
    return watching.remind(asked, home_of(asked))


def template(asked: argparse.Namespace) -> int:
    from engine.answers import tables

    written = tables.write_templates(asked.folder, asked.language)
    rows = [(str(path), "" if tables.is_guide(path) else path.stem, tables.place_of(path)) for path in written]
    print(printed(("file", "table", "needed"), rows, asked.format))
    return ALL_LOADED


def demo(asked: argparse.Namespace) -> int:
    from engine.answers import demo as company

    version = company.make(Home(Path(asked.home).resolve()) if asked.home else Home(DEMO_HOME), asked.seed, progress_lines())
    _print_version(asked.format, version)
    return ALL_LOADED


def serve(asked: argparse.Namespace) -> int:
    from engine import serving

    return serving.serve(asked.port, asked.address, home_of(asked))


VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "serve": serve, "load": load, "status": status, "rejects": rejects, "kpi": kpi, "explain": explain, "show": show,
    "export": export, "undo": undo, "rebuild": rebuild, "template": template, "demo": demo, "records": records, "access": access_command.run,
    "audit": lambda asked: watching.audit(asked, home_of(asked), at_terminal()), "remind": lambda asked: watching.remind(asked, home_of(asked)),
    "forecast": lambda asked: forecast_command.run(asked, progress_lines()),
    "forecast-benchmark": lambda asked: forecast_command.run_benchmark(asked, progress_lines()),
}  # fmt: skip
