"""Reminders: what is due or has passed, whose it is, and how one is told of it."""

from pages.parts import empty, reminding, text
from pages.parts.frame import guard

view = guard()
answer = reminding.asked(view)
text.headline(view.say(answer.headline))
empty.missing(view, answer.missing)
reminding.sheet(view, answer)
reminding.mine(view)
reminding.deliveries(view)
