"""A public result that is corrected: by two people, with a reason and a decision; the old version stays, all else follows."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from pb.counting.pabulib import read_pabulib
from pb.delivery.acts import follow, reach_milestone, record_money
from pb.delivery.reads import project_of, projects
from pb.delivery.values import Milestone
from pb.extensions import db
from pb.office.reads import history, waiting_mail
from pb.plans.reads import plan_by_code
from pb.results.acts import count_round
from pb.results.corrections.acts import ask_correction
from pb.results.corrections.models import CorrectionRow
from pb.results.corrections.values import Wish
from pb.results.events import result_corrected
from pb.results.reads import outcome, public_file, public_names, won_in
from pb.rounds.acts import confirm_request, refuse_request
from pb.rounds.reads import all_requests, decisions_of, open_requests, round_by_id
from pb.rounds.values import DecisionKind, TwoPersonDeed
from pb.voting.acts import cast_ballot, close_vote, open_rehearsal
from tests.bundles import write_files
from tests.factories import CALENDAR, a_person, at
from tests.results import DECISION, Move, Over, a_wish, adopted, corrected, over, published
from tests.together import together
from tests.verifier import verify
from tests.voting import Voting, before_the_vote, confirm, refused, sealed

BALLOTS = [("tuin",)] * 5 + [("bomen",)] * 4 + [("kas",)] * 3 + [("bank",)] * 2
INSTEAD = a_wish("bomen", "kas", "bank")
"""The garden wins no longer, and the greenhouse does."""


@pytest.fixture
def done(app: Flask, standing_clock: Move) -> Over:
    found = published(over(standing_clock, BALLOTS), standing_clock)
    standing_clock(at(7, 10))
    return found


def plan_id(done: Over, code: str) -> int:
    found = plan_by_code(done.id, code)
    assert found
    return found.id


def winners(done: Over) -> list[str]:
    found = outcome(done.id)
    assert found
    return [plan.code for plan in found.winners]


def new_mails(before: int) -> list[str]:
    return sorted(f"{mail.recipient.partition('@')[0]}: {mail.subject}" for mail in waiting_mail()[before:])


def tags(client: FlaskClient, done: Over) -> dict[str, str]:
    """What the list of plans says of each."""
    cards = client.get(f"/rondes/{done.slug}/plannen").text.split('<li class="card">')[1:]
    return {
        re.findall(r"Plan (\w+)<", card)[0]: re.findall(r'<span class="tag[^>]*>([^<]+)<', card)[-1] for card in cards
    }


def test_two_people_correct_a_result_and_the_count_stays(done: Over) -> None:
    before = outcome(done.id)
    ask_correction(done.id, replace(INSTEAD, reason=" De grond niet\u202e te koop is. "), done.organiser)
    assert winners(done) == ["tuin", "bomen", "bank"], "nothing happens before the second person"
    assert refused(confirm, done.id, done.organiser) == ["round.own_request"]
    confirm(done.id, done.second)
    found = outcome(done.id)
    assert found and before and found.version == 2 and winners(done) == ["bomen", "kas", "bank"]
    assert (found.cost, found.left) == (27_700_00, 2_300_00) and found.ledger == before.ledger
    assert found.corrections[0].reason == "De grond niet te koop is" and found.corrections[0].at == at(7, 10)
    assert found.decision and found.decision.decision == DECISION, "the adoption is still there"
    assert won_in(done.id) == {"tuin": False, "bomen": True, "kas": True, "bank": True}


def test_the_deed_leaves_a_decision_and_a_trail(done: Over) -> None:
    ask_correction(done.id, INSTEAD, done.organiser)
    confirm(done.id, done.second)
    decision = decisions_of(done.id)[-1]
    assert decision.kind is DecisionKind.CORRECT_RESULT and decision.decision == INSTEAD.decision
    acts = {entry.act: entry.facts for entry in history(f"round:{done.id}")}
    assert acts["ask_correction"] == {"version": 1}
    assert acts["correct_result"] == {"version": 2, "winners": ["bomen", "kas", "bank"]}
    round_ = round_by_id(done.id)
    assert round_ and round_.published_at == at(7, 3) and round_.corrected_at == at(7, 10)


@pytest.mark.parametrize("step", ["opened", "counted", "adopted"])
def test_what_is_not_public_is_not_corrected(app: Flask, standing_clock: Move, step: str) -> None:
    done = over(standing_clock, BALLOTS)
    if step == "counted":
        count_round(done.id, done.organiser)
    elif step == "adopted":
        adopted(done, standing_clock)
    standing_clock(at(7, 10))
    assert refused(ask_correction, done.id, INSTEAD, done.organiser) == ["correction.not_published"]
    assert not [one for one in all_requests(done.id) if one.deed is TwoPersonDeed.CORRECT_RESULT]


@pytest.mark.parametrize(
    ("wish", "reasons"),
    [
        (a_wish("tuin", "bomen", "bank"), ["correction.nothing_changed"]),
        (a_wish("tuin", "kas", "bank"), ["correction.too_dear"]),
        (a_wish("bomen", "zwembad"), ["correction.plan_unknown"]),
        (a_wish("bomen", reason=" \u200b ."), ["correction.reason_missing"]),
        (replace(INSTEAD, decision=DECISION), ["correction.old_decision"]),
        (replace(INSTEAD, decision=replace(INSTEAD.decision, date=date(2020, 7, 11))), ["decision.date_ahead"]),
        (replace(INSTEAD, decision=replace(INSTEAD.decision, body="")), ["decision.body_missing"]),
        (replace(INSTEAD, decision=replace(INSTEAD.decision, link="javascript:1")), ["decision.link_wrong"]),
    ],
)
def test_a_correction_must_be_whole(done: Over, wish: Wish, reasons: list[str]) -> None:
    assert refused(ask_correction, done.id, wish, done.organiser) == reasons
    assert db.session.scalars(select(CorrectionRow)).all() == [] and open_requests(done.id) == ()


def test_one_correction_waits_at_a_time_and_a_no_changes_nothing(done: Over) -> None:
    request = ask_correction(done.id, INSTEAD, done.organiser)
    assert refused(ask_correction, done.id, a_wish("bank"), done.second) == ["round.already_asked"]
    refuse_request(request, done.second)
    assert winners(done) == ["tuin", "bomen", "bank"] and project_of(plan_id(done, "kas")) is None
    ask_correction(done.id, a_wish("bank"), done.second)


def test_of_two_who_confirm_at_once_one_corrects(app: Flask, done: Over) -> None:
    request = ask_correction(done.id, INSTEAD, done.organiser)
    deeds: list[Callable[[], None]] = [lambda: confirm_request(request, done.second)] * 2
    answers = together(app, deeds)
    assert sorted(str(answer) for answer in answers) == ["None", "round.already_decided"]
    assert db.session.scalars(select(CorrectionRow.version)).all() == [2]


def test_when_a_later_room_cannot_follow_nothing_is_corrected(done: Over) -> None:
    def stumble(_sender: object, **_facts: object) -> None:
        raise RuntimeError("no")

    ask_correction(done.id, INSTEAD, done.organiser)
    with result_corrected.connected_to(stumble), pytest.raises(RuntimeError):
        confirm(done.id, done.second)
    db.session.rollback()
    round_ = round_by_id(done.id)
    assert winners(done) == ["tuin", "bomen", "bank"] and round_ and round_.corrected_at is None
    assert "corrections.json" not in public_names(round_) and len(open_requests(done.id)) == 1


def test_delivery_follows_and_forgets_nothing(done: Over, standing_clock: Move) -> None:
    garden, neighbour = plan_id(done, "tuin"), a_person("buur@example.org")
    reach_milestone(garden, done.organiser, Milestone.PREPARED)
    record_money(garden, done.organiser, 500_00)
    follow(garden, neighbour)
    mails = len(waiting_mail())
    corrected(done, standing_clock, INSTEAD)
    found = {one.plan.code: one for one in projects(done.id)}
    assert found["kas"].awarded == 14_000_00 and found["kas"].milestone is Milestone.CHOSEN
    assert [code for code, one in found.items() if one.dropped_at is None] == ["bomen", "kas", "bank"]
    dropped = found["tuin"]
    assert (dropped.dropped_at, dropped.spent, dropped.milestone) == (at(7, 10), 500_00, Milestone.PREPARED)
    assert refused(reach_milestone, garden, done.organiser, Milestone.DONE) == ["delivery.dropped"]
    sent = new_mails(mails)
    assert len(sent) == 3 and "buur: “Plan tuin” wint niet meer" in sent
    assert [one.partition(": ")[2] for one in sent if not one.startswith("buur")] == [
        "Je plan ‘Plan kas’ wint alsnog",
        "Je plan ‘Plan tuin’ wint niet meer",
    ]
    body = waiting_mail()[-1].body
    assert "omdat de grond niet te koop is" in body and "https://example.org/2020-131" in body


def test_a_plan_that_wins_again_goes_on_where_it_was(done: Over, standing_clock: Move) -> None:
    garden = plan_id(done, "tuin")
    reach_milestone(garden, done.organiser, Milestone.BUILDING)
    corrected(done, standing_clock, INSTEAD, a_wish("tuin", "bomen", "bank", number="2020-140", reason="het toch kan"))
    project = project_of(garden)
    assert project and project.dropped_at is None and project.milestone is Milestone.BUILDING
    assert [entry.act for entry in history(f"plan:{garden}")][-2:] == ["drop_project", "resume_project"]
    assert project_of(plan_id(done, "kas")).dropped_at == at(7, 11)  # type: ignore[union-attr]


def test_the_old_version_stays_readable_and_everything_else_follows(
    done: Over, standing_clock: Move, client: FlaskClient
) -> None:
    assert tags(client, done) == {"tuin": "Gewonnen", "bomen": "Gewonnen", "kas": "Niet gewonnen", "bank": "Gewonnen"}
    corrected(done, standing_clock, INSTEAD)
    newest, first = (client.get(f"/rondes/{done.slug}/uitslag{rest}").text for rest in ("", "/versie/1"))
    assert "Verbeterd op vrijdag 10 juli 2020" in newest and "omdat de grond niet te koop is." in newest
    assert f"/rondes/{done.slug}/uitslag/versie/1" in newest and "Wint niet meer: Plan tuin" in newest
    assert "is €\u00a027.700 verdeeld" in newest and "Verbeterd op" not in first
    assert "is €\u00a029.700 verdeeld" in first and "Die gold tot vrijdag 10 juli 2020" in first
    assert client.get(f"/rondes/{done.slug}/uitslag/versie/2").text.count("Verbeterd op") == 1
    assert [client.get(f"/rondes/{done.slug}/uitslag/versie/{n}").status_code for n in (0, 3)] == [404, 404]
    assert "Dit plan wint niet meer." in client.get(f"/rondes/{done.slug}/plannen/tuin").text
    assert "Dit plan wint alsnog." in client.get(f"/rondes/{done.slug}/plannen/kas").text
    assert tags(client, done) == {"tuin": "Niet gewonnen", "bomen": "Gewonnen", "kas": "Gewonnen", "bank": "Gewonnen"}
    assert "verbeterde de uitslag op" in client.get(f"/rondes/{done.slug}").text
    delivery = client.get(f"/rondes/{done.slug}/uitvoering").text
    assert "Toch niet uitgevoerd" in delivery and "Dit plan wint sinds vrijdag 10 juli 2020 niet meer." in delivery
    assert "€\u00a027.700" in delivery


@pytest.mark.parametrize("page", ["stap-voor-stap", "andere-regels"])
def test_pages_about_the_count_say_that_they_are(
    done: Over, standing_clock: Move, client: FlaskClient, page: str
) -> None:
    address = f"/rondes/{done.slug}/uitslag/{page}"
    assert "De uitslag is later verbeterd" not in client.get(address).text
    corrected(done, standing_clock, INSTEAD)
    assert "De uitslag is later verbeterd" in client.get(address).text


def test_programs_read_the_winners_of_today_and_the_count(
    done: Over, standing_clock: Move, client: FlaskClient
) -> None:
    address = f"/rondes/{done.slug}/uitslag"
    counted = client.get(f"{address}/telling").data
    assert client.get(f"{address}/verbeteringen").status_code == 404
    corrected(done, standing_clock, INSTEAD, a_wish("bank", number="2020-150"))
    plain = json.loads(client.get(f"{address}/verbeteringen").data)
    assert [one["winners"] for one in plain["corrections"]] == [["bomen", "kas", "bank"], ["bank"]]
    file = read_pabulib(client.get(f"{address}/stemmen/all").data)
    assert file.official == ("bank",) and "version 3" in file.meta["comment"]
    assert sorted(vote.choices for vote in file.votes) == sorted(BALLOTS)
    assert client.get(f"{address}/telling").data == counted
    signed = client.get(f"/rondes/{done.slug}/controleren/votes-all.pb").data
    assert sorted(read_pabulib(signed).official or ()) == ["bank", "bomen", "tuin"]
    text = client.get(f"/rondes/{done.slug}/controleren").text
    assert "corrections.json" in text and 'data-file="corrections.json"' not in text


def test_a_stranger_verifies_a_corrected_round(app: Flask, standing_clock: Move, tmp_path: Path) -> None:
    standing_clock(at(5, 20))
    vote = sealed(before_the_vote(codes=8))
    standing_clock(at(6, 10))
    for place, code in enumerate(vote.codes):
        cast_ballot(vote.id, code, [("tuin",), ("bomen", "kas")][place % 2], bytes(16))
    standing_clock(CALENDAR.phases[-1].closes)
    close_vote(vote.id)
    open_rehearsal(vote.id, vote.organiser)
    done = Over(Voting(vote.round, vote.codes, ""), vote.organiser, vote.second)
    published(done, standing_clock)
    corrected(done, standing_clock, a_wish("kas"))
    round_ = round_by_id(vote.id)
    assert round_ and "corrections.json" in public_names(round_)
    write_files(tmp_path, {name: public_file(round_, name) or b"" for name in public_names(round_)})
    found = {one["check"]: one["answer"] for one in verify.verify(tmp_path)}
    assert found == dict.fromkeys(verify.CHECKS, "ok")
    assert "kas" in json.loads((tmp_path / "outcome.json").read_text())["winners"] != ["kas"], "the count's own"
