"""The key directory of a round: the only place with secrets, outside the database and its backups.

`<KEYS>/<round>/` holds hex files that only the site's user reads: `round.key` (pseudonyms), `outbox.key`, `log.key`
(signs the public log), `lot.seed` (settles ties, revealed at the close) and `sealing.public`. The other half,
`sealing.private`, is made on another machine and never comes here, except in rehearsals.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from pb.base.hashing import tagged_hash
from pb.base.refusals import Refused
from pb.voting.keyfiles import (
    KEEPER_PRIVATE,
    KEEPER_PUBLIC,
    KEY_BYTES,
    PRIVATE,
    PUBLIC,
    SECRETS,
    SEED,
    is_destroyed,
    parse_key,
    read_key,
    write_key,
    write_keys,
)
from pb.voting.values import KeyRefusal, Manifest


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
    write_keys(folder, {PRIVATE: bytes(private), PUBLIC: bytes(private.public_key)})
    return bytes(private.public_key).hex()


def make_keeper_pair(folder: Path) -> bytes:
    """Make a keeper's own pair in `folder`; answers the public half. Raises `Refused` where a pair is already there."""
    private = PrivateKey.generate()
    write_keys(folder, {KEEPER_PRIVATE: bytes(private), KEEPER_PUBLIC: bytes(private.public_key)})
    return bytes(private.public_key)


def put_back(folder: Path, keys: Mapping[str, bytes], sealing: bytes) -> None:
    """Write keys that came out of an escrow, beside the public half of their round's sealing pair.

    Raises `Refused` where one is already there, and when the private half is not that of the pair.
    """
    if PRIVATE in keys and bytes(PrivateKey(keys[PRIVATE]).public_key) != sealing:
        raise Refused(KeyRefusal.NOT_THESE(), status=409)
    write_keys(folder, keys)
    if not (folder / PUBLIC).exists():
        write_key(folder / PUBLIC, sealing)


def make_keys(folder: Path, sealing_public: str) -> None:
    """Make the secrets of a round in its own directory, beside the public half of the sealing pair (hex).

    Raises `Refused` where keys are already there, or where the public half is not 32 bytes in hex.
    """
    public = parse_key(sealing_public)
    write_keys(folder, {name: secrets.token_bytes(KEY_BYTES) for name in (*SECRETS.values(), SEED)})
    if not (folder / PUBLIC).exists():
        write_key(folder / PUBLIC, public)


def make_rehearsal_keys(folder: Path) -> None:
    """All keys of a practice round in one place, the private half too, so that one button opens its piles."""
    make_keys(folder, make_pair(folder))


def read_keys(folder: Path, round_: str) -> RoundKeys:
    """The keys of a round from its directory. Raises `Refused` when one is missing or broken; makes none anew."""
    values = {name: read_key(folder / file) for name, file in SECRETS.items()}
    return RoundKeys(
        round_, values["round"], values["outbox"], values["log"], read_key(folder / SEED), read_key(folder / PUBLIC)
    )


def read_private(path: Path) -> bytes:
    """The private half from its file, or from the directory that holds it. Raises `Refused`."""
    return read_key(path / PRIVATE if path.is_dir() else path)


def has_keys(folder: Path) -> bool:
    """Whether a round's directory holds anything at all; then nothing is made there."""
    return folder.is_dir() and any(folder.iterdir())


def has_private(folder: Path) -> bool:
    """Whether the private half lies in this directory, as it does in rehearsals only."""
    return (folder / PRIVATE).exists()


def key_folder(round_: str) -> Path:
    """Where the keys of a round lie; `round_` is its public id."""
    return Path(current_app.config["KEYS"]) / round_


def keys_of(manifest: Manifest) -> RoundKeys:
    """The keys that this manifest was sealed with.

    Raises `Refused` when a key is missing or is another than the sealed one: then this process casts nothing. Keys
    that were destroyed are forgotten by every process at its next look.
    """
    held: dict[str, tuple[Manifest, RoundKeys]] = current_app.extensions.setdefault("pb.voting.keys", {})
    folder = key_folder(manifest.round)
    if is_destroyed(folder):
        held.pop(manifest.round, None)
    known = held.get(manifest.round)
    if known is None or known[0] is not manifest:
        keys = known[1] if known and _are_sealed(known[1], manifest) else read_keys(folder, manifest.round)
        if not _are_sealed(keys, manifest):
            raise Refused(KeyRefusal.NOT_THESE(), status=503)
        known = held[manifest.round] = manifest, keys
    return known[1]


def _are_sealed(keys: RoundKeys, manifest: Manifest) -> bool:
    return (
        keys.checks() == manifest.checks
        and keys.sealing.hex() == manifest.sealing_key
        and keys.seed_commitment() == manifest.seed_commitment
    )
