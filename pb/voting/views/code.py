"""A voter's second step: the code, which is the confirmation; then the receipt, and wiping it from the device."""

import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import replace

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pb.base import access
from pb.base.refusals import Reason, Refused
from pb.office.throttle import address_bucket, note_failure, wait_seconds
from pb.rounds.guard import the_round
from pb.voting.acts import cast_ballot
from pb.voting.kept import Kept, forget, keep, read_kept
from pb.voting.protocol import KEY_BYTES, normal_choices
from pb.voting.values import KeyRefusal, Receipt, VoteRefusal
from pb.voting.views.blueprint import SealedVote, bp, not_open, open_vote, sealed_vote
from pb.voting.views.choose import ballot_page

ABOUT_CHOICES = {
    VoteRefusal.PLAN_UNKNOWN,
    VoteRefusal.PLAN_TWICE,
    VoteRefusal.PLAN_WITHDRAWN,
    VoteRefusal.OTHER_BALLOT,
    VoteRefusal.OVER_THE_MONEY,
    VoteRefusal.TOO_MANY_PLANS,
}
"""Reasons that a voter mends on the ballot, not beside the code."""


@bp.get("/rondes/<slug>/stemmen/code")
@access.public
def code(slug: str) -> ResponseReturnValue:
    """The choices and one field for the code."""
    kept = read_kept(slug)
    if kept is None or kept.cast:
        return redirect(url_for("voting.choose", slug=slug), 303)
    return code_page(slug, kept)


@bp.post("/rondes/<slug>/stemmen/code")
@access.public
def cast(slug: str) -> ResponseReturnValue:
    """Cast the ballot; the receipt is the answer. A form that was sent before gets the same receipt."""
    kept = read_kept(slug)
    if kept is None:
        return redirect(url_for("voting.choose", slug=slug), 303)
    sent = replace(kept, choices=normal_choices(request.form.getlist("plan")))
    if not _is_our_form(kept.key):
        return code_page(slug, _anew(sent), [VoteRefusal.STALE_PAGE()], 409)
    try:
        receipt = cast_ballot(the_round(slug).id, request.form.get("code", ""), sent.choices, bytes.fromhex(sent.key))
    except Refused as refused:
        return _explain(slug, sent, refused)
    return _receipt_page(slug, sent, receipt)


@bp.post("/rondes/<slug>/stemmen/klaar")
@access.public
def wipe(slug: str) -> ResponseReturnValue:
    """Wipe the choices from this device."""
    response = redirect(url_for("voting.done", slug=the_round(slug).slug), 303)
    return forget(response, slug)  # type: ignore[arg-type]


@bp.get("/rondes/<slug>/stemmen/klaar")
@access.public
def done(slug: str) -> ResponseReturnValue:
    """Nothing of a vote is left on this device."""
    return render_template("voting/done.html", round=the_round(slug))


def code_page(slug: str, kept: Kept, reasons: Sequence[Reason] = (), status: int = 200) -> ResponseReturnValue:
    """The page for the code. Its form and its cookie carry the key of this vote; both must come back."""
    vote = open_vote(slug)
    if not isinstance(vote, SealedVote):
        return not_open(slug, vote, status)
    if kept.style not in vote.manifest.styles:
        return redirect(url_for("voting.choose", slug=slug, gebied=""), 303)
    kept = kept if kept.key else _anew(kept)
    page = render_template(
        "voting/code.html",
        round=vote.round,
        vote=vote,
        kept=kept,
        chosen=vote.chosen(kept.style, kept.choices),
        spent=vote.spent(kept.choices),
        reasons=reasons,
        again=any(reason.refusal is VoteRefusal.KEY_USED for reason in reasons),
    )
    return keep(make_response(page, status), slug, kept)


def _is_our_form(key: str) -> bool:
    """Whether the form came from the page that set the cookie: both carry the same key."""
    sent = request.form.get("key", "")
    return bool(re.fullmatch(rf"[0-9a-f]{{{2 * KEY_BYTES}}}", sent)) and hmac.compare_digest(sent, key)


def _anew(kept: Kept) -> Kept:
    return replace(kept, key=secrets.token_hex(KEY_BYTES), cast=False)


def _explain(slug: str, sent: Kept, refused: Refused) -> ResponseReturnValue:
    """Why the vote was not taken, on the page where the voter can mend it."""
    found = {reason.refusal for reason in refused.reasons}
    vote = open_vote(slug)
    if not isinstance(vote, SealedVote):
        return not_open(slug, vote, refused.status)
    if VoteRefusal.CODE_NOT_VALID in found:
        return _wrong_code(slug, sent, refused)
    if found & ABOUT_CHOICES:
        return ballot_page(vote, sent, list(refused.reasons), refused.status)
    if VoteRefusal.KEY_USED in found or VoteRefusal.CHANGED_MEANWHILE in found:
        return code_page(slug, _anew(sent), refused.reasons, refused.status)
    if any(isinstance(refusal, KeyRefusal) for refusal in found):
        current_app.logger.error("vote: %s", refused)
        return code_page(slug, sent, [VoteRefusal.NOT_NOW()], refused.status)
    return code_page(slug, sent, refused.reasons, refused.status)


def _wrong_code(slug: str, sent: Kept, refused: Refused) -> ResponseReturnValue:
    """Count the failure, after the cast's own transaction has ended; too many in a row are asked to wait."""
    bucket = address_bucket("vote", request.remote_addr)
    note_failure(bucket)
    seconds = wait_seconds(bucket)
    if not seconds:
        return code_page(slug, sent, refused.reasons, refused.status)
    answer = make_response(code_page(slug, sent, [VoteRefusal.TOO_MANY_TRIES(about="code", seconds=seconds)], 429))
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _receipt_page(slug: str, sent: Kept, receipt: Receipt) -> ResponseReturnValue:
    """The receipt; `closes` is until when the vote may be changed, nothing when that is over."""
    vote, still_open = sealed_vote(slug), isinstance(open_vote(slug), SealedVote)
    page = render_template(
        "voting/receipt.html",
        round=the_round(slug),
        receipt=receipt,
        chosen=vote.chosen(sent.style, receipt.choices) if vote else [],
        closes=vote.box.closes if vote and still_open else None,
    )
    return keep(make_response(page), slug, sent.as_cast())
