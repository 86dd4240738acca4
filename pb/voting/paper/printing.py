"""The paper form of a sealed ballot, in the language of the request."""

from flask_babel import gettext

from pb.rounds.rules import closing_to_local
from pb.voting.paper.numbers import plan_numbers
from pb.voting.paper.sheet import PARTS, SheetPot, sheet_pdf
from pb.voting.reads import ballot_words
from pb.voting.views.blueprint import SealedVote
from pb.words import euros, moment, spoken


def printed_sheet(vote: SealedVote, style: str) -> bytes:
    """The form that a voter of this style fills in; plans that left the ballot are not on it."""
    frame = vote.manifest.frame
    facts = {"round": vote.round.name, "until": moment(closing_to_local(vote.box.closes, frame.zone))}
    words = {part: gettext(f"sheet.{part}", **facts) for part in PARTS}
    return sheet_pdf(words | {"choose": _choose(vote, style)}, _pots(vote, style), spoken())


def _choose(vote: SealedVote, style: str) -> str:
    """What a ballot may hold, as the page for choosing says it."""
    rule, amount = vote.manifest.frame.ballot, sum(pot.amount for pot in vote.pots(style))
    lead = gettext(f"ballot.lead.{rule.kind}", amount=euros(amount), most=rule.at_most)
    return f"{lead} {gettext('ballot.lead.at_least', least=rule.at_least)}" if rule.at_least > 1 else str(lead)


def _pots(vote: SealedVote, style: str) -> list[SheetPot]:
    words, pots = ballot_words(vote.box), vote.pots(style)
    plans = [
        (plan.pot, (number, words[plan.code].title, euros(plan.cost)))
        for number, plan in plan_numbers(vote.manifest).items()
        if plan.code not in vote.box.withdrawn
    ]
    return [
        SheetPot(
            f"{pot.name}: {euros(pot.amount)}" if len(pots) > 1 else "", tuple(p for of, p in plans if of == pot.code)
        )
        for pot in pots
    ]
