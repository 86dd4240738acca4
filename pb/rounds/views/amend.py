"""Amendments: later moments in an adopted calendar, with a reason."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.rounds import acts, reads
from pb.rounds.forms.calendar import AmendmentForm
from pb.rounds.guard import the_round
from pb.rounds.views.blueprint import bp, show_at_fields


@bp.route("/beheer/rondes/<slug>/wijziging", methods=["GET", "POST"])
@access.role(Role.ORGANISER)
def amend(slug: str) -> ResponseReturnValue:
    """Ask for an amendment; a second person confirms it."""
    round_ = the_round(slug)
    form = AmendmentForm(data=AmendmentForm.shown(round_.frame))
    form.zone = round_.frame.zone
    left: tuple[Reason, ...] = ()
    if form.validate_on_submit() and form.calendar:
        try:
            acts.ask_amendment(round_.id, form.calendar, form.reason.data or "", current_user.id)
        except Refused as answer:
            left = show_at_fields(form, answer.reasons)
        else:
            flash(gettext("amend.asked"), "done")
            return redirect(url_for("rounds.requests", slug=slug))
    status = 422 if request.method == "POST" else 200
    versions = reads.frame_history(round_.id)
    return render_template("rounds/amend.html", round=round_, form=form, left=left, versions=versions), status
