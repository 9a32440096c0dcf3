"""What a provider says of somebody is read with distrust; and a sign-in ends when it should, whatever cookie says so."""

import pytest

from engine.answers import access, records, signing_in
from engine.answers.signing_in import Provider, come_in, leave, may_stay
from engine.errors import NotAllowed
from engine.scope import EVERYTHING
from engine.sign_in import sign_in_of, why_over
from engine.store import tickets
from engine.store.home import Home
from engine.store.tickets import Ticket

NOW, HOUR = 1_800_000_000.0, 3600.0
ONE = (Provider("default", "granary"),)
CLAIMS = {
    "is_logged_in": True, "provider": "default", "iss": "https://login.company.invalid", "sub": "4711", "aud": "granary", "iat": NOW, "nonce": "n1",
    "name": "Anna", "email": "anna@company.invalid", "groups": ["finance"],
}  # fmt: skip
KEY = "https://login.company.invalid 4711"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of its own; what this process remembers of others is forgotten."""
    for kept in (signing_in._SEEN, signing_in._WRITTEN, signing_in._LOOKED, signing_in._REFUSED, signing_in._FAILED):
        kept.clear()
    monkeypatch.delenv("GRANARY_ADMINISTRATOR", raising=False)
    return str(tmp_path)


def granted(home: str, disabled: bool = False) -> None:
    access.grant(home, EVERYTHING, KEY, "Anna of finance", ("finance",), disabled=disabled)
    if access.lines(home)[0].is_disabled is not disabled:
        raise AssertionError


def test_a_sign_in_is_known_by_issuer_and_subject_and_never_by_its_mail_alone():
    first = sign_in_of(CLAIMS, ONE, NOW)
    other = sign_in_of(CLAIMS | {"iss": "https://other.invalid"}, ONE, NOW)
    assert first.key == KEY
    assert other.key != first.key
    assert other.email == first.email


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "another"}, {"aud": ["another", "third"]}, {"aud": None}, {"provider": "unknown"}, {"iss": ""}, {"iss": "a b"}, {"iss": 7}, {"sub": ""},
        {"sub": None}, {"sub": "a\nb"}, {"nonce": ""}, {"nonce_supported": False}, {"iat": NOW + 121}, {"iat": "soon"}, {"iat": True}, {"iat": None},
    ],
)  # fmt: skip
def test_claims_that_cannot_be_trusted_are_refused(wrong):
    with pytest.raises(NotAllowed):
        sign_in_of(CLAIMS | wrong, ONE, NOW)


def test_one_of_several_audiences_is_enough():
    assert sign_in_of(CLAIMS | {"aud": ["another", "granary"]}, ONE, NOW).subject == "4711"


def test_each_sign_in_of_a_person_is_another_one():
    names = {sign_in_of(CLAIMS | changed, ONE, NOW).ticket for changed in ({}, {"nonce": "n2"}, {"iat": NOW - 1}, {"sub": "4712"})}
    assert len(names) == 4


def test_a_group_of_one_among_several_providers_cannot_pass_for_another_s():
    two = (Provider("company", "granary"), Provider("partner", "granary"))
    assert sign_in_of(CLAIMS | {"provider": "partner"}, two, NOW).groups == ("partner/finance",)
    assert sign_in_of(CLAIMS, ONE, NOW).groups == ("finance",)


@pytest.mark.parametrize(
    ("since", "seen", "is_over"),
    [(NOW, NOW, False), (NOW - 12 * HOUR, NOW, False), (NOW - 12 * HOUR - 1, NOW, True), (NOW - HOUR, NOW - HOUR, False), (NOW - HOUR, NOW - HOUR - 1, True)],
)
def test_a_sign_in_ends_after_twelve_hours_or_one_without_a_click(since, seen, is_over):
    assert (why_over(since, seen, NOW, 12, 60) is not None) is is_over


def test_whoever_is_listed_comes_in_with_their_roles_and_is_noted_once(home):
    granted(home)
    for later in (0, 10, 20):
        visit = come_in(home, CLAIMS, ONE, NOW + later)
        assert visit.scope is not None
        assert (visit.scope.who, visit.scope.subject, visit.scope.roles) == ("Anna of finance", KEY, {"finance"})
    assert [record.subject for record in records.history(home, "audit")] == ["sign_in"]


def test_somebody_active_all_day_is_out_after_twelve_hours(home):
    granted(home)
    for minutes in range(0, 12 * 60, 30):
        assert come_in(home, CLAIMS, ONE, NOW + 60 * minutes).scope is not None
    visit = come_in(home, CLAIMS, ONE, NOW + 12 * HOUR + 1)
    assert visit.scope is None
    assert "12 hours" in str(visit.why)


def test_an_hour_without_a_click_ends_it_for_good_and_looking_is_no_click(home):
    granted(home)
    assert come_in(home, CLAIMS, ONE, NOW).scope is not None
    for minutes in (20, 40, 59):
        assert may_stay(home, CLAIMS, ONE, NOW + 60 * minutes)
    assert not may_stay(home, CLAIMS, ONE, NOW + HOUR + 3)
    assert come_in(home, CLAIMS, ONE, NOW + HOUR + 3).scope is None
    assert come_in(home, CLAIMS, ONE, NOW + 60).scope is None


def test_a_cookie_that_nobody_used_here_for_an_hour_is_worth_nothing(home):
    """A copy of it, brought to a fresh server whose records know nothing."""
    granted(home)
    assert come_in(home, CLAIMS, ONE, NOW + HOUR + 1).scope is None


def test_a_sign_in_outlives_a_restart_and_its_end_does_too(home):
    granted(home)
    assert come_in(home, CLAIMS, ONE, NOW).scope is not None
    assert come_in(home, CLAIMS, ONE, NOW + 50 * 60).scope is not None
    signing_in._SEEN.clear()
    signing_in._WRITTEN.clear()
    assert come_in(home, CLAIMS, ONE, NOW + 100 * 60).scope is not None
    leave(home, CLAIMS, ONE, NOW + 100 * 60)
    signing_in._SEEN.clear()
    assert come_in(home, CLAIMS, ONE, NOW + 101 * 60).scope is None
    assert [record.subject for record in records.history(home, "audit")] == ["sign_in", "sign_out"]


def test_whoever_is_disabled_or_taken_off_the_list_is_out_at_the_next_look(home):
    granted(home)
    assert come_in(home, CLAIMS, ONE, NOW).scope is not None
    assert may_stay(home, CLAIMS, ONE, NOW)
    granted(home, disabled=True)
    assert not may_stay(home, CLAIMS, ONE, NOW + signing_in.REMEMBERED_SECONDS)
    assert "has ended" in str(come_in(home, CLAIMS, ONE, NOW + 3).why)
    granted(home)
    assert come_in(home, CLAIMS, ONE, NOW + 4).scope is not None
    access.take_off(home, EVERYTHING, KEY)
    assert "not on the list" in str(come_in(home, CLAIMS, ONE, NOW + 5).why)


def test_a_refusal_is_noted_once_however_often_the_page_is_loaded(home):
    for later in range(5):
        assert come_in(home, CLAIMS, ONE, NOW + later).scope is None
    kept = [record for record in records.history(home, "audit") if record.subject == "refused"]
    assert len(kept) == 1
    assert kept[0].identity == KEY


def test_failures_that_anybody_can_cause_fill_no_disk(home):
    for number in range(50):
        signing_in.note_failure(home, f"10.0.0.{number}", NOW + number / 10)
    signing_in.note_failure(home, "10.0.0.99", NOW + 120)
    assert len(records.history(home, "audit")) == 11


def test_the_first_administrator_is_whom_the_environment_names_until_the_list_says_otherwise(home, monkeypatch):
    monkeypatch.setenv("GRANARY_ADMINISTRATOR", f"  {KEY}\n")
    scope = come_in(home, CLAIMS, ONE, NOW).scope
    assert scope is not None
    assert scope.may("people")
    assert come_in(home, CLAIMS | {"sub": "4712", "nonce": "n2"}, ONE, NOW).scope is None
    granted(home)
    scope = come_in(home, CLAIMS, ONE, NOW + 1).scope
    assert scope is not None
    assert not scope.may("people")


def test_an_empty_name_in_the_environment_makes_nobody_an_administrator(home, monkeypatch):
    monkeypatch.setenv("GRANARY_ADMINISTRATOR", "  ")
    assert come_in(home, CLAIMS, ONE, NOW).scope is None


def test_the_heartbeat_is_never_slower_than_thirty_seconds(home, tmp_path):
    (tmp_path / "settings.json").write_text('{"heartbeat_seconds": 3600}')
    assert signing_in.heartbeat_seconds(home) == 30


def test_a_ticket_that_was_ended_stays_ended_whoever_writes_last(tmp_path):
    home = Home(tmp_path)
    assert tickets.kept(home, KEY, "t") is None
    tickets.keep(home, KEY, "t", Ticket(NOW, NOW))
    tickets.keep(home, KEY, "t", Ticket(NOW, NOW + 5, is_ended=True))
    assert tickets.keep(home, KEY, "t", Ticket(NOW, NOW + 1)) == Ticket(NOW, NOW + 5, is_ended=True)
    assert signing_in.last_sign_ins(str(tmp_path))[KEY].timestamp() == NOW


def test_old_sign_ins_of_a_person_are_forgotten_when_a_new_one_comes(tmp_path):
    home = Home(tmp_path)
    for day in range(0, 40, 10):
        tickets.keep(home, KEY, f"t{day}", Ticket(NOW + day * 86_400, NOW))
    assert [tickets.kept(home, KEY, f"t{day}") is not None for day in range(0, 40, 10)] == [False, False, False, True]
