"""What later rooms still need the keys of a round for: each of them is asked."""

from sqlalchemy.orm import Session

from pb.base.refusals import Reason
from pb.extensions import db
from pb.rounds.values import RoundRecord
from pb.voting.events import keys_wanted


def wanted_for(round_: RoundRecord, session: Session | None = None) -> list[Reason]:
    """Why the keys must stay; nothing when no room needs them."""
    answers = keys_wanted.send(None, session=session or db.session(), round=round_)
    return [reason for _, reasons in answers for reason in reasons or ()]
