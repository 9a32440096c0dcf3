"""What the KPIs are reckoned from: sales, stock, demand, balances and positions, gathered for the rows and days that were asked for.

Only what the asked KPIs need is read. What cannot be told apart by the asked keys is left out, with the reason.
"""

from collections.abc import Iterable

from engine.answers import frames
from engine.answers.dense import gathered
from engine.answers.gathering import GATES, Gathering, constants_of, say_what_cannot_be_told
from engine.answers.joining import Shared, joined
from engine.answers.periods import Span
from engine.answers.picking import ITEM_KEYS, Pick
from engine.answers.source import Source
from engine.kpis import INPUTS, Facts, Kpi


def facts_for(source: Source, kpis: Iterable[Kpi], span: Span, pick: Pick, keys: tuple[str, ...]) -> tuple[Facts, int]:
    """The facts for some KPIs at the grain of the keys (or finer), and how many sales lines lacked a cost of their own."""
    work = Gathering(source, span, pick, tuple(key for key in keys if key != "month"), frozenset(name for kpi in kpis for name in kpi.inputs))
    say_what_cannot_be_told(work)
    unfound = [name for name in work.needed if name not in work.why and INPUTS[name].total == "sum"]
    constants = [constants_of(work, number, period) for number, period in enumerate(work.periods)]
    shared = Shared(source, work.keys, span.by_month, unfound, constants, {GATES[name] for name in work.needed if name in GATES})
    if set(work.keys) <= set(ITEM_KEYS):
        frame, grain = gathered(work, shared)
        return Facts(frame, work.why, GATES, grain), work.estimated_lines
    for gather in (frames.gather_flows, frames.gather_demand, frames.gather_year, frames.gather_stock, frames.gather_positions):
        gather(work)
    return Facts(joined(work.frames, shared), work.why, GATES), work.estimated_lines
