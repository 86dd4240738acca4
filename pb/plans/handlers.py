"""What this room does when somebody confirmed their address: what they did before that counts now."""

from typing import Any

from sqlalchemy.orm import Session

from pb.people.events import signed_in
from pb.plans.acts import add_argument, add_like, keep_draft
from pb.plans.codec import draft_from_json
from pb.plans.values import Side


@signed_in.connect
def _signed_in(_sender: Any, session: Session, person_id: int, deed: dict[str, Any] | None, **_facts: Any) -> None:
    match deed:
        case {"kind": "like_plan", "plan_id": plan_id}:
            add_like(session, person_id, plan_id)
        case {"kind": "draft_plan", "round_id": round_id, "draft": draft}:
            keep_draft(session, round_id, person_id, draft_from_json(draft))
        case {"kind": "give_argument", "plan_id": plan_id, "side": side, "text": text, "name": name}:
            add_argument(session, person_id, plan_id, Side(side), text, name, sure=True)
