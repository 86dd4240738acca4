"""The desk's home, and the codes that two people give and revoke: both enter the same, each by themselves."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.people.reads import names_of
from pb.rounds.acts import confirm_request, refuse_request
from pb.rounds.guard import the_round
from pb.rounds.reads import open_requests, roles_of
from pb.rounds.rules import DESK
from pb.rounds.values import RequestRecord, RoundRecord, TwoPersonDeed
from pb.voting.acts import ask_to_activate, ask_to_reissue, ask_to_revoke
from pb.voting.desk.entries import read_hash
from pb.voting.desk.reads import codes_of, desk_count
from pb.voting.desk.views.page import WHO, desk_page, ticked, typed
from pb.voting.views.blueprint import bp

FIELDS = {
    TwoPersonDeed.REISSUE_CODE: ("old", "new"),
    TwoPersonDeed.ACTIVATE_CODE: ("new", "area"),
    TwoPersonDeed.REVOKE_CODE: ("old",),
}
"""What both people enter, each by themselves."""


@bp.get("/beheer/rondes/<slug>/balie")
@access.role(*WHO, Role.COUNCIL, Role.AUDITOR)
def desk(slug: str) -> ResponseReturnValue:
    """What the desk does, what waits for a second person, and its counts."""
    round_ = the_round(slug)
    waiting = [one for one in open_requests(round_.id) if one.deed in DESK]
    return render_template(
        "voting/desk.html",
        round=round_,
        waiting=waiting,
        names=names_of(one.asked_by for one in waiting),
        codes=codes_of(round_.id),
        count=desk_count(round_.id),
        may_act=bool(roles_of(current_user.id, round_.id).intersection(WHO)),
    )


@bp.route("/beheer/rondes/<slug>/balie/nieuwe-code", methods=["GET", "POST"])
@access.role(*WHO)
def desk_reissue(slug: str) -> ResponseReturnValue:
    """A lost letter: a spare code takes the place of the old one."""
    return _first_entry(slug, TwoPersonDeed.REISSUE_CODE)


@bp.route("/beheer/rondes/<slug>/balie/late-kiezer", methods=["GET", "POST"])
@access.role(*WHO)
def desk_activate(slug: str) -> ResponseReturnValue:
    """Somebody whom the roll does not have: a spare code, and one person more in an area."""
    return _first_entry(slug, TwoPersonDeed.ACTIVATE_CODE)


@bp.route("/beheer/rondes/<slug>/balie/intrekken", methods=["GET", "POST"])
@access.role(*WHO)
def desk_revoke(slug: str) -> ResponseReturnValue:
    """A letter that came back, or that somebody else holds: its code counts no more."""
    return _first_entry(slug, TwoPersonDeed.REVOKE_CODE)


@bp.get("/beheer/rondes/<slug>/balie/verzoeken/<int:number>")
@access.role(*WHO, Role.COUNCIL)
def desk_second(slug: str, number: int) -> ResponseReturnValue:
    """The second person enters it again, and sees nothing of what the first one entered."""
    return _second_page(*_waiting(slug, number))


@bp.post("/beheer/rondes/<slug>/balie/verzoeken/<int:number>")
@access.role(*WHO, Role.COUNCIL)
def confirm_desk_code(slug: str, number: int) -> ResponseReturnValue:
    """Equal entries do the deed, in public; or the request is dropped."""
    round_, asked = _waiting(slug, number)
    try:
        if typed("answer") == "no":
            refuse_request(number, current_user.id)
        else:
            confirm_request(number, current_user.id, _entered(asked))
    except Refused as refused:
        return _second_page(round_, asked, refused.reasons, refused.status)
    flash(gettext("desk.done.dropped" if typed("answer") == "no" else f"desk.done.{asked.deed}"), "done")
    return redirect(url_for("voting.desk", slug=slug), 303)


def _first_entry(slug: str, deed: TwoPersonDeed) -> ResponseReturnValue:
    """The first of two people enters what the desk file gives, and asks the other."""
    round_ = the_round(slug)
    facts: dict[str, Any] = {"deed": deed, "fields": FIELDS[deed]}
    if request.method == "GET":
        return desk_page("voting/desk_first.html", round_, **facts)
    try:
        _ask(round_.id, deed)
    except Refused as refused:
        return desk_page("voting/desk_first.html", round_, refused.reasons, refused.status, **facts)
    flash(gettext("desk.done.asked"), "done")
    return redirect(url_for("voting.desk", slug=slug), 303)


def _ask(round_id: int, deed: TwoPersonDeed) -> None:
    by, checked = current_user.id, ticked("checked")
    if deed is TwoPersonDeed.REISSUE_CODE:
        ask_to_reissue(round_id, typed("old"), typed("new"), by, checked)
    elif deed is TwoPersonDeed.ACTIVATE_CODE:
        ask_to_activate(round_id, typed("new"), typed("area"), by, checked)
    else:
        ask_to_revoke(round_id, typed("old"), by)


def _second_page(
    round_: RoundRecord, asked: RequestRecord, reasons: Sequence[Reason] = (), status: int = 200
) -> ResponseReturnValue:
    return desk_page(
        "voting/desk_second.html",
        round_,
        reasons,
        status,
        asked=asked,
        fields=FIELDS[asked.deed],
        own=asked.asked_by == current_user.id,
        names=names_of([asked.asked_by]),
    )


def _waiting(slug: str, number: int) -> tuple[RoundRecord, RequestRecord]:
    """A request of the desk that waits; 404 for any other."""
    round_ = the_round(slug)
    found = next((one for one in open_requests(round_.id) if one.id == number and one.deed in DESK), None)
    return round_, found or abort(404)


def _entered(asked: RequestRecord) -> dict[str, str]:
    """What the second person entered, in the form in which the first entry is kept. Raises `Refused` for no hash."""
    read = {name: typed(name) for name in FIELDS[asked.deed]}
    return {name: given if name == "area" else read_hash(given, name).hex() for name, given in read.items()}
