"""What a door asks of the roll."""

from pb.base.refusals import Reason
from pb.doors.values import Proof, ProofRefusal
from pb.extensions import db
from pb.roll.reads import find_entry


def entry_reasons(round_id: int, proof: Proof) -> list[Reason]:
    """Why the place on the roll that a sign-in names is none; asked again when the ballot is cast."""
    if not proof.entry:
        return []
    entry = find_entry(db.session(), round_id, proof.entry)
    return [] if entry and entry.alive else [ProofRefusal.NOT_ON_ROLL()]
