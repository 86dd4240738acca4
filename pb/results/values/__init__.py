"""Values of the results: the outcome as other rooms see it, what explains it, and why it is not there or not won."""

from pb.results.values.explanation import Explanation, OtherRule, Unfair
from pb.results.values.outcome import MoneyPart, Outcome, PlanResult
from pb.results.values.refusals import CountingRefusal, NotWon

__all__ = [
    "CountingRefusal",
    "Explanation",
    "MoneyPart",
    "NotWon",
    "OtherRule",
    "Outcome",
    "PlanResult",
    "Unfair",
]
