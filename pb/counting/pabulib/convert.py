"""From a file to what a rule counts."""

from pb.base.refusals import Refused
from pb.counting.election import Election, Plan, Pot, grouped
from pb.counting.pabulib.refusals import FileRefusal
from pb.counting.pabulib.values import PabulibFile, VoteType

POT = "all"
COUNTED = frozenset({VoteType.APPROVAL, VoteType.CHOOSE_1})
"""Vote types that are counted: those in which a choice is a choice, without points or ranks."""


def election_of(file: PabulibFile) -> Election:
    """The election of a file: one pot, every project a plan. Raises `Refused` for a vote type that is not built yet."""
    if file.vote_type not in COUNTED:
        raise Refused(FileRefusal.NOT_BUILT(line=1, column=1, name=file.vote_type.value))
    return Election(
        pots=(Pot(POT, file.budget),),
        plans=tuple(Plan(project.id, project.cost, POT) for project in file.projects),
        ballots=grouped(vote.choices for vote in file.votes),
    )
