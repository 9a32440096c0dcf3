"""A digest of reminders for one person, in their language: a subject, plain text, and HTML in which every name stays a name."""

import html
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from engine.language import say
from engine.messages import Message, message, plural
from engine.reminders import Reminder
from engine.visible import visible

STYLE = "font-family: sans-serif; font-size: 15px; line-height: 1.5; color: #1E2A33"


def subject(new: Sequence[Reminder], language: str) -> str:
    """The first line: how much is new, and how much of it is late."""
    late = sum(one.days_late > 0 for one in new)
    if late:
        return say(plural("Granary: {n} reminder, {n_late} late", "Granary: {n} reminders, {n_late} late", n=len(new), n_late=late), language)
    return say(plural("Granary: {n} reminder", "Granary: {n} reminders", n=len(new)), language)


def plain(name: str, new: Sequence[Reminder], told: Sequence[Reminder], language: str, address: str) -> str:
    """The digest as text. new: what is told now. told: what was told before and is open still. address: where Granary is reached, or empty."""
    parts = [say(message("Good day, {name}.", name=visible(name)), language), ""]
    for title, reminders in _parts(new, told, language):
        parts += [title, *(f"  • {line(one, language)}{_after(one, language, address)}" for one in reminders), ""]
    return "\n".join([*parts, say(_foot(), language), ""])


def web(name: str, new: Sequence[Reminder], told: Sequence[Reminder], language: str, address: str) -> str:
    """The digest as HTML without script, picture or style sheet; links lead to `address` alone."""
    parts = [f"<p>{html.escape(say(message('Good day, {name}.', name=visible(name)), language))}</p>"]
    for title, reminders in _parts(new, told, language):
        listed = "".join(f"<li>{_linked(one, language, address)}</li>" for one in reminders)
        parts.append(f"<p><b>{html.escape(title)}</b></p><ul>{listed}</ul>")
    foot = f'<p style="color: #6B7680; font-size: 13px">{html.escape(say(_foot(), language))}</p>'
    return f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"></head><body style="{STYLE}">{"".join(parts)}{foot}</body></html>'


def _parts(new: Sequence[Reminder], told: Sequence[Reminder], language: str) -> list[tuple[str, Sequence[Reminder]]]:
    titled = [(message("New:"), new), (message("Still open:"), told)]
    return [(say(title, language), reminders) for title, reminders in titled if reminders]


def _foot() -> Message:
    return message("You choose on the page “Reminders” how and in which language you are reminded.")


def line(one: Reminder, language: str) -> str:
    """One reminder in a line: what is to be done, until when, how late it is."""
    what, due = visible(say(one.deadline.what, language)), one.deadline.due_on
    if one.days_late > 0:
        said = plural("{what}: {n} day late, was due on {due_on}", "{what}: {n} days late, was due on {due_on}", n=one.days_late, what=what, due_on=due)
    elif one.days_late == 0:
        said = message("{what}: due today", what=what)
    else:
        said = message("{what}: due on {due_on}", what=what, due_on=due)
    return say(said, language)


def link(one: Reminder, language: str, address: str) -> str:
    """The address of the page where it is dealt with; empty where nobody said where Granary is reached."""
    if not address:
        return ""
    return f"{address.rstrip('/')}/{quote(one.deadline.page)}?{urlencode([('language', language), *one.deadline.address])}"


def _after(one: Reminder, language: str, address: str) -> str:
    found = link(one, language, address)
    return f"\n    {found}" if found else ""


def _linked(one: Reminder, language: str, address: str) -> str:
    found, said = link(one, language, address), html.escape(line(one, language))
    return f'<a href="{html.escape(found)}">{said}</a>' if found else said


def chat(name: str, new: Sequence[Reminder], language: str, address: str) -> str:
    """The digest as one message of a chat: what is new, with whom it is about."""
    head = say(message("{name}, Granary reminds you:", name=visible(name)), language)
    return "\n".join([head, *(f"• {line(one, language)}{_after(one, language, address)}" for one in new)])
