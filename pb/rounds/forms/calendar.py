"""The calendar as people write it: days and hours on the municipality's clock."""

from datetime import datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, Form, FormField, TextAreaField, TimeField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from pb.base.refusals import Reason
from pb.base.text import clean_text
from pb.rounds.forms.fields import DAY_FORMATS
from pb.rounds.forms.frame import Step
from pb.rounds.rules import closing_from_local, closing_to_local, from_local
from pb.rounds.values import Calendar, Frame, Phase, PhaseKind
from pb.words import say

PARTS = ("opens_day", "opens_hour", "closes_day", "closes_hour")
YEARS = range(2000, 2101)
HOUR = "%H:%M"


def _near(_form: Form, field: DateField) -> None:
    """Far years are slips of the finger, and the last of them have no next day."""
    if field.data and field.data.year not in YEARS:
        raise ValidationError(gettext("calendar.far_year"))


def _day(label: str, needed: bool = False) -> DateField:
    first = InputRequired(_l("form.required")) if needed else Optional()
    return DateField(_l(label), format=DAY_FORMATS, validators=[first, _near])


def _hour(label: str, needed: bool = False) -> TimeField:
    return TimeField(_l(label), format=HOUR, validators=[InputRequired(_l("form.required")) if needed else Optional()])


class PhaseRow(Form):
    """When a phase opens and closes; all four empty where the round has no such phase."""

    opens_day = _day("calendar.opens_day")
    opens_hour = _hour("calendar.opens_hour")
    closes_day = _day("calendar.closes_day")
    closes_hour = _hour("calendar.closes_hour")


class CalendarForm(Step):
    """Five phases, the result, and the last day of delivery. `zone` says on whose clock; set it before validating."""

    zone = "Europe/Amsterdam"
    calendar: Calendar | None = None
    propose = FormField(PhaseRow, _l("phase.propose"))
    support = FormField(PhaseRow, _l("phase.support"))
    assess = FormField(PhaseRow, _l("phase.assess"))
    select = FormField(PhaseRow, _l("phase.select"))
    vote = FormField(PhaseRow, _l("phase.vote"))
    result = _day("calendar.result_day", needed=True)
    result_hour = _hour("calendar.result_hour", needed=True)
    delivered_by = _day("calendar.delivered_by", needed=True)

    @staticmethod
    def shown(frame: Frame) -> dict[str, Any]:
        """What the fields show of this frame."""
        calendar, result = frame.calendar, frame.local(frame.calendar.result)
        rows: dict[str, Any] = {phase.kind.value: _shown_phase(phase, frame) for phase in calendar.phases}
        return rows | {"result": result.date(), "result_hour": result.time(), "delivered_by": calendar.delivered_by}

    def changes(self, _frame: Frame) -> dict[str, Any]:
        """What the fields make of it; only after `validate()` said yes."""
        return {"calendar": self.calendar}

    def validate(self, extra_validators: Any = None) -> bool:
        """The shape of every field, and that every hour exists once on its day."""
        if super().validate(extra_validators):
            self.calendar = self._read()
        return self.calendar is not None

    def _read(self) -> Calendar | None:
        phases = [self._phase(kind) for kind in PhaseKind]
        day, hour, last_day = self.result.data, self.result_hour.data, self.delivered_by.data
        result = self._moment(self.result_hour, from_local(day, hour, self.zone)) if day and hour is not None else None
        if self.errors or result is None or last_day is None:
            return None
        return Calendar(tuple(phase for phase in phases if phase), result, last_day)

    def _phase(self, kind: PhaseKind) -> Phase | None:
        row = self[kind].form
        missing = [row[part] for part in PARTS if row[part].data is None]
        if len(missing) == len(PARTS):
            return None
        for field in missing:
            field.errors = [gettext("form.required")]
        if missing:
            return None
        opens = self._moment(row.opens_hour, from_local(row.opens_day.data, row.opens_hour.data, self.zone))
        closes = self._moment(row.closes_hour, closing_from_local(row.closes_day.data, row.closes_hour.data, self.zone))
        return Phase(kind, opens, closes) if opens and closes else None

    @staticmethod
    def _moment(field: Field, found: datetime | Reason) -> datetime | None:
        if isinstance(found, Reason):
            field.errors = [say(found)]
            return None
        return found


def _shown_phase(phase: Phase, frame: Frame) -> dict[str, Any]:
    opens, closes = frame.local(phase.opens), closing_to_local(phase.closes, frame.zone)
    return {
        "opens_day": opens.date(),
        "opens_hour": opens.time(),
        "closes_day": closes.date(),
        "closes_hour": closes.time(),
    }


class AmendmentForm(CalendarForm):
    """Later moments, and the reason that everyone reads."""

    reason = TextAreaField(_l("amend.reason"), filters=[clean_text], validators=[Length(max=1000)])
