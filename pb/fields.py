"""Fields of forms that several rooms have: money as people write it, and what was typed always comes back."""

from wtforms import StringField

from pb.base.money import Cents, format_euros, parse_euros
from pb.base.refusals import Reason
from pb.base.text import clean_line
from pb.words import say


class EurosField(StringField):
    """An amount as people write it; `data` is in cents, and 0 where nothing was typed."""

    data: Cents | None  # type: ignore[assignment]  # a text field whose value is no text

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed, or say why it is no amount."""
        written = clean_line(valuelist[0]) if valuelist else ""
        found = parse_euros(written) if written else 0
        if isinstance(found, Reason):
            self.data = None
            raise ValueError(say(found))
        self.data = found

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_euros(self.data).removeprefix("€\u00a0") if self.data else ""
