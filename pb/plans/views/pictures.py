"""The picture of a plan between two looks at its form: the page carries its sealed name, as a browser sends a file once."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from pb.office.acts import store_picture
from pb.plans.forms import PlanForm
from pb.plans.values import PlanRecord


def picture_in(form: PlanForm, plan: PlanRecord | None) -> str | None:
    """The name of the picture that the plan has now: sent just now, sent before, its earlier one, or none.

    Raises `Refused` for a file that is no picture.
    """
    if "picture" not in form or form.no_picture.data:
        return None
    sent = form.picture.data
    if sent and sent.filename:
        name = store_picture(sent.stream)
        form.kept_picture.data = _seal().dumps(name)
        return name
    return _opened(form.kept_picture.data) or (plan.draft.picture if plan else None)


def _opened(sealed: str | None) -> str | None:
    """The name in a seal of ours; nobody puts another file's name in its place."""
    try:
        name: str | None = _seal().loads(sealed) if sealed else None
    except BadSignature:
        return None
    return name


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="plan picture")
