"""Who does what in a round."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Refused
from pb.rounds import acts, reads
from pb.rounds.forms.rounds import RoleForm
from pb.rounds.guard import the_round
from pb.rounds.views.blueprint import bp, show_at_fields


@bp.route("/beheer/rondes/<slug>/rollen", methods=["GET", "POST"])
@access.role(Role.ORGANISER)
def roles(slug: str) -> ResponseReturnValue:
    """Everyone with a role, and a form to give one."""
    round_, form = the_round(slug), RoleForm()
    if form.validate_on_submit():
        try:
            acts.grant_role(round_.id, form.email.data or "", form.role.data, current_user.id)
        except Refused as answer:
            show_at_fields(form, answer.reasons)
        else:
            flash(gettext("rounds.roles.granted"), "done")
            return redirect(url_for("rounds.roles", slug=slug))
    people = {role: reads.people_with(round_.id, role) for role in Role}
    status = 422 if form.errors else 200
    return render_template("rounds/roles.html", round=round_, form=form, people=people), status


@bp.post("/beheer/rondes/<slug>/rollen/afnemen")
@access.role(Role.ORGANISER)
def revoke(slug: str) -> ResponseReturnValue:
    """Take a role away from somebody."""
    round_ = the_round(slug)
    person_id, role = request.form.get("person", type=int), request.form.get("role", type=Role)
    if person_id is not None and role is not None:
        acts.revoke_role(round_.id, person_id, role, current_user.id)
        flash(gettext("rounds.roles.revoked"), "done")
    return redirect(url_for("rounds.roles", slug=slug))
