"""One build at a time, and one more for all that changes meanwhile."""

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sitegen.build import BuildReport
from sitegen.errors import Problem, SiteError
from sitegen.model.site import Site
from sitegen.serve.news import Broken, News, Rebuilt
from sitegen.serve.preview import Preview
from sitegen.serve.rebuilding import Rebuilder, Wanted
from tests.serve.conftest import LONG, write


class Workshop:
    """A rebuilder whose build is given, its news, and the states it showed."""

    def __init__(self, source, build: Callable[[], int]) -> None:
        self.news: queue.Queue[News] = queue.Queue()
        self.states: list[Preview] = []
        self.configs: list[Any] = []

        def made(config, *, now):
            self.configs.append(config)
            return BuildReport(Site(config), build(), 0, 0, (), 0.0)

        self.rebuilder = Rebuilder(Wanted(source), made, tell=self.news.put)
        self.rebuilder.connect(busy=lambda: None, show=self.states.append)

    def next(self) -> Any:
        return self.news.get(timeout=LONG)


@pytest.fixture
def workshop(tmp_path) -> Iterator[Callable[..., Workshop]]:
    made: list[Workshop] = []

    def make(build: Callable[[], int] = lambda: 1) -> Workshop:
        made.append(Workshop(tmp_path, build))
        made[-1].rebuilder.start()
        return made[-1]

    yield make
    for each in made:
        each.rebuilder.stop()


def test_what_changes_during_a_build_causes_exactly_one_more(workshop):
    begun, go_on = threading.Semaphore(0), threading.Semaphore(0)

    def build() -> int:
        begun.release()
        assert go_on.acquire(timeout=LONG)
        return 1

    shop = workshop(build)
    assert begun.acquire(timeout=LONG)
    for name in ("a.md", "b.md", "a.md"):
        shop.rebuilder.changed([name])
    go_on.release(2)
    assert shop.next().paths == ()
    assert shop.next().paths == ("a.md", "b.md")
    shop.rebuilder.changed(["c.md"])
    go_on.release()
    assert shop.next().paths == ("c.md",)
    assert len(shop.configs) == 3


def test_many_changes_at_once_are_one_build(workshop):
    shop = workshop()
    shop.next()
    for number in range(500):
        shop.rebuilder.changed([f"{number}.md"])
    assert len(shop.next().paths) == 500


def test_the_configuration_is_read_anew(workshop, tmp_path):
    shop = workshop()
    assert isinstance(shop.next(), Rebuilt)
    write(tmp_path, {"sitegen.toml": "title = broken"})
    shop.rebuilder.changed(["sitegen.toml"])
    broken = shop.next()
    assert isinstance(broken, Broken) and broken.stands and broken.problems[0].where == "sitegen.toml:1"
    write(tmp_path, {"sitegen.toml": 'title = "Mended"'})
    shop.rebuilder.changed(["sitegen.toml"])
    assert shop.next().mended
    assert [config.title for config in shop.configs] == ["", "Mended"]
    assert [(state.build, bool(state.shown)) for state in shop.states] == [(1, False), (1, True), (2, False)]


def test_the_preview_is_no_published_site(workshop, tmp_path):
    shop = workshop()
    shop.next()
    assert shop.configs[0].preview
    assert shop.configs[0].output == tmp_path / ".sitegen" / "preview"


@pytest.mark.parametrize(
    ("error", "path", "words"),
    [
        (SiteError([Problem("a.md", 3, "wrong")]), "a.md", "wrong"),
        (OSError(28, "No space left on device", "/x"), "/x", "No space left on device"),
        (ZeroDivisionError("oh"), __file__, "ZeroDivisionError: oh"),
    ],
)
def test_whatever_a_build_raises_is_told_and_the_next_one_runs(workshop, error, path, words):
    errors = [error]

    def build() -> int:
        if errors:
            raise errors.pop()
        return 1

    shop = workshop(build)
    broken = shop.next()
    assert (broken.problems[0].path, broken.problems[0].message, broken.stands) == (path, words, False)
    shop.rebuilder.changed(["a.md"])
    assert isinstance(shop.next(), Rebuilt)


def test_pages_hear_only_of_what_changed(workshop):
    shop = workshop(lambda: 0)
    shop.next()
    shop.rebuilder.changed(["README.md"])
    shop.next()
    assert [(state.build, state.revision) for state in shop.states] == [(1, 1), (1, 1)]


@pytest.mark.parametrize(
    ("paths", "written", "styles"),
    [(["static/a.css"], 1, True), (["static/a.css"], 2, False), (["static/a.css", "_posts/a.md"], 1, False)],
)
def test_a_build_of_style_sheets_alone_is_known(workshop, paths, written, styles):
    shop = workshop(lambda: written)
    shop.next()
    shop.rebuilder.changed(paths)
    shop.next()
    assert shop.states[-1].styles is styles
