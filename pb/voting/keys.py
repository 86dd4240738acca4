"""The key directory of a round: the only place with secrets, outside the database and its backups.

`<KEYS>/<round>/` holds hex files that only the site's user reads: `round.key` (pseudonyms), `outbox.key`, `log.key`
(signs the public log), `lot.seed` (settles ties, revealed at the close) and `sealing.public`. The other half,
`sealing.private`, is made on another machine and never comes here, except in rehearsals.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from pb.base.hashing import tagged_hash
from pb.base.refusals import Refused
from pb.voting.values import KeyRefusal, Manifest

SECRETS = {"round": "round.key", "outbox": "outbox.key", "log": "log.key"}
"""Secrets whose check values stand in the manifest, and the files they are in."""

_SEED, _PUBLIC, _PRIVATE = "lot.seed", "sealing.public", "sealing.private"
_BYTES = 32


@dataclass(frozen=True, slots=True, repr=False)
class RoundKeys:
    """The keys of one round; it has no `repr`, so that it cannot slip into a log."""

    round_: str
    round_key: bytes
    outbox_key: bytes
    log_key: bytes
    seed: bytes
    sealing: bytes

    @property
    def log_public(self) -> bytes:
        """The public half of the key that signs the log."""
        return bytes(SigningKey(self.log_key).verify_key)

    def seed_commitment(self) -> str:
        """What the manifest promises about the lot: `H("seed", round, seed)` in hex."""
        return tagged_hash("seed", self.round_, self.seed).hex()

    def checks(self) -> dict[str, str]:
        """A check value of each secret, by which a process knows that it holds the keys that were sealed."""
        values = {"round": self.round_key, "outbox": self.outbox_key, "log": self.log_key}
        return {name: tagged_hash("check", self.round_, name, value).hex() for name, value in values.items()}


def make_pair(folder: Path) -> str:
    """Make the sealing pair in `folder`, on a machine that is not the web server; answers the public half in hex.

    Raises `Refused` where a pair is already there: a key is never made anew.
    """
    private = PrivateKey.generate()
    _write(folder / _PRIVATE, bytes(private))
    _write(folder / _PUBLIC, bytes(private.public_key))
    return bytes(private.public_key).hex()


def make_keys(folder: Path, sealing_public: str) -> None:
    """Make the secrets of a round in its own directory, beside the public half of the sealing pair (hex).

    Raises `Refused` where keys are already there, or where the public half is not 32 bytes in hex.
    """
    public = _parsed(sealing_public)
    for name in (*SECRETS.values(), _SEED):
        _write(folder / name, secrets.token_bytes(_BYTES))
    if not (folder / _PUBLIC).exists():
        _write(folder / _PUBLIC, public)


def make_rehearsal_keys(folder: Path) -> None:
    """All keys of a practice round in one place, the private half too, so that one button opens its piles."""
    make_keys(folder, make_pair(folder))


def read_keys(folder: Path, round_: str) -> RoundKeys:
    """The keys of a round from its directory. Raises `Refused` when one is missing or broken; makes none anew."""
    values = {name: _read(folder / file) for name, file in SECRETS.items()}
    return RoundKeys(
        round_, values["round"], values["outbox"], values["log"], _read(folder / _SEED), _read(folder / _PUBLIC)
    )


def read_private(path: Path) -> bytes:
    """The private half from its file, or from the directory that holds it. Raises `Refused`."""
    return _read(path / _PRIVATE if path.is_dir() else path)


def has_keys(folder: Path) -> bool:
    """Whether a round's directory holds anything at all; then nothing is made there."""
    return folder.is_dir() and any(folder.iterdir())


def has_private(folder: Path) -> bool:
    """Whether the private half lies in this directory, as it does in rehearsals only."""
    return (folder / _PRIVATE).exists()


def key_folder(round_: str) -> Path:
    """Where the keys of a round lie; `round_` is its public id."""
    return Path(current_app.config["KEYS"]) / round_


def keys_of(manifest: Manifest) -> RoundKeys:
    """The keys that this manifest was sealed with.

    Raises `Refused` when a key is missing or is another than the sealed one: then this process casts nothing.
    """
    held: dict[str, RoundKeys] = current_app.extensions.setdefault("pb.voting.keys", {})
    keys = held.get(manifest.round)
    if keys is None or not _are_sealed(keys, manifest):
        keys = read_keys(key_folder(manifest.round), manifest.round)
        if not _are_sealed(keys, manifest):
            raise Refused(KeyRefusal.NOT_THESE(), status=503)
        held[manifest.round] = keys
    return keys


def _are_sealed(keys: RoundKeys, manifest: Manifest) -> bool:
    return (
        keys.checks() == manifest.checks
        and keys.sealing.hex() == manifest.sealing_key
        and keys.seed_commitment() == manifest.seed_commitment
    )


def _write(path: Path, value: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Refused(KeyRefusal.ALREADY_THERE(file=path.name), status=409) from error
    with os.fdopen(descriptor, "w") as file:
        file.write(value.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> bytes:
    try:
        return _parsed(path.read_text(), path.name)
    except FileNotFoundError as error:
        raise Refused(KeyRefusal.MISSING(file=path.name), status=503) from error


def _parsed(text: str, name: str = _PUBLIC) -> bytes:
    try:
        value = bytes.fromhex(text.strip())
    except ValueError:
        value = b""
    if len(value) != _BYTES:
        raise Refused(KeyRefusal.BROKEN(file=name), status=503)
    return value
