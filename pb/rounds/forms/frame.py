"""Steps of the frame's editor about money, place, plans and criteria: what each shows of a frame and changes in it."""

import re
import unicodedata
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, FieldList, Form, FormField, HiddenField
from wtforms.validators import InputRequired

from pb.fields import EurosField
from pb.rounds.forms.fields import DAY_FORMATS, PostcodesField, choice, line, number
from pb.rounds.values import Criterion, Frame, Payment, Pot, PotKind, Proposers, Theme

MOST_ROWS = 60


def code_of(name: str, kept: str = "") -> str:
    """The code of a row: the one that it had, else its name in short ASCII.

    >>> code_of("Groen & duurzaam"), code_of("Op straat", "straat")
    ('groen-duurzaam', 'straat')
    """
    plain = unicodedata.normalize("NFKD", kept or name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:30].strip("-")


class Step(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """One step; `lists` names its lists of rows."""

    lists: ClassVar[tuple[str, ...]] = ()

    def add_row(self, name: str) -> None:
        """One more empty row at the end of a list; every list of the step ends with room to write."""
        if name in self.lists and len(self[name]) < MOST_ROWS:
            self[name].append_entry()


class Row(Form):
    """A row with a name; its code is made from the name once and then kept."""

    code = HiddenField()
    name = line("frame.row.name")


class PotRow(Row):
    """A pot."""

    amount = EurosField(_l("frame.row.amount"))
    postcodes = PostcodesField(_l("frame.row.postcodes"))


class CriterionRow(Row):
    """A criterion with the words that help to judge it."""

    help = line("frame.row.help", 300)


class MoneyForm(Step):
    """How much, divided how, for plans of what size, and paid by whom."""

    lists = ("pots",)
    total = EurosField(_l("frame.total"))
    pot_kind = choice("frame.pot_kind", PotKind)
    pots = FieldList(FormField(PotRow), _l("frame.pots"), max_entries=MOST_ROWS)
    minimum_cost = EurosField(_l("frame.minimum_cost"))
    maximum_cost = EurosField(_l("frame.maximum_cost"))
    payment = choice("frame.payment", Payment)

    @staticmethod
    def shown(frame: Frame) -> dict[str, Any]:
        """What the fields show of this frame."""
        plain = ("total", "pot_kind", "pots", "minimum_cost", "maximum_cost", "payment")
        return {name: getattr(frame, name) for name in plain}

    def changes(self, frame: Frame) -> dict[str, Any]:
        """What the fields make of it."""
        themes = {theme.name.casefold(): theme.code for theme in frame.themes}
        rows = (row.form for row in self.pots)
        pots = tuple(self._pot(row, themes) for row in rows if row.name.data or row.amount.data)
        plain = ("total", "pot_kind", "minimum_cost", "maximum_cost", "payment")
        return {name: self[name].data for name in plain} | {"pots": pots}

    def _pot(self, row: PotRow, themes: dict[str, str]) -> Pot:
        name = row.name.data or ""
        by_theme = themes.get(name.casefold()) if self.pot_kind.data is PotKind.THEME else None
        return Pot(by_theme or code_of(name, row.code.data or ""), name, row.amount.data or 0, row.postcodes.data or ())


class PlaceForm(Step):
    """Where, who may propose and who may vote."""

    name = line("frame.name", 100)
    area = line("frame.area", 100)
    postcodes = PostcodesField(_l("frame.postcodes"))
    proposers = choice("frame.proposers", Proposers)
    minimum_age = number("frame.minimum_age")
    reference_date = DateField(
        _l("frame.reference_date"), format=DAY_FORMATS, validators=[InputRequired(_l("form.required"))]
    )

    @staticmethod
    def shown(frame: Frame) -> dict[str, Any]:
        """What the fields show of this frame."""
        plain = ("name", "area", "postcodes", "proposers", "minimum_age", "reference_date")
        return {name: getattr(frame, name) for name in plain}

    def changes(self, _frame: Frame) -> dict[str, Any]:
        """What the fields make of it."""
        plain = ("name", "area", "postcodes", "proposers", "minimum_age", "reference_date")
        return {name: self[name].data for name in plain}


class PlansForm(Step):
    """What plans are about, and how many people must like one."""

    lists = ("themes",)
    themes = FieldList(FormField(Row), _l("frame.themes"), max_entries=MOST_ROWS)
    likes_needed = number("frame.likes_needed")

    @staticmethod
    def shown(frame: Frame) -> dict[str, Any]:
        """What the fields show of this frame."""
        return {"themes": frame.themes, "likes_needed": frame.likes_needed}

    def changes(self, _frame: Frame) -> dict[str, Any]:
        """What the fields make of it."""
        themes = tuple(
            Theme(code_of(row.form.name.data, row.form.code.data or ""), row.form.name.data)
            for row in self.themes
            if row.form.name.data
        )
        return {"themes": themes, "likes_needed": self.likes_needed.data}


class CriteriaForm(Step):
    """What the feasibility test and the jury look at."""

    lists = ("feasibility_criteria", "jury_criteria")
    feasibility_criteria = FieldList(FormField(CriterionRow), _l("frame.feasibility_criteria"), max_entries=MOST_ROWS)
    jury_criteria = FieldList(FormField(CriterionRow), _l("frame.jury_criteria"), max_entries=MOST_ROWS)

    @staticmethod
    def shown(frame: Frame) -> dict[str, Any]:
        """What the fields show of this frame."""
        return {"feasibility_criteria": frame.feasibility_criteria, "jury_criteria": frame.jury_criteria}

    def changes(self, _frame: Frame) -> dict[str, Any]:
        """What the fields make of it."""
        return {name: _criteria(self[name]) for name in self.lists}


def _criteria(rows: "FieldList[FormField[CriterionRow]]") -> tuple[Criterion, ...]:
    filled = (row.form for row in rows if row.form.name.data or row.form.help.data)
    return tuple(
        Criterion(code_of(row.name.data or "", row.code.data or ""), row.name.data or "", row.help.data or "")
        for row in filled
    )
