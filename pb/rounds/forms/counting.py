"""The step of the frame's editor about counting: the rule, its settings, and what holds under every rule."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField

from pb.counting.equal_shares import Completion, Utility
from pb.counting.rules import RuleName
from pb.fields import EurosField
from pb.rounds.forms.fields import PercentField, choice, number
from pb.rounds.forms.frame import MOST_ROWS, Row, Step, code_of
from pb.rounds.values import Ceiling, CountingRule, Frame, LotBy, Misfit, TieRule

PLAIN = (
    "rule",
    "misfit",
    "utility",
    "completion",
    "step",
    "whole_start",
    "stop_when_exhaustive",
    "comparison",
    "least_votes",
    "least_share",
    "conflicts",
    "tie",
    "lot",
    "show_others",
)
"""Fields of the form that are called as in the counting rule."""


class CeilingRow(Row):
    """The most that plans of a theme or neighbourhood may win."""

    amount = EurosField(_l("frame.row.most"))


class CountingForm(Step):
    """Every setting of the count."""

    lists = ("ceilings",)
    rule = choice("frame.rule", RuleName)
    misfit = choice("frame.misfit", Misfit)
    utility = choice("frame.utility", Utility)
    completion = choice("frame.completion", Completion)
    step = EurosField(_l("frame.share_step"))
    whole_start = BooleanField(_l("frame.whole_start"))
    stop_when_exhaustive = BooleanField(_l("frame.stop_when_exhaustive"))
    comparison = BooleanField(_l("frame.comparison"))
    least_votes = number("frame.least_votes", needed=False)
    least_share = PercentField(_l("frame.least_share"))
    ceilings = FieldList(FormField(CeilingRow), _l("frame.ceilings"), max_entries=MOST_ROWS)
    conflicts = BooleanField(_l("frame.conflicts"))
    tie = choice("frame.tie", TieRule)
    lot = choice("frame.lot", LotBy)
    show_others = BooleanField(_l("frame.show_others"))

    @staticmethod
    def shown(frame: Frame) -> dict[str, Any]:
        """What the fields show of this frame."""
        return {name: getattr(frame.counting, name) for name in (*PLAIN, "ceilings")}

    def changes(self, frame: Frame) -> dict[str, Any]:
        """What the fields make of it. A ceiling that is called like a theme is the theme's."""
        themes = {theme.name.casefold(): theme.code for theme in frame.themes}
        rows = (row.form for row in self.ceilings)
        ceilings = tuple(_ceiling(row, themes) for row in rows if row.name.data or row.amount.data)
        plain = {name: self[name].data for name in PLAIN}
        return {"counting": CountingRule(**(plain | {"least_votes": plain["least_votes"] or 0}), ceilings=ceilings)}


def _ceiling(row: CeilingRow, themes: dict[str, str]) -> Ceiling:
    name = row.name.data or ""
    return Ceiling(themes.get(name.casefold()) or code_of(name, row.code.data or ""), name, row.amount.data or 0)
