"""The open ballots of a round as a Pabulib file, pure: what anyone needs to count one pot again.

A pot in which only a few people voted has no file: their ballots would point at them.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from pb.counting.ledger import Ledger
from pb.counting.pabulib import PabulibFile, Project, Vote, read_pabulib, write_pabulib
from pb.results.meta import VOTE_TYPES, meta_of
from pb.results.rules import points_for, rule_of
from pb.rounds.values import BallotKind, BallotRule
from pb.voting.protocol import numbers_in, plans_in
from pb.voting.publication import GROUP_SIGN
from pb.voting.values import Choices, Manifest, OpenedBallot

Filled = tuple[tuple[str, ...], tuple[int, ...]]
"""The plans of a ballot in the order of the file, and the points beside them."""


def ballots_file(
    manifest: Manifest, ballots: Iterable[OpenedBallot], ledger: Ledger, titles: Mapping[str, str], pot: str, place: str
) -> bytes:
    """The file of a pot: its plans with their `titles` by code, and every ballot that could choose them.

    Ballots stand in the order of content, a ranking with the best plan first. A plan that was withdrawn during the vote is
    left out, also from the ballots: the file counts to the same winners.
    """
    frame, money = manifest.frame, manifest.frame.pot(pot)
    known = {step.plan for step in ledger.steps if step.pot == pot and step.why != "withdrawn"}
    whole = known == {plan.code for plan in manifest.plans}
    chosen = sorted(_filled(frame.ballot, one.choices, known, whole) for one in _of_pot(manifest, ballots, pot))
    votes = tuple(Vote(str(number), *filled) for number, filled in enumerate(chosen, start=1))
    projects = tuple(_projects(ledger, titles, known, _voters(chosen) if frame.ballot.numbered else None))
    meta = meta_of(frame, rule_of(frame, manifest.conflicts, manifest.ceilings), money, place, whole)
    return write_pabulib(PabulibFile(meta, money.amount, VOTE_TYPES[frame.ballot.kind], projects, votes))


def corrected_file(content: bytes, winners: Collection[str], version: int) -> bytes:
    """The file of a pot with the winners of a correction; META says where the count's own are."""
    file = read_pabulib(content)
    projects = tuple(replace(one, selected=int(one.id in winners)) for one in file.projects)
    meta = {**file.meta, "comment": f"selected: corrections.json, version {version}; count: outcome.json"}
    return write_pabulib(replace(file, meta=meta, projects=projects))


def _of_pot(manifest: Manifest, ballots: Iterable[OpenedBallot], pot: str) -> Iterator[OpenedBallot]:
    styles = {style for style, pots in manifest.styles.items() if pot in pots}
    return (ballot for ballot in ballots if styles.intersection(ballot.style.split(GROUP_SIGN)))


def _filled(rule: BallotRule, choices: Choices, known: Collection[str], whole: bool) -> Filled:
    """A ranking says its points only where a plan is missing: else they follow from the places."""
    plans, numbers = sorted(set(plans_in(choices)).intersection(known)), numbers_in(choices)
    if rule.kind is BallotKind.RANKING:
        plans.sort(key=lambda plan: numbers[plan])
    if not rule.numbered or (rule.kind is BallotKind.RANKING and whole):
        return tuple(plans), ()
    return tuple(plans), tuple(points_for(rule, numbers[plan]) for plan in plans)


def _voters(chosen: Iterable[Filled]) -> Mapping[str, int]:
    return Counter(plan for plans, _ in chosen for plan in plans)


def _projects(
    ledger: Ledger, titles: Mapping[str, str], known: Collection[str], voters: Mapping[str, int] | None
) -> Iterator[Project]:
    """Where ballots give points, the points of a plan are its score, and its votes are the people who gave some."""
    for step in ledger.steps:
        if step.plan in known:
            votes = str(step.votes if voters is None else voters.get(step.plan, 0))
            score = {} if voters is None else {"score": str(step.votes)}
            won = int(step.won)
            yield Project(step.plan, step.cost, titles[step.plan], selected=won, more={"votes": votes, **score})
