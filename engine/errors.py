"""What can go wrong, as a tree; every error is one sentence that a user can act on.

GranaryError
├── BadUse            an option, a name or an address that does not exist; the command line leaves with 2
├── Refused           a file is not taken, whole: names file, found, expected
│   └── NeedsAnswer   ... until someone settles what the file leaves open (which day/month, which encoding)
├── Busy              someone else is building; says who
├── Impossible        a figure of a plan cannot be so (a demand below zero, a deal at 130 %); nothing was changed
├── NotAllowed        somebody asks for what their role may not see or do; nothing was changed
├── NotKept           a record was not written or cannot be read (read-only, damaged, out of reach, overtaken); nothing was changed
├── NotSent           a reminder did not go out; it is tried again
├── NotPublished      a build stopped (an audit found an error, disk full, killed); the old version stays served
└── NothingServed     there is no warehouse in this home yet
"""

from engine.messages import Message, message


class GranaryError(Exception):
    """The root: carries a `Message`, so that a page can say it in the user's language."""

    def __init__(self, said: Message | str) -> None:
        self.said = message(said.replace("{", "{{").replace("}", "}}")) if isinstance(said, str) else said
        super().__init__(str(self.said))


class BadUse(GranaryError):
    """An option, a name or an address that does not exist."""


class Refused(GranaryError):
    """A file is not taken, whole; nothing of it is loaded.

    option: the command-line option that settles it, such as `--dates dmy|mdy|ymd`, or None. A sentence never names it: the command line
    adds it, a page has controls of its own.
    """

    def __init__(self, said: Message | str, option: str | None = None) -> None:
        super().__init__(said)
        self.option = option


class NeedsAnswer(Refused):
    """A file leaves something open that only its owner knows.

    question: short name of what is open (`dates`, `decimal`, `encoding`, `sheet`, `header_row`, `map`, `table`).
    choices:  the answers that the file allows.
    """

    def __init__(self, said: Message | str, question: str, option: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(said, option)
        self.question, self.choices = question, choices


class Busy(GranaryError):
    """Somebody else is building a new version just now."""


class Impossible(GranaryError):
    """A figure of a plan cannot be so; says what was found, what was expected, what to do. Nothing was changed."""


class NotAllowed(GranaryError):
    """Somebody asks for what they may not see, or wants to do what they may not do."""


class NotPublished(GranaryError):
    """A build did not reach publication; what was served before is still served."""


class NotKept(GranaryError):
    """A record was not written, or the records cannot be read; what was kept before is still there."""


class NotSent(GranaryError):
    """A message was not taken by the server that it was handed to, or by nobody."""


class NothingServed(GranaryError):
    """This home holds no published warehouse yet."""
