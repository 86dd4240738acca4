"""Hundreds of votes by many clients with repetitions: none lost, none doubled, none falsely confirmed."""

import random
from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Flask
from sqlalchemy import select

from pb.base import clock
from pb.base.refusals import Refused
from pb.extensions import db
from pb.roll.codes import make_code
from pb.voting import reads
from pb.voting.acts import cast_ballot, close_vote, open_rehearsal
from pb.voting.keys import keys_of
from pb.voting.models import OutboxRow
from pb.voting.protocol import outbox_tag
from pb.voting.values import Receipt, VoteRefusal
from tests.booth import Booth, fields_of, tracking_of
from tests.factories import CALENDAR
from tests.together import together
from tests.voting import COSTS, Voting, a_vote, rows

KEY = bytes(range(16))
CLIENTS = 16
CLOSES = CALENDAR.phases[-1].closes


class Casting:
    """What many clients cast for a few codes: changes, repetitions, wrong codes; and what they were told."""

    def __init__(self, vote: Voting, number: int) -> None:
        self.vote, dice = vote, random.Random(number)  # noqa: S311 - the same casts in every run
        plans = list(COSTS)
        keys = [(code, bytes([place] * 16)) for code in vote.codes for place in range(2)]
        wanted = {key: tuple(sorted(dice.sample(plans, dice.randint(0, 1)))) for key in keys}
        sent = list(wanted.items()) * 2 + [((make_code(), KEY), ("bank",)) for _ in range(number // 10)]
        dice.shuffle(sent)
        self.sent = sent[:number]

    def deed(self, client: int) -> list[tuple[str, bytes, Receipt | None]]:
        """One client casts its share, one after another."""
        return [self._cast(code, key, chosen) for (code, key), chosen in self.sent[client::CLIENTS]]

    def _cast(self, code: str, key: bytes, chosen: tuple[str, ...]) -> tuple[str, bytes, Receipt | None]:
        try:
            return code, key, cast_ballot(self.vote.id, code, chosen, key)
        except Refused as refused:
            assert [reason.refusal for reason in refused.reasons] == [VoteRefusal.CODE_NOT_VALID]
            return code, key, None


def test_hundreds_of_casts_by_sixteen_clients(app: Flask) -> None:
    vote = a_vote(codes=100)
    casting = Casting(vote, 400)
    shares = together(app, [partial(casting.deed, client) for client in range(CLIENTS)])
    assert not [share for share in shares if isinstance(share, Exception)], shares
    told = [one for share in shares if not isinstance(share, Exception) for one in share]
    assert len(told) == 400
    confirmed = [(code, key, receipt) for code, key, receipt in told if receipt]
    by_key: dict[tuple[str, bytes], set[str]] = {}
    for code, key, receipt in confirmed:
        by_key.setdefault((code, key), set()).add(receipt.tracking)
    assert all(len(found) == 1 for found in by_key.values()), "a repetition has another receipt"
    assert sum(not receipt.repeated for _, _, receipt in confirmed) == len(by_key), "cast twice, or not at all"
    voters = {code for code, _ in by_key}
    assert voters <= set(vote.codes) and rows() == (len(voters), len(voters), len(by_key), len(by_key))
    _every_receipt_waits_for_the_log(vote, {tracking for found in by_key.values() for tracking in found})
    _the_box_holds_one_of_each(vote, by_key)


def _every_receipt_waits_for_the_log(vote: Voting, trackings: set[str]) -> None:
    manifest = reads.manifest(vote.id)
    assert manifest is not None
    keys = keys_of(manifest)
    waiting = set(db.session.scalars(select(OutboxRow.tag)))
    assert waiting == {outbox_tag(keys.outbox_key, tracking) for tracking in trackings}


def _the_box_holds_one_of_each(vote: Voting, by_key: dict[tuple[str, bytes], set[str]]) -> None:
    """After the opening every voter has one ballot, and it is one of their receipts."""
    clock.inject(lambda: CLOSES)
    close_vote(vote.id)
    open_rehearsal(vote.id, None)
    piles = reads.opened(vote.id)
    assert piles is not None
    left = {ballot.tracking for ballot in piles.ballots}
    for code in {code for code, _ in by_key}:
        own = {tracking for (holder, _), found in by_key.items() if holder == code for tracking in found}
        assert len(own & left) == 1, code


def _votes_twice(app: Flask, code: str, plan: str) -> tuple[str, str]:
    """A browser of its own: choose, cast, and send the same form again."""
    booth = Booth(app.test_client())
    booth.choose(plan)
    form = fields_of(booth.code_page().text)
    return tracking_of(booth.send(form, code)), tracking_of(booth.send(form, code))


def test_sixteen_browsers_share_eight_codes(app: Flask) -> None:
    vote = a_vote(codes=8)
    deeds = [partial(_votes_twice, app, code, plan) for code in vote.codes for plan in ("bank", "kas")]
    answers = together(app, deeds)
    pairs = [pair for pair in answers if not isinstance(pair, Exception)]
    assert len(pairs) == CLIENTS, answers
    assert all(first == again for first, again in pairs) and len({first for first, _ in pairs}) == CLIENTS
    assert rows() == (8, 8, CLIENTS, CLIENTS)
    _every_receipt_waits_for_the_log(vote, {first for first, _ in pairs})


def test_answers_and_box_agree_when_the_vote_closes_meanwhile(
    app: Flask, standing_clock: Callable[[datetime], None]
) -> None:
    vote = a_vote(codes=60)

    def close() -> bool:
        standing_clock(CLOSES)
        return close_vote(vote.id)

    casts = [partial(cast_ballot, vote.id, code, ("bank",), KEY) for code in vote.codes]
    shares = [partial(_all_of, casts[client::8]) for client in range(8)]
    answers = together(app, [*shares, close])
    assert answers[-1] is True
    told = [one for share in answers[:-1] if isinstance(share, list) for one in share]
    confirmed = sum(isinstance(one, Receipt) for one in told)
    late = {reason.refusal for one in told if isinstance(one, Refused) for reason in one.reasons}
    box = reads.box_of(vote.id)
    assert len(told) == 60 and late <= {VoteRefusal.CLOSED}
    assert box is not None and box.ballots == box.spent == confirmed == rows()[0]


def _all_of(deeds: list[Callable[[], Receipt]]) -> list[Receipt | Refused]:
    answers: list[Receipt | Refused] = []
    for deed in deeds:
        try:
            answers.append(deed())
        except Refused as refused:
            answers.append(refused)
    return answers
