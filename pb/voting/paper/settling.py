"""What is kept of readings, and the forms that were cast: marked in one go, so that no time belongs to one of them."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from pb.voting.keys import RoundKeys
from pb.voting.paper.models import PaperClaim, PaperEntry, PaperForm
from pb.voting.paper.reads import FormName, cast_unmarked, claimed
from pb.voting.paper.values import Outcome
from pb.voting.protocol.paper import claim_tag, open_claim


def keep_reading(
    session: Session, round_id: int, name: FormName, reading: bytes, who: int, outcome: Outcome | None
) -> None:
    """Keep who read a form and the hash of what they read, and what became of it where that is known."""
    batch, form = name
    session.merge(PaperEntry(round_id=round_id, batch=batch, form=form, who=who, reading=reading))
    if outcome:
        session.add(PaperForm(round_id=round_id, batch=batch, form=form, outcome=outcome))


def settle_paper(session: Session, round_id: int, keys: RoundKeys) -> int:
    """Mark every form that was cast, in the order of their numbers, and answer how many. Part of another deed."""
    tags = [_mark(session, round_id, name, keys) for name in cast_unmarked(round_id, keys, session)]
    session.flush()
    # These and no others: a form may be cast at this moment that nobody marked.
    session.execute(delete(PaperClaim).where(PaperClaim.round_id == round_id, PaperClaim.tag.in_(tags)))
    return len(tags)


def _mark(session: Session, round_id: int, name: FormName, keys: RoundKeys) -> bytes:
    tag = claim_tag(keys.round_key, *name)
    reading, who = open_claim(keys.outbox_key, claimed(session, round_id, tag) or b"")
    keep_reading(session, round_id, name, reading, who, Outcome.CAST)
    return tag
