"""The plain views that ours are measured beside: what a Flask page costs when it does next to nothing.

One inserts a row through the ORM behind the same token check, sets a cookie and renders a template of about 1 kB; the
other renders as many cards as the list shows, from constants.
"""

import secrets

from flask import Blueprint, Flask, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from pb.base import access
from pb.base.transaction import transaction
from pb.extensions import db

bp = Blueprint("measure", __name__, url_prefix="/measure", template_folder="templates")


class Tables(DeclarativeBase):
    """Apart from the site's own tables, so that no migration knows of it."""


class PlainRow(Tables):
    """What the plain form writes."""

    __tablename__ = "measure_plain"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


@bp.get("/form")
@access.public
def form() -> ResponseReturnValue:
    """A page with the token that the plain form needs."""
    return render_template("plain.html", number=0)


@bp.post("/form")
@access.public
def insert() -> ResponseReturnValue:
    """One row, one cookie, one small page."""
    with transaction() as session:
        row = PlainRow(text=request.form["text"])
        session.add(row)
    answer = make_response(render_template("plain.html", number=row.id))
    answer.set_cookie("plain", secrets.token_hex(16), httponly=True, samesite="Lax")
    return answer


@bp.get("/cards/<int:count>")
@access.public
def cards(count: int) -> ResponseReturnValue:
    """So many cards that never change."""
    return render_template("cards.html", count=count)


def add_to(app: Flask) -> Flask:
    """The site with the plain views beside its own; `make_table` makes what they write in."""
    app.register_blueprint(bp)
    return app


def make_table() -> None:
    """Make their table, once, before a server's processes start."""
    Tables.metadata.create_all(db.engine)
