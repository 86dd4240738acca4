"""The organiser's page of the keys: who keeps halves of them, and destroying them in the end."""

from collections.abc import Callable, Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.rounds.guard import the_round
from pb.rounds.reads import now_of, open_requests, roles_of
from pb.rounds.values import TwoPersonDeed
from pb.voting.custody.acts import ask_to_destroy, record_escrow
from pb.voting.custody.reads import custody
from pb.voting.custody.rules import destroying_reasons
from pb.voting.keys import has_keys, key_folder
from pb.voting.reads import waiting_reports
from pb.voting.views.blueprint import bp


@bp.get("/beheer/rondes/<slug>/stemming/sleutels")
@access.role(Role.ORGANISER, Role.COUNCIL, Role.AUDITOR)
def keys(slug: str) -> ResponseReturnValue:
    """Fingerprints of the keepers, and the keys' last deed."""
    return _page(slug)


@bp.post("/beheer/rondes/<slug>/stemming/sleutels")
@access.role(Role.ORGANISER)
def keys_deed(slug: str) -> ResponseReturnValue:
    """Record an escrow or ask to destroy the keys, or show why it cannot be done."""
    deed = _DEEDS.get(request.form.get("deed", "")) or abort(400)
    try:
        deed(the_round(slug).id)
    except Refused as refused:
        return _page(slug, refused.reasons, refused.status)
    flash(gettext("voting.keys.done." + request.form["deed"]), "done")
    return redirect(url_for("voting.keys", slug=slug), 303)


def _page(slug: str, reasons: Sequence[Reason] = (), status: int = 200) -> ResponseReturnValue:
    round_ = the_round(slug)
    kept = custody(round_)
    found = destroying_reasons(
        round_.published_at, waiting_reports(round_.id), kept.destroyed is not None, now_of(round_)
    )
    page = render_template(
        "voting/keys.html",
        round=round_,
        custody=kept,
        keys_here=has_keys(key_folder(round_.public_id)),
        not_yet=() if kept.destroyed else found,
        asked=[one for one in open_requests(round_.id) if one.deed is TwoPersonDeed.DESTROY_KEYS],
        may_act=Role.ORGANISER in roles_of(current_user.id, round_.id),
        reasons=reasons,
    )
    return page, status


def _record(round_id: int) -> None:
    file = request.files.get("note")
    record_escrow(round_id, file.read() if file else b"", current_user.id)


def _destroy(round_id: int) -> None:
    ask_to_destroy(round_id, request.form.get("rest") == "yes", current_user.id)


_DEEDS: dict[str, Callable[[int], None]] = {"escrow": _record, "destroy": _destroy}
