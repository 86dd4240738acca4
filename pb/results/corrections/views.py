"""An organiser's journey: enter a corrected list of winners with its reason and decision; a second person confirms it."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.results.corrections.acts import ask_correction
from pb.results.corrections.forms import CorrectionForm
from pb.results.corrections.rules import LONGEST
from pb.results.reads import outcome
from pb.results.values import Outcome
from pb.results.views.blueprint import bp
from pb.rounds.guard import the_round
from pb.rounds.values import RoundRecord


@bp.get("/beheer/rondes/<slug>/uitslag/verbeteren")
@access.role(Role.ORGANISER)
def correct(slug: str) -> ResponseReturnValue:
    """The form: today's winners ticked, the body of the last decision filled in."""
    round_, found = _public(slug)
    body = found.decisions[-1].decision.body
    return _page(round_, found, CorrectionForm(formdata=None, winners=_codes(found), body=body))


@bp.post("/beheer/rondes/<slug>/uitslag/verbeteren")
@access.role(Role.ORGANISER)
def ask(slug: str) -> ResponseReturnValue:
    """Ask a second person."""
    (round_, found), form = _public(slug), CorrectionForm()
    if not form.validate_on_submit() or form.taken_on.data is None:
        return _page(round_, found, form), 422
    try:
        ask_correction(round_.id, form.wish(form.taken_on.data), current_user.id)
    except Refused as refused:
        return _page(round_, found, form, refused.reasons), refused.status
    flash(gettext("correction.asked"), "done")
    return redirect(url_for("results.manage", slug=slug))


def _public(slug: str) -> tuple[RoundRecord, Outcome]:
    """The round with its public result; 404 before that."""
    round_ = the_round(slug)
    found = outcome(round_.id) if round_.published_at else None
    return round_, found or abort(404)


def _codes(found: Outcome) -> list[str]:
    return [plan.code for plan in found.winners]


def _page(round_: RoundRecord, found: Outcome, form: CorrectionForm, reasons: Sequence[Reason] = ()) -> str:
    pots = [(pot, [one for one in found.results if one.step.pot == pot.code]) for pot in round_.frame.all_pots()]
    return render_template(
        "results/correct.html",
        round=round_,
        outcome=found,
        form=form,
        pots=[(pot, results) for pot, results in pots if results],
        chosen=form.winners.data or (),
        longest=LONGEST,
        reasons=reasons,
    )
