"""Commands of the keys' custody: halves for keepers, the whole again from two halves, and destroying what lies here.

They need no site, no settings and no database. Each is run on the machine where the keys or the keepers are.
"""

from pathlib import Path

import click

from pb.terminal import without_site, write_new

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
HERE = click.Path(exists=True, file_okay=False, path_type=Path)
PIECES = "piece-*.json"


@click.group()
def keeper() -> None:
    """A keeper has half of a round's keys, and can do nothing with it alone."""


@keeper.command("make")
@click.argument("folder", type=FOLDER)
def make_keeper(folder: Path) -> None:
    """Make a keeper's own pair in FOLDER, on the keeper's own machine; keeper.public goes to who makes the escrow."""
    from pb.voting.custody import fingerprint
    from pb.voting.keys import make_keeper_pair

    with without_site():
        public = make_keeper_pair(folder)
    click.echo(f"{folder}: keep keeper.private, and send keeper.public to who makes the escrow.")
    signs = fingerprint(public)
    groups = " ".join(signs[at : at + 5] for at in range(0, len(signs), 5))
    click.echo(f"Your fingerprint, which will stand in the round's record: {groups}")


@click.command()
@click.argument("folder", type=HERE)
@click.option("--first", type=(FILE, FILE), required=True, help="keeper.public of the first keeper and the deputy.")
@click.option("--second", type=(FILE, FILE), required=True, help="The same of the second keeper and the deputy.")
@click.option("--to", "target", type=FOLDER, required=True, help="A new or empty folder.")
def escrow(folder: Path, first: tuple[Path, Path], second: tuple[Path, Path], target: Path) -> None:
    """Split every secret in FOLDER in two halves, each sealed to a keeper and a deputy.

    Run it on the web server for the round's key directory, and on the key's own machine for the private half. Of what
    is written each piece goes to its keeper; escrow.json has no secret and goes to the round's page Keys.
    """
    from pb.voting.custody import note_to_bytes, piece_to_bytes, split
    from pb.voting.keyfiles import PUBLIC, read_key, secrets_in

    with without_site():
        deposit = split(secrets_in(folder), read_key(folder / PUBLIC), [read_key(path) for path in (*first, *second)])
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for piece in deposit.pieces:
        name = f"piece-{piece.half}-{piece.holder}.json"
        write_new(target / name, piece_to_bytes(piece))
        click.echo(f"{target / name}")
    write_new(target / "escrow.json", note_to_bytes(deposit.note))
    click.echo(f"{target / 'escrow.json'}: for the round's page Keys. Saved: {', '.join(deposit.note.keys)}.")


@click.command()
@click.argument("pieces", type=FILE, nargs=2)
@click.option("--key", "keys", type=FILE, multiple=True, required=True, help="keeper.private; once for each keeper.")
@click.option("--to", "target", type=FOLDER, required=True, help="The key directory to make.")
def recover(pieces: tuple[Path, Path], keys: tuple[Path, ...], target: Path) -> None:
    """Put two PIECES, one of each half, together again in a new key directory. Both keepers must be there."""
    from pb.voting.custody import join, piece_from_bytes
    from pb.voting.keyfiles import read_key
    from pb.voting.keys import put_back

    with without_site():
        found = [piece_from_bytes(path.read_bytes()) for path in pieces]
        put_back(target, join(found, [read_key(path) for path in keys]), bytes.fromhex(found[0].sealing))
    click.echo(f"{target}: {', '.join(sorted(found[0].sealed))}. The site tells whether they are the sealed ones.")


@click.command()
@click.argument("folder", type=HERE)
@click.confirmation_option(prompt="Keys that are destroyed never come back. Destroy everything secret in this folder?")
def destroy(folder: Path) -> None:
    """Overwrite and remove every secret in FOLDER: private halves and pieces of an escrow.

    For the key's machine and for keepers. On the web server two people do it, on the round's page Keys. Destroy copies
    too: a disk that does not write in place, and a backup, keep what was there.
    """
    from datetime import UTC, datetime

    from pb.voting.keyfiles import destroy_keys_in

    with without_site():
        removed = destroy_keys_in(folder, datetime.now(UTC), folder.glob(PIECES))
    click.echo(f"{folder}: destroyed {', '.join(removed) or 'nothing; there was no secret'}.")
