"""What a ballot may hold: the choices that a manifest allows, and whose ballot it is."""

from collections.abc import Collection, Iterator, Sequence

from pb.base.refusals import Reason
from pb.counting.ballots import ballot_reasons
from pb.counting.refusals import BallotRefusal
from pb.rounds.rules import form_of
from pb.rounds.values import BallotKind, Frame
from pb.voting.protocol import numbers_in, plans_in
from pb.voting.values import Manifest, VoteRefusal


def choice_reasons(
    manifest: Manifest, style: str, choices: Sequence[str], withdrawn: Collection[str] = ()
) -> list[Reason]:
    """Why these choices are no ballot of this style. No choice at all is a blank ballot and permitted."""
    mine = {plan.code for plan in manifest.plans_of(style)}
    known = {plan.code for plan in manifest.plans}
    plans = plans_in(choices) if manifest.frame.ballot.numbered else choices
    chosen = set(plans)
    wrong = (
        (len(chosen) < len(plans), VoteRefusal.PLAN_TWICE()),
        (chosen - known, VoteRefusal.PLAN_UNKNOWN()),
        (chosen & known - mine, VoteRefusal.OTHER_BALLOT(style=style)),
        (chosen & mine & set(withdrawn), VoteRefusal.PLAN_WITHDRAWN()),
    )
    found = [reason for holds, reason in wrong if holds]
    return found or list(_form_reasons(manifest, style, choices))


def _form_reasons(manifest: Manifest, style: str, choices: Sequence[str]) -> Iterator[Reason]:
    """Why known plans do not keep to the form of the ballot: too many, too dear, or with other numbers."""
    rule = manifest.frame.ballot
    if rule.kind is BallotKind.WITHIN_MONEY:
        yield from _money_reasons(manifest, style, choices)
        return
    plans, numbers = plans_in(choices), numbers_in(choices)
    points = [numbers[plan] for plan in plans if plan in numbers] if rule.kind is BallotKind.POINTS else []
    costs = {plan.code: plan.cost for plan in manifest.plans_of(style)}
    for reason in ballot_reasons(form_of(rule, 0), costs, plans, points):
        if reason.refusal is BallotRefusal.TOO_MANY:
            one = rule.kind is BallotKind.ONE
            yield VoteRefusal.ONLY_ONE_PLAN() if one else VoteRefusal.TOO_MANY_PLANS(most=rule.at_most)
        else:
            yield reason
    if rule.kind is BallotKind.RANKING:
        yield from _place_reasons(len(plans), sorted(numbers.values()))


def _place_reasons(chosen: int, places: Sequence[int]) -> Iterator[Reason]:
    """Places are counted from 1, each once, and none is left out."""
    if len(places) < chosen:
        yield VoteRefusal.PLACE_MISSING()
    for place in sorted({place for place in places if places.count(place) > 1}):
        yield VoteRefusal.PLACE_TWICE(place=place)
    gap = next((place for place in range(1, max(places, default=0)) if place not in places), None)
    if gap is not None:
        yield VoteRefusal.PLACE_LEFT_OUT(place=gap)


def _money_reasons(manifest: Manifest, style: str, choices: Sequence[str]) -> Iterator[Reason]:
    spent = money_per_pot(manifest, choices)
    for pot in (manifest.frame.pot(code) for code in manifest.styles.get(style, ())):
        if spent.get(pot.code, 0) > pot.amount:
            yield VoteRefusal.OVER_THE_MONEY(pot=pot.name, limit=pot.amount, total=spent[pot.code])


def money_per_pot(manifest: Manifest, choices: Collection[str]) -> dict[str, int]:
    """What the chosen plans cost together, in cents per pot that has a chosen plan."""
    chosen, spent = set(plans_in(choices)), dict[str, int]()
    for plan in manifest.plans:
        if plan.code in chosen:
            spent[plan.pot] = spent.get(plan.pot, 0) + plan.cost
    return spent


def style_of_postcode(frame: Frame, postcode: str) -> str | None:
    """The ballot style of an address, or the only style there is. A pot names whole postcodes or their four digits."""
    if len(frame.styles()) == 1:
        return next(iter(frame.styles()))
    whole = postcode.replace(" ", "").upper()
    named = {each.replace(" ", ""): pot.code for pot in frame.pots for each in pot.postcodes}
    return named.get(whole) or named.get(whole[:4])
