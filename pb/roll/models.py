"""The table of the roll: credentials, which are hashes. The site holds no names, addresses or codes."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from pb.extensions import Model


class CredentialRow(Model):
    """The hash of a voting code. `alive` tells whether it may vote now; everything else never changes."""

    __tablename__ = "credential"
    # Without a row number, SQLite keeps the rows in the order of `h`: nothing tells who stood where in the register.
    __table_args__ = ({"sqlite_with_rowid": False},)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    h: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    slot: Mapped[bytes] = mapped_column(LargeBinary)
    style: Mapped[str]
    kind: Mapped[str]
    area: Mapped[str]
    age: Mapped[str]
    alive: Mapped[bool]
