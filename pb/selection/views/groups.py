"""An organiser names the plans that exclude each other, and those of each neighbourhood with a ceiling."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Reason, Refused
from pb.rounds.values import Frame, RoundRecord
from pb.selection.acts import save_groups
from pb.selection.reads import plan_groups, selection_of, shortlist
from pb.selection.rules.groups import named_parts, naming_reasons
from pb.selection.values import PlanGroups
from pb.selection.views.blueprint import bp, round_and_now

MOST_CONFLICTS = 20


@bp.route("/beheer/rondes/<slug>/groepen", methods=["GET", "POST"])
@access.role(Role.ORGANISER)
def groups(slug: str) -> ResponseReturnValue:
    """Every group with a box for each plan; there is always room for one group more."""
    round_, _ = round_and_now(slug)
    if request.method == "GET":
        return _page(slug, plan_groups(round_.id))
    named = _sent(round_.frame)
    try:
        save_groups(round_.id, named, current_user.id)
    except Refused as refused:
        return _page(slug, named, refused.reasons), refused.status
    flash(gettext("groups.kept"), "done")
    return redirect(url_for("selection.groups", slug=slug), 303)


def _sent(frame: Frame) -> PlanGroups:
    """What the form holds; an empty group is none."""
    conflicts = (tuple(request.form.getlist(f"conflict-{number}")) for number in range(MOST_CONFLICTS))
    parts = {one.code: tuple(request.form.getlist(f"part-{one.code}")) for one in named_parts(frame)}
    return PlanGroups(tuple(filter(None, conflicts)), {code: plans for code, plans in parts.items() if plans})


def _page(slug: str, named: PlanGroups, reasons: Sequence[Reason] = ()) -> str:
    round_, now = round_and_now(slug)
    closed = naming_reasons(round_, selection_of(round_.id) is not None, now)
    return render_template(
        "selection/groups.html",
        round=round_,
        plans=shortlist(round_.id),
        named=named,
        conflicts=_with_room(round_, named),
        parts=named_parts(round_.frame),
        closed=[] if reasons else closed,
        reasons=reasons,
    )


def _with_room(round_: RoundRecord, named: PlanGroups) -> list[tuple[str, ...]]:
    room = [()] if len(named.conflicts) < MOST_CONFLICTS else []
    return [*named.conflicts, *room] if round_.frame.counting.conflicts else []
