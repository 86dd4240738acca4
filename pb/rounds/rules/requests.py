"""Two people: who may ask for a deed, who may confirm it, and when one request stands in the way of another."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pb.base.access import Role
from pb.base.refusals import Reason
from pb.rounds.values import RequestRecord, RoundRefusal, TwoPersonDeed

ASKERS = frozenset({Role.ORGANISER})
DECIDERS = frozenset({Role.ORGANISER, Role.COUNCIL})
"""A second organiser, or someone whom the council gave an account; no councillor needs one."""
DESK = frozenset({TwoPersonDeed.REISSUE_CODE, TwoPersonDeed.ACTIVATE_CODE, TwoPersonDeed.REVOKE_CODE})
"""What two people do at the desk, one voter after another: the second enters it again without seeing the first entry."""
SEVERAL = DESK | {TwoPersonDeed.WITHDRAW_FROM_BALLOT}
"""Deeds of which several may wait: each is about another plan or another code."""


def asking_reasons(
    deed: TwoPersonDeed, payload: Mapping[str, Any], roles: Collection[Role], waiting: Iterable[RequestRecord]
) -> list[Reason]:
    """Why this deed cannot be asked for: not your role, or the same question waits for an answer already.

    Plans and codes go one by one, so there several may wait; every other deed waits once in a round.
    """
    if not _with_desk(ASKERS, deed).intersection(roles):
        return [RoundRefusal.NOT_YOUR_ROLE()]
    several = deed in SEVERAL
    same = [one for one in waiting if one.deed is deed and (not several or dict(one.payload) == dict(payload))]
    return [RoundRefusal.ALREADY_ASKED()] if same else []


def confirming_reasons(
    request: RequestRecord, by: int, roles: Collection[Role], entered: Mapping[str, Any] | None = None
) -> list[Reason]:
    """Why this person cannot confirm: it was their own question, it is not their role, or it is decided.

    At the desk they enter everything again, and `entered` must be the same.
    """
    if request.asked_by == by:
        return [RoundRefusal.OWN_REQUEST()]
    found = _deciding_reasons(request, roles)
    if not found and request.deed in DESK and dict(entered or {}) != dict(request.payload):
        return [RoundRefusal.NOT_THE_SAME()]
    return found


def refusing_reasons(request: RequestRecord, roles: Collection[Role]) -> list[Reason]:
    """Why this person cannot refuse. Who asked may take the question back in the same way."""
    return _deciding_reasons(request, roles)


def _deciding_reasons(request: RequestRecord, roles: Collection[Role]) -> list[Reason]:
    if not _with_desk(DECIDERS, request.deed).intersection(roles):
        return [RoundRefusal.NOT_YOUR_ROLE()]
    return [] if request.open else [RoundRefusal.ALREADY_DECIDED()]


def _with_desk(roles: frozenset[Role], deed: TwoPersonDeed) -> frozenset[Role]:
    return roles | {Role.CLERK} if deed in DESK else roles
