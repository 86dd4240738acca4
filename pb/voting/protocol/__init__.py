"""The protocol of the vote, pure and byte-exact: hashes and seals of a ballot, the manifest's bytes, the lot's order."""

from pb.voting.protocol.ballot import (
    KEY_BYTES,
    BallotHashes,
    choices_text,
    hash_ballot,
    lot_order,
    normal_choices,
    outbox_tag,
    read_choices,
    spent_tag,
)
from pb.voting.protocol.manifest import MANIFEST_VERSION, manifest_digest, manifest_from_bytes, manifest_to_bytes
from pb.voting.protocol.seals import (
    SealError,
    open_ballot,
    open_spent,
    seal_ballot,
    seal_commitment,
    seal_sizes,
    seal_spent,
)

__all__ = [
    "KEY_BYTES",
    "MANIFEST_VERSION",
    "BallotHashes",
    "SealError",
    "choices_text",
    "hash_ballot",
    "lot_order",
    "manifest_digest",
    "manifest_from_bytes",
    "manifest_to_bytes",
    "normal_choices",
    "open_ballot",
    "open_spent",
    "outbox_tag",
    "read_choices",
    "seal_ballot",
    "seal_commitment",
    "seal_sizes",
    "seal_spent",
    "spent_tag",
]
