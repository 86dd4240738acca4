"""Commands that measure: each makes a throw-away site of its own and leaves nothing behind."""

import json
from statistics import median

import click

from pb.terminal import progress_bar, without_site

DATABASE = click.option("--database", help="An empty PostgreSQL database to use; without it a SQLite file of its own.")


@click.command()
@DATABASE
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON line at the end.")
def bench(database: str | None, as_json: bool) -> None:
    """Measure casts and list pages a second beside a plain view, as ratios."""
    from pb.measure.bench import bench as run

    with without_site(), progress_bar() as progress:
        pairs = run(database, progress)
    if as_json:
        click.echo(json.dumps({pair.name: pair.as_json() for pair in pairs}))
        return
    for pair in pairs:
        ours, plain = median(pair.ours), median(pair.plain)
        click.echo(f"{pair.name:<5} {ours:7.0f} a second   plain {plain:7.0f} a second   ratio {pair.ratio:.2f}")


@click.command("rehearse-vote")
@click.argument("round_", metavar="ROUND", type=click.Choice(["demo"]))
@click.option("--voters", type=click.IntRange(4), default=1000, show_default=True)
@click.option("--clients", type=click.IntRange(1, 64), default=16, show_default=True)
@DATABASE
def rehearse_vote(round_: str, voters: int, clients: int, database: str | None) -> None:
    """Let a crowd vote over HTTP in a throw-away round (ROUND is "demo") and hold the round to what it told them.

    The last line is a summary in JSON; the command fails when a confirmed vote is lost, doubled or was never taken.
    """
    from pb.measure.rehearse import rehearse

    with without_site(), progress_bar() as progress:
        summary = rehearse(voters, clients, database, progress)
    click.echo(json.dumps(summary.as_json()))
    if not summary.clean:
        raise click.ClickException("What voters were told and what the round kept differ.")


@click.command("rehearse-kills")
@click.option("--kills", type=click.IntRange(1), default=20, show_default=True)
@click.option("--voters", type=click.IntRange(4), default=200, show_default=True)
@click.option("--clients", type=click.IntRange(1, 64), default=8, show_default=True)
@DATABASE
def rehearse_kills(kills: int, voters: int, clients: int, database: str | None) -> None:
    """Let a crowd vote in a throw-away round while the web server's processes are killed at random moments.

    Every voter sends the same form until it is answered. The last line is a summary in JSON; the command fails when a
    confirmed vote is lost or a vote was cast twice. For Linux.
    """
    from pb.measure.kills import rehearse_kills as run

    with without_site(), progress_bar() as progress:
        endured = run(kills, voters, clients, database, progress)
    click.echo(json.dumps(endured.as_json()))
    if not endured.clean:
        raise click.ClickException("What voters were told and what the round kept differ.")
