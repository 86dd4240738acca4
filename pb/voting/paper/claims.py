"""A form on its way into the box: what a cast writes of it, in its own transaction."""

from dataclasses import dataclass

from sqlalchemy import insert
from sqlalchemy.orm import Session

from pb.base.refusals import Refused
from pb.voting import locks
from pb.voting.paper.models import PaperClaim, PaperForm
from pb.voting.paper.reads import claimed
from pb.voting.paper.values import PaperRefusal
from pb.voting.protocol.paper import open_claim


@dataclass(frozen=True, slots=True, repr=False)
class FormClaim:
    """A form that is cast: its keyed `tag`, the hash of its `reading`, and both sealed for when it is marked."""

    batch: int
    form: int
    tag: bytes
    reading: bytes
    sealed: bytes
    outbox_key: bytes


def claim_form(session: Session, round_id: int, claim: FormClaim) -> None:
    """Let a form be cast with one reading only. The same reading again changes nothing; raises `Refused` for another.

    Part of the cast's transaction: it locks no row, and what it writes is keyed and sealed.
    """
    locks.hold_slot(session, claim.tag)
    sealed = claimed(session, round_id, claim.tag)
    if sealed is None and session.get(PaperForm, (round_id, claim.batch, claim.form)) is None:
        session.execute(insert(PaperClaim).values(round_id=round_id, tag=claim.tag, sealed=claim.sealed))
    elif sealed is None or open_claim(claim.outbox_key, sealed)[0] != claim.reading:
        raise Refused(PaperRefusal.ALREADY_DONE(about="form"), status=409)
