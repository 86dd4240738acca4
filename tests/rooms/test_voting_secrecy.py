"""Who voted and what was chosen are two things: what a cast leaves in tables, logs and pages tells neither."""

import logging
import random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import LargeBinary, inspect, select, text
from sqlalchemy.exc import DBAPIError

from pb.base.hashing import credential_of, token_of
from pb.extensions import db
from pb.roll.codes import show_code
from pb.voting.acts import cast_ballot
from pb.voting.models import IdempotencyTag, OutboxRow, SealedBallot, SpentRow
from pb.voting.reads import turnout
from tests.booth import Booth
from tests.voting import COSTS, a_vote

WRITTEN_BY_A_CAST = (SealedBallot, SpentRow, IdempotencyTag, OutboxRow)
KEY = bytes(range(16))


def everything() -> bytes:
    """All that stands in the database, table after table, except the roll (which holds every credential anyway)."""
    found = []
    for table in db.metadata.sorted_tables:
        if table.name != "credential":
            for row in db.session.execute(select(table)):
                found += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    return b"\n".join(found)


@pytest.mark.parametrize("model", WRITTEN_BY_A_CAST, ids=lambda model: model.__tablename__)
def test_a_row_is_a_round_a_name_and_a_seal(app: Flask, model: type) -> None:
    columns = list(db.metadata.tables[model.__tablename__].columns)
    assert columns[0].name == "round_id" and len(columns) == 3
    assert all(isinstance(column.type, LargeBinary) for column in columns[1:])
    assert not any(column.foreign_keys for column in columns), "its row would be marked by the cast's transaction"
    if db.engine.dialect.name == "sqlite":
        made = db.session.scalar(text("select sql from sqlite_master where name = :n"), {"n": model.__tablename__})
        assert "WITHOUT ROWID" in str(made)
        assert db.session.scalar(text("pragma secure_delete")) == 1


def test_nothing_of_a_vote_stands_in_the_clear(app: Flask) -> None:
    vote = a_vote()
    receipt = cast_ballot(vote.id, vote.codes[0], ("bank", "kas"), KEY)
    token = token_of(vote.round.public_id, vote.codes[0])
    kept = everything()
    for secret in (vote.codes[0].encode(), token, credential_of(token), KEY, receipt.commitment, receipt.nonce):
        assert secret not in kept and secret.hex().encode() not in kept
    assert b"bank,kas" not in kept and receipt.tracking.encode() not in kept


def test_every_ballot_has_one_length(app: Flask) -> None:
    vote = a_vote(codes=5)
    for code, choices in zip(
        vote.codes, [(), ("kas",), ("bomen", "bank"), ("bank", "bomen", "kas"), ("tuin",)], strict=True
    ):
        cast_ballot(vote.id, code, choices, KEY)
    for model, column in (
        (SealedBallot, SealedBallot.sealed),
        (SpentRow, SpentRow.sealed),
        (OutboxRow, OutboxRow.sealed),
    ):
        lengths = {len(sealed) for sealed in db.session.scalars(select(column))}
        assert len(lengths) == 1, model.__tablename__


def test_a_ballot_and_its_spent_row_do_not_meet(app: Flask) -> None:
    """Neither names nor their order bring the tables together."""
    vote = a_vote(codes=40)
    dice = random.Random(7)  # noqa: S311 - the same votes in every run
    for code in vote.codes:
        cast_ballot(vote.id, code, (dice.choice(list(COSTS)),), KEY)
    names = [set(db.session.scalars(select(inspect(model).primary_key[1]))) for model in WRITTEN_BY_A_CAST]
    assert [len(found) for found in names] == [40] * 4
    assert not any(first & second for at, first in enumerate(names) for second in names[:at])


def test_a_failing_statement_does_not_say_its_values(app: Flask) -> None:
    with pytest.raises(DBAPIError) as caught:
        db.session.execute(text("select nothing from nowhere where code = :code"), {"code": "7K2M9QXD4TRA6HWN"})
    assert "7K2M" not in str(caught.value)
    db.session.rollback()


def test_no_log_knows_a_code_or_a_choice(app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    vote = a_vote()
    caplog.set_level(logging.DEBUG)
    booth = Booth(client)
    booth.vote(vote.codes[0], "bank", "kas")
    booth.vote(vote.spare, "bank", "kas")
    assert booth.choose("tuin", "kas", "bank").status_code == 422
    for secret in (vote.codes[0], show_code(vote.codes[0]), vote.spare, "bank", "kas"):
        assert secret not in caplog.text


def test_no_counts_before_the_close(app: Flask, client: FlaskClient) -> None:
    vote = a_vote()
    booth = Booth(client)
    pages = [f"/rondes/{vote.round.slug}{rest}" for rest in ("", "/uitslag", "/stemmen", "/plannen", "/stemlijst")]
    before = [client.get(page).status_code for page in pages]
    booth.vote(vote.codes[0], "bank")
    booth.wipe()
    assert turnout(vote.id) is None
    assert [client.get(page).status_code for page in pages] == before
    assert client.get(f"/rondes/{vote.round.slug}/uitslag/telling").status_code == 404
    assert client.get(f"/rondes/{vote.round.slug}/uitslag/stemmen/all").status_code == 404
