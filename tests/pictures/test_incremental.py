"""The oracle for smaller pictures: builds after edits equal clean ones, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from sitegen.errors import SiteError
from tests.build.trees import fresh_copy, made, tree
from tests.outputs.sites import post
from tests.pictures.photos import photo, saved

NAMES = ("a.jpg", "b.png", "c.webp")


def edit(site: Path, random: Random) -> str:
    """Some picture comes, goes, changes, or takes another name; or a post shows others; or a setting changes."""
    folder = site / random.choice(["_posts", "_posts/2026-05-07-y", "static"])
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / random.choice(NAMES)
    what = random.choice(["picture", "picture", "delete", "rename", "post", "post", "settings", "layout"])
    if what == "picture":
        kind = {"jpg": "jpeg"}.get(file.suffix[1:], file.suffix[1:])
        file.write_bytes(saved(photo(random.randrange(3), 40, 30), kind))
    elif what == "delete":
        file.unlink(missing_ok=True)
    elif what == "rename" and file.exists():
        file.rename(folder / random.choice(NAMES))
    elif what == "post":
        shown = "\n\n".join(f"![P]({random.choice(['', '/'])}{name})" for name in random.sample(NAMES, 2))
        source = random.choice(["_posts/2026-05-06-x.md", "_posts/2026-05-07-y/index.md"])
        (site / source).parent.mkdir(parents=True, exist_ok=True)
        (site / source).write_text(post(shown, image=random.choice(["", *NAMES])))
    elif what == "settings":
        widths, kinds = random.choice(["[16]", "[16, 40]"]), random.choice(['["avif"]', '["webp"]'])
        image = random.choice(["", *(f"/{name}" for name in NAMES)])
        (site / "sitegen.toml").write_text(settings(image, f"widths = {widths}\nkinds = {kinds}"))
    else:
        (site / "_layouts").mkdir(exist_ok=True)
        (site / "_layouts/home.html").write_text(f'{{{{ "/{random.choice(NAMES)}" | img("P") }}}}')
    return f"{what} {file.relative_to(site)}"


def settings(image: str, images: str) -> str:
    return f'url = "https://example.org"\nimage = "{image}"\n[images]\nvariants = true\n{images}\n'


def outcome(site: Path) -> list[tuple[str, str]]:
    """What is wrong; nothing where it was built."""
    try:
        made(site)
    except SiteError as error:
        return [(problem.where, problem.message) for problem in error.problems]
    return []


def run(tmp_path: Path, seed: int, steps: int) -> None:
    site, clean, random = tmp_path / "site", tmp_path / "clean", Random(seed)
    (site / "_posts").mkdir(parents=True)
    (site / "sitegen.toml").write_text(settings("", "widths = [16]"))
    for name in NAMES:
        for folder in ("_posts", "_posts/2026-05-07-y", "static"):
            (site / folder).mkdir(exist_ok=True)
            (site / folder / name).write_bytes(
                saved(photo(0, 40, 30), {"jpg": "jpeg"}.get(name[-3:], name.split(".")[1]))
            )
    (site / "_posts/2026-05-06-x.md").write_text(post("![P](a.jpg) ![P](/b.png)"))
    edits = []
    for _ in range(steps):
        edits.append(edit(site, random))
        before = tree(site / "output") if (site / "output").exists() else {}
        shutil.rmtree(clean, ignore_errors=True)
        wrong, wanted = outcome(site), outcome(fresh_copy(site, clean))
        assert wrong == wanted, edits
        assert tree(site / "output") == (before if wrong else tree(clean / "output")), edits


def test_incremental_equals_clean(tmp_path: Path) -> None:
    run(tmp_path, 1, 3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 5))
def test_incremental_equals_clean_at_length(tmp_path: Path, seed: int) -> None:
    run(tmp_path, seed, 20)
