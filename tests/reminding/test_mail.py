"""One message through a real mail server: encryption, log-in, what the server says; and headers that nobody can add to."""

import ssl
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadUse, NotSent
from engine.store import chat, mail
from engine.store.mail import Letter, PostOffice, checked_address, written
from tests.reminding.servers import PostBox, mail_server

OFFICE = PostOffice("127.0.0.1", 25, "none", "granary@company.example")


def letter(name: str = "Anna", address: str = "anna@company.example", subject: str = "Hello", plain: str = "text", html: str = "<p>text</p>") -> Letter:
    return Letter(name, address, subject, plain, html, "key1")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of its own for 127.0.0.1, with its key in the same file."""
    folder = tmp_path_factory.mktemp("tls")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=mail", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, "-keyout", str(folder / "key"), "-out", str(folder / "cert")], check=True, capture_output=True)
    (folder / "both").write_text((folder / "key").read_text() + (folder / "cert").read_text())
    return folder / "both"


def context(certificate: Path) -> ssl.SSLContext:
    found = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    found.load_cert_chain(certificate)
    return found


def test_mail_goes_encrypted_and_logged_in_where_the_certificate_is_trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_name("cert")))
    box = PostBox()
    with mail_server(box, context(certificate), ("granary", "p@ss:/word")) as port:
        office = mail.configured({"GRANARY_MAIL": f"smtp://granary:p%40ss%3A%2Fword@127.0.0.1:{port}?from=granary@company.example"})
        assert office is not None
        mail.send(office, letter())
    assert (len(box.taken), box.secured, box.users) == (1, [True], [(b"granary", b"p@ss:/word")])
    assert "word" not in repr(office)


def test_a_certificate_that_nobody_vouches_for_gets_no_password_and_no_mail(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    box = PostBox()
    with mail_server(box, context(certificate), ("granary", "word")) as port, pytest.raises(NotSent, match="cannot be trusted"):
        mail.send(PostOffice("127.0.0.1", port, "starttls", "granary@company.example", "granary", "word"), letter())
    assert (box.taken, box.users) == ([], [])


def test_a_server_that_offers_no_encryption_gets_nothing_unless_that_was_asked_for() -> None:
    box = PostBox()
    with mail_server(box) as port:
        with pytest.raises(NotSent, match="no encryption"):
            mail.send(PostOffice("127.0.0.1", port, "starttls", "granary@company.example"), letter())
        assert box.taken == []
        mail.send(PostOffice("127.0.0.1", port, "none", "granary@company.example"), letter())
    assert len(box.taken) == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_wrong_password_is_told_without_the_password() -> None:
    with mail_server(PostBox(), login=("granary", "right")) as port, pytest.raises(NotSent, match="does not know this user") as fault:
        mail.send(PostOffice("127.0.0.1", port, "none", "granary@company.example", "granary", "wr0ng-secret"), letter())
    assert "wr0ng-secret" not in str(fault.value)


@given(st.text(max_size=300), st.text(max_size=600), st.text(max_size=200))
def test_no_name_and_no_subject_adds_a_header_or_a_line(name: str, subject: str, text: str) -> None:
    whole = written(OFFICE, letter(name, subject=subject, plain=text.encode("utf-8", "replace").decode(), html="<p>x</p>"))
    head = whole.as_bytes().split(b"\r\n\r\n")[0]
    fields = [line.split(b":")[0] for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    assert sorted(field.lower() for field in fields) == sorted(
        [b"subject", b"from", b"to", b"date", b"message-id", b"auto-submitted", b"x-auto-response-suppress", b"mime-version", b"content-type"]
    )


@pytest.mark.parametrize(
    "name", ["王芳", "Анна Петрова", 'A "quoted" <x@y.example>', "x" * 5000, "a\r\nBcc: b@c.example", "\u202egnp.exe", "\udcff", "=?utf-8?q?x?="]
)
def test_any_name_arrives_as_one_readable_reader(name: str) -> None:
    box = PostBox()
    with mail_server(box) as port:
        mail.send(PostOffice("127.0.0.1", port, "none", "granary@company.example"), letter(name, subject=f"{name} Hello"))
    taken = box.taken[0]
    assert [one.addr_spec for one in taken["To"].addresses] == ["anna@company.example"]
    assert taken["Bcc"] is None
    assert taken["Auto-Submitted"] == "auto-generated"
    if name in ("王芳", "Анна Петрова"):
        assert taken["To"].addresses[0].display_name == name


GOOD = ("a@b.example", "o'neil+tag@mail.b-c.example", " a@b.example ", "a@例子.example")
BAD = (
    "", "a", "a@", "@b.example", "a@b@c.example", "a b@c.example", "a@b.example\r\nBcc: x@y.example", "a@b.example,c@d.example", "<a@b.example>",
    "a@b..example", "a@b.example.", "анна@b.example", "a@-b.example", "a@b.exam\u202eple", "a@" + "b" * 300, "a" * 65 + "@b.example", "a@b.example\x00",
)  # fmt: skip


@pytest.mark.parametrize("address", GOOD)
def test_addresses_of_people_are_taken(address: str) -> None:
    assert checked_address(address).isascii()


@pytest.mark.parametrize("address", BAD)
def test_what_is_no_single_address_is_refused(address: str) -> None:
    with pytest.raises(BadUse, match="no e-mail address"):
        checked_address(address)


MISNAMED = (
    "mail.example", "http://mail.example", "smtp://", "smtp://h:99999?from=a@b.example", "smtp://h?form=a@b.example", "smtp://h?tls=maybe&from=a@b.example",
    "smtp://h", "smtp://[x?from=a@b.example", "smtp://u:%C3%B6@h?from=a@b.example",
)  # fmt: skip


@pytest.mark.parametrize("found", MISNAMED)
def test_a_mail_server_that_is_named_wrongly_is_told_without_its_password(found: str) -> None:
    with pytest.raises(BadUse) as fault:
        mail.configured({"GRANARY_MAIL": found.replace("//", "//user:s3cret@") if found.endswith("example") else found})
    assert "s3cret" not in str(fault.value)


def test_a_password_is_never_configured_to_go_out_unencrypted() -> None:
    with pytest.raises(BadUse, match="without encryption"):
        mail.configured({"GRANARY_MAIL": "smtp://user:word@relay.internal:25?from=a@b.example&tls=none"})
    office = mail.configured({"GRANARY_MAIL": "smtp://relay.internal:25?from=a@b.example&tls=none"})
    assert office is not None
    assert (office.security, office.port) == ("none", 25)


def test_nothing_named_is_no_way_and_a_file_can_hold_the_secret(tmp_path: Path) -> None:
    assert mail.configured({}) is None
    assert chat.configured({}) is None
    (tmp_path / "secret").write_text("smtps://u:p@mail.example?from=a@b.example\n", encoding="utf-8")
    office = mail.configured({"GRANARY_MAIL_FILE": str(tmp_path / "secret")})
    assert office is not None
    assert (office.security, office.port, office.password) == ("tls", 465, "p")
    with pytest.raises(BadUse, match="GRANARY_MAIL_FILE names a file that cannot be read"):
        mail.configured({"GRANARY_MAIL_FILE": str(tmp_path / "absent")})


NOT_SECRET = ("http://chat.example/hook", "ftp://chat.example", "chat.example", "https://", "file:///etc/passwd", "https://chat.example/\nx", "https://[x")


@pytest.mark.parametrize("found", NOT_SECRET)
def test_the_chat_is_reached_by_https_alone(found: str) -> None:
    with pytest.raises(BadUse, match="https://"):
        chat.configured({"GRANARY_WEBHOOK": found})


def test_the_secret_address_of_the_chat_is_not_shown() -> None:
    room = chat.configured({"GRANARY_WEBHOOK": "https://chat.example/hook/s3cret"})
    assert room is not None
    assert "s3cret" not in repr(room)
