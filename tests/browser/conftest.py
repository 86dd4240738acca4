"""A real Chromium in front of the demo: one site for the whole run, with its worker, on a free port of this machine."""

import logging
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import BaseWSGIServer, make_server

import config
from pb import create_app
from pb.demo.acts import start_demo
from pb.extensions import db
from pb.office.worker import run_worker

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 320, "height": 780}
DESK = {"width": 1280, "height": 900}


logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line a request drowns what a failure says


@dataclass(frozen=True)
class Site:
    """A running demo: where it answers, and the application behind it."""

    url: str
    app: Flask


def pytest_configure(config: pytest.Config) -> None:
    """A browser that leaves a page hangs up in the middle of a picture, and the test server then forgets to close its file."""
    told = "Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning"
    config.addinivalue_line("filterwarnings", f"ignore:{told}")


@pytest.fixture(autouse=True)
def standing_clock() -> None:
    """The browser's site lives on real time; its rounds have their rehearsal clocks."""


@pytest.fixture(scope="session")
def loaded_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the demo municipality just loaded; copy it, never write in it."""
    folder = tmp_path_factory.mktemp("demo")
    application = create_app(_settings(folder, "http://127.0.0.1"))
    with application.app_context():
        flask_migrate.upgrade()
        start_demo(lambda part, done, total: None)
        db.session.remove()
        db.engine.dispose()
    return folder


@pytest.fixture(scope="module")
def site(loaded_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site on its own copy of the demo, so that no test file sees what another did."""
    folder = tmp_path_factory.mktemp("site") / "instance"
    shutil.copytree(loaded_demo, folder)
    server, application = _serve(folder)
    stop = threading.Event()
    threads = [
        threading.Thread(target=server.serve_forever, daemon=True),
        threading.Thread(target=run_worker, args=(application, stop), daemon=True),
    ]
    for thread in threads:
        thread.start()
    yield Site(application.config["PUBLIC_URL"], application)
    stop.set()
    server.shutdown()
    server.server_close()
    for thread in threads:
        thread.join(timeout=20)
    with application.app_context():
        db.engine.dispose()


def _settings(folder: Path, url: str) -> dict[str, object]:
    given = {"PB_ENVIRONMENT": "demo", "PB_INSTANCE": str(folder), "PB_PUBLIC_URL": url}
    return config.load(given) | {"RATELIMIT_ENABLED": False}


def _serve(folder: Path) -> tuple[BaseWSGIServer, Flask]:
    """The server takes a free port first, so that the site knows its own address."""
    server = make_server("127.0.0.1", 0, lambda environ, start: [], threaded=True)
    application = create_app(_settings(folder, f"http://127.0.0.1:{server.server_port}"))
    server.app = application
    return server, application


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; skipped in words where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        words = "no Chromium is installed (Debian: apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh window of 1280 px."""
    yield from _window(browser, site, DESK)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh window of 320 px with touch."""
    yield from _window(browser, site, PHONE, has_touch=True)


def _window(browser: Browser, site: Site, size: dict[str, int], **options: bool) -> Iterator[Page]:
    context = browser.new_context(viewport=size, base_url=site.url, locale="nl-NL", reduced_motion="reduce", **options)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console", lambda said: wrong.append(said.text) if said.type == "error" and "404" not in said.text else None
    )
    yield page
    _close(context)
    assert not wrong, wrong


def _close(context: BrowserContext) -> None:
    context.close()
