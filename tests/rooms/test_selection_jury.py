"""The jury: who scores what, that nobody sees scores before all are in, and that they are final once."""

import re
from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.access import Role
from pb.base.refusals import Refused
from pb.extensions import db
from pb.office.reads import history
from pb.rounds.values import RoundRefusal
from pb.selection.acts import publish_shortlist, recuse, save_scores, submit_scores
from pb.selection.reads import candidates, comparison, jury_progress, own_scores
from pb.selection.values import SelectionRefusal
from tests.factories import a_person, a_plan, a_role, a_round, at
from tests.selection import SELECTING, Jury, a_jury, judged, scored


@pytest.fixture
def jury(app: Flask, standing_clock: Callable[[datetime], None]) -> Jury:
    standing_clock(SELECTING)
    return a_jury()


def refusals(deed: Callable[[], None]) -> list[str]:
    with pytest.raises(Refused) as caught:
        deed()
    return [reason.refusal for reason in caught.value.reasons]


def averages(jury: Jury, now: datetime = SELECTING) -> dict[int, Fraction | None]:
    return {one.plan_id: one.total for one in comparison(jury.round_, candidates(jury.round_, now), now)}


def test_scores_are_kept_and_may_change_until_submitted(jury: Jury) -> None:
    first, juror = jury.plans[0], jury.jurors[0]
    save_scores(jury.round_.id, juror, {(first, "buurt"): 2})
    save_scores(jury.round_.id, juror, {(first, "buurt"): 5, (first, "bereik"): 1})
    own = own_scores(jury.round_.id, juror)
    assert own.points == {(first, "buurt"): 5, (first, "bereik"): 1}
    assert own_scores(jury.round_.id, jury.jurors[1]).points == {}


@pytest.mark.parametrize(
    ("criterion", "points", "expected"),
    [
        ("buurt", 0, SelectionRefusal.POINTS_OUT_OF_RANGE),
        ("buurt", 6, SelectionRefusal.POINTS_OUT_OF_RANGE),
        ("elders", 3, SelectionRefusal.NOT_A_CANDIDATE),
    ],
)
def test_points_that_are_not_taken(jury: Jury, criterion: str, points: int, expected: str) -> None:
    given = {(jury.plans[0], "bereik"): 4, (jury.plans[0], criterion): points}
    assert refusals(lambda: save_scores(jury.round_.id, jury.jurors[0], given)) == [expected]
    assert own_scores(jury.round_.id, jury.jurors[0]).points == {}, "nothing of a refused form is kept"


def test_only_candidates_are_scored(jury: Jury) -> None:
    no = a_plan(jury.round_.id, a_person(), likes=2)
    judged(jury.round_.id, no, jury.organiser, feasible=False, reason="Te duur.")
    elsewhere = a_plan(a_round(slug="elders").id, a_person(), likes=2)
    for plan in (no, elsewhere, 0):
        deed = lambda plan=plan: save_scores(jury.round_.id, jury.jurors[0], {(plan, "buurt"): 3})  # noqa: E731
        assert refusals(deed) == [SelectionRefusal.NOT_A_CANDIDATE]
        assert refusals(lambda plan=plan: recuse(jury.round_.id, jury.jurors[0], plan)) == [
            SelectionRefusal.NOT_A_CANDIDATE
        ]


def test_own_plan_and_recusal(jury: Jury) -> None:
    juror = jury.jurors[0]
    own_plan = a_plan(jury.round_.id, juror, likes=2, code="p9")
    judged(jury.round_.id, own_plan, jury.organiser)
    scored(jury, juror, 5, 5, 5)
    assert refusals(lambda: save_scores(jury.round_.id, juror, {(own_plan, "buurt"): 5})) == [SelectionRefusal.INVOLVED]
    recuse(jury.round_.id, juror, jury.plans[0])
    recuse(jury.round_.id, juror, jury.plans[0])
    given = {(jury.plans[0], "buurt"): 5}
    assert refusals(lambda: save_scores(jury.round_.id, juror, given)) == [SelectionRefusal.INVOLVED]
    own = own_scores(jury.round_.id, juror)
    assert own.recused == {jury.plans[0]}
    assert all(plan != jury.plans[0] for plan, _ in own.points), "points given before are gone"
    submit_scores(jury.round_.id, juror)
    assert own_scores(jury.round_.id, juror).recused == {jury.plans[0], own_plan}, "the own plan is recorded too"
    assert [entry.act for entry in history(f"plan:{jury.plans[0]}")] == ["recuse"]


