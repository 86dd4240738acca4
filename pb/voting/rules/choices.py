"""What a ballot may hold: the choices that a manifest allows, and whose ballot it is."""

from collections.abc import Collection, Sequence

from pb.base.refusals import Reason
from pb.rounds.values import BallotKind, Frame
from pb.voting.values import Manifest, VoteRefusal


def choice_reasons(
    manifest: Manifest, style: str, choices: Sequence[str], withdrawn: Collection[str] = ()
) -> list[Reason]:
    """Why these choices are no ballot of this style. No choice at all is a blank ballot and permitted."""
    mine = {plan.code for plan in manifest.plans_of(style)}
    known = {plan.code for plan in manifest.plans}
    chosen = set(choices)
    wrong = (
        (len(chosen) < len(choices), VoteRefusal.PLAN_TWICE()),
        (chosen - known, VoteRefusal.PLAN_UNKNOWN()),
        (chosen & known - mine, VoteRefusal.OTHER_BALLOT(style=style)),
        (chosen & mine & set(withdrawn), VoteRefusal.PLAN_WITHDRAWN()),
    )
    found = [reason for holds, reason in wrong if holds]
    return found or _amount_reasons(manifest, style, choices)


def _amount_reasons(manifest: Manifest, style: str, choices: Sequence[str]) -> list[Reason]:
    """Why known plans are too many or too dear together."""
    rule = manifest.frame.ballot
    if rule.kind is BallotKind.UP_TO:
        return [VoteRefusal.TOO_MANY_PLANS(most=rule.at_most)] if len(choices) > rule.at_most else []
    spent = money_per_pot(manifest, choices)
    pots = (manifest.frame.pot(code) for code in manifest.styles.get(style, ()))
    return [
        VoteRefusal.OVER_THE_MONEY(pot=pot.name, limit=pot.amount, total=spent[pot.code])
        for pot in pots
        if spent.get(pot.code, 0) > pot.amount
    ]


def money_per_pot(manifest: Manifest, choices: Collection[str]) -> dict[str, int]:
    """What the chosen plans cost together, in cents per pot that has a chosen plan."""
    spent: dict[str, int] = {}
    for plan in manifest.plans:
        if plan.code in choices:
            spent[plan.pot] = spent.get(plan.pot, 0) + plan.cost
    return spent


def style_of_postcode(frame: Frame, postcode: str) -> str | None:
    """The ballot style of an address, or the only style there is. A pot names whole postcodes or their four digits."""
    if len(frame.styles()) == 1:
        return next(iter(frame.styles()))
    whole = postcode.replace(" ", "").upper()
    named = {each.replace(" ", ""): pot.code for pot in frame.pots for each in pot.postcodes}
    return named.get(whole) or named.get(whole[:4])
