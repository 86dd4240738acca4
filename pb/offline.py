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
    "--list", "lists", multiple=True, metavar="NAME=FILE", help="People outside the register; may be repeated."
)
@click.option(
    "--spare",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    help="Spare codes a ballot style.",
)
def codes(register: Path, parameters: Path, folder: Path, lists: tuple[str, ...], spare: int) -> None:
    """Make voting codes for a REGISTER: letters, the credential file for the site, the desk file.

    REGISTER is a CSV file with the columns briefnummer, naam, straat, huisnummer, postcode, plaats, geboortedatum and
    buurt. The round's settings file comes from the site, from the round's page Voters' roll. Every mistake in the
    register is named by its line, and then nothing is written. Of the folder only credentials.csv goes to the site.

    A further list (entrepreneurs, students) has the same columns without geboortedatum and buurt, and a count of its own
    under its name. Let the print shop print the letters in test/ first, scan them, and run pb check-letters.
    """
    from pb.roll.folder import issue_to_folder
    from pb.roll.rules import summary_of

    named = _named_files(lists)
    with without_site(), progress_bar() as told:
        issued = issue_to_folder(register, parameters, folder, spare, told, named)
    click.echo(f"{folder}: letters with print.csv (for the print shop), credentials.csv (site), desk.csv (desk).")
    click.echo(f"  {issued.too_young} people are too young on {issued.parameters.reference_date}.")
    _tell(summary_of(issued.credentials()))


def _named_files(given: tuple[str, ...]) -> dict[str, Path]:
    named = [(name, Path(file)) for name, _, file in (one.partition("=") for one in given)]
    for name, path in named:
        if not path.is_file() or [known for known, _ in named].count(name) > 1:
            raise click.BadParameter(f"{name}: write a name of its own, = and an existing file.", param_hint="--list")
    return dict(named)


@click.command("check-letters")
@click.argument("desk", type=FILE)
@click.argument("scans", type=FILE)
@click.option("--round", "parameters", type=FILE, required=True, help="The round's settings file.")
@click.option("--sample", is_flag=True, help="Not every letter of the desk file was scanned.")
def check_letters(desk: Path, scans: Path, parameters: Path, sample: bool) -> None:
    """Hold what a scanner read of printed letters (SCANS, a line a letter) against the DESK file that came with them."""
    from pb.roll.parameters import read_parameters
    from pb.roll.scans import compare_scans, read_desk_file

    with without_site():
        known = read_desk_file(desk.read_bytes())
        found = compare_scans(known, scans.read_text(errors="replace"), read_parameters(parameters.read_bytes()).round)
    click.echo(f"{len(found.read)} of {len(known)} letters were read.")
    for what, which in (("Read twice", found.twice), ("Not a letter of this file: lines", found.unknown)):
        if which:
            click.echo(f"{what}: {', '.join(map(str, which))}")
    if found.missing and not sample:
        click.echo(f"Not read: {', '.join(found.missing)}")
    if not found.good or (found.missing and not sample):
        raise SystemExit(1)


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
    3. Each of four keepers:      pb keeper make FOLDER
    4. On both machines:          pb keys escrow FOLDER --first … --second … --to PIECES
    5. After the vote, at home:   pb open PILES --key FOLDER
    6. In the end, at home and with the keepers:   pb keys destroy FOLDER
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
