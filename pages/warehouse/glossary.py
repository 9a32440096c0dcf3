"""Glossary: what every figure means and how it is reckoned; what every input table and column holds."""

from pages.parts import glossary, text
from pages.parts.frame import guard
from pages.parts.opening import waiting

view = guard()
with waiting():
    answer = view.ask("glossary")
text.headline(view.say(answer.headline))
glossary.kpis(view, answer)
glossary.terms(view, answer)
glossary.reasons(view, answer)
glossary.tables(view)
