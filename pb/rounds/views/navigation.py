"""The way through a round's management: every room's page that exists and that this person may open."""

from dataclasses import dataclass

from flask import current_app, url_for
from flask_login import current_user

from pb.base.access import Role
from pb.rounds.reads import roles_of
from pb.rounds.values import RoundRecord
from pb.rounds.views.blueprint import bp

PAGES = (
    ("overview", "rounds.overview"),
    ("frame", "rounds.frame_review"),
    ("roles", "rounds.roles"),
    ("requests", "rounds.requests"),
    ("plans", "plans.manage"),
    ("assessments", "selection.assessments"),
    ("jury", "selection.jury"),
    ("shortlist", "selection.manage_shortlist"),
    ("roll", "roll.manage"),
    ("voting", "voting.manage"),
    ("desk", "voting.desk"),
    ("paper", "voting.paper"),
    ("results", "results.manage"),
    ("audit", "results.audit"),
    ("delivery", "delivery.manage"),
    ("questions", "rounds.edit_questions"),
    ("outline", "rounds.outline"),
)
"""In the order in which a round lives: name of the link (`rounds.manage.…`) and endpoint."""


@dataclass(frozen=True, slots=True)
class Link:
    """One page: its name and its address."""

    name: str
    address: str


@bp.app_template_global()
def manage_links(round_: RoundRecord) -> list[Link]:
    """The pages of this round that the signed-in person may open."""
    roles = roles_of(current_user.id, round_.id)
    return [Link(name, url_for(page, slug=round_.slug)) for name, page in PAGES if _wanted(page) & roles]


def may_open(round_: RoundRecord, endpoint: str) -> bool:
    """Whether the page exists and is for a role of the signed-in person."""
    return bool(_wanted(endpoint) & roles_of(current_user.id, round_.id))


def _wanted(endpoint: str) -> frozenset[Role]:
    """The roles that a page is for; none when there is no such page."""
    view = current_app.view_functions.get(endpoint)
    return vars(view)["access"].roles if view else frozenset()
