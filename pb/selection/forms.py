"""The shape of what assessors and jurors fill in; the criteria of the round become its fields."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from pb.rounds.values import Criterion
from pb.selection.values import HIGHEST_POINTS, Verdict

YES_OR_NO = [SelectChoice("yes", lazy_gettext("selection.yes")), SelectChoice("no", lazy_gettext("selection.no"))]
OUTCOMES = [
    SelectChoice("feasible", lazy_gettext("selection.judge.feasible")),
    SelectChoice("not_feasible", lazy_gettext("selection.judge.not_feasible")),
]


class _VerdictForm(FlaskForm):  # type: ignore[misc]
    outcome = RadioField(lazy_gettext("selection.judge.outcome"), choices=OUTCOMES, validate_choice=False)
    reason = TextAreaField(lazy_gettext("selection.judge.reason"))


def verdict_form(criteria: Sequence[Criterion], verdict: Verdict | None) -> Any:
    """A yes or no per criterion, the outcome and the reason; filled with the verdict that there is."""
    fields = {
        f"criterion_{criterion.code}": RadioField(
            criterion.name, description=criterion.help, choices=YES_OR_NO, validate_choice=False
        )
        for criterion in criteria
    }
    given = {}
    if verdict is not None:
        given = {f"criterion_{code}": "yes" if met else "no" for code, met in verdict.answers.items()}
        given |= {"outcome": "feasible" if verdict.feasible else "not_feasible", "reason": verdict.reason}
    return type("VerdictForm", (_VerdictForm,), fields)(data=given)


def answers_in(form: Any, criteria: Sequence[Criterion]) -> dict[str, bool]:
    """The answers that were given, by criterion code."""
    written = {criterion.code: form[f"criterion_{criterion.code}"].data for criterion in criteria}
    return {code: answer == "yes" for code, answer in written.items() if answer in {"yes", "no"}}


def score_form(criteria: Sequence[Criterion], points: Mapping[str, int]) -> Any:
    """A number from 1 to `HIGHEST_POINTS` per criterion; filled with the points that there are."""
    scale = [SelectChoice(str(given), str(given)) for given in range(1, HIGHEST_POINTS + 1)]
    fields = {
        f"points_{criterion.code}": RadioField(
            criterion.name, description=criterion.help, choices=scale, validate_choice=False
        )
        for criterion in criteria
    }
    given = {f"points_{code}": str(value) for code, value in points.items()}
    return type("ScoreForm", (FlaskForm,), fields)(data=given)


def points_in(form: Any, criteria: Sequence[Criterion]) -> dict[str, int]:
    """The points that were given, by criterion code; what is no whole number counts as out of range."""
    written = {criterion.code: form[f"points_{criterion.code}"].data for criterion in criteria}
    return {code: int(value) if value.isdecimal() else 0 for code, value in written.items() if value}
