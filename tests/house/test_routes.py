"""Every route says who may use it, has a Dutch kebab-case address, and never changes anything on GET."""

import re

import pytest
from flask import Flask

from pb import create_app
from pb.base.access import Access

PART = re.compile(r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*|<(?:int:|path:)?[a-z_]+>|robots\.txt|favicon\.(?:svg|ico))$")


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    import config

    folder = tmp_path_factory.mktemp("house")
    return create_app(config.load({"PB_ENVIRONMENT": "demo", "PB_INSTANCE": str(folder)}))


def test_every_route_declares_who_may_use_it(application: Flask) -> None:
    bare = [
        endpoint
        for endpoint, view in application.view_functions.items()
        if endpoint != "static" and not isinstance(getattr(view, "access", None), Access)
    ]
    assert not bare, f"routes without a mark of pb.base.access: {bare}"


def test_a_route_with_a_role_names_its_round(application: Flask) -> None:
    for rule in application.url_map.iter_rules():
        access = getattr(application.view_functions[rule.endpoint], "access", None)
        if access and access.roles:
            assert "slug" in rule.arguments, f"{rule.rule} reads a role but names no round"


def test_addresses_are_kebab_case_without_a_last_slash(application: Flask) -> None:
    for rule in application.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        assert rule.rule == "/" or not rule.rule.endswith("/"), rule.rule
        for part in rule.rule.strip("/").split("/"):
            assert not part or PART.match(part), f"{rule.rule}: {part!r} is not kebab-case"


def test_no_route_writes_under_a_public_get(application: Flask) -> None:
    """What changes something listens to POST alone, or shares its address with the page that asks for it."""
    for rule in application.url_map.iter_rules():
        assert not rule.methods & {"PUT", "DELETE", "PATCH"}, f"{rule.rule}: forms send GET and POST only"


def test_organisers_addresses_ask_for_somebody(application: Flask) -> None:
    for rule in application.url_map.iter_rules():
        if rule.rule.startswith("/beheer"):
            access = application.view_functions[rule.endpoint].access
            assert access.signed_in, f"{rule.rule} is open to everyone"
