"""The pages of a kiosk: how a device becomes one, its empty start, and that a vote was cast."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.people.session import leave
from pb.rounds.guard import the_round
from pb.rounds.reads import now_of
from pb.voting.kiosk.acts import open_kiosk
from pb.voting.kiosk.device import be_no_kiosk, become_kiosk, is_kiosk, leave_nothing, start_of
from pb.voting.kiosk.rules import kiosk_reasons
from pb.voting.reads import box_of
from pb.voting.views.blueprint import SealedVote, bp, open_vote

GONE = 12
"""Seconds after which the page that says that a vote was cast makes room for the next voter."""


@bp.get("/beheer/rondes/<slug>/kiosk")
@access.role(Role.CLERK, Role.ORGANISER)
def kiosk_manage(slug: str) -> ResponseReturnValue:
    """What a kiosk is, and the button that makes this device one."""
    round_ = the_round(slug)
    reasons = kiosk_reasons(box_of(round_.id), now_of(round_))
    return render_template("voting/kiosk_manage.html", round=round_, reasons=reasons, here=is_kiosk(slug))


@bp.post("/beheer/rondes/<slug>/kiosk")
@access.role(Role.CLERK, Role.ORGANISER)
def kiosk_deed(slug: str) -> ResponseReturnValue:
    """Make this device a kiosk and sign out, so that nobody's account stays open on it; or make it one no more."""
    round_ = the_round(slug)
    if request.form.get("deed") == "stop":
        return be_no_kiosk(make_response(redirect(url_for("voting.kiosk_manage", slug=slug), 303)))
    open_kiosk(round_.id, current_user.id)
    leave()
    return become_kiosk(make_response(redirect(start_of(slug), 303)), round_)


@bp.get("/rondes/<slug>/kiosk")
@access.public
def kiosk(slug: str) -> ResponseReturnValue:
    """The empty start of a kiosk: whatever the last voter left is gone."""
    round_ = the_round(slug)
    if not is_kiosk(slug):
        return render_template("voting/kiosk_none.html", round=round_)
    vote = open_vote(slug)
    reasons = [] if isinstance(vote, SealedVote) else vote
    return leave_nothing(make_response(render_template("voting/kiosk.html", round=round_, reasons=reasons)), slug)


@bp.get("/rondes/<slug>/kiosk/gelukt")
@access.public
def kiosk_done(slug: str) -> ResponseReturnValue:
    """That the vote was cast, and nothing else."""
    round_ = the_round(slug)
    if not is_kiosk(slug):
        return redirect(url_for("voting.kiosk", slug=slug), 303)
    answer = leave_nothing(make_response(render_template("voting/kiosk_done.html", round=round_)), slug)
    answer.headers["Refresh"] = f"{GONE}; url={start_of(slug)}"
    return answer
