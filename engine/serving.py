"""Serving the dashboard: which home is shown, on which port, and the start of Streamlit."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable

from engine import bootstrap
from engine.errors import BadUse, GranaryError
from engine.exposure import refusals
from engine.messages import message
from engine.store import demo_mark, versions
from engine.store.home import DEMO_HOME, PROJECT, Home
from engine.store.installation import setup_for

LOOPBACK = "127.0.0.1"
PORT = 8501
PORTS_TRIED = 50


def is_published(home: Home) -> bool:
    """Whether something was ever published in this home."""
    return versions.current(home) is not None


def shown_home(own: Home) -> Home:
    """The home whose figures are shown: the own one once something is loaded there, until then the demo's."""
    return own if is_published(own) else Home(DEMO_HOME)


def free_port(wanted: int, address: str) -> int:
    """The wanted port, else the next free one. Raises BadUse when the address is not ours or none of the next 50 is free."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if sys.platform == "linux":  # a port that was just left is free; elsewhere this option would share a taken one
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except PermissionError:
                raise BadUse(message("Port {port} may not be used by this account: choose one from 1024 up with --port.", port=port)) from None
            except (socket.gaierror, OverflowError):
                raise BadUse(message("“{address}” is no address of this machine; try {loopback}.", address=address, loopback=LOOPBACK)) from None
            except OSError as fault:
                if "assign" in str(fault) or "not valid in its context" in str(fault):
                    raise BadUse(message("“{address}” is no address of this machine; try {loopback}.", address=address, loopback=LOOPBACK)) from None
                continue
            return port
    raise BadUse(message("Every port from {first} to {last} is taken: choose another with --port.", first=wanted, last=min(wanted + PORTS_TRIED, 65536) - 1))


def command(port: int, address: str) -> list[str]:
    """The command that starts Streamlit; all that does not depend on the moment stands in .streamlit/config.toml."""
    options = [f"--server.port={port}", f"--server.address={address}", "--server.headless=true"]
    return [sys.executable, "-m", "streamlit", "run", str(PROJECT / "app.py"), *options]


def _see_that_it_is_whole(home: Home, tell: Callable[[str], None]) -> None:
    """Before anybody looks: where the served file is no longer what was published, the version below it is served, and that is said."""
    served = versions.current(home)
    if served is None or not versions.file_of(home, served).exists():
        return
    from engine.store import seals, soundness

    try:
        done = seals.fall_back(home)
    except GranaryError as fault:
        tell(str(fault))
    else:
        if done is not None:
            tell(str(soundness.said_of_fall_back(done)))


def serve(port: int = PORT, address: str = LOOPBACK, home: Home | None = None, tell: Callable[[str], None] = bootstrap.tell) -> int:
    """Serves the dashboard until it is stopped; does not return where the system has exec, else returns the exit code.

    home: the own home; as long as nothing is published in it the demo is shown, which is built first where it is missing.
    Raises BadUse for a port or an address that cannot be used, and where the figures would stand open (the door itself looks once more).
    """
    if not 1 <= port <= 65535:
        raise BadUse(message("“{port}” is no port: choose one from 1024 to 65535.", port=port))
    refused = refusals(setup_for(address))
    if refused:
        raise BadUse(" ".join(str(said) for said in refused))
    own = home or Home(PROJECT / "data")
    if not is_published(own) and not is_published(Home(DEMO_HOME)):
        tell("Nothing is loaded yet: building the demo company (once) …")
        built = subprocess.call([sys.executable, "-m", "engine", "demo"], cwd=PROJECT)
        if built != 0:
            return built
    _see_that_it_is_whole(own, tell)
    free = free_port(port, address)
    if free != port:
        tell(f"Port {port} is taken; using {free}.")
    is_own = is_published(own) and not demo_mark.is_demo(own)
    shown = "your own figures" if is_own else "the demo company (load your own files on the page Warehouse › Load)"
    host = f"[{address}]" if ":" in address else address
    tell(f"Serving {shown} at http://{host}:{free}  (stop with Ctrl-C)")
    os.environ["GRANARY_HOME"] = str(own.path)
    os.chdir(PROJECT)  # Streamlit looks for .streamlit/config.toml where it is started
    bootstrap.become(command(free, address))
