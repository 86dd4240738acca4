"""Tables of the results. A count is never edited: a newer one supersedes it, and what follows stands in rows of its own."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pb.extensions import Model


class CountRow(Model):
    """One count of a round. `ledger` holds the exact text that is published; `turnout` the figures of that moment.

    `explanation` is what pages say beside the steps; it follows from ballots and ledger.
    """

    __tablename__ = "count"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    ledger: Mapped[str] = mapped_column(Text)
    explanation: Mapped[dict[str, Any]] = mapped_column(JSON)
    turnout: Mapped[dict[str, Any]] = mapped_column(JSON)
    counted_at: Mapped[datetime]
    counted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class AdoptedCount(Model):
    """That a governing body adopted a count: once in a round."""

    __tablename__ = "adopted_count"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    count_id: Mapped[int] = mapped_column(ForeignKey("count.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    adopted_at: Mapped[datetime]


class PublicFile(Model):
    """A file as it was published: these bytes are signed for, so they are kept and never made anew.

    Only the file of corrections, which nobody signs, is written again with each of them.
    """

    __tablename__ = "public_file"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class PublishedCount(Model):
    """That the adopted count was made public: once in a round."""

    __tablename__ = "published_count"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
