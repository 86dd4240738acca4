"""Templates are used, have no style or script of their own, and every form that changes something carries its token."""

import re

import pytest

from tests.house.source import ROOT, modules, strings, templates

HTML = {name: text for name, text in templates().items() if name.endswith(".html")}


def test_no_template_is_unused() -> None:
    named = strings()
    texts = "\n".join(templates().values())
    letters = {name.rpartition("/")[2].rpartition(".")[0] for name in templates() if name.startswith("mail/")}
    unused = [
        name
        for name in templates()
        if name not in named
        and f'"{name}"' not in texts
        and f"'{name}'" not in texts
        and not (name.startswith("mail/") and name.rpartition("/")[2].rpartition(".")[0] in named & letters)
    ]
    assert not unused, unused


@pytest.mark.parametrize("name", HTML)
def test_no_inline_style_or_script(name: str) -> None:
    text = HTML[name]
    assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text), name
    for script in re.findall(r"<script([^>]*)>", text):
        assert "src=" in script or "application/json" in script, f"{name}: {script}"


@pytest.mark.parametrize("name", HTML)
def test_nothing_comes_from_another_host(name: str) -> None:
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""", HTML[name]), name


@pytest.mark.parametrize("name", HTML)
def test_forms_that_post_carry_their_token(name: str) -> None:
    for form in re.findall(r"<form\b.*?</form>", HTML[name], flags=re.DOTALL):
        if re.search(r"""method\s*=\s*["']post""", form, flags=re.IGNORECASE):
            assert "csrf()" in form or "csrf_token" in form or "hidden_tag()" in form, f"{name}: {form[:120]}"


def test_every_template_is_of_a_room_or_shared() -> None:
    rooms = {module.room for module in modules()}
    for name in HTML:
        folder = name.partition("/")[0] if "/" in name else ""
        assert folder in rooms | {"", "components", "mail"}, name


def test_stylesheets_bring_no_other_hosts() -> None:
    for path in (ROOT / "static").rglob("*.css"):
        if "vendor" not in path.parts:
            assert not re.search(r"https?://|@import\s+url\(.?//", path.read_text()), path.name
