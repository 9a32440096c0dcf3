"""Digests on their way, through a real mail server and a real chat: each once, failures tried again, two at once, hostile names."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest

from engine.answers import records, telling
from engine.answers.telling import Delivery, Ways, faults, remind
from engine.errors import NotKept
from engine.store import chat, mail
from engine.store.home import PROJECT, Home
from tests.reminding.conftest import NOW, kept, told
from tests.reminding.servers import ChatRoom, PostBox, chat_room, mail_server

A_DAY = timedelta(days=1)


@pytest.fixture
def box() -> PostBox:
    return PostBox()


@pytest.fixture
def by_mail(box: PostBox) -> Iterator[Ways]:
    """A way by mail to the box, with links."""
    with mail_server(box) as port:
        yield Ways(mail.PostOffice("127.0.0.1", port, "none", "granary@company.example"), None, "https://granary.company.example/")


@pytest.fixture
def room() -> Iterator[ChatRoom]:
    with chat_room() as taken:
        yield taken


def by_chat(room: ChatRoom) -> Ways:
    return Ways(None, chat.Room("127.0.0.1", f"http://127.0.0.1:{room.server_port}/hook"), "")


def states(done: list[Delivery]) -> list[tuple[str, str]]:
    return [(one.person, one.state) for one in done]


def text_of(box: PostBox, form: str = "plain", place: int = -1) -> str:
    part = box.taken[place].get_body((form,))
    assert part is not None
    return str(part.get_content())


def test_a_digest_is_sent_once_with_all_that_is_new(home: Home, box: PostBox, by_mail: Ways) -> None:
    told(home, "Anna")
    assert states(remind(home, NOW, by_mail)) == [("Anna", "sent")]
    for later in (timedelta(0), timedelta(hours=3), A_DAY, 3 * A_DAY):  # on the third day the action is late: that is new
        remind(home, NOW + later, by_mail)
    assert len(box.taken) == 2
    first, later_on = text_of(box, place=0), text_of(box)
    assert "Хлеб и вино: bring the new price list: due on 12\u00a0Nov\u00a02025" in first
    assert "Close complaint c1 about A: 40 days late, was due on 1\u00a0Oct\u00a02025" in first
    assert "Still open" not in first
    assert "1 day late" in later_on.split("Still open")[0]
    assert "c1" in later_on.split("Still open")[1]
    assert "https://granary.company.example/dealer?language=en&dealer_id=d2" in first
    assert box.taken[0]["Subject"] == "Granary: 4 reminders, 2 late"


def test_two_people_are_each_told_in_their_language_of_what_is_theirs(home: Home, box: PostBox, by_mail: Ways) -> None:
    told(home, "Anna", "ru")
    told(home, "王芳", "zh", email="wang@company.example")
    assert states(remind(home, NOW, by_mail)) == [("Anna", "sent"), ("王芳", "sent")]
    to_anna, to_wang = box.taken
    assert (to_anna["To"].addresses[0].addr_spec, to_wang["To"].addresses[0].display_name) == ("anna@company.example", "王芳")
    assert "bring the new price list" in text_of(box, place=0)
    assert "bring the new price list" not in text_of(box)
    assert "Granary" in str(to_anna["Subject"])
    assert to_anna["Message-ID"] != to_wang["Message-ID"]


def test_a_failure_is_kept_tried_again_after_a_longer_wait_each_time_and_delivered_once(home: Home, box: PostBox, by_mail: Ways) -> None:
    told(home, "Anna")
    box.mood = "fail"
    assert states(remind(home, NOW, by_mail)) == [("Anna", "failed")]
    assert "try again later" in str(faults(home, NOW)[-1])
    assert remind(home, NOW + timedelta(minutes=14), by_mail) == []
    assert states(remind(home, NOW + timedelta(minutes=15), by_mail)) == [("Anna", "failed")]
    assert remind(home, NOW + timedelta(minutes=44), by_mail) == []
    box.mood = "take"
    assert states(remind(home, NOW + timedelta(minutes=45), by_mail)) == [("Anna", "sent")]
    assert remind(home, NOW + timedelta(hours=9), by_mail) == []
    assert len(box.taken) == 1
    assert kept(home) == ["sending", "failed", "sending", "failed", "sending", "sent"]
    assert [one.tries for one in telling.deliveries(home)] == [3]


def test_what_failed_all_day_goes_out_the_next_day_in_a_new_digest(home: Home, box: PostBox, by_mail: Ways) -> None:
    told(home, "Anna")
    box.mood = "refuse"
    remind(home, NOW, by_mail)
    box.mood = "take"
    assert states(remind(home, NOW + A_DAY, by_mail)) == [("Anna", "sent")]
    assert len(box.taken) == 1
    assert "no such mailbox here" in str(next(one.why for one in telling.deliveries(home) if one.state == "failed"))


def test_a_server_that_is_not_there_is_told_and_the_next_person_is_served(home: Home, room: ChatRoom) -> None:
    told(home, "Anna")
    told(home, "王芳", "zh", by_mail=False, by_chat=True, email="")
    nobody = mail.PostOffice("127.0.0.1", 9, "none", "granary@company.example")
    assert states(remind(home, NOW, Ways(nobody, by_chat(room).room))) == [("Anna", "failed"), ("王芳", "sent")]
    assert any("cannot be reached" in str(said) for said in faults(home, NOW))


PROCESS = """
import sys
from datetime import datetime
from pathlib import Path
from engine.answers.telling import Ways, remind
from engine.store import mail
from engine.store.home import Home
office = mail.PostOffice("127.0.0.1", int(sys.argv[2]), "none", "g@x.example")
remind(Home(Path(sys.argv[1])), datetime.fromisoformat(sys.argv[3]), Ways(office))
"""


def test_of_two_processes_at_once_one_sends_and_nobody_is_told_twice(home: Home, box: PostBox, by_mail: Ways) -> None:
    told(home, "Anna")
    told(home, "王芳", email="wang@company.example")
    assert by_mail.office is not None
    command = [sys.executable, "-c", PROCESS, str(home.path), str(by_mail.office.port), NOW.isoformat()]
    both = [subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sorted(str(letter["To"].addresses[0].addr_spec) for letter in box.taken) == ["anna@company.example", "wang@company.example"]


def test_a_claim_that_another_process_took_in_between_sends_nothing(home: Home, box: PostBox, by_mail: Ways, monkeypatch: pytest.MonkeyPatch) -> None:
    told(home, "Anna")
    remind(home, NOW, by_mail)
    looked, first = telling.deliveries, iter([True])
    monkeypatch.setattr(telling, "deliveries", lambda home: [] if next(first, False) else looked(home))  # seen before the other one's claim
    assert remind(home, NOW, by_mail) == []
    assert (len(box.taken), kept(home)) == (1, ["sending", "sent"])


def test_what_was_being_sent_when_its_process_died_is_shown_and_not_sent_again(home: Home, box: PostBox, by_mail: Ways) -> None:
    told(home, "Anna")
    planned = remind(home, NOW, by_mail, dry_run=True)[0]
    records.record(home, "reminder", planned.subject, {"state": "sending", "keys": list(planned.keys), "tries": 1}, "Granary", 1, 0)
    assert remind(home, NOW + timedelta(hours=2), by_mail) == []
    assert box.taken == []
    lost = telling.deliveries(home)[0]
    assert lost.at is not None
    assert not lost.is_lost(lost.at + timedelta(minutes=9))
    assert lost.is_lost(lost.at + timedelta(minutes=11))
    told_of = faults(home, lost.at + timedelta(minutes=11)) if abs((lost.at.date() - planned.day).days) <= 1 else []
    assert all("Nobody knows whether" in str(said) for said in told_of if "GRANARY" not in str(said))


def test_records_that_cannot_be_written_send_nothing(home: Home, box: PostBox, by_mail: Ways, monkeypatch: pytest.MonkeyPatch) -> None:
    told(home, "Anna")

    def full(*_: object, **__: object) -> None:
        raise NotKept("The disk is full; nothing was kept.")

    monkeypatch.setattr("engine.store.decisions.append", full)
    with pytest.raises(NotKept):
        remind(home, NOW, by_mail)
    assert box.taken == []


def test_a_dry_run_names_what_would_go_out_and_sends_and_keeps_nothing(home: Home, box: PostBox, by_mail: Ways) -> None:
    told(home, "Anna")
    assert [(one.person, len(one.keys)) for one in remind(home, NOW, by_mail, dry_run=True)] == [("Anna", 4)]
    assert (box.taken, kept(home)) == ([], [])


def test_the_chat_gets_the_digest_as_words_and_as_facts_once(home: Home, room: ChatRoom) -> None:
    told(home, "Anna", by_mail=False, by_chat=True, email="")
    remind(home, NOW, by_chat(room))
    remind(home, NOW + timedelta(hours=1), by_chat(room))
    [(headers, posted)] = room.taken
    assert posted["person"] == "Anna"
    assert posted["text"].startswith("Anna, Granary reminds you:")
    assert sorted(fact["rule"] for fact in posted["reminders"]) == ["action", "complaint", "credit_review", "stock_report"]
    assert headers["Idempotency-Key"] == posted["key"]


REFUSALS = ((500, b"no"), (404, b"no"), (302, b"elsewhere"), (200, b'{"errcode": 93000, "errmsg": "invalid webhook\\nurl"}'))


@pytest.mark.parametrize(("status", "answer"), REFUSALS)
def test_a_chat_that_refuses_is_tried_again(home: Home, room: ChatRoom, status: int, answer: bytes) -> None:
    told(home, "Anna", by_mail=False, by_chat=True, email="")
    room.status, room.answer = status, answer
    failed = remind(home, NOW, by_chat(room))[0]
    assert failed.state == "failed"
    assert "\n" not in str(failed.why)
    room.status, room.answer = 200, b'{"errcode": 0, "errmsg": "ok"}'
    assert states(remind(home, NOW + timedelta(hours=1), by_chat(room))) == [("Anna", "sent")]
    assert len(room.taken) == 2
    assert room.taken[0][0]["Idempotency-Key"] == room.taken[1][0]["Idempotency-Key"]


def test_hostile_names_stay_names_in_headers_text_and_html(home: Home, box: PostBox, by_mail: Ways) -> None:
    told(home, "Anna")
    remind(home, NOW, by_mail)
    letter = box.taken[0]
    assert letter["Bcc"] is None
    assert len(letter.get_all("Subject") or []) == 1
    for form in ("plain", "html"):
        body = text_of(box, form)
        assert "\u202e" not in body
        assert "\r\nSubject: hacked" not in body
        assert "⟨U+202E⟩" in body
    assert "<script>" not in text_of(box, "html")
    assert "&lt;script&gt;" in text_of(box, "html")


def test_whoever_left_the_list_or_wants_none_is_told_nothing(home: Home, box: PostBox, by_mail: Ways) -> None:
    from engine.answers import people
    from engine.scope import Scope

    told(home, "Anna", by_mail=False)
    told(home, "王芳", email="wang@company.example")
    people.take_off(str(home.path), next(code for code, name in people.people(str(home.path)).items() if name == "王芳"), Scope())
    assert remind(home, NOW, by_mail) == []
    assert box.taken == []


def test_the_command_line_sends_by_what_the_environment_names_and_leaves_with_3_where_one_failed(
    home: Home, box: PostBox, by_mail: Ways, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from engine import command_line

    assert by_mail.office is not None
    told(home, "Anna")
    monkeypatch.setenv("GRANARY_MAIL", f"smtp://127.0.0.1:{by_mail.office.port}?from=granary@company.example&tls=none")
    at = ["--home", str(home.path), "--format", "json"]
    assert command_line.run(["remind", "--dry-run", *at]) == 0
    assert '"state": "due"' in capsys.readouterr().out
    box.mood = "fail"
    assert command_line.run(["remind", *at]) == 3
    assert "try again later" in capsys.readouterr().out
    assert command_line.run(["remind", *at]) == 0
    assert box.taken == []
    monkeypatch.setenv("GRANARY_MAIL", "mail.example")
    assert command_line.run(["remind", *at]) == 2
    assert "must look like" in capsys.readouterr().err
