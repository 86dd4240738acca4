"""What everyone reads: the rules of the round, how they changed, and answers to what people ask."""

from itertools import pairwise

from flask import render_template
from flask.typing import ResponseReturnValue

from pb.base import access
from pb.office.pages import remembered
from pb.office.reads import municipality
from pb.rounds import reads
from pb.rounds.differences import differences
from pb.rounds.guard import the_round
from pb.rounds.views.answers import shown_questions
from pb.rounds.views.blueprint import bp
from pb.words import spoken


@bp.get("/rondes/<slug>/spelregels")
@remembered
@access.public
def rules_page(slug: str) -> ResponseReturnValue:
    """*Spelregels*: every setting of the frame as a sentence, who decided it, and every version with its differences."""
    round_ = the_round(slug)
    versions = reads.frame_history(round_.id)
    newer = [(later, differences(earlier.frame, later.frame)) for earlier, later in pairwise(versions)]
    return render_template(
        "rounds/rules.html",
        round=round_,
        frame=round_.frame,
        versions=versions,
        newer=newer,
        decisions=reads.decisions_of(round_.id),
    )


@bp.get("/rondes/<slug>/vragen")
@remembered
@access.public
def questions_page(slug: str) -> ResponseReturnValue:
    """*Vragen en hulp*: the municipality's own words, and the frame's where there are none."""
    round_ = the_round(slug)
    shown = shown_questions(round_.frame, reads.questions(round_.id, spoken()))
    return render_template("rounds/questions.html", round=round_, questions=shown, office=municipality())
