"""No table, order or time ties a paper form to the ballot that was cast from it."""

import logging

import pytest
from flask import Flask
from sqlalchemy import DateTime, LargeBinary, text

from pb.base.hashing import credential_of, token_of
from pb.extensions import db
from pb.voting.paper.acts import mark_cast_forms
from pb.voting.paper.models import PaperClaim, PaperEntry, PaperForm
from pb.voting.paper.rules import TOGETHER
from pb.voting.paper.values import Verdict
from tests.paper import Paper, a_paper_vote
from tests.rooms.test_voting_paper import Move
from tests.rooms.test_voting_secrecy import WRITTEN_BY_A_CAST, everything

BY_A_CAST = (*WRITTEN_BY_A_CAST, PaperClaim)
IN_THE_CLEAR = ("paper_batch", "paper_entry", "paper_form", "audit_entry")


@pytest.fixture
def paper(app: Flask, standing_clock: Move) -> Paper:
    """Forms that were cast, one that was refused and one that waits; some casts are marked, and others not yet."""
    paper = a_paper_vote(standing_clock, forms=TOGETHER + 5, codes=TOGETHER + 2)
    for form in range(1, TOGETHER + 3):
        for by in (0, 1):
            paper.read(form, by, "bank", "kas", code=form - 1)
        if form == TOGETHER:
            assert mark_cast_forms(paper.id) == TOGETHER
    for by in (1, 2):
        paper.say(TOGETHER + 3, by, Verdict.NO_CODE)
    paper.read(TOGETHER + 4, 3, "bank", code=0)
    return paper


def test_what_a_cast_writes_of_a_form_is_a_round_a_name_and_a_seal(app: Flask) -> None:
    columns = list(db.metadata.tables["paper_claim"].columns)
    assert columns[0].name == "round_id" and len(columns) == 3
    assert all(isinstance(column.type, LargeBinary) for column in columns[1:])
    assert not any(column.foreign_keys for column in columns)
    if db.engine.dialect.name == "sqlite":
        made = db.session.scalar(text("select sql from sqlite_master where name = 'paper_claim'"))
        assert "WITHOUT ROWID" in str(made)


@pytest.mark.parametrize("model", [PaperEntry, PaperForm, PaperClaim], ids=lambda model: model.__tablename__)
def test_no_row_of_a_form_has_a_time_or_a_serial_number(app: Flask, model: type) -> None:
    table = db.metadata.tables[model.__tablename__]
    assert not any(isinstance(column.type, DateTime) for column in table.columns)
    assert not any(column.autoincrement is True for column in table.columns)


def test_codes_and_choices_stand_nowhere(paper: Paper) -> None:
    kept = everything()
    for code in paper.vote.codes:
        token = token_of(paper.vote.round.public_id, code)
        for secret in (code.encode(), token, credential_of(token)):
            assert secret not in kept and secret.hex().encode() not in kept
    assert b"bank,kas" not in kept


def test_no_value_stands_both_with_a_form_and_with_a_ballot(paper: Paper) -> None:
    """Beside the round's number: no hash, no name, no seal."""
    of_forms = values("paper_entry", "paper_form")
    of_ballots = values(*(model.__tablename__ for model in WRITTEN_BY_A_CAST))
    assert of_forms and of_ballots and not of_forms & of_ballots


def values(*tables: str) -> set[bytes]:
    rows = [row for name in tables for row in db.session.execute(db.metadata.tables[name].select())]
    return {value for row in rows for value in row if isinstance(value, bytes)}


def test_no_transaction_wrote_of_a_form_in_the_clear_and_of_a_ballot(paper: Paper) -> None:
    """PostgreSQL marks every row with the transaction that wrote it; SQLite would number it, so there is no number."""
    if db.engine.dialect.name == "sqlite":
        made = db.session.scalars(text("select sql from sqlite_master where name = 'sealed_ballot'")).one()
        assert "WITHOUT ROWID" in made
        return
    cast = transactions("xmin", *(model.__tablename__ for model in BY_A_CAST))
    clear = transactions("xmin", *IN_THE_CLEAR) | transactions(
        "xmax", *IN_THE_CLEAR, "round", "ballot_box", "credential"
    )
    assert len(cast) >= TOGETHER and not cast & clear - {"0"}
    marked = transactions("xmin", "paper_form")
    assert len(marked) == 2, "the cast forms were marked in one go, the refused one by itself"


def transactions(column: str, *tables: str) -> set[str]:
    found = [db.session.scalars(text(f"select {column}::text from {name}")) for name in tables]  # noqa: S608
    return {number for some in found for number in some}


def test_the_trail_names_no_form(paper: Paper) -> None:
    facts = [row.facts for row in db.session.execute(db.metadata.tables["audit_entry"].select())]
    assert {name for one in facts for name in one if name.startswith(("form", "batch"))} <= {"batch", "forms"}


def test_no_log_knows_a_code_or_a_choice(app: Flask, standing_clock: Move, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    paper = a_paper_vote(standing_clock)
    for by in (0, 1):
        paper.read(1, by, "bank", "kas")
    assert paper.vote.codes[0] not in caplog.text and "kas" not in caplog.text
