"""Who is on the site: a person is an e-mail address that was confirmed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person as other rooms see them. `public_name` is what they chose to show; the address is never shown."""

    id: int
    email: str
    public_name: str
    is_administrator: bool
    locale: str
