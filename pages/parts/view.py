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
        """A sentence in the reader's language; an input table that it speaks of is called by its name."""
        labels = forms.labels(self.language) if any(name == "table" for name, _ in said.values) else {}
        values = tuple((name, labels.get(value, value) if name == "table" else value) for name, value in said.values)
        return say(replace(said, values=values), self.language, self.currency)

    def text(self, value: Any, unit: str, compact: bool = False) -> str:
        """A value in the reader's language."""
        return formatted(value, unit, self.language, self.currency, compact=compact)

    def ask(self, question: str, *details: Any, by: tuple[str, ...] | None = None) -> Answer:
        """The answer to a question of `engine.answers`, kept for as long as the version is served."""
        selection = self.selection if by is None else replace(self.selection, by=by)
        return asking.answer(question, self.home, self.version, selection, self.scope, details)
