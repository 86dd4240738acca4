"""Tables of the vote.

What a cast writes (`SealedBallot`, `SpentRow`, `IdempotencyTag`, `OutboxRow`) is keyed by an HMAC and sealed: no time,
no serial number, no account, no code and no choice in the clear. These four have no foreign key: PostgreSQL would mark
the row they point at with the transaction that cast the ballot. On SQLite they have no rowid, which is a serial number.
"""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pb.extensions import Model

_UNNUMBERED = {"sqlite_with_rowid": False}


def _unique_where(name: str, condition: str, *columns: str) -> Index:
    """An index over some of the rows, in which each value stands once."""
    where = text(condition)
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


class ManifestRow(Model):
    """A manifest as it was sealed: its exact bytes. A newer one replaces it for the vote; the old one stays."""

    __tablename__ = "manifest"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime]


class BallotBox(Model):
    """How far a sealed round is. A cast reads this row and never locks or changes it."""

    __tablename__ = "ballot_box"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    number: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    opens: Mapped[datetime]
    closes: Mapped[datetime]
    withdrawn: Mapped[dict[str, str]] = mapped_column(JSON)
    swept_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    ballots: Mapped[int] = mapped_column(default=0)
    spent: Mapped[int] = mapped_column(default=0)
    seed: Mapped[str] = mapped_column(default="")
    exported_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]


class SealedBallot(Model):
    """The one ballot of a slot, under its pseudonym `P`; a later vote takes its place."""

    __tablename__ = "sealed_ballot"
    __table_args__ = _UNNUMBERED

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pseudonym: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class SpentRow(Model):
    """That a slot was used, and by which token: under another name than its ballot."""

    __tablename__ = "spent_row"
    __table_args__ = _UNNUMBERED

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tag: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class IdempotencyTag(Model):
    """That a vote with this key was cast, and with which choices, told only to who has the round's secret."""

    __tablename__ = "idempotency_tag"
    __table_args__ = _UNNUMBERED

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tag: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    same: Mapped[bytes] = mapped_column(LargeBinary)


class OutboxRow(Model):
    """A ballot's hash that waits for the public log."""

    __tablename__ = "ballot_outbox"
    __table_args__ = _UNNUMBERED

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tag: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class LogLeaf(Model):
    """One leaf of the public log of the manifest with this `number`; a ballot's hash stands in a log once.

    Written by batches and deeds, never by a cast.
    """

    __tablename__ = "log_leaf"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "number"], ["manifest.round_id", "manifest.number"]),
        _unique_where("uq_log_leaf_ballot", "kind = 'ballot'", "round_id", "number", "body"),
    )

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class LogHead(Model):
    """A signed head of the public log: its first `size` leaves, `ballots` of which are ballots.

    `closes` is the closing that held then: promises given since rest on it or on a later one.
    """

    __tablename__ = "log_head"
    __table_args__ = (ForeignKeyConstraint(["round_id", "number"], ["manifest.round_id", "manifest.number"]),)

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ballots: Mapped[int]
    root: Mapped[bytes] = mapped_column(LargeBinary)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    closes: Mapped[datetime]
    signed_at: Mapped[datetime]


class RevocationRow(Model):
    """A credential that was revoked. `mark` tells at the close, to who has the round's secret, whether it had voted."""

    __tablename__ = "revocation"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    h: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    mark: Mapped[bytes] = mapped_column(LargeBinary)


class OpenedBallotRow(Model):
    """One ballot after the close. `position` counts the ballots in the order of their content, not of casting."""

    __tablename__ = "opened_ballot"
    __table_args__ = (UniqueConstraint("round_id", "commitment"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    style: Mapped[str]
    channel: Mapped[str]
    choices: Mapped[str]
    nonce: Mapped[bytes] = mapped_column(LargeBinary)
    commitment: Mapped[bytes] = mapped_column(LargeBinary)


class SpentTokenRow(Model):
    """One right to vote that was used, in the order of content."""

    __tablename__ = "spent_token"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    token: Mapped[bytes] = mapped_column(LargeBinary)
    style: Mapped[str]
    area: Mapped[str]


class VoteReport(Model):
    """What somebody thinks is wrong with the vote. `email` is kept until the answer is on its way."""

    __tablename__ = "vote_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    text: Mapped[str]
    email: Mapped[str | None]
    locale: Mapped[str]
    sent_at: Mapped[datetime]
    subject: Mapped[str | None]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
