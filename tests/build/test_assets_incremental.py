"""Assets under edits by chance: named, bundled, packed, weighed, an incremental build equals a clean one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sitegen.build import build
from sitegen.config import load_config
from sitegen.errors import SiteError
from tests.build.trees import NOW, fresh_copy, tree

NAMES = ("a.css", "s/b.css", "s/c.css", "x.js", "p.png", "s/q.png")
PIECES = (
    '@import "/s/b.css" layer(l);\n', '@import "../s/c.css" print;\n', "e { background: url(p.png) }\n",
    "f { background: url(/s/q.png#x) }\n", "g { h: i }\n" * 100, '@import "https://x.example/z.css";\n', "",
)  # fmt: skip
LAYOUT = '<p>  {{ "/NAME" | asset_url }}</p><link rel=stylesheet href="{{ "/NAME" | asset_url }}">{{ page.title }}\n'


def edit(site: Path, chance: random.Random) -> str:
    """One edit: a file, a layout, the settings; or a file of the output is lost."""
    kind = chance.choice(["file", "file", "file", "layout", "settings", "gone", "lost"])
    name = chance.choice(NAMES)
    file = site / "static" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    if kind == "file":
        parts = chance.sample(PIECES, 2) if name.endswith(".css") else [str(chance.random())] * 99
        file.write_text("".join(sorted(parts, reverse=True)))
    elif kind == "layout":
        (site / f"_layouts/{chance.choice('ab')}.html").write_text(LAYOUT.replace("NAME", name))
    elif kind == "gone":
        file.unlink(missing_ok=True)
    elif kind == "lost":
        made = sorted(one for one in (site / "output").rglob("*") if one.is_file())
        if made:
            chance.choice(made).unlink()
    else:
        flags = [f"{key} = {str(chance.random() < 0.6).lower()}" for key in ("fingerprint", "minify", "integrity")]
        packed = chance.choice(["[]", '["gz"]', '["br", "zst"]'])
        weight = f"[budget]\npage = {chance.choice([0, 600])}\n"
        (site / "sitegen.toml").write_text("\n".join(["[assets]", *flags, f"compress = {packed}", weight]))
    return f"{kind} {name}"


def outcome(site: Path) -> tuple[list[object], dict[str, bytes]]:
    try:
        told: list[object] = list(build(load_config(site), now=NOW).notices)
    except SiteError as error:
        return list(error.problems), {}
    return told, tree(site / "output")


@pytest.mark.parametrize("seed", [*range(2), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 8))])
def test_incremental_equals_clean(tmp_path: Path, seed: int) -> None:
    chance, site, good = random.Random(seed), tmp_path / "site", 0
    done: list[str] = []
    for name in "ab":
        (site / "_layouts").mkdir(parents=True, exist_ok=True)
        (site / f"_layouts/{name}.html").write_text(LAYOUT.replace("NAME", "a.css"))
        (site / f"{name}.md").write_text(f"---\nlayout: {name}\ntitle: {name}\n---\n")
    for name in NAMES:
        (site / "static" / name).parent.mkdir(parents=True, exist_ok=True)
        (site / "static" / name).write_text("x { y: z }\n" * 120)
    (site / "sitegen.toml").write_text("")
    for step in range(8):
        found = outcome(site)
        assert found == outcome(fresh_copy(site, tmp_path / f"clean-{step}")), done
        good += bool(found[1])
        done += [edit(site, chance) for _ in range(chance.randint(1, 2))]
    assert good > 1
