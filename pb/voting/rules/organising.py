"""What organisers may do with the vote: what is missing before sealing, when a plan may leave, which piles are taken in."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from pb.base.refusals import Reason
from pb.rounds.values import WHOLE, Frame, PhaseKind
from pb.voting.opening import OpenedPiles
from pb.voting.rules.choices import choice_reasons
from pb.voting.values import (
    KIND_OF,
    Box,
    Manifest,
    PileRefusal,
    SealedManifest,
    SealRefusal,
    SpentKind,
    WithdrawRefusal,
)


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
    if not frame.door.takes_codes:
        return found
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
    tokens = [token.token for token in piles.spent if token.token]
    if len(set(tokens)) < len(tokens):
        found.append(PileRefusal.TOKEN_TWICE())
    kinds = _spent_kinds(manifest.frame)
    if any(one.kind not in kinds or bool(one.token) != (one.kind == SpentKind.CODE) for one in piles.spent):
        found.append(PileRefusal.TOKEN_UNKNOWN())
    cast = {(ballot.style, ballot.choices) for ballot in piles.ballots}
    if any(choice_reasons(manifest, style, choices) for style, choices in cast):
        found.append(PileRefusal.BALLOT_AGAINST_RULE())
    return found


def _spent_kinds(frame: Frame) -> set[str]:
    """By what somebody can have voted in this round."""
    return {KIND_OF[frame.door.kind].value} | ({SpentKind.CODE.value} if frame.door.takes_codes else set())


def pot_of_plan(frame: Frame, pot: str) -> str:
    """The pot that pays a plan: the only one where money is not divided, whatever the plan says."""
    return WHOLE if not frame.pots else pot
