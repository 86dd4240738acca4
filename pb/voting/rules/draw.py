"""The draw by hand that a frame may ask for: between the close and the opening, of all plans of the ballot, once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pb.base.refusals import Reason
from pb.rounds.values import LotBy
from pb.voting.protocol.ballot import lot_order
from pb.voting.values import Box, Choices, DrawRefusal, LotDrawn, Manifest, Note, Opened

LONGEST_HOW = 500


def lot_drawn(notes: Iterable[Note]) -> LotDrawn | None:
    """The draw that stands in the log."""
    return next((note for note in notes if isinstance(note, LotDrawn)), None)


def waiting_draw_reasons(manifest: Manifest, drawn: LotDrawn | None) -> list[Reason]:
    """Why the log does not end, and nothing is opened or counted: the frame asks for a draw that nobody entered yet."""
    return [DrawRefusal.MISSING()] if manifest.frame.counting.lot is LotBy.HAND and drawn is None else []


def drawing_reasons(manifest: Manifest, box: Box, drawn: LotDrawn | None) -> list[Reason]:
    """Why no draw can be entered now: not before what was cast is settled, not after the opening, and not twice."""
    if manifest.frame.counting.lot is not LotBy.HAND:
        return [DrawRefusal.NOT_ASKED()]
    if box.opened_at is not None:
        return [DrawRefusal.OPENED()]
    if drawn is not None:
        return [DrawRefusal.ALREADY()]
    return [DrawRefusal.TOO_EARLY()] if box.swept_at is None else []


def drawn_reasons(manifest: Manifest, order: Sequence[str], how: str) -> Iterator[Reason]:
    """What is wrong with a draw: it names every plan of the sealed ballot once, withdrawn ones too, and says how it went."""
    known, found = [plan.code for plan in manifest.plans], Counter(order)
    for plan in known:
        if plan not in found:
            yield DrawRefusal.PLAN_MISSING(about="order", plan=plan)
    for plan, often in found.items():
        if plan not in known:
            yield DrawRefusal.PLAN_UNKNOWN(about="order", plan=plan)
        elif often > 1:
            yield DrawRefusal.PLAN_TWICE(about="order", plan=plan)
    if not how:
        yield DrawRefusal.HOW_MISSING(about="how")
    elif len(how) > LONGEST_HOW:
        yield DrawRefusal.HOW_LONG(about="how", most=LONGEST_HOW)


def lot_of(manifest: Manifest, piles: Opened) -> Choices:
    """The order in which equal plans win: as it was drawn by hand where the frame asks for that, else from the seed."""
    if manifest.frame.counting.lot is LotBy.HAND:
        return piles.drawn
    return lot_order(manifest.round, bytes.fromhex(piles.seed), (plan.code for plan in manifest.plans))
