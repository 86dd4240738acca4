"""What an organiser does with the small map of the area: give it an outline, another one, or none."""

from sqlalchemy import delete

from pb.base.refusals import refuse_if_any
from pb.base.transaction import transaction
from pb.base.upsert import insert_or_update
from pb.office.acts import audit
from pb.rounds.outline.geojson import read_outline
from pb.rounds.outline.models import OutlineRow
from pb.rounds.outline.rules import corner_reasons, simpler, size_reasons, thinned
from pb.rounds.reads import moment_of

DIGITS = 6
"""Of a degree: a decimetre."""


def save_outline(round_id: int, content: bytes, by: int | None) -> None:
    """Keep the outline in this GeoJSON file, in the place of an earlier one.

    It may change at any moment: it shows where the round is, and decides nothing. Raises `Refused` for a file that
    cannot be read or drawn.
    """
    parts = read_outline(content)
    refuse_if_any(size_reasons(parts))
    thin = thinned(parts)
    refuse_if_any(corner_reasons(thin))
    kept = [
        {
            "name": part.name,
            "rings": [[[round(one, DIGITS) for one in position] for position in ring] for ring in part.rings],
        }
        for part in simpler(thin)
    ]
    with transaction() as session:
        _, now = moment_of(session, round_id)
        insert_or_update(session, OutlineRow, {"round_id": round_id}, parts=kept, saved_at=now)
        audit(session, "save_outline", f"round:{round_id}", at=now, actor=by, scope=round_id, parts=len(kept))


def remove_outline(round_id: int, by: int) -> None:
    """Show no small map any more. Twice is once."""
    with transaction() as session:
        _, now = moment_of(session, round_id)
        session.execute(delete(OutlineRow).where(OutlineRow.round_id == round_id))
        audit(session, "remove_outline", f"round:{round_id}", at=now, actor=by, scope=round_id)
