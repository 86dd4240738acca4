"""The table of corrections. Rows are only added: an earlier version of a result stays what it was."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from pb.extensions import Model


class CorrectionRow(Model):
    """One later version of a result. `winners` are codes; the count is version 1 and has no row."""

    __tablename__ = "result_correction"
    __table_args__ = (CheckConstraint("version >= 2", name="after_the_count"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    winners: Mapped[list[str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    corrected_at: Mapped[datetime]
