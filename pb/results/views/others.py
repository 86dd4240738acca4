"""What other rules would have made of the same votes; rules with the same winners are told together."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from pb.base import access
from pb.office.pages import remembered
from pb.results.reads import outcome
from pb.results.rules import column_name, share_of
from pb.results.values import OtherRule, Outcome
from pb.results.views.blueprint import bp
from pb.rounds.guard import the_round


@dataclass(frozen=True, slots=True)
class Same:
    """Rules by their names that give one and the same result; `own` says that the round's rule is among them, the first."""

    names: Sequence[str]
    own: bool
    result: OtherRule


@bp.get("/rondes/<slug>/uitslag/andere-regels")
@remembered
@access.public
def others(slug: str) -> ResponseReturnValue:
    """*Dezelfde stemmen met andere regels*; not there where the frame leaves it out."""
    round_ = the_round(slug)
    found = outcome(round_.id) if round_.published_at else None
    if found is None or not found.explanation.others:
        abort(404)
    results = same_together(found)
    return render_template(
        "results/others.html",
        round=round_,
        outcome=found,
        results=results,
        plans=wins_of(found, results),
        rule_words=rule_words,
        rule_told=rule_told,
        share_of=share_of,
    )


def same_together(found: Outcome) -> list[Same]:
    """Every rule once, that of the round first."""
    together: dict[frozenset[str], list[OtherRule]] = {}
    for one in (_own(found), *found.explanation.others):
        together.setdefault(frozenset(one.winners), []).append(one)
    return [Same([one.name for one in rules], at == 0, rules[0]) for at, rules in enumerate(together.values())]


def wins_of(found: Outcome, results: Sequence[Same]) -> list[tuple[str, list[int]]]:
    """The title of each plan, most votes first, with the numbers of the results in which it wins."""
    by_votes = sorted((one.step for one in found.results), key=lambda step: (-step.votes, step.place))
    titles = {one.plan.code: one.plan.title for one in found.results}
    numbered = list(enumerate(results, start=1))
    return [(titles[step.plan], [at for at, one in numbered if step.plan in one.result.winners]) for step in by_votes]


def _own(found: Outcome) -> OtherRule:
    """What the round's own rule made of the votes, whatever was corrected later."""
    ledger, explained = found.ledger, found.explanation
    return OtherRule(column_name(ledger), ledger.winners, ledger.cost, explained.served, len(explained.unfair))


def rule_words(name: str) -> str:
    """A rule as a table calls it."""
    return str(gettext("others.rule." + name.replace(", ", ".")))


def rule_told(name: str) -> str:
    """What a rule does, in a sentence or two."""
    return str(gettext("others.told." + name.replace(", ", ".")))
