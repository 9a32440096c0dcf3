"""The rules of the house: who may import whom, what may be written where, how long and under which names.

Each rule stands in CONTRIBUTING.md in words; here it is a test, because only what a test guards stays true. A test names every
offence as file:line. The rules of the SQL files are in test_house_sql.py.
"""

import ast
import functools
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]

SPELLED_SQL = {
    # file or folder whose SQL is put together: why that is safe there. Everywhere else SQL is a constant with $parameters.
    "engine/store/layers.py": "names come from the contracts and from file names of sql/, never from a user",
    "engine/store/bounded.py": "tables of RULES and of our own catalogues; own codes lie in tables and are bound as values",
    "engine/store/warehouse.py": "paths of our own warehouse files, quotes doubled; ATTACH and SET take no parameters",
    "engine/store/merging.py": "tables and columns of contracts, relations named by us; values go as parameters",
    "engine/store/audits.py": "the audits of sql/checks/ themselves, counted and looked at; values go as parameters",
    "engine/store/dealer_places.py": "two columns of contracts, named there; values go as parameters",
    "engine/store/orphans.py": "tables and columns of contracts, relations named by us; values go as parameters or quoted literals",
    "engine/store/replaced.py": "tables and columns of contracts, relations named by us; values go as parameters",
    "engine/store/grains.py": "tables and columns of contracts, relations named by us; values go as parameters",
    "engine/store/earlier.py": "tables and columns named here; the path of our own warehouse file, quotes doubled; days go as parameters",
    "engine/store/worker.py": "tables and columns of contracts, relations named by us; values go as parameters",
    "engine/store/intake": "tables and columns are named by us (c0, c1 …) or by a contract and quoted; values go as parameters or quoted literals",
}
CACHED_WITHOUT_ROWS = {
    # function of a page whose cache key needs no scope or version: why
    "warehouse": "the connection itself, one a home; every read of it names its version",
}

WRITES_FILES = {
    # file outside the store that touches the disk: why
    "engine/answers/demo.py": "makes the demo's files in a folder of their own and puts its home in place of the old one",
    "engine/answers/demo_meeting.py": "holds the demo's earlier meeting in a home of its own and moves what was decided to the demo's",
}


def python_files(*rooms: str) -> list[str]:
    """Our Python files below some folders (or the files themselves), as paths relative to the project."""
    paths = [path for room in rooms for path in ([PROJECT / room] if room.endswith(".py") else sorted((PROJECT / room).rglob("*.py")))]
    return [path.relative_to(PROJECT).as_posix() for path in paths if path.exists()]


DOORS = python_files(
    *(
        f"engine/{name}.py"
        for name in (
            "__main__", "access_command", "bootstrap", "command_line", "forecast_command", "operating", "options", "printing", "receipt_printing", "serving",
            "watching",
        )
    )
)  # fmt: skip
FOUNDATION = python_files(
    *(f"engine/{name}.py" for name in ("messages", "errors", "roles", "scope", "selection", "settings", "visible", "exposure")), "engine/thresholds"
)  # fmt: skip
STORE, ANSWERS, WORDS = python_files("engine/store"), python_files("engine/answers"), python_files("engine/documents", "engine/language")
SUBJECTS = [file for file in python_files("engine") if file not in {*DOORS, *FOUNDATION, *STORE, *ANSWERS, *WORDS, "engine/__init__.py"}]
FORMULAS = sorted({f"engine.{file.split('/')[1].removesuffix('.py')}" for file in SUBJECTS} - {"engine.figures", "engine.kpis"})
PARTS = python_files("pages/parts")
PAGES = [file for file in python_files("pages") if file not in PARTS and not file.endswith("__init__.py")]
SCREEN = [*PAGES, *PARTS, *python_files("app.py")]
PRODUCT = [*python_files("app.py", "pages", "engine", "data/demo")]
OURS = [*PRODUCT, *python_files("tests")]


