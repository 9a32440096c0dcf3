"""What a lever does, as a sentence: `demand 10% higher: Wine, Jan 2026`."""

from collections.abc import Sequence
from datetime import date

from engine.messages import Message, message, plural
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
        return _promotion(lever, where)
    return message("{kind}: {where}", kind=type(lever).__name__, where=where)


def _more_or_less(share: float, more: Message, less: Message) -> Message:
    return more if share >= 0 else less


def _capacity(lever: CapacityLever, where: Message) -> Message:
    if lever.hours:
        return message("{more_qty} more capacity each month: {where}", more_qty=lever.hours, where=where)
    return _more_or_less(lever.share, message("capacity {by_share} higher: {where}", by_share=lever.share, where=where),
                         message("capacity {by_share} lower: {where}", by_share=-lever.share, where=where))  # fmt: skip


def _promotion(lever: PromotionLever, where: Message) -> Message:
    """What it offers, what it brings at once, what of the next months it takes, what it costs; parts that are nothing are left out."""
    parts = [
        (lever.price_cut > 0, message("{cut_money} off a piece", cut_money=lever.price_cut)),
        (lever.discount_share > 0, message("price {by_share} lower", by_share=lever.discount_share)),
        (lever.own_share != 0, message("demand {by_share} higher", by_share=lever.own_share)),
        (
            lever.pulled_share > 0 and lever.pulled_months > 0,
            plural(
                "{part_share} of the next month bought ahead", "{part_share} of each of the next {n} months bought ahead", n=lever.pulled_months,
                part_share=lever.pulled_share,
            ),
        ),
        (lever.spend > 0, message("{spend_money} spent", spend_money=lever.spend)),
    ]  # fmt: skip
    said = [part for is_said, part in parts if is_said]
    return message("promotion ({what}): {where}", what=tuple(said), where=where) if said else message("promotion: {where}", where=where)


def _where(lever: Lever, months: Sequence[date]) -> Message:
    """Families, areas, resources and months of a lever; none named = all of them."""
    what = [name for field in ("families", "areas", "resources") for name in getattr(lever, field, ())]
    numbers = tuple(getattr(lever, "months", ()) if not isinstance(lever, PrebuildLever) else ())
    when = [months[number].isoformat() for number in numbers if 0 <= number < len(months)]
    if what and when:
        return message("{names}; {of_month}", names=what, of_month=when)
    if what:
        return message("{names}", names=what)
    return message("{of_month}", of_month=when) if when else EVERYWHERE
