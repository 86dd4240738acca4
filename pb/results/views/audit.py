"""The auditor's page: the ballots that are not public, to be checked with the files that are."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Refused
from pb.results.acts import take_auditors_file
from pb.results.reads import auditors_file
from pb.results.views.blueprint import bp
from pb.rounds.guard import the_round
from pb.voting.publication import AUDITORS


@bp.get("/beheer/rondes/<slug>/controle")
@access.role(Role.AUDITOR)
def audit(slug: str) -> ResponseReturnValue:
    """What the auditor checks, and how."""
    return _page(slug)


@bp.post("/beheer/rondes/<slug>/controle")
@access.role(Role.AUDITOR)
def take_file(slug: str) -> ResponseReturnValue:
    """The file itself. Asking for it is written down, so it is no link."""
    try:
        content = take_auditors_file(the_round(slug).id, current_user.id)
    except Refused as refused:
        return _page(slug), refused.status
    answer = Response(content, content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=AUDITORS)
    return answer


def _page(slug: str) -> str:
    round_ = the_round(slug)
    has_file = auditors_file(round_.id) is not None
    return render_template("results/audit.html", round=round_, has_file=has_file, name=AUDITORS)
