"""`pb keys install`: the web server's own secrets beside the public half that was made elsewhere; never made anew."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import config
from pb import create_app
from pb.cli import main
from pb.extensions import db
from pb.rounds.acts import create_round
from pb.rounds.reads import round_by_slug
from pb.voting.keys import read_keys

PUBLIC = "ab" * 32


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of its own with one round; gives the directory where that round's keys belong."""
    monkeypatch.setenv("PB_ENVIRONMENT", "test")
    monkeypatch.setenv("PB_INSTANCE", str(tmp_path))
    application = create_app(config.load())
    with application.app_context():
        db.create_all()
        create_round("Ronde", "ronde", None)
        round_ = round_by_slug("ronde")
        assert round_ is not None
        db.session.remove()
        db.engine.dispose()
    return tmp_path / "keys" / round_.public_id


def install(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["keys", "install", *arguments])


def test_secrets_are_made_once(folder: Path) -> None:
    answer = install("ronde", PUBLIC)
    assert answer.exit_code == 0, answer.output
    keys = read_keys(folder, folder.name)
    assert keys.sealing.hex() == PUBLIC and len({keys.round_key, keys.outbox_key, keys.log_key, keys.seed}) == 4
    assert not (folder / "sealing.private").exists()
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert install("ronde", PUBLIC).exit_code == 1
    assert read_keys(folder, folder.name).round_key == keys.round_key


@pytest.mark.parametrize(("slug", "public"), [("elders", PUBLIC), ("ronde", "ab"), ("ronde", "zz" * 32)])
def test_a_mistake_leaves_no_keys(folder: Path, slug: str, public: str) -> None:
    answer = install(slug, public)
    assert answer.exit_code == 1 and answer.output.startswith("Error: ")
    assert not folder.exists()
