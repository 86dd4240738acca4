"""The round's steps in time, from the first plan to the last euro."""

from datetime import datetime, timedelta

from pb.rounds.values import Phase, RoundRecord
from pb.site.rules.moment import last_minute
from pb.site.values import Step, StepName, StepState


def steps_at(round_: RoundRecord, now: datetime) -> tuple[Step, ...]:
    """Every phase, the result and the delivery, each over, going on or ahead at `now`."""
    phases = sorted(round_.frame.calendar.phases, key=lambda phase: phase.opens)
    return (*(_of_phase(phase, now) for phase in phases), _result(round_, now), _delivery(round_, now))


def _of_phase(phase: Phase, now: datetime) -> Step:
    state = StepState.NOW if phase.is_open(now) else StepState.DONE if phase.closes <= now else StepState.AHEAD
    return Step(StepName(phase.kind), state, phase.opens, last_minute(phase.closes))


def _result(round_: RoundRecord, now: datetime) -> Step:
    """Between the last phase and the publication the step is named *count*."""
    due = round_.frame.calendar.result
    if round_.published_at:
        return Step(StepName.RESULT, StepState.DONE, None, round_.published_at)
    counting = bool(round_.frame.calendar.phases) and all(phase.closes <= now for phase in round_.frame.calendar.phases)
    name, state = (StepName.COUNT, StepState.NOW) if counting else (StepName.RESULT, StepState.AHEAD)
    return Step(name, state, None, due)


def _delivery(round_: RoundRecord, now: datetime) -> Step:
    last_day = round_.frame.calendar.delivered_by
    if not round_.published_at:
        return Step(StepName.DELIVERY, StepState.AHEAD, None, last_day)
    over = round_.frame.local(now).date() >= last_day + timedelta(days=1)
    return Step(StepName.DELIVERY, StepState.DONE if over else StepState.NOW, None, last_day)
