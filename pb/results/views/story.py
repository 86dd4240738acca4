"""How the votes were counted, step by step."""

from collections import Counter
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from pb.base import access
from pb.base.money import Cents
from pb.counting import Utility
from pb.office.pages import remembered
from pb.results.reads import outcome
from pb.results.rules import share_of, why_counted_out
from pb.results.values import Outcome
from pb.results.views.blueprint import bp
from pb.results.views.sentences import Account, account_of
from pb.results.views.telling import told_by_pot
from pb.rounds.guard import the_round
from pb.rounds.values import RoundRecord
from pb.voting.reads import hand_drawn
from pb.words import say

MINE = ("won", "lost", "paid", "sum", "left", "broke", "unknown", "about")
"""What the script that follows one ballot says, by the names of its words."""


@bp.get("/rondes/<slug>/uitslag/stap-voor-stap")
@remembered
@access.public
def story(slug: str) -> ResponseReturnValue:
    """The story of the count."""
    round_, found = _published(slug)
    account = account_of(round_, found)
    return render_template(
        "results/story.html",
        round=round_,
        outcome=found,
        frame=round_.frame,
        account=account,
        pots=told_by_pot(account),
        themes=_themes(round_, found),
        drawn=hand_drawn(round_.id),
        share_of=share_of,
        mine_data=_mine(round_, found, account),
        mine_words={name: gettext(f"mine.say.{name}") for name in MINE},
    )


def _published(slug: str) -> tuple[RoundRecord, Outcome]:
    round_ = the_round(slug)
    found = outcome(round_.id) if round_.published_at else None
    return round_, found or abort(404)


def _themes(round_: RoundRecord, found: Outcome) -> list[tuple[str, int, Cents]]:
    """How many winners of the count each theme has and what they cost, most money first; nothing without themes."""
    counted = [result for result in found.results if result.step.won]
    won = Counter(result.plan.draft.theme for result in counted)
    money = Counter[str]()
    for result in counted:
        money[result.plan.draft.theme] += result.step.cost
    rows = [(theme.name, won[theme.code], money[theme.code]) for theme in round_.frame.themes]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def _mine(round_: RoundRecord, found: Outcome, account: Account) -> dict[str, Any]:
    """What the script needs to follow one ballot through the count; cents with fractions, good enough to be shown."""
    ballot, settings = round_.frame.ballot, account.ledger.settings
    return {
        "shares": {share.pot: float(share.last) for share in account.ledger.shares} if account.paid else {},
        "byPoints": Utility(settings["utility"]).by_points if account.paid else False,
        "places": ballot.at_most if ballot.kind == "ranking" else 0,
        "plans": [
            {
                "code": step.plan,
                "pot": step.pot,
                "title": account.titles[step.plan],
                "won": step.won,
                "why": "" if step.won else say(why_counted_out(found, step)),
                "price": float(step.price) if step.price is not None else None,
            }
            for step in account.ledger.steps
        ],
    }
