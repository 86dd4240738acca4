"""The public log, finding a ballot in it, and how a vote is protected: pages for everybody, with and without a vote."""

from collections.abc import Sequence

from flask import Response, abort, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal

from pb.base import access
from pb.base.refusals import Reason, Refused
from pb.rounds.guard import the_round
from pb.voting.protocol import read_tracking, signed_note
from pb.voting.reads import find_ballot, log_record, vote_file
from pb.voting.values import Found, LogRefusal
from pb.voting.views.blueprint import SealedVote, bp, sealed_vote

NEWEST = 20
"""Heads on the page; the file has them all."""
LONGEST_TYPED = 60


@bp.get("/rondes/<slug>/logboek")
@access.public
def log_page(slug: str) -> ResponseReturnValue:
    """How far the log is: its counts, its newest heads and the file."""
    vote = sealed_vote(slug) or abort(404)
    log = log_record(vote.round.id, NEWEST)
    return render_template("voting/log.html", round=vote.round, vote=vote, log=log, number=format_decimal)


@bp.get("/rondes/<slug>/logboek/bestand")
@access.public
def log_file(slug: str) -> ResponseReturnValue:
    """All leaves and heads, as a program reads them."""
    response = Response(vote_file(the_round(slug).id, "log.txt") or abort(404), mimetype="text/plain")
    response.headers["Content-Disposition"] = 'attachment; filename="log.txt"'
    return response


@bp.get("/rondes/<slug>/logboek/stand")
@access.public
def checkpoint(slug: str) -> ResponseReturnValue:
    """The newest head as a signed note: who keeps it can hold the log against it later."""
    log = log_record(the_round(slug).id, newest=1) or abort(404)
    note = signed_note(bytes.fromhex(log.key), log.origin, log.heads[0].head)
    return Response(note, content_type="text/plain; charset=utf-8")


@bp.get("/rondes/<slug>/logboek/zoeken")
@access.public
def find(slug: str) -> ResponseReturnValue:
    """One field for the number on a receipt."""
    return _find_page(sealed_vote(slug) or abort(404))


@bp.post("/rondes/<slug>/logboek/zoeken")
@access.public
def find_it(slug: str) -> ResponseReturnValue:
    """Where the ballot is. The number travels in the form only: it stands in no address and no log."""
    vote = sealed_vote(slug) or abort(404)
    tracking = read_tracking(request.form.get("tracking", "")[:LONGEST_TYPED])
    if tracking is None:
        return _find_page(vote, reasons=[LogRefusal.NOT_A_NUMBER(about="tracking")], status=422)
    try:
        return _find_page(vote, find_ballot(vote.round, tracking))
    except Refused as refused:
        current_app.logger.error("log: %s", refused)
        return _find_page(vote, reasons=[LogRefusal.NOT_NOW()], status=503)


@bp.get("/rondes/<slug>/stemgeheim")
@access.public
def protection(slug: str) -> ResponseReturnValue:
    """How a vote is protected, and everything that this does not give."""
    return render_template("voting/log_protection.html", round=the_round(slug), vote=sealed_vote(slug))


def _find_page(
    vote: SealedVote, found: Found | None = None, reasons: Sequence[Reason] = (), status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "voting/log_find.html",
        round=vote.round,
        vote=vote,
        found=found,
        typed=request.form.get("tracking", "")[:LONGEST_TYPED],
        reasons=reasons,
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
