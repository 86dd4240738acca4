"""Plans in turn, as long as they fit: what most votes, votes per euro, per euro and completions have in common."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from pb.base.refusals import Refused
from pb.counting.election import Plan
from pb.counting.ledger import Part, Step, Why
from pb.counting.pot_count import PotCount
from pb.counting.refusals import CountRefusal
from pb.counting.space import Space

Merit = Callable[[Plan], int | Fraction]
"""What plans are ordered by; who has most goes first."""


class Misfit(StrEnum):
    """What happens at a plan that costs more than there is left."""

    SKIP = "skip"
    """It is passed over, and the next is looked at."""
    STOP = "stop"
    """The count ends there."""
    PART = "part"
    """The count ends there, and the plan would be paid in part."""


@dataclass(frozen=True, slots=True)
class Turns:
    """How plans come in turn. A plan that a cap or a winner keeps out is always passed over."""

    count: PotCount
    merit: Merit
    misfit: Misfit = Misfit.SKIP
    part: Part = Part.RULE

    def order(self, plan: Plan) -> tuple[int | Fraction, int, int, int, str]:
        """By this plans are sorted."""
        return (-self.merit(plan), *self.count.turn(plan))

    def rank(self, plan: Plan) -> tuple[int | Fraction, int, int]:
        """Plans of equal rank are tied: nothing but the lot tells them apart."""
        return (-self.merit(plan), *self.count.rank(plan))

    def why(self, plan: Plan, space: Space, stopped: bool) -> Why:
        """What becomes of a plan."""
        if plan.id in self.count.barred:
            return self.count.barred[plan.id]
        if stopped:
            return Why.AFTER_STOP
        why = space.why_not(plan) or Why.FITS
        part = why is Why.DOES_NOT_FIT and self.misfit is Misfit.PART and space.left
        return Why.PARTLY if part else why

    def ends(self, why: Why) -> bool:
        """Whether the count ends at a plan of which this became."""
        return self.misfit is not Misfit.SKIP and why in {Why.DOES_NOT_FIT, Why.PARTLY}


def in_turn(turns: Turns, space: Space, plans: Sequence[Plan], first: int = 1) -> Iterator[Step]:
    """A step for each plan, `first` being the first place. Raises `Refused` for a tie that decides, without a lot."""
    ordered = sorted(plans, key=turns.order)
    stopped = False
    for place, plan in enumerate(ordered, start=first):
        equals = [one for one in ordered if turns.merit(one) == turns.merit(plan)]
        if not stopped:
            _refuse_open_tie(turns, space, plan, equals)
        why = turns.why(plan, space, stopped)
        stopped = stopped or turns.ends(why)
        after = space.with_winner(plan) if why is Why.FITS else space
        yield _step(turns, plan, place, why, equals, (space, after))
        space = after


def _step(turns: Turns, plan: Plan, place: int, why: Why, equals: Sequence[Plan], spaces: tuple[Space, Space]) -> Step:
    return Step(
        plan=plan.id,
        pot=turns.count.pot.code,
        place=place,
        votes=turns.count.scores[plan.id],
        cost=plan.cost,
        before=spaces[0].left,
        after=spaces[1].left,
        won=why is Why.FITS,
        why=why,
        tie=turns.count.tie(plan, equals),
        part=turns.part,
    )


def _refuse_open_tie(turns: Turns, space: Space, plan: Plan, equals: Sequence[Plan]) -> None:
    """The first of some tied plans needs no lot when all of them fit together, nor when none of them does.

    With *skip* those that never fit do not compete; otherwise the first of them ends the count.
    """
    tied = [one for one in equals if turns.rank(one) == turns.rank(plan)]
    if turns.count.lot or tied[0] is not plan:
        return
    whys = [(one, turns.why(one, space, stopped=False)) for one in tied]
    fitting = [one for one, why in whys if why is Why.FITS]
    ending = [one for one, why in whys if turns.ends(why)]
    decides = fitting or (turns.misfit is Misfit.PART and len(ending) > 1)
    if decides and not space.holds([*fitting, *ending]):
        names = ", ".join(sorted(one.id for one in (*fitting, *ending)))
        raise Refused(CountRefusal.TIE_NEEDS_LOT(plans=names))
