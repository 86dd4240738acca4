"""Signing in and out, and a person's own page."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from flask_wtf import FlaskForm
from markupsafe import Markup

from pb.base import access
from pb.base.clock import host_now
from pb.base.refusals import Reason, Refused
from pb.extensions import limiter
from pb.office import throttle
from pb.office.values import OfficeRefusal
from pb.people import acts, reads, rules
from pb.people.forms import CodeForm, EmailForm, ProfileForm
from pb.people.panels import PANELS
from pb.people.session import await_code, awaited_address, enter, leave, this_browser
from pb.people.tokens import token_hash
from pb.people.values import Entered
from pb.words import say

bp = Blueprint("people", __name__)


@bp.route("/inloggen", methods=["GET", "POST"])
@access.public
@limiter.limit("30/hour", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for a link and a code by mail."""
    next_path = rules.local_path(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(_here(next_path))
    form = EmailForm()
    if not form.validate_on_submit():
        return render_template("people/sign_in.html", form=form), _status(form)
    try:
        await_code(acts.ask_sign_in(form.email.data or "", next_path))
    except Refused as refused:
        return _again("people/sign_in.html", form, refused)
    return redirect(url_for("people.code"))


@bp.route("/inloggen/code", methods=["GET", "POST"])
@access.public
def code() -> ResponseReturnValue:
    """Type the six digits, in the browser that asked for them."""
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("people/code.html", form=form, email=awaited_address()), _status(form)
    bucket = throttle.address_bucket("sign_in", request.remote_addr)
    try:
        _refuse_while_waiting(bucket)
        entered = acts.use_code(this_browser(), form.code.data or "")
    except Refused as refused:
        if refused.status != 429:
            throttle.note_failure(bucket)
        return _again("people/code.html", form, refused, email=awaited_address())
    return _welcome(entered)


@bp.route("/inloggen/link/<token>", methods=["GET", "POST"])
@access.public
def link(token: str) -> ResponseReturnValue:
    """The mailed link: opening it shows a button, so that a mail scanner which opens every link uses none up."""
    found = reads.sign_in_by_link(token_hash(token))
    if rules.using_reasons(found, host_now()):
        return render_template("people/link_spent.html"), 410
    if request.method != "POST":  # HEAD too: scanners use it
        return render_template("people/link.html", sign_in=found)
    try:
        return _welcome(acts.use_link(token))
    except Refused:
        return render_template("people/link_spent.html"), 410


@bp.post("/uitloggen")
@access.public
def sign_out() -> ResponseReturnValue:
    """Sign out in this browser."""
    leave()
    flash(gettext("sign_out.done"), "done")
    return redirect(_here("/"))


@bp.route("/mijn", methods=["GET", "POST"])
@access.signed_in
def mine() -> ResponseReturnValue:
    """A person's own page: the name to show, the language of mails, and what other rooms add."""
    form = ProfileForm(obj=reads.person_by_id(current_user.id))
    if form.validate_on_submit():
        acts.change_profile(current_user.id, form.public_name.data or "", form.locale.data)
        flash(gettext("my.saved"), "done")
        return redirect(url_for("people.mine"))
    panels = [Markup(panel(current_user.id)) for panel in PANELS]  # noqa: S704 - rendered by templates that escape
    return render_template("people/mine.html", form=form, panels=panels), _status(form)


@bp.post("/mijn/overal-uitloggen")
@access.signed_in
def end_sessions() -> ResponseReturnValue:
    """Sign out on every device."""
    acts.end_sessions(current_user.id)
    leave()
    flash(gettext("my.sessions_ended"), "done")
    return redirect(url_for("people.sign_in"))


def _refuse_while_waiting(bucket: bytes) -> None:
    if seconds := throttle.wait_seconds(bucket):
        raise Refused(OfficeRefusal.TOO_MANY_TRIES(seconds=seconds), status=429)


def _welcome(entered: Entered) -> ResponseReturnValue:
    enter(entered.person_id)
    flash(gettext("sign_in.done"), "done")
    for reason in entered.reasons:
        flash(say(reason), "wrong")
    return redirect(_here(entered.next_path))


def _again(template: str, form: EmailForm | CodeForm, refused: Refused, **facts: object) -> ResponseReturnValue:
    """The form as it was, with the reasons: those about a field beside it."""
    general: list[Reason] = []
    for reason in refused.reasons:
        if reason.about in form:
            form[reason.about].errors = [*form[reason.about].errors, say(reason)]
        else:
            general.append(reason)
    return render_template(template, form=form, reasons=general, **facts), refused.status


def _status(form: FlaskForm) -> int:
    return 422 if form.errors else 200


def _here(path: str) -> str:
    """A local path in the language of this request."""
    root = request.script_root
    return path if not root or path == root or path.startswith(f"{root}/") else f"{root}{path}"
