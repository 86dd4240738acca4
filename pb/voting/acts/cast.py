"""Casting a ballot: the one act that leaves no trace in the audit trail, since a time would tie a voter to a ballot.

One transaction of at most eight statements. What it must know to take its locks is read before it, and what may have
changed meanwhile is read again under them. Everything it writes is keyed or sealed.
"""

from datetime import datetime

from pb.base.refusals import Reason, Refused, refuse_if_any
from pb.base.transaction import transaction
from pb.doors.values import Proof
from pb.extensions import db
from pb.voting import locks, writing
from pb.voting.keys import RoundKeys, keys_of
from pb.voting.paper.claims import FormClaim, claim_form
from pb.voting.paper.rules import entering_reasons
from pb.voting.protocol import BallotHashes, hash_ballot, normal_choices, sign_promise
from pb.voting.reads import sealed_manifest, standing_of
from pb.voting.rights import entitlement_of, read_shown
from pb.voting.rules import choice_reasons, deadline_of, open_reasons, paper_until
from pb.voting.values import (
    Channel,
    Choices,
    Entitlement,
    OpenedBallot,
    Promise,
    Receipt,
    SealedManifest,
    SpentKind,
    SpentToken,
    Standing,
    VoteRefusal,
)


def cast_ballot(
    round_id: int,
    shown: str | Proof,
    choices: Choices,
    key: bytes,
    channel: Channel = Channel.WEB,
    form: FormClaim | None = None,
    sealed: SealedManifest | None = None,
) -> Receipt:
    """A voter casts a ballot; a later one of the same slot takes its place.

    `shown` is a code as the voter typed it, or what another door proved; `choices` are plan codes, none for blank;
    `key` is the 16 bytes that the last page carried. The same vote again gives the same receipt and casts nothing, also
    after the close. `form` is the paper form that the vote stands on: it is cast once. `sealed` is the manifest that the
    voter's page was made from; without it, the one that holds now.

    Raises `Refused`: 422 for a code, a proof or choices that do not count (a typing error is found before the roll is asked),
    409 when the vote is not open, the key was used for other choices or the ballot changed meanwhile, 503 when this
    process does not hold the keys.
    """
    sealed = sealed or sealed_manifest(round_id)
    if sealed is None:
        raise Refused(VoteRefusal.NOT_SEALED(), status=409)
    claim, chosen = read_shown(sealed.manifest, shown), normal_choices(choices)
    keys = keys_of(sealed.manifest)
    right = entitlement_of(db.session(), round_id, claim)
    hashes = hash_ballot(keys.round_key, keys.round_, right.slot, key, chosen)
    with transaction(locks.of_cast(round_id, hashes.pseudonym)) as session:
        standing = standing_of(session, round_id, hashes.idem, right)
        if standing.same is None:
            _refuse_uncounted(sealed, standing, right, chosen, channel)
            ballot = OpenedBallot(right.style, channel, chosen, hashes.nonce, hashes.commitment)
            spent = SpentToken(right.kind, right.token, right.style, right.area)
            writing.write(session, round_id, writing.rows_of(keys, sealed.sizes, right.slot, hashes, ballot, spent))
        elif standing.same != hashes.same:
            raise Refused(VoteRefusal.KEY_USED(), status=409)
        if form is not None:
            claim_form(session, round_id, form)
    by_paper = channel is Channel.PAPER
    closes = paper_until(standing.box, sealed.manifest) if by_paper else standing.box.closes
    promise = _promise(keys, sealed, hashes, closes)
    return Receipt(hashes.tracking, hashes.nonce, hashes.commitment, chosen, promise, standing.same is not None)


def _refuse_uncounted(
    sealed: SealedManifest, standing: Standing, right: Entitlement, choices: Choices, channel: Channel
) -> None:
    """Raise `Refused` when this vote does not count."""
    if standing.box.digest != sealed.digest:
        raise Refused(VoteRefusal.CHANGED_MEANWHILE(), status=409)
    refuse_if_any(_closed_reasons(sealed, standing, channel), status=409)
    if not standing.alive:
        code = right.kind is SpentKind.CODE
        raise Refused(VoteRefusal.CODE_NOT_VALID(about="code") if code else VoteRefusal.PROOF_NOT_VALID())
    refuse_if_any(choice_reasons(sealed.manifest, right.style, choices, standing.box.withdrawn))


def _closed_reasons(sealed: SealedManifest, standing: Standing, channel: Channel) -> list[Reason]:
    if channel is Channel.PAPER:
        return entering_reasons(standing.box, sealed.manifest, standing.now)
    return open_reasons(standing.box, standing.now, sealed.manifest.frame)


def _promise(keys: RoundKeys, sealed: SealedManifest, hashes: BallotHashes, closes: datetime) -> Promise:
    """What the receipt promises under the closing that held when the ballot was cast; signed after the transaction."""
    deadline = deadline_of(closes)
    signature = sign_promise(keys.log_key, keys.round_, hashes.commitment, deadline)
    return Promise(deadline, signature, bytes.fromhex(sealed.manifest.log_key))
