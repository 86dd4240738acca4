"""What a frame chooses from: each choice is an enum whose values stand in files and addresses."""

from enum import StrEnum


class PhaseKind(StrEnum):
    """A stretch of time in which certain deeds are open."""

    PROPOSE = "propose"
    SUPPORT = "support"
    ASSESS = "assess"
    SELECT = "select"
    VOTE = "vote"


class Stage(StrEnum):
    """Where a round is, for people: the phase that began last, and what follows the vote."""

    AHEAD = "ahead"
    PROPOSE = "propose"
    SUPPORT = "support"
    ASSESS = "assess"
    SELECT = "select"
    VOTE = "vote"
    COUNT = "count"
    RESULT = "result"


class PotKind(StrEnum):
    """What divides the money: nothing, an area of the neighbourhood, or a theme."""

    WHOLE = "whole"
    AREA = "area"
    THEME = "theme"


class Proposers(StrEnum):
    """Who may hand in a plan."""

    ANYONE = "anyone"
    RESIDENTS = "residents"
    RESIDENTS_AND_ORGANISATIONS = "residents_and_organisations"


class SelectionWhen(StrEnum):
    """Whether feasible plans are selected before the vote."""

    NEVER = "never"
    WHEN_NEEDED = "when_needed"
    ALWAYS = "always"


class SelectionBy(StrEnum):
    """Who selects."""

    JURY = "jury"
    COMMITTEE = "committee"
    MOST_LIKES = "most_likes"


class BallotKind(StrEnum):
    """What a voter fills in."""

    WITHIN_MONEY = "within_money"
    UP_TO = "up_to"
    ONE = "one"
    POINTS = "points"
    RANKING = "ranking"


class Misfit(StrEnum):
    """What the count does with a plan that no longer fits in the money: look at the next one, or stop."""

    SKIP = "skip"
    STOP = "stop"


class TieRule(StrEnum):
    """How an equal number of votes is settled."""

    LOWER_COST_THEN_LOT = "lower_cost_then_lot"
    LOT = "lot"


class LotBy(StrEnum):
    """Where the lot of the count comes from: the seed that the manifest commits to, or a draw by hand after the close."""

    SEED = "seed"
    HAND = "hand"


class Openings(StrEnum):
    """Who sees the ballots after the count, each without its voter."""

    PUBLIC = "public"
    AUDITOR = "auditor"


class Payment(StrEnum):
    """How a winner is paid."""

    MUNICIPALITY = "municipality"
    SUBSIDY = "subsidy"
    ORDER = "order"
