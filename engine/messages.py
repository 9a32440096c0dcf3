"""A sentence that is said later, in the listener's language.

The engine decides *what* is to be said, the door (page or command line) decides in which language: so a sentence travels as
its English text and its values, and `engine.language.say` puts it into words. The English text is the key of the gettext
catalogues; `message` and `plural` are the words by which it is found there.
"""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Message:
    """One sentence with named places.

    text:   English, with `{name}` places in the manner of `str.format`.
    values: the values of the places, raw (numbers, dates, strings); the language formats them.
    many:   the plural form of `text`, or None; the value `n` then chooses between the two.
    """

    text: str
    values: tuple[tuple[str, Any], ...] = ()
    many: str | None = None

    def __str__(self) -> str:
        """The sentence in English, values unformatted: for logs, exceptions and the command line's errors."""
        values = dict(self.values)
        text = self.text if self.many is None or values.get("n") == 1 else self.many
        return text.format(**values)

    def to_json(self) -> str:
        """The sentence as text that a table can keep; `Message.from_json` gives it back, sentences inside of it included."""
        return json.dumps(self._kept(), ensure_ascii=False)

    def _kept(self) -> list[Any]:
        return [self.text, [[name, _kept_value(value)] for name, value in self.values], self.many]

    @classmethod
    def from_json(cls, kept: str) -> "Message":
        """The sentence that `to_json` wrote; dates come back as ISO text."""
        text, values, many = json.loads(kept)
        return cls(text, tuple((name, _value_of(value)) for name, value in values), many)


def _kept_value(value: Any) -> Any:
    """A value as JSON can hold it: numbers, texts and sentences as they are, anything else as text."""
    if isinstance(value, Message):
        return {"said": value._kept()}
    if isinstance(value, list | tuple):
        return [_kept_value(part) for part in value]
    return value if isinstance(value, int | float | str) or value is None else str(value)


def _value_of(kept: Any) -> Any:
    if isinstance(kept, dict):
        return Message.from_json(json.dumps(kept["said"]))
    return [_value_of(part) for part in kept] if isinstance(kept, list) else kept


def message(text: str, /, **values: Any) -> Message:
    """A sentence; `text` must be a literal, or the catalogues cannot find it."""
    return Message(text, tuple(values.items()))


def plural(one: str, many: str, /, n: float, **values: Any) -> Message:
    """A sentence that counts: `{n}` is 1 in `one`, anything else in `many`; other languages choose by their own rules."""
    return Message(one, (("n", n), *values.items()), many)
