"""Decisions of the vote: whether it is open, whether choices obey the manifest, what is missing before sealing."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from pb.base.refusals import Reason
from pb.rounds.rules import closing_to_local
from pb.rounds.values import WHOLE, BallotKind, Frame, PhaseKind
from pb.voting.opening import OpenedPiles
from pb.voting.values import (
    Box,
    Manifest,
    PileRefusal,
    SealedManifest,
    SealRefusal,
    VoteRefusal,
    VoteStep,
    WithdrawRefusal,
)


def last_moment(closes: datetime, frame: Frame) -> datetime:
    """Until when votes count, as people say it: a vote that closes at midnight is open until 23.59 of the day before."""
    return closing_to_local(closes, frame.zone)


def open_reasons(box: Box | None, now: datetime, frame: Frame) -> list[Reason]:
    """Why votes do not count now; a vote counts when `opens <= now < closes`."""
    if box is None:
        return [VoteRefusal.NOT_SEALED()]
    if now < box.opens:
        return [VoteRefusal.NOT_YET(moment=box.opens)]
    if now >= box.closes or box.closed_at is not None:
        return [VoteRefusal.CLOSED(moment=last_moment(box.closes, frame))]
    return []


def closing_reasons(box: Box, now: datetime, frame: Frame) -> list[Reason]:
    """Why the vote cannot be settled yet."""
    return [PileRefusal.STILL_OPEN(moment=last_moment(box.closes, frame))] if now < box.closes else []


def vote_step(box: Box | None, now: datetime) -> VoteStep:
    """How far the vote is; by the clock until the close, by what was done after it."""
    if box is None:
        return VoteStep.NOT_SEALED
    if box.opened_at is not None:
        return VoteStep.OPENED
    if box.exported_at is not None:
        return VoteStep.EXPORTED
    if box.closed_at is not None:
        return VoteStep.CLOSED
    return VoteStep.SEALED if now < box.opens else VoteStep.OPEN if now < box.closes else VoteStep.DUE


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


def sealing_reasons(
    frame: Frame, adopted: bool, plan_pots: Mapping[str, str], issued: Mapping[str, int], now: datetime
) -> list[Reason]:
    """What is missing before the manifest can be sealed.

    `plan_pots` gives the pot of each plan on the shortlist; `issued` the number of codes of each ballot style.
    """
    vote = frame.calendar.phase(PhaseKind.VOTE)
    found = [] if adopted else [SealRefusal.NO_FRAME()]
    if vote is None:
        found.append(SealRefusal.NO_VOTE())
    elif now >= vote.opens:
        found.append(SealRefusal.ALREADY_OPEN(moment=vote.opens))
    found += _ballot_reasons(frame, plan_pots)
    if not issued:
        return [*found, SealRefusal.NO_ROLL()]
    return found + [SealRefusal.STYLE_WITHOUT_CODES(style=style) for style in frame.styles() if not issued.get(style)]


def _ballot_reasons(frame: Frame, plan_pots: Mapping[str, str]) -> list[Reason]:
    if not plan_pots:
        return [SealRefusal.NO_SHORTLIST()]
    pots = {pot.code for pot in frame.all_pots()}
    return [SealRefusal.PLAN_WITHOUT_POT(plan=code) for code, pot in plan_pots.items() if pot not in pots]


def withdrawing_reasons(manifest: Manifest, box: Box, plan: str, reason: str, now: datetime) -> list[Reason]:
    """Why this plan cannot be taken off a sealed ballot; until the close two people may do so, for a public reason."""
    if now >= box.closes:
        return [WithdrawRefusal.CLOSED()]
    if plan not in {known.code for known in manifest.plans}:
        return [WithdrawRefusal.NOT_ON_BALLOT(about="plan")]
    if plan in box.withdrawn:
        return [WithdrawRefusal.ALREADY(about="plan")]
    return [] if reason else [WithdrawRefusal.REASON_MISSING(about="reason")]


def pile_reasons(sealed: SealedManifest, box: Box, piles: OpenedPiles) -> list[Reason]:
    """Why opened piles are not those that were exported, as far as their content tells."""
    manifest = sealed.manifest
    if (piles.round, piles.manifest) != (manifest.round, sealed.digest.hex()):
        return [PileRefusal.OTHER_ROUND()]
    found = []
    for pile, wanted in ((len(piles.ballots), box.ballots), (len(piles.spent), box.spent)):
        if pile != wanted:
            found.append(PileRefusal.WRONG_NUMBER(got=pile, wanted=wanted))
    if Counter(ballot.style for ballot in piles.ballots) != Counter(token.style for token in piles.spent):
        found.append(PileRefusal.STYLES_DIFFER())
    if len({token.token for token in piles.spent}) < len(piles.spent):
        found.append(PileRefusal.TOKEN_TWICE())
    cast = {(ballot.style, ballot.choices) for ballot in piles.ballots}
    if any(choice_reasons(manifest, style, choices) for style, choices in cast):
        found.append(PileRefusal.BALLOT_AGAINST_RULE())
    return found


def pot_of_plan(frame: Frame, pot: str) -> str:
    """The pot that pays a plan: the only one where money is not divided, whatever the plan says."""
    return WHOLE if not frame.pots else pot
