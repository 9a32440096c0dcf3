"""What a file leaves open, asked with the answers that it allows; and everything else that can be settled by hand."""

from typing import Any

import streamlit as st

from engine.answers import forms
from engine.messages import Message, message
from pages.parts import text
from pages.parts.loading import desk
from pages.parts.view import View

QUESTIONS: dict[str, Message] = {
    "dates": message("In which order do the dates stand?"),
    "decimal": message("Which sign parts the decimals?"),
    "encoding": message("In which encoding was the file written?"),
    "sheet": message("Which sheet is it?"),
    "header_row": message("In which row do the headings stand?"),
    "table": message("What is in this file?"),
    "months": message("Do the months stand as columns?"),
    "map": message("Which heading is which column?"),
    "separator": message("Which sign parts the columns?"),
    "set": message("Does this hold for every row?"),
    "replace": message("May these rows replace the earlier ones?"),
}
WORDS: dict[str, Message] = {
    "dmy": message("day, month, year"),
    "mdy": message("month, day, year"),
    "ymd": message("year, month, day"),
    ",": message("the comma: 1.234,5"),
    ".": message("the point: 1,234.5"),
    "yes": message("yes"),
    "no": message("no"),
    "comma": message("the comma"),
    "semicolon": message("the semicolon"),
    "tab": message("the tabulator"),
    "bar": message("the upright bar"),
}
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
LEAVE_OUT = "-"


def file_of(outcome: dict[str, Any]) -> str:
    """The file of an outcome, without the sheet."""
    return str(outcome["file"]).partition(" › ")[0]


def ask(view: View, at: desk.Desk, outcome: dict[str, Any]) -> None:
    """The questions of a refused file as choices; each answer has the files looked at again, with the answers given so far."""
    if not outcome["question"]:
        _ask_missing(view, at, outcome)
    for question in outcome["questions"]:
        if question["reason"] != outcome["reason"]:
            text.prose(said(view, question["reason"], outcome["table"]))
        _ask(view, at, outcome, question)


def said(view: View, kept: str, table: str | None) -> str:
    """A kept sentence about a file, its tables and columns by the names that the reader knows."""
    return view.say(forms.in_words(Message.from_json(kept), table, view.language))


def _ask(view: View, at: desk.Desk, outcome: dict[str, Any], question: dict[str, Any]) -> None:
    if question["question"] == "replace":
        _replace(view, at)
    elif question["question"] == "map":
        table = dict(Message.from_json(question["reason"]).values).get("table")
        _map_choices(view, at, outcome, [tuple(choice.rpartition("=")[::2]) for choice in question["choices"]], table)
    elif question["question"] in QUESTIONS and question["choices"]:
        _choose(view, at, outcome, question["question"], list(question["choices"]))


def _ask_missing(view: View, at: desk.Desk, outcome: dict[str, Any]) -> None:
    """The headings that come nearest to missing columns, all at once, each to be taken for its column or not."""
    values = dict(Message.from_json(outcome["reason"]).values)
    near, columns = (values.get(name) or [] for name in ("near", "column"))
    if near and columns and "table" in values:
        pairs = zip(near, columns, strict=True) if isinstance(near, list) else [(near, columns)]
        _map_choices(view, at, outcome, [(heading, choice) for heading, column in pairs for choice in (column, LEAVE_OUT)], values["table"])


def _replace(view: View, at: desk.Desk) -> None:
    if st.button(view.say(message("Yes, replace the earlier rows")), key=f"replace-{at.number}") and at.batch is not None:
        at.batch = type(at.batch)(**{**vars(at.batch), "replace": True})
        desk.look(view, at)
        st.rerun()


def _choose(view: View, at: desk.Desk, outcome: dict[str, Any], option: str, choices: list[str]) -> None:
    file = file_of(outcome)
    picked = st.radio(
        view.say(QUESTIONS[option]), choices, key=f"ask-{at.number}-{file}-{option}", horizontal=True, index=None,
        format_func=lambda choice: text.label(_choice(view, option, outcome["table"], choice)),
    )  # fmt: skip
    if picked is not None:
        given = at.answers.get(file, {}).get("set", ()) if option == "set" else ()
        settle(view, at, file, {option: (*given, typed(option, picked)) if option == "set" else typed(option, picked)})


