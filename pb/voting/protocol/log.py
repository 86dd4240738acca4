"""The public log's heads and promises, pure: what is signed with the log's key, and how it is written.

A head is a checkpoint of C2SP (tlog-checkpoint): origin, size and root, here with the moment of signing as an extension
line; its signature is that of a signed note.
"""

import base64
import hashlib
from datetime import datetime

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from pb.base.hashing import join_fields
from pb.voting.protocol.leaves import moment_text
from pb.voting.values.log import Head

_ED25519 = b"\x01"
"""The type of signature in a key id of a signed note."""


def log_origin(round_: str, digest: bytes) -> str:
    """The name of a round's log. It carries the digest of the manifest: what is sealed anew begins a log of its own."""
    return f"begroot/{round_}/{digest.hex()[:16]}"


def checkpoint_text(origin: str, size: int, root: bytes, at: datetime) -> str:
    """The text that a head signs, four lines."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n{moment_text(at)}\n"


def sign_head(log_key: bytes, origin: str, size: int, root: bytes, at: datetime) -> Head:
    """The signed head over the first `size` leaves."""
    moment = at.replace(microsecond=0)
    text = checkpoint_text(origin, size, root, moment)
    return Head(size, moment, root, SigningKey(log_key).sign(text.encode()).signature)


def verify_head(log_public: bytes, origin: str, head: Head) -> bool:
    """Whether the log's key signed this head."""
    text = checkpoint_text(origin, head.size, head.root, head.at)
    return signed_by(log_public, text.encode(), head.signature)


def signed_note(log_public: bytes, origin: str, head: Head) -> str:
    """A head as other programs of transparency logs read it: the text, an empty line, the line of the signature."""
    key_id = hashlib.sha256(origin.encode() + b"\n" + _ED25519 + log_public).digest()[:4]
    signature = base64.b64encode(key_id + head.signature).decode()
    return f"{checkpoint_text(origin, head.size, head.root, head.at)}\n\u2014 {origin} {signature}\n"


def promise_bytes(round_: str, commitment: bytes, deadline: datetime) -> bytes:
    """What a receipt promises: this ballot's hash stands in the log at the deadline."""
    return join_fields("promise", round_, commitment, moment_text(deadline))


def sign_promise(log_key: bytes, round_: str, commitment: bytes, deadline: datetime) -> bytes:
    """The signature of a promise, 64 bytes."""
    return bytes(SigningKey(log_key).sign(promise_bytes(round_, commitment, deadline)).signature)


def verify_promise(log_public: bytes, round_: str, commitment: bytes, deadline: datetime, signature: bytes) -> bool:
    """Whether the log's key signed this promise."""
    return signed_by(log_public, promise_bytes(round_, commitment, deadline), signature)


def signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this key made this signature over these bytes."""
    try:
        VerifyKey(public).verify(message, signature)
    except (BadSignatureError, ValueError):
        return False
    return True
