"""The door: who is it, which pages are there, what was chosen; then the page opens."""

from pages.parts.frame.door import open_page
from pages.parts.who import visitor

open_page(visitor())
