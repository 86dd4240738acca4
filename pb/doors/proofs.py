"""The proof of the right to vote on its way from the door to the ballot box: a sealed cookie, offered to the vote."""

from flask import Response

from pb.doors.cookies import AWAY, PROOF, WAITING
from pb.doors.values import Proof
from pb.rounds.values import DoorKind, RoundRecord


def keep_proof(response: Response, round_: RoundRecord, proof: Proof) -> Response:
    """Give it to the device, in place of an earlier one."""
    fields = [proof.round, proof.door, proof.slot.hex(), proof.style, proof.area, proof.entry.hex()]
    return PROOF.keep(response, round_.slug, fields)


def read_proof(round_: RoundRecord) -> Proof | None:
    """The proof that this device has for this round and its door; none that is of another or too old."""
    found = PROOF.read()
    if found is None:
        return None
    public_id, door, slot, style, area, entry = found
    proof = Proof(DoorKind(door), public_id, bytes.fromhex(slot), style, area, bytes.fromhex(entry))
    fits = (proof.round, proof.door) == (round_.public_id, round_.frame.door.kind)
    return proof if fits else None


def forget_proof(response: Response, slug: str) -> Response:
    """Let the device keep none, nor anything that is under way to one."""
    for cookie in (PROOF, AWAY, WAITING):
        cookie.forget(response, slug)
    return response
