"""What the pages of the desk share: who serves there, what was typed, and a page that shows it again."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from pb.base.access import Role
from pb.base.refusals import Reason
from pb.rounds.values import RoundRecord
from pb.voting.reads import manifest

WHO = (Role.CLERK, Role.ORGANISER)
"""Who serves at the desk; the council's people may be the second of two."""


def typed(name: str) -> str:
    """What was typed in a field."""
    return request.form.get(name, "")


def ticked(name: str) -> bool:
    """Whether a box was ticked."""
    return typed(name) == "yes"


def desk_page(
    template: str, round_: RoundRecord, reasons: Sequence[Reason] = (), status: int = 200, **facts: Any
) -> ResponseReturnValue:
    """A page with a form, and with what was typed where it is shown again."""
    sealed = manifest(round_.id)
    areas = sorted(sealed.areas) if sealed else []
    page = render_template(template, round=round_, reasons=reasons, typed=request.form, areas=areas, **facts)
    return page, status
