"""Mail: one message to one person through the company's own mail server (SMTP), encrypted unless somebody says otherwise in so many words.

The environment variable GRANARY_MAIL names the server and the sender:

    smtp://user:password@mail.example:587?from=granary@company.example     encrypted after STARTTLS, which the server must offer
    smtps://user:password@mail.example:465?from=…                          encrypted from the first byte
    smtp://relay.internal:25?from=…&tls=none                               not encrypted; a password is then refused, except to this machine

GRANARY_MAIL_FILE names a file that holds it, as containers mount secrets.
"""

import os
import re
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from engine.errors import BadUse, NotSent
from engine.messages import message
from engine.visible import LONGEST_NAME, visible

VARIABLE = "GRANARY_MAIL"
EXAMPLE = "smtp://user:password@mail.example:587?from=granary@company.example"
SECONDS_TO_WAIT = 20
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?!-)[^\s@<>()\[\],;:\\\"]{1,253}")


@dataclass(frozen=True)
class PostOffice:
    """A mail server and who we are there. security: `tls`, `starttls` or `none`."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Letter:
    """One message. name, address: of the reader. key: the same for the same message, so that servers know a second one."""

    name: str
    address: str
    subject: str
    plain: str
    html: str
    key: str


def configured(environment: Mapping[str, str] | None = None) -> PostOffice | None:
    """The server that the environment names; None = none. Raises BadUse where it cannot be understood; what is secret is not repeated."""
    found = secret(VARIABLE, os.environ if environment is None else environment)
    return None if not found else _office(found)


def secret(variable: str, environment: Mapping[str, str]) -> str:
    """What a variable holds, or the file that `<variable>_FILE` names; empty = neither. Raises BadUse for a file that cannot be read."""
    file = environment.get(f"{variable}_FILE")
    if not file:
        return environment.get(variable, "").strip()
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise BadUse(message("{variable} names a file that cannot be read.", variable=f"{variable}_FILE")) from None


def _office(found: str) -> PostOffice:
    fault = BadUse(message("{variable} must look like {example}", variable=VARIABLE, example=EXAMPLE))
    try:
        parts = urlsplit(found)
        options = {name: values[-1] for name, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()}
        port = parts.port
    except ValueError:
        raise fault from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or set(options) - {"from", "tls"} or options.get("tls", "none") != "none":
        raise fault
    security = "none" if options.get("tls") == "none" else "tls" if parts.scheme == "smtps" else "starttls"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if user and security == "none" and parts.hostname not in LOOPBACK:
        raise BadUse(message("{variable} would send a password without encryption; leave out {option}.", variable=VARIABLE, option="tls=none"))
    if not (user + password).isascii():
        raise BadUse(message("{variable} holds a user or a password with letters that the language of mail servers lacks.", variable=VARIABLE))
    sender = checked_address(options.get("from", ""))
    return PostOffice(parts.hostname, port or (465 if security == "tls" else 587), security, sender, user, password)


def checked_address(text: str) -> str:
    """An address as mail servers take it: one line, letters of ASCII before the @, the domain in its encoded form. Raises BadUse."""
    fault = BadUse(message("“{found}” is no e-mail address; one looks like {example}", found=visible(text, LONGEST_NAME), example="name@company.example"))
    stripped = text.strip()
    if not stripped.isprintable() or not _ADDRESS.fullmatch(stripped) or ".." in stripped or stripped.endswith("."):
        raise fault
    name, _, domain = stripped.rpartition("@")
    try:
        encoded = domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise fault from None
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", encoded):
        raise fault
    return f"{name}@{encoded}"


def send(office: PostOffice, letter: Letter) -> None:
    """Hand a message to the server. Returns once the server has taken it. Raises NotSent with what the server or the network said."""
    whole = written(office, letter)
    try:
        with _connected(office) as server:
            if office.user:
                server.login(office.user, office.password)
            server.send_message(whole)
    except smtplib.SMTPRecipientsRefused as fault:
        code, said = next(iter(fault.recipients.values()), (0, b""))
        raise NotSent(message("The mail server does not take {address}: {fault}", address=letter.address, fault=_words(code, said))) from fault
    except smtplib.SMTPNotSupportedError as fault:
        raise NotSent(message("The mail server offers no encryption (STARTTLS); nothing was sent.")) from fault
    except smtplib.SMTPAuthenticationError as fault:
        raise NotSent(message("The mail server does not know this user and password.")) from fault
    except smtplib.SMTPResponseException as fault:
        raise NotSent(message("The mail server refused: {fault}", fault=_words(fault.smtp_code, fault.smtp_error))) from fault
    except ssl.SSLError as fault:
        why = visible(fault.reason or str(fault), LONGEST_NAME)
        raise NotSent(message("The encryption of the mail server cannot be trusted: {fault}", fault=why)) from fault
    except (smtplib.SMTPException, OSError) as fault:
        raise NotSent(message("The mail server cannot be reached: {fault}", fault=visible(str(fault), LONGEST_NAME))) from fault


def _connected(office: PostOffice) -> smtplib.SMTP:
    """A connection, encrypted as the office says; certificates and names are checked. Our own name is not looked up: that can take long."""
    ours = office.sender.rpartition("@")[2]
    if office.security == "tls":
        return smtplib.SMTP_SSL(office.host, office.port, ours, timeout=SECONDS_TO_WAIT, context=ssl.create_default_context())
    server = smtplib.SMTP(office.host, office.port, ours, timeout=SECONDS_TO_WAIT)
    if office.security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def written(office: PostOffice, letter: Letter) -> EmailMessage:
    """The message as it goes out. Whatever a name or a subject holds, it stays one header: line breaks are made visible before."""
    whole = EmailMessage(policy=SMTP)
    name, domain = office.sender.rpartition("@")[0], office.sender.rpartition("@")[2]
    to_name, _, to_domain = checked_address(letter.address).rpartition("@")
    whole["Subject"] = visible(letter.subject, LONGEST_NAME)
    whole["From"] = Address("Granary", name, domain)
    whole["To"] = Address(visible(letter.name, LONGEST_NAME), to_name, to_domain)
    whole["Date"] = format_datetime(localtime())
    whole["Message-ID"] = f"<{letter.key}@{domain}>"
    whole["Auto-Submitted"] = "auto-generated"
    whole["X-Auto-Response-Suppress"] = "All"
    whole.set_content(letter.plain, cte="base64")
    whole.add_alternative(letter.html, subtype="html", cte="base64")
    return whole


def _words(code: int, said: bytes | str) -> str:
    """What a server said, on one line."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return visible(f"{code} {' '.join(text.split())}", LONGEST_NAME)
