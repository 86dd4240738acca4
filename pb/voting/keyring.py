"""The keys of a round as this process has them: read once, compared with the sealed manifest, kept in memory."""

from pathlib import Path

from flask import current_app

from pb.base.refusals import Refused
from pb.voting.keys import RoundKeys, read_keys
from pb.voting.values import KeyRefusal, Manifest


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
