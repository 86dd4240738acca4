"""The last step at another door than a letter's code: who somebody is stands fast, and one button casts the ballot."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from pb.base import access
from pb.doors.proofs import read_proof
from pb.rounds.guard import the_round
from pb.rounds.values import DoorKind, RoundRecord
from pb.voting.kept import Kept, read_kept
from pb.voting.values import VoteRefusal
from pb.voting.views.blueprint import SealedVote, bp, new_order, not_open, open_vote
from pb.voting.views.choose import ballot_page
from pb.voting.views.code import cast_shown
from pb.voting.views.explain import last_page

DOORS = {DoorKind.CODES: "voting.code", DoorKind.SIGN_IN: "doors.sign_in", DoorKind.EMAIL: "doors.email"}
"""Where somebody proves a right to vote."""


@bp.get("/rondes/<slug>/stemmen/uitbrengen")
@access.public
def confirm(slug: str) -> ResponseReturnValue:
    """The choices and one button; first to the door, where somebody has not been there yet."""
    vote = open_vote(slug)
    if not isinstance(vote, SealedVote):
        return not_open(slug, vote)
    kept, proof = read_kept(slug, vote.manifest), read_proof(vote.round)
    if kept is None or kept.cast:
        return redirect(url_for("voting.choose", slug=slug), 303)
    if proof is None:
        return _to_the_door(vote.round)
    if proof.style not in ("", kept.style):  # a roll tells the style when the ballot is cast
        mine = Kept(proof.style, (), new_order())
        return ballot_page(vote, mine, [VoteRefusal.OTHER_BALLOT(style=proof.style)])
    return last_page(vote, kept)


@bp.post("/rondes/<slug>/stemmen/uitbrengen")
@access.public
def cast_proven(slug: str) -> ResponseReturnValue:
    """Cast the ballot; the receipt is the answer. Who waited too long proves it again and keeps the choices."""
    round_ = the_round(slug)
    proof = read_proof(round_)
    return cast_shown(slug, proof) if proof else _to_the_door(round_, late=True)


def _to_the_door(round_: RoundRecord, late: bool = False) -> ResponseReturnValue:
    return redirect(url_for(DOORS[round_.frame.door.kind], slug=round_.slug, verlopen=1 if late else None), 303)
