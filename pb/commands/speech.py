"""Words of the commands on files: keys and facts become sentences, and money is said in the file's currency."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask_babel import gettext

from pb.base.cents import Cents
from pb.base.refusals import Reason
from pb.counting.story import Sentence
from pb.words import MONEY_FACTS


@dataclass(frozen=True, slots=True)
class Speech:
    """Says things about one file."""

    currency: str = ""

    def say(self, key: str, /, **facts: Any) -> str:
        """The sentence of this key."""
        return str(gettext(key, **self._spoken(facts)))

    def told(self, sentence: Sentence) -> str:
        """A sentence of a story."""
        return self.say(sentence.told.value, **sentence.facts)

    def reason(self, reason: Reason) -> str:
        """A reason."""
        return self.say(str(reason.refusal), **reason.facts)

    def money(self, cents: Cents | Fraction) -> str:
        """`PLN 1,070,000` or `PLN 6.94`; parts of a cent are rounded."""
        whole, part = divmod(round(cents), 100)
        digits = f"{whole:,}.{part:02}" if part else f"{whole:,}"
        return f"{self.currency} {digits}".lstrip()

    def _spoken(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: self.money(value) if name in MONEY_FACTS and isinstance(value, int) else value
            for name, value in facts.items()
        }
