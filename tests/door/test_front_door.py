"""What stands between the network and the pages: names, origins, closed roads, headers, files for download, messages that nobody needs."""

import asyncio
import socket
import subprocess
import sys
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from websockets.exceptions import InvalidStatus

from engine.answers import signing_in
from engine.store.home import PROJECT
from pages.parts import scripts
from pages.parts.gate import hosts, media, messages
from pages.parts.gate.headers import as_streamlit_knows, secure
from tests.access.frames import Visitor
from tests.access.provider import Provider
from tests.door.conftest import PEOPLE, Site, free_port, secrets_for, wait_for

CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/agent/openapi.json", "/component/a/b")


@pytest.mark.parametrize("road", CLOSED)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_what_no_page_needs_is_closed(site, road, method):
    with Visitor(site.address) as visitor:
        assert visitor.fetch(road, method, headers={"Origin": site.address}).status_code == HTTPStatus.NOT_FOUND


def test_every_answer_carries_the_security_headers(site):
    with Visitor(site.address) as visitor:
        for road in ("/", "/health", "/_stcore/health", "/media/x", "/oauth2callback", "/auth/login", "/static/js/none.js", "/_stcore/metrics"):
            told = visitor.fetch(road).headers
            policy = told["content-security-policy"]
            for rule in ("default-src 'none'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "connect-src 'self'"):
                assert rule in policy, road
            assert "http:" not in policy
            assert "https:" not in policy
            assert "unsafe-eval" not in policy
            assert "unsafe-inline" not in policy.split("style-src")[0]
            assert told["x-content-type-options"] == "nosniff"
            assert told["x-frame-options"] == "DENY"
            assert told["referrer-policy"] == "no-referrer"
            assert "camera=()" in told["permissions-policy"]
            assert "access-control-allow-origin" not in told
            assert "strict-transport-security" not in told  # the address that people type begins with http here
        assert visitor.fetch("/media/x").headers["cache-control"] == "no-store"
        assert visitor.fetch("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("road", ["/nosuchpage/deep", "/health/deep?language=zh", "/a/b/c", "/a//b"])
def test_a_road_below_a_page_leads_to_the_first_page_and_not_to_a_blank_one(site, road):
    with Visitor(site.address) as visitor:
        answer = visitor.fetch(road)
        assert (answer.status_code, answer.headers["location"], answer.content) == (HTTPStatus.SEE_OTHER, "/", b"")
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("road", ["/", "/health", "/nosuchpage", "/static/index.html", "/_stcore/health", "/_stcore/host-config", "/nosuchpage/_stcore/health"])
def test_pages_and_what_belongs_to_streamlit_are_led_nowhere_else(site, road):
    with Visitor(site.address) as visitor:
        assert visitor.fetch(road).status_code != HTTPStatus.SEE_OTHER


def test_the_policy_names_the_one_script_of_streamlit_s_own_page():
    import streamlit

    page = (PROJECT / streamlit.__file__).parent.joinpath("static", "index.html").read_text(encoding="utf-8")
    inline = [part.split("</script>")[0] for part in page.split("<script>")[1:]]
    assert inline == [scripts.OF_STREAMLIT]


@pytest.mark.parametrize(
    ("host", "status"),
    [("evil.invalid", 403), ("127.0.0.1.evil.invalid", 403), ("127.0.0.1@evil.invalid", 403), ("", 403), ("localhost", 200), ("127.0.0.1:1", 200)],
)
def test_the_server_answers_under_its_own_names_alone(site, host, status):
    address = urlsplit(site.address)
    with socket.create_connection((address.hostname, address.port)) as line:
        line.sendall(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert int(line.makefile("rb").readline().split()[1]) in (status, 400 if not host else status)


@pytest.mark.parametrize("origin", ["http://evil.invalid", "null", "http://127.0.0.1:1", "https://{host}.evil.invalid"])
def test_a_foreign_page_cannot_open_the_connection(site, origin):
    with Visitor(site.address) as visitor, pytest.raises(InvalidStatus) as refused:
        visitor.connect(origin=origin.format(host=urlsplit(site.address).netloc))
    assert refused.value.response.status_code == HTTPStatus.FORBIDDEN


def test_nothing_is_uploaded_by_a_foreign_page_nor_before_signing_in(site):
    with site.visitor("anna") as anna, Visitor(site.address) as nobody:
        for visitor in (anna, nobody):
            visitor.open("/")
        road = f"/_stcore/upload_file/{anna.session_id}/file"
        token = {"X-Xsrftoken": anna.http.cookies["_streamlit_xsrf"]}
        files = {"file": ("a.csv", b"a,b\n1,2\n")}
        assert anna.fetch(road, "PUT", files=files, headers=token | {"Origin": "http://evil.invalid"}).status_code == 403
        assert anna.fetch(road, "PUT", files=files, headers={"Origin": site.address}).status_code == 403  # without the token against forgery
        assert anna.fetch(road, "PUT", files=files, headers=token | {"Origin": site.address}).status_code == 204
        token = {"X-Xsrftoken": nobody.http.cookies["_streamlit_xsrf"], "Origin": site.address}
        assert nobody.fetch(f"/_stcore/upload_file/{nobody.session_id}/file", "PUT", files=files, headers=token).status_code == 403


def test_a_file_for_download_is_for_whoever_is_inside_and_no_two_people_share_its_name(site):
    with site.visitor("anna") as anna, site.visitor("greg") as greg, Visitor(site.address) as nobody:
        addresses = []
        for visitor in (anna, greg):
            run = visitor.open("/glossary?language=en")
            button = next(part.delta.new_element.download_button for part in run if "download_button" in str(part)[:400])
            addresses.append(visitor.address_of(button))
        assert addresses[0] != addresses[1]
        assert anna.fetch(addresses[0]).content
        assert anna.fetch(addresses[0]).headers["cache-control"] == "no-store"
        assert nobody.fetch(addresses[0]).status_code == 403
        site.grant("group:granary-finance", ("finance",), disabled=True)
        asyncio.run(asyncio.sleep(signing_in.REMEMBERED_SECONDS))
        assert greg.fetch(addresses[1]).status_code == 403
        site.grant("group:granary-finance", ("finance",))


def test_the_name_of_a_file_cannot_be_worked_out_from_what_is_in_it():
    content, kind, name = b"sales\n1\n", "text/csv", "sales.csv"
    one = media.unguessable(content, kind, name, "session one")
    assert one == media.unguessable(content, kind, name, "session one")
    assert len({one, media.unguessable(content, kind, name, "session two"), media.unguessable(content + b" ", kind, name, "session one")}) == 3
    assert len(one) == 64


def test_a_file_made_when_asked_for_can_be_fetched_though_others_rerun_meanwhile(monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(media, "monotonic", lambda: clock[0])
    storage = MemoryMediaFileStorage("/media")
    manager = MediaFileManager(storage)
    media.keep_for_its_maker(manager)
    asked = manager.add_deferred(lambda: b"minutes", "application/pdf", "1.2", "Minutes.pdf")
    address = manager.execute_deferred(asked).removeprefix("/media/")
    for _ in range(5):
        manager.remove_orphaned_files()
    assert storage.get_file(address).filename == "Minutes.pdf"
    clock[0] += media.STAYS + 1
    manager.execute_deferred(asked)
    for _ in range(2):
        manager.remove_orphaned_files()
    with pytest.raises(MediaFileStorageError):
        storage.get_file(address)


def test_messages_that_no_page_needs_are_dropped(site):
    """Emptying everybody's caches is one of them: after it the page answers as before."""
    for spoilt in (BackMsg(clear_cache=True), BackMsg(set_run_on_save=True), BackMsg(load_git_info=True), BackMsg(debug_shutdown_runtime=True)):
        assert not messages.is_passed(spoilt.SerializeToString())
    skills = BackMsg()
    skills.backend_operation_request.install_skills.SetInParent()
    assert not messages.is_passed(skills.SerializeToString())
    assert messages.is_passed(BackMsg(stop_script=True).SerializeToString())
    with site.visitor("anna") as anna:
        anna.open("/glossary")
        assert anna.tab is not None
        anna.tab.send(BackMsg(clear_cache=True).SerializeToString())
        assert anna.open("/glossary").bytes


def test_what_is_left_of_a_click_of_somebody_who_may_no_longer_be_here_holds_no_click():
    asked = BackMsg()
    asked.rerun_script.query_string, asked.rerun_script.fragment_id = "language=ru", "part"
    asked.rerun_script.widget_states.widgets.add(id="publish", trigger_value=True)
    left = BackMsg.FromString(messages.bare(asked.SerializeToString()))
    assert left.rerun_script.query_string == "language=ru"
    assert not left.rerun_script.fragment_id
    assert not left.rerun_script.widget_states.widgets
    download = BackMsg()
    download.backend_operation_request.deferred_file.file_id = "1"
    assert BackMsg.FromString(messages.bare(download.SerializeToString())).WhichOneof("type") == "rerun_script"


def test_behind_https_every_cookie_is_sent_over_https_alone():
    from starlette.datastructures import MutableHeaders

    told = MutableHeaders(raw=[(b"set-cookie", b"_streamlit_user=x; HttpOnly; Path=/"), (b"set-cookie", b"a=b; Path=/; Secure")])
    secure(told, "/oauth2callback", is_encrypted=True)
    assert told.getlist("set-cookie") == ["__Secure-_streamlit_user=x; HttpOnly; Path=/; Secure", "a=b; Path=/; Secure"]
    assert "max-age=31536000" in told["strict-transport-security"]


def test_behind_https_a_cookie_of_the_sign_in_that_another_site_could_have_set_is_left_out():
    sent = "_streamlit_user=planted; __Secure-_streamlit_user=ours; __Secure-_streamlit_user_1=more; _streamlit_xsrf=2|a; a=b; _streamlit_session=planted"
    assert as_streamlit_knows(sent) == "_streamlit_user=ours; _streamlit_user_1=more; _streamlit_xsrf=2|a; a=b"


def test_behind_a_proxy_with_https_sign_in_works_and_its_cookies_are_of_https_alone(serve):
    """The server speaks http to the proxy; people type https. The address of the configuration may leave the port to Streamlit."""
    site = serve(redirect_uri="https://127.0.0.1:{port}/oauth2callback")
    site.grant("anna", ("executive",))
    with Visitor(site.address) as visitor:
        visitor.origin = site.address.replace("http:", "https:")
        way = visitor.way_back(site.provider, "anna")
        assert way.startswith(visitor.origin)
        answer = visitor.fetch(way)
        assert "__Secure-_streamlit_user" in visitor.http.cookies
        assert all("Secure" in cookie for cookie in answer.headers.get_list("set-cookie"))
        visitor.reconnect()
        assert "Anna Executive" in visitor.open("/credit?language=en").text
        assert visitor.fetch("/auth/logout").headers["clear-site-data"] == '"cache"'


NAMES = {
    "sop.company.invalid": "sop.company.invalid", "SOP.company.invalid.:443": "sop.company.invalid", "[::1]:8501": "::1", "a@b": None, "a/b": None, None: None,
}  # fmt: skip


@pytest.mark.parametrize("host", NAMES)
def test_the_name_in_a_host_header_is_read_strictly(host):
    assert hosts.name_of(host) == NAMES[host]


def test_without_sign_in_only_this_machine_s_names_count_and_with_it_the_one_that_people_type():
    address = "https://sop.company.invalid/oauth2callback"
    assert hosts.allowed("", ["sop.company.invalid"], has_sign_in=False) == hosts.LOOPBACK_NAMES
    known = hosts.allowed(address, ["*.branch.invalid", "*"], has_sign_in=True)
    assert hosts.is_allowed("sop.company.invalid", known)
    assert hosts.is_allowed("a.branch.invalid:8443", known)
    assert not hosts.is_allowed("branch.invalid", known)
    assert not hosts.is_allowed("other.invalid", known)


def test_a_way_back_after_signing_in_leads_to_pages_of_ours_alone():
    from pages.parts.front_page import way_back

    assert way_back("%2Fcredit%3Flanguage%3Dru%26dealer_id%3D2000") == ("credit", {"language": ["ru"], "dealer_id": ["2000"]})
    for foreign in ("https%3A%2F%2Fevil.invalid%2F", "%2F%2Fevil.invalid%2Fpath", "%2Fno_such_page", "%2F", ""):
        assert way_back(foreign) is None
    assert way_back("%2Fhealth%3Fevil%3D1") == ("health", {})


# ── what the server refuses to start with ────────────────────────────────────────────────────────────────────────────────


def start(tmp_path, *options: str, secrets: str | None = None) -> subprocess.CompletedProcess[str]:
    """Start Streamlit itself on the program, past every command of ours; gives what it said when it left."""
    import os

    environment = os.environ | {"GRANARY_HOME": str(tmp_path), "STREAMLIT_SECRETS_FILES": str(tmp_path / "secrets.toml"), "PYTHONWARNINGS": "ignore"}
    if secrets is not None:
        (tmp_path / "secrets.toml").write_text(secrets)
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={free_port()}", *options]
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_the_door_itself_refuses_to_start_and_says_every_reason(tmp_path):
    """Whoever starts Streamlit past `python -m engine serve`, with everything set wrongly at once."""
    options = ("--server.address=0.0.0.0", "--server.enableXsrfProtection=false", "--server.enableCORS=false", "--server.enableAgentApi=true",
               "--client.showErrorDetails=full")  # fmt: skip
    left = start(tmp_path, *options)
    assert left.returncode == 2, left.stderr
    for word in ("0.0.0.0 without sign-in", "enableXsrfProtection", "enableCORS", "enableAgentApi", "showErrorDetails"):
        assert word in left.stderr
    assert "Traceback" not in left.stderr


def test_the_door_itself_refuses_a_weak_secret_and_a_file_of_secrets_that_cannot_be_read(tmp_path):
    weak = secrets_for(8501, Provider(PEOPLE)).replace('cookie_secret = "', 'cookie_secret = "short" # "')
    assert "cookie_secret" in start(tmp_path, secrets=weak).stderr
    assert "secrets.toml` cannot be read" in start(tmp_path, secrets="[auth\n").stderr


def test_without_sign_in_a_proxy_in_front_is_told_no(tmp_path):
    """A server for this machine alone, onto which somebody puts a proxy: it must not become everybody's."""
    import os

    port = free_port()
    environment = os.environ | {"GRANARY_HOME": str(tmp_path), "STREAMLIT_SECRETS_FILES": str(tmp_path / "none.toml")}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)
    try:
        site = Site(f"http://127.0.0.1:{port}", Provider(()), None, process, tmp_path / "log")
        wait_for(site)
        assert httpx.get(site.address).status_code == 200
        assert httpx.get(site.address, headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 403
        assert httpx.get(site.address, headers={"Host": "sop.company.invalid"}).status_code == 403
        with Visitor(site.address) as visitor:
            assert visitor.open("/glossary").bytes
            visitor.open("/")
    finally:
        process.terminate()
        process.wait(20)
