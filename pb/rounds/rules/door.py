"""Whether the door of a frame can work: what a broker must tell, and what an e-mail address cannot."""

import re
from collections.abc import Iterator

from pb.base.refusals import Reason
from pb.rounds.values import DoorKind, DoorRefusal, Frame, PlaceClaim, PotKind

ISSUER = re.compile(r"https://[^\s/?#@]+(?:/[^\s?#]*)?|http://(?:127\.0\.0\.1|localhost)(?::[0-9]{1,5})?(?:/[^\s?#]*)?")
"""As OpenID Connect wants it; without a secure line only on the same machine, for trials."""
MOST_PEOPLE = 20_000_000


def door_reasons(frame: Frame) -> Iterator[Reason]:
    """Every reason about the door, each at its field of the editor."""
    if frame.door.kind is DoorKind.CODES:
        return
    if frame.door.kind is DoorKind.SIGN_IN:
        yield from _broker_reasons(frame)
        yield from _entry_reasons(frame) if frame.door.with_codes else _claim_reasons(frame)
    else:
        yield from _email_reasons(frame)
    if not frame.door.takes_codes:
        if frame.paper_days:
            yield DoorRefusal.PAPER_WITHOUT_CODES(about="with_codes")
        yield from _voters_reasons(frame)


def _broker_reasons(frame: Frame) -> Iterator[Reason]:
    broker = frame.door.broker
    if not broker.name:
        yield DoorRefusal.NAME_MISSING(about="broker_name")
    if not ISSUER.fullmatch(broker.issuer):
        yield DoorRefusal.ISSUER_WRONG(about="issuer")
    if not broker.client:
        yield DoorRefusal.CLIENT_MISSING(about="client")
    if not broker.levels:
        yield DoorRefusal.LEVEL_MISSING(about="levels")


def _entry_reasons(frame: Frame) -> Iterator[Reason]:
    """Codes and sign-ins can only be one vote a person where the sign-in tells who somebody is on the roll."""
    if not frame.door.broker.entry_claim:
        yield DoorRefusal.CODES_WITHOUT_ENTRY(about="entry_claim")


def _claim_reasons(frame: Frame) -> Iterator[Reason]:
    broker = frame.door.broker
    if broker.entry_claim:
        yield DoorRefusal.ENTRY_WITHOUT_CODES(about="entry_claim")
    if frame.minimum_age and not broker.age_claim:
        yield DoorRefusal.AGE_WITHOUT_CLAIM(about="age_claim", age=frame.minimum_age)
    if not broker.place_claim:
        yield DoorRefusal.PLACE_WITHOUT_CLAIM(about="place_claim")
    elif broker.place_as is PlaceClaim.POSTCODE and not (frame.postcodes or frame.pot_kind is PotKind.AREA):
        yield DoorRefusal.PLACE_WITHOUT_POSTCODES(about="place_as")


def _email_reasons(frame: Frame) -> Iterator[Reason]:
    if frame.minimum_age:
        yield DoorRefusal.EMAIL_WITH_AGE(about="door_kind", age=frame.minimum_age)
    if frame.pot_kind is PotKind.AREA:
        yield DoorRefusal.EMAIL_WITH_AREAS(about="door_kind")
    if frame.door.with_codes:
        yield DoorRefusal.EMAIL_WITH_CODES(about="with_codes")
    if not frame.door.risk:
        yield DoorRefusal.RISK_MISSING(about="risk")


def _voters_reasons(frame: Frame) -> Iterator[Reason]:
    known = {row.style: row.people for row in frame.door.voters}
    for style in frame.styles():
        if not 1 <= known.get(style, 0) <= MOST_PEOPLE:
            yield DoorRefusal.VOTERS_MISSING(about="voters", area=frame.area_of(style))
