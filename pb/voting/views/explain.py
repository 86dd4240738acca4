"""The last page before a vote, and why one was not taken: each "no" on the page where the voter can mend it."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from flask import current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from pb.base.refusals import Reason, Refused
from pb.counting.refusals import BallotRefusal
from pb.office.throttle import address_bucket, note_failure, wait_seconds
from pb.roll.values import CodeRefusal
from pb.voting.kept import Kept, keep
from pb.voting.protocol import KEY_BYTES
from pb.voting.rules import choice_reasons
from pb.voting.values import KeyRefusal, VoteRefusal
from pb.voting.views.blueprint import SealedVote, new_order, not_open, open_vote
from pb.voting.views.choose import ballot_page

ABOUT_CHOICES = {
    VoteRefusal.PLAN_UNKNOWN,
    VoteRefusal.PLAN_TWICE,
    VoteRefusal.PLAN_WITHDRAWN,
    VoteRefusal.OVER_THE_MONEY,
    VoteRefusal.TOO_MANY_PLANS,
    VoteRefusal.ONLY_ONE_PLAN,
    VoteRefusal.PLACE_MISSING,
    VoteRefusal.PLACE_TWICE,
    VoteRefusal.PLACE_LEFT_OUT,
    *BallotRefusal,
}
"""Reasons that a voter mends on the ballot, not beside the code."""
NEEDS_NEW_KEY = {VoteRefusal.KEY_USED, VoteRefusal.CHANGED_MEANWHILE, VoteRefusal.STALE_PAGE}
FREE_FOR_ALL = 1_000
"""Wrong codes a day from everywhere before all who fail are asked to wait: no round has so many honest ones."""
LONGEST_TYPED = 60


LAST_PAGES = {"voting.confirm": "voting/confirm.html", "voting.cast_proven": "voting/confirm.html"}
"""The last page at another door; elsewhere it asks for the code."""


def last_page(
    vote: SealedVote, kept: Kept, reasons: Sequence[Reason] = (), status: int = 200, typed: str = ""
) -> ResponseReturnValue:
    """The page with the button that casts; choices that do not count any more lead back to the ballot.

    Its form and its cookie carry the key of this vote; both must come back. `typed` is a code with a typing error.
    """
    wrong = choice_reasons(vote.manifest, kept.style, kept.choices, vote.box.withdrawn)
    if wrong:
        return ballot_page(vote, kept, wrong, status)
    kept = kept if kept.key else with_new_key(kept)
    page = render_template(
        LAST_PAGES.get(request.endpoint or "", "voting/code.html"),
        round=vote.round,
        kept=kept,
        chosen=vote.chosen(kept.choices),
        reasons=reasons,
        again=any(reason.refusal is VoteRefusal.KEY_USED for reason in reasons),
        typed=typed[:LONGEST_TYPED],
    )
    return keep(make_response(page, status), vote.round, vote.manifest, kept)


def with_new_key(kept: Kept) -> Kept:
    """The same choices as a vote of its own."""
    return replace(kept, key=secrets.token_hex(KEY_BYTES), cast=False)


def show_again(slug: str, sent: Kept, refused: Refused) -> ResponseReturnValue:
    """The vote was refused: the choices are kept, and the page says why."""
    vote = open_vote(slug)
    if not isinstance(vote, SealedVote):
        gone = [reason for reason in refused.reasons if reason.refusal is KeyRefusal.DESTROYED]
        return not_open(slug, [*vote, *gone], refused.status)
    found = {reason.refusal: reason for reason in refused.reasons}
    if VoteRefusal.CODE_NOT_VALID in found:
        return _wrong_code(vote, sent, refused)
    if VoteRefusal.OTHER_BALLOT in found:
        style = str(found[VoteRefusal.OTHER_BALLOT].facts["style"])
        return ballot_page(vote, Kept(style, (), new_order()), refused.reasons, refused.status)
    if ABOUT_CHOICES & found.keys():
        return ballot_page(vote, sent, refused.reasons, refused.status)
    return _last_page_again(vote, sent, refused)


def _last_page_again(vote: SealedVote, sent: Kept, refused: Refused) -> ResponseReturnValue:
    reasons = refused.reasons
    if any(isinstance(reason.refusal, KeyRefusal) for reason in reasons):
        current_app.logger.error("vote: %s", refused)
        reasons = (VoteRefusal.NOT_NOW(),)
    mistyped = any(isinstance(reason.refusal, CodeRefusal) for reason in reasons)
    anew = any(reason.refusal in NEEDS_NEW_KEY for reason in reasons)
    typed = request.form.get("code", "") if mistyped else ""
    return last_page(vote, with_new_key(sent) if anew else sent, reasons, refused.status, typed)


def not_saved(slug: str, sent: Kept, error: SQLAlchemyError) -> ResponseReturnValue:
    """The database is locked, slow or away. The key stays, so that a vote that came through is not cast twice."""
    current_app.logger.error("vote: %s", type(error).__name__)
    vote = open_vote(slug)
    if not isinstance(vote, SealedVote):
        return not_open(slug, vote, 503)
    answer = make_response(last_page(vote, sent, [VoteRefusal.NOT_SURE()], 503))
    answer.headers["Retry-After"] = "5"
    return answer


def _wrong_code(vote: SealedVote, sent: Kept, refused: Refused) -> ResponseReturnValue:
    """Count the failure, after the cast's own transaction has ended; too many in a row are asked to wait."""
    seconds = _count_failure()
    if not seconds:
        return last_page(vote, sent, refused.reasons, refused.status)
    answer = make_response(last_page(vote, sent, [VoteRefusal.TOO_MANY_TRIES(about="code", seconds=seconds)], 429))
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _count_failure() -> int:
    """Count it for this address and for everybody together; gives the seconds to wait."""
    here, everywhere = address_bucket("vote", request.remote_addr), address_bucket("vote", "everywhere")
    note_failure(here)
    note_failure(everywhere)
    return max(wait_seconds(here), wait_seconds(everywhere, FREE_FOR_ALL))
