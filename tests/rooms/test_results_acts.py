"""Count, adopt, publish: what is counted, who may decide, what stands, and what nobody sees too early."""

import json
from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from pb.base.money import NBSP
from pb.base.transaction import transaction
from pb.counting import ledger_to_json
from pb.delivery.reads import projects
from pb.extensions import db
from pb.office.reads import history, waiting_mail
from pb.results.acts import ask_result_adoption, count_round, publish_result
from pb.results.models import CountRow
from pb.results.reads import outcome
from pb.rounds.reads import decisions_of, round_by_id
from pb.rounds.values import CountingRule, Decision, DecisionKind, Frame, Misfit, Pot, PotKind, TieRule
from pb.voting.models import BallotBox
from pb.voting.protocol import lot_order
from pb.voting.reads import manifest, opened
from pb.words import euros
from tests.factories import a_frame, at
from tests.results import CLOSES, DECISION, Move, adopted, over, published
from tests.voting import COSTS, a_vote, confirm, refused

STOP = a_frame(counting=CountingRule(Misfit.STOP, TieRule.LOWER_COST_THEN_LOT))


BALLOTS = [("tuin",)] * 5 + [("bomen",)] * 4 + [("kas",)] * 3 + [("bank",)] * 2


@pytest.mark.parametrize(
    ("frame", "winners", "left"),
    [(None, ["tuin", "bomen", "bank"], 300_00), (STOP, ["tuin", "bomen"], 4_500_00)],
)
def test_most_votes_that_fit(
    app: Flask, standing_clock: Move, frame: Frame | None, winners: list[str], left: int
) -> None:
    done = over(standing_clock, BALLOTS, frame)
    assert count_round(done.id, done.organiser) == 1
    found = outcome(done.id)
    assert found and [plan.code for plan in found.winners] == winners and found.left == left
    misfit = found.stopped_by("all")
    assert misfit and misfit.plan.code == "kas" and misfit.step.before == 4_500_00
    assert found.votes == {"tuin": 5, "bomen": 4, "kas": 3, "bank": 2}


@pytest.mark.parametrize(
    ("ballots", "votes", "blank"),
    [([], 0, 0), ([("bank",)], 1, 0), ([(), (), ()], 0, 3)],
    ids=["nobody", "one voter", "all blank"],
)
def test_a_result_of_nearly_nothing_is_a_result(
    app: Flask, standing_clock: Move, ballots: list[tuple[str, ...]], votes: int, blank: int
) -> None:
    done = published(over(standing_clock, ballots), standing_clock)
    found = outcome(done.id)
    assert found and found.votes["bank"] == votes and found.ledger.blank == blank
    assert [plan.code for plan in found.winners] == (["bank"] if votes else [])
    assert (found.turnout.voted, found.turnout.eligible) == (len(ballots), len(ballots) + 1)


def test_a_tie_at_the_edge_goes_to_the_cheapest(app: Flask, standing_clock: Move) -> None:
    """Both have two votes, and only one of them fits behind the first."""
    done = over(standing_clock, [("bank", "bomen")] + [("tuin",)] * 3 + [("kas",), ("bomen",)] + [("kas",)])
    count_round(done.id, done.organiser)
    found = outcome(done.id)
    assert found and [plan.code for plan in found.winners] == ["tuin", "bomen", "bank"]
    step = found.ledger.step_of("bomen")
    assert step and step.tie == "lower_cost"


def test_a_tie_of_equal_costs_goes_to_the_lot_of_the_sealed_seed(
    app: Flask, standing_clock: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    for plan in COSTS:
        monkeypatch.setitem(COSTS, plan, 16_000_00)
    done = over(standing_clock, [(plan,) for plan in COSTS])
    count_round(done.id, done.organiser)
    found, sealed, piles = outcome(done.id), manifest(done.id), opened(done.id)
    assert found and sealed and piles
    lot = lot_order(sealed.round, bytes.fromhex(piles.seed), COSTS)
    assert [plan.code for plan in found.winners] == [lot[0]] and found.ledger.lot == lot
    assert {step.tie for step in found.ledger.steps} == {"lot"}


def test_pots_are_counted_apart(app: Flask, standing_clock: Move) -> None:
    frame = a_frame(
        pot_kind=PotKind.AREA,
        pots=(Pot("oud", "Oud", 10_000_00, ("2405",)), Pot("water", "Water", 20_000_00, ("2406",))),
    )
    pots = {"bank": "oud", "bomen": "oud", "kas": "water", "tuin": "water"}
    done = over(standing_clock, [("bomen",), ("kas",), ("bank",), ("tuin",), ("bank",), ("kas",)], frame, pots)
    count_round(done.id, done.organiser)
    found = outcome(done.id)
    assert found and [plan.code for plan in found.winners] == ["bank", "kas"]
    assert found.turnout.styles == {"oud": 3, "water": 3}


def test_counting_again_gives_the_same_bytes_and_keeps_both(app: Flask, standing_clock: Move) -> None:
    done = over(standing_clock, BALLOTS)
    assert [count_round(done.id, done.organiser) for _ in range(2)] == [1, 2]
    texts = db.session.scalars(select(CountRow.ledger)).all()
    assert len(texts) == 2 and len(set(texts)) == 1
    found = outcome(done.id)
    assert found and found.number == 2 and ledger_to_json(found.ledger) == found.ledger_text == texts[0]
    assert json.loads(texts[0])["winners"] == ["tuin", "bomen", "bank"]


def test_nothing_is_counted_before_the_piles_are_opened(app: Flask, standing_clock: Move) -> None:
    vote = a_vote()
    assert refused(count_round, vote.id, None) == ["results.not_opened"]
    standing_clock(CLOSES)
    assert refused(count_round, vote.id, None) == ["results.not_opened"]
    assert db.session.scalar(select(func.count()).select_from(CountRow)) == 0


def test_each_step_waits_for_the_one_before(app: Flask, standing_clock: Move) -> None:
    done = over(standing_clock, BALLOTS)
    assert refused(ask_result_adoption, done.id, DECISION, done.organiser) == ["results.not_counted"]
    assert refused(publish_result, done.id, done.organiser) == ["results.not_counted"]
    standing_clock(at(7, 1))
    count_round(done.id, done.organiser)
    assert refused(publish_result, done.id, done.organiser) == ["results.not_adopted"]
    ask_result_adoption(done.id, DECISION, done.organiser)
    assert refused(publish_result, done.id, done.organiser) == ["results.not_adopted"]
    assert refused(confirm, done.id, done.organiser) == ["round.own_request"]
    confirm(done.id, done.second)
    publish_result(done.id, done.organiser)
    assert refused(publish_result, done.id, done.organiser) == ["results.already_published"]
    assert refused(count_round, done.id, done.organiser) == ["results.already_adopted"]
    assert refused(ask_result_adoption, done.id, DECISION, done.organiser) == ["results.already_adopted"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"body": ""}, "decision.body_missing"),
        ({"number": ""}, "decision.number_missing"),
        ({"link": "javascript:alert(1)"}, "decision.link_wrong"),
        ({"date": date(2020, 7, 2)}, "decision.date_ahead"),
    ],
)
def test_a_decision_must_be_whole(app: Flask, standing_clock: Move, changes: dict[str, object], reason: str) -> None:
    done = over(standing_clock, BALLOTS)
    standing_clock(at(7, 1))
    count_round(done.id, done.organiser)
    plain = {"body": DECISION.body, "date": DECISION.date, "number": DECISION.number, "link": DECISION.link}
    assert refused(ask_result_adoption, done.id, Decision(**(plain | changes)), done.organiser) == [reason]  # type: ignore[arg-type]


