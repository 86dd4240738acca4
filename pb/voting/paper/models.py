"""Tables of paper. No row has a time that belongs to one form, and none ties a form to a ballot.

`PaperClaim` is what a cast writes of a form: keyed and sealed as everything in that transaction, without a foreign key.
The rows in the clear are written apart from any cast; those of cast forms later, several at once.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from pb.extensions import Model

_UNNUMBERED = {"sqlite_with_rowid": False}


def _of_a_batch() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["round_id", "batch"], ["paper_batch.round_id", "paper_batch.number"])


class PaperBatch(Model):
    """A batch that came in before the close: how many forms it has, and who registered it."""

    __tablename__ = "paper_batch"
    __table_args__ = (CheckConstraint("forms > 0", name="has_forms"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    forms: Mapped[int]
    registered_at: Mapped[datetime]
    registered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PaperEntry(Model):
    """That somebody read a form, and a keyed hash of what they read. Each person reads a form once."""

    __tablename__ = "paper_entry"
    __table_args__ = (_of_a_batch(), _UNNUMBERED)

    round_id: Mapped[int] = mapped_column(primary_key=True)
    batch: Mapped[int] = mapped_column(primary_key=True)
    form: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    reading: Mapped[bytes] = mapped_column(LargeBinary)


class PaperForm(Model):
    """What became of a form."""

    __tablename__ = "paper_form"
    __table_args__ = (_of_a_batch(), _UNNUMBERED)

    round_id: Mapped[int] = mapped_column(primary_key=True)
    batch: Mapped[int] = mapped_column(primary_key=True)
    form: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[str]


class PaperClaim(Model):
    """That a form was cast and with which reading, told only to who has the round's secrets; gone once it is marked."""

    __tablename__ = "paper_claim"
    __table_args__ = _UNNUMBERED

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tag: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
