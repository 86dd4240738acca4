"""The table of outlines: one a round, beside the frame and no part of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from pb.extensions import Model


class OutlineRow(Model):
    """The newest outline of a round, already made simpler: a list of parts with a name and rings."""

    __tablename__ = "round_outline"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    parts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    saved_at: Mapped[datetime]
