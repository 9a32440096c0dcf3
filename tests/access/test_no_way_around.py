"""That nothing can be forgotten: every table has its rule, every question its facets, every cache its scope, and nobody reads round the bounds (SC-2)."""

import ast
import re

import duckdb
import pytest

from engine.facets import COLUMNS, KPIS, MEASURED, MEASURES, QUESTIONS, RAW
from engine.kpis import BOOK
from engine.roles import ACTS, FACETS, OWN_ROWS, ROLES
from engine.scope import Scope
from engine.store import layers
from engine.store.bounded import BY_AREA, BY_DEALER, BY_PLACE, RULES, SPELLED, Bounds
from engine.store.contracts import catalogue
from engine.store.home import SQL
from engine.store.warehouse import query_parameters, query_text
from tests.access import canary
from tests.test_house import ANSWERS as ANSWER_FILES
from tests.test_house import PARTS, PRODUCT, PROJECT, nodes, text

KEY_OF = {BY_DEALER: "dealer_id", BY_PLACE: "location_id", BY_AREA: "area_no"}
READ_THE_WHOLE = {
    # file that reads what is not its asker's: why, and what of it leaves
    "engine/answers/ageing.py": "what one place has too much of, another sells: the reserve of a lot; own lots leave",
    "engine/answers/classes.py": "the class of an article is the company's; a letter leaves",
    "engine/answers/dead_stock.py": "whether an article still sells is the company's; own lots leave",
    "engine/answers/dense.py": "whether an article sells at all; own stock leaves",
    "engine/answers/forecast_accuracy.py": "the company's forecast, for who sees all",
    "engine/answers/forecast_inputs.py": "the company's demand, from which its forecast is made",
    "engine/answers/forecast_run.py": "making the company's forecast; nobody asks",
    "engine/answers/forecasting.py": "the company's forecast, for who sees all",
    "engine/answers/gathering.py": "whether an article sells at all; own stock leaves",
    "engine/answers/lost_sales.py": "whether we had the article at all; a cause leaves",
    "engine/answers/lots.py": "the day on which the company received a lot; own lots leave",
    "engine/answers/plan_changes.py": "what dealers usually change; whether one changes more leaves",
    "engine/answers/purposes.py": "what is needed of an article; the share of own places leaves",
    "engine/answers/recount.py": "whether an article sells at all, and its cost; own rows leave",
    "engine/answers/replenishing.py": "price and class of an article; both are the company's",
    "engine/answers/scorecard.py": "a dealer's place among all of its peers; own dealers leave",
    "engine/answers/source.py": "where the whole is made",
    "engine/answers/suggested_orders.py": "what our places have to give; the company's stock of an article",
    "engine/answers/veil.py": "which places are ours",
}
COMPANY_ALONE = ("engine/answers/meeting/", "engine/answers/sop/", "engine/answers/assortment/")
"""Rooms whose answers are about the whole company: who sees own rows is given none of them."""
MAKES_SOURCES = ("engine/answers/source.py", "engine/answers/kept.py", "engine/answers/forecast_run.py")
"""Where sources are made for nobody: the place itself, a build, the making of a forecast."""
KEPT_BY_WHAT_IS_SHOWN = {
    # module-level memories of pages: by what they are keyed
    "pages/parts/ordering.py": "id(check)",
    "pages/parts/tables.py": "_mark(asked)",
    "pages/parts/wide_sheet.py": "view.language, repr(shown)",
}


def test_every_mart_says_how_it_is_bounded():
    named = [table for tables in RULES["marts"].values() for table in tables]
    assert len(named) == len(set(named))
    assert {path.stem for path in (SQL / "marts").glob("*.sql")} - set(named) == set(), "a new mart needs a rule in engine/store/bounded.py"


def test_a_table_bounded_by_a_key_holds_that_key():
    con = duckdb.connect()
    layers.make_input_tables(con, catalogue())
    layers.make_layers(con)
    columns: dict[tuple[str, str], set[str]] = {}
    for schema, table, column in con.execute("select schema_name, table_name, column_name from duckdb_columns()").fetchall():
        columns.setdefault((schema, table), set()).add(column)
    for schema, rules in RULES.items():
        for rule, tables in rules.items():
            for table in tables:
                if (schema, table) not in columns:
                    continue
                assert rule not in KEY_OF or KEY_OF[rule] in columns[schema, table], f"{schema}.{table} has no {KEY_OF[rule]}"
                dealer_keys = [name for name in columns[schema, table] if name.endswith("dealer_id")]
                assert rule in (BY_DEALER, SPELLED, "closed") or not dealer_keys or table == "locations", f"{schema}.{table} names dealers: {dealer_keys}"


