"""An assessor's journey: the plans that wait, and the test of one plan."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.plans.reads import submitted_plans
from pb.plans.values import PlanRecord
from pb.rounds.rules import phase_reasons
from pb.rounds.values import PhaseKind, RoundRecord
from pb.selection.acts import judge_plan
from pb.selection.forms import answers_in, verdict_form
from pb.selection.reads import selection_of, standings, verdict_of, verdicts
from pb.selection.rules.verdict import judging_reasons
from pb.selection.values import Standing, Verdict
from pb.selection.views.blueprint import bp, round_and_now, the_plan

TESTED = (Standing.NOT_FEASIBLE, Standing.FEASIBLE, Standing.ON_SHORTLIST, Standing.NOT_SELECTED)


@bp.get("/rondes/<slug>/toets")
@access.role(Role.ASSESSOR)
def assessments(slug: str) -> ResponseReturnValue:
    """The plans that wait for a verdict, and those that have one."""
    round_, now = round_and_now(slug)
    plans = sorted(submitted_plans(round_.id), key=lambda plan: plan.code)
    found = standings(round_, now, plans)
    tested = [plan for plan in plans if found[plan.id] in TESTED]
    return render_template(
        "selection/assess.html",
        round=round_,
        reasons=phase_reasons(round_, PhaseKind.ASSESS, now),
        waiting=[plan for plan in plans if found[plan.id] is Standing.BEING_ASSESSED],
        tested=tested,
        feasible=sum(found[plan.id] is not Standing.NOT_FEASIBLE for plan in tested),
        verdicts=verdicts(round_.id),
        selection=selection_of(round_.id),
    )


@bp.route("/rondes/<slug>/toets/<code>", methods=["GET", "POST"])
@access.role(Role.ASSESSOR)
def assess_plan(slug: str, code: str) -> ResponseReturnValue:
    """The test of one plan: each criterion, the outcome and a public reason."""
    round_, now = round_and_now(slug)
    plan = the_plan(round_, code)
    criteria = round_.frame.feasibility_criteria
    verdict = verdict_of(plan.id)
    form = verdict_form(criteria, verdict)
    reasons = tuple(_closed(round_, plan, verdict, now))
    closed, status = bool(reasons), 200
    if request.method == "POST":
        try:
            answers, feasible = answers_in(form, criteria), form.outcome.data == "feasible"
            judge_plan(plan.id, current_user.id, answers, feasible, form.reason.data or "")
            flash(gettext("selection.judge.done", plan=plan.title), "done")
            return redirect(url_for("selection.assessments", slug=slug))
        except Refused as refused:
            reasons, status = refused.reasons, refused.status
    page = render_template(
        "selection/assess_plan.html",
        round=round_,
        plan=plan,
        form=form,
        reasons=reasons,
        closed=closed,
        verdict=verdict,
        criteria=criteria,
    )
    return page, status


def _closed(round_: RoundRecord, plan: PlanRecord, verdict: Verdict | None, now: datetime) -> list[Reason]:
    published = selection_of(round_.id) is not None
    return judging_reasons(round_, plan, current_user.id, now, judged=verdict is not None, published=published)
