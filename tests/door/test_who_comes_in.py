"""Sign-in through a real provider: who comes in, and every token and every way back that must not."""

import json
import time

import httpx
import pytest

from pages.parts import rooms
from tests.access.frames import USER, Visitor, id_of
from tests.access.provider import CLIENT_ID
from tests.door.conftest import CANARIES, Site

SIGN_IN, NOT_LISTED, ENDED = "Sign in to see the figures.", "You are not on the list of people", "Your access to Granary has ended."


def found(told: bytes) -> list[str]:
    """The canaries in what came: as they are, in JSON, or read in another code."""
    forms = {canary: (canary, json.dumps(canary).strip('"'), canary.encode().decode("latin-1")) for canary in CANARIES}
    return [canary for canary, spelled in forms.items() if any(form.encode() in told for form in spelled)]


def refused(visitor: Visitor, site: Site) -> None:
    """Nobody is signed in, and the page says so without a figure."""
    assert not visitor.http.cookies.get(USER)
    visitor.reconnect()
    told = visitor.open("/")
    assert SIGN_IN in told.text
    assert found(told.bytes) == []


@pytest.fixture(autouse=True)
def honest(site: Site):
    yield
    site.provider.spoil = site.provider.sign = None
    site.set()


@pytest.mark.parametrize(("subject", "page"), [("anna", "start"), ("sam", "dealer_desk"), ("ada", "settings"), ("greg", "health")])
def test_whoever_is_on_the_list_sees_figures_by_name_or_by_group(site, subject, page):
    with site.visitor(subject) as visitor:
        told = visitor.open(f"/{page}?language=en")
        assert SIGN_IN not in told.text
        assert found(told.bytes)


def test_a_sign_in_is_kept_in_the_audit_once(site):
    before = len(site.audited("sign_in"))
    with site.visitor("anna") as visitor:
        visitor.open("/")
        visitor.open("/health")
    kept = site.audited("sign_in")
    assert len(kept) == before + 1
    assert kept[-1].identity == site.key("anna")


@pytest.mark.parametrize(("subject", "said"), [("eve", NOT_LISTED), ("dora", ENDED)])
def test_whoever_is_not_on_the_list_or_disabled_sees_why_and_no_figure(site, subject, said):
    with site.visitor(subject) as visitor:
        told = visitor.open("/dealer_desk")
        assert said in told.text
        assert site.key(subject) in told.text  # what an administrator needs in order to put them on the list
        assert found(visitor.bytes) == []
    assert site.audited("refused")[-1].identity == site.key(subject)


BAD_CLAIMS = {
    "another audience": {"aud": "another-program"},
    "another audience, our name as the authorised party": {"aud": "another-program", "azp": CLIENT_ID},
    "another issuer": {"iss": "http://127.0.0.1:1"},
    "another nonce": {"nonce": "of-somebody-else"},
    "no nonce": {"nonce": None},
    "a nonce that is said not to matter": {"nonce": "of-somebody-else", "nonce_supported": False},
    "expired": {"iat": time.time() - 7200, "exp": time.time() - 3600},
    "no expiry": {"exp": None},
    "no subject": {"sub": None},
    "no time": {"iat": None},
    "made tomorrow": {"iat": time.time() + 86_400, "exp": time.time() + 90_000},
}


@pytest.mark.parametrize("wrong", BAD_CLAIMS)
def test_a_token_with_a_wrong_claim_opens_nothing(site, wrong):
    changed = BAD_CLAIMS[wrong]
    site.provider.spoil = lambda claims: {name: value for name, value in (claims | changed).items() if value is not None}
    with Visitor(site.address) as visitor:
        visitor.sign_in(site.provider, "anna")
        visitor.reconnect()
        told = visitor.open("/")
        assert found(told.bytes) == []
        assert SIGN_IN in told.text or "This sign-in" in told.text or "The provider did not" in told.text


