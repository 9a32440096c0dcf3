"""When the program itself is at fault: a sentence with a number for the person, the trace with the same number for the log."""

import logging
import secrets

import streamlit as st

from engine.language import LANGUAGES, nearest_language, say
from engine.messages import message

LOG = logging.getLogger("granary")


def something_went_wrong(fault: Exception) -> bool:
    """Called by Streamlit for a fault that nobody caught. Returns True: Streamlit's own box is not needed."""
    number = secrets.token_hex(4)
    LOG.error("fault %s", number, exc_info=fault)
    asked = st.query_params.get("language")
    language = asked if asked in LANGUAGES else nearest_language(st.context.locale)
    st.error(
        say(message("Something went wrong here; the figures are untouched. Fault number for whoever looks after Granary: {fault}.", fault=number), language)
    )
    return True
