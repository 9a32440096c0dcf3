"""A disk of which the so-manieth operation fails: laid over Python's own calls, for paths within one folder, in one process.

Counted are open, write, flush of a copy, replace, rename, fsync, mkdir, unlink and rmdir. What DuckDB and SQLite do by themselves lies below
Python; for them a limit on the size of files stands in (see test_fault_loop.py).
"""

import builtins
import contextlib
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

BY_PATH = ("open", "mkdir", "unlink", "remove", "rmdir")
BY_PATHS = ("replace", "rename")
BY_HANDLE = ("fsync", "sendfile")


class FaultyDisk:
    """root: the folder. failing: which operation fails, from 1. number: errno of its fault. count: operations so far."""

    def __init__(self, root: Path, failing: int, number: int) -> None:
        self.root, self.failing, self.number, self.count = str(root.resolve()), failing, number, 0
        self.failed: str | None = None

    @contextlib.contextmanager
    def laid_over(self) -> Iterator["FaultyDisk"]:
        """Inside, operations are counted and one of them fails."""
        kept = {name: getattr(os, name) for name in (*BY_PATH, *BY_PATHS, *BY_HANDLE) if hasattr(os, name)}
        opened = builtins.open
        for name in kept:
            which = self._of_path if name in BY_PATH else self._of_paths if name in BY_PATHS else self._of_handle
            setattr(os, name, self._counted(name, kept[name], which))
        builtins.open = io.open = self._open(opened)  # type: ignore[assignment]
        try:
            yield self
        finally:
            builtins.open = io.open = opened
            for name, real in kept.items():
                setattr(os, name, real)

    def step(self, what: str) -> None:
        """One operation; raises where it is the one that fails."""
        self.count += 1
        if self.count == self.failing:
            self.failed = what
            raise OSError(self.number, os.strerror(self.number))

    def _counted(self, name: str, real: Callable[..., Any], is_ours: Callable[..., bool]) -> Callable[..., Any]:
        def act(*given: Any, **named: Any) -> Any:
            if is_ours(*given):
                self.step(name)
            return real(*given, **named)

        return act

    def _open(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def act(file: Any, mode: str = "r", *given: Any, **named: Any) -> Any:
            if not self._of_path(file):
                return real(file, mode, *given, **named)
            if not isinstance(file, int):
                self.step("open")
            found = real(file, mode, *given, **named)
            return Written(found, self) if set(mode) & set("wax+") else found

        return act

    def _of_path(self, path: Any, *_: Any) -> bool:
        if isinstance(path, int):
            return self._of_handle(path)
        return isinstance(path, str | os.PathLike) and os.path.abspath(os.fspath(path)).startswith(self.root)

    def _of_paths(self, source: Any, target: Any, *_: Any) -> bool:
        return self._of_path(source) or self._of_path(target)

    def _of_handle(self, handle: int, *_: Any) -> bool:
        try:
            return os.readlink(f"/proc/self/fd/{handle}").startswith(self.root)
        except OSError:
            return False


class Written:
    """A file that is open for writing, each write of which counts."""

    def __init__(self, file: Any, disk: FaultyDisk) -> None:
        self._file, self._disk = file, disk

    def write(self, content: Any) -> Any:
        self._disk.step("write")
        return self._file.write(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> "Written":
        return self

    def __exit__(self, *_: Any) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)
