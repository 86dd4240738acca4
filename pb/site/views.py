"""Pages that show all rooms together: home, the round, the list of rounds, and how the site treats people."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.clock import host_now
from pb.office.pages import remembered
from pb.rounds.guard import the_round
from pb.rounds.reads import all_rounds
from pb.rounds.values import RoundRecord
from pb.site import reads
from pb.site.rules import live_round, now_in, steps_at
from pb.words import day, euros, moment

bp = Blueprint("site", __name__)


@bp.get("/")
@remembered
@access.public
def home() -> ResponseReturnValue:
    """The round that lives now, and what you can do in it."""
    rounds = all_rounds()
    round_ = live_round(rounds, host_now())
    if round_ is None:
        return render_template("site/empty_home.html")
    now = round_.now(host_now())
    shown = reads.showcase(round_, now)
    others = [other for other in rounds if other.adopted and other.id != round_.id][:3]
    return render_template("site/home.html", shown=shown, others=others, **_moment(round_, now))


@bp.get("/rondes")
@remembered
@access.public
def rounds() -> ResponseReturnValue:
    """Every adopted round, newest first."""
    return render_template("site/rounds.html", rounds=[round_ for round_ in all_rounds() if round_.adopted])


@bp.get("/rondes/<slug>")
@remembered
@access.public
def round_page(slug: str) -> ResponseReturnValue:
    """One round: what now, the facts, the steps, the funnel, the plans, who decides."""
    round_ = the_round(slug)
    now = round_.now(host_now())
    page = reads.round_page(round_, now)
    return render_template("site/round.html", page=page, shown=page.showcase, **_moment(round_, now))


@bp.get("/beheer")
@access.signed_in
def desk() -> ResponseReturnValue:
    """What must I do now? Tasks of every round in which the person has a role, the nearest first."""
    return render_template("site/desk.html", desks=reads.desks_of(current_user.id, host_now()))


@bp.get("/privacy")
@access.public
def privacy() -> ResponseReturnValue:
    """How this site treats data."""
    return render_template("site/privacy.html")


@bp.get("/toegankelijkheid")
@access.public
def accessibility() -> ResponseReturnValue:
    """What was tested for accessibility and what was not."""
    return render_template("site/accessibility.html")


@bp.get("/robots.txt")
@access.public
def robots() -> ResponseReturnValue:
    """Search engines may read the site, but not a practice site."""
    rule = "Disallow: /" if current_app.config["DEMO"] else "Disallow: /beheer"
    return Response(f"User-agent: *\n{rule}\n", mimetype="text/plain")


def _moment(round_: RoundRecord, now: datetime) -> dict[str, Any]:
    """What both pages say about the round's moment, its facts already in words."""
    now_ = now_in(round_, now)
    frame = round_.frame
    facts = {
        "amount": euros(frame.total),
        "area": frame.area,
        "likes": frame.likes_needed,
        "until": moment(now_.until) if now_.until else "",
        "how": gettext(f"site.vote_with.{frame.door.kind}", name=frame.door.broker.name),
        "result": day(frame.calendar.result),
    }
    address = url_for("site.round_page", slug=round_.slug)
    return {"round": round_, "moment": now_, "facts": facts, "steps": steps_at(round_, now), "round_address": address}
