"""A round whose plans were judged and whose jury sits, for the tests of the selection."""

from dataclasses import dataclass

from pb.base.access import Role
from pb.base.transaction import transaction
from pb.rounds.values import RoundRecord, Selection, SelectionBy, SelectionWhen
from pb.selection.acts import save_scores
from pb.selection.models import VerdictRow
from tests.factories import a_frame, a_person, a_plan, a_role, a_round, at

SELECTING = at(5, 5)
CRITERIA = ("buurt", "bereik")


@dataclass(frozen=True)
class Jury:
    """A round in its selection: three feasible plans for two places, and two jurors."""

    round_: RoundRecord
    plans: tuple[int, ...]
    jurors: tuple[int, int]
    organiser: int


def a_jury(by: SelectionBy = SelectionBy.JURY, places: int = 2, likes: tuple[int, ...] = (2, 3, 4)) -> Jury:
    """The round; its plans are `p1`, `p2`, … and have as many likes as `likes` says."""
    round_ = a_round(a_frame(likes_needed=2, selection=Selection(SelectionWhen.WHEN_NEEDED, by, places)))
    organiser, jurors = a_person(), (a_person(), a_person())
    a_role(organiser, round_.id, Role.ORGANISER)
    for juror in jurors:
        a_role(juror, round_.id, Role.JUROR)
    plans = tuple(
        a_plan(round_.id, a_person(), title=f"Plan {number}", likes=count, code=f"p{number}")
        for number, count in enumerate(likes, start=1)
    )
    for plan in plans:
        judged(round_.id, plan, organiser)
    return Jury(round_, plans, jurors, organiser)


def judged(round_id: int, plan_id: int, by: int, feasible: bool = True, reason: str = "") -> None:
    """A verdict that was given during the test."""
    with transaction() as session:
        columns = {"feasible": feasible, "reason": reason, "judged_by": by, "judged_at": at(4, 20), "version": 1}
        session.add(VerdictRow(plan_id=plan_id, round_id=round_id, **columns))


def scored(jury: Jury, juror: int, *given: int) -> None:
    """The juror gives each plan the same points on every criterion, in the order of the plans."""
    points = {(plan, code): value for plan, value in zip(jury.plans, given, strict=True) for code in CRITERIA}
    save_scores(jury.round_.id, juror, points)
