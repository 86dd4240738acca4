"""A draw by hand, before an audience: two people enter its order in public, after the close and before the opening."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from pb.base.refusals import refuse_if_any
from pb.base.text import clean_text
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.rounds.acts import request_second_person
from pb.rounds.reads import moment_of
from pb.rounds.values import RequestRecord, RoundRecord, TwoPersonDeed
from pb.voting import locks
from pb.voting.log.book import add_note
from pb.voting.reads import ballot_words, hand_drawn, sealed_of, the_box
from pb.voting.rules import drawing_reasons, drawn_reasons
from pb.voting.values import Box, LotDrawn


def ask_to_enter_draw(round_id: int, order: Sequence[str], how: str, by: int) -> None:
    """Ask a second person to put a draw in the log: every plan of the ballot by code, the first wins a tie.

    `how` tells everybody how and before whom it was drawn. Raises `Refused` with every reason.
    """
    written = clean_text(how)
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        box = _refuse_draw(session, round_id, order, written)
        titles = [ballot_words(box)[code].title for code in order]
        payload = {"order": list(order), "titles": titles, "how": written}
        request_second_person(session, round_, TwoPersonDeed.ENTER_DRAW, payload, by, now)
        audit(session, "ask_to_enter_draw", f"round:{round_id}", at=now, actor=by, scope=round_id, order=list(order))


def enter_draw(session: Session, round_: RoundRecord, request: RequestRecord, now: datetime) -> None:
    """The draw stands in the log from now on: two people agree. Part of the confirming transaction.

    Raises `Refused` when one stands there already.
    """
    locks.hold_round(session, round_.id)
    order, how = tuple(map(str, request.payload["order"])), str(request.payload["how"])
    box = _refuse_draw(session, round_.id, order, how)
    add_note(session, box, sealed_of(box, session), LotDrawn(now, order, how), now)
    subject, by = f"round:{round_.id}", request.decided_by
    audit(session, "enter_draw", subject, at=now, actor=by, scope=round_.id, order=list(order), how=how)


def _refuse_draw(session: Session, round_id: int, order: Sequence[str], how: str) -> Box:
    box = the_box(round_id, session)
    manifest = sealed_of(box, session).manifest
    refuse_if_any(drawing_reasons(manifest, box, hand_drawn(round_id, session)), status=409)
    refuse_if_any(drawn_reasons(manifest, order, how))
    return box
