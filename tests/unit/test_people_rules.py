"""Addresses in one form, paths that stay on the site, and when a sign-in can be used."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.refusals import Reason
from pb.people import tokens
from pb.people.rules import asking_reasons, digits_of, local_path, normal_address, using_reasons
from pb.people.values import MOST_MAILS, MOST_WRONG, SignInRecord, SignInRefusal

NOW = datetime(2020, 2, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("sam@example.org", "sam@example.org"),
        ("  Sam.de.Vries+buurt@Example.ORG ", "sam.de.vries+buurt@example.org"),
        ("sam@bücher.example.org", "sam@xn--bcher-kva.example.org"),
    ],
)
def test_an_address_has_one_form(written: str, kept: str) -> None:
    assert normal_address(written) == kept


@pytest.mark.parametrize(
    "written",
    ["", " ", "sam", "sam@", "@example.org", "sam@example", "a b@example.org", "sam@example.org\nBcc: x@example.org",
     "sam@example.org, x@example.org", "Sam <sam@example.org>", "sam@[127.0.0.1]",
     "séamus@example.org", "a" * 300 + "@example.org"],
)  # fmt: skip
def test_what_is_not_an_address(written: str) -> None:
    found = normal_address(written)
    assert isinstance(found, Reason) and found.refusal is SignInRefusal.NOT_AN_ADDRESS and found.about == "email"


@given(st.text(max_size=40))
def test_a_kept_address_keeps_its_form(written: str) -> None:
    kept = normal_address(f"{written}@example.org")
    assert isinstance(kept, Reason) or (normal_address(kept) == kept and "\n" not in kept and "\r" not in kept)


@pytest.mark.parametrize("path", ["/", "/mijn", "/rondes/een/plannen?thema=groen&p=2", "/en/rondes#kaart", "/a//b"])
def test_paths_on_this_site(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [None, "", "mijn", "//evil.example", "///evil.example", "/\\evil.example", "\\/evil",
     "https://evil.example", "/\t/evil.example",
     "/\n/evil", "javascript:alert(1)", " //evil", "/a b", "http:/evil", "/\u2028/evil"],
)  # fmt: skip
def test_paths_that_could_lead_elsewhere(path: str | None) -> None:
    assert local_path(path) == "/"


@given(st.text(alphabet=st.sampled_from("/\\:@.?#evil \t\r\n%0aA\u00a0"), max_size=20))
def test_no_path_leaves_the_site(path: str) -> None:
    assert urlsplit(urljoin("https://here.example/inloggen", local_path(path))).netloc == "here.example"


def _sign_in(**changes: object) -> SignInRecord:
    values = {"email": "sam@example.org", "expires_at": NOW + timedelta(minutes=1), "used_at": None, "wrong_tries": 0}
    return SignInRecord(**(values | {"has_deed": False} | changes))  # type: ignore[arg-type]


def test_a_fresh_sign_in_can_be_used() -> None:
    assert using_reasons(_sign_in(wrong_tries=MOST_WRONG - 1), NOW) == []


@pytest.mark.parametrize(
    "sign_in",
    [None, _sign_in(used_at=NOW), _sign_in(expires_at=NOW), _sign_in(wrong_tries=MOST_WRONG)],
    ids=["unknown", "used", "too old", "guessed at"],
)
def test_others_cannot_and_sound_alike(sign_in: SignInRecord | None) -> None:
    assert using_reasons(sign_in, NOW) == [SignInRefusal.SPENT()]


def test_a_mailbox_is_not_filled() -> None:
    assert asking_reasons(MOST_MAILS - 1) == []
    assert [reason.refusal for reason in asking_reasons(MOST_MAILS)] == [SignInRefusal.TOO_MANY_MAILS]


@pytest.mark.parametrize("written", ["123456", "123 456", " 123-456 ", "1 2 3 4 5 6"])
def test_a_code_as_people_type_it(written: str) -> None:
    assert digits_of(written) == "123456"


def test_digits_of_other_scripts_are_no_digits() -> None:
    assert digits_of("١٢٣٤٥٦") == ""


def test_codes_have_six_digits() -> None:
    assert all(len(code) == 6 and code.isdigit() for code in (tokens.new_code() for _ in range(200)))


def test_what_is_kept_of_a_code_belongs_to_one_browser() -> None:
    assert tokens.code_hash("one", "123456") != tokens.code_hash("other", "123456")
    assert tokens.token_hash("same") != tokens.browser_hash("same")
