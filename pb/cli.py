"""The command `pb`; each command calls one act or one pure function and prints what came of it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pb import offline
from pb.commands import compare, count, custody
from pb.commands.bundling import bundle
from pb.commands.site import with_site
from pb.measure import commands as measure
from pb.terminal import progress_bar

if TYPE_CHECKING:
    from pb.demo.importing import ImportReport


@click.group()
def main() -> None:
    """Neighbourhood budgets that people can trust."""


@main.command()
def parts() -> None:
    """Bring fonts and component styles from npm into static/vendor."""
    from pb.frontend import bring_parts

    bring_parts(click.echo)


@main.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    import flask_migrate

    with with_site(tables=False):
        flask_migrate.upgrade()
    click.echo("The tables are up to date.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Run the site (2 processes of 4 threads) and the worker; Ctrl-C stops both."""
    from pb.office.serve import serve as run

    with with_site():
        pass  # settings that do not hold stop here, in words, before any process starts
    raise SystemExit(run(host, port))


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--only-load", is_flag=True, help="Load the municipality and do not start the site.")
def demo(port: int, only_load: bool) -> None:
    """Try a whole round in the browser: an invented municipality that is voting today."""
    os.environ.setdefault("PB_ENVIRONMENT", "demo")
    os.environ.setdefault("PB_PUBLIC_URL", f"http://127.0.0.1:{port}")
    from pb.demo.acts import refuse_elsewhere, start_demo
    from pb.demo.welcome import welcome
    from pb.frontend import bring_parts

    with with_site(tables=False) as application, progress_bar() as progress:
        import flask_migrate

        refuse_elsewhere()  # before anything is touched
        bring_parts(click.echo)
        flask_migrate.upgrade()
        start_demo(progress)
        click.echo(welcome(application.config["PUBLIC_URL"]))
    if not only_load:
        from pb.office.serve import serve as run

        raise SystemExit(run("127.0.0.1", port))


@main.command()
@click.argument("email")
def admin(email: str) -> None:
    """Make the person with this address administrator; they sign in by mail like everyone."""
    from pb.people.acts import make_administrator

    with with_site():
        make_administrator(email)
    click.echo(f"{email} is administrator of this site.")


@main.command("import-election")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--caps", type=click.Choice(["file", "none"]), default="none", show_default=True, help="As in pb count.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON line at the end.")
def import_election(file: Path, caps: str, as_json: bool) -> None:
    """Make a rehearsal round from a Pabulib file and cast every ballot of it; an empty database gets its tables."""
    import json

    import flask_migrate

    from pb.demo.importing import import_round, read_election

    with with_site(tables=False), progress_bar() as progress:
        found = read_election(file, with_caps=caps == "file")
        flask_migrate.upgrade()  # only now: a file that is broken leaves nothing behind
        report = import_round(found, progress)
    click.echo(json.dumps(report.as_json()) if as_json else _told(report))


def _told(report: "ImportReport") -> str:
    """The report of an import for people."""
    equal = {None: "the file names no winners", True: "the same as the file's", False: "other than the file's"}
    lines = [
        f"{report.plans} plans, {report.voters} voters, {report.ballots} ballots counted in the round {report.round}.",
        *(f"Refused {count} times: {reason}" for reason, count in report.refused.items()),
        *([f"Left off the ballot, dearer than all the money: {', '.join(report.left_out)}"] if report.left_out else []),
        f"{len(report.winners)} winners ({equal[report.equal]}): {', '.join(report.winners)}",
    ]
    return "\n".join(lines)


@offline.keys.command("install")
@click.argument("slug", metavar="ROUND")
@click.argument("public")
def install_keys(slug: str, public: str) -> None:
    """Make the web server's own secrets for the ROUND at this address, beside the PUBLIC half of its sealing pair."""
    from pb.rounds.reads import round_by_slug
    from pb.voting.keys import key_folder, make_keys

    with with_site():
        round_ = round_by_slug(slug)
        if round_ is None:
            raise click.ClickException(f"There is no round with the address {slug}.")
        folder = key_folder(round_.public_id)
        make_keys(folder, public)
    click.echo(f"{folder}: keep this directory out of the database's backups, and make a backup of its own.")


for command in (custody.escrow, custody.recover, custody.destroy):
    offline.keys.add_command(command)
for command in (
    count,
    compare,
    offline.codes,
    offline.check_letters,
    offline.keys,
    custody.keeper,
    offline.open_piles,
    bundle,
    measure.bench,
    measure.rehearse_vote,
    measure.rehearse_kills,
):
    main.add_command(command)