@pytest.mark.parametrize("signature", ["unsigned", "signed_with_public_key", "signed_by_another"])
def test_a_token_that_the_provider_did_not_sign_opens_nothing(site, signature):
    site.provider.sign = getattr(site.provider, signature)
    with Visitor(site.address) as visitor:
        answer = visitor.sign_in(site.provider, "anna")
        assert answer.headers["location"] == "/?sign_in=refused"
        refused(visitor, site)


def test_a_wrong_state_opens_nothing(site):
    with Visitor(site.address) as visitor:
        way = httpx.URL(visitor.way_back(site.provider, "anna"))
        visitor.fetch(str(way.copy_set_param("state", "of-somebody-else")))
        refused(visitor, site)


def test_a_way_back_in_another_browser_opens_nothing(site):
    with Visitor(site.address) as visitor, Visitor(site.address) as other:
        way = visitor.way_back(site.provider, "anna")
        other.fetch(way)
        refused(other, site)


def test_a_code_works_once_even_with_the_cookies_of_its_first_use(site):
    with Visitor(site.address) as visitor, Visitor(site.address) as thief:
        way = visitor.way_back(site.provider, "anna")
        for cookie in visitor.http.cookies.jar:
            thief.http.cookies.set(cookie.name, cookie.value or "")
        visitor.fetch(way)
        assert visitor.http.cookies.get(USER)
        before = list(site.provider.refused)
        thief.fetch(way)
        assert site.provider.refused != before
        refused(thief, site)


def test_a_cookie_that_was_tampered_with_opens_nothing(site):
    with site.visitor("eve") as visitor:
        payload, at, signature = visitor.http.cookies[USER].strip('"').rsplit(".", 2)
        for forged in (f"{payload[:-4]}AAAA.{at}.{signature}", f"{payload}.{at}.{signature[:-3]}AAA", "chunks-2", "e30.e30.e30", payload):
            with Visitor(site.address, {USER: forged}) as forger:
                forger.reconnect()
                assert SIGN_IN in forger.open("/").text
                assert found(forger.bytes) == []


def test_a_cookie_without_the_token_against_forgery_opens_nothing(site):
    with site.visitor("anna") as visitor:
        visitor.tab = visitor.connect(with_token=False)
        assert SIGN_IN in visitor.open("/").text


def test_nobody_sees_a_byte_of_business_before_signing_in(site):
    """Every page by its address and every road of the server, on a server whose memory is full of what others have asked."""
    with site.visitor("anna") as inside:
        for page in ("start", "dealer_desk", "health"):
            inside.open(f"/{page}")
        button = next(each for each in inside.cached.values() if "deferred_file_id" in str(each)).delta.new_element.download_button
        address = inside.address_of(button)
        assert inside.fetch(address).status_code == 200
        with Visitor(site.address) as visitor:
            for page in rooms.pages():
                visitor.fetch(f"/{page.name}")
                visitor.open(f"/{page.name}?language=zh&dealer_id=2000&sku=10000&version=1")
            roads = ("health", "host-config", "metrics", "script-health-check", "stream", "agent/interact", "agent/mcp", "agent/openapi.json", "message")
            for road in roads:
                visitor.fetch(f"/_stcore/{road}")
                visitor.fetch(f"/_stcore/{road}", "POST", json={}, headers={"Origin": site.address})
            assert visitor.fetch(address).status_code == 403
            assert visitor.fetch("/media/0123456789abcdef.csv").status_code == 403
            for road in ("/app/static/x", "/static/../app.py", "/component/x/y", "/openapi.json", "/docs", "/.streamlit/secrets.toml", "/settings.json"):
                visitor.fetch(road)
            assert found(visitor.bytes) == []


def test_whoever_is_disabled_is_out_while_the_tab_is_open(site):
    """The heartbeat of the page asks, and the page goes; nothing else that the open connection asks for is answered either."""
    site.grant("eve", ("executive",))
    with site.visitor("eve") as visitor:
        drawn = visitor.open("/dealer_desk")
        assert found(drawn.bytes)
        pulse = next(frame.auto_rerun for frame in drawn if frame.WhichOneof("type") == "auto_rerun")
        assert pulse.interval <= 30
        deferred = next(each for each in visitor.cached.values() if "deferred_file_id" in str(each)).delta.new_element.download_button
        site.grant("eve", ("executive",), disabled=True)
        time.sleep(2.1)  # what the front door remembers of its last look
        told = visitor.open("/dealer_desk", fragment=pulse.fragment_id)
        assert ENDED in told.text
        assert found(told.bytes) == []
        begun = len(visitor.received)
        visitor.ask_for(deferred)
        visitor.open("/health")
        assert found(b"".join(visitor.received[begun:])) == []


