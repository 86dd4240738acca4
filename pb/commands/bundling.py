"""`pb bundle`: the public files of a round in a folder, as a stranger would download them."""

from pathlib import Path

import click

from pb.commands.site import with_site

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("slug", metavar="ROUND")
@click.option("--to", "folder", type=FOLDER, required=True, help="A new or empty folder.")
def bundle(slug: str, folder: Path) -> None:
    """Write the public files of the ROUND with this address; python3 static/verifier/verify.py checks them.

    All of them once the result is published; before that what is public then. Nothing secret is among them.
    """
    from pb.results.reads import public_file, public_names
    from pb.rounds.reads import round_by_slug

    _make(folder)
    with with_site():
        round_ = round_by_slug(slug)
        names = public_names(round_) if round_ else ()
        if round_ is None or not names:
            raise click.ClickException(f"There is no round with the address {slug} of which anything is sealed.")
        for name in names:
            (folder / name).write_bytes(public_file(round_, name) or b"")
    click.echo(f"{folder}: {', '.join(names)}")
    if round_.published_at is None:
        click.echo("The result is not public yet; ballots.csv, outcome.json and opened.json come with it.")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror}.") from error
    if any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty: files of two rounds must not be mixed.")
