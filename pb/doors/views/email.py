"""The door with an e-mail address: ask for a mail, then type its code or press its link."""

from dataclasses import astuple

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from pb.base import access
from pb.base.refusals import Reason, Refused
from pb.doors.acts import mail_code
from pb.doors.cookies import WAITING
from pb.doors.forms import AddressForm, MailedCodeForm
from pb.doors.mailed import Mailed, address_of
from pb.doors.rules import prove_address
from pb.doors.values import ProofRefusal
from pb.doors.views.blueprint import bp, open_door, to_the_ballot
from pb.extensions import limiter
from pb.office.throttle import address_bucket, note_failure, wait_seconds
from pb.office.values import OfficeRefusal
from pb.rounds.values import DoorKind, RoundRecord
from pb.words import say, spoken


@bp.route("/rondes/<slug>/stemmen/e-mail", methods=["GET", "POST"])
@access.public
@limiter.limit("120/hour", methods=["POST"])
def email(slug: str) -> ResponseReturnValue:
    """Ask for a mail with a link and a code."""
    round_, form = open_door(slug, DoorKind.EMAIL), AddressForm()
    if not form.validate_on_submit():
        reasons = [ProofRefusal.EXPIRED()] if "verlopen" in request.args else []
        return _page("doors/email.html", round_, form, reasons)
    try:
        mailed = mail_code(round_, form.email.data or "", spoken())
    except Refused as refused:
        return _again("doors/email.html", round_, form, refused)
    return WAITING.keep(make_response(redirect(url_for("doors.mailed_code", slug=slug), 303)), slug, astuple(mailed))


@bp.route("/rondes/<slug>/stemmen/e-mail/code", methods=["GET", "POST"])
@access.public
def mailed_code(slug: str) -> ResponseReturnValue:
    """Type the code, on the device that asked for it."""
    round_, form, kept = open_door(slug, DoorKind.EMAIL), MailedCodeForm(), WAITING.read()
    mailed = Mailed(*kept) if kept else None
    if mailed is None or mailed.round != round_.public_id:
        return redirect(url_for("doors.email", slug=slug, verlopen=1), 303)
    if not form.validate_on_submit():
        return _page("doors/mailed_code.html", round_, form, address=mailed.address)
    try:
        _refuse_wrong_code(mailed, form.code.data or "")
    except Refused as refused:
        return _again("doors/mailed_code.html", round_, form, refused, address=mailed.address)
    proof = prove_address(round_.frame, round_.public_id, mailed.address)
    return WAITING.forget(make_response(to_the_ballot(round_, proof)), slug)


@bp.route("/rondes/<slug>/stemmen/e-mail/link/<token>", methods=["GET", "POST"])
@access.public
def mail_link(slug: str, token: str) -> ResponseReturnValue:
    """The mailed link: opening it shows a button, so that a mail scanner which opens every link confirms nothing."""
    round_ = open_door(slug, DoorKind.EMAIL)
    address = address_of(token, round_.public_id)
    if address is None:
        return _page("doors/email.html", round_, AddressForm(formdata=None), [ProofRefusal.EXPIRED()], 410)
    if request.method != "POST":  # HEAD too: scanners use it
        return render_template("doors/mail_link.html", round=round_, address=address)
    return to_the_ballot(round_, prove_address(round_.frame, round_.public_id, address))


def _refuse_wrong_code(mailed: Mailed, written: str) -> None:
    """Raise `Refused` for another code, and, after several of them from one place, until some time has passed."""
    bucket = address_bucket("door-code", request.remote_addr)
    if seconds := wait_seconds(bucket):
        raise Refused(OfficeRefusal.TOO_MANY_TRIES(seconds=seconds), status=429)
    if not mailed.fits(written):
        note_failure(bucket)
        raise Refused(ProofRefusal.WRONG_CODE(about="code"))


def _again(
    template: str, round_: RoundRecord, form: FlaskForm, refused: Refused, **facts: object
) -> ResponseReturnValue:
    """The page as it was, with the reasons: those about a field beside it."""
    for reason in refused.reasons:
        if reason.about in form:
            form[reason.about].errors = [*form[reason.about].errors, say(reason)]
    general = [reason for reason in refused.reasons if reason.about not in form]
    return _page(template, round_, form, general, refused.status, **facts)


def _page(
    template: str,
    round_: RoundRecord,
    form: FlaskForm,
    reasons: list[Reason] | None = None,
    status: int = 200,
    **facts: object,
) -> ResponseReturnValue:
    page = render_template(template, round=round_, form=form, reasons=reasons or [], **facts)
    return page, 422 if form.errors and status == 200 else status
