"""What `pb demo` prints when everything is there: the address, and how to enter as each role."""

from flask_babel import gettext

from pb.demo.values import DemoRole


def welcome(url: str) -> str:
    """The words for a terminal; `url` is the address of the site."""
    widest = max(len(_name(role)) for role in DemoRole)
    roles = "\n".join(f"    {_name(role):<{widest}}  {role.email}" for role in DemoRole)
    return str(gettext("demo.welcome", url=url, roles=roles))


def _name(role: DemoRole) -> str:
    return str(gettext(f"demo.role.{role}"))
