"""People: who may come in, as what, and which dealers are theirs; who can see a dealer; when somebody came in last."""

from engine.messages import message
from pages.parts import people, text
from pages.parts.frame import guard

view = guard()
listed = people.listed(view)
below = message("It binds as soon as sign-in is set up; without it whoever sits at this machine sees everything.")
text.headline(view.say(people.headline(listed)), "" if view.scope.is_signed_in else view.say(below))
chosen = people.sheet(view, listed)
people.editor(view, chosen)
people.who_sees(view)
