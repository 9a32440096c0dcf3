"""The receipt of a load as the command line prints it: a table and what was told, or one JSON object for other programs."""

import json
from typing import Any

from engine.messages import Message
from engine.printing import printed

FILE_FIELDS = ("file", "table", "status", "read", "loaded", "repaired", "rejected", "set_aside", "reason")


def print_receipt(form: str, prepared: Any, version: int | None, published: bool, **more_fields: Any) -> None:
    """The receipt of a load in one of FORMATS; more_fields: what else the JSON object holds."""
    receipt = prepared.receipt
    files = [{name: file.get(name) for name in FILE_FIELDS} | {"reason": _said(file["reason"])} for file in receipt.files]
    if form == "json":
        more = [
            {
                "replaced": (file["overlap"] or {}).get("rows", 0),
                "replaced_files": file.get("replaced_files", []),
                "totals": file["totals"],
                "told": [_said(told["said"]) for told in file["told"]],
                "raw_files": file["raw_files"],
                "rejects": [reject | {"reason": _said(reject["reason"])} for reject in file.get("rejects", [])],
                "reject_reasons": [why | {"reason": _said(why["reason"])} for why in file.get("reject_reasons", [])],
                "questions": [asked | {"reason": _said(asked["reason"])} for asked in file.get("questions", [])],
            }
            for file in receipt.files
        ]
        moves = [{"kpi": move.kpi, "before": move.before, "after": move.after} | _days(move) for move in prepared.moves]
        whole = {
            "version": version,
            "published": published,
            "files": [file | extra for file, extra in zip(files, more, strict=True)],
            "moved": moves,
            "window_moved": None if prepared.window_moved is None else str(prepared.window_moved),
            "audits": [
                {name: audit.get(name) for name in ("name", "severity", "row_count", "examples")}
                | {"said": _said(audit["said"]), "way_out": _said(audit.get("way_out"))}
                for audit in receipt.audits
            ],
            "new": receipt.new or {},
        }
        print(json.dumps(whole | {"left_out": list(receipt.left_out)} | more_fields, ensure_ascii=False, indent=1, default=str))
        return
    print(printed(FILE_FIELDS, [[file[name] if file[name] is not None else "" for name in FILE_FIELDS] for file in files], form))
    if form == "text":
        _print_more(prepared, version, published)


def _said(kept: str | None) -> str | None:
    return None if kept is None else str(Message.from_json(kept))


def _print_more(prepared: Any, version: int | None, published: bool) -> None:
    """What a person wants to know beside the table: decisions, oddities, new names, moved KPIs."""
    receipt = prepared.receipt
    for file in receipt.files:
        for told in file["told"]:
            print(f"  {file['file']}: {_said(told['said'])}")
        _print_rejects(file)
    for table, new in (receipt.new or {}).items():
        if new["n"]:
            print(f"  new in {table}: {new['n']} ({', '.join(new['examples'])}{', …' if new['n'] > len(new['examples']) else ''})")
    for move in prepared.moves:
        print(f"  {move.kpi}: {_moved(move)}")
    if prepared.moves and prepared.window_moved is not None:
        print(f"  {prepared.window_moved}")
    if receipt.left_out:
        print(f"  left out (no table files): {', '.join(receipt.left_out)}")
    print(f"Published as version {version}." if published else f"Nothing was published; version {version} is served." if version else "Nothing was published.")


def _print_rejects(file: dict[str, Any]) -> None:
    """The first rejects of a file with line, column and value; nothing else shows them where the load is not published."""
    shown = file.get("rejects", [])
    for reject in shown:
        where = f"line {reject['line']}" + (f", {reject['column']}" if reject["column"] else "")
        print(f"  {file['file']}: rejected {where}: “{(reject['value'] or '')[:120]}”: {_said(reject['reason'])}")
    if more := file["rejected"] - len({reject["line"] for reject in shown}):
        print(f"  {file['file']}: {more} more rejected rows")


def _days(move: Any) -> dict[str, str | None]:
    """The first and last day that each side of a move speaks of; a figure of one day has no first."""
    found = {}
    for side, days in (("before", move.before_days), ("after", move.after_days)):
        found[f"{side}_first_day"] = days.first.isoformat() if days is not None and days.first is not None else None
        found[f"{side}_last_day"] = days.last.isoformat() if days is not None else None
    return found


def _moved(move: Any) -> str:
    """Both figures with the days that they speak of, said once where these are the same."""
    before, after = _figure(move.before), _figure(move.after)
    if move.before_days is None or move.before_days == move.after_days:
        return f"{before} → {after} ({move.after_days})"
    return f"{before} ({move.before_days}) → {after} ({move.after_days})"


def _figure(value: float | None) -> str:
    return "unknown" if value is None else f"{value:,.2f}"
