"""How far away a plan was that did not win: cheaper by how much, or how many votes more. All else stays as it was."""

from collections.abc import Sequence
from math import ceil, floor

from pb.base.cents import Cents
from pb.counting.conditions import Conditions
from pb.counting.ledger import Ledger, Step, Why

BY_VOTES = frozenset({"most-votes", "per-euro"})
"""Rules that look at plans in the order of their votes."""


def price_in_reach(ledger: Ledger, step: Step) -> Cents | None:
    """What the plan could have cost at most and would have won; `None` where no price would have helped, or nobody knows.

    A plan that did not fit could have cost what was left at its turn. One that its supporters could not pay could have cost
    what they have left at the end: then they have it all along, so it is bought, as long as the pot can pay it too.
    """
    if step.why is Why.SUPPORT_TOO_POOR and step.held is not None:
        return min(floor(step.held), step.before) or None
    in_turn = step.price is None and ledger.rule != "phragmen"
    return step.before or None if in_turn and step.why in {Why.DOES_NOT_FIT, Why.PARTLY} else None


def votes_in_reach(ledger: Ledger, step: Step) -> int | None:
    """How many votes more would have brought the plan to a turn at which it fitted; `None` under rules that do not ask that.

    With so many more it stands before the last plan of its pot that had enough money before it, and was looked at.
    """
    if ledger.rule not in BY_VOTES or step.why not in {Why.DOES_NOT_FIT, Why.PARTLY, Why.AFTER_STOP}:
        return None
    looked_at = [one for one in ledger.steps if one.pot == step.pot and one.why is not Why.AFTER_STOP]
    earlier = [one for one in looked_at if one.place < step.place and one.before >= step.cost]
    if not earlier:
        return None
    last = earlier[-1]
    return last.votes - step.votes + (0 if _goes_first(ledger, step, last) else 1)


def _goes_first(ledger: Ledger, one: Step, other: Step) -> bool:
    """Whether `one` would be in turn before `other` with as many votes."""
    return _turn(ledger.settings["tie"], ledger.lot, one) < _turn(ledger.settings["tie"], ledger.lot, other)


def _turn(tie: str, lot: Sequence[str], step: Step) -> tuple[Cents, int]:
    return step.cost if tie == "lower_cost_then_lot" else 0, lot.index(step.plan) if lot else 0


def people_in_reach(ledger: Ledger, step: Step) -> int | None:
    """How many people more, each giving the plan a whole share, would have paid what its supporters lack."""
    if step.held is None or step.why is not Why.SUPPORT_TOO_POOR:
        return None
    share = next(share.last for share in ledger.shares if share.pot == step.pot)
    return ceil((step.cost - step.held) / share)


def votes_needed(voters: int, conditions: Conditions) -> int:
    """How many votes (or points) a winner needs at least where so many people voted."""
    return max(conditions.least_votes, ceil(conditions.least_percent * voters / 100))
