"""Whether the money of a frame can be won: pots that add up, costs that fit in them."""

from collections.abc import Iterable, Iterator

from pb.base.refusals import Reason
from pb.rounds.rules.lists import list_reasons
from pb.rounds.values import Frame, FrameRefusal, PotKind


def money_reasons(frame: Frame) -> Iterator[Reason]:
    """Every reason about the money, each at its field of the editor."""
    if frame.total <= 0:
        yield FrameRefusal.TOTAL_MISSING(about="total")
    yield from _pot_reasons(frame)
    yield from _cost_reasons(frame)


def _pot_reasons(frame: Frame) -> Iterator[Reason]:
    if frame.pot_kind is PotKind.WHOLE:
        if frame.pots:
            yield FrameRefusal.POTS_UNWANTED(about="pots")
        return
    if not frame.pots:
        yield FrameRefusal.POTS_MISSING(about="pots")
        return
    yield from list_reasons("pots", [(pot.code, pot.name) for pot in frame.pots])
    together = sum(pot.amount for pot in frame.pots)
    if together != frame.total:
        yield FrameRefusal.POTS_DIFFER(about="pots", amount=together, total=frame.total)
    yield from _theme_reasons(frame) if frame.pot_kind is PotKind.THEME else _area_reasons(frame)


def _theme_reasons(frame: Frame) -> Iterator[Reason]:
    themes, pots = {theme.code for theme in frame.themes}, {pot.code for pot in frame.pots}
    for pot in frame.pots:
        if pot.code not in themes:
            yield FrameRefusal.POT_WITHOUT_THEME(about="pots", name=pot.name)
    for theme in frame.themes:
        if theme.code not in pots:
            yield FrameRefusal.THEME_WITHOUT_POT(about="pots", name=theme.name)


def _area_reasons(frame: Frame) -> Iterator[Reason]:
    seen: tuple[str, ...] = ()
    for pot in frame.pots:
        if not pot.postcodes:
            yield FrameRefusal.POT_WITHOUT_POSTCODES(about="pots", name=pot.name)
        for postcode in pot.postcodes:
            if _touches(postcode, seen):
                yield FrameRefusal.POSTCODE_TWICE(about="pots", postcode=postcode)
            if frame.postcodes and not _touches(postcode, frame.postcodes):
                yield FrameRefusal.POSTCODE_OUTSIDE(about="pots", name=pot.name, postcode=postcode)
        seen += pot.postcodes
    for postcode in frame.postcodes:
        if seen and not _touches(postcode, seen):
            yield FrameRefusal.POSTCODE_WITHOUT_POT(about="pots", postcode=postcode)


def _touches(postcode: str, others: Iterable[str]) -> bool:
    """Whether somebody can live in both: `2405` and `2405 AB` touch."""
    return any(postcode.startswith(other) or other.startswith(postcode) for other in others)


def _cost_reasons(frame: Frame) -> Iterator[Reason]:
    largest = max(pot.amount for pot in frame.all_pots())
    if frame.minimum_cost <= 0:
        yield FrameRefusal.MINIMUM_MISSING(about="minimum_cost")
    if frame.maximum_cost < frame.minimum_cost:
        yield FrameRefusal.MAXIMUM_BELOW_MINIMUM(about="maximum_cost", limit=frame.minimum_cost)
    elif frame.maximum_cost > largest:
        yield FrameRefusal.MAXIMUM_ABOVE_POTS(about="maximum_cost", limit=largest)
    for pot in frame.all_pots():
        if frame.total > 0 and pot.amount < frame.minimum_cost:
            yield FrameRefusal.MINIMUM_ABOVE_POT(about="minimum_cost", name=pot.name, limit=pot.amount)
