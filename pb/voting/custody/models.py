"""Tables of custody: who keeps halves of a round's keys, and that the keys were destroyed. No secret stands here."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from pb.extensions import Model


class EscrowRow(Model):
    """One escrow: which files it saves, and the fingerprints of the keeper and the deputy of each half."""

    __tablename__ = "key_escrow"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    deposit: Mapped[str] = mapped_column(primary_key=True)
    sealing: Mapped[str]
    keys: Mapped[list[str]] = mapped_column(JSON)
    first: Mapped[list[str]] = mapped_column(JSON)
    second: Mapped[list[str]] = mapped_column(JSON)
    recorded_at: Mapped[datetime]


class DestructionRow(Model):
    """That two people destroyed the keys of a round: once."""

    __tablename__ = "key_destruction"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    removed: Mapped[list[str]] = mapped_column(JSON)
    destroyed_at: Mapped[datetime]
