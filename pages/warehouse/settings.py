"""Settings: every threshold with its meaning, its unit and what is in force since when; changed here, with a day from which it holds."""

from engine.messages import message
from pages.parts import settings, text
from pages.parts.frame import guard

view = guard()
text.headline(view.say(settings.headline(view)), view.say(message("a change is kept for good, with who made it and from which day it holds")))
settings.who_decides(view)
chosen = settings.sheet(view)
if chosen is not None:
    settings.editor(view, chosen)
    settings.history(view, chosen)
