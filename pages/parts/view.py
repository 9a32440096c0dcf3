"""What a page is given: one frozen record of who asks, in which language, for what, of which data."""

from dataclasses import dataclass, replace
from typing import Any

from engine.answers import forms
from engine.answers.answer import Answer
from engine.language import formatted, say
from engine.messages import Message
from engine.scope import Scope
from engine.selection import Selection
from pages.parts import asking

TABLES = ("table", "tables")
"""Places of a sentence in which an input table stands."""


@dataclass(frozen=True)
class View:
    """home: path of the home whose figures are shown; is_demo: it is the demo's. version: the served one, None = nothing yet.
    selection: period, comparison and filters in force, as the address has them. dark: the browser shows the dark theme.
    filters: what is set, as a sentence. band: in which days of supply should lie. palette: how variances are coloured."""

    page: str
    language: str
    scope: Scope
    selection: Selection
    home: str
    is_demo: bool
    version: int | None
    currency: str = "CNY"
    dark: bool = False
    window_days: int = 90
    filters: str = ""
    band: tuple[float, float] = (0.0, 0.0)
    palette: str = "blue_vermillion"

    def say(self, said: Message) -> str:
        """A sentence in the reader's language; input tables that it speaks of are called by their names."""
        if any(name in TABLES for name, _ in said.values):
            said = replace(said, values=tuple((name, self._named(value) if name in TABLES else value) for name, value in said.values))
        return say(said, self.language, self.currency)

    def _named(self, value: Any) -> Any:
        """One table, or several with commas between them."""
        if not isinstance(value, str):
            return value
        labels = forms.labels(self.language)
        return [labels.get(name, name) for name in value.split(", ")]

    def text(self, value: Any, unit: str, compact: bool = False) -> str:
        """A value in the reader's language."""
        if unit == "message" and value is not None:
            return self.say(Message.from_json(value))
        return formatted(value, unit, self.language, self.currency, compact=compact)

    def ask(self, question: str, *details: Any, by: tuple[str, ...] | None = None) -> Answer:
        """The answer to a question of `engine.answers`, kept for as long as the version is served."""
        selection = self.selection if by is None else replace(self.selection, by=by)
        return asking.answer(question, self.home, self.version, selection, self.scope, details)
