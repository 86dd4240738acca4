"""A proposer's journey: write a plan, keep it, hand it in, change it, take it back. Nothing typed is ever lost."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.clock import host_now
from pb.base.refusals import Reason, Refused, refuse_if_any
from pb.extensions import limiter
from pb.people.rules import normal_address
from pb.plans import rules
from pb.plans.acts import cleaned, edit_plan, save_draft, submit_plan, withdraw_plan
from pb.plans.codec import draft_to_json
from pb.plans.forms import PlanForm, shown
from pb.plans.reads import plan_by_id, plans_of
from pb.plans.values import PlanDraft, PlanRecord, PlanState
from pb.plans.views.blueprint import bp, closed_page, on_form, own_plan, wait_for_mail
from pb.plans.views.pictures import picture_in
from pb.rounds.guard import the_round
from pb.rounds.values import RoundRecord


@bp.route("/rondes/<slug>/plannen/nieuw", methods=["GET", "POST"])
@access.public
@limiter.limit("120/hour", methods=["POST"])
def propose(slug: str) -> ResponseReturnValue:
    """Write a plan. Who is not signed in leaves an address; the draft is kept when they confirm it."""
    round_ = the_round(slug)
    closed = rules.proposing_reasons(round_, round_.now(host_now()))
    if closed and request.method == "GET":
        return closed_page(round_, closed)
    name = current_user.public_name if current_user.is_authenticated else ""
    return _written(round_, None, PlanForm(data={"public_name": name}))


@bp.route("/rondes/<slug>/plannen/<code>/bewerken", methods=["GET", "POST"])
@access.signed_in
def edit(slug: str, code: str) -> ResponseReturnValue:
    """Change your own plan."""
    round_ = the_round(slug)
    plan = own_plan(round_, code)
    closed = rules.editing_reasons(round_, plan, current_user.id, round_.now(host_now()))
    if closed and request.method == "GET":
        return closed_page(round_, closed)
    return _written(round_, plan, PlanForm(data=shown(plan.draft)))


@bp.get("/rondes/<slug>/plannen/verder")
@access.signed_in
def resume(slug: str) -> ResponseReturnValue:
    """Go on with the draft that waited for the sign-in, or begin one."""
    round_ = the_round(slug)
    drafts = (plan for plan in plans_of(current_user.id) if plan.round_id == round_.id)
    newest = next((plan for plan in drafts if plan.state is PlanState.DRAFT), None)
    if newest is None:
        return redirect(url_for("plans.propose", slug=slug))
    return redirect(url_for("plans.edit", slug=slug, code=newest.code))


@bp.route("/rondes/<slug>/plannen/<code>/intrekken", methods=["GET", "POST"])
@access.signed_in
def withdraw(slug: str, code: str) -> ResponseReturnValue:
    """Take your own plan back, after a question whether you mean it."""
    round_ = the_round(slug)
    plan = own_plan(round_, code)
    if request.method == "POST":
        withdraw_plan(current_user.id, plan.id)
        flash(gettext("plans.withdraw.done"), "done")
        return redirect(url_for("people.mine"))
    if closed := rules.withdrawing_reasons(round_, plan, current_user.id):
        return closed_page(round_, closed)
    return render_template("plans/withdraw.html", round=round_, plan=plan)


def _written(round_: RoundRecord, plan: PlanRecord | None, form: PlanForm) -> ResponseReturnValue:
    """Keep what was written, or show it again with what is wrong."""
    form.offer(round_.frame)
    form.be_for(signed_in=current_user.is_authenticated)
    if request.method == "GET":
        return _show(round_, plan, form, plan.draft.picture if plan else None)
    picture: str | None = None
    try:
        picture = picture_in(form, plan)
        whole, deed = form.validate(), request.form.get("deed")
        draft = form.draft(picture)
        if deed not in {"save", "submit"}:
            form.make_room(more=int(deed == "lines"))
            return _show(round_, plan, form, picture, rules.cost_reasons(draft, round_.frame))
        if not whole:
            return _show(round_, plan, form, picture, status=422)
        if not current_user.is_authenticated:
            return _kept_for_later(round_, draft, form.email.data or "")
        plan = _kept(round_, plan, draft, bool(form.sure.data))
        return _done(round_, plan, bool(form.sure.data))
    except Refused as refused:
        return _show(round_, plan, form, picture, on_form(form, refused), refused.status)


def _kept(round_: RoundRecord, plan: PlanRecord | None, draft: PlanDraft, sure: bool) -> PlanRecord:
    """The plan as it is kept now."""
    handing_in = request.form.get("deed") == "submit"
    refuse_if_any(rules.keeping_reasons(cleaned(draft), round_.frame, handing_in))
    number = plan.id if plan else save_draft(round_.id, current_user.id, draft)
    if plan:
        edit_plan(current_user.id, plan.id, draft, sure=sure)
    kept = plan_by_id(number)
    assert kept is not None  # noqa: S101 - kept a line above
    return kept


def _done(round_: RoundRecord, plan: PlanRecord, sure: bool) -> ResponseReturnValue:
    """Hand it in where that was asked, and go to the plan's page."""
    submitting = request.form.get("deed") == "submit" and plan.state is PlanState.DRAFT
    if submitting:
        submit_plan(current_user.id, plan.id, sure=sure)
    flash(gettext("plans.submitted") if submitting else gettext("plans.saved"), "done")
    return redirect(url_for("plans.page", slug=round_.slug, code=plan.code))


def _kept_for_later(round_: RoundRecord, draft: PlanDraft, email: str) -> ResponseReturnValue:
    """Let the draft wait until the address is confirmed."""
    refuse_if_any(rules.proposing_reasons(round_, round_.now(host_now())))
    address = normal_address(email)
    strange = [address] if isinstance(address, Reason) else []
    refuse_if_any([*rules.draft_reasons(cleaned(draft)), *strange])
    deed = {"kind": "draft_plan", "round_id": round_.id, "draft": draft_to_json(cleaned(draft))}
    return wait_for_mail(email, url_for("plans.resume", slug=round_.slug), deed)


def _show(
    round_: RoundRecord,
    plan: PlanRecord | None,
    form: PlanForm,
    picture: str | None,
    reasons: Sequence[Reason] = (),
    status: int = 200,
) -> ResponseReturnValue:
    form.make_room()
    written = form.draft(picture)
    page = render_template(
        "plans/write.html",
        round=round_,
        plan=plan,
        form=form,
        picture=picture,
        reasons=[reason for reason in reasons if reason.about != "lines"],
        about_costs=[reason for reason in reasons if reason.about == "lines"],
        refused=status != 200,
        asked=rules.asked_of(written),
        limit=rules.dearest(written, round_.frame),
    )
    return page, status
