"""What every page must be, whatever it is about: one heading, nothing for axe, nothing wider than the window."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_axe = Axe()


def look(page: Page) -> None:
    """Judge the page that is open; the message says which rule, on which address, at which element."""
    where = f"{page.url} at {page.viewport_size['width'] if page.viewport_size else '?'} px"
    assert page.title().strip(), f"{where} has no title"
    headings = page.locator("h1").count()
    assert headings == 1, f"{where} has {headings} first headings"
    found = _axe.run(page).response["violations"]
    assert not found, f"{where}:\n{_sentences(found)}"
    wide = page.evaluate(WIDER)
    assert not wide, f"{where} is wider than the window: {wide}"


WIDER = """() => {
  const limit = document.documentElement.clientWidth + 1;
  if (document.documentElement.scrollWidth <= limit) return [];
  return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > limit)
    .slice(0, 5).map(e => e.outerHTML.slice(0, 120));
}"""


def _sentences(violations: list[dict[str, Any]]) -> str:
    return "\n".join(
        f"- {rule['id']}: {rule['help']}\n    " + "\n    ".join(str(node["html"])[:160] for node in rule["nodes"][:4])
        for rule in violations
    )