def test_a_click_that_somebody_disabled_has_kept_ready_does_nothing(site):
    """What hangs on a click is done before the page looks who is there: so the door takes the click away."""
    site.grant("eve", ("finance",))
    with site.visitor("eve") as visitor:
        visitor.open("/settings?language=en", widgets={"gr-chip-settings": True})
        ready = id_of(list(visitor.cached.values()), "gr-sign-out-chip")
        assert ready != "gr-sign-out-chip"
        site.grant("eve", ("finance",), disabled=True)
        time.sleep(2.1)
        before = len(site.audited("sign_out"))
        told = visitor.open("/settings?language=en", press=ready)
        assert ENDED in told.text
        assert "auth_redirect" not in {frame.WhichOneof("type") for frame in told}
        assert len(site.audited("sign_out")) == before


def test_after_signing_out_no_copy_of_the_cookie_opens_anything(site):
    with site.visitor("anna") as visitor:
        visitor.open("/?language=en", widgets=None)
        copied = dict(visitor.http.cookies)
        with Visitor(site.address, copied) as second:
            second.reconnect()
            assert found(second.open("/start").bytes)
            sign_out(visitor)
            time.sleep(2.1)
            told = second.open("/dealer_desk")
            assert "You signed out" in told.text
            assert found(told.bytes) == []
        with Visitor(site.address, copied) as third:
            third.reconnect()
            assert found(third.open("/start").bytes) == []
    assert site.audited("sign_out")[-1].identity == site.key("anna")


def sign_out(visitor: Visitor) -> None:
    """Open the chip of language and person, and press its button."""
    visitor.open("/?language=en", widgets={"gr-chip-settings": True})
    visitor.open("/?language=en", widgets={"gr-chip-settings": True}, press="gr-sign-out-chip")


@pytest.mark.parametrize(("settings", "said"), [({"session_hours": 0.0004}, "You signed in more than"), ({"session_idle_minutes": 0.02}, "Nothing was done")])
def test_a_copied_cookie_of_thirty_days_ends_with_our_own_clock(site, settings, said):
    with site.visitor("anna") as visitor:
        assert found(visitor.open("/start").bytes)
        site.set(**settings)
        time.sleep(2.2)
        told = visitor.open("/dealer_desk")
        assert said in told.text
        assert found(told.bytes) == []
        site.set()
        assert found(visitor.open("/dealer_desk").bytes) == []  # over is over, also when the setting goes back


def test_a_session_from_before_the_sign_in_is_not_the_one_after_it(site):
    """Whoever makes somebody else use a session of theirs gains nothing by the other's signing in."""
    with Visitor(site.address) as visitor:
        visitor.open("/")
        before = visitor.session_id
        visitor.sign_in(site.provider, "anna")
        visitor.reconnect(before)
        visitor.open("/start")
        assert visitor.session_id != before
        with Visitor(site.address) as thief:
            thief.reconnect(visitor.session_id)
            told = thief.open("/start")
            assert thief.session_id != visitor.session_id
            assert SIGN_IN in told.text
            assert found(told.bytes) == []


def test_two_people_at_once_each_see_their_own(site):
    """An executive and a sales manager of one region, click by click in turn, over the same pages and the same memory."""
    own, other = "经销商1".encode(), "经销商2".encode()
    with site.visitor("anna") as anna, site.visitor("sam") as sam:
        for page in ("credit", "scorecard", "credit"):
            all_of_it, own_part = anna.open(f"/{page}?language=en").bytes, sam.open(f"/{page}?language=en").bytes
            assert own in all_of_it
            assert other in all_of_it
            assert own in own_part
            assert other not in own_part
