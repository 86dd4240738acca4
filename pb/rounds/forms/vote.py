"""The step of the frame's editor about the ballot: which plans come on it, and what a voter fills in."""

from typing import Any

from pb.rounds.forms.fields import choice, number
from pb.rounds.forms.frame import Step
from pb.rounds.values import BallotKind, BallotRule, Frame, Openings, Selection, SelectionBy, SelectionWhen

NUMBERS = ("at_most", "at_least", "total_points", "most_points", "least_points")
"""Fields of the form that are called as in the ballot's rule."""


class VoteForm(Step):
    """How plans come on the ballot, and what a ballot holds."""

    selection_when = choice("frame.selection_when", SelectionWhen)
    selection_by = choice("frame.selection_by", SelectionBy)
    places = number("frame.places", needed=False)
    ballot = choice("frame.ballot", BallotKind)
    at_most = number("frame.at_most", needed=False)
    at_least = number("frame.at_least", needed=False)
    total_points = number("frame.total_points", needed=False)
    most_points = number("frame.most_points", needed=False)
    least_points = number("frame.least_points", needed=False)
    paper_days = number("frame.paper_days", needed=False)
    report_days = number("frame.report_days", needed=False)
    openings = choice("frame.openings", Openings)

    @staticmethod
    def shown(frame: Frame) -> dict[str, Any]:
        """What the fields show of this frame."""
        plain = {
            "selection_when": frame.selection.when,
            "selection_by": frame.selection.by,
            "places": frame.selection.places,
            "ballot": frame.ballot.kind,
            "paper_days": frame.paper_days,
            "report_days": frame.report_days,
            "openings": frame.openings,
        }
        return plain | {name: getattr(frame.ballot, name) for name in NUMBERS}

    def changes(self, frame: Frame) -> dict[str, Any]:
        """What the fields make of it; a number that was left empty is the usual one, or stays as it was."""
        numbers = {name: self[name].data for name in NUMBERS if self[name].data is not None}
        return {
            "selection": Selection(self.selection_when.data, self.selection_by.data, self.places.data or 0),
            "ballot": BallotRule(self.ballot.data, **numbers),
            "paper_days": self.paper_days.data or 0,
            "report_days": frame.report_days if self.report_days.data is None else self.report_days.data,
            "openings": self.openings.data,
        }
