"""The files for running it, read as their programs would: no root, nothing writable but the data, our own commands, paths that exist.

There need be no container engine here; where `systemd-analyze` is, it reads the units itself.
"""

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from engine.options import parser
from engine.store.home import PROJECT

DEPLOY = PROJECT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
TIMERS = sorted(DEPLOY.glob("*.timer"))
GUARDS = ("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "CapabilityBoundingSet=", "SystemCallFilter=@system-service")


def unit(path: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, strict=False, delimiters=("=",))
    read.optionxform = str
    read.read_string(path.read_text(encoding="utf-8"))
    return read


def steps() -> list[tuple[str, str]]:
    """The instructions of the Containerfile, lines that go on put together."""
    text = re.sub(r"\\\n\s*", " ", (DEPLOY / "Containerfile").read_text(encoding="utf-8"))
    lines = (line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def of(word: str) -> list[str]:
    return [rest for found, rest in steps() if found == word]


def understood(command: list[str]) -> None:
    """What stands behind `-m engine` is a command line of ours."""
    parser().parse_args(command)


def test_the_container_runs_without_root_and_everything_it_copies_exists() -> None:
    assert of("USER")[-1] == "10001:10001"
    assert [word for word, _ in steps()].index("USER") < [word for word, _ in steps()].index("ENTRYPOINT")
    ignored = (PROJECT / ".dockerignore").read_text(encoding="utf-8").split()
    for copied in of("COPY"):
        for source in shlex.split(copied)[:-1]:
            if not source.startswith(("--", "/")):
                assert (PROJECT / source).exists(), source
                assert any(f"!{part}" in ignored for part in (source, *map(str, Path(source).parents))), f"{source} is kept out of the build"
    assert "*" in ignored
    assert of("VOLUME") == ["/data"]


def test_the_container_installs_from_hashes_alone_and_holds_no_compiler() -> None:
    installs = [rest for rest in of("RUN") if "pip install" in rest]
    assert installs
    assert all("--require-hashes" in rest and "--only-binary :all:" in rest for rest in installs)
    assert not any(word in rest for rest in of("RUN") for word in ("apt", "gcc", "build-essential", "curl"))


def test_the_container_starts_our_own_commands_and_looks_after_its_health() -> None:
    assert yaml.safe_load(of("ENTRYPOINT")[0]) == ["python", "-m", "engine"]
    understood(yaml.safe_load(of("CMD")[0]))
    assert "/_stcore/health" in of("HEALTHCHECK")[0]


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def test_the_composition_gives_nothing_but_one_volume(compose: dict) -> None:
    granary = compose["services"]["granary"]
    assert granary["user"] == "10001:10001"
    assert granary["read_only"] is True
    assert granary["cap_drop"] == ["ALL"]
    assert granary["security_opt"] == ["no-new-privileges:true"]
    assert [volume for volume in granary["volumes"] if not volume.endswith(":ro")] == ["data:/data"]
    assert all("noexec" in mount for mount in granary["tmpfs"])
    assert granary["mem_limit"]
    assert granary["pids_limit"]
    assert "ports" not in granary, "only the proxy is reached from outside"
    assert compose["networks"]["inside"]["internal"] is True
    assert "/_stcore/health" in " ".join(granary["healthcheck"]["test"])
    assert (DEPLOY / granary["build"]["context"] / granary["build"]["dockerfile"]).resolve().exists()
    understood(granary["command"])


def test_no_secret_lies_in_the_files(compose: dict) -> None:
    for path in DEPLOY.iterdir():
        assert not re.search(r"(secret|password|token)\s*[:=]\s*[\"']?[A-Za-z0-9]{8,}", path.read_text(encoding="utf-8"), re.I), path.name
    assert "./secrets.toml:/granary/.streamlit/secrets.toml:ro" in compose["services"]["granary"]["volumes"]
    assert not (DEPLOY / "secrets.toml").exists()


@pytest.mark.parametrize("path", UNITS, ids=[path.stem for path in UNITS])
def test_a_unit_runs_hardened_under_its_own_account_and_starts_our_own_command(path: Path) -> None:
    service, lines = unit(path)["Service"], path.read_text(encoding="utf-8").splitlines()
    assert (service["User"], service["StateDirectory"], service["UMask"]) == ("granary", "granary", "0077")
    assert set(GUARDS) <= set(lines)
    command = re.search(r"python -m engine (.+?)'?$", service["ExecStart"])
    assert command is not None
    understood(shlex.split(command[1].replace("$$(date +%%Y-%%m-%%d)", "day")))


@pytest.mark.parametrize("path", TIMERS, ids=[path.stem for path in TIMERS])
def test_a_timer_starts_a_unit_that_exists(path: Path) -> None:
    assert path.with_suffix(".service") in UNITS
    assert unit(path)["Timer"]["OnCalendar"]
    assert unit(path)["Timer"]["Persistent"] == "true"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_understands_the_units() -> None:
    said = subprocess.run(["systemd-analyze", "verify", *map(str, [*UNITS, *TIMERS])], capture_output=True, text=True, check=False).stderr
    faults = [line for line in said.splitlines() if "is not executable" not in line and any(path.name in line for path in [*UNITS, *TIMERS])]
    assert faults == []


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_speaks_tls_passes_websockets_on_and_lets_nobody_say_who_they_are(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert text.count("{") == text.count("}")
    assert "Strict-Transport-Security" in text
    assert "_stcore/metrics" in text
    assert "X-Forwarded-User" in text
    assert ("ip_hash" in text) or ("lb_policy cookie" in text)
    if name == "nginx.conf":
        assert "$http_upgrade" in text
        assert re.search(r"ssl_protocols\s+TLSv1\.2 TLSv1\.3;", text)
        assert "proxy_read_timeout  1h" in text


def test_the_largest_file_is_the_same_at_the_proxy_and_here() -> None:
    here = re.search(r"^maxUploadSize = (\d+)", (PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"), re.M)
    assert here is not None
    assert f"client_max_body_size {here[1]}m;" in (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert f"max_size {here[1]}MB" in (DEPLOY / "Caddyfile").read_text(encoding="utf-8")


def test_every_command_that_the_guide_names_is_one_of_ours() -> None:
    text = (PROJECT / "docs" / "operation.md").read_text(encoding="utf-8")
    named = set(re.findall(r"python(?:3|\.exe)? -m engine (\w+)", text))
    verbs = next(action.choices for action in parser()._actions if action.dest == "verb")
    assert named <= set(verbs)
    assert {"close", "backup", "restore", "verify", "upgrade", "doctor"} <= named
    for link in re.findall(r"`(deploy/[\w.-]+)`", text):
        assert (PROJECT / link).exists(), link
