"""Most votes: plans by their number of votes, as long as they fit in their pot.

*skip* passes over a plan that does not fit and looks at the next; *stop* ends the pot's count there. In files of the
Pabulib collection *skip* is called `greedy` and *stop* `greedy-no-skip`; social choice knows the first as greedy
approval (Talmon and Faliszewski, *A Framework for Approval-Based Budgeting Methods*, AAAI 2019).

Equal votes are settled by lower cost and then by the lot, or by the lot alone. The lot is an argument: a list of plan
ids, drawn before the count. Where none is given and the winners would hang on it, the count is refused.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pb.base.money import Cents
from pb.base.refusals import Reason, Refused, refuse_if_any
from pb.counting.election import Election, Plan, Pot, election_reasons
from pb.counting.ledger import Ledger, Step, Tie, Why
from pb.counting.refusals import CountRefusal

RULE = "most-votes"


@dataclass(frozen=True, slots=True)
class MostVotes:
    """The settings: `skip` or stop; ties by lower cost before the lot; the votes that a winner needs at least."""

    skip: bool = True
    cheaper_first: bool = True
    least_votes: int = 0


@dataclass(frozen=True, slots=True)
class _Count:
    """A count that is going on: the settings, the votes, and the place of each plan in the lot (empty without one)."""

    rule: MostVotes
    votes: dict[str, int]
    lot: dict[str, int]

    def eligible(self, plan: Plan) -> bool:
        return not plan.withdrawn and self.votes[plan.id] >= self.rule.least_votes

    def rank(self, plan: Plan) -> tuple[int, int]:
        """Plans of equal rank are tied: nothing but the lot tells them apart."""
        return (-self.votes[plan.id], plan.cost if self.rule.cheaper_first else 0)


def count_most_votes(election: Election, rule: MostVotes, lot: Sequence[str] = ()) -> Ledger:
    """The ledger of a count, pot after pot. `lot` names every plan once, who is first wins a tie; or is empty.

    Raises `Refused` for an election or a lot that is not whole, and with `TIE_NEEDS_LOT` for a tie that decides.
    """
    refuse_if_any([*election_reasons(election), *_lot_reasons(election, lot)])
    count = _Count(rule, election.votes(), {plan: place for place, plan in enumerate(lot)})
    return Ledger(
        rule=RULE,
        settings={
            "misfit": "skip" if rule.skip else "stop",
            "tie": "lower_cost_then_lot" if rule.cheaper_first else "lot",
            "least_votes": rule.least_votes,
        },
        lot=tuple(lot),
        ballots=election.voters,
        blank=election.blank,
        money=sum(pot.money for pot in election.pots),
        steps=tuple(step for pot in election.pots for step in _pot_steps(count, election, pot)),
    )


def _lot_reasons(election: Election, lot: Sequence[str]) -> list[Reason]:
    if lot and sorted(lot) != sorted(plan.id for plan in election.plans):
        return [CountRefusal.LOT_INCOMPLETE()]
    return []


def _pot_steps(count: _Count, election: Election, pot: Pot) -> Iterator[Step]:
    plans = _in_order(count, [plan for plan in election.plans if plan.pot == pot.code])
    tied = {rank: list(equal) for rank, equal in groupby(plans, key=count.rank)}
    left, stopped = pot.money, False
    for place, plan in enumerate(plans, start=1):
        if not stopped:
            _refuse_open_tie(count, tied.pop(count.rank(plan), []), left)
        why = _why(count, plan, left, stopped)
        stopped = stopped or (why is Why.DOES_NOT_FIT and not count.rule.skip)
        won = why is Why.FITS
        after = left - plan.cost if won else left
        votes, tie = count.votes[plan.id], _tie(count, plan, plans)
        yield Step(plan.id, pot.code, place, votes, plan.cost, before=left, after=after, won=won, why=why, tie=tie)
        left = after


def _in_order(count: _Count, plans: Sequence[Plan]) -> list[Plan]:
    """Without a lot the id makes the order the same everywhere; it decides nothing: `_refuse_open_tie` sees to that."""
    return sorted(plans, key=lambda plan: (*count.rank(plan), count.lot.get(plan.id, 0), plan.id))


def _why(count: _Count, plan: Plan, left: Cents, stopped: bool) -> Why:
    if plan.withdrawn:
        return Why.WITHDRAWN
    if not count.eligible(plan):
        return Why.TOO_FEW_VOTES
    if stopped:
        return Why.AFTER_STOP
    return Why.FITS if plan.cost <= left else Why.DOES_NOT_FIT


def _refuse_open_tie(count: _Count, tied: Sequence[Plan], left: Cents) -> None:
    """Equal plans need no lot when all of them fit, or when none does; with *skip* those that never fit do not compete."""
    rivals = [plan for plan in tied if count.eligible(plan)]
    fitting = [plan for plan in rivals if plan.cost <= left]
    competing = fitting if count.rule.skip else rivals
    if not count.lot and fitting and sum(plan.cost for plan in competing) > left:
        names = ", ".join(sorted(plan.id for plan in competing))
        raise Refused(CountRefusal.TIE_NEEDS_LOT(plans=names, votes=count.votes[competing[0].id]))


def _tie(count: _Count, plan: Plan, plans: Sequence[Plan]) -> Tie:
    """What told this plan apart from others with as many votes."""
    others = [one for one in plans if one is not plan and count.votes[one.id] == count.votes[plan.id]]
    if not others:
        return Tie.NONE
    if all(count.rank(one) != count.rank(plan) for one in others):
        return Tie.LOWER_COST
    return Tie.LOT if count.lot else Tie.NO_MATTER
