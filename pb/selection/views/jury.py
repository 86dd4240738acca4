"""A juror's journey: the plans, one plan's scores, leaving a plan to the others, making the scores final."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Refused
from pb.selection.acts import recuse, save_scores, submit_scores
from pb.selection.forms import points_in, score_form
from pb.selection.reads import candidates, comparison, jury_progress, own_scores, selection_of
from pb.selection.rules.jury import involved_in, scoring_reasons, unscored
from pb.selection.views.blueprint import bp, round_and_now, the_plan


@bp.get("/rondes/<slug>/jury")
@access.role(Role.JUROR)
def jury(slug: str) -> ResponseReturnValue:
    """How far this juror is; once the jury is done, what it gave together."""
    round_, now = round_and_now(slug)
    plans = candidates(round_, now)
    own, selection = own_scores(round_.id, current_user.id), selection_of(round_.id)
    return render_template(
        "selection/jury.html",
        round=round_,
        plans={plan.id: plan for plan in plans},
        own=own,
        involved=involved_in(plans, own, current_user.id),
        missing=unscored(plans, own, current_user.id, round_.frame.jury_criteria),
        reasons=scoring_reasons(round_, len(plans), own, selection is not None, now),
        selection=selection,
        progress=jury_progress(round_, plans),
        averages=comparison(round_, plans, now),
    )


@bp.route("/rondes/<slug>/jury/<code>", methods=["GET", "POST"])
@access.role(Role.JUROR)
def jury_plan(slug: str, code: str) -> ResponseReturnValue:
    """The scores of this juror for one plan; saved, it goes on to the next that waits."""
    round_, now = round_and_now(slug)
    plan, plans = the_plan(round_, code), candidates(round_, now)
    own, criteria = own_scores(round_.id, current_user.id), round_.frame.jury_criteria
    form = score_form(criteria, {name: given for (plan_id, name), given in own.points.items() if plan_id == plan.id})
    reasons = tuple(scoring_reasons(round_, len(plans), own, selection_of(round_.id) is not None, now))
    closed, status = bool(reasons), 200
    if request.method == "POST":
        try:
            points = {(plan.id, name): given for name, given in points_in(form, criteria).items()}
            save_scores(round_.id, current_user.id, points)
            return redirect(_next_plan(slug))
        except Refused as refused:
            reasons, status = refused.reasons, refused.status
    involved = plan.id in involved_in(plans, own, current_user.id)
    page = render_template(
        "selection/jury_plan.html",
        round=round_,
        plan=plan,
        form=form,
        reasons=reasons,
        closed=closed,
        involved=involved,
        given=[(one.name, own.points.get((plan.id, one.code))) for one in criteria],
    )
    return page, status


def _next_plan(slug: str) -> str:
    """The address of the first plan without points, or of the overview."""
    round_, now = round_and_now(slug)
    own = own_scores(round_.id, current_user.id)
    missing = unscored(candidates(round_, now), own, current_user.id, round_.frame.jury_criteria)
    if missing:
        return url_for("selection.jury_plan", slug=slug, code=missing[0].code)
    return url_for("selection.jury", slug=slug)


@bp.post("/rondes/<slug>/jury/<code>/niet-beoordelen")
@access.role(Role.JUROR)
def leave_to_others(slug: str, code: str) -> ResponseReturnValue:
    """This juror has a part in the plan and leaves it to the others."""
    round_, _ = round_and_now(slug)
    plan = the_plan(round_, code)
    recuse(round_.id, current_user.id, plan.id)
    flash(gettext("selection.jury.left", plan=plan.title), "done")
    return redirect(_next_plan(slug))


@bp.post("/rondes/<slug>/jury-inleveren")
@access.role(Role.JUROR)
def submit_jury(slug: str) -> ResponseReturnValue:
    """This juror's scores become final."""
    round_, _ = round_and_now(slug)
    submit_scores(round_.id, current_user.id)
    flash(gettext("selection.jury.submitted"), "done")
    return redirect(url_for("selection.jury", slug=slug))
