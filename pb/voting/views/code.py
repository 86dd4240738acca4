"""A voter's second step: the code, which is the confirmation; then the receipt, and wiping it from the device."""

import hmac
import re
from dataclasses import replace
from textwrap import wrap

from flask import get_template_attribute, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from pb.base import access
from pb.base.refusals import Refused
from pb.doors.proofs import forget_proof
from pb.doors.values import Proof
from pb.office.skeleton import filled_page
from pb.rounds.guard import the_round
from pb.rounds.reads import now_of
from pb.rounds.rules import phase_reasons
from pb.rounds.values import PhaseKind
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
        receipt = cast_ballot(vote.round.id, shown, sent.choices, bytes.fromhex(sent.key), sealed=vote.sealed)
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
    round_, closes = vote.round, vote.box.closes
    facts = {
        "repeated": receipt.repeated,
        "until": last_moment(closes, round_.frame) if now_of(round_) < closes else None,
        "usually": vote.logged_by(),
        "deadline": receipt.promise.deadline,
    }
    votes_now = not phase_reasons(round_, PhaseKind.VOTE, now_of(round_))  # by which the round's tabs differ
    same = (round_.public_id, round_.frame_version, round_.sealed_at, round_.published_at, votes_now)
    page = filled_page(
        "voting/receipt.html", (*same, *facts.values()), {"round": round_, **facts}, _words(vote, receipt)
    )
    return keep(make_response(page), round_, vote.manifest, sent.as_cast())


def _words(vote: SealedVote, receipt: Receipt) -> dict[str, str]:
    """What of a receipt is of this voter only, in the words that its page shows; bytes in hex."""
    promise, choices = receipt.promise, ",".join(receipt.choices)
    signed = promise_bytes(vote.manifest.round, receipt.commitment, promise.deadline)
    chosen_plans = get_template_attribute("voting/_chosen.html", "chosen_plans")
    signs = wrap(receipt.tracking, 5)
    return {
        "chosen": chosen_plans(vote.chosen(receipt.choices), receipt.choices, vote.round.frame.ballot.kind),
        **{f"signs{place}": part for place, part in enumerate(signs)},
        "tracking": receipt.tracking,
        "nonce": receipt.nonce.hex(),
        "choices": choices,
        "shown": choices or "–",
        "commitment": receipt.commitment.hex(),
        "deadline": moment_text(promise.deadline),
        "promise": signed.hex(),
        "signature": promise.signature.hex(),
        "key": promise.key.hex(),
        "token": generate_csrf(),
    }
