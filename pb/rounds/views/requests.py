"""What waits for a second person: everything that they confirm, in words, and their yes or no."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.people.reads import names_of
from pb.rounds import acts, reads
from pb.rounds.codec import decision_from_json, frame_from_json
from pb.rounds.differences import differences
from pb.rounds.guard import the_round
from pb.rounds.values import RequestRecord, RoundRecord
from pb.rounds.views.blueprint import bp


@bp.get("/beheer/rondes/<slug>/bevestigen")
@access.role(Role.ORGANISER, Role.COUNCIL)
def requests(slug: str) -> ResponseReturnValue:
    """The list of what waits."""
    round_ = the_round(slug)
    waiting = reads.open_requests(round_.id)
    names = names_of(one.asked_by for one in waiting)
    shown = [(one, _facts(round_, one)) for one in waiting]
    return render_template("rounds/requests.html", round=round_, waiting=shown, names=names)


def _facts(round_: RoundRecord, one: RequestRecord) -> dict[str, object]:
    """What the payload says, as values that a template can put in words."""
    payload, facts = dict(one.payload), {}
    if "decision" in payload:
        facts["decision"] = decision_from_json(payload.pop("decision"))
    if "frame" in payload:
        frame = frame_from_json(payload.pop("frame"))
        facts |= {"frame": frame, "changes": differences(round_.frame, frame)}
    return facts | {"plain": {name: value for name, value in payload.items() if isinstance(value, str | int)}}


@bp.post("/beheer/rondes/<slug>/bevestigen/<int:number>")
@access.role(Role.ORGANISER, Role.COUNCIL)
def decide(slug: str, number: int) -> ResponseReturnValue:
    """Yes or no to one of them."""
    round_ = the_round(slug)
    if number not in {one.id for one in reads.all_requests(round_.id)}:
        abort(404)
    if request.form.get("answer") == "yes":
        acts.confirm_request(number, current_user.id)
        flash(gettext("request.confirmed"), "done")
    elif request.form.get("answer") == "no":
        acts.refuse_request(number, current_user.id)
        flash(gettext("request.refused"), "done")
    return redirect(url_for("rounds.requests", slug=slug))
