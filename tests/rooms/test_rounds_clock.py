"""A practice round's clock: forward only, by an organiser, from one moment of the calendar to the next."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.access import Role
from pb.rounds.acts import advance_clock
from pb.rounds.reads import now_of, round_by_id
from pb.rounds.rules import next_moment
from pb.rounds.values import RoundRecord
from tests.factories import CALENDAR, a_frame, a_person, a_role, a_round

Enter = Callable[[int], FlaskClient]
VOTE = CALENDAR.phases[-1]
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "to"),
    [
        (VOTE.opens - SECOND, VOTE.opens),
        (VOTE.opens, VOTE.closes),
        (VOTE.closes, VOTE.closes + timedelta(days=2)),
        (VOTE.closes + timedelta(days=2), CALENDAR.result),
        (CALENDAR.result, None),
    ],
)
def test_the_next_moment(now: object, to: object) -> None:
    assert next_moment(a_frame(paper_days=2), now) == to  # type: ignore[arg-type]


def the_round(round_: RoundRecord) -> RoundRecord:
    found = round_by_id(round_.id)
    assert found is not None
    return found


def test_an_organiser_winds_from_phase_to_phase(app: Flask, sign_in: Enter) -> None:
    round_, organiser = a_round(rehearsal=True), a_person()
    a_role(organiser, round_.id, Role.ORGANISER)
    page, deed = f"/beheer/rondes/{round_.slug}", f"/beheer/rondes/{round_.slug}/klok"
    client, expected = sign_in(organiser), next_moment(round_.frame, now_of(round_))
    assert expected and "Zet de klok vooruit naar" in client.get(page).text
    assert client.post(deed).status_code == 303
    assert expected <= now_of(the_round(round_)) < expected + timedelta(minutes=1)
    assert "Oefenronde" in app.test_client().get(f"/rondes/{round_.slug}").text
    advance_clock(round_.id, CALENDAR.result)
    assert "Zet de klok" not in client.get(page).text and client.post(deed).status_code == 404


def test_nobody_else_and_no_real_round(app: Flask, sign_in: Enter) -> None:
    real, practice, person = a_round(), a_round(slug="oefening", rehearsal=True), a_person()
    assert sign_in(person).post(f"/beheer/rondes/{practice.slug}/klok").status_code == 403
    for round_ in (real, practice):
        a_role(person, round_.id, Role.ORGANISER)
    assert sign_in(person).post(f"/beheer/rondes/{real.slug}/klok").status_code == 404
    assert "Oefenronde" not in app.test_client().get(f"/rondes/{real.slug}").text
    app.extensions["recorded_rounds"] = {practice.slug}
    try:
        assert "Zet de klok" not in sign_in(person).get(f"/beheer/rondes/{practice.slug}").text
        assert sign_in(person).post(f"/beheer/rondes/{practice.slug}/klok").status_code == 404
    finally:
        del app.extensions["recorded_rounds"]
