"""A visitor of the demo who registers paper and reads none of it keeps nobody from the result."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask

from pb.demo.steps import _end_paper
from pb.rounds.values import RoundRecord
from pb.voting.acts import close_vote
from pb.voting.reads import box_of
from tests.paper import CLOSES, DAYS, a_paper_vote
from tests.rooms.test_voting_paper import Move


@dataclass
class AScene:
    """As much of the demo's scene as this step looks at."""

    round: RoundRecord
    move: Move

    @property
    def round_id(self) -> int:
        """The round's number."""
        return self.round.id

    def wait_until(self, moment: datetime) -> None:
        """Set the tests' clock."""
        self.move(moment)


def test_paper_that_nobody_reads_ends_by_itself(app: Flask, standing_clock: Move) -> None:
    paper = a_paper_vote(standing_clock)
    assert close_vote(paper.id) is False
    _end_paper(AScene(paper.vote.round, standing_clock))  # type: ignore[arg-type]
    box = box_of(paper.id)
    assert box and box.closed_at == CLOSES + timedelta(days=DAYS)
    _end_paper(AScene(paper.vote.round, standing_clock))  # type: ignore[arg-type]
    assert box_of(paper.id) == box
