"""What the desk may do with voting codes: put one in another's place, or let somebody in who came late."""

from datetime import datetime

from pb.base.refusals import Reason
from pb.roll.values import CredentialKind, CredentialRecord
from pb.voting.values import Box, DeskRefusal, Manifest


def reissue_reasons(
    box: Box, old: CredentialRecord | None, new: CredentialRecord | None, now: datetime
) -> list[Reason]:
    """Why the spare credential `new` cannot take the place of `old`."""
    if now >= box.closes:
        return [DeskRefusal.CLOSED()]
    found = []
    if old is None:
        found.append(DeskRefusal.OLD_UNKNOWN(about="old"))
    elif not old.alive:
        found.append(DeskRefusal.OLD_NOT_ALIVE(about="old"))
    if new is None or not is_fresh(new):
        found.append(DeskRefusal.NOT_SPARE(about="new"))
    if old and new and old.style != new.style:
        found.append(DeskRefusal.OTHER_STYLE(about="new"))
    return found


def revocation_reasons(box: Box, old: CredentialRecord | None, now: datetime) -> list[Reason]:
    """Why a code cannot be taken out of use."""
    if now >= box.closes:
        return [DeskRefusal.CLOSED()]
    if old is None:
        return [DeskRefusal.OLD_UNKNOWN(about="old")]
    return [] if old.alive else [DeskRefusal.OLD_NOT_ALIVE(about="old")]


def identity_reasons(checked: bool) -> list[Reason]:
    """Why nobody is helped at the desk: nobody looked who they are."""
    return [] if checked else [DeskRefusal.NOT_CHECKED(about="checked")]


def activation_reasons(
    manifest: Manifest, box: Box, spare: CredentialRecord | None, area: str, now: datetime
) -> list[Reason]:
    """Why this spare credential cannot begin to count for somebody of this area who came late on the roll."""
    if now >= box.closes:
        return [DeskRefusal.CLOSED()]
    found = []
    if spare is None or not is_fresh(spare):
        found.append(DeskRefusal.NOT_SPARE(about="new"))
    if area not in manifest.areas:
        found.append(DeskRefusal.AREA_UNKNOWN(about="area"))
    return found


def is_fresh(credential: CredentialRecord) -> bool:
    """Whether it is a spare one that never counted: an area comes with its activation and stays."""
    return credential.kind is CredentialKind.SPARE and not credential.alive and not credential.area
