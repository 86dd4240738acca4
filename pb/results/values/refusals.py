"""Why votes are not counted, an outcome is not adopted, and a plan did not win."""

from pb.base.refusals import Refusal


class CountingRefusal(Refusal):
    """Why votes are not counted, or an outcome is not adopted or published."""

    NOT_OPENED = "results.not_opened"
    NOT_COUNTED = "results.not_counted"
    ALREADY_ADOPTED = "results.already_adopted"
    NOT_ADOPTED = "results.not_adopted"
    ALREADY_PUBLISHED = "results.already_published"
    COUNTED_ANEW = "results.counted_anew"
    NOTHING_FOR_AUDITOR = "results.nothing_for_auditor"


class NotWon(Refusal):
    """Why a plan did not win, in one sentence."""

    DOES_NOT_FIT = "results.why.does_not_fit"
    AFTER_STOP = "results.why.after_stop"
    TOO_FEW_VOTES = "results.why.too_few_votes"
    WITHDRAWN = "results.why.withdrawn"
    TOO_DEAR = "results.why.too_dear"
    SUPPORT_TOO_POOR = "results.why.support_too_poor"
    CEILING_REACHED = "results.why.ceiling_reached"
    EXCLUDED = "results.why.excluded"
    CORRECTED = "results.why.corrected"


class TrialRefusal(Refusal):
    """Why a rule is not tried on these votes."""

    NO_FILE = "trial.no_file"
    TOO_LARGE = "trial.too_large"
    TOO_MANY = "trial.too_many"
    TOO_LONG = "trial.too_long"


class NotWonByPoints(Refusal):
    """The same where ballots give points."""

    DOES_NOT_FIT = "results.why.points.does_not_fit"
    AFTER_STOP = "results.why.points.after_stop"
    TOO_FEW_VOTES = "results.why.points.too_few_votes"
    WITHDRAWN = "results.why.points.withdrawn"
    TOO_DEAR = "results.why.points.too_dear"
    SUPPORT_TOO_POOR = "results.why.points.support_too_poor"
    CEILING_REACHED = "results.why.points.ceiling_reached"
    EXCLUDED = "results.why.points.excluded"
