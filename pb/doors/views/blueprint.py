"""The blueprint of the room, and what its doors share: they are open while people vote, and lead back to the ballot."""

from flask import Blueprint, Response, abort, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from pb.base import access
from pb.doors.proofs import forget_proof, keep_proof
from pb.doors.values import Proof
from pb.rounds.guard import the_round
from pb.rounds.reads import now_of
from pb.rounds.rules import phase_reasons
from pb.rounds.values import DoorKind, PhaseKind, RoundRecord

bp = Blueprint("doors", __name__)


def open_door(slug: str, kind: DoorKind) -> RoundRecord:
    """The round when it has such a door and people vote; otherwise the page about the vote says what to do."""
    round_ = the_round(slug)
    if round_.frame.door.kind is not kind or phase_reasons(round_, PhaseKind.VOTE, now_of(round_)):
        abort(redirect(url_for("voting.choose", slug=slug), 303))
    return round_


def to_the_ballot(round_: RoundRecord, proof: Proof) -> Response:
    """Back to the ballot with a proof; nothing is cast before somebody presses the button there."""
    return keep_proof(make_response(redirect(url_for("voting.confirm", slug=round_.slug), 303)), round_, proof)


@bp.post("/rondes/<slug>/stemmen/vergeet-mij")
@access.public
def leave(slug: str) -> ResponseReturnValue:
    """Let this device forget who proved a right to vote; the choices stay."""
    return forget_proof(make_response(redirect(url_for("voting.choose", slug=the_round(slug).slug), 303)), slug)
