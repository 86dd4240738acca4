"""What waits for a second person: everything that they confirm, in words, and their yes or no."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.people.reads import names_of
from pb.rounds import acts, reads
from pb.rounds.codec import decision_from_json, frame_from_json, frame_to_json
from pb.rounds.differences import differences
from pb.rounds.guard import the_round
from pb.rounds.rules import DESK
from pb.rounds.values import Change, Decision, Frame, RequestRecord, RoundRecord, TwoPersonDeed
from pb.rounds.views.blueprint import bp
from pb.rounds.views.navigation import may_open

SEE = {
    TwoPersonDeed.SEAL_MANIFEST: "voting.manage",
    TwoPersonDeed.EXPORT_PILES: "voting.manage",
    TwoPersonDeed.WITHDRAW_FROM_BALLOT: "voting.manage",
    TwoPersonDeed.ENTER_DRAW: "voting.draw",
    TwoPersonDeed.DESTROY_KEYS: "voting.keys",
    TwoPersonDeed.ADOPT_RESULT: "results.manage",
    TwoPersonDeed.CORRECT_RESULT: "results.manage",
    TwoPersonDeed.REISSUE_CODE: "voting.desk",
    TwoPersonDeed.ACTIVATE_CODE: "voting.desk",
    TwoPersonDeed.REVOKE_CODE: "voting.desk",
}
"""Where a later room shows what its deed is about."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what its payload says: a decision, a frame and what differs in it, and short facts by name."""

    request: RequestRecord
    facts: dict[str, str | int]
    order: tuple[str, ...] = ()
    """Titles of plans in the order of a draw."""
    winners: tuple[str, ...] = ()
    """Titles of the plans that win in a result."""
    decision: Decision | None = None
    frame: Frame | None = None
    changes: tuple[Change, ...] = ()
    see: str | None = None
    blind: bool = False
    """Whether the second person enters it again on the page `see`, and so sees nothing of it here."""
    stale: bool = False
    """Whether the draft or the version changed after the question, so that it can only be refused and asked again."""


@bp.get("/beheer/rondes/<slug>/bevestigen")
@access.role(Role.ORGANISER, Role.COUNCIL)
def requests(slug: str) -> ResponseReturnValue:
    """The list of what waits."""
    round_ = the_round(slug)
    waiting = reads.open_requests(round_.id)
    names = names_of(one.asked_by for one in waiting)
    asked = [_asked(round_, one) for one in waiting]
    return render_template("rounds/requests.html", round=round_, asked=asked, names=names)


def _asked(round_: RoundRecord, one: RequestRecord) -> Asked:
    blind = one.deed in DESK
    payload = {} if blind else dict(one.payload)
    decision, frame = payload.pop("decision", None), payload.pop("frame", None)
    drafted = frame_from_json(frame) if frame else None
    page = SEE.get(one.deed)
    return Asked(
        request=one,
        facts={name: value for name, value in payload.items() if isinstance(value, str | int)},
        order=tuple(payload.get("titles", ())),
        winners=tuple(payload.get("winners", ())) if one.deed is TwoPersonDeed.ADOPT_RESULT else (),
        decision=decision_from_json(decision) if decision else None,
        frame=drafted,
        changes=differences(round_.frame, drafted) if drafted and round_.adopted else (),
        see=url_for(page, slug=round_.slug) if page and may_open(round_, page) else None,
        blind=blind,
        stale=_is_stale(round_, one),
    )


def _is_stale(round_: RoundRecord, one: RequestRecord) -> bool:
    asked = one.payload.get("version"), one.payload.get("frame")
    if one.deed is TwoPersonDeed.ADOPT_FRAME:
        draft = reads.newest_draft(round_.id)
        return draft is None or (draft.number, frame_to_json(draft.frame)) != asked
    return one.deed is TwoPersonDeed.AMEND_FRAME and asked[0] != round_.frame_version


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
