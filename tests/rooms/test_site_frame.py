"""The frame of every page: one heading, the way to content, languages, contact, and no cost for a visitor."""

from flask.testing import FlaskClient

from pb.base.transaction import transaction
from pb.office.models import Municipality
from tests import factories


def _municipality() -> None:
    with transaction() as session:
        session.add(
            Municipality(
                id=1, site_name="Alphen Begroot", name="Gemeente Alphen", telephone="14 0172",
                opening_hours="Maandag tot en met vrijdag van 9.00 tot 17.00 uur",
                address="Stadhuisplein 1", mail="begroot@example.org",
            )
        )  # fmt: skip


def test_contact_stands_in_every_footer(client: FlaskClient) -> None:
    _municipality()
    page = client.get("/").text
    assert 'href="tel:140172"' in page and "9.00 tot 17.00" in page and "Alphen Begroot" in page


def test_a_site_without_a_municipality_still_has_a_name(client: FlaskClient) -> None:
    assert "Buurtbudget" in client.get("/").text


def test_the_other_language_is_the_same_page(client: FlaskClient) -> None:
    round_ = factories.a_round()
    dutch = client.get(f"/rondes/{round_.slug}?x=1").text
    assert f'href="/en/rondes/{round_.slug}?x=1" lang="en"' in dutch
    english = client.get(f"/en/rondes/{round_.slug}").text
    assert '<html lang="en">' in english and f'href="/rondes/{round_.slug}" lang="nl"' in english


def test_static_files_have_one_address_in_both_languages(client: FlaskClient) -> None:
    assert 'href="/static/css/theme.css?v=' in client.get("/en/").text


def test_tabs_follow_the_round_and_mark_the_page(client: FlaskClient) -> None:
    round_ = factories.a_round()
    page = client.get(f"/rondes/{round_.slug}").text
    assert f'href="/rondes/{round_.slug}/stemmen"' in page and f'href="/rondes/{round_.slug}/uitslag"' not in page
