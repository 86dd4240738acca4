"""The open ballots of a round as a Pabulib file, pure: what anyone needs to count one pot again.

A pot in which only a few people voted has no file: their ballots would point at them.
"""

from collections.abc import Iterable, Iterator, Mapping

from pb.counting.ledger import Ledger
from pb.counting.pabulib import PabulibFile, Project, Vote, VoteType, write_pabulib
from pb.rounds.values import BallotKind, Frame, Misfit, PhaseKind, Pot
from pb.voting.publication import GROUP_SIGN
from pb.voting.values import Manifest, OpenedBallot

RULE_NAMES = {Misfit.SKIP: "greedy", Misfit.STOP: "greedy-no-skip"}
"""What the collection calls most votes."""


def ballots_file(
    manifest: Manifest, ballots: Iterable[OpenedBallot], ledger: Ledger, titles: Mapping[str, str], pot: str, place: str
) -> bytes:
    """The file of a pot: its plans with their `titles` by code, and every ballot that could choose them.

    Ballots stand in the order of content. A plan that was withdrawn during the vote is left out, also from the ballots:
    the file counts to the same winners.
    """
    projects = tuple(_projects(ledger, titles, pot))
    known = {project.id for project in projects}
    styles = {style for style, pots in manifest.styles.items() if pot in pots}
    chosen = sorted(
        tuple(choice for choice in ballot.choices if choice in known)
        for ballot in ballots
        if styles.intersection(ballot.style.split(GROUP_SIGN))
    )
    votes = tuple(Vote(str(number), choices) for number, choices in enumerate(chosen, start=1))
    money = manifest.frame.pot(pot)
    return write_pabulib(
        PabulibFile(_meta(manifest.frame, money, place), money.amount, VoteType.APPROVAL, projects, votes)
    )


def _projects(ledger: Ledger, titles: Mapping[str, str], pot: str) -> Iterator[Project]:
    for step in ledger.steps:
        if step.pot == pot and step.why != "withdrawn":
            yield Project(
                step.plan, step.cost, titles[step.plan], selected=int(step.won), more={"votes": str(step.votes)}
            )


def _meta(frame: Frame, pot: Pot, place: str) -> dict[str, str]:
    vote = frame.calendar.phase(PhaseKind.VOTE)
    days = [f"{frame.local(moment):%d.%m.%Y}" for moment in ((vote.opens, vote.closes) if vote else ())] or ["", ""]
    within = frame.ballot.kind is BallotKind.WITHIN_MONEY
    limit = {"max_sum_cost": str(pot.amount // 100)} if within else {"max_length": str(frame.ballot.at_most)}
    return {
        "description": frame.name,
        "country": "Netherlands",
        "unit": place,
        "subunit": pot.name,
        "instance": days[0][-4:],
        "num_projects": "",
        "num_votes": "",
        "budget": "",
        "vote_type": "",
        "rule": RULE_NAMES[frame.counting.misfit],
        "date_begin": days[0],
        "date_end": days[1],
        **limit,
        "language": "nl",
        "currency": "EUR",
    }
