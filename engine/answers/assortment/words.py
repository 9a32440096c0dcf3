"""The words of the assortment: quadrants, what to do, stages of life, marks of steadiness, policies of cells. Pages say them; formulas know their codes."""

from engine.assortment import bcg as rules
from engine.assortment.matrix import POLICIES
from engine.assortment.prices import SEGMENTS
from engine.assortment.stages import STAGE_WORDS
from engine.assortment.variation import INTERMITTENT, NEW, PROVISIONAL, SEASONAL, UNDEFINED
from engine.messages import Message, message

__all__ = ["MARK_WORDS", "NOVELTY_WORDS", "POLICIES", "QUADRANT_WORDS", "SEGMENTS", "STAGE_WORDS", "TILES", "TO_DO", "VERDICT_WORDS"]

PUSH, HOLD, FIX, LET_GO, WATCH = "push", "hold", "fix", "let_go", "watch"
VERDICT_WORDS: dict[str, Message] = {
    PUSH: message("push"), HOLD: message("keep going"), FIX: message("mend"), LET_GO: message("let go"), WATCH: message("watch"),
}  # fmt: skip
QUADRANT_WORDS: dict[str, Message] = {
    rules.STAR: message("star"), rules.COW: message("cash cow"), rules.QUESTION: message("question mark"), rules.DOG: message("dog"),
    rules.LOSER: message("loses money"), rules.NEW: message("new, or no year before"),
}  # fmt: skip
TO_DO: dict[str, Message] = {
    rules.STAR: message("push"), rules.COW: message("hold, and live on it"), rules.QUESTION: message("decide: push, or let go"),
    rules.DOG: message("look at it for withdrawal"), rules.LOSER: message("mend price or cost, or let go"), rules.NEW: message("watch until it has a year"),
}  # fmt: skip
MARK_WORDS: dict[str, Message] = {
    UNDEFINED: message("does not sell"), NEW: message("new"), PROVISIONAL: message("provisional, too few months"),
    INTERMITTENT: message("sells now and then"), SEASONAL: message("steady beside its seasons"),
}  # fmt: skip
NOVELTY_WORDS: dict[str, Message] = {"standard": message("standard"), "new": message("new")}
TILES: dict[str, Message] = {
    PUSH: message("To push"), HOLD: message("To hold"), FIX: message("To mend"), LET_GO: message("To let go"), WATCH: message("To watch"),
    rules.STAR: message("Stars"), rules.COW: message("Cash cows"), rules.QUESTION: message("Question marks"), rules.DOG: message("Dogs"),
    rules.LOSER: message("Losing money"), rules.NEW: message("Without a year before"),
}  # fmt: skip
"""The same as names of figures."""
