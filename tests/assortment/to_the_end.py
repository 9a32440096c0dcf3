"""A withdrawal from candidate to zero stock and a launch to the end of its novelty, on the demo company, by the engine alone.

    python -m tests.assortment.to_the_end <folder>     in an empty folder; the demo must be built

The demo's data end before the gates of 2026, so the months after it are written by `data.demo.later` and loaded through the same door as any file: three
until the gates; then, what was decided being in force, as many as the run-off and the novelty need.
"""

import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from data.demo import later
from data.demo.days import month_start
from engine.answers import loading
from engine.answers.assortment import decided, gates, launches, novelties, pilots, run_off, withdrawals
from engine.answers.periods import last_day
from engine.answers.source import source_of
from engine.assortment.novelty import novelty_until
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.store.home import DEMO_HOME, Home
from engine.store.warehouse import Warehouse, open_warehouse

MARKETER, DIRECTOR = Scope(who="Wang", roles=frozenset({"marketing"})), Scope(who="Chen", roles=frozenset({"executive"}))
PROJECT, SPHERE, GROUP = "XM004", "白酒", "光瓶酒"
NAMES = ("小麦 42度500毫升", "小麦 52度500毫升", "小麦 45度100毫升", "小麦 42度1升")
AGREED_ON, APPROVED_ON, ORDERED_ON = date(2026, 2, 1), date(2026, 2, 3), date(2026, 2, 5)
DEADLINE = date(2026, 7, 31)
WORDS = {
    "grounds": "margin under 5 %, in decline", "agreed_with": "sales, production, finance", "measures": "20 % off to dealers who buy it",
    "monitoring": "Wang, each month",
}  # fmt: skip
TABLES = ("products", "sales", "stock", "locations")


@dataclass
class Ended:
    """What happened. left: end of month -> pieces of what is withdrawn; states: of its products, in words; novelty: day -> states of the launched products
    on it; results: what was told of them at the end."""

    withdrawn: list[str] = field(default_factory=list)
    left: dict[date, float] = field(default_factory=dict)
    states: dict[date, set[str]] = field(default_factory=dict)
    headline: str = ""
    launched: list[str] = field(default_factory=list)
    novelty: dict[date, set[str]] = field(default_factory=dict)
    results: set[str] = field(default_factory=set)
    new_share: dict[date, float] = field(default_factory=dict)


def to_the_end(home: Home) -> Ended:
    """Carry both through on a home that holds the demo. Its records and versions are added to."""
    bring(home, 3)
    desk, ended = open_warehouse(home), Ended()
    ended.withdrawn = _withdrawn(desk, home)
    _launched(desk, home)
    source = source_of(desk, EVERYTHING)
    leaving = {sku: day - timedelta(1) for sku, day in decided.run_off_ends(source).items()}
    coming = _coming(source)
    ended.launched = [each.sku for each in coming]
    new_until = novelty_until(coming[0].launch_on)
    last = last_day(source)
    many = max((day.year - last.year) * 12 + day.month - last.month for day in (*leaving.values(), new_until))
    bring(home, many, leaving, coming)
    _followed(open_warehouse(home), home, ended, [month_start(last, step + 1) - timedelta(1) for step in range(1, many + 1)], new_until)
    return ended


def bring(home: Home, many: int, leaving: Mapping[str, date] | None = None, coming: tuple[later.Coming, ...] = ()) -> None:
    """Write the coming months as files and load them on top of what is served."""
    desk = open_warehouse(home)
    tables = later.months_after({name: desk.input_rows(name) for name in TABLES}, many, leaving, coming)
    with tempfile.TemporaryDirectory() as folder:
        later.write(tables, folder)
        prepared = loading.prepare(home, [Path(folder)])
        assert prepared.receipt.publishable, prepared.receipt.why_not()
        loading.publish(home, prepared)


