"""The two organisers of the demo: what one asks, the other confirms."""

from collections.abc import Callable
from datetime import date

from flask_babel import force_locale, gettext

from pb.demo.player import Scene
from pb.demo.values import DemoRole
from pb.office.mail import site_url
from pb.rounds.acts import confirm_request
from pb.rounds.reads import open_requests
from pb.rounds.values import Decision, RequestRecord, TwoPersonDeed
from pb.words import LOCALES


def agree(scene: Scene, deed: TwoPersonDeed, ask: Callable[[int], object]) -> None:
    """The first organiser asks for a deed, unless somebody has, and whoever of the two did not ask says yes."""
    first, second = (scene.person(role.email) for role in (DemoRole.ORGANISER, DemoRole.SECOND_ORGANISER))
    if _waiting(scene, deed) is None:
        ask(first)
    request = _waiting(scene, deed)
    if request is not None:
        confirm_request(request.id, second if request.asked_by == first else first)


def decision(body: str, taken: date, number: int) -> Decision:
    """An invented decision of the governing body with this message key; its link leads to what is real here."""
    with force_locale(LOCALES[0]):
        return Decision(gettext(body), taken, gettext("demo.decision_number", number=number), site_url("demo.facts"))


def _waiting(scene: Scene, deed: TwoPersonDeed) -> RequestRecord | None:
    return next((request for request in open_requests(scene.round_id) if request.deed is deed), None)
