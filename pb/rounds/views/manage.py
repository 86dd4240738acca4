"""A new round, and the overview of one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.clock import host_now
from pb.base.refusals import Reason, Refused
from pb.rounds import acts, reads
from pb.rounds.forms.rounds import NewRoundForm
from pb.rounds.guard import the_round
from pb.rounds.presets import FEASIBILITY, JURY, first_frame
from pb.rounds.rules import DECIDERS, next_moment, stage_at
from pb.rounds.values import Frame
from pb.rounds.views.blueprint import bp, show_at_fields
from pb.rounds.views.clock import may_wind


@bp.route("/beheer/rondes/nieuw", methods=["GET", "POST"])
@access.administrator
def new() -> ResponseReturnValue:
    """Make a round. The administrator does: no round exists yet whose roles could say who may; they become its organiser."""
    form = NewRoundForm()
    found: tuple[Reason, ...] = ()
    if form.validate_on_submit():
        name, slug = form.name.data or "", form.slug.data or ""
        try:
            acts.create_round(name, slug, current_user.id, frame=_drafted(name), rehearsal=form.rehearsal.data)
        except Refused as answer:
            found = show_at_fields(form, answer.reasons)
        else:
            flash(gettext("rounds.new.made"), "done")
            return redirect(url_for("rounds.frame_step", slug=slug, step="plaats"))
    return render_template("rounds/new.html", form=form, found=found), 422 if form.errors else 200


def _drafted(name: str) -> Frame:
    return first_frame(name, host_now(), {code: gettext(f"preset.criterion.{code}") for code in FEASIBILITY + JURY})


@bp.get("/beheer/rondes/<slug>")
@access.role(*Role)
def overview(slug: str) -> ResponseReturnValue:
    """Where the round stands, what waits for a second person, and what was decided."""
    round_ = the_round(slug)
    now = reads.now_of(round_)
    return render_template(
        "rounds/overview.html",
        round=round_,
        now=now,
        stage=stage_at(round_, now),
        waiting=reads.open_requests(round_.id),
        may_decide=bool(DECIDERS & reads.roles_of(current_user.id, round_.id)),
        adopted_at=next((version.adopted_at for version in reads.frame_history(round_.id)), None),
        frame=round_.frame,
        decisions=reads.decisions_of(round_.id),
        winds_to=next_moment(round_.frame, now) if may_wind(round_) else None,
        may_organise_here=Role.ORGANISER in reads.roles_of(current_user.id, round_.id),
    )
