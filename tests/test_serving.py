"""Which home is shown, on which port, and that a taken port is no dead end."""

import socket
from secrets import token_hex

import pytest

from engine import bootstrap, serving
from engine.errors import BadUse
from engine.store.home import Home


@pytest.fixture
def started(monkeypatch, tmp_path):
    """What would be started, with a demo that is already built; nothing is started."""
    demo = tmp_path / "demo"
    publish(Home(demo))
    commands = []
    monkeypatch.setattr(serving, "DEMO_HOME", demo)
    monkeypatch.setattr(bootstrap, "become", commands.append)
    monkeypatch.setenv("GRANARY_HOME", "as it was")
    monkeypatch.chdir(tmp_path)
    return commands


def publish(home: Home) -> None:
    home.warehouse.mkdir(parents=True)
    (home.warehouse / "CURRENT").write_text("1")


def a_taken_port() -> socket.socket:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


def test_the_demo_is_shown_until_something_own_is_published(monkeypatch, tmp_path):
    monkeypatch.setattr(serving, "DEMO_HOME", tmp_path / "demo")
    own = Home(tmp_path / "own")
    assert serving.shown_home(own) == Home(tmp_path / "demo")
    publish(own)
    assert serving.shown_home(own) == own


def test_a_taken_port_is_said_and_the_next_free_one_used(started, tmp_path):
    said = []
    with a_taken_port() as taken:
        port = taken.getsockname()[1]
        serving.serve(port, home=Home(tmp_path / "own"), tell=said.append)
    chosen = next(option for option in started[0] if option.startswith("--server.port="))
    assert int(chosen.partition("=")[2]) > port
    assert said[0].startswith(f"Port {port} is taken; using ")


def test_the_server_listens_to_this_machine_alone_as_long_as_there_is_no_sign_in(started, tmp_path):
    serving.serve(home=Home(tmp_path / "own"), tell=lambda _: None)
    assert "--server.address=127.0.0.1" in started[0]
    with pytest.raises(BadUse, match="without sign-in"):
        serving.serve(address="0.0.0.0", home=Home(tmp_path / "own"), tell=lambda _: None)
    assert len(started) == 1


def test_with_sign_in_the_server_listens_where_it_is_told(started, monkeypatch, tmp_path):
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f'[auth]\nredirect_uri = "https://sop.company.invalid/oauth2callback"\ncookie_secret = "{token_hex(32)}"\n')
    monkeypatch.setenv("STREAMLIT_SECRETS_FILES", str(secrets))
    serving.serve(address="0.0.0.0", home=Home(tmp_path / "own"), tell=lambda _: None)
    assert "--server.address=0.0.0.0" in started[0]


def test_what_is_served_is_said(started, tmp_path):
    said = []
    own = Home(tmp_path / "own")
    serving.serve(home=own, tell=said.append)
    publish(own)
    serving.serve(home=own, tell=said.append)
    assert "the demo company" in said[0]
    assert "your own figures" in said[1]


def test_the_demo_is_built_only_where_there_is_nothing_at_all(started, monkeypatch, tmp_path):
    built = []
    monkeypatch.setattr(serving.subprocess, "call", lambda command, **_: built.append(command[-1]) or 0)
    serving.serve(home=Home(tmp_path / "own"), tell=lambda _: None)
    assert built == []
    monkeypatch.setattr(serving, "DEMO_HOME", tmp_path / "no demo yet")
    serving.serve(home=Home(tmp_path / "own"), tell=lambda _: None)
    assert built == ["demo"]


@pytest.mark.parametrize(("port", "address"), [(0, "127.0.0.1"), (70000, "127.0.0.1"), (8501, "192.0.2.1"), (8501, "no such host.invalid")])
def test_a_port_or_address_that_cannot_be_used_is_refused_in_a_sentence(started, tmp_path, port, address):
    with pytest.raises(BadUse):
        serving.serve(port, address, Home(tmp_path / "own"), tell=lambda _: None)
    assert started == []
