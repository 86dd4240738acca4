"""Tables of the people: accounts, and sign-ins that wait for their mailed link or code."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from pb.extensions import Model


class Person(Model):
    """An account: a confirmed e-mail address (kept in lower case) and the name its owner shows."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    public_name: Mapped[str] = mapped_column(default="")
    is_administrator: Mapped[bool] = mapped_column(default=False)
    locale: Mapped[str] = mapped_column(default="nl")
    created_at: Mapped[datetime]
    session_epoch: Mapped[int] = mapped_column(default=0)
    """Part of every session; raising it ends all of them."""


class SignIn(Model):
    """A sign-in under way: hashes of the link's token and of the six digits, and the deed that waits for it."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    browser_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """The six digits count only in the browser that asked for them."""
    locale: Mapped[str]
    next_path: Mapped[str]
    deed: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    wrong_tries: Mapped[int] = mapped_column(default=0)
