"""Tables of the delivery: projects, the stops that they reached, updates and followers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from pb.extensions import Model


class ProjectRow(Model):
    """A plan that won. `position` keeps the order of the result; with `dropped_at` a correction took the plan out again."""

    __tablename__ = "project"
    __table_args__ = (CheckConstraint("awarded >= 0 and spent >= 0", name="money_not_negative"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    position: Mapped[int]
    milestone: Mapped[str]
    awarded: Mapped[int]
    spent: Mapped[int] = mapped_column(default=0)
    dropped_at: Mapped[datetime | None]


class StopRow(Model):
    """That a project reached a stop, or was set back to one for a reason. Rows are only added."""

    __tablename__ = "project_stop"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("project.plan_id"), index=True)
    milestone: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]


class UpdateRow(Model):
    """News about a project. `form_key` is new on every empty form, so that one form makes one update."""

    __tablename__ = "project_update"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("project.plan_id"), index=True)
    form_key: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
    picture: Mapped[str | None] = mapped_column(ForeignKey("stored_file.name"))
    picture_alt: Mapped[str]
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Follow(Model):
    """That a person hears about a project by mail; once, and never public."""

    __tablename__ = "project_follow"

    plan_id: Mapped[int] = mapped_column(ForeignKey("project.plan_id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    at: Mapped[datetime]
