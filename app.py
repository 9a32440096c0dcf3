"""The door: who is it, which pages are there, what was chosen; then the page opens.

Streamlit runs this file for every visit. Once, before the first visit, its server imports it to find `application`.
"""

import streamlit as st

from pages.parts import gate
from pages.parts.frame.door import make_pages_known, open_page
from pages.parts.who import visitor
from pages.parts.wrong import something_went_wrong

if __name__ == "__main__":
    open_page(visitor())
else:
    gate.refuse_to_stand_open()
    make_pages_known()
    application = st.App(__file__, middleware=gate.MIDDLEWARE, lifespan=gate.opened, exception_handlers=gate.FAULTS, on_script_error=something_went_wrong)
