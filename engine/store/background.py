"""A command of ours that goes on by itself, for what takes minutes and nobody waits for."""

import subprocess
import sys
import threading

from engine.store.home import PROJECT, Home


def start(home: Home, verb: str) -> None:
    """Start `python -m engine VERB` on a home and return at once. Raises OSError where no process can be started."""
    command = [sys.executable, "-m", "engine", verb, "--home", str(home.path)]
    silent = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=PROJECT, stdin=silent, stdout=silent, stderr=silent, start_new_session=True)
    threading.Thread(target=process.wait, daemon=True).start()  # so that its end is heard of
