"""What everybody reads: the result, the open ballots, and the ledger of the count."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from pb.base import access
from pb.office.pages import remembered
from pb.results.bundle import OUTCOME, votes_name
from pb.results.reads import outcome, public_file, public_names
from pb.results.rules import share_of, why_not
from pb.results.views.blueprint import bp
from pb.results.views.drawings import drawings_of
from pb.results.views.telling import account_of
from pb.rounds.guard import the_round


@bp.get("/rondes/<slug>/uitslag")
@remembered
@access.public
def page(slug: str) -> ResponseReturnValue:
    """Who won and why, or when that is known."""
    round_ = the_round(slug)
    found = outcome(round_.id) if round_.published_at else None
    if found is None:
        return render_template("results/waiting.html", round=round_)
    names = public_names(round_)
    return render_template(
        "results/page.html",
        round=round_,
        outcome=found,
        account=account_of(round_, found),
        drawings=drawings_of(round_, found),
        why_not=why_not,
        share_of=share_of,
        open_pots=[pot for pot in round_.frame.all_pots() if votes_name(pot.code) in names],
    )


@bp.get("/rondes/<slug>/uitslag/stemmen/<pot>")
@access.public
def ballots(slug: str, pot: str) -> ResponseReturnValue:
    """The open ballots of one pot as a Pabulib file, so that anyone can count again."""
    return _download(slug, votes_name(pot), "text/plain; charset=utf-8", f"{slug}-{pot}.pb")


@bp.get("/rondes/<slug>/uitslag/telling")
@access.public
def ledger(slug: str) -> ResponseReturnValue:
    """Every step of the count, as the exact bytes that were adopted."""
    return _download(slug, OUTCOME, "application/json", f"{slug}-telling.json")


def _download(slug: str, file: str, media_type: str, name: str) -> Response:
    """A file that was published, under another name."""
    round_ = the_round(slug)
    content = public_file(round_, file) if round_.published_at else None
    if content is None:
        abort(404)
    answer = Response(content, content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
