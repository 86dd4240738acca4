"""The files of a key directory: 32 secret or public bytes in hex each, written once, read by their owner alone, and
destroyed for good.
"""

import os
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from pb.base.refusals import Refused
from pb.voting.values import KeyRefusal

SECRETS = {"round": "round.key", "outbox": "outbox.key", "log": "log.key"}
"""Secrets whose check values stand in the manifest, and the files they are in."""
SEED, PUBLIC, PRIVATE = "lot.seed", "sealing.public", "sealing.private"
KEPT_SECRET = (*SECRETS.values(), SEED, PRIVATE)
"""Every secret of a round, which keepers keep halves of; the public half is none."""
KEEPER_PRIVATE, KEEPER_PUBLIC = "keeper.private", "keeper.public"
DESTROYED = "destroyed"
"""The mark that the keys of this directory were destroyed, when and which: they are never made or used again."""
KEY_BYTES = 32


def write_key(path: Path, value: bytes) -> None:
    """Write a key that is not there yet. Raises `Refused` where it is, or where the directory's keys were destroyed."""
    refuse_destroyed(path.parent)
    write_once(path, value.hex() + "\n")


def write_once(path: Path, text: str) -> None:
    """Write a small file that only its owner reads, and have it on the disk. Raises `Refused` where it is already."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Refused(KeyRefusal.ALREADY_THERE(file=path.name), status=409) from error
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read_key(path: Path) -> bytes:
    """A key from its file. Raises `Refused` when it is missing or broken, and 410 when it was destroyed."""
    refuse_destroyed(path.parent)
    try:
        return parse_key(path.read_text(), path.name)
    except FileNotFoundError as error:
        raise Refused(KeyRefusal.MISSING(file=path.name), status=503) from error


def parse_key(text: str, name: str = PUBLIC) -> bytes:
    """A key as it was written. Raises `Refused`."""
    try:
        value = bytes.fromhex(text.strip())
    except ValueError:
        value = b""
    if len(value) != KEY_BYTES:
        raise Refused(KeyRefusal.BROKEN(file=name), status=503)
    return value


def secrets_in(folder: Path) -> dict[str, bytes]:
    """The secrets that lie in a directory, by the name of their file. Raises `Refused` for one that is broken."""
    refuse_destroyed(folder)
    return {name: read_key(folder / name) for name in KEPT_SECRET if (folder / name).exists()}


def write_keys(folder: Path, keys: Mapping[str, bytes]) -> None:
    """Write these keys where none of them is yet; raises `Refused` before anything is written."""
    for name in keys:
        if (folder / name).exists():
            raise Refused(KeyRefusal.ALREADY_THERE(file=name), status=409)
    for name, value in keys.items():
        write_key(folder / name, value)


def refuse_destroyed(folder: Path) -> None:
    """Raise `Refused` where the keys of this directory were destroyed."""
    if is_destroyed(folder):
        raise Refused(KeyRefusal.DESTROYED(), status=410)


def is_destroyed(folder: Path) -> bool:
    """Whether the keys of this directory were destroyed."""
    return (folder / DESTROYED).exists()


def destroy_keys_in(folder: Path, now: datetime, more: Iterable[Path] = ()) -> list[str]:
    """Overwrite and remove every secret of a directory, and `more` files in it; gives the names of all of them.

    The mark comes first and names them, so that nothing uses the keys meanwhile and an interrupted destruction can be
    repeated. Overwriting reaches a disk that writes in place; copies, backups and flash are for people to destroy.
    """
    secret = (*(folder / name for name in (*KEPT_SECRET, KEEPER_PRIVATE)), *more)
    if not is_destroyed(folder):
        names = sorted(path.name for path in secret if path.exists())
        write_once(folder / DESTROYED, "\n".join([now.isoformat(timespec="seconds"), *names, ""]))
    for path in secret:
        if path.exists():
            _shred(path)
    _sync(folder)
    return (folder / DESTROYED).read_text().splitlines()[1:]


def _shred(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _sync(folder: Path) -> None:
    """Have the directory's entries on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
