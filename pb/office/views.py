"""Pages of the office: stored files, the municipality's settings, and whether the site is alive."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import text

from pb.base import access
from pb.extensions import db
from pb.office import acts, reads
from pb.office.forms import MunicipalityForm

bp = Blueprint("office", __name__)
ONE_YEAR = "public, max-age=31536000, immutable"
"""A stored file never changes under its name."""
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A drawing opened by itself may colour its own lines and do nothing else."""


@bp.get("/bestanden/<name>")
@access.public
def stored_file(name: str) -> ResponseReturnValue:
    """A picture."""
    return _file(name, small=False)


@bp.get("/bestanden/<name>/klein")
@access.public
def thumbnail(name: str) -> ResponseReturnValue:
    """A picture's thumbnail."""
    return _file(name, small=True)


def _file(name: str, small: bool) -> Response:
    if request.if_none_match.contains(name):
        return Response(status=304, headers={"ETag": f'"{name}"', "Cache-Control": ONE_YEAR})
    found = reads.stored_file(name, small) or abort(404)
    headers = {"ETag": f'"{name}"', "Cache-Control": ONE_YEAR, "Content-Security-Policy": FILE_POLICY}
    return Response(found.content, mimetype=found.media_type, headers=headers)


@bp.get("/levend")
@access.public
def alive() -> ResponseReturnValue:
    """For a monitor: 200 while the database answers, else 503 (see `pb.errors`)."""
    db.session.execute(text("select 1"))
    return Response("ok\n", mimetype="text/plain")


@bp.route("/beheer/gemeente", methods=["GET", "POST"])
@access.administrator
def municipality() -> ResponseReturnValue:
    """Who runs this site and how people reach them."""
    form = MunicipalityForm(obj=reads.municipality())
    if form.validate_on_submit():
        acts.set_municipality(form.record(), by=current_user.id)
        flash(gettext("municipality.saved"), "done")
        return redirect(url_for("office.municipality"))
    page = render_template("office/municipality.html", form=form, stuck=reads.stuck_mail())
    return page, 422 if form.errors else 200