def test_who_counted_anew_must_be_asked_anew(app: Flask, standing_clock: Move) -> None:
    done = over(standing_clock, BALLOTS)
    standing_clock(at(7, 1))
    count_round(done.id, done.organiser)
    ask_result_adoption(done.id, DECISION, done.organiser)
    count_round(done.id, done.organiser)
    assert refused(confirm, done.id, done.second) == ["results.counted_anew"]
    found = outcome(done.id)
    assert found and found.decision is None


def test_the_adoption_is_a_decision_by_two_people(app: Flask, standing_clock: Move) -> None:
    done = adopted(over(standing_clock, BALLOTS), standing_clock)
    decision = decisions_of(done.id)[-1]
    assert decision.kind is DecisionKind.ADOPT_RESULT and decision.decision == DECISION
    found = outcome(done.id)
    assert found and found.decision == decision and found.published_at is None
    acts = [entry.act for entry in history(f"round:{done.id}")]
    assert acts.index("count_round") < acts.index("ask_result_adoption") < acts.index("adopt_result")


def test_publishing_tells_every_proposer_and_makes_projects(app: Flask, standing_clock: Move) -> None:
    done = published(over(standing_clock, BALLOTS), standing_clock)
    round_ = round_by_id(done.id)
    assert round_ and round_.published_at == at(7, 3)
    mails = {mail.subject: mail.body for mail in waiting_mail()}
    assert len(mails) == 4
    assert f"/rondes/{done.slug}/uitslag" in mails["Je plan ‘Plan tuin’ heeft gewonnen"]
    lost = mails["De uitslag voor je plan ‘Plan kas’"]
    assert "Plek 3 met 3 stemmen. Kost €\u00a014.000. Er was nog €\u00a04.500 over." in lost
    assert [project.plan.code for project in projects(done.id)] == ["tuin", "bomen", "bank"]


def test_a_plan_that_left_the_ballot_wins_nothing(app: Flask, standing_clock: Move) -> None:
    done = over(standing_clock, BALLOTS)
    with transaction() as session:
        session.get_one(BallotBox, done.id).withdrawn = {"tuin": "Het kan niet."}
    count_round(done.id, done.organiser)
    found = outcome(done.id)
    assert found and [plan.code for plan in found.winners] == ["bomen", "kas", "bank"]
    step = found.ledger.step_of("tuin")
    assert step and (step.won, step.why, step.votes) == (False, "withdrawn", 5)


def test_the_moment_of_a_deed_is_the_rounds_own(app: Flask, standing_clock: Move) -> None:
    done = over(standing_clock, BALLOTS)
    standing_clock(datetime.fromisoformat("2020-07-01T12:34:56+00:00"))
    count_round(done.id, None)
    found = outcome(done.id)
    assert found and f"{found.counted_at:%H:%M:%S}" == "12:34:56"


def test_the_second_person_reads_what_they_confirm(
    app: Flask, sign_in: Callable[[int], FlaskClient], standing_clock: Move
) -> None:
    """Who wins, for how much, and how many voted: not the number of a count alone."""
    done = over(standing_clock, BALLOTS)
    standing_clock(at(7, 1))
    count_round(done.id, done.organiser)
    ask_result_adoption(done.id, DECISION, done.organiser)
    text = " ".join(sign_in(done.second).get(f"/beheer/rondes/{done.slug}/bevestigen").text.split())
    found = outcome(done.id)
    assert found is not None and found.winners
    titles = [f"<li>{plan.title}</li>" for plan in found.winners]
    assert "Deze plannen winnen:" in text and "".join(titles) in text.replace("> <", "><")
    assert f"<dd>{euros(found.cost)}</dd>".replace(NBSP, " ") in text and f"<dd>{found.turnout.voted}</dd>" in text
