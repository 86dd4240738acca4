"""The record of the count, to print and sign."""

from flask import Response, abort
from flask.typing import ResponseReturnValue

from pb.base import access
from pb.base.access import Role
from pb.results.record.printing import printed_record
from pb.results.record.reads import count_record
from pb.results.views.blueprint import bp
from pb.rounds.guard import the_round
from pb.rounds.reads import now_of


@bp.get("/beheer/rondes/<slug>/uitslag/proces-verbaal")
@access.role(Role.ORGANISER, Role.COUNCIL, Role.AUDITOR)
def record(slug: str) -> ResponseReturnValue:
    """The record as a PDF, in the language of the request; 404 while nothing is counted."""
    round_ = the_round(slug)
    found = count_record(round_, now_of(round_)) or abort(404)
    response = Response(printed_record(found), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{round_.slug}.pdf"'
    return response
