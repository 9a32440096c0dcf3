"""Placeholder."""

from pages.parts import text
from pages.parts.frame import guard

view = guard()
text.headline(view.page)
