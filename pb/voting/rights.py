"""From what a voter shows, a code or the proof of another door, to the right to one vote."""

from sqlalchemy.orm import Session

from pb.base.hashing import credential_of, token_of
from pb.base.refusals import Refused
from pb.doors.values import Proof
from pb.roll.codes import read_code
from pb.roll.reads import find_credential, find_entry
from pb.voting.values import KIND_OF, Entitlement, Manifest, SpentKind, VoteRefusal

Claim = bytes | Proof
"""The token of a code, or a proof of this round's door."""


def read_shown(manifest: Manifest, shown: str | Proof) -> Claim:
    """What was shown, read without asking the roll.

    Raises `Refused` for a typing error, for a code where none counts, and for a proof of another round or door.
    """
    door = manifest.frame.door
    if isinstance(shown, str):
        token = token_of(manifest.round, read_code(shown))
        if not door.takes_codes:
            raise Refused(VoteRefusal.CODE_NOT_VALID(about="code"))
        return token
    if (shown.round, shown.door) != (manifest.round, door.kind) or bool(shown.entry) != door.takes_codes:
        raise Refused(VoteRefusal.PROOF_NOT_VALID())
    return shown


def entitlement_of(session: Session, round_id: int, claim: Claim) -> Entitlement:
    """Whose vote this is; at most one statement. Somebody without a right stands for themselves."""
    if isinstance(claim, bytes):
        return _of_code(session, round_id, claim)
    if claim.entry:
        return _of_entry(session, round_id, claim)
    return Entitlement(claim.slot, KIND_OF[claim.door], b"", claim.style, claim.area, alive=True)


def _of_code(session: Session, round_id: int, token: bytes) -> Entitlement:
    name = credential_of(token)
    found = find_credential(session, round_id, name)
    if found is None:
        return Entitlement(name, SpentKind.CODE, token, "", "", alive=False)
    return Entitlement(found.slot, SpentKind.CODE, token, found.style, found.area, found.alive, name)


def _of_entry(session: Session, round_id: int, proof: Proof) -> Entitlement:
    """The place on the roll of somebody who signed in: it is shared with the codes of the same entry."""
    found, kind = find_entry(session, round_id, proof.entry), KIND_OF[proof.door]
    if found is None:
        return Entitlement(proof.entry, kind, b"", "", "", alive=False)
    return Entitlement(found.slot, kind, b"", found.style, found.area, found.alive, proof.entry)
