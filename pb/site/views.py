"""Pages that show all rooms together: home, the round, the list of rounds, and how the site treats people."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pb.base import access
from pb.base.clock import host_now
from pb.rounds.guard import the_round
from pb.rounds.reads import all_rounds

bp = Blueprint("site", __name__)


@bp.get("/")
@access.public
def home() -> ResponseReturnValue:
    """The round that lives now, and what you can do in it."""
    return render_template("site/rounds.html", rounds=all_rounds())


@bp.get("/rondes")
@access.public
def rounds() -> ResponseReturnValue:
    """Every round, newest first."""
    return render_template("site/rounds.html", rounds=all_rounds())


@bp.get("/rondes/<slug>")
@access.public
def round_page(slug: str) -> ResponseReturnValue:
    """One round: what now, the facts, the steps, the plans."""
    round_ = the_round(slug)
    return render_template("site/round.html", round=round_, now=round_.now(host_now()))


@bp.get("/beheer")
@access.signed_in
def desk() -> ResponseReturnValue:
    """What must I do now?"""
    return render_template("site/desk.html", rounds=all_rounds())


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
