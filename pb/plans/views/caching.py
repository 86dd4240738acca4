"""Answering *not changed* to a visitor without any cookie: what they see depends on the round alone.

The mark of a page is the version of everything that the round shows, the moments of its calendar that have passed, who
runs the site, the language and the address. Whoever has a cookie always gets the page: it may hold something of theirs.
"""

from datetime import datetime
from hashlib import sha256
from importlib.metadata import version

from flask import Response, g, make_response, request, session

from pb.office.reads import municipality
from pb.rounds.values import RoundRecord

SOFTWARE = version("begroot")


def mark_of_page(round_: RoundRecord, now: datetime, newest: int) -> str:
    """The mark of the page of this request at `now`, when `newest` is the version of the round."""
    calendar = round_.frame.calendar
    passed = sum(moment <= now for phase in calendar.phases for moment in (phase.opens, phase.closes))
    if "municipality" not in g:
        g.municipality = municipality()
    facts = (SOFTWARE, request.script_root, request.full_path, newest, passed, g.municipality)
    return sha256(repr(facts).encode()).hexdigest()[:32]


def not_changed(mark: str) -> Response | None:
    """The short answer, for a browser without cookies that has this page already."""
    if request.cookies or not request.if_none_match.contains_weak(mark):
        return None
    return _marked(Response(status=304), mark)


def marked(page: str, mark: str) -> Response:
    """The page with its mark, where it is the same for everybody who has no cookie."""
    response = make_response(page)
    return response if request.cookies or session.modified else _marked(response, mark)


def _marked(response: Response, mark: str) -> Response:
    response.set_etag(mark, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")
    return response
