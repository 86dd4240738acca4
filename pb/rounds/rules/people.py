"""Whether place, people, plans and selection of a frame can work together."""

import re
from collections.abc import Iterator

from pb.base.refusals import Reason
from pb.rounds.rules.lists import list_reasons
from pb.rounds.values import Frame, FrameRefusal, PhaseKind, SelectionBy, SelectionWhen

POSTCODE = re.compile(r"[1-9][0-9]{3}(?: [A-Z]{2})?", re.ASCII)
OLDEST = 100


def place_reasons(frame: Frame) -> Iterator[Reason]:
    """Name, area, postcodes, age and reference date."""
    if not frame.name:
        yield FrameRefusal.NAME_MISSING(about="name")
    if not frame.area:
        yield FrameRefusal.AREA_MISSING(about="area")
    yield from _postcode_reasons(frame)
    if not 0 <= frame.minimum_age <= OLDEST:
        yield FrameRefusal.AGE_WRONG(about="minimum_age", most=OLDEST)
    vote = frame.calendar.phase(PhaseKind.VOTE)
    if vote and frame.reference_date > frame.local(vote.opens).date():
        yield FrameRefusal.REFERENCE_AFTER_VOTE(about="reference_date", opens=vote.opens)


def _postcode_reasons(frame: Frame) -> Iterator[Reason]:
    fields = [("postcodes", frame.postcodes), *(("pots", pot.postcodes) for pot in frame.pots)]
    for about, postcodes in fields:
        for postcode in postcodes:
            if not POSTCODE.fullmatch(postcode):
                yield FrameRefusal.POSTCODE_WRONG(about=about, postcode=postcode)


def plan_reasons(frame: Frame) -> Iterator[Reason]:
    """Themes and likes."""
    yield from list_reasons("themes", [(theme.code, theme.name) for theme in frame.themes])
    if frame.likes_needed < 0:
        yield FrameRefusal.LIKES_WRONG(about="likes_needed")
    if frame.likes_needed > 0 and frame.calendar.phase(PhaseKind.SUPPORT) is None:
        yield FrameRefusal.LIKES_WITHOUT_SUPPORT(about="likes_needed")


def criteria_reasons(frame: Frame) -> Iterator[Reason]:
    """What assessors and jurors answer for every plan."""
    yield from list_reasons("feasibility_criteria", [(one.code, one.name) for one in frame.feasibility_criteria])
    yield from list_reasons("jury_criteria", [(one.code, one.name) for one in frame.jury_criteria])
    if frame.calendar.phase(PhaseKind.ASSESS) and not frame.feasibility_criteria:
        yield FrameRefusal.TEST_WITHOUT_CRITERIA(about="feasibility_criteria")
    chosen = frame.selection
    if chosen.when is not SelectionWhen.NEVER and chosen.by is not SelectionBy.MOST_LIKES and not frame.jury_criteria:
        yield FrameRefusal.JURY_WITHOUT_CRITERIA(about="jury_criteria")


def selection_reasons(frame: Frame) -> Iterator[Reason]:
    """How plans come on the ballot."""
    chosen = frame.selection
    if chosen.when is SelectionWhen.NEVER:
        return
    if chosen.places < 1:
        yield FrameRefusal.PLACES_MISSING(about="places")
    if chosen.by is SelectionBy.MOST_LIKES:
        if frame.calendar.phase(PhaseKind.SUPPORT) is None:
            yield FrameRefusal.MOST_LIKES_WITHOUT_SUPPORT(about="selection_by")
    elif frame.calendar.phase(PhaseKind.SELECT) is None:
        yield FrameRefusal.SELECTION_WITHOUT_PHASE(about="selection_by")
