"""The pages of audit and reminders through the door: what is searched for, what is chosen, and that a look is noted once."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.answers import actions, audit, contacts, people
from engine.scope import Scope
from engine.store import decisions
from engine.store.home import Home
from pages.parts import who
from tests.pages.conftest import opened

ANNA = Scope(who="Anna", subject="https://id.example anna")
HOSTILE = "Anna\npublished \u202e<b>x</b>"


@pytest.fixture
def home(company_home: Home, tmp_path: Path, at_home: Callable[[Home], None]) -> Home:
    """A copy of the company with two people and an action that Anna is late with."""
    own = Home(Path(shutil.copytree(company_home.path, tmp_path / "home")))
    for name in ("Anna", "王芳"):
        people.add(str(own.path), name, Scope(who=name))
    late, today = date.today() - timedelta(3), date.today()
    actions.agree(str(own.path), "2001", "bring the list", "Anna", late, late, Scope(who="王芳"), 1)
    actions.agree(str(own.path), "2002", "count the stock", "王芳", today, late, Scope(who="王芳"), 1)
    at_home(own)
    return own


def as_person(monkeypatch: pytest.MonkeyPatch, scope: Scope) -> None:
    monkeypatch.setattr(who, "named", lambda _, home: scope)


def shown(at: AppTest) -> str:
    return " ".join(str(getattr(each.proto, "body", "")) for each in at.get("html"))


def table(at: AppTest, place: int = 0) -> list[dict[str, object]]:
    return at.dataframe[place].value.to_dict("records")


def test_the_audit_is_searched_by_words_act_and_person_and_hostile_names_stay_text(home: Home) -> None:
    audit.note(home, Scope(who=HOSTILE), "export", "dead_stock", form="csv")
    audit.note(home, ANNA, "undo", "version 1", served=1)
    at = opened("pages/warehouse/audit.py")
    assert [row["act"] for row in table(at)][:2] == ["took a load back", "exported"]
    assert table(at)[1]["who"] == "Anna⟨U+000A⟩published ⟨U+202E⟩<b>x</b>"
    at.selectbox(key="audit-act").set_value("undo").run()
    assert [row["who"] for row in table(at)] == ["Anna"]
    at.selectbox(key="audit-act").set_value(None)
    at.text_input(key="audit-words").set_value("dead_stock csv").run()
    assert [row["about"] for row in table(at)] == ["Dead stock"]
    at.text_input(key="audit-words").set_value("no such thing").run()
    assert not at.dataframe
    assert "Nothing is kept for this choice" in shown(at)


def test_the_audit_is_for_those_who_may_read_it(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    audit.note(home, ANNA, "export", "secret-of-anna")
    as_person(monkeypatch, Scope(who="Ivan", subject="issuer ivan", roles=frozenset({"marketing"})))
    at = opened("pages/warehouse/audit.py")
    assert not at.dataframe
    assert "secret-of-anna" not in shown(at)


def test_a_look_at_a_sensitive_page_is_noted_once_and_not_at_every_rerun(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    as_person(monkeypatch, ANNA)
    at = opened("pages/dealers/credit.py")
    at.run()
    at.run()
    looks = [(record.who, (record.payload or {}).get("about")) for record in decisions.history(home, "audit") if record.subject == "read"]
    assert looks == [("Anna", "credit")]


def test_nobody_is_noted_who_answers_to_nobody(home: Home) -> None:
    opened("pages/dealers/credit.py")
    assert [record for record in decisions.history(home, "audit") if record.subject == "read"] == []


def test_an_export_is_noted_when_it_is_taken_and_not_when_it_is_offered(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = {}
    monkeypatch.setattr("streamlit.download_button", lambda label, data, **_: taken.setdefault(label, data))
    opened("pages/overview/reminders.py")
    assert [record.subject for record in decisions.history(home, "audit")].count("export") == 0
    assert callable(taken["CSV"])
    assert taken["CSV"]()
    kept = [record.payload or {} for record in decisions.history(home, "audit") if record.subject == "export"]
    assert [(held["about"], held["form"], held["page"]) for held in kept] == [("reminders", "csv", "reminders")]


def test_reminders_show_mine_or_all_and_lead_to_where_they_are_dealt_with(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    as_person(monkeypatch, Scope(who="Anna"))
    at = opened("pages/overview/reminders.py")
    assert [(row["what"].split(": ")[1], row["owner"]) for row in table(at)] == [("bring the list", "Anna")]
    at.segmented_control(key="reminders-whose").set_value("all").run()
    assert sorted(row["owner"] for row in table(at)) == ["Anna", "王芳"]


def test_a_person_chooses_how_to_be_reminded_and_a_wrong_address_is_refused_in_a_sentence(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    as_person(monkeypatch, Scope(who="Anna"))
    at = opened("pages/overview/reminders.py")
    at.text_input(key="contact-email").set_value("anna@company.example\r\nBcc: x")
    at.checkbox(key="contact-mail").set_value(True)
    next(button for button in at.button if button.label == "Keep").click().run()
    assert any("mail address; one looks like" in str(each.value) for each in at.error)
    at.text_input(key="contact-email").set_value("anna@company.example")
    at.checkbox(key="contact-mail").set_value(True)
    next(button for button in at.button if button.label == "Keep").click().run()
    assert not at.error
    assert [(one.name, one.email, one.by_mail) for one in contacts.contacts(str(home.path))] == [("Anna", "anna@company.example", True)]
