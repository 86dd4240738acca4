"""The municipality's own words on *Vragen en hulp*."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Refused
from pb.rounds import acts, reads
from pb.rounds.forms.rounds import QuestionForm
from pb.rounds.guard import the_round
from pb.rounds.values import OWN_QUESTION_CODES, QUESTION_CODES, Question, RoundRecord
from pb.rounds.views.answers import frame_words
from pb.rounds.views.blueprint import bp, show_at_fields
from pb.words import LOCALES

CODES = QUESTION_CODES + OWN_QUESTION_CODES


@bp.get("/beheer/rondes/<slug>/vragen")
@access.role(Role.ORGANISER)
def edit_questions(slug: str) -> ResponseReturnValue:
    """Every question in every language: whose words stand there now."""
    round_ = the_round(slug)
    languages = {locale: _shown(round_, locale) for locale in LOCALES}
    return render_template("rounds/edit_questions.html", round=round_, languages=languages)


def _shown(round_: RoundRecord, locale: str) -> dict[str, tuple[Question, bool]]:
    """Every question by code, and whether the municipality wrote it."""
    written = reads.questions(round_.id, locale)
    with force_locale(locale):
        return {code: (written.get(code) or frame_words(code, round_.frame), code in written) for code in CODES}


@bp.route("/beheer/rondes/<slug>/vragen/<code>/<locale>", methods=["GET", "POST"])
@access.role(Role.ORGANISER)
def edit_question(slug: str, code: str, locale: str) -> ResponseReturnValue:
    """One question in one language; both fields empty gives the frame's words back."""
    round_ = the_round(slug)
    if code not in CODES or locale not in LOCALES:
        abort(404)
    form = QuestionForm(obj=reads.questions(round_.id, locale).get(code, Question("", "")))
    if form.validate_on_submit():
        try:
            words = form.question.data or "", form.answer.data or ""
            acts.save_question(round_.id, code, locale, *words, current_user.id)
        except Refused as answer:
            show_at_fields(form, answer.reasons)
        else:
            flash(gettext("questions.edit.kept"), "done")
            return redirect(url_for("rounds.edit_questions", slug=slug))
    status = 422 if request.method == "POST" else 200
    with force_locale(locale):
        usual = frame_words(code, round_.frame)
    page = "rounds/edit_question.html"
    return render_template(page, round=round_, form=form, code=code, locale=locale, usual=usual), status
