"""A round whose vote is over and opened, for the tests of the results."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pb.base.access import Role
from pb.results.acts import ask_result_adoption, count_round, publish_result
from pb.results.corrections.acts import ask_correction
from pb.results.corrections.values import Wish
from pb.rounds.values import Decision, Frame
from pb.voting.acts import cast_ballot, close_vote, open_rehearsal
from tests.factories import CALENDAR, a_person, a_role, at
from tests.voting import Voting, a_vote, confirm

Move = Callable[[datetime], None]
CLOSES = CALENDAR.phases[-1].closes
DECISION = Decision("Gemeenteraad", date(2020, 6, 30), "2020-114", "https://example.org/besluit")


@dataclass(frozen=True)
class Over:
    """A round after its vote, and the two who work on the result."""

    vote: Voting
    organiser: int
    second: int

    @property
    def id(self) -> int:
        """The round's number."""
        return self.vote.id

    @property
    def slug(self) -> str:
        """The round's address."""
        return self.vote.round.slug


def over(
    move: Move,
    ballots: Sequence[tuple[str, ...]],
    frame: Frame | None = None,
    pots: dict[str, str] | None = None,
    more_codes: int = 1,
) -> Over:
    """The round after these ballots, one a voter; `more_codes` people did not vote."""
    vote = a_vote(frame, codes=len(ballots) + more_codes, pots=pots)
    organiser, second = a_person(name="Olga"), a_person(name="Piet")
    for person in (organiser, second):
        a_role(person, vote.id, Role.ORGANISER)
    for code, choices in zip(vote.codes, ballots, strict=False):
        cast_ballot(vote.id, code, choices, bytes(16))
    move(CLOSES)
    close_vote(vote.id)
    open_rehearsal(vote.id, organiser)
    return Over(vote, organiser, second)


def adopted(over_: Over, move: Move) -> Over:
    """Counted, and adopted by two people."""
    move(at(7, 1))
    count_round(over_.id, over_.organiser)
    ask_result_adoption(over_.id, DECISION, over_.organiser)
    confirm(over_.id, over_.second)
    return over_


def published(over_: Over, move: Move) -> Over:
    """Adopted and made public."""
    adopted(over_, move)
    move(at(7, 3))
    publish_result(over_.id, over_.organiser)
    return over_


def a_wish(*winners: str, reason: str = "de grond niet te koop is", number: str = "2020-131") -> Wish:
    """A correction that is complete."""
    decision = Decision("Gemeenteraad", date(2020, 7, 9), number, f"https://example.org/{number}")
    return Wish(winners, reason, decision)


def corrected(over_: Over, move: Move, *wishes: Wish) -> Over:
    """Published, and corrected a week later by two people; more wishes are later corrections."""
    for day, wish in enumerate(wishes, start=10):
        move(at(7, day))
        ask_correction(over_.id, wish, over_.organiser)
        confirm(over_.id, over_.second)
    return over_
