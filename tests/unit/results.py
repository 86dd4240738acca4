"""Outcomes without a database, for the unit tests of the results."""

from pb.counting.ledger import Ledger, Step, Tie, Why
from pb.plans.values import PlanDraft, PlanRecord, PlanState
from pb.results.values import Explanation, Outcome, PlanResult
from pb.voting.values import Turnout
from tests.factories import at


def a_plan_record(number: int) -> PlanRecord:
    """A plan on the ballot."""
    return PlanRecord(
        number, 1, f"p{number}", PlanState.SUBMITTED, 1, PlanDraft(f"Plan {number}"), 4_200_00, 30, at(2, 3)
    )


def an_outcome(*whys: Why) -> Outcome:
    """An outcome with a plan for each `why`, in the order of the count."""
    steps = tuple(
        Step(
            plan=f"p{place}", pot="all", place=place, votes=7, cost=4_200_00, before=5_000_00,
            after=800_00 if why is Why.FITS else 5_000_00, won=why is Why.FITS, why=why, tie=Tie.NONE,
        )
        for place, why in enumerate(whys, start=1)
    )  # fmt: skip
    ledger = Ledger(
        rule="most-votes",
        settings={"caps": [], "conflicts": []},
        lot=(),
        ballots=9,
        blank=1,
        money=5_000_00,
        steps=steps,
    )
    results = tuple(PlanResult(a_plan_record(place), step, step.won) for place, step in enumerate(steps, start=1))
    return Outcome(1, 1, at(7, 1), ledger, "", results, Turnout(9, 20, {}), Explanation(9, 7))
