"""Casting a ballot: the one act that leaves no trace in the audit trail, since a time would tie a voter to a ballot.

One transaction of at most eight statements. Everything it writes is keyed or sealed.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from pb.base.hashing import credential_of, token_of
from pb.base.refusals import Refused, refuse_if_any
from pb.base.transaction import transaction
from pb.roll.codes import read_code
from pb.roll.reads import find_credential
from pb.roll.values import CredentialRecord
from pb.voting import locks, writing
from pb.voting.keys import RoundKeys, keys_of
from pb.voting.protocol import BallotHashes, hash_ballot, normal_choices, sign_promise
from pb.voting.reads import sealed_manifest, standing_of
from pb.voting.rules import choice_reasons, deadline_of, open_reasons
from pb.voting.values import (
    Channel,
    Choices,
    OpenedBallot,
    Promise,
    Receipt,
    SealedManifest,
    SpentKind,
    SpentToken,
    Standing,
    VoteRefusal,
)


def cast_ballot(round_id: int, code: str, choices: Choices, key: bytes, channel: Channel = Channel.WEB) -> Receipt:
    """A voter casts a ballot; a later one of the same slot takes its place.

    `code` is as the voter typed it; `choices` are plan codes, none for blank; `key` is the 16 bytes that the code page
    carried. The same vote again gives the same receipt and casts nothing, also after the close.

    Raises `Refused`: 422 for a code or choices that do not count (a typing error is found before the roll is asked),
    409 when the vote is not open, the key was used for other choices or the ballot changed meanwhile, 503 when this
    process does not hold the keys.
    """
    sealed = sealed_manifest(round_id)
    if sealed is None:
        raise Refused(VoteRefusal.NOT_SEALED(), status=409)
    token, chosen = token_of(sealed.manifest.round, read_code(code)), normal_choices(choices)
    keys = keys_of(sealed.manifest)
    with transaction() as session:
        locks.share_round(session, round_id)
        holder = _holder(session, round_id, token)
        hashes = hash_ballot(keys.round_key, keys.round_, holder.slot, key, chosen)
        locks.hold_slot(session, hashes.pseudonym)
        standing = standing_of(session, round_id, hashes.idem)
        if standing.same is None:
            credential = _entitled(sealed, standing, holder.credential, chosen)
            ballot = OpenedBallot(credential.style, channel, chosen, hashes.nonce, hashes.commitment)
            spent = SpentToken(SpentKind.CODE, token, credential.style, credential.area)
            writing.write(session, round_id, writing.rows_of(keys, sealed.sizes, holder.slot, hashes, ballot, spent))
        elif standing.same != hashes.same:
            raise Refused(VoteRefusal.KEY_USED(), status=409)
    promise = _promise(keys, hashes, standing.box.closes)
    return Receipt(hashes.tracking, hashes.nonce, hashes.commitment, chosen, promise, standing.same is not None)


@dataclass(frozen=True, slots=True)
class _Holder:
    """Whose vote this is. A code that nobody has stands for itself, so that it costs the same work."""

    slot: bytes
    credential: CredentialRecord | None


def _holder(session: Session, round_id: int, token: bytes) -> _Holder:
    name = credential_of(token)
    credential = find_credential(session, round_id, name)
    return _Holder(credential.slot if credential else name, credential)


def _entitled(
    sealed: SealedManifest, standing: Standing, credential: CredentialRecord | None, choices: Choices
) -> CredentialRecord:
    """The credential when this vote counts; raises `Refused` when it does not."""
    if standing.box.digest != sealed.digest:
        raise Refused(VoteRefusal.CHANGED_MEANWHILE(), status=409)
    refuse_if_any(open_reasons(standing.box, standing.now, sealed.manifest.frame), status=409)
    if credential is None or not credential.alive:
        raise Refused(VoteRefusal.CODE_NOT_VALID(about="code"))
    refuse_if_any(choice_reasons(sealed.manifest, credential.style, choices, standing.box.withdrawn))
    return credential


def _promise(keys: RoundKeys, hashes: BallotHashes, closes: datetime) -> Promise:
    """What the receipt promises under the closing that held when the ballot was cast; signed after the transaction."""
    deadline = deadline_of(closes)
    signature = sign_promise(keys.log_key, keys.round_, hashes.commitment, deadline)
    return Promise(deadline, signature, keys.log_public)