@functools.cache
def text(file: str) -> str:
    return (PROJECT / file).read_text(encoding="utf-8")


@functools.cache
def tree(file: str) -> ast.Module:
    return ast.parse(text(file))


@functools.cache
def nodes(file: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(file)))


@functools.cache
def imported(file: str) -> frozenset[str]:
    """Full names of the modules that a file imports, wherever in it; `from a import b` gives `a` and `a.b`."""
    plain = {alias.name for node in nodes(file) if isinstance(node, ast.Import) for alias in node.names}
    froms = [node for node in nodes(file) if isinstance(node, ast.ImportFrom)]
    assert not any(node.level for node in froms), f"{file} imports relatively"
    calls = [node for node in nodes(file) if isinstance(node, ast.Call) and last_name(node) in {"importorskip", "import_module"}]
    plain |= {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}
    return frozenset(plain | {node.module or "" for node in froms} | {f"{node.module}.{alias.name}" for node in froms for alias in node.names})


def imports(files: Iterable[str], *forbidden: str) -> list[str]:
    """Which of the files import one of the forbidden modules or something inside it."""
    return [f"{file} imports {module}" for file in files for module in sorted(imported(file)) if any(f"{module}.".startswith(f"{name}.") for name in forbidden)]


def offences(files: Iterable[str], is_offence: Callable[[ast.AST], bool]) -> list[str]:
    return [f"{file}:{getattr(node, 'lineno', 0)}" for file in files for node in nodes(file) if is_offence(node)]


