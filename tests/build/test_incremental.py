"""The oracle: an incremental build equals a clean one, byte for byte, whatever was edited in between."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sitegen import seal
from sitegen.build import render
from sitegen.cli.build import build_at
from sitegen.cli.commands import parser
from sitegen.content import readings
from sitegen.errors import Problem, SiteError
from sitegen.liquid import expansion
from sitegen.model import digests
from tests.build.jekyll_worlds import LIQUID, JekyllWorld
from tests.build.trees import folders, fresh_copy, made, stamps, tree
from tests.build.worlds import NEEDED, World

QUICK, STEPS = range(4), 7
LONG, LONG_STEPS = range(100, 140), 25
MOST_BLIND = 15  # worlds, one of which has to go red
WORLDS = int(os.environ.get("SITEGEN_WORLDS", 6))  # how many of them the slow tests go through
Outcome = Callable[[Path, World], tuple[Sequence[Any], Sequence[Any]]]  # the problems, or else what is told


def some(seeds: Iterable[int], quick: int) -> list[Any]:
    """The seeds, of which only so many are for the quick tests."""
    return [pytest.param(seed, marks=pytest.mark.slow) if at >= quick else seed for at, seed in enumerate(seeds)]


def outcome(source: Path, world: World) -> tuple[Sequence[Problem], Sequence[Problem]]:
    """Build; the problems, if it fails, or else what is told all the same."""
    try:
        return (), made(source, world.now).notices
    except SiteError as error:
        return error.problems, ()


def commanded(source: Path, world: World) -> tuple[Sequence[str], Sequence[str]]:
    """The same as `sitegen build` does it, by its seal where there is one: what it says of problems, or else at all."""
    out, err = StringIO(), StringIO()
    now = (world.now - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1) * 1000
    try:
        with redirect_stdout(out), redirect_stderr(err):
            build_at(parser().parse_args(["build", "-s", str(source)]), now)
    except SiteError as error:
        return [str(problem) for problem in error.problems], ()
    built, *left_out = out.getvalue().splitlines()
    what, files = built.split("output/: ")[1].split(" (")[0].rsplit(", ", 1)
    return (), [what, files, *left_out, *err.getvalue().splitlines()]


def step(world: World, clean: Path, edit: str, outcome: Outcome = outcome) -> bool:
    """Build both ways and compare. Whether the site was good."""
    before, stamped, stood = tree(world.output), stamps(world.output), folders(world.output)
    shutil.rmtree(clean, ignore_errors=True)
    wanted = outcome(fresh_copy(world.root, clean), world)
    found = outcome(world.root, world)
    assert found == wanted, edit
    after = tree(world.output)
    if wanted[0]:
        assert after == before and folders(world.output) == stood, f"{edit}: a failed build changed the output"
        return False
    for name, data in world.strangers.items():
        assert after.pop(name) == data, f"{edit}: {name} is not ours"
    expected = tree(clean / "output")
    assert sorted(after) == sorted(expected), edit
    assert [path for path in after if after[path] != expected[path]] == [], edit
    around = {str(parent) for name in world.strangers for parent in Path(name).parents}
    assert folders(world.output) - around == folders(clean / "output") - around, edit
    now = stamps(world.output)
    assert [path for path in stamped if before[path] == after.get(path) and now[path] != stamped[path]] == [], edit
    return True


def run(
    tmp_path: Path,
    seed: int,
    steps: int,
    looks: Sequence[str] = (),
    kind: type[World] = World,
    outcome: Outcome = outcome,
    **settings: Any,
) -> None:
    world = kind(tmp_path / "site", Random(seed), looks=looks, settings=settings)
    world.begin()
    edits = ["begin"]
    good = [step(world, tmp_path / "clean", "begin", outcome)]
    for _ in range(steps):
        many = 1 if world.maybe(0.6) or not good[-1] else world.random.randint(2, 4)
        mended = [world.mend(_problems(world))] if not good[-1] and world.maybe(0.85) else []
        edits += mended or [world.edit() for _ in range(many)]
        good.append(step(world, tmp_path / "clean", f"seed {seed}: {edits}", outcome))
    if sum(good) * 2 < len(good):  # no AssertionError: that is how tests know that something was found
        raise RuntimeError(f"seed {seed}: most builds were refused, and show nothing")


def _problems(world: World) -> Sequence[Problem]:
    """Why the site as it is is refused."""
    return outcome(world.root, world)[0]


@pytest.mark.parametrize("seed", some(QUICK, 2))
def test_incremental_equals_clean(tmp_path: Path, seed: int) -> None:
    run(tmp_path, seed, STEPS)


class Sealed:
    """`commanded`, each time twice, so that there are seals which edits have to break; `held` counts those that did."""

    held = 0

    def __call__(self, source: Path, world: World) -> tuple[Sequence[str], Sequence[str]]:
        """What the first one says, which is what the second one says."""
        said = commanded(source, world)
        before = self.seal(source)
        if not said[0] and source == world.root:
            again = commanded(source, world)
            assert again == said
            self.held += before is not None and self.seal(source) == before
        return said

    def seal(self, source: Path) -> tuple[int, int] | None:
        """A whole build makes another file of it."""
        found = [file.stat() for file in (source / ".sitegen").glob("seal-*")]
        return (found[0].st_ino, found[0].st_mtime_ns) if found else None


@pytest.mark.parametrize("kind", [World, JekyllWorld])
@pytest.mark.parametrize("seed", some(QUICK[1:3], 1))
def test_a_seal_never_hides_a_change(
    tmp_path: Path, seed: int, kind: type[World], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "RACY", 0)  # worlds change faster than people do, but not within one tick
    sealed = Sealed()
    run(tmp_path, seed, STEPS, kind=kind, outcome=sealed)
    assert sealed.held


def test_a_seal_that_sees_no_change_of_files_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "RACY", 0)
    monkeypatch.setattr(seal, "_words", lambda state: "a file")
    with pytest.raises(AssertionError):
        for seed in QUICK[1:]:
            run(tmp_path / str(seed), seed, STEPS, outcome=Sealed())


@pytest.mark.slow
@pytest.mark.parametrize("kind", [World, JekyllWorld])
@pytest.mark.parametrize("seed", LONG[: WORLDS // 4])
def test_a_seal_never_hides_a_change_at_length(
    tmp_path: Path, seed: int, kind: type[World], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "RACY", 0)
    run(tmp_path, seed, LONG_STEPS, kind=kind, outcome=Sealed())


@pytest.mark.parametrize("seed", some(QUICK[:2], 1))
def test_a_site_that_can_be_searched(tmp_path: Path, seed: int) -> None:
    run(tmp_path, seed, STEPS, search=True)


@pytest.mark.slow
@pytest.mark.parametrize("seed", LONG[: WORLDS // 4])
def test_a_site_that_can_be_searched_at_length(tmp_path: Path, seed: int) -> None:
    run(tmp_path, seed, LONG_STEPS, search=True)


@pytest.mark.slow
@pytest.mark.parametrize("seed", LONG[:WORLDS])
def test_incremental_equals_clean_at_length(tmp_path: Path, seed: int) -> None:
    run(tmp_path, seed, LONG_STEPS)


@pytest.mark.parametrize("seed", some(QUICK, 2))
def test_a_jekyll_site(tmp_path: Path, seed: int) -> None:
    """The same of a `_config.yml`, with Liquid in posts; what is told is the same, too."""
    run(tmp_path, seed, STEPS, kind=JekyllWorld)


@pytest.mark.slow
@pytest.mark.parametrize("seed", LONG[: WORLDS // 4])
def test_a_jekyll_site_at_length(tmp_path: Path, seed: int) -> None:
    run(tmp_path, seed, LONG_STEPS, kind=JekyllWorld)


SEEN_ELSEWHERE = {
    "any",  # whoever asks shows more of the same here: test_menu.py has a page that shows nothing else
    "assets",  # only whether one file is there is ever asked: test_diagrams.py
    "entry-id",  # no two posts here share an id: outputs/test_feeds_incremental.py has such
    "listing",  # LISTINGS are some
}
LISTINGS = ("listing:authors", "listing:series", "listing:tags")  # each of them alone


def test_it_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_blind(tmp_path, monkeypatch, "layout")


KINDS = {*digests.READABLE, "layout", *LISTINGS} - SEEN_ELSEWHERE
SOON = {"calls", "content", "posts"}  # a few worlds find these; for the rest SITEGEN_WORLDS=40 goes through more


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(KINDS if WORLDS > MOST_BLIND else SOON))
def test_a_dependency_that_is_not_recorded_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """The test above can fail: without any one kind of record some seed goes red."""
    check_blind(tmp_path, monkeypatch, kind)


LOOKED_AT = {
    "time": "site.time",
    "listed": "paginator",
    "files": "site.static_files",
    "any": "menu",
    "listing:tags": "site.tags",
    "listing:authors": "site.profiles",
    "neighbours": "page.next",
    "related": "related",
    "listing:series": "page.series",
}


def is_of(kind: str, name: str) -> bool:
    """Whether a name, perhaps that of an edition (`de@posts`), is of a kind."""
    lang, at, rest = name.partition("@")
    name = rest if at and ":" not in lang else name
    return name == kind or name.startswith((f"{kind}:", f"{kind}/"))


def check_blind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    total = render.Ledger.total

    def seeing(ledger: render.Ledger, names: Iterable[str]) -> str:
        return total(ledger, [name for name in names if not is_of(kind, name)])

    monkeypatch.setattr(render.Ledger, "total", seeing)
    looks = [look for look in NEEDED if LOOKED_AT.get(kind, "") in look]
    with pytest.raises(AssertionError):
        for seed in LONG[: max(WORLDS, MOST_BLIND)]:
            run(tmp_path / str(seed), seed, LONG_STEPS, looks)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "same"), [("Shelf._stamp", "the same\0"), ("_settings_digest", "the same")])
def test_a_file_that_is_not_read_again_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, same: str
) -> None:
    """The same where readings count whatever became of the file, or of the settings."""
    monkeypatch.setattr(f"{readings.__name__}.{name}", lambda *seen: same)
    with pytest.raises(AssertionError):
        for seed in LONG[:MOST_BLIND]:
            run(tmp_path / str(seed), seed, LONG_STEPS)


LIQUID_LOOKS_AT = {  # `posts` and `pages` are not among them: whoever reads one reads what is in all of them, too
    "data": "site.data",
    "file": "include_relative",
    "include": "note.html",
    "includes": "missing.html",
    "meta": "page.title",
    "neighbours": "page.previous",
    "ran": "content",
}


SOON_IN_LIQUID = ("neighbours",)


@pytest.mark.slow
@pytest.mark.parametrize("kind", LIQUID_LOOKS_AT if WORLDS > MOST_BLIND else SOON_IN_LIQUID)
def test_what_liquid_has_read_and_is_not_recorded_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    total = expansion._Stage._total

    def seeing(stage: expansion._Stage, names: list[str]) -> str:
        return total(stage, [name for name in names if name.split(":")[0] != kind])

    monkeypatch.setattr(expansion._Stage, "_total", seeing)
    monkeypatch.setattr(JekyllWorld, "texts", [text for text in LIQUID if LIQUID_LOOKS_AT[kind] in text])
    with pytest.raises(AssertionError):
        for seed in LONG[: max(WORLDS, MOST_BLIND)]:
            run(tmp_path / str(seed), seed, LONG_STEPS, kind=JekyllWorld)


@pytest.mark.parametrize("is_blind", [False, True])
def test_what_liquid_made_of_another_post_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_blind: bool
) -> None:
    """Chance seldom finds it: nothing but what Liquid makes of the other post is another, and this one shows it."""
    total = expansion._Stage._total
    if is_blind:
        monkeypatch.setattr(
            expansion._Stage, "_total", lambda stage, names: total(stage, [x for x in names if x[:4] != "ran:"])
        )
    texts = {"one": "{{ site.data.word }}", "two": "{{ site.posts.last.content | strip_html }}"}
    for day, (name, text) in enumerate(texts.items(), 1):
        file = tmp_path / f"_posts/2026-05-0{day}-{name}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"---\ntitle: {name}\nlayout: none\n---\n{text}\n")
    (tmp_path / "_config.yml").write_text("title: A\n")
    (tmp_path / "_data").mkdir()

    def shown(word: str) -> str:
        (tmp_path / "_data/word.yml").write_text(word)
        made(tmp_path)
        return (tmp_path / "output/2026/05/02/two.html").read_text().strip()

    assert shown("before") == "<p>before</p>"
    assert shown("after") == ("<p>before</p>" if is_blind else "<p>after</p>")