def _in_force(home: Home, each: gates.Decision, order_no: str) -> None:
    path, settings = str(home.path), home.settings()
    each = gates.write(path, each.subject, each.id, WORDS, MARKETER, each.version)
    each = gates.move(path, each.subject, each.id, "agreed", AGREED_ON, settings, MARKETER, each.version)
    each = gates.move(path, each.subject, each.id, "approved", APPROVED_ON, settings, DIRECTOR, each.version)
    gates.move(path, each.subject, each.id, "in_force", ORDERED_ON, settings, DIRECTOR, each.version, order_no=order_no)


def _withdrawn(desk: Warehouse, home: Home) -> list[str]:
    """The recommended candidates of the gate leave by an order; gives their codes."""
    found = withdrawals.withdrawal_candidates(desk, Selection(), EVERYTHING).frame.filter("is_recommended")
    effect = withdrawals.effects(desk, Selection(), EVERYTHING, *(f"{sphere} · {sku}" for sphere, sku in found.select("sphere", "sku").iter_rows()))
    drafted = withdrawals.begin(str(home.path), effect, MARKETER, desk.version)
    _in_force(home, gates.write(str(home.path), drafted.subject, drafted.id, {"deadline": DEADLINE}, MARKETER, desk.version), "2026-1")
    return sorted(set(found["sku"]))


def _launched(desk: Warehouse, home: Home) -> None:
    check = launches.launch_check(desk, Selection(), EVERYTHING, PROJECT, SPHERE)
    gate_days = home.settings()["launch_gate_days"]
    _in_force(home, launches.begin(str(home.path), check, PROJECT, NAMES, SPHERE, GROUP, MARKETER, desk.version, gate_days), "2026-2")


def _coming(source: Any) -> tuple[later.Coming, ...]:
    """The products of the launches that are in force, with codes of their own."""
    return tuple(
        later.Coming(f"{line.line_id}-{number}", str(row["name"]), line.line_id, line.line_id, line.sphere, line.product_group, line.launch_on,
                     line.margin_share or 0.0)
        for line in decided.launches(source)
        for number, row in enumerate(gates.decision(str(source.home.path), line.subject).positions, start=1)
    )  # fmt: skip


def _followed(desk: Warehouse, home: Home, ended: Ended, month_ends: list[date], new_until: date) -> None:
    """Look at both at every end of a month, and at the novelty on its last day and the day after; then tell what became of it."""
    for day in month_ends:
        found = run_off.run_off(desk, Selection(as_of=day), EVERYTHING)
        ended.left[day] = float(found.frame["left_qty"].sum())
        ended.states[day] = {str(Message.from_json(said)) for said in found.frame["run_off_state"]}
        ended.headline = str(found.headline)
    for day in (new_until - timedelta(1), new_until):
        watched = novelties.novelties(desk, Selection(as_of=day), EVERYTHING)
        mine = [row for row in watched.frame.iter_rows(named=True) if row["sku"] in ended.launched]
        ended.novelty[day] = {str(Message.from_json(row["novelty_state"])) for row in mine}
        ended.new_share[day] = float(watched.facts["novelty_share"])
    for sku in ended.launched:
        pilots.write(str(home.path), sku, 0, MARKETER, desk.version, result="keep", note="sells")
    told = novelties.novelties(desk, Selection(as_of=new_until), EVERYTHING).frame
    ended.results = {str(Message.from_json(row["novelty_result"])) for row in told.iter_rows(named=True) if row["sku"] in ended.launched}


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(folder: Path) -> None:
    shutil.copytree(DEMO_HOME, folder / "home", ignore=shutil.ignore_patterns("records"))
    ended = to_the_end(Home(folder / "home"))
    tell(f"withdrawn: {len(ended.withdrawn)} products; launched: {len(ended.launched)}")
    for day, left in ended.left.items():
        tell(f"{day}  {left:9,.0f} pieces left  {', '.join(sorted(ended.states[day]))}")
    tell(ended.headline)
    for day, states in ended.novelty.items():
        tell(f"{day}  {', '.join(sorted(states))}  {ended.new_share[day]:.2%} of turnover is new")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
