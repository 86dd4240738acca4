"""The credential file: what is written is read back, and whatever is not whole and exact is refused."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.refusals import Reason, Refused
from pb.roll.files import MOST_REASONS, committed_line, read_credentials, write_credentials
from pb.roll.rules import summary_of
from pb.roll.values import Credential, CredentialKind, StyleCount
from pb.roll.values import RollRefusal as Why
from tests.roll import ROUND

STYLES = ("oost", "west")
ISSUED, SPARE = CredentialKind.ISSUED, CredentialKind.SPARE


def a_credential(number: int, **changes: object) -> Credential:
    whole = Credential(number.to_bytes(32, "big"), "oost", ISSUED, "Hoge Zijde", "18-34")
    return replace(whole, **changes)  # type: ignore[arg-type]


def a_file(*credentials: Credential) -> bytes:
    return write_credentials(ROUND, credentials or (a_credential(1), a_credential(2), a_credential(3)))


def read(content: bytes) -> tuple[Credential, ...]:
    return read_credentials(io.BytesIO(content), ROUND, STYLES)


def reasons(content: bytes) -> tuple[Reason, ...]:
    with pytest.raises(Refused) as caught:
        read(content)
    return caught.value.reasons


credentials = st.builds(
    Credential,
    h=st.binary(min_size=32, max_size=32),
    style=st.sampled_from(STYLES),
    kind=st.sampled_from(CredentialKind),
    area=st.sampled_from(["Hoge Zijde", 'Het "Rot", 2', "Zuid + Oost"]),
    age=st.sampled_from(["18-34", ""]),
)


@given(st.lists(credentials, min_size=1, max_size=20, unique_by=lambda one: one.h))
def test_what_is_written_is_read_back_in_the_order_of_the_hashes(made: list[Credential]) -> None:
    assert read(write_credentials(ROUND, made)) == tuple(sorted(made, key=lambda one: one.h))


def test_what_the_manifest_commits_to_is_hash_style_and_kind() -> None:
    assert committed_line(a_credential(255, kind=SPARE)) == b"00" * 31 + b"ff,oost,spare"


@pytest.mark.parametrize("size", range(1, 40))
def test_a_file_that_was_cut_off_is_never_taken(size: int) -> None:
    content = a_file()
    assert reasons(content[:-size])[0].refusal in {Why.NOT_WHOLE, Why.NOT_TEXT}


def test_a_file_that_was_cut_at_the_end_of_a_line() -> None:
    content = a_file()
    cut = content[: content.rindex(b"\n", 0, -1) + 1]
    assert reasons(cut) == (Why.NOT_WHOLE(about="file", found=2, wanted="3"),)


@pytest.mark.parametrize(
    "change", [lambda content: b"\xef\xbb\xbf" + content, lambda content: content.replace(b"\n", b"\r\n")]
)
def test_a_mark_or_other_line_ends_do_no_harm(change: object) -> None:
    assert len(read(change(a_file()))) == 3  # type: ignore[operator]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Why.NOT_A_CREDENTIAL_FILE),
        (b"\x89PNG\r\n\x1a\n", Why.NOT_TEXT),
        (a_file(a_credential(1, area="Zoë")).decode().encode("cp1252"), Why.NOT_TEXT),
        (a_file().decode().encode("utf-16"), Why.NOT_TEXT),
        (a_file().replace(b"-1,", b"-2,", 1), Why.NOT_A_CREDENTIAL_FILE),
        (a_file().replace(b"h,style", b"h;style"), Why.NOT_A_CREDENTIAL_FILE),
        (a_file().replace(b",3\n", b"\n", 1), Why.NOT_A_CREDENTIAL_FILE),
        (a_file().replace(ROUND.encode(), b"cd" * 16), Why.OTHER_ROUND),
        (a_file().replace(b",3\n", b",4\n", 1), Why.NOT_WHOLE),
        (a_file().replace(b",3\n", b",x\n", 1), Why.NOT_WHOLE),
        (write_credentials(ROUND, ()), Why.EMPTY),
        (a_file() + b'"', Why.NOT_TEXT),
        (a_file() + b"x" * 200_000 + b"\n", Why.NOT_TEXT),
    ],
)
def test_a_file_that_is_something_else(content: bytes, why: Why) -> None:
    assert [reason.refusal for reason in reasons(content)] == [why]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (("18-34\n", "18-34,x\n"), Why.WRONG_COLUMNS),
        (("0001,oost", "001,oost"), Why.NOT_A_HASH),
        (("0001,oost", "000G,oost"), Why.NOT_A_HASH),
        (("0001,oost", "000A,oost"), Why.NOT_A_HASH),
        (("oost", "noord"), Why.UNKNOWN_STYLE),
        (("issued", "Issued"), Why.UNKNOWN_KIND),
        (("Hoge Zijde", " "), Why.AREA_MISSING),
    ],
)
def test_a_mistake_is_named_by_its_line(changed: tuple[str, str], why: Why) -> None:
    content = a_file().decode().replace(*changed, 1).encode()
    (reason,) = reasons(content)
    assert (reason.refusal, reason.facts["line"]) == (why, 3)


def test_a_credential_that_is_there_twice_or_out_of_order() -> None:
    lines = a_file(*map(a_credential, (1, 2, 3, 4))).decode().splitlines(keepends=True)
    lines[4], lines[5] = lines[3], lines[2]
    found = reasons("".join(lines).encode())
    assert found == (Why.TWICE(line=5, first=4), Why.TWICE(line=6, first=3))
    lines[2:] = [lines[3], lines[2], *a_file(a_credential(9), a_credential(8)).decode().splitlines(keepends=True)[2:]]
    assert reasons("".join(lines).encode()) == (Why.NOT_SORTED(line=4),)


def test_of_very_many_mistakes_the_rest_is_counted() -> None:
    made = [a_credential(number, style="noord") for number in range(MOST_REASONS + 7)]
    found = reasons(a_file(*made))
    assert len(found) == MOST_REASONS + 1 and found[-1] == Why.MORE(count=7)


def test_a_file_in_numbers() -> None:
    made = [a_credential(1), a_credential(2, area="Lage Zijde", age="35-49"), a_credential(3, style="west")]
    roll = summary_of([*made, a_credential(4, kind=SPARE, area="", age="")])
    assert roll.styles == {"oost": StyleCount(2, 1), "west": StyleCount(1, 0)}
    assert (roll.areas, roll.ages) == ({"Hoge Zijde": 2, "Lage Zijde": 1}, {"18-34": 2, "35-49": 1})
    assert (roll.issued, roll.spare) == (3, 1)
