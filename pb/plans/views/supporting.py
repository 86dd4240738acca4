"""A neighbour's journey: support a plan or say why not, also before signing in."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.clock import host_now
from pb.base.refusals import Reason, Refused, refuse_if_any
from pb.base.text import clean_line, clean_text
from pb.extensions import limiter
from pb.plans import rules
from pb.plans.acts import give_argument, like_plan, unlike_plan
from pb.plans.forms import ArgumentForm, EmailForm
from pb.plans.values import PlanRecord, PlanRefusal, Side
from pb.plans.views.blueprint import bp, closed_page, on_form, the_plan, wait_for_mail
from pb.rounds.guard import the_round


@bp.route("/rondes/<slug>/plannen/<code>/steunen", methods=["GET", "POST"])
@access.public
@limiter.limit("120/hour", methods=["POST"])
def support(slug: str, code: str) -> ResponseReturnValue:
    """Support a plan. Who is not signed in leaves an address; the like counts when they confirm it."""
    round_ = the_round(slug)
    plan, here = the_plan(round_, code), url_for("plans.page", slug=slug, code=code)
    if current_user.is_authenticated:
        if request.method == "POST":
            like_plan(current_user.id, plan.id)
            flash(gettext("plans.support.done"), "done")
        return redirect(here)
    if closed := rules.arguing_reasons(round_, plan, round_.now(host_now())):
        return closed_page(round_, closed)
    form, status = EmailForm(), 200
    reasons: tuple[Reason, ...] = ()
    if form.validate_on_submit():
        try:
            return wait_for_mail(form.email.data or "", here, {"kind": "like_plan", "plan_id": plan.id})
        except Refused as refused:
            reasons, status = on_form(form, refused), refused.status
    return render_template("plans/support.html", round=round_, plan=plan, form=form, reasons=reasons), status


@bp.post("/rondes/<slug>/plannen/<code>/niet-steunen")
@access.signed_in
def stop_supporting(slug: str, code: str) -> ResponseReturnValue:
    """Take support back."""
    unlike_plan(current_user.id, the_plan(the_round(slug), code).id)
    flash(gettext("plans.support.stopped"), "done")
    return redirect(url_for("plans.page", slug=slug, code=code))


@bp.route("/rondes/<slug>/plannen/<code>/reageren", methods=["GET", "POST"])
@access.public
@limiter.limit("120/hour", methods=["POST"])
def argue(slug: str, code: str) -> ResponseReturnValue:
    """Say why for or against. Who is not signed in leaves an address; their words count when they confirm it."""
    round_ = the_round(slug)
    plan = the_plan(round_, code)
    closed = rules.arguing_reasons(round_, plan, round_.now(host_now()))
    if closed and request.method == "GET":
        return closed_page(round_, closed)
    signed_in = current_user.is_authenticated
    form, status = ArgumentForm(public_name=current_user.public_name if signed_in else ""), 200
    reasons: tuple[Reason, ...] = ()
    if form.is_submitted():
        try:
            return _given(plan, form, closed, url_for("plans.page", slug=slug, code=code, _anchor="reacties"))
        except Refused as refused:
            reasons, status = on_form(form, refused), refused.status
    return render_template("plans/argue.html", round=round_, plan=plan, form=form, reasons=reasons), status


def _given(plan: PlanRecord, form: ArgumentForm, closed: Sequence[Reason], here: str) -> ResponseReturnValue:
    """Give the argument now, or keep it until the address is confirmed."""
    if form.side.data not in set(Side):
        raise Refused(PlanRefusal.SIDE_MISSING(about="side"))
    side = Side(form.side.data)
    text, name, sure = clean_text(form.text.data), clean_line(form.public_name.data), bool(form.sure.data)
    if current_user.is_authenticated:
        give_argument(current_user.id, plan.id, side, text, name, sure=sure)
        flash(gettext("plans.argue.done"), "done")
        return redirect(here)
    refuse_if_any(closed)
    refuse_if_any(rules.argument_reasons(text, name))
    refuse_if_any([] if sure else rules.personal_reasons({"text": text, "public_name": name}))
    deed: dict[str, Any] = {"kind": "give_argument", "plan_id": plan.id, "side": side.value, "text": text, "name": name}
    return wait_for_mail(form.email.data or "", here, deed)
