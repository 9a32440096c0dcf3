"""What a lever does, as a sentence: `demand 10% higher: Wine, Jan 2026`."""

from collections.abc import Sequence
from datetime import date

from engine.messages import Message, message
from engine.sop.levers import (
    CapacityLever,
    DemandLever,
    Lever,
    OvertimeLever,
    PrebuildLever,
    PriceLever,
    PromotionLever,
    SafetyLever,
    SubcontractLever,
)

EVERYWHERE = message("everywhere, always")


def said(lever: Lever, months: Sequence[date]) -> Message:
    """A lever in words. months: those of the plan, by which its months are counted."""
    where = _where(lever, months)
    if isinstance(lever, DemandLever):
        return _more_or_less(lever.share, message("demand {by_share} higher: {where}", by_share=lever.share, where=where),
                             message("demand {by_share} lower: {where}", by_share=-lever.share, where=where))  # fmt: skip
    if isinstance(lever, CapacityLever):
        return _capacity(lever, where)
    if isinstance(lever, OvertimeLever):
        return message("{times_ratio} times the overtime that is allowed: {where}", times_ratio=lever.times, where=where)
    if isinstance(lever, SubcontractLever):
        if lever.pieces:
            return message("{more_qty} more bought ready made each month: {where}", more_qty=lever.pieces, where=where)
        return message("{more_qty} more bought from other plants each month: {where}", more_qty=lever.hours, where=where)
    if isinstance(lever, SafetyLever):
        return message("{released_share} of the safety stock may be released: {where}", released_share=lever.share, where=where)
    if isinstance(lever, PrebuildLever):
        return message("built ahead by at most so many months: {n_months}", n_months=lever.months)
    if isinstance(lever, PriceLever):
        return _more_or_less(lever.share, message("price {by_share} higher: {where}", by_share=lever.share, where=where),
                             message("price {by_share} lower: {where}", by_share=-lever.share, where=where))  # fmt: skip
    if isinstance(lever, PromotionLever):
        return message("promotion, {cut_money} off a piece: {where}", cut_money=lever.price_cut, where=where)
    return message("{kind}: {where}", kind=type(lever).__name__, where=where)


def _more_or_less(share: float, more: Message, less: Message) -> Message:
    return more if share >= 0 else less


def _capacity(lever: CapacityLever, where: Message) -> Message:
    if lever.hours:
        return message("{more_qty} more capacity each month: {where}", more_qty=lever.hours, where=where)
    return _more_or_less(lever.share, message("capacity {by_share} higher: {where}", by_share=lever.share, where=where),
                         message("capacity {by_share} lower: {where}", by_share=-lever.share, where=where))  # fmt: skip


def _where(lever: Lever, months: Sequence[date]) -> Message:
    """Families, areas, resources and months of a lever; none named = all of them."""
    what = [name for field in ("families", "areas", "resources") for name in getattr(lever, field, ())]
    numbers = (lever.month,) if isinstance(lever, PromotionLever) else tuple(getattr(lever, "months", ()) if not isinstance(lever, PrebuildLever) else ())
    when = [months[number].isoformat() for number in numbers if 0 <= number < len(months)]
    if what and when:
        return message("{names}; {of_month}", names=what, of_month=when)
    if what:
        return message("{names}", names=what)
    return message("{of_month}", of_month=when) if when else EVERYWHERE
