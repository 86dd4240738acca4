"""Most votes: plans by their number of votes (or points), as long as they fit in their pot.

*skip* passes over a plan that does not fit and looks at the next; *stop* ends the pot's count there. In files of the
Pabulib collection *skip* is called `greedy` and *stop* `greedy-no-skip`; social choice knows the first as greedy
approval (Talmon and Faliszewski, *A Framework for Approval-Based Budgeting Methods*, AAAI 2019).

Equal votes are settled by lower cost and then by the lot, or by the lot alone. The lot is an argument: a list of plan
ids, drawn before the count. Where none is given and the winners would hang on it, the count is refused.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pb.counting.conditions import PLAIN, Conditions
from pb.counting.election import Election
from pb.counting.in_turn import Misfit, Turns, in_turn
from pb.counting.ledger import Ledger, Step
from pb.counting.pot_count import PotCount, ledger_of

RULE = "most-votes"


@dataclass(frozen=True, slots=True)
class MostVotes:
    """The settings: `skip` or stop, and what holds under every rule."""

    skip: bool = True
    conditions: Conditions = PLAIN


def count_most_votes(election: Election, rule: MostVotes, lot: Sequence[str] = ()) -> Ledger:
    """The ledger of a count, pot after pot. `lot` names every plan once, who is first wins a tie; or is empty.

    Raises `Refused` for an election or a lot that is not whole, and with `TIE_NEEDS_LOT` for a tie that decides.
    """
    misfit = Misfit.SKIP if rule.skip else Misfit.STOP

    def steps(count: PotCount) -> Iterator[Step]:
        return in_turn(Turns(count, lambda plan: count.scores[plan.id], misfit), count.space(), count.election.plans)

    return ledger_of(RULE, {"misfit": misfit.value}, election, rule.conditions, lot, steps)
