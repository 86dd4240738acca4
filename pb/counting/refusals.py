"""Why an election cannot be counted. A value is a message key; the facts of the reason name plan, pot or line."""

from pb.base.refusals import Refusal


class CountRefusal(Refusal):
    """Why this package gives no ledger."""

    NO_POT = "count.no_pot"
    NO_PLAN = "count.no_plan"
    POT_TWICE = "count.pot_twice"
    POT_WITHOUT_MONEY = "count.pot_without_money"
    PLAN_TWICE = "count.plan_twice"
    PLAN_WITHOUT_POT = "count.plan_without_pot"
    COST_NOT_POSITIVE = "count.cost_not_positive"
    BALLOT_EMPTY_GROUP = "count.ballot_empty_group"
    CHOICE_TWICE = "count.choice_twice"
    CHOICE_UNKNOWN = "count.choice_unknown"
    POINTS_DIFFER = "count.points_differ"
    BALLOT_POT_UNKNOWN = "count.ballot_pot_unknown"
    CONDITION_PLAN_UNKNOWN = "count.condition_plan_unknown"
    CAP_NEGATIVE = "count.cap_negative"
    THRESHOLD_WRONG = "count.threshold_wrong"
    LOT_INCOMPLETE = "count.lot_incomplete"
    TIE_NEEDS_LOT = "count.tie_needs_lot"
    NOT_A_LEDGER = "count.not_a_ledger"
    RULE_UNKNOWN = "count.rule_unknown"
    UNIT_TOO_SMALL = "count.unit_too_small"
    TOO_LARGE = "count.too_large"


class BallotRefusal(Refusal):
    """Why a filled-in ballot does not keep to its form."""

    UNKNOWN = "count.ballot.unknown"
    TWICE = "count.ballot.twice"
    TOO_DEAR = "count.ballot.too_dear"
    TOO_MANY = "count.ballot.too_many"
    TOO_FEW = "count.ballot.too_few"
    POINTS_MISSING = "count.ballot.points_missing"
    POINTS_OUTSIDE = "count.ballot.points_outside"
    TOO_MANY_POINTS = "count.ballot.too_many_points"
