"""Fields of the frame: money as people write it, lists of postcodes, choices, hours; what was typed always comes back."""

import re
from enum import StrEnum
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional

from pb.base.text import clean_line

DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y"]
"""As a browser's date field sends a day, and as people type it where there is no such field."""


def a_line(most: int) -> dict[str, Any]:
    """A line that must be filled in, at most so long, cleaned as it comes in."""
    return {
        "filters": [clean_line],
        "validators": [InputRequired(_l("form.required")), Length(max=most, message=_l("form.too_long", most=most))],
    }


def line(label: str, most: int = 120) -> StringField:
    """A line that may stay empty, at most so long, cleaned as it comes in."""
    return StringField(
        _l(label), filters=[clean_line], validators=[Length(max=most, message=_l("form.too_long", most=most))]
    )


def choice(label: str, kind: type[StrEnum]) -> RadioField:
    """One member of an enum, whose words stand under `choice.<enum>.<member>`."""
    group = kind.__name__.lower()
    return RadioField(
        _l(label), choices=[SelectChoice(one.value, _l(f"choice.{group}.{one}")) for one in kind], coerce=kind
    )


def number(label: str, needed: bool = True) -> IntegerField:
    """A whole number."""
    return IntegerField(_l(label), validators=[InputRequired(_l("form.required")) if needed else Optional()])


class PercentField(StringField):
    """A part of all, as people write it: `10` or `2,5`; `data` is in hundredths of a per cent, and 0 where nothing was typed."""

    data: int | None  # type: ignore[assignment]  # as above

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed, or say why it is no part."""
        written = clean_line(valuelist[0]).removesuffix("%").strip() if valuelist else ""
        match = re.fullmatch(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?", written or "0", re.ASCII)
        if match is None:
            self.data = None
            raise ValueError(gettext("form.no_percentage"))
        self.data = int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data // 100},{self.data % 100:02}".rstrip("0").rstrip(",") if self.data else ""


class PostcodesField(StringField):
    """Postcodes between commas; `data` is a tuple of them in capitals."""

    data: tuple[str, ...] | None  # type: ignore[assignment]  # as above

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the parts that hold something, each once, in the order in which they were typed; `2405ab` is `2405 AB`."""
        parts = clean_line(valuelist[0] if valuelist else "").upper().replace(";", ",").split(",")
        spaced = (re.sub(r"^([0-9]{4}) ?([A-Z]{2})$", r"\1 \2", part.strip()) for part in parts)
        self.data = tuple(dict.fromkeys(part for part in spaced if part))

    def _value(self) -> str:
        return ", ".join(self.data or ())


class WordsField(StringField):
    """Technical names between spaces; `data` is a tuple of them."""

    data: tuple[str, ...] | None  # type: ignore[assignment]  # as above

    def process_formdata(self, valuelist: list[str]) -> None:
        """Each once, in the order in which they were typed."""
        self.data = tuple(dict.fromkeys(clean_line(valuelist[0] if valuelist else "").split()))

    def _value(self) -> str:
        return " ".join(self.data or ())
