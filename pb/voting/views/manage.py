"""The organiser's page of the vote: what is missing, what would be sealed or was, and the next deed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused, refuse_if_any
from pb.rounds.guard import the_round
from pb.rounds.reads import now_of, open_requests, roles_of
from pb.rounds.values import RoundRecord, TwoPersonDeed
from pb.selection.reads import shortlist
from pb.voting.acts import (
    ask_to_export,
    ask_to_seal,
    ask_to_withdraw,
    close_vote,
    import_piles,
    open_rehearsal,
    prepare_keys,
)
from pb.voting.desk.reads import codes_of, desk_count
from pb.voting.drafting import drafted_manifest, missing_for_seal
from pb.voting.keys import has_keys, has_private, key_folder
from pb.voting.opening import piles_to_bytes
from pb.voting.paper.reads import batch_counts, paper_keys
from pb.voting.paper.rules import entering_reasons
from pb.voting.protocol import manifest_digest, manifest_to_bytes
from pb.voting.reads import (
    ballot_words,
    box_of,
    manifest_content,
    missing_draw,
    sealed_manifest,
    sealed_of,
    sealed_piles,
    settling_of,
    turnout,
)
from pb.voting.rules import last_moment, told_channels, vote_step
from pb.voting.values import Box, Manifest, PileRefusal, VoteStep
from pb.voting.views.blueprint import bp

BEFORE = (VoteStep.NOT_SEALED, VoteStep.SEALED)
DEEDS_OF_TWO = {
    TwoPersonDeed.SEAL_MANIFEST,
    TwoPersonDeed.WITHDRAW_FROM_BALLOT,
    TwoPersonDeed.ENTER_DRAW,
    TwoPersonDeed.EXPORT_PILES,
}


LOOK_AGAIN = 3
"""Seconds until the page fetches itself again, while the worker settles a vote."""
LARGEST_PILES = 128 * 1024 * 1024
"""Room for the opened ballots of a quarter of a million people."""


@bp.url_value_preprocessor
def _make_room(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything reads the form: opened piles may be larger than other uploads."""
    if endpoint == "voting.manage_deed":
        request.max_content_length = LARGEST_PILES


@bp.get("/beheer/rondes/<slug>/stemming")
@access.role(Role.ORGANISER, Role.COUNCIL)
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


@bp.get("/rondes/<slug>/manifest")
@access.public
def manifest_file(slug: str) -> ResponseReturnValue:
    """The exact bytes that two people sealed, for everybody."""
    return _file(manifest_content(the_round(slug).id) or abort(404), f"{slug}-manifest.json")


def _page(slug: str, reasons: Sequence[Reason] = (), status: int = 200) -> ResponseReturnValue:
    round_ = the_round(slug)
    box = box_of(round_.id)
    now = now_of(round_)
    step = vote_step(box, now)
    folder = key_folder(round_.public_id)
    missing = missing_for_seal(round_, now) if step in BEFORE else []
    job = settling_of(round_.id) if step is VoteStep.DUE else None
    settling = job if job and job.started_at else None
    page = render_template(
        "voting/manage.html",
        round=round_,
        box=box,
        step=step,
        missing=missing,
        draft=_facts(round_, drafted_manifest(round_), None) if step in BEFORE and not missing else None,
        sealed=_facts(round_, sealed_of(box).manifest, box) if box else None,
        keys_here=has_keys(folder),
        private_here=round_.rehearsal and has_private(folder),
        waiting=[one for one in open_requests(round_.id) if one.deed in DEEDS_OF_TWO],
        draw_missing=bool(missing_draw(round_.id)),
        settling=settling,
        turnout=turnout(round_.id),
        channels=_channels(round_, box, now) if box else None,
        may_act=Role.ORGANISER in roles_of(current_user.id, round_.id),
        reasons=reasons,
    )
    return page, status, {"Refresh": str(LOOK_AGAIN)} if settling else {}


def _channels(round_: RoundRecord, box: Box, now: datetime) -> dict[str, object]:
    """Codes, letters and paper in numbers, and the ballots of each channel once the piles are opened."""
    manifest, found = sealed_of(box).manifest, turnout(round_.id)
    return {
        "codes": codes_of(round_.id),
        "count": desk_count(round_.id),
        "batches": batch_counts(round_.id, paper_keys(box, manifest)),
        "entering": not entering_reasons(box, manifest, now),
        "ballots": told_channels(found.channels) if found else {},
    }


def _facts(round_: RoundRecord, manifest: Manifest, box: Box | None) -> dict[str, object]:
    """What is sealed or would be, as values that a template puts in words."""
    words = ballot_words(box) if box else {plan.code: plan for plan in shortlist(round_.id)}
    return {
        "manifest": manifest,
        "digest": manifest_digest(manifest_to_bytes(manifest)).hex(),
        "plans": [(plan, words[plan.code].title) for plan in manifest.plans],
        "until": last_moment(box.closes if box else manifest.closes, manifest.frame),
        "withdrawn": dict(box.withdrawn) if box else {},
    }


def _close(round_id: int) -> None:
    close_vote(round_id, current_user.id)
    refuse_if_any(missing_draw(round_id), status=409)


def _import(round_id: int) -> None:
    file = request.files.get("piles")
    import_piles(round_id, file.read() if file else b"", current_user.id)


def _withdraw(round_id: int) -> None:
    ask_to_withdraw(round_id, request.form.get("plan", ""), request.form.get("reason", ""), current_user.id)


_DEEDS: dict[str, Callable[[int], object]] = {
    "keys": lambda round_id: prepare_keys(round_id, current_user.id),
    "seal": lambda round_id: ask_to_seal(round_id, current_user.id),
    "withdraw": _withdraw,
    "close": _close,
    "export": lambda round_id: ask_to_export(round_id, current_user.id),
    "open": lambda round_id: open_rehearsal(round_id, current_user.id),
    "import": _import,
}


def _file(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
