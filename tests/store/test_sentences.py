"""What the store says is read on a page as well as on the command line."""

import re

from engine.language.extract import literals


def test_no_sentence_about_a_file_names_an_option_of_the_command_line():
    """The command line adds the option that settles a question (`Refused.option`); a page has controls of its own."""
    own = {"--set takes COLUMN=VALUE, found “{found}”.", "--map takes HEADING=COLUMN, found “{found}”.", "--where takes COL=VALUE, found “{found}”."}
    texts = {part for key in literals() for part in (key if isinstance(key, tuple) else (key,))}
    assert {text for text in texts - own if re.search(r"--[a-z]", text) and "--port" not in text} == set()
