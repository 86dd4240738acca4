"""Why a deed in a round, or a frame, is refused."""

from pb.base.refusals import Refusal


class RoundRefusal(Refusal):
    """Why a deed is not open in a round, whatever the room."""

    NOT_ADOPTED = "round.not_adopted"
    PHASE_AHEAD = "round.phase_ahead"
    PHASE_OVER = "round.phase_over"
    NO_SUCH_PHASE = "round.no_such_phase"
    UNKNOWN = "round.unknown"
    FROZEN = "round.frozen"
    SEALED = "round.sealed"
    REHEARSAL_ONLY = "round.rehearsal_only"
    CLOCK_BACK = "round.clock_back"
    OWN_REQUEST = "round.own_request"
    ALREADY_DECIDED = "round.already_decided"
    NOT_THE_SAME = "round.not_the_same"
    NOT_YOUR_ROLE = "round.not_your_role"
    SLUG_WRONG = "round.slug_wrong"
    SLUG_TAKEN = "round.slug_taken"
    NO_DRAFT = "round.no_draft"
    DRAFT_CHANGED = "round.draft_changed"
    ALREADY_ASKED = "round.already_asked"
    PROPOSE_PAST = "round.propose_past"
    LAST_ORGANISER = "round.last_organiser"
    QUESTION_UNKNOWN = "round.question_unknown"
    QUESTION_HALF = "round.question_half"


class DecisionRefusal(Refusal):
    """Why a recorded decision is not complete."""

    BODY_MISSING = "decision.body_missing"
    NUMBER_MISSING = "decision.number_missing"
    LINK_WRONG = "decision.link_wrong"
    DATE_AHEAD = "decision.date_ahead"


class AmendmentRefusal(Refusal):
    """Why an adopted, frozen frame may not change in this way."""

    NOTHING_CHANGED = "amendment.nothing_changed"
    ONLY_LATER = "amendment.only_later"
    ONLY_CLOSING = "amendment.only_closing"
    PAST = "amendment.past"
    REASON_MISSING = "amendment.reason_missing"
    NOT_YET = "amendment.not_yet"


class FrameRefusal(Refusal):
    """Why a frame cannot be adopted: each says what to do."""

    NAME_MISSING = "frame.name_missing"
    AREA_MISSING = "frame.area_missing"
    ZONE_UNKNOWN = "frame.zone_unknown"
    POSTCODE_WRONG = "frame.postcode_wrong"
    AGE_WRONG = "frame.age_wrong"
    REFERENCE_AFTER_VOTE = "frame.reference_after_vote"
    TOTAL_MISSING = "frame.total_missing"
    MINIMUM_MISSING = "frame.minimum_missing"
    MAXIMUM_BELOW_MINIMUM = "frame.maximum_below_minimum"
    MAXIMUM_ABOVE_POTS = "frame.maximum_above_pots"
    MINIMUM_ABOVE_POT = "frame.minimum_above_pot"
    POTS_MISSING = "frame.pots_missing"
    POTS_UNWANTED = "frame.pots_unwanted"
    POTS_DIFFER = "frame.pots_differ"
    POT_WITHOUT_POSTCODES = "frame.pot_without_postcodes"
    POT_WITHOUT_THEME = "frame.pot_without_theme"
    THEME_WITHOUT_POT = "frame.theme_without_pot"
    POSTCODE_TWICE = "frame.postcode_twice"
    POSTCODE_OUTSIDE = "frame.postcode_outside"
    POSTCODE_WITHOUT_POT = "frame.postcode_without_pot"
    LIST_NAME_MISSING = "frame.list_name_missing"
    LIST_CODE_WRONG = "frame.list_code_wrong"
    LIST_TWICE = "frame.list_twice"
    LIKES_WRONG = "frame.likes_wrong"
    LIKES_WITHOUT_SUPPORT = "frame.likes_without_support"
    MOST_LIKES_WITHOUT_SUPPORT = "frame.most_likes_without_support"
    SELECTION_WITHOUT_PHASE = "frame.selection_without_phase"
    JURY_WITHOUT_CRITERIA = "frame.jury_without_criteria"
    TEST_WITHOUT_CRITERIA = "frame.test_without_criteria"
    PLACES_MISSING = "frame.places_missing"
    PAPER_DAYS_WRONG = "frame.paper_days_wrong"
    REPORT_DAYS_WRONG = "frame.report_days_wrong"
    AT_MOST_MISSING = "frame.at_most_missing"
    AT_MOST_ABOVE_PLACES = "frame.at_most_above_places"
    PHASE_MISSING = "frame.phase_missing"
    PHASE_TWICE = "frame.phase_twice"
    PHASE_EMPTY = "frame.phase_empty"
    PHASES_OVERLAP = "frame.phases_overlap"
    RESULT_TOO_EARLY = "frame.result_too_early"
    DELIVERY_TOO_EARLY = "frame.delivery_too_early"


class DoorRefusal(Refusal):
    """Why the door of a frame cannot work: each says what to do."""

    NAME_MISSING = "frame.door.name_missing"
    ISSUER_WRONG = "frame.door.issuer_wrong"
    CLIENT_MISSING = "frame.door.client_missing"
    LEVEL_MISSING = "frame.door.level_missing"
    AGE_WITHOUT_CLAIM = "frame.door.age_without_claim"
    PLACE_WITHOUT_CLAIM = "frame.door.place_without_claim"
    PLACE_WITHOUT_POSTCODES = "frame.door.place_without_postcodes"
    ENTRY_WITHOUT_CODES = "frame.door.entry_without_codes"
    CODES_WITHOUT_ENTRY = "frame.door.codes_without_entry"
    PAPER_WITHOUT_CODES = "frame.door.paper_without_codes"
    EMAIL_WITH_AGE = "frame.door.email_with_age"
    EMAIL_WITH_AREAS = "frame.door.email_with_areas"
    EMAIL_WITH_CODES = "frame.door.email_with_codes"
    RISK_MISSING = "frame.door.risk_missing"
    VOTERS_MISSING = "frame.door.voters_missing"


class RuleRefusal(Refusal):
    """Why ballots of a frame cannot be filled in or counted as it says: each says what to do."""

    AT_LEAST_WRONG = "rule.at_least_wrong"
    RANKING_TOO_LONG = "rule.ranking_too_long"
    POINTS_WRONG = "rule.points_wrong"
    POINTS_A_PLAN_WRONG = "rule.points_a_plan_wrong"
    TOO_FEW_POINTS = "rule.too_few_points"
    NUMBERS_ON_PAPER = "rule.numbers_on_paper"
    NUMBERS_NOT_COUNTED = "rule.numbers_not_counted"
    NO_NUMBERS_TO_COUNT = "rule.no_numbers_to_count"
    STEP_WRONG = "rule.step_wrong"
    SHARE_WRONG = "rule.share_wrong"
    VOTES_WRONG = "rule.votes_wrong"
    CEILINGS_WITH_POTS = "rule.ceilings_with_pots"
    CEILING_TOO_LOW = "rule.ceiling_too_low"
    CEILING_TOO_HIGH = "rule.ceiling_too_high"


class TimeRefusal(Refusal):
    """Why a local hour names no moment, or two."""

    DOES_NOT_EXIST = "time.does_not_exist"
    EXISTS_TWICE = "time.exists_twice"