def test_submitting_needs_every_plan_and_happens_once(jury: Jury) -> None:
    juror = jury.jurors[0]
    save_scores(jury.round_.id, juror, {(jury.plans[0], "buurt"): 3})
    assert refusals(lambda: submit_scores(jury.round_.id, juror)) == [SelectionRefusal.SCORES_MISSING]
    scored(jury, juror, 3, 3, 3)
    submit_scores(jury.round_.id, juror)
    submit_scores(jury.round_.id, juror)
    assert [entry.act for entry in history(f"jury:{jury.round_.id}")].count("submit_scores") == 1
    given = {(jury.plans[0], "buurt"): 5}
    assert refusals(lambda: save_scores(jury.round_.id, juror, given)) == [SelectionRefusal.ALREADY_SUBMITTED]
    assert refusals(lambda: recuse(jury.round_.id, juror, jury.plans[0])) == [SelectionRefusal.ALREADY_SUBMITTED]


@pytest.mark.parametrize(
    ("moment", "expected"), [(at(4, 30), RoundRefusal.PHASE_AHEAD), (at(5, 15), RoundRefusal.PHASE_OVER)]
)
def test_outside_the_selection_everything_is_locked(
    jury: Jury, standing_clock: Callable[[datetime], None], moment: datetime, expected: str
) -> None:
    scored(jury, jury.jurors[0], 3, 3, 3)
    standing_clock(moment)
    given = {(jury.plans[0], "buurt"): 5}
    assert expected in refusals(lambda: save_scores(jury.round_.id, jury.jurors[0], given))
    assert expected in refusals(lambda: submit_scores(jury.round_.id, jury.jurors[0]))
    assert expected in refusals(lambda: recuse(jury.round_.id, jury.jurors[0], jury.plans[0]))


def test_no_scores_where_every_plan_has_a_place(app: Flask, standing_clock: Callable[[datetime], None]) -> None:
    standing_clock(SELECTING)
    jury = a_jury(places=3)
    deed = lambda: save_scores(jury.round_.id, jury.jurors[0], {(jury.plans[0], "buurt"): 3})  # noqa: E731
    assert refusals(deed) == [SelectionRefusal.NO_JURY_NEEDED]


def test_averages_wait_for_all_jurors_or_the_close(jury: Jury) -> None:
    one, other = jury.jurors
    scored(jury, one, 1, 2, 3)
    scored(jury, other, 5, 5, 5)
    submit_scores(jury.round_.id, one)
    assert averages(jury) == {}
    assert averages(jury, at(5, 15)) == dict(zip(jury.plans, (1, 2, 3), strict=True)), "only final scores count"
    submit_scores(jury.round_.id, other)
    assert averages(jury) == dict(zip(jury.plans, (3, Fraction(7, 2), 4), strict=True))
    assert list(averages(jury)) == [jury.plans[2], jury.plans[1], jury.plans[0]], "highest first"


def test_a_recused_juror_counts_in_no_average(jury: Jury) -> None:
    one, other = jury.jurors
    scored(jury, one, 1, 2, 3)
    scored(jury, other, 5, 5, 5)
    recuse(jury.round_.id, one, jury.plans[0])
    for juror in jury.jurors:
        submit_scores(jury.round_.id, juror)
    (found,) = [
        average
        for average in comparison(jury.round_, candidates(jury.round_, SELECTING), SELECTING)
        if average.plan_id == jury.plans[0]
    ]
    assert (found.total, found.jurors, found.recused) == (5, 1, 1)


def test_progress_tells_numbers_only(jury: Jury) -> None:
    recuse(jury.round_.id, jury.jurors[0], jury.plans[0])
    save_scores(jury.round_.id, jury.jurors[0], {(jury.plans[1], code): 3 for code in ("buurt", "bereik")})
    first, second = jury_progress(jury.round_, candidates(jury.round_, SELECTING))
    assert (first.scored, first.expected, first.submitted_at) == (1, 2, None)
    assert (second.scored, second.expected) == (0, 3)


