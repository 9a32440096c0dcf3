"""From a fresh clone to a running program, with the standard library alone.

`python -m engine` comes through here before anything else is imported: `enter` makes `.venv` from the pinned requirements
where that is needed and starts the same command again inside it. The file keeps to syntax that old Pythons can read, so that
they answer with a sentence instead of a SyntaxError.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from typing import NoReturn

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ENVIRONMENT = os.path.join(PROJECT, ".venv")
STAMP = os.path.join(ENVIRONMENT, "installed.json")
RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
LEAST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def enter(arguments: "list[str]") -> None:
    """What stands before every command: a Python that is new enough and an environment that holds the packages.

    Returns when the running interpreter will do; else starts `python -m engine <arguments>` where it will and does not
    return. Leaves with exit code 2 and one sentence on stderr where something is missing on this machine.
    """
    if not sys.version_info >= LEAST:  # written so that no checker takes what follows for unreachable
        newer = newer_python()
        if newer is None:
            stop(f"Granary needs Python 3.11 or newer; this is {sys.version_info[0]}.{sys.version_info[1]}. {how_to_get_python()}")
        become([newer, "-m", "engine", *arguments])
    if arguments[:1] == ["doctor"] and not works(interpreter()):
        return  # it says what is missing instead of installing it
    if arguments[:1] == ["doctor"] and os.path.realpath(sys.prefix) != os.path.realpath(ENVIRONMENT):
        become([interpreter(), "-m", "engine", *arguments])
    if arguments[:1] != ["doctor"]:
        ensure_environment(development=arguments[:1] in (["setup"], ["test"]), arguments=arguments)


def ensure_environment(development: bool, arguments: "list[str] | None" = None) -> None:
    """Sees to it that the pinned packages are there, with or without those for development.

    An interpreter that has all of them (a container, an environment of the user's own) is used as it is. Else `.venv` is made
    or brought up to date; outside of it, the command (`arguments`, by default the running one) starts again inside it.
    """
    files = [RUNTIME, DEVELOPMENT] if development else [RUNTIME]
    inside = os.path.realpath(sys.prefix) == os.path.realpath(ENVIRONMENT)
    if inside and is_stamped(files):
        return
    if not inside and not is_stamped(files) and is_installed(files):
        return
    if inside and is_installed(files):
        stamp(files)
        return
    if not is_stamped(files):
        make_environment()
        install(files)
    if not inside:
        become([interpreter(), "-m", "engine", *(sys.argv[1:] if arguments is None else arguments)])


def make_environment() -> None:
    """Makes `.venv`, or makes it anew where its interpreter does not start (moved folder, removed Python, broken off half-way)."""
    if works(interpreter()):
        return
    if os.path.lexists(ENVIRONMENT):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    tell(f"Making an environment for the packages in {ENVIRONMENT} …")
    made = subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode != 0 or not works(interpreter()):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        stop(why_no_environment(made.stdout.decode("utf-8", "replace")))


def why_no_environment(said: str) -> str:
    """One sentence on why `python -m venv` failed and what to do; `said` is what it printed."""
    if "ensurepip" in said or "No module named venv" in said:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        return f"Python's own tools venv and pip are missing: install them (Debian, Ubuntu: sudo apt install {package}) and run this again."
    if "No space left" in said:
        return f"The disk is full: about 1.5 GB are needed in {PROJECT}."
    if "Permission denied" in said or "Read-only" in said:
        return f"The folder {PROJECT} cannot be written to: copy the project to a folder of your own."
    return f"The environment {ENVIRONMENT} could not be made: {last_line(said)}"


def install(files: "list[str]") -> None:
    """Installs the pinned packages into `.venv`; stops with one sentence where that fails."""
    tell("Installing the packages of {} (once; a minute or two) …".format(" and ".join(files)))
    command = [interpreter(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    for name in files:
        command += ["-r", os.path.join(PROJECT, name)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        stop(why_not_installed(done.stdout.decode("utf-8", "replace")))
    stamp(files)


def why_not_installed(said: str) -> str:
    """One sentence on why pip failed and what to do; `said` is what it printed."""
    offline = ("NewConnectionError", "ConnectTimeout", "Name or service not known", "getaddrinfo failed", "Temporary failure in name resolution", "ProxyError")
    if any(sign in said for sign in offline):
        return "The package index cannot be reached: check the network (behind a proxy set HTTPS_PROXY, for a mirror PIP_INDEX_URL) and run this again."
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return "The package index shows a certificate that is not trusted here: set PIP_CERT to your company's certificate and run this again."
    if "No space left" in said:
        return f"The disk is full: about 1.5 GB are needed in {PROJECT}."
    if "No matching distribution" in said or "Could not find a version" in said:
        return f"The package index has no package for this Python ({sys.version_info[0]}.{sys.version_info[1]}) and system: {last_line(said)}"
    return f"The packages could not be installed: {last_line(said)}"


def interpreter() -> str:
    """The path of the environment's Python."""
    return os.path.join(ENVIRONMENT, "Scripts", "python.exe") if os.name == "nt" else os.path.join(ENVIRONMENT, "bin", "python")


def works(python: str) -> bool:
    """Whether this interpreter starts, is new enough and has pip."""
    if not os.path.exists(python):
        return False
    check = f"import pip, sys; sys.exit(sys.version_info < {LEAST!r})"
    try:
        return subprocess.run([python, "-c", check], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def newer_python() -> "str | None":
    """A Python ≥ 3.11 that this machine has under another name, or None."""
    for name in NEWER:
        found = shutil.which(name)
        if found and subprocess.run([found, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
            return found
    return None


def how_to_get_python() -> str:
    if os.name == "nt":
        return "Install it with: winget install Python.Python.3.13"
    if sys.platform == "darwin":
        return "Install it with: brew install python@3.13 (or from python.org)."
    return "Install it with: sudo apt install python3 python3-venv (Debian 12, Ubuntu 24.04 or newer), sudo dnf install python3.13, or from python.org."


def pinned(name: str) -> "dict[str, str]":
    """Package -> version of a requirements file; lines for other systems only (with a marker) are left out."""
    pins = {}
    with open(os.path.join(PROJECT, name), encoding="utf-8") as lines:
        for line in lines:
            line = line.partition("#")[0].strip()
            if "==" in line and ";" not in line:
                package, _, version = line.partition("==")
                pins[package.strip()] = version.strip()
    return pins


def is_installed(files: "list[str]") -> bool:
    """Whether the running interpreter has every pinned package in its pinned version."""
    from importlib import metadata

    for name in files:
        for package, version in pinned(name).items():
            try:
                if metadata.version(package) != version:
                    return False
            except metadata.PackageNotFoundError:
                return False
    return True


def fingerprint(name: str) -> str:
    """The hash of a requirements file and of the Python that the environment was made with."""
    with open(os.path.join(PROJECT, name), "rb") as lines:
        return hashlib.sha256(lines.read().replace(b"\r\n", b"\n")).hexdigest()


def is_stamped(files: "list[str]") -> bool:
    """Whether `.venv` was filled from these very requirement files."""
    try:
        with open(STAMP, encoding="utf-8") as kept:
            stamps = json.load(kept)
    except (OSError, ValueError):
        return False
    return os.path.exists(interpreter()) and all(stamps.get(name) == fingerprint(name) for name in files)


def stamp(files: "list[str]") -> None:
    """Notes in `.venv` from which requirement files it was filled; what it cannot write it will find out again."""
    try:
        with open(STAMP, encoding="utf-8") as kept:
            stamps = json.load(kept)
    except (OSError, ValueError):
        stamps = {}
    stamps.update((name, fingerprint(name)) for name in files)
    try:
        with open(STAMP, "w", encoding="utf-8") as kept:
            json.dump(stamps, kept)
    except OSError:
        return


def become(command: "list[str]") -> NoReturn:
    """Goes on as another command, with its exit code; Windows has no true exec, so there the command is a child."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    child = subprocess.Popen(command)
    while True:
        try:
            sys.exit(child.wait())
        except KeyboardInterrupt:
            continue  # the child hears Ctrl-C itself; its exit code is ours


def setup() -> int:
    """`setup`: everything for development too, so that `serve` and `test` start at once."""
    ensure_environment(development=True)
    tell(f"Everything is installed in {os.path.realpath(sys.prefix)}. Next: python -m engine serve")
    return 0


def test(arguments: "list[str]") -> int:
    """`test`: lint, format, types, tests; prints what each took. `arguments` go to pytest. Returns 0 where all passed, else 1."""
    # One worker more than cores, three at most: tests of browsers and processes wait as long as they work, and each worker makes what its tests share.
    pytest = ["pytest", *arguments] if arguments else ["pytest", "-n", str(min(3, (os.cpu_count() or 1) + 1)), "--dist", "loadfile", "--no-loadscope-reorder"]
    # Tests start hundreds of processes: where it is forbidden to keep compiled modules, each of them would compile everything once more.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # The workers share the cores already: what a library would share out among threads besides, a few rows at a time, only costs.
    surroundings |= {"POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    began = time.time()
    failed = []
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        # The types are checked meanwhile, on the core that the start of the tests leaves free; what was found is said at the end.
        types = subprocess.Popen([sys.executable, "-m", "mypy"], cwd=PROJECT, env=surroundings, stdout=said, stderr=subprocess.STDOUT)
        if not arguments:  # compile the tests once; the workers would do it all at the same time
            compiling = [sys.executable, "-m", "pytest", "--collect-only", "-qq"]
            subprocess.call(compiling, cwd=PROJECT, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for step in (["ruff", "check", "."], ["ruff", "format", "--check", "."], pytest):
            tell("── {}".format(" ".join(step)))
            started = time.time()
            if subprocess.call([sys.executable, "-m", *step], cwd=PROJECT, env=surroundings) != 0:
                failed.append(step[0] if step[1:2] != ["format"] else "ruff format")
            tell(f"   {time.time() - started:.0f} s")
        if types.wait() != 0:
            failed.append("mypy")
        said.seek(0)
        tell(f"── mypy\n{said.read()}")
    tell("Suite: {:.0f} s{}".format(time.time() - began, "; failed: " + ", ".join(failed) if failed else ", all passed"))
    return 1 if failed else 0


def last_line(said: str) -> str:
    lines = [line.strip() for line in said.strip().splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing."


def tell(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def stop(sentence: str) -> NoReturn:
    sys.stderr.write(sentence + "\n")
    sys.exit(2)
