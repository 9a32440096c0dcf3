"""How positions and places may stand, in words."""

from types import MappingProxyType

from engine.messages import Message, message

STATUS_WORDS: MappingProxyType[str, Message] = MappingProxyType({
    "out": message("Out of stock"),
    "out_before_arrival": message("Out before the order arrives"),
    "below": message("Below the reorder point"),
    "fine": message("Fine"),
    "above": message("Above the objective"),
    "excess": message("Excess"),
    "no_demand": message("No demand"),
})  # fmt: skip

KIND_WORDS: MappingProxyType[str, Message] = MappingProxyType({
    "own": message("Own"),
    "branch": message("Branch"),
    "dealer": message("Dealer"),
    "customer": message("Customer"),
})  # fmt: skip

CAUSES: MappingProxyType[str, Message] = MappingProxyType({
    "not_made": message("Our plants had none"),
    "not_moved": message("Our plants had it, the branch did not"),
    "we_had_none": message("We had none to ship"),
    "ordered_late": message("We had it, the dealer did not order in time"),
})  # fmt: skip
"""Why a sale was lost."""
