"""From a fresh clone to a running program: with the standard library alone, and with a sentence where something is missing."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine import bootstrap

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture
def fresh_clone(tmp_path, monkeypatch):
    """A folder that holds requirement files and no environment; commands that would run are noted and not run."""
    for name in (bootstrap.RUNTIME, bootstrap.DEVELOPMENT):
        (tmp_path / name).write_text("surely-not-installed==1.0\n")
    monkeypatch.setattr(bootstrap, "PROJECT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", str(tmp_path / ".venv"))
    monkeypatch.setattr(bootstrap, "STAMP", str(tmp_path / ".venv" / "installed.json"))
    became = []

    def become(command):
        became.append(command)
        raise SystemExit(0)

    monkeypatch.setattr(bootstrap, "become", become)
    return tmp_path, became


def environment_that_works(folder: Path) -> None:
    """An environment without packages of its own: made in a second, with this Python's pip."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--system-site-packages", str(folder / ".venv")], check=True)


@pytest.mark.parametrize("file", ["engine/__init__.py", "engine/__main__.py", "engine/bootstrap.py"])
def test_the_way_in_is_readable_by_an_old_python(file):
    ast.parse((PROJECT / file).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_the_way_in_imports_the_standard_library_alone():
    tree = ast.parse((PROJECT / "engine/bootstrap.py").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_an_old_python_is_told_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "LEAST", (3, 99))
    monkeypatch.setattr(bootstrap, "newer_python", lambda: None)
    with pytest.raises(SystemExit) as left:
        bootstrap.enter(["serve"])
    assert left.value.code == 2
    assert "needs Python 3.11" in capsys.readouterr().err


def test_an_old_python_hands_over_to_a_newer_one(monkeypatch, fresh_clone):
    _, became = fresh_clone
    monkeypatch.setattr(bootstrap, "LEAST", (3, 99))
    monkeypatch.setattr(bootstrap, "newer_python", lambda: "/usr/bin/python3.99")
    with pytest.raises(SystemExit):
        bootstrap.enter(["serve", "--port", "9000"])
    assert became == [["/usr/bin/python3.99", "-m", "engine", "serve", "--port", "9000"]]


def test_an_interpreter_that_has_everything_is_used_as_it_is(fresh_clone):
    folder, became = fresh_clone
    (folder / bootstrap.RUNTIME).write_text("# nothing is needed\n")
    bootstrap.ensure_environment(development=False)
    assert not became
    assert not (folder / ".venv").exists()


def test_a_fresh_clone_gets_its_environment_once_and_again_when_a_pin_changes(fresh_clone, monkeypatch):
    folder, became = fresh_clone
    installed = []
    monkeypatch.setattr(bootstrap, "make_environment", lambda: environment_that_works(folder))
    monkeypatch.setattr(bootstrap, "install", lambda files: (installed.append(list(files)), bootstrap.stamp(files)))

    def enter(*arguments):
        with pytest.raises(SystemExit):
            bootstrap.enter(list(arguments))

    enter("serve")
    enter("serve")
    assert installed == [["requirements.txt"]]
    enter("test")
    assert installed[1:] == [["requirements.txt", "requirements-dev.txt"]]
    (folder / bootstrap.RUNTIME).write_text("surely-not-installed==2.0\n")
    enter("serve")
    assert installed[2:] == [["requirements.txt"]]
    assert {tuple(command) for command in became} == {(bootstrap.interpreter(), "-m", "engine", "serve"), (bootstrap.interpreter(), "-m", "engine", "test")}


def test_an_environment_whose_python_is_gone_is_made_anew(fresh_clone, monkeypatch):
    folder, _ = fresh_clone
    python = Path(bootstrap.interpreter())
    python.parent.mkdir(parents=True)
    python.symlink_to(folder / "gone")
    (folder / ".venv" / "left over").write_text("from the broken one")

    def made(command, **options):
        Path(bootstrap.interpreter()).parent.mkdir(parents=True)
        Path(bootstrap.interpreter()).touch()
        return subprocess.CompletedProcess(command, 0, b"")

    monkeypatch.setattr(subprocess, "run", made)
    monkeypatch.setattr(bootstrap, "works", lambda python: os.path.exists(python))
    bootstrap.make_environment()
    assert os.path.exists(bootstrap.interpreter())
    assert not (folder / ".venv" / "left over").exists()


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("The virtual environment was not created successfully because ensurepip is not available.", "-venv"),
        ("/usr/bin/python3: No module named venv", "-venv"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("Error: [Errno 13] Permission denied: '/opt/granary/.venv'", "cannot be written"),
        ("something unforeseen\nlast words", "last words"),
    ],
)
def test_a_missing_venv_is_said_with_what_to_do(said, advice):
    assert advice in bootstrap.why_no_environment(said)


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("WARNING: Retrying ... NewConnectionError('<pip._vendor.urllib3...>: Failed to establish a new connection", "check the network"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "PIP_CERT"),
        ("ERROR: Could not find a version that satisfies the requirement duckdb==2.0.0", "duckdb==2.0.0"),
        ("", "nothing"),
    ],
)
def test_a_failed_installation_is_said_with_what_to_do(said, advice):
    assert advice in bootstrap.why_not_installed(said)


def test_an_unreachable_index_ends_in_one_sentence_and_no_stamp(fresh_clone, monkeypatch, capsys):
    folder, _ = fresh_clone
    subprocess.run([sys.executable, "-m", "venv", str(folder / ".venv")], check=True)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    with pytest.raises(SystemExit) as left:
        bootstrap.ensure_environment(development=False)
    said = capsys.readouterr().err
    assert left.value.code == 2
    assert "index" in said
    assert "Traceback" not in said
    assert not (folder / ".venv" / "installed.json").exists()


def test_every_pin_is_what_is_installed_here():
    """So that the tests run on what users will have."""
    assert bootstrap.is_installed([bootstrap.RUNTIME, bootstrap.DEVELOPMENT])


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make on this machine")
def test_make_names_the_python_that_it_needs(tmp_path):
    said = subprocess.run(["make", "test", "PYTHON="], cwd=PROJECT, capture_output=True, text=True)
    assert said.returncode == 2
    assert "Python 3.11 or newer" in said.stderr
