"""What this program is made of: the pinned packages with their licences, as CycloneDX and as a table for people.

The pins are read from the requirement file, so the list is that of the program and not of whatever lies in this interpreter; licences
come from what the installed packages say of themselves.
"""

import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from engine import __version__, bootstrap
from engine.errors import BadUse
from engine.messages import message
from engine.store.home import PROJECT
from engine.store.versions import disk_faults_as_sentences, write_whole

PIN = re.compile(r"^(?P<name>[\w.-]+)(\[[\w,-]+\])?==(?P<version>[\w.!+-]+)\s*(;\s*(?P<marker>[^#]+))?")
SPOKEN = {
    "MIT License": "MIT", "3-Clause BSD License": "BSD-3-Clause", "BSD License": "BSD-3-Clause", "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}  # fmt: skip
"""What packages write in plain words -> SPDX; those that say “BSD License” were looked at one by one."""
LONGEST = 80


@dataclass(frozen=True)
class Part:
    """One package. name: as the index writes it, normalised. licence: SPDX where the package names one; None = it is not installed here or silent.
    marker: for which systems alone it is pinned; needs: names of the parts that it needs."""

    name: str
    version: str
    licence: str | None
    is_chosen: bool
    marker: str
    needs: tuple[str, ...]

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def normal(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def components(file: str = bootstrap.RUNTIME) -> list[Part]:
    """Every pinned package of a requirement file, for whatever system, by name."""
    chosen, _, brought = (PROJECT / file).read_text(encoding="utf-8").partition("\n\n")
    pins = [(match, is_chosen) for block, is_chosen in ((chosen, True), (brought, False)) for line in block.splitlines() if (match := PIN.match(line))]
    names = {normal(match["name"]) for match, _ in pins}
    return sorted((_part(match, is_chosen, names) for match, is_chosen in pins), key=lambda part: part.name)


def _part(match: re.Match[str], is_chosen: bool, names: set[str]) -> Part:
    name = normal(match["name"])
    try:
        said = metadata.metadata(name)
        needed = {normal(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in metadata.requires(name) or () if "extra ==" not in line}
    except metadata.PackageNotFoundError:
        return Part(name, match["version"], None, is_chosen, (match["marker"] or "").strip(), ())
    named, spoken = (next(iter(said.get_all(field) or ()), None) for field in ("License-Expression", "License"))
    licence = named or _spoken(spoken, said.get_all("Classifier") or [])
    return Part(name, match["version"], licence, is_chosen, (match["marker"] or "").strip(), tuple(sorted(needed & names)))


def _spoken(text: str | None, classifiers: list[str]) -> str | None:
    """A licence from the fields that came before SPDX; the whole text of one says less than its classifier."""
    short = text.strip() if text and len(text.strip()) <= LONGEST and "\n" not in text.strip() else None
    named = short or next((line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: OSI")), None)
    return None if named is None else SPOKEN.get(named, named)


def cyclonedx() -> str:
    """The parts as CycloneDX 1.6 in JSON. Raises BadUse where the library that writes it is not installed."""
    try:
        from cyclonedx.contrib.license.factories import LicenseFactory
        from cyclonedx.model.bom import Bom
        from cyclonedx.model.component import Component, ComponentType
        from cyclonedx.output.json import JsonV1Dot6
        from packageurl import PackageURL
    except ImportError:
        raise BadUse(message("The library that writes the list is for development: install it with {command}.", command="python -m engine setup")) from None
    factory, bom = LicenseFactory(), Bom()
    whole = Component(name="granary", version=__version__, type=ComponentType.APPLICATION, bom_ref=f"granary@{__version__}")
    bom.metadata.component = whole
    made = {
        part.name: Component(
            name=part.name, version=part.version, type=ComponentType.LIBRARY, bom_ref=part.purl, purl=PackageURL.from_string(part.purl),
            licenses=[factory.make_from_string(part.licence)] if part.licence else [],
        )
        for part in components()
    }  # fmt: skip
    for component in made.values():
        bom.components.add(component)
    bom.register_dependency(whole, [made[part.name] for part in components() if part.is_chosen])
    for part in components():
        bom.register_dependency(made[part.name], [made[name] for name in part.needs])
    text: str = JsonV1Dot6(bom).output_as_string(indent=1)
    return text


def licences_table() -> str:
    """The parts and their licences as a table in Markdown."""
    lines = [f"| {part.name} | {part.version} | {part.licence or 'not said'} | {'yes' if part.is_chosen else ''} |" for part in components()]
    head = (
        "# Licences of the packages",
        "",
        f"Granary {__version__} itself is under the MIT license. The packages that it runs on, by their own word (made by `python -m engine sbom --licences`):",
        "",
        "| package | version | licence | chosen by us |",
        "| --- | --- | --- | --- |",
    )
    return "\n".join([*head, *lines, ""])


def write(file: Path, text: str) -> None:
    """Write a text in one step. Raises NotPublished where the disk refuses."""
    with disk_faults_as_sentences():
        file.resolve().parent.mkdir(parents=True, exist_ok=True)
        write_whole(file.resolve(), text)
