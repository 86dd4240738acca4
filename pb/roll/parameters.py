"""What the municipality's own machine must know of a round to make letters; pure. The site offers it as one JSON file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import cattrs

from pb.base.money import Cents
from pb.base.refusals import Refused
from pb.office.values import MunicipalityRecord
from pb.roll.values import RegisterRefusal
from pb.rounds.values import PhaseKind, PotKind, RoundRecord

KIND = "begroot-parameters-1"
_converter = cattrs.Converter(forbid_extra_keys=True)
_converter.register_unstructure_hook(datetime, lambda moment: moment.astimezone(UTC).isoformat().replace("+00:00", "Z"))
_converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
_converter.register_unstructure_hook(date, lambda day: day.isoformat())
_converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))


@dataclass(frozen=True, slots=True)
class Parameters:
    """A round as a letter needs it.

    `styles` gives the postcode districts of each ballot style (none: every postcode), `links` the address of the code
    page per language; `closes` is the first moment, in UTC, at which votes no longer count. `total` is in cents.
    """

    round: str
    name: str
    area: str
    total: Cents
    minimum_age: int
    reference_date: date
    closes: datetime
    zone: str
    styles: Mapping[str, tuple[str, ...]]
    links: Mapping[str, str]
    municipality: str
    address: str
    telephone: str
    opening_hours: str
    mail: str

    def style_of(self, postcode: str, anywhere: bool = False) -> str | None:
        """The ballot style of who lives at this postcode; `None` outside the round.

        Who stands on a further list may live `anywhere`, as long as there is one ballot for all.
        """
        if anywhere and len(self.styles) == 1:
            return next(iter(self.styles))
        for style, districts in self.styles.items():
            if not districts or postcode[:4] in districts or postcode in districts:
                return style
        return None


def parameters_of(round_: RoundRecord, office: MunicipalityRecord, links: Mapping[str, str]) -> Parameters:
    """What letters need of a round whose frame is adopted; `links` are the addresses of its ballot by language."""
    frame, by_area = round_.frame, round_.frame.pot_kind is PotKind.AREA
    vote = frame.calendar.phase(PhaseKind.VOTE)
    if vote is None:
        raise ValueError("a round without a vote sends no letters")
    return Parameters(
        round=round_.public_id,
        name=frame.name,
        area=frame.area,
        total=frame.total,
        minimum_age=frame.minimum_age,
        reference_date=frame.reference_date,
        closes=vote.closes,
        zone=frame.zone,
        styles={style: frame.pot(style).postcodes if by_area else frame.postcodes for style in frame.styles()},
        links=links,
        municipality=office.name,
        address=office.address,
        telephone=office.telephone,
        opening_hours=office.opening_hours,
        mail=office.mail,
    )


def write_parameters(parameters: Parameters) -> bytes:
    """The file that the site offers."""
    plain = {"kind": KIND, **_converter.unstructure(parameters)}
    return json.dumps(plain, ensure_ascii=False, indent=2).encode() + b"\n"


def read_parameters(content: bytes) -> Parameters:
    """The parameters of such a file. Raises `Refused` for anything else."""
    try:
        plain = json.loads(content)
        if plain.pop("kind") != KIND:
            raise ValueError("another kind of file")
        return _converter.structure(plain, Parameters)
    except (ValueError, TypeError, KeyError, AttributeError, cattrs.BaseValidationError) as error:
        raise Refused(RegisterRefusal.NOT_PARAMETERS()) from error
