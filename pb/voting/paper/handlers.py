"""What happens with paper when time has passed."""

from flask import current_app

from pb.base.clock import host_now
from pb.base.refusals import Refused
from pb.office.jobs import every
from pb.voting.paper.acts import mark_cast_forms
from pb.voting.reads import due_to_close


@every(60)
def mark_waiting_forms() -> None:
    """Mark forms that were cast, in each round whose vote has closed and whose log has not ended."""
    for round_id in due_to_close(host_now()):
        try:
            mark_cast_forms(round_id)
        except Refused as refused:
            current_app.logger.error("paper of round %s: %s", round_id, refused)
