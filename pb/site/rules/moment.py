"""Which round lives now, and what residents can do in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pb.rounds.rules import stage_at
from pb.rounds.values import PhaseKind, RoundRecord, Stage
from pb.site.values import Now

LIVELY = (
    Stage.VOTE,
    Stage.PROPOSE,
    Stage.SUPPORT,
    Stage.COUNT,
    Stage.SELECT,
    Stage.ASSESS,
    Stage.RESULT,
    Stage.AHEAD,
)
"""What the home page shows first: where people can do something, then where they wait, then what is over or ahead."""
PATHS = {
    Stage.AHEAD: "spelregels",
    Stage.PROPOSE: "plannen/nieuw",
    Stage.SUPPORT: "plannen",
    Stage.ASSESS: "plannen",
    Stage.SELECT: "plannen",
    Stage.VOTE: "stemmen",
    Stage.COUNT: "stemlijst",
    Stage.RESULT: "uitslag",
}
"""Where the main button of a stage leads, below the round's address."""


def live_round(rounds: Sequence[RoundRecord], host: datetime) -> RoundRecord | None:
    """The adopted round that the home page is about: real before rehearsal, then the liveliest, then the first given."""
    adopted = [round_ for round_ in rounds if round_.adopted]
    return min(adopted, key=lambda one: (one.rehearsal, LIVELY.index(stage_at(one, one.now(host)))), default=None)


def now_in(round_: RoundRecord, now: datetime) -> Now:
    """What can be done at `now`, until when, and what comes next where nothing can be done."""
    stage = stage_at(round_, now)
    phases = round_.frame.calendar.phases
    running = next((phase for phase in phases if phase.is_open(now)), None)
    if running:
        return Now(stage, PATHS[stage], until=last_minute(running.closes))
    coming = min((phase for phase in phases if phase.opens > now), key=lambda phase: phase.opens, default=None)
    if coming is None or stage is Stage.RESULT:
        return Now(stage, PATHS[stage])
    path = PATHS[Stage.AHEAD if stage is Stage.AHEAD else Stage.SUPPORT]
    return Now(stage, path, then=PhaseKind(coming.kind), opens=coming.opens)


def last_minute(closes: datetime) -> datetime:
    """A closing as people say it: what closes at midnight is open until 23.59 of the day before."""
    return closes - timedelta(minutes=1)
