"""A practice round's clock: forward to the next moment of its calendar, so that a whole round fits in an afternoon."""

from flask import abort, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from pb.base import access
from pb.base.access import Role
from pb.rounds.acts import advance_clock
from pb.rounds.guard import the_round
from pb.rounds.reads import now_of
from pb.rounds.rules import next_moment
from pb.rounds.values import RoundRecord
from pb.rounds.views.blueprint import bp

RECORDED = "recorded_rounds"
"""Where an application keeps the addresses of practice rounds that a recording winds: the demo plays what people did."""


def may_wind(round_: RoundRecord) -> bool:
    """Whether an organiser can put this round's clock forward."""
    recorded = round_.slug in current_app.extensions.get(RECORDED, ())
    return round_.rehearsal and not recorded and next_moment(round_.frame, now_of(round_)) is not None


@bp.post("/beheer/rondes/<slug>/klok")
@access.role(Role.ORGANISER)
def wind(slug: str) -> ResponseReturnValue:
    """Put the clock forward to the next moment of the calendar; 404 where there is no such clock or moment."""
    round_ = the_round(slug)
    to = next_moment(round_.frame, now_of(round_))
    if to is None or not may_wind(round_):
        abort(404)
    advance_clock(round_.id, to)
    flash(gettext("rounds.clock.done"), "done")
    return redirect(url_for("rounds.overview", slug=slug), 303)
