"""What is computed of a paper form, pure: every value is an HMAC under the round's secret, or sealed.

    entry = HMAC(K_round, "paper", batch, form, code, choices)     two equal ones cast; for a verdict the code is empty
    claim = HMAC(K_round, "paper-form", batch, form)               under which a cast keeps that the form was used
    key   = first 16 bytes of HMAC(K_round, "paper-key", batch, form)   the vote's idempotency key

Numbers are written in decimal digits.
"""

from nacl.secret import SecretBox

from pb.base.hashing import tagged_hmac
from pb.voting.paper.values import Reading, Verdict
from pb.voting.protocol.ballot import KEY_BYTES
from pb.voting.protocol.choices import choices_text

_WHO_BYTES = 8


def reading_hash(round_key: bytes, batch: int, form: int, reading: Reading) -> bytes:
    """What is kept of a reading."""
    said = choices_text(reading.choices) if reading.verdict is Verdict.VOTE else reading.verdict.value
    return tagged_hmac(round_key, "paper", str(batch), str(form), reading.code, said)


def claim_tag(round_key: bytes, batch: int, form: int) -> bytes:
    """The name of a form in the table that casts write."""
    return tagged_hmac(round_key, "paper-form", str(batch), str(form))


def form_key(round_key: bytes, batch: int, form: int) -> bytes:
    """The idempotency key of the vote on a form: one form is one vote, however often it is sent."""
    return tagged_hmac(round_key, "paper-key", str(batch), str(form))[:KEY_BYTES]


def seal_claim(outbox_key: bytes, reading: bytes, who: int) -> bytes:
    """The reading that was cast and who entered it last, readable with the outbox's secret only."""
    return bytes(SecretBox(outbox_key).encrypt(reading + who.to_bytes(_WHO_BYTES, "big")))


def open_claim(outbox_key: bytes, sealed: bytes) -> tuple[bytes, int]:
    """Reading and person again."""
    content = SecretBox(outbox_key).decrypt(sealed)
    return content[:-_WHO_BYTES], int.from_bytes(content[-_WHO_BYTES:], "big")
