"""Access marks: every route says who may use it, and a test reads that every route does.

A mark stands directly above the view function, below the route:

    @bp.get("/rondes/<slug>/jury")
    @access.role(Role.JUROR)
    def scores(slug): ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """What a person may be asked to do in one round (granted per round); the administrator serves the installation."""

    ORGANISER = "organiser"
    ASSESSOR = "assessor"
    JUROR = "juror"
    COUNCIL = "council"
    CLERK = "clerk"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use a route: everyone; who is signed in; who has one of `roles` in the round; or the administrator."""

    signed_in: bool = False
    roles: frozenset[Role] = frozenset()
    administrator: bool = False


def _mark(wanted: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = wanted  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Everyone, also without an account."""
    return _mark(Access())(view)


def signed_in(view: View) -> View:
    """Everyone who confirmed an e-mail address."""
    return _mark(Access(signed_in=True))(view)


def role(*roles: Role) -> Callable[[View], View]:
    """Who has one of these roles in the round that the route's `slug` names."""
    return _mark(Access(signed_in=True, roles=frozenset(roles)))


def administrator(view: View) -> View:
    """The administrator of the installation."""
    return _mark(Access(signed_in=True, administrator=True))(view)
