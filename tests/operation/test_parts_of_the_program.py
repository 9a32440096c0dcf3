"""The list of packages equals the pins; their licences are known; the hashed requirements are the same pins."""

import json
import re
from pathlib import Path

from engine.command_line import run
from engine.store import parts
from engine.store.home import PROJECT

ACCEPTED = {
    "MIT", "MIT-CMU", "MIT-0", "BSD-3-Clause", "BSD-2-Clause", "Apache-2.0", "PSF-2.0", "MPL-2.0", "LGPL-3.0-only", "0BSD", "Zlib", "CC0-1.0",
}  # fmt: skip
"""Licences under which a package may be part of a program that is itself under MIT; LGPL and MPL as libraries that are not changed."""


def pins() -> dict[str, str]:
    """The lock, read without the code that is tested."""
    lines = (PROJECT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    found = (re.match(r"([\w.-]+)(?:\[.*\])?==([^;#\s]+)", line) for line in lines)
    return {re.sub(r"[-_.]+", "-", match[1]).lower(): match[2] for match in found if match}


def test_the_bill_of_materials_is_the_lock() -> None:
    made = json.loads(parts.cyclonedx())
    assert made["bomFormat"] == "CycloneDX"
    assert {part["name"]: part["version"] for part in made["components"]} == pins()
    assert {part["purl"] for part in made["components"]} == {f"pkg:pypi/{name}@{version}" for name, version in pins().items()}
    listed = {entry["ref"] for entry in made["dependencies"]}
    assert {part["bom-ref"] for part in made["components"]} <= listed
    assert "pkg:pypi/starlette" in " ".join(next(entry["dependsOn"] for entry in made["dependencies"] if entry["ref"].startswith("pkg:pypi/streamlit@")))


def test_every_licence_is_known_and_may_be_used() -> None:
    for part in parts.components():
        if part.licence is None and part.marker:
            continue  # pinned for another system, not installed here
        assert part.licence is not None, part.name
        named = set(re.split(r" (?:AND|OR|WITH) |[()]", part.licence)) - {""}
        assert named <= ACCEPTED, (part.name, part.licence)


def test_the_table_of_licences_is_what_the_command_makes(tmp_path: Path) -> None:
    assert run(["sbom", "--licences", str(tmp_path / "licences.md")]) == 0
    assert (PROJECT / "docs" / "licences.md").read_text(encoding="utf-8") == (tmp_path / "licences.md").read_text(encoding="utf-8")


def test_the_command_writes_a_file_or_prints(tmp_path: Path, capsys) -> None:
    assert run(["sbom"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert run(["sbom", str(tmp_path / "bom.json")]) == 0
    written = json.loads((tmp_path / "bom.json").read_text(encoding="utf-8"))
    assert printed["components"] == written["components"]


def test_the_hashed_requirements_hold_the_same_pins_each_with_a_hash() -> None:
    hashed: dict[str, tuple[str, int]] = {}
    for block in re.split(r"\n(?=[\w])", (PROJECT / "deploy" / "requirements.hashed.txt").read_text(encoding="utf-8")):
        match = re.match(r"([\w.-]+)==([^;\s]+)", block)
        if match:
            hashed[re.sub(r"[-_.]+", "-", match[1]).lower()] = match[2], len(re.findall(r"--hash=sha256:[0-9a-f]{64}", block))
    assert {name: version for name, (version, _) in hashed.items()} == pins()
    assert all(count for _, count in hashed.values())
