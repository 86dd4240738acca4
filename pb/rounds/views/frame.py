"""The frame's editor: a step at a time, kept as a draft; then a look at the whole, and the decision that adopts it."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.rounds import acts, reads
from pb.rounds.forms.calendar import CalendarForm
from pb.rounds.forms.counting import CountingForm
from pb.rounds.forms.door import DoorForm
from pb.rounds.forms.frame import CriteriaForm, MoneyForm, PlaceForm, PlansForm, Step
from pb.rounds.forms.rounds import DecisionForm
from pb.rounds.forms.vote import VoteForm
from pb.rounds.guard import the_round
from pb.rounds.rules import advises_auditor, frame_reasons
from pb.rounds.values import Frame, RoundRecord, TwoPersonDeed
from pb.rounds.views.blueprint import bp, show_at_fields

STEPS: dict[str, tuple[type[Step], str]] = {
    "plaats": (PlaceForm, "rounds/frame/plaats.html"),
    "plannen": (PlansForm, "rounds/frame/plannen.html"),
    "geld": (MoneyForm, "rounds/frame/geld.html"),
    "stemming": (VoteForm, "rounds/frame/stemming.html"),
    "telling": (CountingForm, "rounds/frame/telling.html"),
    "stemrecht": (DoorForm, "rounds/frame/stemrecht.html"),
    "punten": (CriteriaForm, "rounds/frame/punten.html"),
    "kalender": (CalendarForm, "rounds/frame/kalender.html"),
}
"""Address of a step with its form and its page, in the order in which an organiser thinks of them."""


@bp.route("/beheer/rondes/<slug>/kader/<step>", methods=["GET", "POST"])
@access.role(Role.ORGANISER)
def frame_step(slug: str, step: str) -> ResponseReturnValue:
    """One step. What can be read is kept, also when a rule says no: then the same step says what to do."""
    round_, (kind, _) = the_round(slug), STEPS.get(step) or abort(404)
    if round_.frozen_at:
        return redirect(url_for("rounds.frame_review", slug=slug))
    frame = _drafted(round_)
    form = kind(data=kind.shown(frame))
    form.zone = frame.zone
    if "add" in request.form:
        form.add_row(request.form["add"])
    elif form.validate_on_submit():
        acts.change_frame(round_.id, current_user.id, form.changes(frame))
        return redirect(_after(round_, step))
    return _show(round_, step, form, _about(frame, kind) if request.method == "GET" else [])


def _show(round_: RoundRecord, step: str, form: Step, reasons: Sequence[Reason]) -> ResponseReturnValue:
    at_lists = show_at_fields(form, reasons)
    if request.method == "GET":
        for name in form.lists:
            form.add_row(name)
    status = 422 if request.method == "POST" and form.errors else 200
    _, page = STEPS[step]
    advised = advises_auditor(_drafted(round_))
    shown = render_template(
        page, round=round_, form=form, step=step, steps=list(STEPS), at_lists=at_lists, for_auditor=advised
    )
    return shown, status


def _drafted(round_: RoundRecord) -> Frame:
    draft = reads.newest_draft(round_.id)
    return draft.frame if draft else round_.frame


def _about(frame: Frame, kind: type[Step]) -> list[Reason]:
    """The reasons that a step with this form can do something about."""
    fields = kind(formdata=None)
    return [reason for reason in frame_reasons(frame) if (reason.about or "").partition(".")[0] in fields]


def _after(round_: RoundRecord, step: str) -> str:
    """The next step; the same one while a rule says no to what was kept."""
    flash(gettext("frame.kept"), "done")
    if _about(_drafted(round_), STEPS[step][0]):
        return url_for("rounds.frame_step", slug=round_.slug, step=step)
    later = list(STEPS)[list(STEPS).index(step) + 1 :]
    if not later:
        return url_for("rounds.frame_review", slug=round_.slug)
    return url_for("rounds.frame_step", slug=round_.slug, step=later[0])


@bp.route("/beheer/rondes/<slug>/kader", methods=["GET", "POST"])
@access.role(Role.ORGANISER)
def frame_review(slug: str) -> ResponseReturnValue:
    """The whole draft: what is still wrong in which step, and the decision by which it is adopted."""
    round_, form = the_round(slug), DecisionForm()
    left: tuple[Reason, ...] = ()
    if form.validate_on_submit():
        try:
            acts.ask_adoption(round_.id, form.decision(), current_user.id)
        except Refused as answer:
            left = show_at_fields(form, answer.reasons)
        else:
            flash(gettext("frame.asked"), "done")
            return redirect(url_for("rounds.requests", slug=slug))
    return _review(round_, form, left), 422 if form.errors or left else 200


def _review(round_: RoundRecord, form: DecisionForm, left: Sequence[Reason]) -> str:
    frame = _drafted(round_)
    return render_template(
        "rounds/frame/review.html",
        round=round_,
        frame=frame,
        form=form,
        steps=list(STEPS),
        wrong={step: _about(frame, kind) for step, (kind, _) in STEPS.items()},
        left=left,
        draft=reads.newest_draft(round_.id),
        waiting=[one for one in reads.open_requests(round_.id) if one.deed is TwoPersonDeed.ADOPT_FRAME],
    )


@bp.get("/beheer/rondes/<slug>/kader/voorbeeld")
@access.role(Role.ORGANISER)
def frame_preview(slug: str) -> ResponseReturnValue:
    """The rules page as residents will read it, from the draft."""
    round_ = the_round(slug)
    return render_template("rounds/frame/preview.html", round=round_, frame=_drafted(round_))
