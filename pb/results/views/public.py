"""What everybody reads: the result in each of its versions, the open ballots, and the ledger of the count."""

from datetime import datetime

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from pb.base import access
from pb.office.pages import remembered
from pb.results.bundle import OUTCOME, votes_name
from pb.results.corrections.record import CORRECTIONS
from pb.results.open_data import corrected_file
from pb.results.reads import outcome, public_file, public_names
from pb.results.rules import share_of, why_not
from pb.results.values import Outcome
from pb.results.views.blueprint import bp
from pb.results.views.drawings import drawings_of
from pb.results.views.sentences import account_of
from pb.rounds.guard import the_round
from pb.rounds.values import RoundRecord


@bp.get("/rondes/<slug>/uitslag")
@remembered
@access.public
def page(slug: str) -> ResponseReturnValue:
    """Who won and why, or when that is known; after a correction the newest version."""
    round_ = the_round(slug)
    found = outcome(round_.id) if round_.published_at else None
    if found is None:
        return render_template("results/waiting.html", round=round_)
    return _page(round_, found)


@bp.get("/rondes/<slug>/uitslag/versie/<int:number>")
@remembered
@access.public
def version(slug: str, number: int) -> ResponseReturnValue:
    """The result as this version had it: what the count gave is version 1, and every correction is one more."""
    round_ = the_round(slug)
    found = outcome(round_.id) if round_.published_at else None
    shown = found.at_version(number) if found else None
    if found is None or shown is None:
        abort(404)
    after = found.corrections[len(shown.corrections) :]
    return _page(round_, shown, replaced_at=after[0].at if after else None)


def _page(round_: RoundRecord, found: Outcome, replaced_at: datetime | None = None) -> str:
    names = public_names(round_)
    return render_template(
        "results/page.html",
        round=round_,
        outcome=found,
        replaced_at=replaced_at,
        account=account_of(round_, found),
        drawings=drawings_of(round_, found),
        why_not=why_not,
        share_of=share_of,
        open_pots=[pot for pot in round_.frame.all_pots() if votes_name(pot.code) in names],
    )


@bp.get("/rondes/<slug>/uitslag/stemmen/<pot>")
@access.public
def ballots(slug: str, pot: str) -> ResponseReturnValue:
    """The open ballots of one pot as a Pabulib file, so that anyone can count again; its winners are those of today."""
    round_ = the_round(slug)
    content, found = _published(round_, votes_name(pot)), outcome(round_.id)
    if found and found.corrections:
        content = corrected_file(content, found.corrections[-1].winners, found.version)
    return _download(content, "text/plain; charset=utf-8", f"{slug}-{pot}.pb")


@bp.get("/rondes/<slug>/uitslag/telling")
@access.public
def ledger(slug: str) -> ResponseReturnValue:
    """Every step of the count, as the exact bytes that were adopted."""
    return _download(_published(the_round(slug), OUTCOME), "application/json", f"{slug}-telling.json")


@bp.get("/rondes/<slug>/uitslag/verbeteringen")
@access.public
def corrections(slug: str) -> ResponseReturnValue:
    """Every correction of the result, for programs."""
    return _download(_published(the_round(slug), CORRECTIONS), "application/json", f"{slug}-verbeteringen.json")


def _published(round_: RoundRecord, name: str) -> bytes:
    """A public file of the result; 404 before it is public."""
    content = public_file(round_, name) if round_.published_at else None
    return abort(404) if content is None else content


def _download(content: bytes, media_type: str, name: str) -> Response:
    """Content as a file of that name."""
    answer = Response(content, content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
