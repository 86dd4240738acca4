"""The organiser's page of the roll: the settings for `pb codes`, and the credential file, looked at before it is taken."""

from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused, refuse_if_any
from pb.office.mail import site_url
from pb.office.reads import municipality
from pb.roll import acts
from pb.roll.files import read_credentials
from pb.roll.forms import CredentialsForm
from pb.roll.parameters import parameters_of, write_parameters
from pb.roll.reads import roll_summary
from pb.roll.rules import summary_of, take_reasons
from pb.roll.values import RollRefusal, RollSummary
from pb.rounds.guard import the_round
from pb.rounds.values import RoundRecord
from pb.words import LOCALES

bp = Blueprint("roll", __name__)
LARGEST_FILE = 24 * 1024 * 1024
"""Room for the credentials of a quarter of a million people."""


@bp.url_value_preprocessor
def _make_room(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything reads the form: a credential file may be larger than other uploads."""
    request.max_content_length = LARGEST_FILE


@bp.get("/beheer/rondes/<slug>/kiezers")
@access.role(Role.ORGANISER)
def manage(slug: str) -> ResponseReturnValue:
    """The roll in numbers, and how a credential file is made and brought here."""
    round_ = the_round(slug)
    return _page(round_, CredentialsForm(), take_reasons(round_))


@bp.post("/beheer/rondes/<slug>/kiezers")
@access.role(Role.ORGANISER)
def upload(slug: str) -> ResponseReturnValue:
    """Look at a file, with every mistake named; the same file once more is taken."""
    round_, form = the_round(slug), CredentialsForm()
    content = form.file.data.read() if form.file.data else b""
    try:
        found = _looked_at(round_, content)
        digest = sha256(content).hexdigest()
        if form.seen.data == digest:
            taken = acts.take_credentials(round_.id, BytesIO(content), current_user.id)
            flash(gettext("roll.manage.taken", count=taken), "done")
            return redirect(url_for("roll.manage", slug=slug), 303)
    except Refused as refused:
        return _page(round_, form, refused.reasons, status=refused.status)
    reasons = [RollRefusal.ANOTHER_FILE()] if form.seen.data else []
    form.seen.data = digest
    return _page(round_, form, reasons, found)


@bp.get("/beheer/rondes/<slug>/kiezers/instellingen")
@access.role(Role.ORGANISER)
def parameters(slug: str) -> ResponseReturnValue:
    """The round's settings file for `pb codes`."""
    round_, office = the_round(slug), municipality()
    if office is None:
        raise Refused(RollRefusal.NO_MUNICIPALITY(), status=409)
    refuse_if_any(take_reasons(round_), status=409)
    links = {locale: site_url("voting.choose", locale, slug=slug) for locale in LOCALES}
    response = Response(write_parameters(parameters_of(round_, office, links)), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-instellingen.json"'
    return response


def _looked_at(round_: RoundRecord, content: bytes) -> RollSummary:
    """The numbers of a file. Raises `Refused` with every mistake in it; nothing is stored."""
    refuse_if_any(take_reasons(round_), status=409)
    if not content:
        raise Refused(RollRefusal.NO_FILE())
    return summary_of(read_credentials(BytesIO(content), round_.public_id, round_.frame.styles()))


def _page(
    round_: RoundRecord,
    form: CredentialsForm,
    reasons: Sequence[Reason],
    found: RollSummary | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "roll/manage.html",
        round=round_,
        form=form,
        reasons=reasons,
        found=found,
        roll=roll_summary(round_.id),
        closed=take_reasons(round_),
    )
    return page, status
