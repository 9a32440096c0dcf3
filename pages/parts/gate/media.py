"""Files for download: their names and how long they stay. Streamlit names a file by its content, so whoever knows a file's content knows its address,
and two people who make the same file share one. Here each session has names of its own, which nobody can work out.

A file that is made when it is asked for belongs to no session, so Streamlit takes it away at the second rerun of anybody: in a meeting that is watched
by many, before the browser has fetched it. Here a file that is taken away can still be fetched for a while."""

import hmac
import secrets
from time import monotonic
from typing import Any

from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryFile, MemoryMediaFileStorage
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

_KEY = secrets.token_bytes(32)
STAYS = 60.0
"""Seconds that a file can still be fetched after it was taken away."""


def keep_for_its_maker(files: MediaFileManager) -> None:
    """From now on this server's files have unguessable names and stay until their maker's browser has had time to fetch them."""
    storage = files._storage
    if not isinstance(storage, MemoryMediaFileStorage):
        raise TypeError("this Streamlit keeps files for download elsewhere: look at pages/parts/gate/media.py")
    kept = storage._files_by_id
    going: dict[str, float] = {}

    def load_and_get_id(path_or_data: str | bytes, mimetype: str, kind: MediaFileKind, filename: str | None = None) -> str:
        content = storage._read_file(path_or_data) if isinstance(path_or_data, str) else path_or_data
        name = unguessable(content, mimetype, filename or "", _session())
        going.pop(name, None)
        kept.setdefault(name, MemoryFile(content, mimetype, kind, filename))
        return name

    def delete_file(name: str) -> None:
        now = monotonic()
        going[name] = now
        for each in [each for each, since in going.items() if now - since > STAYS]:
            del going[each]
            kept.pop(each, None)

    storage_of_any_kind: Any = storage
    storage_of_any_kind.load_and_get_id, storage_of_any_kind.delete_file = load_and_get_id, delete_file


def _session() -> str:
    """The session that makes the file; a file that is made when it is asked for belongs to none and gets a name of its own each time."""
    context = get_script_run_ctx(suppress_warning=True)
    return secrets.token_hex() if context is None else str(context.session_id)


def unguessable(content: bytes, mimetype: str, filename: str, session: str) -> str:
    """A name that stays the same as long as the same session makes the same file, and that only this process can work out."""
    made = hmac.new(_KEY, "\x1f".join((session, mimetype, filename, "")).encode(), "sha256")
    made.update(content)
    return made.hexdigest()
