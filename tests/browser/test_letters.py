"""A test batch of letters, printed, scanned a little askew, and its QR codes read by a program that is not ours."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from pb.roll.folder import TEST_LETTERS, issue_to_folder
from pb.roll.parameters import write_parameters
from pb.roll.scans import compare_scans, read_desk_file
from tests.browser.html import ROOT
from tests.roll import ROUND, a_register, people, some_parameters

READ = """
const jsQR = require("jsqr"), fs = require("fs");
for (const [file, width, height] of JSON.parse(process.argv[1])) {
  const found = jsQR(new Uint8ClampedArray(fs.readFileSync(file)), width, height);
  console.log(found ? found.data : "");
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `pb codes` makes for three people."""
    _skip_without(ROOT / "node_modules" / "jsqr", "jsqr is not installed (npm ci)")
    _skip_without(shutil.which("pdftoppm"), "pdftoppm is not installed (Debian: apt-get install poppler-utils)")
    work = tmp_path_factory.mktemp("letters")
    (work / "register.csv").write_bytes(a_register(people(3)))
    (work / "round.json").write_bytes(write_parameters(some_parameters()))
    issue_to_folder(work / "register.csv", work / "round.json", work / "out", 1, lambda *_: None)
    return work / "out"


def _skip_without(found: Path | str | None, words: str) -> None:
    if found is None or not Path(found).exists():
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)


def scanned(pdf: Path, dots: int, askew: float) -> str:
    """What a reader of QR codes finds on each page of a PDF, scanned with so many dots an inch."""
    subprocess.run(["pdftoppm", "-gray", "-r", str(dots), pdf, pdf.with_suffix("")], check=True)
    pages = [_raw(page, askew) for page in sorted(pdf.parent.glob(f"{pdf.stem}-*.pgm"))]
    script = ["node", "-e", READ, json.dumps(pages)]
    return subprocess.run(script, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _raw(page: Path, askew: float) -> list[str | int]:
    image = Image.open(page).rotate(askew, fillcolor=255, resample=Image.Resampling.BILINEAR).convert("RGBA")
    page.with_suffix(".rgba").write_bytes(image.tobytes())
    return [str(page.with_suffix(".rgba")), image.width, image.height]


@pytest.mark.parametrize(("dots", "askew"), [(150, 0), (200, 3)])
def test_a_test_batch_is_scanned_back(folder: Path, dots: int, askew: float) -> None:
    desk = read_desk_file((folder / "test" / "desk.csv").read_bytes())
    found = compare_scans(desk, scanned(folder / "test" / "letters-001.pdf", dots, askew), ROUND)
    assert found.good and not found.missing and len(found.read) == TEST_LETTERS


def test_every_letter_has_the_code_of_its_own_number(folder: Path) -> None:
    desk = read_desk_file((folder / "desk.csv").read_bytes())
    for name, numbers in (("letters", ("1", "2", "3")), ("spare", ("R-all-1",))):
        assert compare_scans(desk, scanned(folder / f"{name}-001.pdf", 150, 0), ROUND).read == numbers
