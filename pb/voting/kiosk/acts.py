"""What a clerk or an organiser does with a kiosk."""

from pb.base.refusals import refuse_if_any
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.rounds.reads import moment_of
from pb.voting.kiosk.rules import kiosk_reasons
from pb.voting.reads import box_of


def open_kiosk(round_id: int, by: int) -> None:
    """Let the device in somebody's hands become a kiosk; its cookie is made for this deed. Raises `Refused`."""
    with transaction() as session:
        _, now = moment_of(session, round_id)
        refuse_if_any(kiosk_reasons(box_of(round_id, session), now), status=409)
        audit(session, "open_kiosk", f"desk:{round_id}", at=now, actor=by)
