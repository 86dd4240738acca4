"""Commands that measure: each makes a throw-away site of its own and leaves nothing behind."""

import json
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

import click

from pb.commands.site import with_site
from pb.terminal import progress_bar, without_site

if TYPE_CHECKING:
    from pb.plans.values import PlanRecord
    from pb.rounds.values import Frame
    from pb.selection.values import PlanGroups

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
@click.argument("slug", metavar="ROUND")
@click.option("--voters", type=click.IntRange(4), default=1000, show_default=True)
@click.option("--clients", type=click.IntRange(1, 64), default=16, show_default=True)
@DATABASE
def rehearse_vote(slug: str, voters: int, clients: int, database: str | None) -> None:
    """Let a crowd vote over HTTP in a twin of the ROUND with this address, and hold it to what it told them.

    The twin has the money, the ballot, the count and the plans of the round, and a site of its own; nothing of it stays.
    "demo" needs no round. The crowd repeats, changes, mistypes and loses codes; then the votes are counted and the public
    files verified. The last line is a summary in JSON; the command fails when a confirmed vote is lost, doubled or was
    never taken, or a check fails.
    """
    from pb.measure.rehearse import an_invented_round, rehearse
    from pb.measure.twin import twin_of

    round_for = an_invented_round if slug == "demo" else partial(twin_of, *_vote_of(slug))
    with without_site(), progress_bar() as progress:
        summary = rehearse(voters, clients, database, progress, round_for)
    click.echo(json.dumps(summary.as_json()))
    if not summary.clean:
        raise click.ClickException("What voters were told and what the round kept differ.")


def _vote_of(slug: str) -> "tuple[Frame, list[PlanRecord], PlanGroups]":
    """What is voted on in a round of this site. Raises `ClickException` while there is nothing."""
    from pb.plans.reads import plan_by_id, submitted_plans
    from pb.rounds.reads import round_by_slug
    from pb.selection.reads import plan_groups, shortlist

    with with_site():
        round_ = round_by_slug(slug)
        shown = (shortlist(round_.id) or submitted_plans(round_.id)) if round_ else ()
        if round_ is None or not shown:
            raise click.ClickException(f"There is no round with the address {slug} that has plans.")
        return round_.frame, [plan for one in shown if (plan := plan_by_id(one.id))], plan_groups(round_.id)


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
