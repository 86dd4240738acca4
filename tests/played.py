"""A whole round for readers, in tests and trials: many people vote in the browser, and a reader looks on."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np
from flask import Flask

from pb.base.hashing import credential_of, token_of, tracking_code
from pb.rounds.values import Pot, PotKind
from pb.voting.acts import close_vote, log_waiting_ballots, open_rehearsal
from pb.voting.keys import key_folder, keys_of, read_private
from pb.voting.reads import manifest
from tests.attackers import ATTACKERS, Guess, Keys, by_chance, right
from tests.booth import Booth, tracking_of
from tests.factories import CALENDAR, a_frame
from tests.reader import Evidence, Reader, Voter
from tests.voting import Voting, a_vote

VOTE = CALENDAR.phases[-1]
FRAME = a_frame(
    pot_kind=PotKind.AREA,
    pots=(Pot("oud", "Oude centrum", 14_000_00, ("2405",)), Pot("water", "Water", 30_000_00, ("2406",))),
)
POTS = {"bank": "oud", "bomen": "oud", "kas": "water", "tuin": "water"}
PLANS = {"oud": ("bank", "bomen"), "water": ("kas", "tuin")}
VOTERS, AGAIN = 200, 20
NEARLY_ALL = 195
Move = Callable[[datetime], None]


class Played:
    """A round in which so many people voted, one every half minute and some of them twice, with a batch every 10 minutes."""

    def __init__(self, app: Flask, move: Move, voters: int = VOTERS, again: int = AGAIN, slug: str = "ronde") -> None:
        self.app, self.move, self.dice = app, move, random.SystemRandom()
        self.vote = a_vote(FRAME, codes=voters, pots=POTS, slug=slug)
        self.voters = [self._voter(number, code) for number, code in enumerate(self.vote.codes)]
        self.tracking: dict[int, str] = {}
        reader = Reader(self.vote.id, self.voters)
        turns = [*self.voters, *self.dice.sample(self.voters, again)]
        self.dice.shuffle(turns)
        for moment, voter in enumerate(turns, start=1):
            move(VOTE.opens + moment * timedelta(seconds=30))
            reader.saw(voter.number, moment, self._cast(voter))
            if log_waiting_ballots(self.vote.id):
                reader.batch_was_made()
        self.keys = _keys(self.vote)
        move(VOTE.closes)
        close_vote(self.vote.id)
        reader.batch_was_made()
        open_rehearsal(self.vote.id, None)
        self.seen: Evidence = reader.round_is_over()

    @property
    def truth(self) -> Guess:
        """Which ballot is whose: only the voters' own receipts tell."""
        by_tracking = {tracking_code(ballot.commitment): ballot.commitment for ballot in self.seen.ballots}
        return {voter: by_tracking[tracking] for voter, tracking in self.tracking.items()}

    def hits(self, keys: Keys | None = None) -> dict[str, int]:
        """How many voters' ballots each attacker names, with or without the keys."""
        return {one.name: right(one.guess(self.seen, keys), self.truth) for one in ATTACKERS}

    def limit(self) -> int:
        """What chance gives at most."""
        return by_chance(self.seen, np.random.default_rng())

    def better_than_chance(self) -> set[str]:
        """The attackers who know more than they can guess."""
        limit = self.limit()
        return {name for name, hits in self.hits().items() if hits > limit}

    def _voter(self, number: int, code: str) -> Voter:
        token = token_of(self.vote.round.public_id, code)
        style = list(PLANS)[number % len(PLANS)]
        return Voter(number, code, token, credential_of(token), style, f"192.0.{number // 250}.{number % 250}")

    def _cast(self, voter: Voter) -> int:
        """Vote as a browser does; gives the size of the answer."""
        browser = self.app.test_client()
        browser.environ_base["REMOTE_ADDR"] = voter.address
        plans = PLANS[voter.style]
        answer = Booth(browser, slug=self.vote.round.slug).vote(
            voter.code, *self.dice.sample(plans, self.dice.randint(0, len(plans))), style=voter.style
        )
        self.tracking[voter.number] = tracking_of(answer)
        return len(answer.data)


def _keys(vote: Voting) -> Keys:
    found = manifest(vote.id)
    assert found is not None
    return Keys(keys_of(found), read_private(key_folder(vote.round.public_id)))
