"""What everybody sees of the winners, and following one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from pb.base import access
from pb.delivery.acts import follow, unfollow
from pb.delivery.reads import is_following, newest_pictures, project_of, projects, updates_of
from pb.delivery.rules import stops_of
from pb.delivery.views.blueprint import bp, the_project
from pb.office.pages import remembered
from pb.plans.panels import panel
from pb.plans.values import PlanRecord
from pb.rounds.guard import the_round
from pb.rounds.values import RoundRecord


@bp.get("/rondes/<slug>/uitvoering")
@remembered
@access.public
def page(slug: str) -> ResponseReturnValue:
    """All winners with their four stops, what they look like now, and the euros awarded and spent."""
    round_ = the_round(slug)
    found = projects(round_.id)
    winners = [project for project in found if project.dropped_at is None]
    return render_template(
        "delivery/page.html",
        round=round_,
        projects=winners,
        dropped=[project for project in found if project.dropped_at],
        stops={project.plan.id: stops_of(project) for project in found},
        pictures=newest_pictures(round_.id),
        awarded=sum(project.awarded for project in winners),
        spent=sum(project.spent for project in found),
    )


@bp.post("/rondes/<slug>/plannen/<code>/volgen")
@access.signed_in
def start_following(slug: str, code: str) -> ResponseReturnValue:
    """A person wants to hear about this winner."""
    project = the_project(the_round(slug), code)
    follow(project.plan.id, current_user.id)
    flash(gettext("delivery.follow.done"), "done")
    return _to_plan(slug, code)


@bp.post("/rondes/<slug>/plannen/<code>/niet-volgen")
@access.signed_in
def stop_following(slug: str, code: str) -> ResponseReturnValue:
    """A person no longer wants to hear about this winner."""
    project = the_project(the_round(slug), code)
    unfollow(project.plan.id, current_user.id)
    flash(gettext("delivery.follow.stopped"), "done")
    return _to_plan(slug, code)


def _to_plan(slug: str, code: str) -> Response:
    return redirect(url_for("plans.page", slug=slug, code=code))


@panel
def project_panel(plan: PlanRecord, round_: RoundRecord) -> str:
    """On a plan's page: its stops, money and news when it won; else nothing."""
    project = project_of(plan.id)
    if project is None:
        return ""
    following = current_user.is_authenticated and is_following(plan.id, current_user.id)
    return render_template(
        "delivery/_panel.html",
        round=round_,
        project=project,
        stops=stops_of(project),
        updates=updates_of(plan.id),
        following=following,
    )
