"""The application starts on both databases and answers an unknown address in words."""

from flask.testing import FlaskClient


def test_unknown_address_is_a_page(client: FlaskClient) -> None:
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
