"""A decision of the gates on its page: what is written into it, what it lacks, its steps from the committee to the order, and its protocol."""

from datetime import date

import streamlit as st

from engine.answers.assortment import acts
from engine.answers.assortment.acts import Decision
from engine.messages import Message, message
from pages.parts import acting, text, watched
from pages.parts.frame import address
from pages.parts.view import View

KEY = "deciding"
SHOWN = "decision"
"""The name under which the address keeps the decision that is shown."""
ICONS = {"draft": "edit", "agreed": "groups", "approved": "verified", "in_force": "gavel", "refused": "block"}
STEP_WORDS: dict[str, Message] = {
    "agreed": message("The committee agrees"),
    "approved": message("The general director approves"),
    "in_force": message("Put in force by order"),
}
FIELDS: dict[str, Message] = {
    "grounds": message("Grounds"),
    "agreed_with": message("Agreed with the departments"),
    "measures": message("How the stock is sold off"),
    "monitoring": message("Who follows it, and how"),
}


def told(view: View) -> None:
    """What the last act did, or why it did not."""
    acting.told(view, KEY)


def chosen(view: View, kind: str) -> Decision | None:
    """The decision that is shown, with the choice of another; None where there is none of the kind."""
    found = {each.subject: each for each in acts.decisions(view.home, kind)}
    if not found:
        return None
    text.heading(view.say(message("Decisions")))
    known, key = list(found), f"gr-{SHOWN}-{kind}"
    st.session_state[key] = address.one_of(SHOWN, known, known[0])
    st.selectbox(
        view.say(message("Decision")), known, key=key, format_func=lambda subject: view.say(_named(found[subject])), on_change=address.heard,
        args=(SHOWN, key, None), label_visibility="collapsed",
    )  # fmt: skip
    return found[str(st.session_state[key])]


def _named(each: Decision) -> Message:
    number = each.subject.rpartition("/")[2]
    return message(
        "{gate_on}, no. {number}: {n_products} products, {state}",
        gate_on=each.gate_on,
        number=number,
        n_products=len(each.positions),
        state=acts.STATES[each.state],
    )


def steps(view: View, each: Decision) -> None:
    """From draft to order: who took which step, and when."""
    with st.grid(min_column_width=190, gap="medium"):
        for state in ("draft", "agreed", "approved", "in_force"):
            with st.container(border=True, height="stretch"):
                st.markdown(f":material/{ICONS[state]}: **{text.label(view.say(acts.STATES[state]))}**")
                day, who = each.day(f"{state}_on") if state != "draft" else each.day("frozen_on"), each.said.get(f"{state}_by")
                parts = [view.text(day, "date")] if day else []
                parts += [str(who)] if who else []
                if state == "in_force" and each.said.get("order_no"):
                    parts.append(view.say(message("order {order}", order=each.said["order_no"])))
                text.small(*(parts or [view.say(message("not yet"))]))
    if each.state == "refused":
        text.small(view.say(message("Refused: {reason}", reason=each.said.get("reason", ""))))


def writing(view: View, each: Decision) -> None:
    """What people write into a draft; of a decision that went further what stands there."""
    names = ("grounds", "agreed_with") if each.kind == "launch" else tuple(FIELDS)
    if each.state != "draft":
        text.lines([f"{view.say(FIELDS[name])}: {each.said[name]}" for name in names if each.said.get(name)])
        return
    with st.form(f"write-{each.subject}", border=False):
        words = {}
        for left, right in zip(names[::2], names[1::2], strict=True):
            for side, name in zip(st.columns(2), (left, right), strict=True):
                words[name] = side.text_area(view.say(FIELDS[name]), str(each.said.get(name, "")), key=f"{name}-{each.subject}", height=90)
        deadline = each.day("deadline")
        if each.kind != "launch":
            picked = st.date_input(view.say(message("Sold off by")), value=deadline, key=f"deadline-{each.subject}", format="YYYY-MM-DD")
            deadline = picked if isinstance(picked, date) else deadline
        sent = st.form_submit_button(view.say(message("Keep")), disabled=not view.scope.may("decide"))
    if sent:
        acting.act(
            KEY, lambda: acts.write(view.home, each.subject, each.id, words | {"deadline": deadline}, view.scope, view.version), message("Kept.")
        )  # fmt: skip
    lacking = [view.say(block.said) for block in acts.blocks(each) if not block.is_there]
    if lacking:
        text.small(view.say(message("Still lacking")), *lacking)


def moving(view: View, each: Decision) -> None:
    """The next step of a decision, or its refusal."""
    to = acts.NEXT.get(each.state)
    if to is None:
        return
    needs = "decide" if to == "agreed" else "approve"
    with st.form(f"move-{each.subject}", border=False):
        day_side, order_side, reason_side = st.columns(3)
        today = min(date.today(), each.gate_on) if to == "approved" and each.kind == "launch" else each.gate_on
        day = day_side.date_input(view.say(message("Day of the step")), value=today, key=f"day-{each.subject}-{to}", format="YYYY-MM-DD")
        order = order_side.text_input(view.say(message("Number of the order")), key=f"order-{each.subject}") if to == "in_force" else ""
        reason = reason_side.text_input(view.say(message("Why it is refused")), key=f"reason-{each.subject}")
        with st.container(horizontal=True):
            go = st.form_submit_button(view.say(STEP_WORDS[to]), type="primary", disabled=not view.scope.may(needs))
            no = st.form_submit_button(view.say(message("Refuse")), disabled=not view.scope.may(needs))
            off = st.form_submit_button(view.say(message("Take the draft off"))) if each.state == "draft" else False
    if not isinstance(day, date):
        return
    if go:
        acting.act(
            KEY, lambda: acts.move(view.home, each, to, day, view.scope, view.version, order, ""), message("The decision is “{state}”.", state=acts.STATES[to])
        )
    if no:
        acting.act(KEY, lambda: acts.move(view.home, each, "refused", day, view.scope, view.version, "", reason), message("The decision is refused."))
    if off:
        acting.act(KEY, lambda: acts.take_off(view.home, each.subject, each.id, view.scope, view.version), message("The draft is taken off."))


def protocol(view: View, each: Decision) -> None:
    """The protocol to take away, in the reader's language."""
    subject = each.subject

    def made() -> bytes:
        watched.paper_taken(view, subject, each.version, "pdf")
        return acts.printed(view.home, subject, view.scope, view.language, view.currency)

    st.download_button(
        view.say(message("Protocol as PDF")), data=made, file_name=f"{subject.replace('/', '-')}.pdf",
        mime="application/pdf", key=f"protocol-{subject}", icon=":material/picture_as_pdf:", on_click="ignore",
    )  # fmt: skip


def decision(view: View, kind: str) -> Decision | None:
    """Everything about the decision that is shown; None where there is none."""
    each = chosen(view, kind)
    if each is not None:
        steps(view, each)
        writing(view, each)
        moving(view, each)
        protocol(view, each)
    return each
