"""The demo's own pages: the entrance, the letter, one click to be somebody, winding the clock, the mailbox, the facts."""

import tomllib
from pathlib import Path
from typing import Any

import segno
from flask import Blueprint, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from pb.base import access
from pb.demo import reads
from pb.demo.acts import wind
from pb.demo.desk import desk_lines
from pb.demo.forms import RoleForm, StepForm
from pb.demo.register import VISITOR
from pb.demo.values import ROUND, DemoRole, Step
from pb.office.mail import site_url
from pb.office.reads import job, sent_mail
from pb.people.reads import person_by_email
from pb.people.session import enter, leave
from pb.roll.codes import show_code
from pb.rounds.reads import now_of
from pb.words import spoken

bp = Blueprint("demo", __name__, url_prefix="/demo")
LANDING = {
    DemoRole.RESIDENT: "/mijn",
    DemoRole.JUROR: f"/rondes/{ROUND}/jury",
    DemoRole.ASSESSOR: f"/rondes/{ROUND}/toets",
    DemoRole.ORGANISER: "/beheer",
    DemoRole.SECOND_ORGANISER: f"/beheer/rondes/{ROUND}/bevestigen",
    DemoRole.CLERK: "/demo/balie",
    DemoRole.AUDITOR: f"/beheer/rondes/{ROUND}/controle",
    DemoRole.ADMINISTRATOR: "/beheer/gemeente",
}
"""Where each role has its work."""


@bp.get("")
@access.public
def entrance() -> ResponseReturnValue:
    """What can be tried, and as whom."""
    round_ = reads.the_demo_round()
    return render_template("demo/entrance.html", today=now_of(round_), steps=reads.steps_ahead())


@bp.get("/brief")
@access.public
def letter() -> ResponseReturnValue:
    """The visitor's letter: drawn, with a code and a QR code that work."""
    code = reads.state().code
    link = site_url("voting.choose", spoken(), slug=ROUND) + f"#{code}"
    drawn = segno.make(link, error="m").svg_inline(scale=4, border=2, light="#fff", svgclass="qr", lineclass=None)
    return render_template("demo/letter.html", number=VISITOR, code=show_code(code), link=link, qr=Markup(drawn))  # noqa: S704 - drawn here


@bp.get("/balie")
@access.public
def desk() -> ResponseReturnValue:
    """Lines of the desk file, which in a real round lies at the town hall and never here; and where the desk is."""
    return render_template("demo/desk.html", lines=desk_lines(reads.the_demo_round().public_id, reads.state()))


@bp.post("/rol")
@access.public
def become() -> ResponseReturnValue:
    """Be somebody with one click."""
    form = RoleForm()
    if not form.validate_on_submit():
        abort(400)
    role = DemoRole(form.role.data or "")
    person = person_by_email(role.email) or abort(404)
    enter(person.id)
    return redirect(request.script_root + LANDING[role])


@bp.post("/bezoeker")
@access.public
def be_nobody() -> ResponseReturnValue:
    """Be a visitor again."""
    leave()
    return redirect(url_for("site.home"))


@bp.post("/spoel-door")
@access.public
def wind_on() -> ResponseReturnValue:
    """Wind the round's clock on; the worker plays what happened in between."""
    form = StepForm()
    if not form.validate_on_submit():
        abort(400)
    return redirect(url_for("demo.progress", job_id=wind(Step(form.step.data or ""))))


@bp.get("/spoel-door/<int:job_id>")
@access.public
def progress(job_id: int) -> ResponseReturnValue:
    """How far the worker is; without scripts the page fetches itself again."""
    found = job(job_id)
    if found is None or found.kind != "rehearse":
        abort(404)
    answer = make_response(render_template("demo/progress.html", job=found, step=Step(found.payload["step"])))
    if found.ended_at is None:
        answer.headers["Refresh"] = "1"
    return answer


@bp.get("/postbus")
@access.public
def mailbox() -> ResponseReturnValue:
    """Mails of the demo, which go to nobody."""
    return render_template("demo/mailbox.html", mails=sent_mail(limit=40))


@bp.get("/feiten")
@access.public
def facts() -> ResponseReturnValue:
    """Which facts of the demo are real and which are invented."""
    return render_template("demo/facts.html", facts=_facts())


def _facts() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "facts.toml").read_text(encoding="utf-8"))


def played_role() -> DemoRole | None:
    """Whom the visitor is being, if anybody of the demo."""
    if not current_user.is_authenticated:
        return None
    return next((role for role in DemoRole if role.email == current_user.email), None)


def finished_work() -> DemoRole | None:
    """The role whose work was over before a visitor came, on the page where it was done: what came out stands there."""
    role, path = played_role(), request.path
    return role if role in {DemoRole.JUROR, DemoRole.ASSESSOR} and path == LANDING[role] else None


def init_app() -> None:
    """Give every page of the demo its bar, and let nobody but the recording wind its round."""
    current_app.extensions["recorded_rounds"] = {ROUND}
    shared = {"played_role": played_role, "finished_work": finished_work, "demo_steps": reads.steps_ahead}
    current_app.jinja_env.globals.update(shared, demo_roles=tuple(DemoRole), demo_round=ROUND)
