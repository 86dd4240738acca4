"""An organiser's journey: the small map as everybody sees it, another outline, or none."""

from collections.abc import Sequence
from contextlib import closing

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.rounds.guard import the_round
from pb.rounds.outline.acts import remove_outline, save_outline
from pb.rounds.outline.geojson import LARGEST
from pb.rounds.outline.reads import outline_of
from pb.rounds.outline.rules import small_map
from pb.rounds.views.blueprint import bp


@bp.app_template_filter("distance")
def distance(metres: int) -> str:
    """A length for people: `850 m`, `1,4 km`."""
    if metres < 1000:
        return str(gettext("map.metres", length=metres))
    return str(gettext("map.kilometres", length=format_decimal(round(metres / 1000, 1))))


@bp.get("/beheer/rondes/<slug>/kaart")
@access.role(Role.ORGANISER)
def outline(slug: str) -> ResponseReturnValue:
    """The small map, and a place for a file."""
    return _page(slug)


@bp.post("/beheer/rondes/<slug>/kaart")
@access.role(Role.ORGANISER)
def keep_outline(slug: str) -> ResponseReturnValue:
    """Draw the area in this file."""
    try:
        save_outline(the_round(slug).id, _sent(), current_user.id)
    except Refused as refused:
        return _page(slug, refused.reasons), refused.status
    flash(gettext("outline.kept"), "done")
    return redirect(url_for("rounds.outline", slug=slug))


@bp.post("/beheer/rondes/<slug>/kaart/weg")
@access.role(Role.ORGANISER)
def drop_outline(slug: str) -> ResponseReturnValue:
    """Show no map."""
    remove_outline(the_round(slug).id, current_user.id)
    flash(gettext("outline.removed"), "done")
    return redirect(url_for("rounds.outline", slug=slug))


def _sent() -> bytes:
    """The file, no more of it than is read; a large one lay in a file of its own, which goes at once."""
    file = request.files.get("file")
    if file is None:
        return b""
    with closing(file):
        return bytes(file.read(LARGEST + 1))


def _page(slug: str, reasons: Sequence[Reason] = ()) -> str:
    round_ = the_round(slug)
    parts = outline_of(round_.id)
    drawn = small_map(parts) if parts else None
    return render_template("rounds/outline.html", round=round_, map=drawn, reasons=reasons)
