"""The open ballots of a round as a Pabulib file, pure: what anyone needs to count one pot again.

A pot in which only a few people voted has no file: their ballots would point at them.
"""

from collections.abc import Iterator, Mapping

from pb.counting.ledger import Step
from pb.counting.pabulib import PabulibFile, Project, Vote, VoteType, write_pabulib
from pb.results.values import Outcome
from pb.rounds.values import BallotKind, Frame, Misfit, PhaseKind, Pot
from pb.voting.values import Manifest, Opened

RULE_NAMES = {Misfit.SKIP: "greedy", Misfit.STOP: "greedy-no-skip"}
"""What the collection calls most votes."""


LEAST_BALLOTS = 5


def is_open(frame: Frame, pot: str, styles: Mapping[str, int]) -> bool:
    """Whether the ballots of a pot can be shown; `styles` gives the ballots of each ballot style."""
    ballots = sum(styles.get(style, 0) for style, pots in frame.styles().items() if pot in pots)
    return ballots == 0 or ballots >= LEAST_BALLOTS


def ballots_file(manifest: Manifest, opened: Opened, outcome: Outcome, pot: str, place: str) -> bytes:
    """The file of a pot: its plans and every ballot that could choose them, in the order of content.

    A plan that was withdrawn during the vote is left out, also from the ballots: the file counts to the same winners.
    """
    projects = tuple(_projects(outcome, pot))
    known = {project.id for project in projects}
    styles = {style for style, pots in manifest.styles.items() if pot in pots}
    chosen = sorted(
        tuple(choice for choice in ballot.choices if choice in known)
        for ballot in opened.ballots
        if ballot.style in styles
    )
    votes = tuple(Vote(str(number), choices) for number, choices in enumerate(chosen, start=1))
    money = manifest.frame.pot(pot)
    return write_pabulib(
        PabulibFile(_meta(manifest.frame, money, place), money.amount, VoteType.APPROVAL, projects, votes)
    )


def _projects(outcome: Outcome, pot: str) -> Iterator[Project]:
    for result in outcome.results:
        step: Step = result.step
        if step.pot == pot and result.step.why != "withdrawn":
            more = {"votes": str(step.votes)}
            yield Project(step.plan, step.cost, result.plan.title, selected=int(step.won), more=more)


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
