"""Why something with the vote is refused."""

from pb.base.refusals import Refusal


class VoteRefusal(Refusal):
    """Why a vote is not taken. Whatever is wrong with a code that is typed well has the same words."""

    NOT_SEALED = "vote.not_sealed"
    NOT_YET = "vote.not_yet"
    CLOSED = "vote.closed"
    CODE_NOT_VALID = "vote.code_not_valid"
    PROOF_NOT_VALID = "vote.proof_not_valid"
    TOO_MANY_TRIES = "vote.too_many_tries"
    PLAN_UNKNOWN = "vote.plan_unknown"
    PLAN_TWICE = "vote.plan_twice"
    PLAN_WITHDRAWN = "vote.plan_withdrawn"
    OTHER_BALLOT = "vote.other_ballot"
    OVER_THE_MONEY = "vote.over_the_money"
    TOO_MANY_PLANS = "vote.too_many_plans"
    ONLY_ONE_PLAN = "vote.only_one_plan"
    NOT_A_NUMBER = "vote.not_a_number"
    PLACE_MISSING = "vote.place_missing"
    PLACE_TWICE = "vote.place_twice"
    PLACE_LEFT_OUT = "vote.place_left_out"
    KEY_USED = "vote.key_used"
    NOTHING_KEPT = "vote.nothing_kept"
    STALE_PAGE = "vote.stale_page"
    POSTCODE_UNKNOWN = "vote.postcode_unknown"
    CHANGED_MEANWHILE = "vote.changed_meanwhile"
    NOT_NOW = "vote.not_now"
    NOT_SURE = "vote.not_sure"


class SealRefusal(Refusal):
    """What is missing or in the way before a manifest is sealed."""

    NO_FRAME = "seal.no_frame"
    NO_VOTE = "seal.no_vote"
    ALREADY_OPEN = "seal.already_open"
    NO_SHORTLIST = "seal.no_shortlist"
    NO_ROLL = "seal.no_roll"
    STYLE_WITHOUT_CODES = "seal.style_without_codes"
    PLAN_WITHOUT_POT = "seal.plan_without_pot"
    CHANGED_SINCE = "seal.changed_since"
    NOTHING_CHANGED = "seal.nothing_changed"


class WithdrawRefusal(Refusal):
    """Why a plan is not taken off a sealed ballot."""

    NOT_ON_BALLOT = "withdrawal.not_on_ballot"
    ALREADY = "withdrawal.already"
    REASON_MISSING = "withdrawal.reason_missing"
    CLOSED = "withdrawal.closed"


class KeyRefusal(Refusal):
    """Why this process does not touch the keys of a round."""

    MISSING = "keys.missing"
    BROKEN = "keys.broken"
    NOT_THESE = "keys.not_these"
    ALREADY_THERE = "keys.already_there"
    NO_PRIVATE_HALF = "keys.no_private_half"
    DESTROYED = "keys.destroyed"
    REHEARSAL_ONLY = "keys.rehearsal_only"


class PileRefusal(Refusal):
    """Why piles are not closed, exported, opened or taken in."""

    STILL_OPEN = "piles.still_open"
    NOT_CLOSED = "piles.not_closed"
    NOT_EXPORTED = "piles.not_exported"
    ALREADY_OPENED = "piles.already_opened"
    BROKEN = "piles.broken"
    OTHER_ROUND = "piles.other_round"
    WRONG_KEY = "piles.wrong_key"
    WRONG_NUMBER = "piles.wrong_number"
    STYLES_DIFFER = "piles.styles_differ"
    TOKEN_TWICE = "piles.token_twice"  # noqa: S105 - a message key
    TOKEN_UNKNOWN = "piles.token_unknown"  # noqa: S105 - a message key
    BALLOT_NOT_CAST = "piles.ballot_not_cast"
    BALLOT_AGAINST_RULE = "piles.ballot_against_rule"


class LogRefusal(Refusal):
    """Why nothing is added to the public log, or no ballot is looked for in it."""

    BROKEN = "log.broken"
    OUTBOX_BROKEN = "log.outbox_broken"
    ENDED = "log.has_ended"
    NOT_A_NUMBER = "log.not_a_number"
    NOT_NOW = "log.not_now"


class DrawRefusal(Refusal):
    """Why a draw by hand is not entered, or what waits for one."""

    MISSING = "draw.missing"
    NOT_ASKED = "draw.not_asked"
    TOO_EARLY = "draw.too_early"
    ALREADY = "draw.already"
    OPENED = "draw.opened"
    PLAN_MISSING = "draw.plan_missing"
    PLAN_TWICE = "draw.plan_twice"
    PLAN_UNKNOWN = "draw.plan_unknown"
    HOW_MISSING = "draw.how_missing"
    HOW_LONG = "draw.how_long"


class DeskRefusal(Refusal):
    """Why a voting code is not activated or replaced at the desk."""

    NOT_A_HASH = "desk.not_a_hash"
    NOT_CHECKED = "desk.not_checked"
    OLD_UNKNOWN = "desk.old_unknown"
    OLD_NOT_ALIVE = "desk.old_not_alive"
    NOT_SPARE = "desk.not_spare"
    OTHER_STYLE = "desk.other_style"
    AREA_UNKNOWN = "desk.area_unknown"
    CLOSED = "desk.closed"
