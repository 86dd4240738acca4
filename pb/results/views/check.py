"""Checking the vote oneself: the public files of a round, one by one or together, and the page that checks them."""

import io
import zipfile

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from pb.base import access
from pb.results.corrections.record import CORRECTIONS
from pb.results.findings import CHECKS, Finding
from pb.results.reads import public_file, public_names
from pb.results.views.blueprint import bp
from pb.rounds.guard import the_round

STATES = ("waiting", "busy", "ok", "failed", "unchecked")
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive, so that the same files give the same archive."""


@bp.get("/rondes/<slug>/controleren")
@access.public
def check(slug: str) -> ResponseReturnValue:
    """The thirteen checks, made in the visitor's browser; without scripts it says how to make them."""
    round_ = the_round(slug)
    words = {finding: gettext(f"verifier.{finding}") for finding in Finding}
    states = {state: gettext(f"check.state.{state}") for state in STATES}
    return render_template(
        "results/check.html",
        round=round_,
        names=public_names(round_),
        unsigned=(CORRECTIONS,),
        checks=CHECKS,
        words=words | {f"state.{state}": said for state, said in states.items()} | _said_by_the_page(),
    )


def _said_by_the_page() -> dict[str, str]:
    """What the page says itself, with places for facts."""
    keys = ("fetching", "fetch_failed", "busy", "done", "done_unchecked", "done_failed")
    of_a_change = ("vote", "blank", "button", "done")
    return {key: gettext(f"check.{key}") for key in keys} | {
        f"change.{key}": gettext(f"check.change.{key}") for key in of_a_change
    }


@bp.get("/rondes/<slug>/controleren/alles")
@access.public
def all_files(slug: str) -> ResponseReturnValue:
    """All public files in one archive."""
    round_, archive = the_round(slug), io.BytesIO()
    names = public_names(round_) or abort(404)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            content = zipfile.ZipInfo(f"{slug}/{name}", LONG_AGO)
            packed.writestr(content, public_file(round_, name) or b"", zipfile.ZIP_DEFLATED)
    return _download(archive.getvalue(), f"{slug}.zip", "application/zip")


@bp.get("/rondes/<slug>/controleren/<name>")
@access.public
def file(slug: str, name: str) -> ResponseReturnValue:
    """One public file, as it was signed for."""
    content = public_file(the_round(slug), name)
    if content is None:
        abort(404)
    return _download(content, name, "application/json" if name.endswith(".json") else "text/plain; charset=utf-8")


def _download(content: bytes, name: str, media_type: str) -> Response:
    answer = Response(content, content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