def strings(file: str) -> Iterator[tuple[int, str, bool]]:
    """Line, text and whether something is filled in, of every string of a file; docstrings left out, filled places as `{}`."""
    prose = {id(node.value) for node in nodes(file) if isinstance(node, ast.Expr)}
    parts = {id(part) for node in nodes(file) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes(file):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose | parts:
            yield node.lineno, node.value, False
        elif isinstance(node, ast.JoinedStr):
            words = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            yield node.lineno, "".join(words), "{}" in words


def looks_like_sql(words: str) -> bool:
    """A statement in our lower-case style, or any SELECT … FROM; English sentences that begin with `With` or `Update` are none."""
    verbs, joints = "select|with|create|insert|delete|update|drop|copy|alter|attach|merge", "from|as|into|table|view|set|to"
    statement = re.search(rf"^\s*({verbs})\b[^.!?]*\b({joints})\b", words, re.S) and words == words.lower()
    return bool(statement or re.search(r"\bselect\b.+\bfrom\b", words, re.S | re.I))


def last_name(node: ast.AST) -> str:
    """The name of what is called, without what stands before its last dot; empty where nothing is called."""
    called = node.func if isinstance(node, ast.Call) else None
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def none(found: Iterable[str]) -> None:
    """Nothing was found; else each offence on a line of its own."""
    listed = sorted(found)
    assert not listed, "\n" + "\n".join(listed)


# ── who may import whom ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_shown_knows_no_database_no_store_and_no_formula():
    none(imports(SCREEN, "duckdb", "sqlite3", "sqlalchemy", "engine.store", "plotly", *FORMULAS))


def test_no_page_knows_another_page():
    none([f"{file} imports {name}" for file in SCREEN for name in imported(file) if name.startswith("pages.") and not name.startswith("pages.parts")])


def test_a_subject_is_frames_and_numbers_in_and_out():
    none(imports(SUBJECTS, "streamlit", "duckdb", "sqlite3", "engine.store", "engine.answers", "pathlib", "os", "io", "shutil", "tempfile"))
    none(imports([file for file in SUBJECTS if not file.startswith("engine/figures")], "plotly"))
    none(offences(SUBJECTS, lambda node: isinstance(node, ast.Global)))


def test_an_answer_joins_reads_and_formulas_and_shows_nothing():
    none(imports(ANSWERS, "streamlit", "plotly", "duckdb", "sqlite3", "pages", "engine.figures"))


def test_documents_and_language_know_neither_screen_nor_database():
    none(imports(WORDS, "streamlit", "duckdb", "sqlite3", "pages"))


def test_the_store_knows_neither_screen_nor_formulas():
    none(imports(STORE, "streamlit", "plotly", "pages", "engine.kpis", "engine.answers", "engine.figures", *FORMULAS))


def test_the_command_line_is_a_thin_door():
    none(imports(DOORS, "streamlit", "plotly", "duckdb", *FORMULAS))


def test_the_foundation_stands_on_itself_alone():
    own = {file.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for file in FOUNDATION}
    known = {name for file in FOUNDATION for name in imported(file) if name.startswith("engine.")}
    assert {name for name in known if not any(f"{name}.".startswith(f"{module}.") for module in own)} == set()
    none(imports(FOUNDATION, "streamlit", "duckdb", "polars", "plotly"))


def test_disk_is_touched_by_the_store_and_the_doors_alone():
    acts = {"open", "read_text", "write_text", "write_bytes", "unlink", "mkdir", "rmtree", "copyfile", "read_csv", "read_parquet", "write_csv"}
    pure = [file for file in PRODUCT if (file.startswith(("engine/answers", "pages")) or file in SUBJECTS) and file not in WRITES_FILES]
    none(offences(pure, lambda node: last_name(node) in acts))


def test_every_import_is_pinned_and_every_chosen_package_is_used():
    """Of the requirement files the upper block is what we chose; what it brings along is pinned below it."""
    owners = metadata.packages_distributions()
    used = {module.split(".")[0] for file in OURS for module in imported(file)} - sys.stdlib_module_names - {"", "app", "data", "engine", "pages", "tests"}
    needed = {re.sub(r"[-_.]+", "-", name.lower()) for module in used for name in owners.get(module, [module])}
    blocks = "\n".join(text(name).split("\n\n")[0] for name in ("requirements.txt", "requirements-dev.txt"))
    chosen = {re.sub(r"[-_.]+", "-", name.lower()) for name in re.findall(r"^([\w.-]+)==", blocks, re.M)}
    tools = {"mypy", "pytest-timeout", "pytest-xdist", "ruff"}  # plug-ins and programs
    assert needed - chosen == set()
    assert chosen - needed - tools == set()


# ── what may be written where ────────────────────────────────────────────────────────────────────────────────────────────


def test_no_page_lies_where_streamlit_would_run_it_without_the_door():
    none(list((PROJECT / "pages").glob("*.py")))


def test_no_sql_is_written_outside_the_store():
    elsewhere = [file for file in PRODUCT if file not in STORE]
    none([f"{file}:{line}" for file in elsewhere for line, words, _ in strings(file) if looks_like_sql(words)])


def test_sql_is_constant_text_with_parameters():
    """Where SQL must be put together from names, the file gives its reason in SPELLED_SQL."""
    strict = [file for file in STORE if not any(file == name or file.startswith(f"{name}/") for name in SPELLED_SQL)]
    spelled = [f"{file}:{line}" for file in strict for line, words, filled in strings(file) if filled and looks_like_sql(words)]

    def is_glued(node: ast.AST) -> bool:
        glue = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod) and isinstance(node.left, ast.Constant)
        return glue and isinstance(node.left.value, str) and looks_like_sql(f"{node.left.value} ")

    none(spelled + offences(strict, is_glued))
    none([name for name in SPELLED_SQL if not (PROJECT / name).exists()])


def test_numbers_on_screen_are_formatted_by_the_language_alone():
    def is_formatting(node: ast.AST) -> bool:
        spec = ast.unparse(node.format_spec) if isinstance(node, ast.FormattedValue) and node.format_spec is not None else ""
        return bool(re.search(r"[,.%defgn]", spec.removeprefix("f").strip("'\""))) or last_name(node) in {"round", "format_string", "strftime"}

    patterns = [f"{file}:{line}" for file in SCREEN for line, words, _ in strings(file) if re.search(r"%[,.]?\d*\.?\d*[dfg]\b|:[,.]\d?[df%]?\}", words)]
    none(offences(SCREEN, is_formatting) + patterns)


