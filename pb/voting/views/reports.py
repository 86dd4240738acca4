"""Reports about the vote: everybody sends one and reads the answers, organisers answer."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.office.throttle import address_bucket, note_failure, wait_seconds
from pb.rounds.guard import the_round
from pb.rounds.reads import now_of, roles_of
from pb.voting.acts import answer_report, send_report
from pb.voting.reads import all_reports, box_of
from pb.voting.rules import reporting_reasons, reports_until
from pb.voting.values import ReportRefusal
from pb.voting.views.blueprint import bp

FREE_FOR_ALL = 200
"""Reports a day from everywhere before all are asked to wait."""


@bp.get("/rondes/<slug>/meldingen")
@access.public
def reports(slug: str) -> ResponseReturnValue:
    """The answers, and the form while reports are taken."""
    return _page(slug)


@bp.post("/rondes/<slug>/meldingen")
@access.public
def send(slug: str) -> ResponseReturnValue:
    """Take a report, or show why not."""
    here, everywhere = address_bucket("report", request.remote_addr), address_bucket("report", "everywhere")
    if seconds := max(wait_seconds(here), wait_seconds(everywhere, FREE_FOR_ALL)):
        return _page(slug, [ReportRefusal.TOO_MANY(seconds=seconds)], 429)
    try:
        send_report(the_round(slug).id, request.form.get("text", ""), request.form.get("email", ""), str(get_locale()))
    except Refused as refused:
        return _page(slug, refused.reasons, refused.status)
    note_failure(here)
    note_failure(everywhere)
    flash(gettext("report.sent"), "done")
    return redirect(url_for("voting.reports", slug=slug), 303)


@bp.get("/beheer/rondes/<slug>/meldingen")
@access.role(Role.ORGANISER, Role.COUNCIL, Role.AUDITOR)
def manage_reports(slug: str) -> ResponseReturnValue:
    """Every report, those that wait first, each with a form for its answer."""
    return _manage_page(slug)


@bp.post("/beheer/rondes/<slug>/meldingen")
@access.role(Role.ORGANISER)
def answer(slug: str) -> ResponseReturnValue:
    """Answer one of them, or show why not."""
    number = request.form.get("number", type=int) or 0
    told = request.form.get("subject", ""), request.form.get("answer", "")
    try:
        answer_report(the_round(slug).id, number, *told, by=current_user.id)
    except Refused as refused:
        return _manage_page(slug, refused.reasons, refused.status, number)
    flash(gettext("report.answered_now"), "done")
    return redirect(url_for("voting.manage_reports", slug=slug), 303)


def _page(slug: str, reasons: Sequence[Reason] = (), status: int = 200) -> ResponseReturnValue:
    round_ = the_round(slug)
    box, found = box_of(round_.id), all_reports(round_.id)
    closed = reporting_reasons(box, round_.frame, now_of(round_))
    page = render_template(
        "voting/log_reports.html",
        round=round_,
        closed=closed,
        until=reports_until(box, round_.frame),
        answered=[one for one in found if one.answered_at],
        waiting=sum(one.answered_at is None for one in found),
        reasons=[reason for reason in reasons if reason not in closed],
    )
    return page, status


def _manage_page(slug: str, reasons: Sequence[Reason] = (), status: int = 200, number: int = 0) -> ResponseReturnValue:
    round_ = the_round(slug)
    found = sorted(all_reports(round_.id), key=lambda one: one.answered_at is not None)
    may_act = Role.ORGANISER in roles_of(current_user.id, round_.id)
    page = render_template(
        "voting/log_manage.html", round=round_, found=found, may_act=may_act, reasons=reasons, tried=number
    )
    return page, status
