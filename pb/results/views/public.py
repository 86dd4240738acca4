"""What everybody reads: the result, the open ballots, and the ledger of the count."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from pb.base import access
from pb.office.pages import remembered
from pb.office.reads import municipality
from pb.results.open_data import ballots_file, is_open
from pb.results.reads import outcome
from pb.results.rules import share_of, why_not
from pb.results.values import Outcome
from pb.results.views.blueprint import bp
from pb.results.views.drawings import drawings_of
from pb.rounds.guard import the_round
from pb.rounds.values import RoundRecord
from pb.voting.reads import manifest, opened


@bp.get("/rondes/<slug>/uitslag")
@remembered
@access.public
def page(slug: str) -> ResponseReturnValue:
    """Who won and why, or when that is known."""
    round_ = the_round(slug)
    found = outcome(round_.id) if round_.published_at else None
    if found is None:
        return render_template("results/waiting.html", round=round_)
    return render_template(
        "results/page.html",
        round=round_,
        outcome=found,
        drawings=drawings_of(round_, found),
        why_not=why_not,
        share_of=share_of,
        open_pots=[pot for pot in round_.frame.all_pots() if is_open(round_.frame, pot.code, found.turnout.styles)],
    )


@bp.get("/rondes/<slug>/uitslag/stemmen/<pot>")
@access.public
def ballots(slug: str, pot: str) -> ResponseReturnValue:
    """The open ballots of one pot as a Pabulib file, so that anyone can count again."""
    round_, found = _published(slug)
    sealed, piles, runs = manifest(round_.id), opened(round_.id), municipality()
    if sealed is None or piles is None or pot not in {one.code for one in sealed.frame.all_pots()}:
        abort(404)
    if not is_open(sealed.frame, pot, found.turnout.styles):
        abort(404)
    titles = {result.plan.code: result.plan.title for result in found.results}
    content = ballots_file(sealed, piles.ballots, found.ledger, titles, pot, runs.name if runs else round_.name)
    return _download(content, "text/plain; charset=utf-8", f"{slug}-{pot}.pb")


@bp.get("/rondes/<slug>/uitslag/telling")
@access.public
def ledger(slug: str) -> ResponseReturnValue:
    """Every step of the count, as the exact bytes that were adopted."""
    _, found = _published(slug)
    return _download(found.ledger_text.encode(), "application/json", f"{slug}-telling.json")


def _published(slug: str) -> tuple[RoundRecord, Outcome]:
    round_ = the_round(slug)
    found = outcome(round_.id) if round_.published_at else None
    return (round_, found) if found else abort(404)


def _download(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
