"""The door with a sign-in: a page with one button, out to the broker, and back."""

from collections.abc import Sequence
from dataclasses import astuple

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from pb.base import access
from pb.base.refusals import Reason, Refused, refuse_if_any
from pb.doors.cookies import AWAY
from pb.doors.reads import entry_reasons
from pb.doors.sign_in import UnderWay, come_back, go_out
from pb.doors.values import ProofRefusal
from pb.doors.views.blueprint import bp, open_door, to_the_ballot
from pb.office.mail import site_url
from pb.rounds.values import DoorKind, RoundRecord
from pb.words import spoken


@bp.get("/rondes/<slug>/stemmen/inloggen")
@access.public
def sign_in(slug: str) -> ResponseReturnValue:
    """What signing in is for, and the button that leads there."""
    reasons = [ProofRefusal.EXPIRED()] if "verlopen" in request.args else []
    return _page(open_door(slug, DoorKind.SIGN_IN), reasons)


@bp.get("/rondes/<slug>/stemmen/inloggen/naar-buiten")
@access.public
def leave_for_broker(slug: str) -> ResponseReturnValue:
    """Send somebody out to the broker. A link and no form: a broker may send them on to any address of its own."""
    round_ = open_door(slug, DoorKind.SIGN_IN)
    try:
        address, away = go_out(round_, _back(round_), spoken())
    except Refused as refused:
        return _page(round_, refused.reasons, refused.status)
    return AWAY.keep(make_response(redirect(address, 303)), slug, astuple(away))


@bp.get("/rondes/<slug>/stemmen/inloggen/terug")
@access.public
def return_from_broker(slug: str) -> ResponseReturnValue:
    """Back from the broker. It casts nothing; a sign-in counts for one way back, whatever comes of it."""
    round_, kept = open_door(slug, DoorKind.SIGN_IN), AWAY.read()
    away = UnderWay(*kept) if kept else None
    try:
        proof = come_back(round_, _back(round_), away, request.args)
        refuse_if_any(entry_reasons(round_.id, proof), status=403)
        answer: ResponseReturnValue = to_the_ballot(round_, proof)
    except Refused as refused:
        answer = _page(round_, refused.reasons, refused.status)
    return AWAY.forget(make_response(answer), slug)


def _back(round_: RoundRecord) -> str:
    """Where a broker returns people of this language; the address of each language must be registered there."""
    return site_url("doors.return_from_broker", spoken(), slug=round_.slug)


def _page(round_: RoundRecord, reasons: Sequence[Reason] = (), status: int = 200) -> ResponseReturnValue:
    return render_template("doors/sign_in.html", round=round_, broker=round_.frame.door.broker, reasons=reasons), status
