"""A voter's second step: the code, which is the confirmation; then the receipt, and wiping it from the device."""

import hmac
import re
from dataclasses import replace

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from pb.base import access
from pb.base.refusals import Refused
from pb.doors.proofs import forget_proof
from pb.doors.values import Proof
from pb.rounds.guard import the_round
from pb.rounds.reads import now_of
from pb.voting.acts import cast_ballot
from pb.voting.kept import Kept, forget, keep, read_kept
from pb.voting.kiosk.device import kiosk_round, leave_nothing
from pb.voting.protocol import KEY_BYTES, moment_text, normal_choices, promise_bytes
from pb.voting.rules import last_moment
from pb.voting.values import Receipt, VoteRefusal
from pb.voting.views.blueprint import SealedVote, bp, not_open, open_vote, sealed_vote
from pb.voting.views.choose import start_page
from pb.voting.views.explain import last_page, not_saved, show_again


@bp.get("/rondes/<slug>/stemmen/code")
@access.public
def code(slug: str) -> ResponseReturnValue:
    """The choices and one field for the code."""
    vote = open_vote(slug)
    if not isinstance(vote, SealedVote):
        return not_open(slug, vote)
    kept = read_kept(slug, vote.manifest)
    if kept is None or kept.cast:
        return redirect(url_for("voting.choose", slug=slug), 303)
    if not vote.round.frame.door.takes_codes:
        return redirect(url_for("voting.confirm", slug=slug), 303)
    return last_page(vote, kept)


@bp.post("/rondes/<slug>/stemmen/code")
@access.public
def cast(slug: str) -> ResponseReturnValue:
    """Cast the ballot; the receipt is the answer. A form that was sent before gets the same receipt."""
    return cast_shown(slug, request.form.get("code", ""))


def cast_shown(slug: str, shown: str | Proof) -> ResponseReturnValue:
    """Cast the ballot in the form for whoever showed a code or another door's proof."""
    vote = sealed_vote(slug)
    kept = read_kept(slug, vote.manifest) if vote else None
    if vote is None or kept is None:
        return _nothing_kept(slug)
    sent = replace(kept, choices=normal_choices(request.form.getlist("plan")))
    if not _is_our_form(kept.key):
        return show_again(slug, sent, Refused(VoteRefusal.STALE_PAGE(), status=409))
    try:
        receipt = cast_ballot(vote.round.id, shown, sent.choices, bytes.fromhex(sent.key))
    except Refused as refused:
        return show_again(slug, sent, refused)
    except (OperationalError, NoConnection) as error:
        return not_saved(slug, sent, error)
    if kiosk := kiosk_round():
        return leave_nothing(make_response(redirect(url_for("voting.kiosk_done", slug=kiosk), 303)), slug)
    return _receipt_page(vote, sent, receipt)


@bp.post("/rondes/<slug>/stemmen/klaar")
@access.public
def wipe(slug: str) -> ResponseReturnValue:
    """Wipe the choices from this device, and who proved a right to vote."""
    answer = make_response(redirect(url_for("voting.done", slug=the_round(slug).slug), 303))
    return forget_proof(forget(answer, slug), slug)


@bp.get("/rondes/<slug>/stemmen/klaar")
@access.public
def done(slug: str) -> ResponseReturnValue:
    """Nothing of a vote is left on this device."""
    return render_template("voting/done.html", round=the_round(slug))


def _is_our_form(key: str) -> bool:
    """Whether the form came from the page that set the cookie: both carry the same key."""
    sent = request.form.get("key", "")
    return bool(re.fullmatch(rf"[0-9a-f]{{{2 * KEY_BYTES}}}", sent)) and hmac.compare_digest(sent, key)


def _nothing_kept(slug: str) -> ResponseReturnValue:
    """The device keeps nothing (any more): the empty start page says so, and shows nothing of what was sent."""
    vote = open_vote(slug)
    if not isinstance(vote, SealedVote):
        return not_open(slug, vote, 409)
    return start_page(vote, [VoteRefusal.NOTHING_KEPT()], 409)


def _receipt_page(vote: SealedVote, sent: Kept, receipt: Receipt) -> ResponseReturnValue:
    """The receipt; `until` is when the vote may be changed for the last time, nothing when that is over."""
    is_open = now_of(vote.round) < vote.box.closes
    page = render_template(
        "voting/receipt.html",
        round=vote.round,
        receipt=receipt,
        chosen=vote.chosen(receipt.choices),
        vote=vote,
        exact=_exact(vote, receipt),
        until=last_moment(vote.box.closes, vote.round.frame) if is_open else None,
    )
    return keep(make_response(page), vote.round, vote.manifest, sent.as_cast())


def _exact(vote: SealedVote, receipt: Receipt) -> dict[str, str]:
    """The promise as it was signed: its deadline as text, and all its bytes in hex."""
    deadline = receipt.promise.deadline
    signed = promise_bytes(vote.manifest.round, receipt.commitment, deadline)
    return {"deadline": moment_text(deadline), "promise": signed.hex()}
