"""Values of the results: the outcome as other rooms see it, what explains it, and why it is not there or not won."""

from pb.results.values.explanation import Explanation, OtherRule, Unfair
from pb.results.values.outcome import Band, MoneyPart, Outcome, PlanResult
from pb.results.values.refusals import CountingRefusal, NotWon, NotWonByPoints, TrialRefusal

__all__ = [
    "Band",
    "CountingRefusal",
    "Explanation",
    "MoneyPart",
    "NotWon",
    "NotWonByPoints",
    "OtherRule",
    "Outcome",
    "PlanResult",
    "TrialRefusal",
    "Unfair",
]
