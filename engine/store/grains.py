"""Months beside days: a file of whole months and one of single days about the same dealers and products would count twice.

Neither is a correction of the other (their rows share no day), so neither replaces the other; the second is refused with a sentence.
"""

import duckdb

from engine.errors import Refused
from engine.messages import message
from engine.store.contracts import Contract
from engine.store.intake.dates_in_columns import MONTHS_TAKEN
from engine.store.intake.reading import Fitted

SHOWN = 3


def refuse_both(con: duckdb.DuckDBPyConnection, contract: Contract, fitted: Fitted) -> None:
    """Raise Refused where rows of the other grain are loaded for the same things in the same months. Balances (a table with a key that
    is always filled) do not add up over days, and are passed over."""
    day = contract.dated_by
    if not day or not contract.same or not contract.column(day).is_at_months_end:
        return
    by_month = any(told.rule == MONTHS_TAKEN and told.column == day for told in fitted.told)
    monthly = {source for (source,) in con.execute("select distinct source_id from loads.told where rule = $rule and table_name = $table",
                                                   {"rule": MONTHS_TAKEN, "table": contract.table}).fetchall()}  # fmt: skip
    if not by_month and not monthly:
        return
    others = f"_source {'not in' if by_month else 'in'} (select unnest($monthly::integer[]))"
    things = [column for column in contract.same if column != day and contract.column(column).required]
    same = " and ".join([f"date_trunc('month', new.\"{day}\") = date_trunc('month', old.\"{day}\")", *(f'new."{thing}" = old."{thing}"' for thing in things)])
    rows = con.execute(
        f"""select s.file, min(old."{day}"), count(*) from (select * from main."{contract.table}" where {others}) old semi join {fitted.name} new on {same}
        join loads.sources s on s.source_id = old._source group by s.file order by s.file limit {SHOWN}""",
        {"monthly": sorted(monthly)},
    ).fetchall()
    if not rows:
        return
    files = ", ".join(file for file, _, _ in rows)
    month = rows[0][1].replace(day=1)
    if by_month:
        raise Refused(
            message(
                "It brings whole months, and {files} brought the same things day by day (from {month} on): together they would count twice. "
                "Leave those months out, or take that load back.",
                files=files, month=month,
            )
        )  # fmt: skip
    raise Refused(
        message(
            "It brings single days, and {files} brought whole months of the same things (from {month} on): together they would count twice. "
            "Leave those months out, or take that load back.",
            files=files, month=month,
        )
    )  # fmt: skip
