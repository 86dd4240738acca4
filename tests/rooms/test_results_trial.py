"""A rule tried before it is adopted: on the worked example, an old round, a file; bounded, and nothing of it stays."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from pb.base.access import Role
from pb.counting.equal_shares import Completion, Utility
from pb.counting.rules import RuleName
from pb.extensions import db
from pb.results import trials
from pb.results.views import trial as page_of_trials
from pb.rounds.acts import create_round
from pb.rounds.values import BallotKind, BallotRule, Ceiling, CountingRule, Frame
from tests.factories import a_frame, a_person, a_role
from tests.pages import page, words_of
from tests.results import Move, over, published
from tests.unit.test_demo_elections import a_file

SignIn = Callable[[int], FlaskClient]
PATH = "/beheer/rondes/nieuw/kader/proeftelling"
UP_TO = BallotRule(BallotKind.UP_TO, 5)
SHARES = CountingRule(rule=RuleName.EQUAL_SHARES)


def an_editor(sign_in: SignIn, frame: Frame) -> FlaskClient:
    """An organiser whose new round has this draft."""
    organiser = a_person("anna@example.org")
    create_round("Nieuw", "nieuw", organiser, frame=frame)
    return sign_in(organiser)


def upload(browser: FlaskClient, content: bytes, prefix: str = "") -> TestResponse:
    return browser.post(prefix + PATH, data={"file": (BytesIO(content), "stemming.pb")})


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("rule", RuleName)
@pytest.mark.parametrize("ballot", [UP_TO, BallotRule(BallotKind.POINTS, total_points=10, most_points=5)])
def test_the_example_is_counted_by_every_rule(
    app: Flask, sign_in: SignIn, prefix: str, rule: RuleName, ballot: BallotRule
) -> None:
    utility = Utility.POINTS if ballot.numbered else Utility.COST
    browser = an_editor(sign_in, a_frame(ballot=ballot, counting=CountingRule(rule=rule, utility=utility)))
    text = page(browser.get(prefix + PATH))
    lost = ballot.numbered and rule is RuleName.PHRAGMEN
    assert ("<caption>" not in text) is lost
    assert prefix or ("Deze spelregels gaan nog niet samen." in text) is lost


def test_equal_shares_stands_beside_most_votes(app: Flask, sign_in: SignIn) -> None:
    counting = replace(SHARES, completion=Completion.NONE)
    text = words_of(page(an_editor(sign_in, a_frame(ballot=UP_TO, counting=counting)).get(PATH)))
    assert "Jouw spelregels naast een andere regel Gelijke delen gekozen Meeste stemmen, dan doorschuiven" in text
    assert "Winnaars 4 3" in text and "Mensen met een winnaar 100 % 58 %" in text
    assert "Een buurtfeest € 2.000 5 ✓ wint wint niet" in text
    assert "Zeven mensen kozen de speelplek" in text
    assert "Gelijke delen werkt beter als mensen ten minste drie plannen kiezen." in text


def test_most_votes_stands_beside_equal_shares(app: Flask, sign_in: SignIn) -> None:
    text = words_of(page(an_editor(sign_in, a_frame(ballot=UP_TO)).get(PATH)))
    assert "Meeste stemmen, dan doorschuiven gekozen Gelijke delen, met steeds iets erbij" in text


def test_the_draft_is_counted_not_what_was_adopted(app: Flask, sign_in: SignIn) -> None:
    browser = an_editor(sign_in, a_frame(ballot=UP_TO))
    assert PATH in page(browser.get("/beheer/rondes/nieuw/kader/telling"))
    chosen = {"rule": "phragmen", "misfit": "skip", "tie": "lot", "lot": "seed", "utility": "cost"}
    chosen |= {"completion": "none", "step": "1"}
    browser.post("/beheer/rondes/nieuw/kader/telling", data=chosen)
    assert "Samen sparen (Phragmén) gekozen" in words_of(page(browser.get(PATH)))


def test_an_old_round_is_counted_anew(app: Flask, sign_in: SignIn, standing_clock: Move) -> None:
    votes = [("bank", "tuin")] * 6 + [("kas", "bomen")] * 5
    published(over(standing_clock, votes, a_frame(ballot=UP_TO)), standing_clock)
    browser = an_editor(
        sign_in, a_frame(ballot=UP_TO, counting=replace(SHARES, ceilings=(Ceiling("oost", "Oost", 5_000_00),)))
    )
    assert f"{PATH}?ronde=alphen-centrum-2020" in page(browser.get(PATH))
    text = words_of(page(browser.get(f"{PATH}?ronde=alphen-centrum-2020")))
    assert "11 mensen kozen uit 4 plannen. Er was € 30.000." in text and "Plan kas € 14.000 5" in text
    assert "een maximum, en plannen die niet samen kunnen winnen" in text


def test_rounds_that_are_not_open_to_all_are_not_offered(app: Flask, sign_in: SignIn, standing_clock: Move) -> None:
    few = published(over(standing_clock, [("bank",)] * 3, a_frame(ballot=UP_TO)), standing_clock)
    browser = an_editor(sign_in, a_frame(ballot=UP_TO))
    assert few.slug not in page(browser.get(PATH)).partition("</nav>")[2]
    for slug in (few.slug, "nieuw", "bestaat-niet", "<b>"):
        assert browser.get(PATH, query_string={"ronde": slug}).status_code == 404


def rows() -> dict[str, int]:
    db.session.rollback()
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
    }


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_file_is_counted_and_forgotten(app: Flask, sign_in: SignIn, prefix: str) -> None:
    browser = an_editor(sign_in, a_frame(ballot=UP_TO, counting=SHARES))
    before = rows()
    content = a_file(ballots="1;A/1,a-1\n2;c\n3;a-1\n4;\n").replace(b"Een bank", b"Een <bank>")
    text = page(upload(browser, content, prefix))
    assert "Buurtgeld (2024)" in text and "Een &lt;bank&gt;" in text and "<bank>" not in text
    assert rows() == before
    assert "Buurtgeld" not in page(browser.get(PATH))


POINTED = a_file(vote_type="cumulative", ballots="1;A/1,c;3,4\n2;c;9\n").replace(
    b"voter_id;vote", b"voter_id;vote;points"
)


@pytest.mark.parametrize("content", [a_file(), POINTED, a_file(vote_type="ordinal"), a_file(rule="greedy-custom")])
@pytest.mark.parametrize("utility", [Utility.COST, Utility.POINTS])
def test_files_of_every_kind_can_be_tried(app: Flask, sign_in: SignIn, content: bytes, utility: Utility) -> None:
    """A rule that asks for points counts votes without them by what plans cost."""
    ballot = BallotRule(BallotKind.POINTS, total_points=9, most_points=9) if utility is Utility.POINTS else UP_TO
    browser = an_editor(sign_in, a_frame(ballot=ballot, counting=replace(SHARES, utility=utility)))
    assert "<caption>" in page(upload(browser, content))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Kies eerst een bestand."),
        (b"\xff\xfe\x00", "Regel 1, positie 1: dit is geen UTF-8-tekst."),
        (a_file()[:-20], "Regel"),
        (a_file(rows="".join(f"{n};1;P;0\n" for n in range(401)), ballots="1;5\n"), "te veel stemmen of plannen"),
    ],
    ids=["nothing", "not text", "cut off", "too many"],
)
def test_a_file_that_cannot_be_counted_is_refused_in_words(
    app: Flask, sign_in: SignIn, content: bytes, words: str
) -> None:
    browser = an_editor(sign_in, a_frame(ballot=UP_TO))
    text = words_of(page(upload(browser, content), 422))
    assert words in text and "Een klein voorbeeld" in text


def test_no_more_of_a_file_is_read_than_may_be_counted(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, content = an_editor(sign_in, a_frame(ballot=UP_TO)), a_file()
    for size, status in ((len(content), 200), (len(content) - 1, 422)):
        monkeypatch.setattr(trials, "LARGEST_FILE", size)
        monkeypatch.setattr(page_of_trials, "LARGEST_FILE", size)
        text = page(upload(browser, content), status)
        assert ("Dit bestand is te groot." in text) is (status == 422)


def test_without_a_file_there_is_nothing_to_count(app: Flask, sign_in: SignIn) -> None:
    assert "Kies eerst een bestand." in page(an_editor(sign_in, a_frame(ballot=UP_TO)).post(PATH), 422)


def test_a_count_that_takes_too_long_is_given_up(app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = an_editor(sign_in, a_frame(ballot=UP_TO, counting=replace(SHARES, step=1)))
    assert page(browser.get(PATH))
    monkeypatch.setattr(page_of_trials, "SECONDS", -1.0)
    answer = browser.get(PATH)
    assert answer.status_code == 422 and "Dit tellen duurt te lang voor deze pagina." in answer.text


def test_only_organisers_of_the_round_try_its_rules(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    an_editor(sign_in, a_frame(ballot=UP_TO))
    stranger = a_person()
    assert sign_in(stranger).get(PATH).status_code == 403
    other = create_round("Anders", "anders", stranger, frame=a_frame())
    a_role(stranger, other, Role.COUNCIL)
    assert client.get(PATH).status_code == 403 and upload(client, a_file()).status_code == 403
