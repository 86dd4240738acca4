"""`pb compare`: the same ballots under all rules, side by side."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from pb.base.refusals import Reason
from pb.commands.counting import CAPS, FILE, LOT, UTILITIES
from pb.commands.files import election_file, lot_file, refusals_end
from pb.commands.options import Asked, rule_conditions
from pb.commands.speech import Speech
from pb.commands.telling import name_of, speech_of, table
from pb.counting.compare import Column, Counted, side_by_side
from pb.counting.equal_shares import Utility
from pb.counting.pabulib import PabulibFile, election_of, utility_of
from pb.terminal import without_site


@click.command()
@click.argument("file", type=FILE)
@click.option("--threshold", metavar="N|N%", help="The votes that a winner needs, or their part of all ballots.")
@click.option("--utility", type=click.Choice(UTILITIES), help="equal-shares and EJR+: what a plan is worth.")
@LOT
@CAPS
@click.option("--json", "as_json", is_flag=True, help="Print the outcomes as JSON.")
def compare(file: Path, threshold: str | None, utility: str | None, lot: Path | None, caps: str, as_json: bool) -> None:
    """Count a Pabulib FILE by all rules and put them side by side."""
    with without_site(), refusals_end():
        read = election_file(file)
        conditions = rule_conditions(read, Asked(threshold=threshold, caps=caps))
        found = list(
            side_by_side(
                election_of(read), Utility(utility) if utility else utility_of(read), conditions, lot_file(lot)
            )
        )
        if as_json:
            click.echo(json.dumps({column.name: _plain(column) for column in found}, indent=2, sort_keys=True))
        else:
            click.echo("\n".join(_lines(read, found)))


def _plain(column: Column) -> dict[str, Any]:
    outcome = column.outcome
    if isinstance(outcome, Reason):
        return {"refused": str(outcome.refusal), "facts": dict(outcome.facts)}
    return {
        "winners": outcome.ledger.winners,
        "cost": outcome.ledger.cost,
        "left": outcome.ledger.left,
        "served": outcome.summary.served,
        "ejr_failures": outcome.failures,
    }


def _lines(file: PabulibFile, found: list[Column]) -> Iterator[str]:
    speech = speech_of(file)
    heads = [speech.say(f"count.say.head.{name}") for name in ("rule", "winners", "cost", "left", "served", "ejr")]
    rows = [[str(number), *_row(speech, column)] for number, column in enumerate(found, start=1)]
    yield from table([["", *heads], *rows], frozenset({0, 2, 3, 4, 5}))
    yield ""
    yield from _plans(speech, file, found)


def _row(speech: Speech, column: Column) -> list[str]:
    outcome = column.outcome
    if isinstance(outcome, Reason):
        return [column.name, "", "", "", "", speech.reason(outcome)]
    ledger, served = outcome.ledger, outcome.summary
    share = f"{100 * served.served / max(served.voters, 1):.1f} %"
    ejr = (
        speech.say("count.say.holds")
        if not outcome.failures
        else speech.say("count.say.fails", plans=len(outcome.failures))
    )
    return [column.name, str(len(ledger.winners)), speech.money(ledger.cost), speech.money(ledger.left), share, ejr]


def _plans(speech: Speech, file: PabulibFile, found: list[Column]) -> Iterator[str]:
    """Each plan with a mark under every rule by which it wins; those that win most first."""
    winners = [set(one.outcome.ledger.winners) if isinstance(one.outcome, Counted) else set() for one in found]
    heads = [speech.say(f"count.say.head.{name}") for name in ("plan", "name", "votes", "cost")]
    votes = election_of(file).scores()
    rows = sorted(
        ([one.id, name_of(file, one.id), f"{votes[one.id]:,}", speech.money(one.cost)] for one in file.projects),
        key=lambda row: (-sum(row[0] in them for them in winners), -votes[row[0]], row[0]),
    )
    marked = [[*row, *("✓" if row[0] in them else "·" for them in winners)] for row in rows]
    numbers = [str(number) for number in range(1, len(found) + 1)]
    yield from table([[*heads, *numbers], *marked], frozenset({2, 3, *range(4, 4 + len(found))}))
