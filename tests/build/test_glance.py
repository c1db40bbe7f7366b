"""A glance at edited texts: a page is the same bytes as the build makes of it, or else there is no glance."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

import pytest

from sitegen import seal
from sitegen.build.glance import Known, glance, page, pages_of, shows
from sitegen.errors import SiteError
from sitegen.model.manuscripts import Shelved
from sitegen.model.site import WHATEVER_BODIES, Site
from tests.build.trees import NOW, made
from tests.build.worlds import NEEDED, World

POST = "---\ntitle: A\ndate: 2026-01-02\n---\nOne.\n"
OTHER = "---\ntitle: B\ndate: 2026-01-03\n---\nOther.\n"


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path, **{"_posts/a.md": POST, "_posts/b.md": OTHER, "sitegen.toml": 'permalink = "/:title/"\n'})


def known(source: Path, **options: Any) -> Known:
    found = made(source, preview=True, **options).known
    assert found is not None
    return found


def glanced(source: Path, before: Known, *paths: str) -> Known | None:
    return glance(before, paths or ("_posts/a.md",), NOW)


def test_a_page_is_what_the_build_writes(site: Path) -> None:
    before = known(site)
    write(site, **{"_posts/a.md": f"{POST}\n## New\n\nSee [b](/b/), ![x](/none.png).\n"})
    found = glanced(site, before)
    assert found is not None and [*pages_of(found, ["_posts/a.md"])] == ["a/index.html"]
    assert shows(found, "index.html", ["_posts/a.md"]) and not shows(found, "b/index.html", ["_posts/a.md"])
    pages = {path: page(found, path) for path in ("a/index.html", "index.html", "b/index.html")}
    known(site)
    assert pages == {path: (site / "output" / path).read_bytes() for path in pages}


def test_a_glance_after_a_build_that_opened_no_file(site: Path) -> None:
    sleep(2 * seal.RACY / 1e9)  # what was read of a file that is newer is not kept
    known(site)
    before = known(site)
    assert all(isinstance(post.manuscript, Shelved) for post in before.site.posts)
    write(site, **{"_posts/a.md": f"{POST}\nMore.\n"})
    found = glanced(site, before)
    assert found is not None
    seen = page(found, "a/index.html")
    known(site)
    assert seen == (site / "output/a/index.html").read_bytes() and b"More." in seen
    write(site, **{"_posts/a.md": POST.replace("title: A", "title: Z")})
    assert glanced(site, before) is None


def nothing(site: Path) -> None:
    """Nothing more changes."""


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (POST.replace("title: A", "title: C"), ["_posts/a.md"]),
        (POST.replace("title: A", "title: [C"), ["_posts/a.md"]),
        ("", ["_posts/a.md"]),
        ("One.\n", ["_posts/a.md"]),
        (None, ["_posts/a.md"]),
        (f"{POST}\0", ["_posts/a.md"]),
        (f"{POST}<!doctype html>", ["_posts/a.md", "sitegen.toml"]),
        (POST.replace("One.", "<!doctype html><p>One."), ["_posts/a.md"]),
        (f"{POST}![p](new.png)\n", ["_posts/a.md"]),
        (f"{POST}::nothing{{}}\n", ["_posts/a.md"]),
        (f"{POST}Two.\n", ["_posts/a.md", "_posts/new.png"]),
        (f"{POST}Two.\n", ["_posts/a.md", "_posts/b.md/x"]),
    ],
)
def test_whatever_else_may_be_another_is_for_the_build(site: Path, text: str | None, paths: list[str]) -> None:
    before = known(site)
    (site / "_posts/new.png").write_bytes(b"")
    if text is None:
        (site / "_posts/a.md").unlink()
    else:
        write(site, **{"_posts/a.md": text})
    found = glanced(site, before, *paths)
    assert found is None or page(found, "a/index.html") is None or "b.md/x" in paths[-1]


def test_what_an_editor_puts_beside_it_for_a_moment_is_nothing(site: Path) -> None:
    before = known(site)
    write(site, **{"_posts/a.md": f"{POST}Two.\n", "_posts/a.md~": POST, "_posts/.a.md.swp": "x"})
    assert glanced(site, before, "_posts/sedXYZ", "_posts/a.md~", "_posts/.a.md.swp", "_posts/a.md")
    assert not glanced(site, before, "sedXYZ", "_posts/a.md")


def test_a_link_is_for_the_build(site: Path) -> None:
    before = known(site)
    (site / "_posts/a.md").unlink()
    (site / "_posts/a.md").symlink_to(write(site, **{"x.txt": f"{POST}Two.\n"}) / "x.txt")
    assert glanced(site, before) is None


def test_a_picture_that_was_there_already_stays(site: Path) -> None:
    write(site, **{"_posts/p.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>', "_posts/a.md": f"{POST}![p](p.svg)\n"})
    before = known(site)
    write(site, **{"_posts/a.md": f"{POST}![p](p.svg) again\n"})
    assert glanced(site, before) is not None
    write(site, **{"_posts/a.md": POST})
    assert glanced(site, before) is None


@pytest.mark.parametrize("setting", ['updated = "git"\n', "liquid = true\n"])
def test_a_site_of_more_than_its_texts_is_for_the_build(site: Path, setting: str) -> None:
    write(site, **{"sitegen.toml": setting})
    before = known(site)
    write(site, **{"_posts/a.md": f"{POST}Two.\n"})
    assert glanced(site, before) is None


def test_once_another_post_is_due_it_is_for_the_build(site: Path) -> None:
    write(site, **{"_posts/c.md": POST.replace("2026-01-02", f"{NOW + timedelta(hours=1):%Y-%m-%d %H:%M}")})
    before = known(site)
    write(site, **{"_posts/a.md": f"{POST}Two.\n"})
    assert glance(before, ["_posts/a.md"], NOW) is not None
    assert glance(before, ["_posts/a.md"], NOW + timedelta(hours=2)) is None


def test_what_is_taken_over_holds_no_documents(site: Path) -> None:
    found_out = {name for name, value in vars(Site).items() if isinstance(value, cached_property)}
    assert found_out - WHATEVER_BODIES == {"editions", "at_url", "documents", "collected", "listed", "calls"}


# By chance

SEEDS, STEPS = (300, 301, 303), 12


def sources(world: World) -> dict[str, bytes]:
    files = (file for file in world.root.rglob("*") if file.is_file())
    found = {file.relative_to(world.root).as_posix(): file.read_bytes() for file in files}
    return {path: data for path, data in found.items() if not path.startswith(("output/", ".sitegen/"))}


def edit(world: World, before: Known | None) -> str:
    """Mostly a text of what is published."""
    there = [path for path in before.site.documents if (world.root / path).exists()] if before is not None else []
    if not there or world.maybe(0.1):
        return world.edit()
    path = world.random.choice(there)
    world.write(path, (world.root / path).read_text() + world.body())
    return f"text of {path} edited"


def built(world: World) -> Known | None:
    """What a good build knows; a failed one changes nothing."""
    try:
        return made(world.root, world.now, preview=True).known
    except SiteError:
        return None


def run(tmp_path: Path, seed: int, steps: int) -> int:
    """How many pages were seen, each as the build made it."""
    world = World(tmp_path / "site", Random(seed), looks=NEEDED)
    world.begin()
    before, was, told, seen = built(world), sources(world), ["begin"], 0
    for _ in range(steps):
        told += [edit(world, before) for _ in range(world.random.randint(1, 2))]
        now = sources(world)
        changed = {path for path in was.keys() | now.keys() if was.get(path) != now.get(path)}
        found = None if before is None else glance(before, changed, world.now)
        pages = {} if found is None else {path: page(found, path) for path in found.targets}
        if (after := built(world)) is None:
            continue
        before, was = after, now
        for path, data in pages.items():
            if data is not None:
                assert data == (world.output / path).read_bytes(), (seed, path, told)
                seen += 1
    return seen


@pytest.mark.parametrize("seed", SEEDS)
def test_every_page_of_a_glance_is_what_the_build_writes(tmp_path: Path, seed: int) -> None:
    assert run(tmp_path, seed, STEPS)
