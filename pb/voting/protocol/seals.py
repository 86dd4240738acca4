"""Seals of a cast, pure: what only the private half of the round's key opens, and what waits for the public log.

Sealed ballots of a round all have one length, and so have its spent rows: a length would betray how much was chosen.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from pb.base.hashing import join_fields, split_fields, tagged_hash
from pb.voting.protocol.choices import choices_text, numbered, read_choices
from pb.voting.values import Channel, Choices, Manifest, OpenedBallot, SealSizes, SpentKind, SpentToken

_HASH = bytes(32)


class SealError(Exception):
    """A seal was not made for this key, or its content is not what the protocol prescribes."""


def seal_sizes(manifest: Manifest) -> SealSizes:
    """The largest ballot and the largest spent row that the manifest allows."""
    ballots = [(style, choices_text(_every_choice(manifest, style))) for style in manifest.styles]
    channel, kind = max(Channel, key=len), max(SpentKind, key=len)
    style, area = max(manifest.styles, key=_size, default=""), max(manifest.areas, key=_size, default="")
    return SealSizes(
        ballot=max((len(join_fields(style, channel, chosen, _HASH)) for style, chosen in ballots), default=0),
        spent=len(join_fields(kind, _HASH, style, area)),
    )


def _every_choice(manifest: Manifest, style: str) -> Choices:
    """All plans of a ballot, each with the largest number that it can have: nothing longer fits on one."""
    rule, plans = manifest.frame.ballot, manifest.plans_of(style)
    return tuple(numbered(plan.code, rule.largest) if rule.numbered else plan.code for plan in plans)


def seal_ballot(key: bytes, size: int, ballot: OpenedBallot) -> bytes:
    """`seal(style, channel, choices, r)` for the public half `key`, padded to `size` bytes."""
    return _seal(key, size, ballot.style, ballot.channel, choices_text(ballot.choices), ballot.nonce)


def seal_spent(key: bytes, size: int, spent: SpentToken) -> bytes:
    """`seal(kind, t, style, area)` for the public half `key`, padded to `size` bytes."""
    return _seal(key, size, spent.kind, spent.token, spent.style, spent.area)


def open_ballot(private: bytes, round_: str, sealed: bytes) -> OpenedBallot:
    """The ballot in a seal, with its commitment made again. Raises `SealError`."""
    with _as_seal_error():
        style, channel, chosen, nonce = _open(private, sealed)
        commitment = tagged_hash("ballot", round_, nonce, chosen)
        return OpenedBallot(style.decode(), channel.decode(), read_choices(chosen.decode()), nonce, commitment)


def open_spent(private: bytes, sealed: bytes) -> SpentToken:
    """The spent row in a seal. Raises `SealError`."""
    with _as_seal_error():
        kind, token, style, area = _open(private, sealed)
        return SpentToken(kind.decode(), token, style.decode(), area.decode())


def seal_commitment(outbox_key: bytes, commitment: bytes) -> bytes:
    """A ballot's hash as it waits for the public log, readable with the outbox's secret only."""
    return bytes(SecretBox(outbox_key).encrypt(commitment))


def open_commitment(outbox_key: bytes, sealed: bytes) -> bytes:
    """The hash of a ballot that waits. Raises `SealError`."""
    with _as_seal_error():
        return bytes(SecretBox(outbox_key).decrypt(sealed))


def _seal(key: bytes, size: int, *fields: bytes | str) -> bytes:
    content = join_fields(*fields)
    if len(content) > size:
        raise ValueError("the content is larger than the manifest allows")  # its length would betray it
    return bytes(SealedBox(PublicKey(key)).encrypt(content.ljust(size, b"\0")))


def _open(private: bytes, sealed: bytes) -> tuple[bytes, ...]:
    return split_fields(SealedBox(PrivateKey(private)).decrypt(sealed), 4)


@contextmanager
def _as_seal_error() -> Iterator[None]:
    try:
        yield
    except (CryptoError, ValueError) as error:  # not for this key, cut off, or not UTF-8
        raise SealError(str(error)) from error


def _size(name: str) -> int:
    return len(name.encode())
