"""Lighthouse on the demo's main pages: performance, accessibility, best practices; the median of five runs each."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import flask_migrate

import config
from pb import create_app
from pb.demo.acts import start_demo, wind
from pb.demo.values import ROUND, Step
from pb.extensions import db
from pb.measure.place import Place, serving
from pb.office.worker import work_once
from pb.plans.reads import submitted_plans
from pb.rounds.reads import round_by_slug
from tests.trials.figures import Row, say

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
RUNS, TRIES = 5, 3
"""A browser that does not start on a busy machine is started again."""
CATEGORIES = ("performance", "accessibility", "best-practices")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"


def scores() -> Iterator[Row]:
    """Home, list, plan and ballot while voting; then the result."""
    if shutil.which("node") is None or not TOOL.exists():
        say("skipped: lighthouse is not installed (npm ci)")
        return
    with tempfile.TemporaryDirectory() as folder:
        environ = {"PB_ENVIRONMENT": "demo", "PB_INSTANCE": folder}
        app = create_app(config.load(environ))
        with app.app_context():
            flask_migrate.upgrade()
            start_demo(lambda part, done, total: None)
            where = Place(app, environ)
            with serving(where, "wsgi:app") as port:
                yield from _judge(
                    port, {"home": "/", "list": _round("plannen"), "plan": _plan(), "ballot": _round("stemmen")}
                )
                wind(Step.RESULT)
                while work_once():
                    pass
                yield from _judge(port, {"result": _round("uitslag")})
            db.session.remove()


def _round(page: str) -> str:
    return f"/rondes/{ROUND}/{page}"


def _plan() -> str:
    found = round_by_slug(ROUND)
    assert found is not None
    return _round(f"plannen/{submitted_plans(found.id)[0].code}")


def _judge(port: int, pages: dict[str, str]) -> Iterator[Row]:
    for name, path in pages.items():
        runs = [_run(f"http://127.0.0.1:{port}{path}") for _ in range(RUNS)]
        found = {category: round(100 * median(run[category] for run in runs)) for category in CATEGORIES}
        words = ", ".join(f"{category} {score}" for category, score in found.items())
        yield Row(f"Lighthouse, {name}", words, "95 or more each", "python -m tests.trials lighthouse")


def _run(url: str) -> dict[str, float]:
    command = ["node", str(TOOL), url, "--output=json", "--quiet", f"--only-categories={','.join(CATEGORIES)}"]
    for _ in range(TRIES):
        done = subprocess.run(
            [*command, f"--chrome-flags={FLAGS}"], capture_output=True, text=True, check=False, env=_environ()
        )
        if done.returncode == 0:
            break
        say(f"Lighthouse gave up on {url}: {done.stderr.strip()[-200:]}")
    done.check_returncode()
    report = json.loads(done.stdout)["categories"]
    return {category: report[category]["score"] or 0.0 for category in CATEGORIES}


def _environ() -> dict[str, str]:
    return os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
