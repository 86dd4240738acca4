"""The audit trail, its versions, the municipality, and stored files as they are served."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import event, text

from pb.base.clock import host_now
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office import acts, reads
from pb.office.values import MunicipalityRecord
from tests.factories import a_person

ALPHEN = MunicipalityRecord(
    site_name="Alphen Begroot",
    name="Gemeente Alphen aan den Rijn",
    telephone="14 0172",
    opening_hours="maandag tot en met vrijdag, 9 tot 17 uur",
    address="Stadhuisplein 1, Alphen aan den Rijn",
    mail="begroot@example.org",
)
FIELDS = {name: getattr(ALPHEN, name) for name in ALPHEN.__slots__}


def photo() -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (800, 600), "green").save(stream, "JPEG")
    stream.seek(0)
    return stream


def test_a_subject_has_its_history_in_order(app: Flask) -> None:
    with transaction() as session:
        acts.audit(session, "submit_plan", "plan:1", at=host_now(), actor=4, scope=7, title="Bank")
        acts.audit(session, "draft_plan", "plan:1", at=host_now() - timedelta(days=1), actor=4, scope=7)
        acts.audit(session, "draft_plan", "plan:11", at=host_now(), scope=7)
    found = reads.history("plan:1")
    assert [(entry.act, entry.actor) for entry in found] == [("draft_plan", 4), ("submit_plan", 4)]
    assert found[1].facts == {"title": "Bank"} and found[1].at == host_now()


def test_a_version_grows_with_every_deed_of_its_round(app: Flask) -> None:
    versions = [reads.version_of(7)]
    for scope in (7, 8, 7):
        with transaction() as session:
            acts.audit(session, "like_plan", "plan:1", at=host_now(), scope=scope)
        versions.append(reads.version_of(7))
    assert versions == [0, 1, 1, 2]


def test_a_version_sees_a_deed_that_commits_late(app: Flask) -> None:
    """PostgreSQL gives numbers at the insert and shows rows at the commit: the first may come last."""
    if db.engine.dialect.name != "postgresql":
        with transaction() as session:  # SQLite's writers queue, so a number can never come late
            acts.audit(session, "like_plan", "plan:1", at=host_now(), scope=7)
        assert reads.version_of(7) == 1
        return
    row = "insert into audit_entry (at, act, scope, subject, facts) values (now(), 'like_plan', 7, 'plan:1', '{}')"
    writing = db.engine.execution_options(pb_begin="IMMEDIATE")
    with writing.connect() as slow, writing.connect() as quick:
        slow.execute(text(row))
        quick.execute(text(row))
        quick.commit()
        before = reads.version_of(7)
        db.session.rollback()
        slow.commit()
    assert reads.version_of(7) > before


def test_the_municipality_is_remembered_for_a_while(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "REMEMBER_SECONDS", 60)
    assert reads.municipality() is None
    acts.set_municipality(ALPHEN)
    assert reads.municipality() == ALPHEN
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert reads.municipality() == ALPHEN and statements == []
        reads.forget_municipality()
        assert reads.municipality() == ALPHEN and len(statements) == 1
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
        reads.forget_municipality()


def test_there_is_one_municipality(app: Flask) -> None:
    acts.set_municipality(ALPHEN, by=3)
    acts.set_municipality(MunicipalityRecord(**(FIELDS | {"telephone": "14 0"})))
    found = reads.municipality()
    assert found and found.telephone == "14 0"
    assert [entry.actor for entry in reads.history("municipality")] == [3, None]
    assert db.session.scalar(text("select count(*) from municipality")) == 1


@pytest.mark.parametrize(("administrator", "status"), [(None, 302), (False, 403), (True, 200)])
def test_only_the_administrator_sees_the_settings(
    client: FlaskClient, sign_in: Callable[[int], FlaskClient], administrator: bool | None, status: int
) -> None:
    if administrator is not None:
        sign_in(a_person(administrator=administrator))
    assert client.get("/beheer/gemeente").status_code == status
    if not administrator:
        assert client.post("/beheer/gemeente", data=FIELDS).status_code == status and reads.municipality() is None


def test_the_administrator_changes_the_settings(client: FlaskClient, sign_in: Callable[[int], FlaskClient]) -> None:
    sign_in(a_person(administrator=True))
    assert client.post("/beheer/gemeente", data=FIELDS | {"name": " Gemeente\u200b Alphen "}).status_code == 302
    found = reads.municipality()
    assert found and found.name == "Gemeente Alphen" and found.mail == ALPHEN.mail
    page = client.get("/beheer/gemeente").text
    assert "De gegevens zijn bewaard." in page and page.count("<h1") == 1 and ALPHEN.address in page


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 61}, {"mail": "geen adres"}, {"telephone": "  "}])
def test_incomplete_settings_are_not_kept(
    client: FlaskClient, sign_in: Callable[[int], FlaskClient], wrong: dict[str, str]
) -> None:
    sign_in(a_person(administrator=True))
    answer = client.post("/beheer/gemeente", data=FIELDS | wrong)
    assert answer.status_code == 422 and "field__error" in answer.text and reads.municipality() is None


def test_a_picture_is_stored_and_served(client: FlaskClient) -> None:
    name = acts.store_picture(photo())
    assert [entry.act for entry in reads.history(f"file:{name}")] == ["store_picture"]
    large, small = client.get(f"/bestanden/{name}"), client.get(f"/bestanden/{name}/klein")
    for answer, width in ((large, 800), (small, 320)):
        assert answer.status_code == 200 and answer.mimetype == "image/webp"
        assert Image.open(io.BytesIO(answer.data)).width == width
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"] and "Set-Cookie" not in answer.headers
    assert client.get(f"/bestanden/{name}", headers={"If-None-Match": large.headers["ETag"]}).status_code == 304


def test_two_pictures_never_share_a_name(app: Flask) -> None:
    assert acts.store_picture(photo()) != acts.store_picture(photo())


def test_a_refused_picture_leaves_nothing(app: Flask) -> None:
    with pytest.raises(Refused):
        acts.store_picture(io.BytesIO(b"<svg/>"))
    assert db.session.scalar(text("select count(*) from stored_file")) == 0


def test_a_drawing_takes_the_place_of_an_earlier_one(client: FlaskClient) -> None:
    for colour in ("red", "blue"):
        with transaction() as session:
            acts.store_drawing(session, "plan-1", f'<svg viewBox="0 0 4 3" fill="{colour}"/>')
    answer = client.get("/bestanden/plan-1/klein")
    assert answer.mimetype == "image/svg+xml" and "blue" in answer.text
    assert "script-src" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/bestanden/none", "/bestanden/none/klein", "/bestanden/..%2fsecrets.json"])
def test_other_files_are_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_large_upload_is_refused_before_it_is_read(client: FlaskClient, app: Flask) -> None:
    claimed = {"CONTENT_LENGTH": str(app.config["MAX_CONTENT_LENGTH"] + 1)}
    answer = client.post("/inloggen", data=b"x", content_type="multipart/form-data", environ_overrides=claimed)
    assert answer.status_code == 413 and "te groot" in answer.text


def test_a_monitor_hears_that_the_site_is_alive(client: FlaskClient) -> None:
    answer = client.get("/levend")
    assert (answer.status_code, answer.text, answer.headers["Cache-Control"]) == (200, "ok\n", "private, no-store")
