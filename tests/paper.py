"""Paper for tests: a round whose vote has closed, with a batch that came in, and people who read forms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pb.base.access import Role
from pb.roll.codes import read_code
from pb.voting.keys import RoundKeys, keys_of
from pb.voting.paper.acts import enter_form, register_batch
from pb.voting.paper.values import Entered, Reading, Verdict
from pb.voting.reads import manifest
from tests.factories import CALENDAR, a_frame, a_person, a_role
from tests.voting import Voting, a_vote

CLOSES = CALENDAR.phases[-1].closes
DAYS = 2


@dataclass(frozen=True)
class Paper:
    """A vote with paper: `clerks` are four people at the desk."""

    vote: Voting
    clerks: tuple[int, ...]
    batch: int

    @property
    def id(self) -> int:
        """The round's number."""
        return self.vote.id

    @property
    def keys(self) -> RoundKeys:
        """The round's keys."""
        sealed = manifest(self.id)
        assert sealed is not None
        return keys_of(sealed)

    def read(self, form: int, by: int, *choices: str, code: int | str = 0) -> Entered:
        """Clerk number `by` enters these plans and a code, or the one with this number."""
        written = code if isinstance(code, str) else self.vote.codes[code]
        reading = Reading(Verdict.VOTE, tuple(sorted(choices)), read_code(written))
        return enter_form(self.id, self.batch, form, reading, self.clerks[by])

    def say(self, form: int, by: int, verdict: Verdict) -> Entered:
        """Clerk number `by` says that there is no vote on a form."""
        return enter_form(self.id, self.batch, form, Reading(verdict), self.clerks[by])


def a_paper_vote(move: Callable[[datetime], None], forms: int = 5, codes: int = 5, closed: bool = True) -> Paper:
    """A sealed round with paper days and one batch; the vote is closed unless told otherwise."""
    vote = a_vote(a_frame(paper_days=DAYS), codes=codes)
    clerks = tuple(a_person(name=name) for name in ("Anna", "Ben", "Carla", "Dirk"))
    for clerk in clerks:
        a_role(clerk, vote.id, Role.CLERK)
    batch = register_batch(vote.id, forms, clerks[0])
    if closed:
        move(CLOSES)
    return Paper(vote, clerks, batch)
