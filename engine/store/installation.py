"""How this program was set up by whoever runs it, outside of Granary's own settings: Streamlit's configuration, its secrets, the environment."""

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from engine.exposure import Setup
from engine.store.home import PROJECT

ADMINISTRATOR_VARIABLE = "GRANARY_ADMINISTRATOR"
"""The environment variable that names the first administrator as `<issuer> <subject>`, so that an empty list locks nobody out."""
_TRUE = ("true", "1", "yes", "on")


def named_administrator() -> str | None:
    """Issuer and subject of the person whom the environment names as administrator; None = nobody."""
    return " ".join(os.environ.get(ADMINISTRATOR_VARIABLE, "").split()) or None


def setup_for(address: str) -> Setup:
    """How a server would be started at an address, as Streamlit will read it: files of the account, then of the project, then the environment."""
    options: dict[str, Any] = {}
    for folder in (Path.home(), PROJECT):
        found, _ = _read(folder / ".streamlit" / "config.toml")
        for section, values in found.items():
            options |= {f"{section}.{name}": value for name, value in values.items()} if isinstance(values, dict) else {}
    secrets, is_readable = _secrets(options)
    auth = secrets.get("auth")
    auth = auth if isinstance(auth, dict) else {}
    return Setup(
        address, bool(auth), is_readable, str(auth.get("cookie_secret", "")), str(auth.get("redirect_uri", "")),
        checks_forgery=_flag(options, "server.enableXsrfProtection", True),
        checks_origin=_flag(options, "server.enableCORS", True),
        has_agent=_flag(options, "server.enableAgentApi", False),
        error_details=str(_option(options, "client.showErrorDetails", "full")),
        trusts_headers=bool(_option(options, "server.trustedUserHeaders", None)),
    )  # fmt: skip


def _secrets(options: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """The secrets that Streamlit would find, and whether every file of them could be read."""
    named = _option(options, "secrets.files", None)
    files = named.split(",") if isinstance(named, str) else named
    paths = [Path(file) for file in files] if files else [folder / ".streamlit" / "secrets.toml" for folder in (Path.home(), PROJECT)]
    whole: dict[str, Any] = {}
    is_readable = True
    for path in paths:
        found, could_read = _read(path)
        whole, is_readable = whole | found, is_readable and could_read
    return whole, is_readable


def _read(path: Path) -> tuple[dict[str, Any], bool]:
    """A TOML file, or folders with a file for each secret, as containers mount them; an absent one is empty. The flag says whether it could be read."""
    try:
        if path.is_dir():
            folders = [part for part in path.iterdir() if part.is_dir()]
            return {folder.name: _texts(folder) for folder in folders}, True
        return tomllib.loads(path.read_text(encoding="utf-8")), True
    except FileNotFoundError:
        return {}, True
    except (OSError, ValueError):
        return {}, False


def _texts(folder: Path) -> dict[str, str]:
    """The text of each file of a folder, by its name."""
    return {file.name: file.read_text(encoding="utf-8").strip() for file in folder.iterdir() if file.is_file()}


def _option(options: dict[str, Any], name: str, default: Any) -> Any:
    variable = "STREAMLIT_" + re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).replace(".", "_").upper()
    return os.environ.get(variable, options.get(name, default))


def _flag(options: dict[str, Any], name: str, default: bool) -> bool:
    value = _option(options, name, default)
    return value.strip().lower() in _TRUE if isinstance(value, str) else bool(value)
