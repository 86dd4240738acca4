"""What one clerk notes: a proxy, and letters that came back."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.refusals import Refused
from pb.rounds.guard import the_round
from pb.voting.desk.acts import note_returned, record_proxy
from pb.voting.desk.entries import read_letters, read_proxy
from pb.voting.desk.views.page import WHO, desk_page, ticked, typed
from pb.voting.views.blueprint import bp


@bp.route("/beheer/rondes/<slug>/balie/machtiging", methods=["GET", "POST"])
@access.role(*WHO)
def desk_proxy(slug: str) -> ResponseReturnValue:
    """Note that somebody votes with another person's letter."""
    round_ = the_round(slug)
    if request.method == "GET":
        return desk_page("voting/desk_proxy.html", round_)
    try:
        proxy = read_proxy(typed("name"), typed("born"), typed("letter"))
        place = record_proxy(round_.id, proxy, ticked("seen"), current_user.id)
    except Refused as refused:
        return desk_page("voting/desk_proxy.html", round_, refused.reasons, refused.status)
    flash(gettext("desk.done.proxy", place=place), "done")
    return redirect(url_for("voting.desk", slug=slug), 303)


@bp.route("/beheer/rondes/<slug>/balie/post", methods=["GET", "POST"])
@access.role(*WHO)
def desk_returned(slug: str) -> ResponseReturnValue:
    """Note letters that came back."""
    round_ = the_round(slug)
    if request.method == "GET":
        return desk_page("voting/desk_returned.html", round_)
    try:
        noted = note_returned(round_.id, read_letters(typed("letters")), current_user.id)
    except Refused as refused:
        return desk_page("voting/desk_returned.html", round_, refused.reasons, refused.status)
    flash(gettext("desk.done.returned", noted=noted.noted, known=noted.known), "done")
    return redirect(url_for("voting.desk", slug=slug), 303)
