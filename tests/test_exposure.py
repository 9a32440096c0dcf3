"""When a server is not started: each fault alone is refused and named, and a sound setup is not."""

from dataclasses import replace
from secrets import token_hex, token_urlsafe

import pytest

from engine.exposure import LOOPBACK_NAMES, Setup, is_loopback, refusals
from engine.store import installation

HERE = Setup("127.0.0.1")
COMPANY = Setup("0.0.0.0", True, True, token_hex(32), "https://sop.company.invalid/oauth2callback")


@pytest.mark.parametrize(
    "setup", [HERE, replace(HERE, address="::1"), replace(HERE, address="localhost"), COMPANY, replace(COMPANY, cookie_secret=token_urlsafe(32))]
)
def test_a_sound_setup_is_not_refused(setup):
    assert refusals(setup) == ()


@pytest.mark.parametrize(
    ("setup", "word"),
    [
        (replace(HERE, address="0.0.0.0"), "without sign-in"),
        (replace(HERE, address=""), "every network"),
        (replace(HERE, address="192.0.2.7"), "192.0.2.7"),
        (replace(HERE, is_readable=False), "cannot be read"),
        (replace(COMPANY, cookie_secret="a" * 31), "31 bytes"),
        (replace(COMPANY, cookie_secret=""), "0 bytes"),
        (replace(COMPANY, cookie_secret="a" * 64), "sample"),
        (replace(COMPANY, cookie_secret="change-me-change-me-change-me-12345"), "sample"),
        (replace(COMPANY, cookie_secret="<paste what openssl rand -hex 32 prints>"), "sample"),
        (replace(COMPANY, redirect_uri="https://sop.company.invalid/"), "/oauth2callback"),
        (replace(COMPANY, redirect_uri=""), "/oauth2callback"),
        (replace(COMPANY, redirect_uri="http://sop.company.invalid/oauth2callback"), "begins with `http`"),
        (replace(HERE, checks_forgery=False), "enableXsrfProtection"),
        (replace(HERE, checks_origin=False), "enableCORS"),
        (replace(HERE, has_agent=True), "enableAgentApi"),
        (replace(HERE, error_details="full"), "showErrorDetails"),
        (replace(HERE, trusts_headers=True), "trustedUserHeaders"),
    ],
)
def test_each_fault_alone_is_refused_and_named(setup, word):
    (said,) = refusals(setup)
    assert word in str(said)


def test_a_sign_in_over_an_open_line_is_accepted_on_this_machine_alone():
    assert refusals(replace(COMPANY, redirect_uri="http://127.0.0.1:8501/oauth2callback")) == ()


@pytest.mark.parametrize(
    ("address", "is_ours"), [("127.8.9.10", True), ("[::1]", True), ("0.0.0.0", False), ("::", False), ("", False), ("localhost.evil.invalid", False)]
)
def test_an_address_is_this_machine_s_alone_or_not(address, is_ours):
    assert is_loopback(address) is is_ours
    assert all(is_loopback(name) for name in LOOPBACK_NAMES)


@pytest.fixture
def account(monkeypatch, tmp_path):
    """An account and a project without any configuration of Streamlit."""
    for name in ("account", "project"):
        (tmp_path / name / ".streamlit").mkdir(parents=True)
    monkeypatch.setattr(installation.Path, "home", lambda: tmp_path / "account")
    monkeypatch.setattr(installation, "PROJECT", tmp_path / "project")
    for name in ("STREAMLIT_SECRETS_FILES", "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_a_setup_is_read_as_streamlit_reads_it(account, monkeypatch):
    (account / "account/.streamlit/config.toml").write_text("[server]\nenableCORS = false\n[client]\nshowErrorDetails = 'type'\n")
    (account / "project/.streamlit/config.toml").write_text("[client]\nshowErrorDetails = 'none'\n")
    (account / "project/.streamlit/secrets.toml").write_text("[auth]\ncookie_secret = 'abc'\nredirect_uri = 'https://a.invalid/oauth2callback'\n")
    monkeypatch.setenv("STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION", "false")
    monkeypatch.setenv("STREAMLIT_SERVER_ENABLE_AGENT_API", "TRUE")
    found = installation.setup_for("0.0.0.0")
    assert (found.has_sign_in, found.cookie_secret, found.redirect_uri) == (True, "abc", "https://a.invalid/oauth2callback")
    assert (found.checks_forgery, found.checks_origin, found.has_agent, found.error_details) == (False, False, True, "none")


def test_secrets_that_cannot_be_read_are_told_from_secrets_that_are_not_there(account):
    assert installation.setup_for("127.0.0.1").is_readable
    (account / "project/.streamlit/secrets.toml").write_text("[auth\n")
    assert not installation.setup_for("127.0.0.1").is_readable


def test_secrets_may_be_folders_as_containers_mount_them(account, monkeypatch):
    (account / "mounted/auth").mkdir(parents=True)
    (account / "mounted/auth/cookie_secret").write_text("of the container\n")
    monkeypatch.setenv("STREAMLIT_SECRETS_FILES", str(account / "mounted"))
    assert installation.setup_for("0.0.0.0").cookie_secret == "of the container"