def test_every_read_runs_within_bounds_and_gives_nothing_to_who_sees_nothing(canaries):
    """All named reads, those of pages and those of explanations, on the catalogue of an empty scope."""
    within, whole = canaries.within(Bounds(frozenset(), None)), canaries
    company = {
        "calendar_between", "choices_days", "choices_goods", "days_in_data", "item_costs", "items", "material_supply", "order_packs", "recipes", "rows_sources",
        "rows_tables", "withdrawals", "rows_sources_with_lost_references",
    }  # fmt: skip
    for path in sorted((SQL / "queries").glob("*.sql")):
        if set(re.findall(r"\bkept\.(\w+)", query_text(path.stem))) & layers.DERIVED.keys():
            continue  # what lies beside a version is bounded by who reads it
        given = dict.fromkeys(query_parameters(path.stem))
        given |= {name: "2025-10-31" for name in given if name in ("as_of", "last", "last_day", "last_month")}
        given |= {name: "2020-01-01" for name in given if name in ("first", "first_day", "first_month", "from_month")}
        rows = within.read(path.stem, **given)
        assert rows.columns == whole.read(path.stem, **given).columns
        counted = [name for name, kind in rows.schema.items() if kind.is_numeric() and rows[name].fill_null(0).sum() != 0]
        assert path.stem in company or rows.is_empty() or not counted, f"{path.stem} gives {counted} to who sees nothing"


def test_whole_rows_are_read_only_where_the_reason_stands():
    files = [file for file in ANSWER_FILES if not file.startswith(COMPANY_ALONE)]
    readers = {file for file in files if re.search(r"\.whole\b|\bwhole=", "\n".join(line.split("#")[0] for line in text(file).splitlines()))}
    assert readers - set(READ_THE_WHOLE) == set(), "say why, and what of it leaves"
    assert {file for file in READ_THE_WHOLE if (PROJECT / file).exists()} - readers == set(), "it reads the whole no longer"


def test_a_source_is_made_for_a_scope_and_nowhere_else():
    for file in PRODUCT:
        calls = [node for node in nodes(file) if isinstance(node, ast.Call) and ast.unparse(node.func) in ("source_of", "Source")]
        unscoped = [ast.unparse(node) for node in calls if ast.unparse(node.func) == "Source" or len(node.args) < 2]
        if file not in MAKES_SOURCES and not file.startswith(("engine/store/", *COMPANY_ALONE)):
            assert unscoped == [], f"{file} makes a source for nobody"
        if file not in ("engine/answers/access.py", "engine/answers/allowing.py", "engine/answers/served.py") and file.startswith(("engine/answers", "pages")):
            assert not re.search(r"open_version\([^)]*\)\.read\(", text(file)), f"{file} reads a version without a scope"


def test_a_question_without_somebody_who_asks_is_refused(canaries):
    from engine.answers.glossary import _glossary
    from engine.selection import Selection

    with pytest.raises(TypeError, match="one scope"):
        _glossary(canaries, Selection(), None)


def test_every_question_has_its_facets_and_every_name_in_the_book_of_facets_exists():
    questions = {
        f"{file.rpartition('/')[2].removesuffix('.py')}.{node.name.lstrip('_')}"
        for file in ANSWER_FILES
        for node in nodes(file)
        if isinstance(node, ast.FunctionDef) and any(ast.unparse(mark) == "remembered" for mark in node.decorator_list)
    }
    assert questions - set(QUESTIONS) == set(), "a new question needs a line in engine/facets.py"
    assert set(KPIS) == set(BOOK)
    assert {facet for holds in QUESTIONS.values() for facet in holds.holds | holds.about | (holds.said or frozenset())} <= set(FACETS)
    assert {facet for facets in (*COLUMNS.values(), *RAW.values(), *MEASURES.values(), *MEASURED.values()) for facet in facets} <= set(FACETS)
    written = "\n".join(text(file) for file in ANSWER_FILES)
    assert [label for label in MEASURED if f'message("{label}")' not in written] == [], "a figure was renamed; its line in MEASURED is stale"
    built = {"capital_cost", "people_cost", "risk_cost", "storage_cost"}  # f"{kind}_cost"
    assert [name for name in COLUMNS if name not in written and name not in BOOK and name not in built] == []


def test_the_memories_of_pages_are_keyed_by_what_is_shown():
    """The frame or answer that a person was given, or all of its content, is its own key: whoever may not see it never holds it."""
    keeping = {file for file in PARTS if re.search(r"= Memory\(", text(file))}
    assert keeping == set(KEPT_BY_WHAT_IS_SHOWN)
    assert [file for file, key in KEPT_BY_WHAT_IS_SHOWN.items() if f"recall(({key}" not in text(file)] == []


def test_the_table_of_roles_hides_both_sides_from_which_a_margin_follows():
    for name, role in ROLES.items():
        assert role.hidden <= set(FACETS), name
        assert role.acts <= set(ACTS), name
        assert "margin" not in role.hidden or role.hidden & {"cost", "sales_value"}, name
    assert [name for name, role in ROLES.items() if role.rows == OWN_ROWS] == ["sales_manager"]
    assert ROLES["administrator"].acts == set(ACTS)
    assert not ROLES["administrator"].hidden


def test_whoever_sees_own_rows_only_does_nothing_to_the_whole_company():
    """Else an administrator of one region could look as somebody who sees all, or read everybody's names in the audit."""
    administrator = Scope("of a region", regions=frozenset({"North"}), roles=frozenset({"administrator"}))
    assert [act for act in ACTS if administrator.may(act)] == ["decide"]
    assert all(Scope("of all", roles=frozenset({"administrator"})).may(act) for act in ACTS)


def test_scope_is_part_of_equality_and_rights_leave_the_person_out():
    one, other = canary.SCOPES["one region"], canary.SCOPES["two regions"]
    assert one != other
    assert one.rights == Scope("somebody else", one.regions, one.dealers).rights
    assert one.rights != other.rights
    assert Scope(hidden=frozenset({"cost"})).rights != Scope().rights