def test_saving_and_submitting_at_once_leaves_final_scores_final(app: Flask, jury: Jury) -> None:
    juror, together = jury.jurors[0], Barrier(2)
    scored(jury, juror, 3, 3, 3)
    refused: list[Refused] = []

    def deed(act: Callable[[], None]) -> None:
        with app.app_context():
            together.wait(5)
            try:
                act()
            except Refused as error:
                refused.append(error)
            db.session.remove()

    save = lambda: save_scores(jury.round_.id, juror, {(jury.plans[0], "buurt"): 5})  # noqa: E731
    threads = [Thread(target=deed, args=(act,)) for act in (save, lambda: submit_scores(jury.round_.id, juror))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    db.session.rollback()
    own = own_scores(jury.round_.id, juror)
    assert own.submitted_at is not None
    assert own.points[(jury.plans[0], "buurt")] == (3 if refused else 5)


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("path", ["jury", "jury/p1"])
def test_only_jurors_of_this_round_come_in(
    jury: Jury, sign_in: Callable[[int], FlaskClient], role: Role | None, path: str
) -> None:
    person = a_person()
    if role:
        a_role(person, jury.round_.id, role)
    a_role(person, a_round(slug="elders").id, Role.JUROR)
    client = sign_in(person)
    assert client.get(f"/rondes/{jury.round_.slug}/{path}").status_code == (200 if role is Role.JUROR else 403)
    if role is not Role.JUROR:
        for deed in ("jury/p1", "jury/p1/niet-beoordelen", "jury-inleveren"):
            assert client.post(f"/rondes/{jury.round_.slug}/{deed}").status_code == 403


def test_a_juror_works_through_the_plans_in_a_browser(jury: Jury, sign_in: Callable[[int], FlaskClient]) -> None:
    client, address = sign_in(jury.jurors[0]), f"/rondes/{jury.round_.slug}/jury"
    assert "0 van de 3" in client.get(address).text
    saved = client.post(f"{address}/p1", data={"points_buurt": "4", "points_bereik": "5"})
    assert saved.location.endswith("/jury/p2")
    assert len(re.findall(r"<input checked", client.get(f"{address}/p1").text)) == 2
    left = client.post(f"{address}/p2/niet-beoordelen", follow_redirects=True)
    assert "De anderen doen dat." in left.text
    client.post(f"{address}/p3", data={"points_buurt": "4", "points_bereik": "5"})
    assert "Scores inleveren" in client.get(address).text
    assert "Je scores zijn ingeleverd" in client.post(f"{address}-inleveren", follow_redirects=True).text
    again = client.post(f"{address}/p1", data={"points_buurt": "1"})
    assert again.status_code == 422 and "niet meer veranderen" in again.text


def test_broken_points_are_refused_in_words(jury: Jury, sign_in: Callable[[int], FlaskClient]) -> None:
    client, address = sign_in(jury.jurors[0]), f"/rondes/{jury.round_.slug}/jury/p1"
    for written in ("9", "-1", "x", "٣٣"):
        answer = client.post(address, data={"points_buurt": written})
        assert answer.status_code == 422 and "Kies per vraag een cijfer" in answer.text, written


def test_no_page_shows_scores_before_the_jury_is_done(jury: Jury, sign_in: Callable[[int], FlaskClient]) -> None:
    one, other = jury.jurors
    scored(jury, one, 1, 2, 4)
    scored(jury, other, 2, 3, 5)
    submit_scores(jury.round_.id, one)
    pages = [f"/rondes/{jury.round_.slug}/{path}" for path in ("jury", "jury/p1", "stemlijst")]
    pages.append(f"/beheer/rondes/{jury.round_.slug}/stemlijst")
    for person in (other, jury.organiser, a_person()):
        for page in pages:
            text = sign_in(person).get(page).text
            assert "Gemiddelde cijfers" not in text, (person, page)
            if person != other:
                assert "<input checked" not in text
    submit_scores(jury.round_.id, other)
    text = sign_in(other).get(pages[0]).text
    assert "Gemiddelde cijfers" in text and "1,5" in text and "4,5" in text
    assert "Gemiddelde cijfers" in sign_in(jury.organiser).get(pages[3]).text
    assert "Gemiddelde cijfers" not in sign_in(a_person()).get(pages[2]).text


def test_a_published_shortlist_ends_scoring(jury: Jury, standing_clock: Callable[[datetime], None]) -> None:
    scored(jury, jury.jurors[0], 3, 3, 3)
    standing_clock(at(5, 16))
    chosen = jury.plans[:2]
    publish_shortlist(jury.round_.id, jury.organiser, chosen, dict.fromkeys(chosen, "Goed."))
    standing_clock(SELECTING)
    deed = lambda: submit_scores(jury.round_.id, jury.jurors[0])  # noqa: E731
    assert refusals(deed) == [SelectionRefusal.ALREADY_PUBLISHED]


def test_afterwards_a_juror_sees_what_they_gave_and_what_came_of_it(
    jury: Jury, sign_in: Callable[[int], FlaskClient], standing_clock: Callable[[datetime], None]
) -> None:
    scored(jury, jury.jurors[0], 3, 4, 5)
    submit_scores(jury.round_.id, jury.jurors[0])
    client, address = sign_in(jury.jurors[0]), f"/rondes/{jury.round_.slug}/jury"
    mine = client.get(f"{address}/p2").text
    assert "Dit gaf je" in mine and mine.count("<dd>4</dd>") == 2 and "<form method" not in mine.partition("<h1>")[2]
    assert "Dit gaf je" not in sign_in(jury.jurors[1]).get(f"{address}/p2").text
    assert "op de stemlijst" not in sign_in(jury.jurors[0]).get(address).text.partition("<h1>")[2]
    standing_clock(at(5, 16))
    publish_shortlist(jury.round_.id, jury.organiser, jury.plans[:2], dict.fromkeys(jury.plans[:2], "Goed."))
    assert "Er kwamen 2 plannen op de stemlijst." in client.get(address).text