def _choice(view: View, option: str, table: str | None, choice: str) -> str:
    """A choice in the reader's words: the name of a table, of a column with the value that every row would get, or the word for a form."""
    if option == "table":
        return forms.labels(view.language).get(choice, choice)
    if option == "set":
        column, _, value = choice.partition("=")
        return view.say(message("{column}: {each_day}", column=forms.column(column, table, view.language), each_day=value))
    return view.say(WORDS[choice]) if choice in WORDS else choice


def typed(option: str, value: str) -> Any:
    """A choice in the type that the option takes."""
    if option == "header_row":
        return int(value)
    if option == "months":
        return value == "yes"
    if option == "set":
        return tuple(value.split("=", maxsplit=1))
    return SEPARATORS.get(value, value) if option == "separator" else value


def _map_choices(view: View, at: desk.Desk, outcome: dict[str, Any], pairs: list[tuple[Any, ...]], table: str | None) -> None:
    """Headings with the columns that each could be."""
    file = file_of(outcome)
    by_heading: dict[str, list[str]] = {}
    for heading, column in pairs:
        by_heading.setdefault(str(heading), []).append(str(column))
    names = all_columns(view, outcome["table"] or table)
    key = f"map-{at.number}-{file}-{next(iter(by_heading), '')}"
    with st.form(key, border=False):
        chosen = {
            heading: st.selectbox(text.label(heading), columns, format_func=lambda column: names.get(column, column), key=f"{key}-{heading}")
            for heading, columns in by_heading.items()
        }
        if st.form_submit_button(view.say(message("Look again"))):
            settle(view, at, file, {"map": merged(at, file, chosen)})


def all_columns(view: View, table: str | None) -> dict[str, str]:
    """Columns of a table (of all, where it is not known) by name, and the word for leaving a heading out."""
    tables = [table] if table else list(forms.labels(view.language))
    names = {column: label for each in tables for column, label in forms.columns(each, view.language).items()}
    return {LEAVE_OUT: view.say(message("leave out")), **names}


def merged(at: desk.Desk, file: str, chosen: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The mapping of a file: what was settled before, overruled by what is settled now."""
    return tuple({**dict(at.answers.get(file, {}).get("map", ())), **chosen}.items())


def settle(view: View, at: desk.Desk, file: str, options: dict[str, Any]) -> None:
    """Keep the answers for a file and look again."""
    at.answers[file] = at.answers.get(file, {}) | options
    desk.look(view, at)
    st.rerun()


def by_hand(view: View, at: desk.Desk, outcome: dict[str, Any]) -> None:
    """Table, columns and forms of a file, as understood, open to be changed; drawn only while it is open."""
    key = f"hand-{at.number}-{outcome['file']}"
    opened = st.popover(view.say(message("Settle by hand")), icon=":material/tune:", type="tertiary", key=key, on_change="rerun")
    if opened.open:
        with opened, st.form(f"{key}-form", border=False):
            _by_hand(view, at, outcome, key)


def _by_hand(view: View, at: desk.Desk, outcome: dict[str, Any], key: str) -> None:
    file, mapping = file_of(outcome), outcome["mapping"]
    tables, names = forms.labels(view.language), all_columns(view, outcome["table"])
    options = list(tables)
    table = st.selectbox(
        view.say(QUESTIONS["table"]), options, index=options.index(outcome["table"]) if outcome["table"] in options else None,
        format_func=lambda name: tables.get(name, name), key=f"{key}-table", placeholder=view.say(message("Choose …")),
    )  # fmt: skip
    chosen = {
        heading: st.selectbox(
            text.label(heading), list(names), index=list(names).index(column) if column in names else 0, format_func=lambda name: names.get(name, name),
            key=f"{key}-{heading}",
        )
        for heading, column in mapping.items()
    }  # fmt: skip
    forms_of = {
        option: st.selectbox(
            view.say(QUESTIONS[option]), choices, index=None, format_func=lambda choice: view.say(WORDS[choice]), key=f"{key}-{option}",
            placeholder=view.say(message("as found")),
        )
        for option, choices in (("dates", ["dmy", "mdy", "ymd"]), ("decimal", [",", "."]))
    }  # fmt: skip
    if st.form_submit_button(view.say(message("Look again"))):
        same = table == outcome["table"]
        changed = {heading: column for heading, column in chosen.items() if column != mapping[heading]} if same else {}
        settled = {"table": table, "map": merged(at, file, changed)} | {option: value for option, value in forms_of.items() if value}
        settle(view, at, file, {option: value for option, value in settled.items() if value})
