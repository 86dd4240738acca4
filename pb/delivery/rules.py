"""What may be said about a winner."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from pb.base.money import LARGEST, Cents
from pb.base.refusals import Reason
from pb.delivery.values import DeliveryRefusal, Milestone, Project, Stop, StopState

LONGEST = 2000


def milestone_reasons(current: Milestone, to: Milestone, reason: str, dropped: bool = False) -> list[Reason]:
    """Why a project cannot go to this stop: it goes forward, and back only to correct a mistake, with a reason.

    One that a correction of the result took out (`dropped`) goes nowhere.
    """
    if dropped:
        return [DeliveryRefusal.DROPPED()]
    if to is current:
        return [DeliveryRefusal.ALREADY_THERE()]
    if to.place < current.place and not reason:
        return [DeliveryRefusal.BACK_WITHOUT_REASON(about="reason")]
    return []


def update_reasons(text: str, picture: str | None, picture_alt: str) -> list[Reason]:
    """Why news cannot be posted."""
    reasons = []
    if not text:
        reasons.append(DeliveryRefusal.TEXT_MISSING(about="text"))
    if len(text) > LONGEST:
        reasons.append(DeliveryRefusal.TEXT_TOO_LONG(about="text", longest=LONGEST))
    if picture and not picture_alt:
        reasons.append(DeliveryRefusal.PICTURE_WITHOUT_WORDS(about="picture_alt"))
    return reasons


def money_reasons(spent: Cents) -> list[Reason]:
    """Why an amount spent is not taken. More than was awarded is: it is shown as it is."""
    if spent < 0:
        return [DeliveryRefusal.NEGATIVE(about="spent")]
    return [DeliveryRefusal.TOO_LARGE(about="spent")] if spent > LARGEST else []


def reached(current: Milestone, stops: Iterable[tuple[Milestone, datetime]]) -> Mapping[Milestone, datetime]:
    """When each stop up to the current one was reached; after a correction the later moment holds."""
    return {
        milestone: at for milestone, at in sorted(stops, key=lambda stop: stop[1]) if milestone.place <= current.place
    }


def stops_of(project: Project) -> tuple[Stop, ...]:
    """All four stops of a winner: behind it, where it is, or ahead."""
    return tuple(Stop(one, _state(one, project.milestone), project.reached.get(one)) for one in Milestone)


def _state(stop: Milestone, current: Milestone) -> StopState:
    if stop is current and stop is not Milestone.DONE:
        return StopState.NOW
    return StopState.DONE if stop.place <= current.place else StopState.AHEAD
