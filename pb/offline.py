"""Commands for a machine that is not the web server: codes and letters, the sealing pair, and opening the piles.

They need no site, no settings and no database, so the register and the private key never come near one.
"""

from pathlib import Path

import click

from pb.roll.values import RollSummary
from pb.terminal import progress_bar, without_site, write_new

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("register", type=FILE)
@click.option("--round", "parameters", type=FILE, required=True, help="The round's settings file.")
@click.option("--to", "folder", type=FOLDER, required=True, help="A new or empty folder.")
@click.option(
    "--spare",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    help="Spare codes a ballot style.",
)
def codes(register: Path, parameters: Path, folder: Path, spare: int) -> None:
    """Make voting codes for a REGISTER: letters, the credential file for the site, the desk file.

    REGISTER is a CSV file with the columns briefnummer, naam, straat, huisnummer, postcode, plaats, geboortedatum and
    buurt. The round's settings file comes from the site, from the round's page Voters' roll. Every mistake in the
    register is named by its line, and then nothing is written. Of the folder only credentials.csv goes to the site.
    """
    from pb.roll.issue import issue_to_folder
    from pb.roll.rules import summary_of

    with without_site(), progress_bar() as told:
        issued = issue_to_folder(register, parameters, folder, spare, told)
    click.echo(f"{folder}: letters, credentials.csv (for the site) and desk.csv (for the desk).")
    click.echo(f"  {issued.too_young} people are too young on {issued.parameters.reference_date}.")
    _tell(summary_of(issued.credentials()))


def _tell(roll: RollSummary) -> None:
    click.echo(f"  {roll.issued} people may vote; {roll.spare} spare codes.")
    for name, counts in (("area", roll.areas), ("age", roll.ages)):
        for group, people in counts.items():
            click.echo(f"  {name:<5}{group:<40}{people:>8}")


@click.group()
def keys() -> None:
    """Keys of a round. The private half is made elsewhere and never comes to the web server:

    \b
    1. On a machine of your own:  pb keys make FOLDER     prints the public half
    2. On the web server:         pb keys install ROUND PUBLIC
    3. After the vote, at home:   pb open PILES --key FOLDER
    """


@keys.command("make")
@click.argument("folder", type=FOLDER)
def make(folder: Path) -> None:
    """Make the sealing pair in FOLDER, on a machine that is not the web server, and print its public half."""
    from pb.voting.keys import make_pair

    with without_site():
        public = make_pair(folder)
    click.echo(f"{folder}: keep sealing.private here and a copy at a second place. Without it no vote can be counted.")
    click.echo("The public half, for the web server:")
    click.echo(public)


@click.command("open")
@click.argument("piles", type=FILE)
@click.option(
    "--key", type=click.Path(exists=True, path_type=Path), required=True, help="sealing.private or its folder."
)
@click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path), help="Where the opened piles go.")
def open_piles(piles: Path, key: Path, target: Path | None) -> None:
    """Open the sealed PILES on the key's machine; the opened file goes back to the site."""
    from pb.voting.keys import read_private
    from pb.voting.opening import open_file

    target = target or piles.with_name(f"{piles.stem}-open.json")
    with without_site():
        opened = open_file(piles.read_bytes(), read_private(key))
    write_new(target, opened)
    click.echo(f"{target}: the opened piles. Bring this file to the site.")