def test_a_page_holds_no_threshold():
    def is_threshold(node: ast.AST) -> bool:
        sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        return any(isinstance(side, ast.Constant) and type(side.value) in (int, float) and side.value not in (0, 1) for side in sides)

    none(offences(PAGES, is_threshold))


def test_every_cache_key_holds_scope_and_version_and_no_frame():
    for file in SCREEN:
        for node in nodes(file):
            marks = [ast.unparse(mark) for mark in node.decorator_list] if isinstance(node, ast.FunctionDef) else []
            if not any(re.search(r"\bcache_(data|resource)\b", mark) for mark in marks) or node.name in CACHED_WITHOUT_ROWS:
                continue
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            where = f"{file}:{node.lineno} {node.name}"
            assert {argument.arg for argument in arguments} >= {"scope", "version"}, where
            assert not [argument.arg for argument in arguments if argument.annotation is not None and "Frame" in ast.unparse(argument.annotation)], where
            assert not [inner for inner in ast.walk(node) if isinstance(inner, ast.Try)], f"{where}: an answer that failed must not be kept"


def test_only_the_frame_reads_the_session():
    """Pages are handed one frozen record of what was chosen."""
    none([file for file in PAGES if "session_state" in text(file)])


# ── how long, and under which names ──────────────────────────────────────────────────────────────────────────────────────


def test_pages_are_short_and_files_and_functions_stay_readable():
    none([file for file in PAGES if len(text(file).splitlines()) >= 80])
    none([file for file in PRODUCT if len(text(file).splitlines()) > 350])
    none(offences(PRODUCT, lambda node: isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 70))


def test_every_file_says_what_it_is_and_what_is_public_is_explained():
    none([file for file in OURS if text(file).strip() and not ast.get_docstring(tree(file))])

    bare = [
        f"{file}:{node.lineno} {node.name}"
        for file in (*STORE, *ANSWERS, *SUBJECTS, *FOUNDATION)
        for node in tree(file).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
        if (node.end_lineno or 0) - node.lineno > 7
    ]
    none(bare)


def test_names_say_what_a_thing_is():
    vague = r"utils?|helpers?|managers?|process(or|ing)?|data2|misc|common|stuff"
    none([file for file in OURS if re.fullmatch(rf"(.*_)?({vague})", Path(file).stem)])

    def is_vague(node: ast.AST) -> bool:
        return isinstance(node, ast.FunctionDef | ast.ClassDef) and bool(re.fullmatch(rf"get_.*|{vague}", node.name))

    none(offences(OURS, is_vague))


def test_tests_are_sentences():
    tests = [file for file in OURS if Path(file).name.startswith("test_")]

    def is_no_sentence(node: ast.AST) -> bool:
        return isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and len(node.name.split("_")) < 4

    none(offences(tests, is_no_sentence))


def test_nothing_is_left_to_do():
    none([file for file in OURS if file != "tests/test_house.py" and re.search(r"\b(TODO|FIXME|XXX|HACK)\b", text(file))])


def test_no_error_is_caught_that_nobody_thought_of():
    def is_too_broad(node: ast.AST) -> bool:
        if not isinstance(node, ast.ExceptHandler):
            return False
        caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else {"BaseException"}
        raises_again = any(isinstance(inner, ast.Raise) and inner.exc is None for inner in node.body)
        return "Exception" in caught or ("BaseException" in caught and not raises_again)

    none(offences(OURS, is_too_broad))


def test_no_path_of_one_machine_is_written_down():
    local = re.compile(r"(/home/|/root/|/Users/|/work/|/tmp/|[A-Z]:\\Users)")
    none([f"{file}:{line}" for file in OURS if file != "tests/test_house.py" for line, words, _ in strings(file) if local.match(words)])
