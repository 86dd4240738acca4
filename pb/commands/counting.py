"""`pb count`: a Pabulib file counted by any rule, as a table, as the ledger, or as the story of one plan."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from pb.commands.files import BadInput, election_file, lot_file, refusals_end
from pb.commands.options import Asked, rule_asked
from pb.commands.telling import speech_of, telling
from pb.counting.equal_shares import Completion, Utility
from pb.counting.ledger import Ledger
from pb.counting.ledger_json import ledger_to_json
from pb.counting.pabulib import FileWarning, PabulibFile, caps_of, election_of, warnings
from pb.counting.rules import Rule, RuleName
from pb.counting.rules import count as count_by
from pb.counting.story import story_of
from pb.terminal import progress_bar, without_site

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
RULES, UTILITIES, COMPLETIONS = ([one.value for one in kind] for kind in (RuleName, Utility, Completion))
LOT = click.option("--lot", type=FILE, help="The order that settles ties: one plan id a line, the first wins.")
CAPS = click.option("--caps", type=click.Choice(["file", "none"]), default="none", show_default=True)


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--rule", type=click.Choice(RULES), help="Without it: the rule that the file names.")
@click.option("--misfit", type=click.Choice(["skip", "stop"]), help="most-votes: at a plan that does not fit. [skip]")
@click.option("--threshold", metavar="N|N%", help="The votes that a winner needs, or their part of all ballots.")
@click.option(
    "--utility",
    type=click.Choice(UTILITIES),
    help="equal-shares: what a plan is worth. [cost, or points]",
)
@click.option(
    "--completion",
    type=click.Choice(COMPLETIONS),
    help="equal-shares: the money that is left. [none]",
)
@click.option("--stop-when-exhaustive", is_flag=True, default=None, help="Add1 ends once nothing more fits.")
@click.option("--step", type=click.IntRange(1), metavar="CENTS", help="Add1: what a share grows by. [100]")
@click.option("--comparison", is_flag=True, default=None, help="Most votes stands if more ballots have more winners.")
@LOT
@CAPS
@click.option("--explain", metavar="PLAN", help="Tell the story of one plan.")
@click.option("--json", "as_json", is_flag=True, help="Print the ledger.")
@click.option("--list-rules", is_flag=True, help="Print the names of the rules.")
def count(
    file: Path | None,
    lot: Path | None,
    explain: str | None,
    as_json: bool,
    list_rules: bool,
    **asked: object,
) -> None:
    """Count a Pabulib FILE.

    Money is in cents of the file's currency. Ends with 0 when counted, 2 for bad input, 3 when a lot is needed.
    """
    if list_rules:
        click.echo("\n".join(RuleName))
        return
    if file is None:
        raise click.UsageError("Name a FILE, or ask for --list-rules.")
    with without_site(), refusals_end():
        read = election_file(file)
        rule = rule_asked(read, Asked(**asked))  # type: ignore[arg-type]  # click checked them
        _warn(read, str(asked["caps"]))
        ledger = _counted(read, rule, lot_file(lot))
        _print(read, rule, ledger, explain, as_json)


def _warn(file: PabulibFile, caps: str) -> None:
    """Say on the side what whoever counts the file should know."""
    left_out = [FileWarning.CAPS_LEFT_OUT()] if caps == "none" and caps_of(file) else []
    for reason in (*left_out, *warnings(file)):
        click.echo(speech_of(file).reason(reason), err=True)


def _counted(file: PabulibFile, rule: Rule, lot: tuple[str, ...]) -> Ledger:
    """The ledger; a bar runs while shares are raised. Awards of the file outside its rule are noted."""
    with progress_bar() as progress:

        def heard(spent: int, money: int) -> None:
            if live():
                progress(RuleName.EQUAL_SHARES.value, spent, money)

        ledger = count_by(election_of(file), rule, lot, heard)
    awards = tuple(project.id for project in file.projects if (project.selected or 0) > 1)
    return replace(ledger, awards=awards)


def live() -> bool:
    """Whether somebody is looking: a bar in a file is noise."""
    return sys.stderr.isatty()


def _print(file: PabulibFile, rule: Rule, ledger: Ledger, explain: str | None, as_json: bool) -> None:
    if as_json and explain is None:
        click.echo(ledger_to_json(ledger), nl=False)
    elif explain is None:
        click.echo("\n".join(telling(file, election_of(file), rule, ledger)))
    elif ledger.step_of(explain) is None:
        raise BadInput(speech_of(file).say("count.say.no_plan", plan=explain[:60]))
    else:
        for sentence in story_of(election_of(file), rule, ledger, explain):
            click.echo(speech_of(file).told(sentence))
