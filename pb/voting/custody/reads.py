"""What the record says of a round's keys: who keeps halves, from when on they may be destroyed, and that they were."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from pb.extensions import db
from pb.rounds.values import RoundRecord
from pb.voting.custody.models import DestructionRow, EscrowRow
from pb.voting.custody.rules import earliest_destruction
from pb.voting.custody.values import Custody, Destruction, EscrowNote


def custody(round_: RoundRecord, session: Session | None = None) -> Custody:
    """What the record says."""
    return Custody(
        notes=escrow_notes(round_.id, session),
        earliest=earliest_destruction(round_.published_at),
        destroyed=destruction(round_.id, session),
    )


def escrow_notes(round_id: int, session: Session | None = None) -> tuple[EscrowNote, ...]:
    """The escrows of a round, in the order in which they were recorded."""
    of_round = select(EscrowRow).where(EscrowRow.round_id == round_id)
    rows = (session or db.session).scalars(of_round.order_by(EscrowRow.recorded_at, EscrowRow.deposit))
    return tuple(
        EscrowNote(row.deposit, row.sealing, tuple(row.keys), tuple(row.first), tuple(row.second)) for row in rows
    )


def destruction(round_id: int, session: Session | None = None) -> Destruction | None:
    """That the keys were destroyed, or `None`."""
    row = (session or db.session).get(DestructionRow, round_id)
    return Destruction(row.destroyed_at, tuple(row.removed)) if row else None
