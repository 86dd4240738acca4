"""A correction of a public result as other rooms see it, and why one is refused."""

from dataclasses import dataclass
from datetime import datetime

from pb.base.refusals import Refusal
from pb.rounds.values import Decision, DecisionRecord

COUNTED = 1
"""The version that the count gave; corrections are numbered from the next."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks: the codes of the plans that win from now on, why, and the decision that says so.

    `reason` ends the sentence *the result was corrected, because …*.
    """

    winners: tuple[str, ...]
    reason: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Correction:
    """A later version of the result: who wins in it, by code in the order of the count, why, and by which decision."""

    version: int
    winners: tuple[str, ...]
    reason: str
    decision: DecisionRecord
    at: datetime


class CorrectionRefusal(Refusal):
    """Why a public result is not corrected in this way."""

    NOT_PUBLISHED = "correction.not_published"
    PLAN_UNKNOWN = "correction.plan_unknown"
    NOTHING_CHANGED = "correction.nothing_changed"
    WITHDRAWN = "correction.withdrawn"
    TOO_DEAR = "correction.too_dear"
    CEILING = "correction.ceiling"
    EXCLUDED = "correction.excluded"
    REASON_MISSING = "correction.reason_missing"
    REASON_TOO_LONG = "correction.reason_too_long"
    OLD_DECISION = "correction.old_decision"
    DECISION_EARLIER = "correction.decision_earlier"
