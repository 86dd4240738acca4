"""Trials of size: what a cast costs beside a million credentials, and how long 100,000 ballots take to settle and publish."""

import secrets
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from statistics import median
from typing import Any, cast

from sqlalchemy import Table, insert, select

from pb.base.hashing import credential_of, token_of
from pb.base.transaction import transaction
from pb.demo.elections import ForeignRound, foreign_round
from pb.demo.importing import OpenVote, open_vote, settle
from pb.extensions import Model, db
from pb.measure.checking import verify_files
from pb.measure.place import place
from pb.measure.voters import invented_election
from pb.results.reads import outcome
from pb.roll.models import CredentialRow
from pb.roll.values import CredentialKind
from pb.rounds.values import WHOLE
from pb.voting.acts import cast_ballot
from pb.voting.keys import keys_of
from pb.voting.models import IdempotencyTag, OutboxRow, SealedBallot, SpentRow
from pb.voting.protocol import hash_ballot
from pb.voting.reads import sealed_manifest
from pb.voting.values import Channel, OpenedBallot, SpentKind, SpentToken
from pb.voting.writing import Rows, rows_of
from tests.trials.figures import Row
from tests.trials.load import databases, silent

CREDENTIALS, CASTS, PLANS = 1_000_000, 400, 50
BALLOTS, AT_ONCE = 100_000, 20_000
TABLES: tuple[tuple[str, type[Model]], ...] = (
    ("ballot", SealedBallot), ("spent", SpentRow), ("tag", IdempotencyTag), ("outbox", OutboxRow),
)  # fmt: skip


def credentials() -> Iterator[Row]:
    """A cast beside few credentials and beside a million, on both databases."""
    for name, address in databases():
        with place(address):
            found = foreign_round(invented_election(2 * CASTS, PLANS))
            vote = open_vote(found, silent)
            few = _median_cast(vote, found, 0)
            _invent_credentials(vote.round.id)
            many = _median_cast(vote, found, CASTS)
        yield Row(
            f"a cast beside {CREDENTIALS:,} credentials, on {name}",
            f"{1000 * many:.1f} ms, beside {2 * CASTS} credentials {1000 * few:.1f} ms (medians of {CASTS})",
            "the same",
            "python -m tests.trials credentials",
        )


def _median_cast(vote: OpenVote, found: ForeignRound, start: int) -> float:
    took = []
    for code, choices in islice(zip(vote.codes, found.ballots, strict=True), start, start + CASTS):
        started = time.perf_counter()
        cast_ballot(vote.round.id, code, choices, secrets.token_bytes(16))
        took.append(time.perf_counter() - started)
    return median(took)


def _invent_credentials(round_id: int) -> None:
    same = {"round_id": round_id, "style": WHOLE, "kind": CredentialKind.ISSUED, "area": "", "age": "", "alive": True}
    for _ in range(CREDENTIALS // AT_ONCE):
        names = (secrets.token_bytes(32) for _ in range(AT_ONCE))
        with transaction() as session:
            session.execute(insert(CredentialRow), [same | {"h": name, "slot": name} for name in names])


def settling() -> Iterator[Row]:
    """From the close to the published files, on both databases; every check of the verifier must be ok."""
    for name, address in databases():
        with place(address):
            found = foreign_round(invented_election(BALLOTS, PLANS))
            vote = open_vote(found, silent)
            _fill(vote, found)
            started = time.perf_counter()
            settle(vote, found)
            took = time.perf_counter() - started
            counted, checks = outcome(vote.round.id), verify_files(vote.round.id)
        if counted is None or counted.ledger.ballots != BALLOTS or set(checks.values()) != {"ok"}:
            raise SystemExit(f"the round did not come out whole: {checks}")
        yield Row(
            f"{BALLOTS:,} ballots on {name}: closed, logged, opened, counted, published",
            f"{took:.0f} s; the 13 checks are ok",
            "under 2 minutes",
            "python -m tests.trials settling",
        )


def _fill(vote: OpenVote, found: ForeignRound) -> None:
    """The rows that as many casts leave behind, written at once: casting is measured elsewhere."""
    rows = _rows(vote, found)
    while some := list(islice(rows, AT_ONCE)):
        with transaction() as session:
            for label, model in TABLES:
                session.execute(insert(model), list(_named(vote.round.id, label, model, some)))


def _named(round_id: int, label: str, model: type[Model], rows: Iterable[Rows]) -> Iterator[dict[str, Any]]:
    names = cast(Table, model.__table__).columns.keys()
    for one in rows:
        yield dict(zip(names, (round_id, *getattr(one, label)), strict=True))


def _rows(vote: OpenVote, found: ForeignRound) -> Iterator[Rows]:
    sealed = sealed_manifest(vote.round.id)
    if sealed is None:
        raise LookupError("the ballot is not sealed")
    keys = keys_of(sealed.manifest)
    roll = dict(db.session.execute(select(CredentialRow.h, CredentialRow.slot)).tuples().all())
    for code, choices in zip(vote.codes, found.ballots, strict=True):
        token = token_of(vote.round.public_id, code)
        slot = roll[credential_of(token)]
        hashes = hash_ballot(keys.round_key, keys.round_, slot, secrets.token_bytes(16), choices)
        ballot = OpenedBallot(WHOLE, Channel.WEB, choices, hashes.nonce, hashes.commitment)
        spent = SpentToken(SpentKind.CODE, token, WHOLE, found.frame.area)
        yield rows_of(keys, sealed.sizes, slot, hashes, ballot, spent)
