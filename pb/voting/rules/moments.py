"""How far the vote is, and whether it takes votes or can be settled now."""

from collections.abc import Mapping
from datetime import datetime

from pb.base.refusals import Reason
from pb.rounds.rules import closing_to_local, paper_closing
from pb.rounds.values import Frame
from pb.voting.values import Box, Manifest, PileRefusal, VoteRefusal, VoteStep

FEWEST = 5
"""Fewer ballots of a kind are not counted apart."""


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


def paper_until(box: Box, manifest: Manifest) -> datetime:
    """Until when paper forms are entered; an extended closing moves it along."""
    return manifest.paper_closes if box.closes == manifest.closes else paper_closing(manifest.frame, box.closes)


def is_paper_over(box: Box, manifest: Manifest, now: datetime) -> bool:
    """Whether nothing more comes from paper, so that the log can end."""
    return now >= paper_until(box, manifest)


def told_channels(channels: Mapping[str, int]) -> Mapping[str, int]:
    """The ballots of each channel, where none has so few that the number says something of a person."""
    return channels if all(ballots >= FEWEST for ballots in channels.values()) else {}


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
