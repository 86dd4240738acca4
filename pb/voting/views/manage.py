"""The organiser's page of the vote: what is missing, and the next deed."""

from collections.abc import Callable, Sequence

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.roll.reads import roll_summary
from pb.rounds.guard import the_round
from pb.rounds.reads import now_of
from pb.voting.acts import ask_to_export, ask_to_seal, close_vote, import_piles, open_rehearsal, prepare_keys
from pb.voting.drafting import missing_for_seal
from pb.voting.keys import has_keys, has_private, key_folder
from pb.voting.opening import piles_to_bytes
from pb.voting.reads import box_of, manifest_content, sealed_manifest, sealed_piles, turnout
from pb.voting.rules import vote_step
from pb.voting.values import PileRefusal, VoteStep
from pb.voting.views.blueprint import bp


@bp.get("/beheer/rondes/<slug>/stemming")
@access.role(Role.ORGANISER)
def manage(slug: str) -> ResponseReturnValue:
    """Where the vote stands, what is missing before sealing, and one button for the next deed."""
    return _page(slug)


@bp.post("/beheer/rondes/<slug>/stemming")
@access.role(Role.ORGANISER)
def manage_deed(slug: str) -> ResponseReturnValue:
    """Do one deed, or show why it cannot be done."""
    deed = _DEEDS.get(request.form.get("deed", "")) or abort(400)
    try:
        deed(the_round(slug).id)
    except Refused as refused:
        return _page(slug, refused.reasons, refused.status)
    flash(gettext("voting.manage.done." + request.form["deed"]), "done")
    return redirect(url_for("voting.manage", slug=slug), 303)


@bp.get("/beheer/rondes/<slug>/stemming/stapels")
@access.role(Role.ORGANISER)
def download_piles(slug: str) -> ResponseReturnValue:
    """The two sealed piles as a file for the key's machine, newly shuffled at every download."""
    round_ = the_round(slug)
    box, sealed = box_of(round_.id), sealed_manifest(round_.id)
    if box is None or sealed is None or box.exported_at is None or box.opened_at is not None:
        raise Refused(PileRefusal.NOT_EXPORTED(), status=409)
    content = piles_to_bytes(sealed_piles(round_.id, sealed))
    return _file(content, f"{slug}-stapels.json")


@bp.get("/rondes/<slug>/manifest.json")
@access.public
def manifest_file(slug: str) -> ResponseReturnValue:
    """The exact bytes that two people sealed, for everybody."""
    return _file(manifest_content(the_round(slug).id) or abort(404), "manifest.json")


def _page(slug: str, reasons: Sequence[Reason] = (), status: int = 200) -> ResponseReturnValue:
    round_ = the_round(slug)
    box, now = box_of(round_.id), now_of(round_)
    step = vote_step(box, now)
    page = render_template(
        "voting/manage.html",
        round=round_,
        box=box,
        step=step,
        missing=missing_for_seal(round_, now) if step in (VoteStep.NOT_SEALED, VoteStep.SEALED) else [],
        keys_here=has_keys(key_folder(round_.public_id)),
        private_here=round_.rehearsal and has_private(key_folder(round_.public_id)),
        roll=roll_summary(round_.id),
        turnout=turnout(round_.id),
        reasons=reasons,
    )
    return page, status


def _import(round_id: int) -> None:
    file = request.files.get("piles")
    import_piles(round_id, file.read() if file else b"", current_user.id)


_DEEDS: dict[str, Callable[[int], object]] = {
    "keys": lambda round_id: prepare_keys(round_id, current_user.id),
    "seal": lambda round_id: ask_to_seal(round_id, current_user.id),
    "close": lambda round_id: close_vote(round_id, current_user.id),
    "export": lambda round_id: ask_to_export(round_id, current_user.id),
    "open": lambda round_id: open_rehearsal(round_id, current_user.id),
    "import": _import,
}


def _file(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
