"""The outline of a round; it returns frozen records and never writes."""

from sqlalchemy.orm import Session

from pb.extensions import db
from pb.rounds.outline.models import OutlineRow
from pb.rounds.outline.values import Part


def outline_of(round_id: int, session: Session | None = None) -> tuple[Part, ...]:
    """The parts of the round's area; none where nobody drew it."""
    row = (session or db.session()).get(OutlineRow, round_id, populate_existing=True)
    return tuple(
        Part(part["name"], tuple(tuple((east, north) for east, north in ring) for ring in part["rings"]))
        for part in (row.parts if row else ())
    )
