"""A good site, built once, and copied for each trial."""

from pathlib import Path

import pytest

from tests.bad_input import trial


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good site with its output and its memory."""
    folder = tmp_path_factory.mktemp("template") / "site"
    trial.write(folder, trial.GOOD)
    done = trial.build(folder)
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def site(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, with nothing else in its folder."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return trial.good_site(tmp_path, template)
