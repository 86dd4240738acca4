"""An organiser's journey: the plans as a spreadsheet, and arguments that should not stand there."""

from collections.abc import Sequence

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.clock import host_now
from pb.base.refusals import Reason, Refused
from pb.plans.acts import hide_argument
from pb.plans.forms import HideForm
from pb.plans.panels import Tag, tags_for
from pb.plans.reads import arguments_in, submitted_plans
from pb.plans.spreadsheet import as_file, plain_amount
from pb.plans.values import PlanRecord
from pb.plans.views.blueprint import bp
from pb.rounds.guard import the_round
from pb.rounds.values import RoundRecord

COLUMNS = ("code", "title", "summary", "theme", "pot", "place", "asked", "likes", "standing", "name", "submitted")


@bp.get("/beheer/rondes/<slug>/plannen")
@access.role(Role.ORGANISER)
def manage(slug: str) -> ResponseReturnValue:
    """What people said about plans, the newest first, and the way to the spreadsheet."""
    return _page(slug)


@bp.post("/beheer/rondes/<slug>/plannen/reacties/<int:number>")
@access.role(Role.ORGANISER)
def hide(slug: str, number: int) -> ResponseReturnValue:
    """Hide an argument of this round, for a reason that its writer hears."""
    form = HideForm()
    if number not in {one.id for one in arguments_in(the_round(slug).id)}:
        abort(404)
    try:
        hide_argument(number, current_user.id, form.reason.data or "")
    except Refused as refused:
        return _page(slug, number, refused.reasons), refused.status
    flash(gettext("plans.manage.hidden"), "done")
    return redirect(url_for("plans.manage", slug=slug))


@bp.get("/beheer/rondes/<slug>/plannen/uitvoer")
@access.role(Role.ORGANISER)
def export(slug: str) -> ResponseReturnValue:
    """Every plan that was handed in, as a file for a spreadsheet; without anybody's address."""
    round_ = the_round(slug)
    plans = sorted(submitted_plans(round_.id), key=lambda plan: plan.code)
    tags = tags_for(plans, round_, round_.now(host_now()))
    rows = [_row(plan, tags.get(plan.id), round_) for plan in plans]
    answer = Response(as_file([gettext(f"plans.column.{name}") for name in COLUMNS], rows), content_type="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{slug}-plannen.csv")
    return answer


def _row(plan: PlanRecord, tag: Tag | None, round_: RoundRecord) -> tuple[str | int, ...]:
    """One plan, in the order of `COLUMNS`."""
    draft = plan.draft
    day = round_.frame.local(plan.submitted_at).date().isoformat() if plan.submitted_at else ""
    standing = gettext(tag.key) if tag else ""
    words = (plan.code, draft.title, draft.summary, draft.theme, draft.pot, draft.place)
    return (*words, plain_amount(plan.asked), plan.likes, standing, draft.public_name, day)


def _page(slug: str, wrong: int = 0, reasons: Sequence[Reason] = ()) -> str:
    """The page; `wrong` is the argument that could not be hidden, for `reasons`."""
    round_ = the_round(slug)
    plans = {plan.id: plan for plan in submitted_plans(round_.id)}
    found = arguments_in(round_.id)[::-1]
    return render_template(
        "plans/manage.html", round=round_, plans=plans, arguments=found, wrong=wrong, reasons=reasons, form=HideForm()
    )
