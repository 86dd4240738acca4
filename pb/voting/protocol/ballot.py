"""What a cast computes from a slot, a key and choices; pure.

Every tag is an HMAC under the round's secret, so that a table that somebody copied says nothing without it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pb.base.hashing import tagged_hash, tagged_hmac, tracking_code
from pb.voting.protocol.choices import choices_text
from pb.voting.values import Choices

MARK_BYTES = 32
KEY_BYTES = 16
"""The idempotency key that a code page carries: 128 random bits."""


@dataclass(frozen=True, slots=True)
class BallotHashes:
    """Everything that is derived from one vote.

    `pseudonym` is the slot's name in this round; `idem` finds a repetition and `same` tells whether it is one;
    `nonce` and `choices` together open `commitment`, which is what the public log will show.
    """

    pseudonym: bytes
    idem: bytes
    same: bytes
    nonce: bytes
    commitment: bytes

    @property
    def tracking(self) -> str:
        """The 20 signs by which the voter finds this ballot again."""
        return tracking_code(self.commitment)


def hash_ballot(round_key: bytes, round_: str, slot: bytes, key: bytes, choices: Choices) -> BallotHashes:
    """The hashes of a vote: the same slot, key and choices always give the same."""
    chosen = choices_text(choices)
    pseudonym = tagged_hmac(round_key, "pseudonym", slot)
    nonce = tagged_hmac(round_key, "nonce", pseudonym, key)
    return BallotHashes(
        pseudonym=pseudonym,
        idem=tagged_hmac(round_key, "idem", pseudonym, key),
        same=tagged_hmac(round_key, "same", pseudonym, key, chosen),
        nonce=nonce,
        commitment=tagged_hash("ballot", round_, nonce, chosen),
    )


def spent_tag(round_key: bytes, slot: bytes) -> bytes:
    """Under which name a slot's spent row stands: another than its ballot's, so that the two do not meet."""
    return tagged_hmac(round_key, "spent", slot)


def kind_mark(round_key: bytes, tag: bytes, kind: str) -> bytes:
    """What stands before a sealed spent row: it tells the close, and nobody without the secret, by what the slot voted."""
    return tagged_hmac(round_key, "kind", tag, kind)


def revoked_mark(round_key: bytes, credential: bytes, spent: bytes) -> bytes:
    """What is kept of a revoked credential: it tells later whether the slot's spent row is still as it was then."""
    return tagged_hmac(round_key, "revoked", credential, spent)


def outbox_tag(outbox_key: bytes, tracking: str) -> bytes:
    """Under which name a ballot waits for the public log."""
    return tagged_hmac(outbox_key, "outbox", tracking)


def lot_order(round_: str, seed: bytes, plans: Iterable[str]) -> tuple[str, ...]:
    """Plan codes in the order of the lot: sorted by `H("lot", round, seed, plan)`. Ties go to who comes first."""
    return tuple(sorted(plans, key=lambda plan: tagged_hash("lot", round_, seed, plan)))
