"""From a file to what a rule counts."""

from collections.abc import Iterator, Mapping

from pb.base.refusals import Refused
from pb.counting.election import Ballot, Election, Plan, Pot, grouped, grouped_points
from pb.counting.pabulib.values import PabulibFile, Project, Vote, VoteType
from pb.counting.refusals import CountRefusal

POT = "all"
WITHDRAWN = 999_999_999_00
"""The cost that the collection writes for a plan that was withdrawn after people could vote for it."""
MOST_SCORES = 50_000_000
"""Scores of all voters together, where those who say nothing of a plan give it one too."""
RANKED_OR_RATED = frozenset({VoteType.CUMULATIVE, VoteType.SCORING, VoteType.ORDINAL})


def election_of(file: PabulibFile) -> Election:
    """The election of a file: one pot, every project a plan; points where voters gave points or ranked."""
    return Election((Pot(POT, file.budget),), tuple(_plan(project) for project in file.projects), _ballots(file))


def themes_of(project: Project) -> tuple[str, ...]:
    """The themes of a project; a file calls them categories."""
    return tuple(filter(None, (theme.strip() for theme in project.more.get("category", "").split(","))))


def _plan(project: Project) -> Plan:
    area = project.more.get("neighborhood", "").strip()
    return Plan(project.id, project.cost, POT, project.cost == WITHDRAWN, themes_of(project), area)


def _ballots(file: PabulibFile) -> tuple[Ballot, ...]:
    if file.vote_type not in RANKED_OR_RATED:
        return grouped(vote.choices for vote in file.votes)
    return grouped_points(_points(file))


def _points(file: PabulibFile) -> Iterator[Mapping[str, int]]:
    """Each voter's points by plan. A plan that a scoring voter left out gets the file's default score.

    Raises `Refused` where that would be too many to hold.
    """
    longest = file.number("max_length") or len(file.projects)
    default = file.number("default_score") if file.vote_type is VoteType.SCORING else None
    if default and len(file.votes) * len(file.projects) > MOST_SCORES:
        raise Refused(CountRefusal.TOO_LARGE())
    others = dict.fromkeys((project.id for project in file.projects), default) if default else {}
    for vote in file.votes:
        given = vote.points or _ranked(vote, longest)
        yield {**others, **dict(zip(vote.choices, given, strict=True))}


def _ranked(vote: Vote, longest: int) -> tuple[int, ...]:
    """What a ranking is worth where the file does not say: the longest that it may be less the place, from 0."""
    return tuple(longest - place for place in range(len(vote.choices)))
