"""Voting codes: what people mistype is found, what they write differently is forgiven."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pb.base.hashing import CROCKFORD, credential_of, token_of
from pb.base.refusals import Refused
from pb.roll.codes import check_sign, make_code, read_code, show_code
from pb.roll.values import CodeRefusal

codes = st.text(alphabet=CROCKFORD, min_size=15, max_size=15).map(lambda random: random + check_sign(random))


def refusal_of(typed: str) -> str:
    with pytest.raises(Refused) as caught:
        read_code(typed)
    return caught.value.reasons[0].refusal


def test_a_new_code_is_read_back() -> None:
    code = make_code()
    assert read_code(show_code(code)) == code


def test_codes_differ() -> None:
    assert len({make_code() for _ in range(500)}) == 500


def test_a_known_check_sign() -> None:
    """By hand: of a lone 1 at the right, doubled, the sum is 2, so the sign is worth 30."""
    assert check_sign("0" * 14 + "1") == CROCKFORD[30]
    assert check_sign("0" * 13 + "10") == CROCKFORD[31]
    assert check_sign("0" * 14 + "Z") == CROCKFORD[-sum(divmod(62, 32)) % 32]


@given(codes, st.integers(0, 15), st.sampled_from(CROCKFORD))
def test_every_single_wrong_sign_is_found(code: str, place: int, sign: str) -> None:
    assume(code[place] != sign)
    assert refusal_of(code[:place] + sign + code[place + 1 :]) == CodeRefusal.MISTYPED


@given(codes, st.integers(0, 14))
def test_every_swap_of_neighbours_but_zero_and_last_is_found(code: str, place: int) -> None:
    first, second = code[place], code[place + 1]
    assume(first != second and {first, second} != {"0", "Z"})
    assert refusal_of(code[:place] + second + first + code[place + 2 :]) == CodeRefusal.MISTYPED


@given(codes)
def test_what_people_write_differently_is_forgiven(code: str) -> None:
    written = (
        show_code(code).lower().replace("0", "o").replace("1", "l").replace(" ", "-", 1).replace(" ", "\u00a0 ", 1)
    )
    assert read_code(f"  {written}\n") == code
    assert read_code(code.replace("1", "I")) == code


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", CodeRefusal.MISSING),
        (" - ", CodeRefusal.MISSING),
        ("0123", CodeRefusal.WRONG_LENGTH),
        ("0" * 17, CodeRefusal.WRONG_LENGTH),
        ("UUUU 0000 0000 0000", CodeRefusal.WRONG_SIGN),
        ("٠" * 16, CodeRefusal.WRONG_SIGN),
        ("0000 0000 0000 0001", CodeRefusal.MISTYPED),
    ],
)
def test_what_is_not_a_code(typed: str, refusal: CodeRefusal) -> None:
    assert refusal_of(typed) == refusal


def test_a_token_belongs_to_one_round() -> None:
    code = make_code()
    assert token_of("a" * 32, code) != token_of("b" * 32, code)
    assert len(credential_of(token_of("a" * 32, code))) == 32
