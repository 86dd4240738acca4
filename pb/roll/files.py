"""The credential file, pure: what `pb codes` writes and the site takes.

UTF-8 with `\\n` at every line's end; the first line says how many credentials follow, so that a part of a file is known
as one:

    begroot-credentials-1,<round's public id in hex>,<number of credentials>
    h,style,kind,area,age
    <64 hex signs>,all,issued,Binnenstad,18-34

Lines are sorted by `h`, so that their order tells nothing about letters. What the manifest commits to is the first
three fields of each line, `<h in hex>,<style>,<kind>` in ASCII without the line's end: the leaves of the credential root.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from pb.base.refusals import Reason, Refusal, Refused
from pb.base.text import clean_line
from pb.roll.values import Credential, CredentialKind, RollRefusal

KIND = "begroot-credentials-1"
COLUMNS = ("h", "style", "kind", "area", "age")
MOST_REASONS = 200
"""So many mistakes are named one by one; of the rest only their number."""


def committed_line(credential: Credential) -> bytes:
    """The bytes of a credential that the manifest commits to."""
    return f"{credential.h.hex()},{credential.style},{credential.kind}".encode("ascii")


def write_credentials(round_: str, credentials: Iterable[Credential]) -> bytes:
    """The credential file of a round; `round_` is its public id."""
    in_order = sorted(credentials)
    file = io.StringIO()
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow((KIND, round_, len(in_order)))
    lines.writerow(COLUMNS)
    lines.writerows((c.h.hex(), c.style, c.kind, c.area, c.age) for c in in_order)
    return file.getvalue().encode()


def read_credentials(stream: BinaryIO, round_: str, styles: Iterable[str]) -> tuple[Credential, ...]:
    """The credentials of a file for this round and its ballot styles. Raises `Refused` with every mistake and its line."""
    rows, known = _rows(stream, round_), frozenset(styles)
    mistakes: list[Reason] = []
    taken: dict[bytes, int] = {}
    credentials: list[Credential] = []
    for line, row in enumerate(rows, start=3):
        found = _credential(line, row, known)
        reason = found if isinstance(found, Reason) else _out_of_place(line, found, taken, credentials)
        if reason is not None:
            mistakes.append(reason)
        elif isinstance(found, Credential):
            taken[found.h] = line
            credentials.append(found)
    if not rows:
        mistakes.append(RollRefusal.EMPTY())
    if mistakes:
        raise Refused(*shortened(mistakes, RollRefusal.MORE))
    return tuple(credentials)


def _out_of_place(line: int, found: Credential, taken: Mapping[bytes, int], before: list[Credential]) -> Reason | None:
    """Whether a credential was there already, or stands before one that comes earlier."""
    if found.h in taken:
        return RollRefusal.TWICE(line=line, first=taken[found.h])
    return RollRefusal.NOT_SORTED(line=line) if before and found.h < before[-1].h else None


def shortened(mistakes: list[Reason], more: Refusal) -> list[Reason]:
    """The first mistakes, and how many more there are."""
    rest = len(mistakes) - MOST_REASONS
    return [*mistakes[:MOST_REASONS], more(count=rest)] if rest > 0 else mistakes


def _rows(stream: BinaryIO, round_: str) -> Sequence[list[str]]:
    """The lines below the two headings, after a look at whether this is a whole file of this round."""
    try:
        text = stream.read().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused(RollRefusal.NOT_TEXT(about="file")) from error
    if len(rows) < 2 or rows[0][:1] != [KIND] or len(rows[0]) != 3 or tuple(rows[1]) != COLUMNS:
        raise Refused(RollRefusal.NOT_A_CREDENTIAL_FILE(about="file"))
    _, of, count = rows[0]
    if of != round_:
        raise Refused(RollRefusal.OTHER_ROUND(about="file"))
    if count != str(len(rows) - 2) or not text.endswith("\n"):
        raise Refused(RollRefusal.NOT_WHOLE(about="file", found=len(rows) - 2, wanted=clean_line(count)[:12]))
    return rows[2:]


def _credential(line: int, row: list[str], styles: frozenset[str]) -> Credential | Reason:
    if len(row) != len(COLUMNS):
        return RollRefusal.WRONG_COLUMNS(line=line, found=len(row), wanted=len(COLUMNS))
    h, style, kind, area, age = row
    if len(h) != 64 or set(h) - set("0123456789abcdef"):
        return RollRefusal.NOT_A_HASH(line=line)
    if style not in styles:
        return RollRefusal.UNKNOWN_STYLE(line=line, style=clean_line(style)[:40])
    if kind not in set(CredentialKind):
        return RollRefusal.UNKNOWN_KIND(line=line, kind=clean_line(kind)[:40])
    if kind == CredentialKind.ISSUED and not clean_line(area):
        return RollRefusal.AREA_MISSING(line=line)
    return Credential(bytes.fromhex(h), style, CredentialKind(kind), clean_line(area), clean_line(age))
