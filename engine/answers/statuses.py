"""How positions and places may stand, in words."""

from types import MappingProxyType

from engine.messages import Message, message

STATUS_WORDS: MappingProxyType[str, Message] = MappingProxyType({
    "out": message("Sold out"),
    "out_before_arrival": message("Runs out before arrival"),
    "below": message("Low"),
    "fine": message("Fine"),
    "above": message("Above"),
    "excess": message("Excess"),
    "no_demand": message("No demand"),
})  # fmt: skip

KIND_WORDS: MappingProxyType[str, Message] = MappingProxyType({
    "own": message("Plants"),
    "branch": message("Branches"),
    "dealer": message("Dealers"),
    "customer": message("Customers"),
})  # fmt: skip

CAUSES: MappingProxyType[str, Message] = MappingProxyType({
    "not_made": message("Plants had none"),
    "not_moved": message("Not moved to the branch"),
    "we_had_none": message("We had none"),
    "ordered_late": message("Ordered too late"),
})  # fmt: skip
"""Why a sale was lost."""
