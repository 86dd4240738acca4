"""Paper forms: registered in batches, read twice without seeing each other, and cast as any ballot is."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.reads import history
from pb.rounds.models import Round
from pb.rounds.values import BallotKind, BallotRule, Pot, PotKind
from pb.voting.acts import cast_ballot, close_vote, open_rehearsal
from pb.voting.paper.acts import enter_form, mark_cast_forms, register_batch
from pb.voting.paper.handlers import mark_waiting_forms
from pb.voting.paper.models import PaperClaim, PaperEntry, PaperForm
from pb.voting.paper.reads import all_batches, batch_counts, forms_of, is_reconciled
from pb.voting.paper.rules import TOGETHER
from pb.voting.paper.values import Entered, FormState, Outcome, Reading, Step, Verdict
from pb.voting.reads import box_of, opened, turnout
from tests.conftest import NOW
from tests.factories import a_frame, a_person
from tests.paper import CLOSES, DAYS, Paper, a_paper_vote
from tests.voting import a_vote, lose_keys, refused, rows

Move = Callable[[datetime], None]
KEY = bytes(range(16))
KEPT, CAST, DIFFERS = Entered(Step.KEPT), Entered(Step.CAST), Entered(Step.DIFFERS)


@pytest.fixture
def paper(app: Flask, standing_clock: Move) -> Paper:
    return a_paper_vote(standing_clock)


def a_refusal(outcome: Outcome) -> Entered:
    return Entered(Step.REFUSED, outcome)


def outcomes(paper: Paper) -> dict[int, Outcome | None]:
    (batch,) = all_batches(paper.id)
    return {form.number: form.outcome for form in forms_of(paper.id, batch, paper.keys, 0) if form.outcome}


# Batches


def test_batches_are_numbered_as_they_come_in(app: Flask, standing_clock: Move) -> None:
    paper = a_paper_vote(standing_clock, forms=40, closed=False)
    assert register_batch(paper.id, 7, paper.clerks[1]) == 2
    assert [(batch.number, batch.forms) for batch in all_batches(paper.id)] == [(1, 40), (2, 7)]
    entry = history(f"paper:{paper.id}")[-1]
    assert (entry.act, entry.facts) == ("register_batch", {"batch": 2, "forms": 7})
    standing_clock(CLOSES)
    assert refused(register_batch, paper.id, 1, paper.clerks[0]) == ["paper.too_late"]
    assert len(all_batches(paper.id)) == 2


def test_no_batch_where_nobody_votes_on_paper(app: Flask) -> None:
    assert refused(register_batch, a_vote().id, 5, a_person()) == ["paper.no_paper"]


# Two readings


def test_two_equal_readings_cast_one_ballot(paper: Paper) -> None:
    assert paper.read(1, 0, "bank", "kas") == KEPT and rows() == (0, 0, 0, 0)
    assert paper.read(1, 1, "kas", "bank") == CAST and rows() == (1, 1, 1, 1)
    assert outcomes(paper) == {1: Outcome.CAST}


def test_a_reading_of_your_own_is_not_a_second_one(paper: Paper) -> None:
    assert [paper.read(1, 0, "bank"), paper.read(1, 0, "bank")] == [KEPT, KEPT]
    assert paper.read(1, 0, "kas") == KEPT, "a slip may be corrected while nobody else has read the form"
    assert rows() == (0, 0, 0, 0) and paper.read(1, 1, "bank") == DIFFERS
    assert refused(paper.read, 1, 0, "bank") == ["paper.yours_already"]
    assert rows() == (0, 0, 0, 0)


@pytest.mark.parametrize("third", ["bank", "kas"])
def test_a_third_reading_decides_between_two(paper: Paper, third: str) -> None:
    assert [paper.read(1, 0, "bank"), paper.read(1, 1, "kas")] == [KEPT, DIFFERS]
    assert paper.read(1, 2, third) == CAST and rows() == (1, 1, 1, 1)


def test_a_third_reading_that_equals_neither_makes_a_form_unreadable(paper: Paper) -> None:
    assert [paper.read(1, 0, "bank"), paper.read(1, 1, "kas")] == [KEPT, DIFFERS]
    assert paper.read(1, 2, "bank", "kas") == a_refusal(Outcome.UNREADABLE)
    assert refused(paper.read, 1, 3, "bank") == ["paper.already_done"]
    assert rows() == (0, 0, 0, 0) and outcomes(paper) == {1: Outcome.UNREADABLE}


def test_a_code_counts_as_part_of_a_reading(paper: Paper) -> None:
    assert [paper.read(1, 0, "bank", code=0), paper.read(1, 1, "bank", code=1)] == [KEPT, DIFFERS]
    assert paper.read(1, 2, "bank", code=1) == CAST


def test_a_form_that_was_cast_takes_no_other_reading(paper: Paper) -> None:
    paper.read(1, 0, "bank")
    assert paper.read(1, 1, "bank") == CAST
    assert paper.read(1, 2, "bank") == CAST, "the same reading again is the same vote again"
    for reading in (("kas",), ()):
        assert refused(paper.read, 1, 3, *reading) == ["paper.already_done"]
    assert refused(lambda: paper.read(1, 3, "bank", code=2)) == ["paper.already_done"]
    assert rows() == (1, 1, 1, 1)


def test_a_blank_form_is_a_ballot(paper: Paper) -> None:
    assert [paper.read(1, 0), paper.read(1, 1)] == [KEPT, CAST]


# Forms without a vote


@pytest.mark.parametrize("verdict", [one for one in Verdict if one is not Verdict.VOTE])
def test_two_people_see_that_there_is_no_vote(paper: Paper, verdict: Verdict) -> None:
    assert paper.say(2, 0, verdict) == KEPT
    assert paper.say(2, 1, verdict) == a_refusal(Outcome(verdict.value))
    assert rows() == (0, 0, 0, 0)


def test_one_reads_a_vote_and_the_other_none(paper: Paper) -> None:
    assert [paper.say(2, 0, Verdict.NO_CODE), paper.read(2, 1, "kas")] == [KEPT, DIFFERS]
    assert paper.read(2, 2, "kas") == CAST


@pytest.mark.parametrize(
    ("choices", "code", "outcome"),
    [
        (("bomen", "kas", "tuin"), 0, Outcome.TOO_MUCH),
        (("bank",), "spare", Outcome.WRONG_CODE),
        (("bank",), "0" * 16, Outcome.WRONG_CODE),
    ],
)
def test_what_stands_on_a_form_and_does_not_count(
    paper: Paper, choices: tuple[str, ...], code: int | str, outcome: Outcome
) -> None:
    written = paper.vote.spare if code == "spare" else code
    assert paper.read(3, 0, *choices, code=written) == KEPT
    assert paper.read(3, 1, *choices, code=written) == a_refusal(outcome)
    assert refused(lambda: paper.read(3, 2, *choices, code=written)) == ["paper.already_done"]
    assert rows() == (0, 0, 0, 0) and outcomes(paper) == {3: outcome}
    assert not db.session.scalars(select(PaperClaim)).all()


def test_the_ballot_of_another_area(app: Flask, standing_clock: Move) -> None:
    pots = (Pot("oud", "Oud", 14_000_00, ("2405",)), Pot("nieuw", "Nieuw", 16_000_00, ("2406",)))
    vote = a_vote(
        a_frame(pot_kind=PotKind.AREA, pots=pots, paper_days=DAYS),
        pots={"bank": "oud", "bomen": "oud", "kas": "nieuw", "tuin": "nieuw"},
    )
    paper = Paper(vote, (a_person(), a_person()), register_batch(vote.id, 3, a_person()))
    standing_clock(CLOSES)
    assert [paper.read(1, by, "kas", code=0) for by in (0, 1)] == [KEPT, a_refusal(Outcome.OTHER_BALLOT)]
    assert [paper.read(2, by, "kas", code=1) for by in (0, 1)] == [KEPT, CAST]


@pytest.mark.parametrize(
    ("rule", "choices", "outcome"),
    [
        (BallotRule(BallotKind.UP_TO, 2), ("bank", "kas", "tuin"), Outcome.TOO_MUCH),
        (BallotRule(BallotKind.UP_TO, 3, 2), ("bank",), Outcome.TOO_FEW),
        (BallotRule(BallotKind.ONE), ("bank", "kas"), Outcome.TOO_MUCH),
    ],
)
def test_too_many_and_too_few_plans(
    app: Flask, standing_clock: Move, rule: BallotRule, choices: tuple[str, ...], outcome: Outcome
) -> None:
    vote = a_vote(a_frame(ballot=rule, paper_days=DAYS))
    paper = Paper(vote, (a_person(), a_person()), register_batch(vote.id, 3, a_person()))
    standing_clock(CLOSES)
    assert [paper.read(1, by, *choices) for by in (0, 1)] == [KEPT, a_refusal(outcome)]


# When


def test_forms_are_entered_between_the_two_closings(app: Flask, standing_clock: Move) -> None:
    paper = a_paper_vote(standing_clock, closed=False)
    assert refused(paper.read, 1, 0, "bank") == ["paper.after_close"]
    standing_clock(CLOSES)
    assert paper.read(1, 0, "bank") == KEPT
    standing_clock(CLOSES + timedelta(days=DAYS) - timedelta(seconds=1))
    assert paper.read(1, 1, "bank") == CAST
    standing_clock(CLOSES + timedelta(days=DAYS))
    assert refused(paper.read, 2, 0, "bank") == ["paper.over"]


def test_nobody_casts_on_the_site_while_paper_is_entered(paper: Paper) -> None:
    assert refused(cast_ballot, paper.id, paper.vote.codes[0], ("bank",), KEY) == ["vote.closed"]


def test_paper_wins_because_it_comes_last(app: Flask, standing_clock: Move) -> None:
    paper = a_paper_vote(standing_clock, forms=1, closed=False)
    cast_ballot(paper.id, paper.vote.codes[0], ("tuin",), KEY)
    standing_clock(CLOSES)
    assert [paper.read(1, by, "bank", "kas") for by in (0, 1)] == [KEPT, CAST]
    assert close_vote(paper.id) and open_rehearsal(paper.id, None) == 1
    found = opened(paper.id)
    assert found and [(one.channel, one.choices) for one in found.ballots] == [("paper", ("bank", "kas"))]


@pytest.mark.parametrize(
    ("batch", "form", "status"), [(9, 1, 404), (1, 0, 422), (1, 6, 422), (1, -1, 422), (1, 10**9, 422)]
)
def test_a_form_that_is_not_there(paper: Paper, batch: int, form: int, status: int) -> None:
    with pytest.raises(Refused) as caught:
        enter_form(paper.id, batch, form, Reading(Verdict.NO_CODE), paper.clerks[0])
    assert caught.value.status == status and not db.session.scalars(select(PaperEntry)).all()


def test_without_the_keys_nothing_is_entered(paper: Paper) -> None:
    paper.read(1, 0, "bank")
    lose_keys(paper.vote.round)
    assert refused(paper.read, 1, 1, "bank") == ["keys.missing"]
    assert rows() == (0, 0, 0, 0)


# Marking, reconciling, closing


def test_forms_are_marked_several_at_once(app: Flask, standing_clock: Move) -> None:
    paper = a_paper_vote(standing_clock, forms=TOGETHER + 2, codes=TOGETHER + 2)
    for form in range(1, TOGETHER):
        assert [paper.read(form, by, "bank", code=form) for by in (0, 1)] == [KEPT, CAST]
        assert mark_cast_forms(paper.id) == 0 and not db.session.scalars(select(PaperForm)).all()
    assert [paper.read(TOGETHER, by, "bank", code=0) for by in (2, 0)] == [KEPT, CAST]
    assert mark_cast_forms(paper.id) == TOGETHER and mark_cast_forms(paper.id) == 0
    assert not db.session.scalars(select(PaperClaim)).all()
    who = {(row.form, row.who) for row in db.session.scalars(select(PaperEntry))}
    first, second, third, _ = paper.clerks
    assert who >= {(1, first), (1, second), (TOGETHER, third), (TOGETHER, first)} and len(who) == 2 * TOGETHER
    assert refused(paper.read, 1, 2, "bank") == ["paper.already_done"]


def test_the_worker_marks_what_waits_and_goes_on_past_a_round_without_keys(
    app: Flask, standing_clock: Move, caplog: pytest.LogCaptureFixture
) -> None:
    lost = a_paper_vote(standing_clock, forms=1)
    with transaction() as session:
        session.get_one(Round, lost.id).slug = "elders"
    standing_clock(NOW)
    paper = a_paper_vote(standing_clock, forms=TOGETHER, codes=TOGETHER)
    for form in range(1, TOGETHER + 1):
        for by in (0, 1):
            paper.read(form, by, "bank", code=form - 1)
    lose_keys(lost.vote.round)
    mark_waiting_forms()
    assert set(outcomes(paper).values()) == {Outcome.CAST} and not db.session.scalars(select(PaperClaim)).all()
    assert f"paper of round {lost.id}: keys.missing" in caplog.text


def test_a_vote_that_was_settled_stays_so_without_keys(paper: Paper, standing_clock: Move) -> None:
    standing_clock(CLOSES + timedelta(days=DAYS))
    assert close_vote(paper.id) is True
    lose_keys(paper.vote.round)
    assert close_vote(paper.id) is False


def test_every_form_that_came_in_is_accounted_for(paper: Paper) -> None:
    for by in (0, 1):
        paper.read(1, by, "bank", code=0)
        paper.read(2, by, "kas", "bomen", "tuin", code=1)
        paper.say(3, by, Verdict.UNREADABLE)
    paper.read(4, 0, "bank", code=2)
    (count,) = batch_counts(paper.id, paper.keys)
    assert (count.entered, dict(count.refused), count.open) == (1, {Outcome.TOO_MUCH: 1, Outcome.UNREADABLE: 1}, 2)
    (batch,) = all_batches(paper.id)
    forms = forms_of(paper.id, batch, paper.keys, paper.clerks[0])
    assert [form.state for form in forms[2:]] == [FormState.DONE, FormState.ONCE, FormState.NEW]
    assert [form.mine for form in forms[3:]] == [True, False]


def test_the_log_ends_once_every_form_is_accounted_for(paper: Paper, standing_clock: Move) -> None:
    assert close_vote(paper.id) is False, "paper is still entered"
    for form in range(1, 6):
        for by in (0, 1):
            paper.read(form, by, "bank", code=form - 1)
        assert is_reconciled(paper.id, paper.keys) is (form == 5)
        assert close_vote(paper.id) is (form == 5)
    box = box_of(paper.id)
    assert box and box.closed_at == CLOSES and box.ballots == 5
    assert set(outcomes(paper).values()) == {Outcome.CAST} and not db.session.scalars(select(PaperClaim)).all()
    assert refused(paper.read, 1, 2, "kas") == ["paper.over"]


def test_the_log_ends_with_the_days_for_paper(paper: Paper, standing_clock: Move) -> None:
    for by in (0, 1):
        paper.read(1, by, "bank")
    assert close_vote(paper.id) is False
    standing_clock(CLOSES + timedelta(days=DAYS))
    assert close_vote(paper.id) is True
    (count,) = batch_counts(paper.id, paper.keys)
    assert (count.entered, count.open) == (1, 4)


def test_without_a_batch_nobody_waits_for_paper(app: Flask, standing_clock: Move) -> None:
    vote = a_vote(a_frame(paper_days=DAYS))
    standing_clock(CLOSES)
    assert close_vote(vote.id) is True


def test_turnout_counts_paper_too(app: Flask, standing_clock: Move) -> None:
    paper = a_paper_vote(standing_clock, forms=2, closed=False)
    cast_ballot(paper.id, paper.vote.codes[0], ("tuin",), KEY)
    standing_clock(CLOSES)
    for form in (1, 2):
        assert [paper.read(form, by, "bank", code=form) for by in (0, 1)] == [KEPT, CAST]
    assert close_vote(paper.id)
    open_rehearsal(paper.id, None)
    found = turnout(paper.id)
    assert found and (found.voted, found.eligible) == (3, 5)
    assert found.areas == {"2405": (2, 3), "2406": (1, 2)}
