"""What may be done with the roll, pure."""

from pb.base.refusals import Reason
from pb.roll.values import RollRefusal
from pb.rounds.values import RoundRecord


def take_reasons(round_: RoundRecord) -> list[Reason]:
    """Why no credential file is taken now: the frame still changes, or two people have sealed the roll."""
    if round_.sealed_at is not None:
        return [RollRefusal.SEALED()]
    return [] if round_.adopted else [RollRefusal.NOT_ADOPTED()]
