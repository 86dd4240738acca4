"""The step of the frame's editor about the door: by what voters prove their right, and what a broker must tell."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, IntegerField, TextAreaField
from wtforms.validators import Length, Optional

from pb.base.text import clean_text
from pb.rounds.forms.fields import WordsField, choice, line
from pb.rounds.forms.frame import MOST_ROWS, Step
from pb.rounds.values import AgeClaim, Broker, Door, DoorKind, Frame, PlaceClaim, Voters

BROKER = ("issuer", "client", "levels", "scopes", "age_claim", "age_as", "place_claim", "place_as", "entry_claim")
"""Fields of the form that are called as in the broker's settings."""
LONGEST_RISK = 1000


class VotersRow(Form):
    """How many people may vote in an area; the areas are those of the money."""

    style = HiddenField()
    area = HiddenField()
    people = IntegerField(_l("frame.voters.people"), validators=[Optional()])


class DoorForm(Step):
    """A code, a sign-in or an e-mail address, and what belongs to each."""

    door_kind = choice("frame.door_kind", DoorKind)
    broker_name = line("frame.broker_name", 60)
    issuer = line("frame.issuer", 300)
    client = line("frame.client", 200)
    levels = WordsField(_l("frame.levels"))
    scopes = WordsField(_l("frame.scopes"))
    age_claim = line("frame.age_claim", 200)
    age_as = choice("frame.age_as", AgeClaim)
    place_claim = line("frame.place_claim", 200)
    place_as = choice("frame.place_as", PlaceClaim)
    with_codes = BooleanField(_l("frame.with_codes"))
    entry_claim = line("frame.entry_claim", 200)
    risk = TextAreaField(
        _l("frame.risk"),
        filters=[clean_text],
        validators=[Length(max=LONGEST_RISK, message=_l("form.too_long", most=LONGEST_RISK))],
    )
    voters = FieldList(FormField(VotersRow), _l("frame.voters"), max_entries=MOST_ROWS)

    @staticmethod
    def shown(frame: Frame) -> dict[str, Any]:
        """What the fields show of this frame."""
        door, known = frame.door, {row.style: row.people for row in frame.door.voters}
        voters = [
            {"style": style, "area": frame.area_of(style), "people": known.get(style)} for style in frame.styles()
        ]
        plain = {"door_kind": door.kind, "with_codes": door.with_codes, "risk": door.risk, "voters": voters}
        return plain | {"broker_name": door.broker.name} | {name: getattr(door.broker, name) for name in BROKER}

    def changes(self, frame: Frame) -> dict[str, Any]:
        """What the fields make of it."""
        broker = Broker(name=self.broker_name.data or "", **{name: self[name].data for name in BROKER})
        rows = (row.form for row in self.voters)
        voters = tuple(
            Voters(row.style.data, row.people.data)
            for row in rows
            if row.style.data in frame.styles() and row.people.data
        )
        door = Door(self.door_kind.data, broker, self.with_codes.data, self.risk.data or "", voters)
        return {"door": door}
