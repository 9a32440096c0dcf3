"""What a business person would stumble over: each rule with a name, a severity, a threshold and a sentence.

Severity: `tell` (the rows are loaded and counted), `reject` (they are not), `refuse` (the file is not). A home may choose another
one in its settings (`rule_<name>`).
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import duckdb

from engine.errors import BadUse, Refused
from engine.messages import Message, message, plural
from engine.settings import Settings
from engine.store.contracts import Contract
from engine.store.intake import account
from engine.store.intake.dates_in_columns import MONTHS_TAKEN
from engine.store.intake.notation import literal, words
from engine.store.intake.reading import Fitted, Told

SEVERITIES = ("tell", "reject", "refuse")
HAPPENED = frozenset(
    words(
        "sales dealer_sales stock orders order_changes purchases production transfers adjustments invoices payments visits stocktakes",
        "complaints diversions requests",
    )
)


@dataclass(frozen=True)
class View:
    """What a rule looks at. known: contract table -> relation. settings: thresholds. today: the day of loading.
    by_month: whether the rows stand for whole months, on their last day."""

    contract: Contract
    name: str
    known: Mapping[str, str]
    settings: Settings
    today: datetime.date
    by_month: bool = False

    def has(self, *columns: str) -> bool:
        return set(columns) <= {column.name for column in self.contract.columns}


@dataclass(frozen=True)
class Rule:
    """One oddity. threshold: the setting that holds it, if any. rows: SQL select (line, value), or None where it does not apply.

    column: the column it speaks of, given the view. said: the sentence about `n` rows.
    """

    name: str
    severity: str
    threshold: str | None
    said: Callable[[int], Message]
    column: Callable[[View], str | None]
    rows: Callable[[View], str | None]


def _dated(view: View) -> str | None:
    """The column that dates what has happened; plans may lie in the future."""
    column = view.contract.dated_by
    return column if column and view.contract.table in HAPPENED and view.contract.column(column).unit == "day" else None


def _future(view: View) -> str | None:
    day, today = _dated(view), f"date {literal(view.today.isoformat())}"
    last = f"last_day({today})" if view.by_month else today  # the running month stands on a day that is still to come
    return f'select _line as line, "{day}"::varchar as value from {view.name} where "{day}" > {last}' if day else None


def _old(view: View) -> str | None:
    day = _dated(view)
    return f'select _line as line, "{day}"::varchar as value from {view.name} where year("{day}") < {int(view.settings["first_year"])}' if day else None


def _priced(condition: str) -> Callable[[View], str | None]:
    def rows(view: View) -> str | None:
        if not view.has("qty", "net_value") or view.contract.table == "budget":
            return None
        return f"select _line as line, net_value::varchar || ' / ' || qty::varchar as value from {view.name} where {condition}"

    return rows


def _unit_price(view: View) -> str | None:
    prices = [column.name for column in view.contract.columns if column.unit == "money_per_unit" and column.type == "DOUBLE"]
    if not prices:
        return None
    worst = "least(" + ", ".join(f'"{price}"' for price in prices) + ")"
    return f"select _line as line, {worst}::varchar as value from {view.name} where {worst} <= 0"


def _product_date(column: str, sign: str) -> Callable[[View], str | None]:
    def rows(view: View) -> str | None:
        day = view.contract.dated_by
        if view.contract.table not in ("sales", "dealer_sales", "orders") or "products" not in view.known or not day:
            return None
        return (
            f"select s._line as line, s.sku || ' ' || s.\"{day}\"::varchar as value from {view.name} s "
            f"join (select sku, {column} as turned_on from {view.known['products']} where {column} is not null) p on p.sku = s.sku "
            f'where s."{day}" {sign} p.turned_on'
        )

    return rows


def _negative_stock(view: View) -> str | None:
    return f"select _line as line, on_hand_qty::varchar as value from {view.name} where on_hand_qty < 0" if view.contract.table == "stock" else None


def _stock_jump(view: View) -> str | None:
    if view.contract.table != "stock":
        return None
    times = float(view.settings["stock_jump_times"])
    earlier = ""
    if "stock" in view.known:  # a count that this file brings anew is no earlier one
        same = f"exists (select 1 from {view.name} n where n.location_id = e.location_id and n.counted_on = e.counted_on)"
        earlier = f" union all select location_id, item_id, counted_on, on_hand_qty from {view.known['stock']} e where not {same}"
    return f"""with counted as (
            select location_id, item_id, counted_on, sum(on_hand_qty) as qty
            from (select location_id, item_id, counted_on, on_hand_qty from {view.name}{earlier}) group by location_id, item_id, counted_on
        ),
        compared as (select *, lag(qty) over (partition by location_id, item_id order by counted_on) as before from counted)
        select _line as line, before::varchar || ' → ' || qty::varchar as value
        from {view.name} join compared using (location_id, item_id, counted_on) where before > 0 and qty > before * {times}"""


def _returns(view: View) -> str | None:
    if view.contract.table != "sales":
        return None
    return f"""select _line as line, dealer_id || ' ' || sku || ': ' || sold::varchar as value
        from {view.name} join (select dealer_id, sku, sum(qty) as sold from {view.name} group by dealer_id, sku having sum(qty) < 0) using (dealer_id, sku)
        where qty < 0"""


def _column(*names: str) -> Callable[[View], str | None]:
    return lambda view: next((name for name in names if view.has(name)), None)


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("future_date", "reject", None, lambda n: plural("{n} row is dated in the future.", "{n} rows are dated in the future.", n=n), _dated, _future),
        Rule(
            "old_date",
            "tell",
            "first_year",
            lambda n: plural("{n} row is older than the company's first year.", "{n} rows are older than the company's first year.", n=n),
            _dated,
            _old,
        ),
        Rule(
            "negative_price",
            "tell",
            None,
            lambda n: plural("{n} row has a negative price.", "{n} rows have a negative price.", n=n),
            _column("net_value"),
            _priced("net_value * qty < 0"),
        ),
        Rule(
            "zero_price",
            "tell",
            None,
            lambda n: plural("{n} row has a price of zero.", "{n} rows have a price of zero.", n=n),
            _column("net_value"),
            _priced("net_value = 0 and qty <> 0"),
        ),
        Rule(
            "zero_qty",
            "tell",
            None,
            lambda n: plural("{n} row has an amount but no quantity.", "{n} rows have an amount but no quantity.", n=n),
            _column("qty"),
            _priced("qty = 0 and net_value <> 0"),
        ),
        Rule(
            "no_unit_price",
            "tell",
            None,
            lambda n: plural("{n} row has a unit price of zero or less.", "{n} rows have a unit price of zero or less.", n=n),
            _column("unit_cost", "list_price"),
            _unit_price,
        ),
        Rule(
            "withdrawn",
            "tell",
            None,
            lambda n: plural("{n} row sells a product after its withdrawal.", "{n} rows sell a product after its withdrawal.", n=n),
            _column("sku"),
            _product_date("withdrawn_on", ">"),
        ),
        Rule(
            "before_launch",
            "tell",
            None,
            lambda n: plural("{n} row sells a product before it entered the catalogue.", "{n} rows sell a product before it entered the catalogue.", n=n),
            _column("sku"),
            _product_date("catalogue_on", "<"),
        ),
        Rule(
            "negative_stock", "tell", None, lambda n: plural("{n} stock is negative.", "{n} stocks are negative.", n=n), _column("on_hand_qty"), _negative_stock
        ),
        Rule(
            "stock_jump",
            "tell",
            "stock_jump_times",
            lambda n: plural("{n} stock grew out of proportion since the count before.", "{n} stocks grew out of proportion since the count before.", n=n),
            _column("on_hand_qty"),
            _stock_jump,
        ),
        Rule(
            "returns_exceed_sales",
            "tell",
            None,
            lambda n: plural(
                "{n} return goes beyond what the dealer bought of the product in this file.",
                "{n} returns go beyond what the dealers bought of the products in this file.",
                n=n,
            ),
            _column("qty"),
            _returns,
        ),
    )
}


def severity(rule: Rule, settings: Settings) -> str:
    """The severity in force. Raises BadUse where a home names another word."""
    chosen = str(settings[f"rule_{rule.name}"])
    if chosen not in SEVERITIES:
        raise BadUse(message("The setting “{name}” must be tell, reject or refuse; it is “{found}”.", name=f"rule_{rule.name}", found=chosen))
    return chosen


def tell_oddities(
    con: duckdb.DuckDBPyConnection, contract: Contract, fitted: Fitted, known: Mapping[str, str], settings: Settings, today: datetime.date | None = None
) -> None:
    """Apply every rule to a fitted table: tell, reject rows, or raise Refused, by severity."""
    before = con.execute("select 1 from duckdb_tables() where schema_name = 'main' and table_name = $name", {"name": contract.table}).fetchall()
    # a table is no reference of its own, so `known` may lack it; yet some rules compare with what was there before
    known = {contract.table: f'main."{contract.table}"', **known} if before else known
    by_month = any(told.rule == MONTHS_TAKEN and told.column == contract.dated_by for told in fitted.told)
    view = View(contract, fitted.name, known, settings, today or datetime.date.today(), by_month)
    for rule in RULES.values():
        rows = rule.rows(view)
        if rows is None:
            continue
        count = int(con.execute(f"select count(*) from ({rows})").fetchall()[0][0])
        if not count:
            continue
        said, kind = rule.said(count), severity(rule, settings)
        shown = tuple((int(line), str(value)) for line, value in con.execute(f"select line, value from ({rows}) order by line limit 3").fetchall())
        if kind == "refuse":
            raise Refused(said)
        if kind == "reject":
            account.reject(con, fitted, rows, rule.column(view), rule.name, literal(rule.said(1).to_json()))
        else:
            fitted.told.append(Told(rule.name, rule.column(view), count, shown, said))
