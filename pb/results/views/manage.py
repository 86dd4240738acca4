"""An organiser's journey after the close: count, look at the steps, enter the decision, publish."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.results.acts import ask_result_adoption, count_round, publish_result
from pb.results.forms import DecisionForm
from pb.results.reads import outcome
from pb.results.rules import adopting_reasons, counting_reasons, publishing_reasons, share_of
from pb.results.views.blueprint import bp
from pb.results.views.sentences import account_of
from pb.rounds.guard import the_round
from pb.rounds.reads import open_requests, roles_of
from pb.rounds.values import RoundRecord, TwoPersonDeed
from pb.voting.reads import box_of


@bp.get("/beheer/rondes/<slug>/uitslag")
@access.role(Role.ORGANISER, Role.COUNCIL)
def manage(slug: str) -> ResponseReturnValue:
    """Where the count stands, and the one thing that can be done next."""
    return _page(the_round(slug), DecisionForm())


@bp.post("/beheer/rondes/<slug>/uitslag/tellen")
@access.role(Role.ORGANISER)
def count(slug: str) -> ResponseReturnValue:
    """Count the opened ballots, once more where that was done before."""
    round_ = the_round(slug)
    try:
        count_round(round_.id, current_user.id)
    except Refused as refused:
        return _page(round_, DecisionForm(), refused.reasons), refused.status
    flash(gettext("results.manage.counted"), "done")
    return redirect(url_for("results.manage", slug=slug))


@bp.post("/beheer/rondes/<slug>/uitslag/vaststellen")
@access.role(Role.ORGANISER)
def adopt(slug: str) -> ResponseReturnValue:
    """Enter the decision; a second person confirms it."""
    round_, form = the_round(slug), DecisionForm()
    if not form.validate_on_submit() or form.taken_on.data is None:
        return _page(round_, form), 422
    try:
        ask_result_adoption(round_.id, form.decision(form.taken_on.data), current_user.id)
    except Refused as refused:
        return _page(round_, form, refused.reasons), refused.status
    flash(gettext("results.manage.asked"), "done")
    return redirect(url_for("results.manage", slug=slug))


@bp.post("/beheer/rondes/<slug>/uitslag/publiceren")
@access.role(Role.ORGANISER)
def publish(slug: str) -> ResponseReturnValue:
    """Make the adopted outcome public, and mail the proposers."""
    round_ = the_round(slug)
    try:
        publish_result(round_.id, current_user.id)
    except Refused as refused:
        return _page(round_, DecisionForm(), refused.reasons), refused.status
    flash(gettext("results.manage.published_now"), "done")
    return redirect(url_for("results.page", slug=slug))


def _page(round_: RoundRecord, form: DecisionForm, reasons: Sequence[Reason] = ()) -> str:
    found, box = outcome(round_.id), box_of(round_.id)
    waiting = {one.deed for one in open_requests(round_.id)}
    return render_template(
        "results/manage.html",
        round=round_,
        outcome=found,
        account=account_of(round_, found) if found else None,
        form=form,
        reasons=reasons,
        share_of=share_of,
        may_act=Role.ORGANISER in roles_of(current_user.id, round_.id),
        waiting_for_second=TwoPersonDeed.ADOPT_RESULT in waiting,
        correction_waits=TwoPersonDeed.CORRECT_RESULT in waiting,
        can_count=not counting_reasons(bool(box and box.opened_at), found),
        can_adopt=not adopting_reasons(found) and TwoPersonDeed.ADOPT_RESULT not in waiting,
        can_publish=not publishing_reasons(found),
    )
