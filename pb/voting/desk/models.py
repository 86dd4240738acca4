"""Tables of the desk. No names, no letter numbers: only hashes under the round's secret, to count by."""

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pb.extensions import Model

_UNNUMBERED = {"sqlite_with_rowid": False}


class ProxyRow(Model):
    """That a person votes with somebody's letter; `place` counts the letters of one person, and there are two at most."""

    __tablename__ = "proxy"
    __table_args__ = (
        CheckConstraint("place in (1, 2)", name="two_at_most"),
        UniqueConstraint("round_id", "letter"),
        _UNNUMBERED,
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    person: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    letter: Mapped[bytes] = mapped_column(LargeBinary)


class ReturnedLetter(Model):
    """A letter that the post brought back."""

    __tablename__ = "returned_letter"
    __table_args__ = _UNNUMBERED

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    letter: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
