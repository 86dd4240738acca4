"""Both languages are complete and agree; no key is missing, doubled, unused or without its facts."""

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

from pb import words
from pb.base.refusals import Refusal
from tests.house.source import ROOMS, ROOT, imports, message_keys, modules, strings, templates

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@cache
def catalogue(locale: str) -> dict[str, tuple[str, str]]:
    """Key → (room, words with plural forms put together) of a language."""
    found: dict[str, tuple[str, str]] = {}
    for room in ROOMS:
        with (words.TRANSLATIONS / locale / "LC_MESSAGES" / f"{room}.po").open("rb") as file:
            for message in read_po(file, locale=locale, abort_invalid=True):
                if not message.id:
                    continue
                key = message.id if isinstance(message.id, str) else message.id[0]
                said = message.string if isinstance(message.string, str) else "\n".join(message.string)
                assert key not in found, f"{key} stands in {found[key][0]} and in {room}"
                found[key] = (room, said)
    return found


def refusals() -> list[str]:
    """The message key of every refusal of the house."""
    for module in modules():
        if module.kind == "values" or module.room in {"base", "counting", "roll", "voting"}:
            list(imports(module))
            dotted = ".".join(module.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            __import__(dotted)
    found: list[str] = []
    waiting = list(Refusal.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("pb."):
            found += [member.value for member in kind]
    return found


def test_both_languages_have_the_same_keys() -> None:
    dutch, english = set(catalogue("nl")), set(catalogue("en"))
    assert dutch == english, f"only Dutch: {sorted(dutch - english)}; only English: {sorted(english - dutch)}"


@pytest.mark.parametrize("locale", words.LOCALES)
def test_no_message_is_empty(locale: str) -> None:
    assert not [key for key, (_, said) in catalogue(locale).items() if not said.strip()]


def test_both_languages_name_the_same_facts() -> None:
    for key, (_, said) in catalogue("nl").items():
        dutch, english = set(PLACEHOLDER.findall(said)), set(PLACEHOLDER.findall(catalogue("en")[key][1]))
        assert dutch == english, f"{key}: {dutch ^ english}"


@pytest.mark.parametrize("locale", words.LOCALES)
def test_a_percent_sign_is_doubled(locale: str) -> None:
    for key, (_, said) in catalogue(locale).items():
        assert "%" not in PLACEHOLDER.sub("", said).replace("%%", ""), f"{key} in {locale}: {said}"


def test_every_refusal_has_its_sentence() -> None:
    missing = [key for key in refusals() if key not in catalogue("nl")]
    assert refusals() and not missing, missing


def test_every_key_that_is_named_exists() -> None:
    missing = []
    for name, text in [*templates().items(), *((m.name, m.path.read_text()) for m in modules())]:
        missing += [f"{name}: {key}" for key in message_keys(text) if "." in key and key not in catalogue("nl")]
    assert not missing, "\n".join(missing)


def test_no_sentence_stands_in_a_template_call() -> None:
    """What is translated is a key, never a sentence."""
    for name, text in templates().items():
        for key in message_keys(text):
            assert " " not in key, f"{name}: {key!r}"


def test_no_message_is_unused() -> None:
    """A key is named whole somewhere, belongs to a refusal, or begins as a name that is put together with a value."""
    texts = "\n".join([*templates().values(), *(m.path.read_text() for m in modules())])
    scripts = "\n".join(path.read_text() for path in (ROOT / "static").rglob("*.js") if "vendor" not in path.parts)
    whole = strings() | set(refusals())
    begun = set(re.findall(r"""['"]([a-z_]+(?:\.[a-z_0-9]+)*\.)['"]""", texts))
    begun |= set(re.findall(r"""f['"]([a-z_]+(?:\.[a-z_0-9]+)*\.)\{""", texts))
    unused = [
        key
        for key in catalogue("nl")
        if key not in whole
        and f"'{key}'" not in texts
        and f'"{key}"' not in texts
        and key not in scripts
        and not any(key.startswith(start) for start in begun)
    ]
    assert not unused, f"{len(unused)} unused: {unused}"
