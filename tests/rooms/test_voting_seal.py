"""Sealing: two people, all that is missing, a mistake found before the opening, keys; on both databases."""

import json
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.reads import history
from pb.plans.models import Plan
from pb.rounds.reads import open_requests, round_by_id
from pb.voting.acts import (
    ask_to_seal,
    prepare_keys,
)
from pb.voting.models import ManifestRow
from pb.voting.reads import manifest, sealed_manifest
from tests.factories import CALENDAR, at
from tests.voting import a_code, before_the_vote, confirm, refused, sealed

VOTE = CALENDAR.phases[-1]
Move = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def before_the_opening(app: Flask, standing_clock: Move) -> None:
    standing_clock(at(5, 20))


def test_two_people_seal_everything(app: Flask) -> None:
    vote = sealed(before_the_vote())
    found = manifest(vote.id)
    assert found is not None and [plan.code for plan in found.plans] == ["bank", "bomen", "kas", "tuin"]
    assert (found.opens, found.closes, found.areas) == (VOTE.opens, VOTE.closes, {"2405": 2, "2406": 1})
    round_ = round_by_id(vote.id)
    assert round_ is not None and round_.sealed_at == at(5, 20)
    acts = [entry.act for entry in history(f"round:{vote.id}")]
    assert "ask_to_seal" in acts and "seal_manifest" in acts


def test_one_person_cannot_seal_alone(app: Flask) -> None:
    vote = before_the_vote()
    ask_to_seal(vote.id, vote.organiser)
    assert refused(confirm, vote.id, vote.organiser) == ["round.own_request"]
    assert manifest(vote.id) is None


def test_everything_that_is_missing_is_said_at_once(app: Flask, standing_clock: Move) -> None:
    vote = before_the_vote(keys=False, codes=0)
    standing_clock(VOTE.opens)
    reasons = refused(ask_to_seal, vote.id, vote.organiser)
    assert reasons == ["seal.already_open", "seal.no_roll", "keys.missing"]


def test_nobody_confirms_what_they_did_not_see(app: Flask) -> None:
    vote = before_the_vote()
    ask_to_seal(vote.id, vote.organiser)
    with transaction() as session:
        session.execute(update(Plan).where(Plan.code == "bank").values(asked=1_00))
    assert refused(confirm, vote.id, vote.second) == ["seal.changed_since"]
    assert manifest(vote.id) is None and len(open_requests(vote.id)) == 1


def test_a_mistake_is_sealed_anew_and_the_old_one_stays(app: Flask) -> None:
    vote = sealed(before_the_vote())
    assert refused(ask_to_seal, vote.id, vote.organiser) == ["seal.nothing_changed"]
    a_code(vote.round, area="2406")
    sealed(vote)
    found = sealed_manifest(vote.id)
    assert found is not None and found.number == 2 and found.manifest.areas == {"2405": 2, "2406": 2}
    assert db.session.scalar(select(func.count()).select_from(ManifestRow)) == 2


def test_nothing_is_sealed_anew_once_the_vote_is_open(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    a_code(vote.round)
    ask_to_seal(vote.id, vote.organiser)
    standing_clock(VOTE.opens)
    assert refused(confirm, vote.id, vote.second) == ["seal.already_open"]


def test_keys_are_made_here_in_practice_rounds_only_and_never_twice(app: Flask) -> None:
    practice = before_the_vote(keys=False)
    prepare_keys(practice.id, practice.organiser)
    assert refused(prepare_keys, practice.id, practice.organiser) == ["keys.already_there"]


def test_a_real_round_has_no_private_half_here(app: Flask) -> None:
    real = before_the_vote(rehearsal=False, keys=False)
    assert refused(prepare_keys, real.id, real.organiser) == ["keys.rehearsal_only"]


def test_the_sealed_bytes_are_public(app: Flask, client: FlaskClient) -> None:
    vote = before_the_vote()
    page = f"/rondes/{vote.round.slug}/manifest"
    assert client.get(page).status_code == 404
    sealed(vote)
    answer = client.get(page)
    assert answer.mimetype == "application/json" and json.loads(answer.data)["round"] == vote.round.public_id
