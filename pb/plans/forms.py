"""The shape of what people write about plans; rules judge what it says, so that every reason has its own words."""

from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from pb.base.text import clean_line
from pb.fields import EurosField
from pb.plans.values import LONGEST, MOST_LINES, VAT_RATES, CarriedBy, CostLine, PlanDraft, Side, UpkeepBy
from pb.rounds.values import Frame, PotKind

Choice = TypeVar("Choice", CarriedBy, UpkeepBy)
FIRST_LINES = 2
"""Empty rows for costs on a new form."""


class LineForm(Form):
    """One thing that must be paid."""

    what = StringField(_l("plans.costs.what"), filters=[clean_line], render_kw={"maxlength": LONGEST["what"]})
    amount = EurosField(_l("plans.costs.amount"), render_kw={"inputmode": "decimal"})
    vat_percent = SelectField(
        _l("plans.costs.vat"),
        coerce=lambda written: int(written) if str(written) in map(str, VAT_RATES) else -1,
        default=21,
        choices=[SelectChoice(rate, f"{rate} %") for rate in reversed(VAT_RATES)],
        validate_choice=False,
    )
    yearly = SelectField(
        _l("plans.costs.often"),
        choices=[SelectChoice("", _l("plans.costs.once")), SelectChoice("1", _l("plans.costs.yearly"))],
        validate_choice=False,
    )


def _line(name: str, label: str) -> StringField:
    return StringField(_l(label), filters=[clean_line], render_kw={"maxlength": LONGEST[name]})


class WordsForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Words that everybody will read. Who is not signed in leaves an address; who is `sure` saw what looks personal."""

    ask_sure = False
    public_name = _line("public_name", "plans.form.public_name")
    sure = BooleanField(_l("plans.form.sure"))
    email = EmailField(_l("plans.form.email"), filters=[clean_line], render_kw={"autocomplete": "email"})


class PlanForm(WordsForm):
    """A plan, in the order in which people think of one."""

    title = _line("title", "plans.form.title")
    summary = _line("summary", "plans.form.summary")
    text = TextAreaField(_l("plans.form.text"), render_kw={"rows": 10, "maxlength": LONGEST["text"]})
    theme = SelectField(_l("plans.form.theme"), validate_choice=False)
    pot = SelectField(_l("plans.form.pot"), validate_choice=False)
    place = _line("place", "plans.form.place")
    lines = FieldList(FormField(LineForm), _l("plans.form.lines"), max_entries=MOST_LINES)
    own_contribution = EurosField(_l("plans.form.own_contribution"), render_kw={"inputmode": "decimal"})
    carried_by = RadioField(
        _l("plans.form.carried_by"),
        choices=[SelectChoice(one.value, _l(f"plans.carried_by.{one}")) for one in CarriedBy],
        validate_choice=False,
        default=CarriedBy.MUNICIPALITY.value,
    )
    upkeep_by = RadioField(
        _l("plans.form.upkeep_by"),
        choices=[SelectChoice(one.value, _l(f"plans.upkeep_by.{one}")) for one in UpkeepBy],
        validate_choice=False,
        default=UpkeepBy.MUNICIPALITY.value,
    )
    picture = FileField(_l("plans.form.picture"), render_kw={"accept": "image/jpeg,image/png,image/webp"})
    picture_alt = _line("picture_alt", "plans.form.picture_alt")
    kept_picture = HiddenField()
    no_picture = BooleanField(_l("plans.form.no_picture"))

    def offer(self, frame: Frame) -> None:
        """The choices that this frame gives; a field without a choice to make is taken away."""
        nothing = SelectChoice("", _l("plans.form.choose"))
        self.theme.choices = [nothing, *(SelectChoice(theme.code, theme.name) for theme in frame.themes)]
        self.pot.choices = [nothing, *(SelectChoice(pot.code, pot.name) for pot in frame.pots)]
        if not frame.themes:
            del self.theme
        if frame.pot_kind is not PotKind.AREA:
            del self.pot

    def be_for(self, signed_in: bool) -> None:
        """Ask an address only of who is not signed in, and a picture only of who is: strangers do not fill our disk."""
        for name in ("email",) if signed_in else ("picture", "picture_alt", "kept_picture", "no_picture"):
            del self[name]

    def make_room(self, more: int = 0) -> None:
        """Rows for costs: at least the first ones, and `more` behind those that are there."""
        wanted = max(FIRST_LINES, len(self.lines) + more)
        while len(self.lines) < min(wanted, MOST_LINES):
            self.lines.append_entry()

    def draft(self, picture: str | None) -> PlanDraft:
        """What was written, as rules judge it; `picture` is the name of the picture that is kept."""
        return PlanDraft(
            title=self.title.data or "",
            summary=self.summary.data or "",
            text=self.text.data or "",
            theme=self.theme.data or "" if "theme" in self else "",
            pot=self.pot.data or "" if "pot" in self else "",
            place=self.place.data or "",
            lines=tuple(_cost_line(row.form) for row in self.lines if row.form.what.data or row.form.amount.data),
            own_contribution=self.own_contribution.data or 0,
            carried_by=_member(CarriedBy, self.carried_by.data),
            upkeep_by=_member(UpkeepBy, self.upkeep_by.data),
            public_name=self.public_name.data or "",
            picture=picture,
            picture_alt=self.picture_alt.data or "" if picture else "",
        )


class ArgumentForm(WordsForm):
    """Why somebody is for or against."""

    side = RadioField(
        _l("plans.argue.side"),
        choices=[SelectChoice(one.value, _l(f"plans.argue.side.{one}")) for one in Side],
        validate_choice=False,
    )
    text = TextAreaField(_l("plans.argue.text"), render_kw={"rows": 5, "maxlength": LONGEST["argument"]})


class EmailForm(FlaskForm):  # type: ignore[misc]
    """Where to send the link that makes a like count."""

    email = EmailField(_l("plans.form.email"), filters=[clean_line], render_kw={"autocomplete": "email"})


class HideForm(FlaskForm):  # type: ignore[misc]
    """Why an argument is hidden."""

    reason = StringField(_l("plans.manage.reason"), filters=[clean_line], render_kw={"maxlength": LONGEST["reason"]})


def shown(draft: PlanDraft) -> dict[str, Any]:
    """What the fields of `PlanForm` show of a draft."""
    lines = [
        {"what": one.what, "amount": one.amount, "vat_percent": one.vat_percent, "yearly": "1" if one.yearly else ""}
        for one in draft.lines
    ]
    plain = ("title", "summary", "text", "theme", "pot", "place", "own_contribution", "public_name", "picture_alt")
    values: dict[str, Any] = {name: getattr(draft, name) for name in plain}
    return values | {"lines": lines, "carried_by": draft.carried_by.value, "upkeep_by": draft.upkeep_by.value}


def _member(kind: type[Choice], written: str | None) -> Choice:
    """The choice that was made; what is none counts as the first."""
    return kind(written) if written in set(kind) else next(iter(kind))


def _cost_line(row: Any) -> CostLine:
    return CostLine(row.what.data or "", row.amount.data or 0, row.vat_percent.data, bool(row.yearly.data))
