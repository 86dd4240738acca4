"""An organiser's journey: the winners, and for one winner its stop, money and news."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from pb.base import access
from pb.base.access import Role
from pb.base.money import parse_euros
from pb.base.refusals import Reason, Refused, refuse_if_any
from pb.base.text import clean_line, clean_text
from pb.delivery.acts import post_update, reach_milestone, record_money
from pb.delivery.forms import MilestoneForm, MoneyForm, UpdateForm
from pb.delivery.reads import projects, updates_of
from pb.delivery.rules import update_reasons
from pb.delivery.values import Milestone, Project
from pb.delivery.views.blueprint import bp, the_project
from pb.office.acts import store_picture
from pb.rounds.guard import the_round


@bp.get("/beheer/rondes/<slug>/uitvoering")
@access.role(Role.ORGANISER)
def manage(slug: str) -> ResponseReturnValue:
    """All winners of the round, each leading to its own page."""
    round_ = the_round(slug)
    return render_template("delivery/manage.html", round=round_, projects=projects(round_.id))


@bp.get("/beheer/rondes/<slug>/uitvoering/<code>")
@access.role(Role.ORGANISER)
def manage_project(slug: str, code: str) -> ResponseReturnValue:
    """One winner: its stop, its money, its news."""
    return _page(slug, code)


@bp.post("/beheer/rondes/<slug>/uitvoering/<code>/mijlpaal")
@access.role(Role.ORGANISER)
def set_milestone(slug: str, code: str) -> ResponseReturnValue:
    """The winner comes to another stop."""
    project, form = the_project(the_round(slug), code), MilestoneForm()
    try:
        reach_milestone(project.plan.id, current_user.id, _stop(form.to.data, project), form.reason.data or "")
    except Refused as refused:
        return _page(slug, code, refused, milestone=form), refused.status
    return _saved(slug, code)


@bp.post("/beheer/rondes/<slug>/uitvoering/<code>/geld")
@access.role(Role.ORGANISER)
def set_money(slug: str, code: str) -> ResponseReturnValue:
    """What the winner cost so far."""
    project, form = the_project(the_round(slug), code), MoneyForm()
    try:
        spent = parse_euros(form.spent.data or "")
        if isinstance(spent, Reason):
            raise Refused(spent)
        record_money(project.plan.id, current_user.id, spent)
    except Refused as refused:
        return _page(slug, code, refused, money=form), refused.status
    return _saved(slug, code)


@bp.post("/beheer/rondes/<slug>/uitvoering/<code>/nieuws")
@access.role(Role.ORGANISER)
def add_update(slug: str, code: str) -> ResponseReturnValue:
    """News for everyone, and for followers by mail."""
    project, form = the_project(the_round(slug), code), UpdateForm()
    text, words = form.text.data or "", form.picture_alt.data or ""
    try:
        picture = _picture(form.picture.data, text, words)
        post_update(project.plan.id, current_user.id, text, picture, words, form_key=form.form_key.data or "")
    except Refused as refused:
        return _page(slug, code, refused, update=form), refused.status
    return _saved(slug, code)


def _picture(sent: FileStorage | None, text: str, words: str) -> str | None:
    """Keep the picture that was sent; first see that the news is whole, so that no picture is kept for nothing."""
    given = sent if sent and sent.filename else None
    refuse_if_any(update_reasons(clean_text(text), given.filename if given else None, clean_line(words)))
    return store_picture(given.stream) if given else None


def _stop(written: str | None, project: Project) -> Milestone:
    """The stop that was asked for; what is no stop asks for nothing."""
    return Milestone(written) if written in set(Milestone) else project.milestone


def _saved(slug: str, code: str) -> ResponseReturnValue:
    flash(gettext("delivery.saved"), "done")
    return redirect(url_for("delivery.manage_project", slug=slug, code=code))


def _page(slug: str, code: str, refused: Refused | None = None, **typed: Any) -> str:
    """The page of one winner; `typed` holds the form that was refused, so that nothing typed is lost."""
    round_ = the_round(slug)
    project = the_project(round_, code)
    return render_template(
        "delivery/manage_project.html",
        round=round_,
        project=project,
        updates=updates_of(project.plan.id),
        reasons=refused.reasons if refused else (),
        milestone=typed.get("milestone") or MilestoneForm(formdata=None, to=project.milestone.value),
        money=typed.get("money") or MoneyForm(formdata=None),
        update=typed.get("update") or UpdateForm(formdata=None),
    )
