"""Social cards on a site."""

import json
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from sitegen.build.cards import Kept
from sitegen.errors import SiteError
from sitegen.fonts import packaged_font
from tests.build.test_incremental import step
from tests.build.trees import fresh_copy, made, tree
from tests.build.worlds import World
from tests.outputs.sites import Built, build_site, post

SETTINGS = 'title = "Notes"\nurl = "https://example.org"\n[cards]\nfor = ["posts"]\n'
SITE: dict[str, str | bytes] = {"sitegen.toml": SETTINGS, "_posts/2024-01-02-a.md": post(title="A title")}


def image_of(site: Built, page: str = "2024/01/02/a/index.html") -> str:
    """What the page names as its picture."""
    found = re.search(r'property="og:image" content="https://example.org/([^"]*)"', site[page])
    return found[1] if found else ""


def test_a_post_names_its_card(tmp_path: Path) -> None:
    site = build_site(tmp_path, SITE)
    path = image_of(site)
    assert path in site and path.startswith("cards/")
    assert Image.open(BytesIO((site.output / path).read_bytes())).size == (1200, 630)
    page = site["2024/01/02/a/index.html"]
    for key, value in {"type": "image/png", "width": "1200", "height": "630", "alt": "A title"}.items():
        assert f'<meta property="og:image:{key}" content="{value}">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    data = json.loads(page.split('ld+json">')[1].split("</script>")[0])
    assert data["@graph"][0]["image"]["url"] == f"https://example.org/{path}"


@pytest.mark.parametrize("front", [{"image": "/x.png"}, {"card": "false"}, {"layout": "none"}])
def test_a_post_may_have_none(tmp_path: Path, front: dict[str, str]) -> None:
    site = build_site(tmp_path, {**SITE, "_posts/2024-01-02-a.md": post(title="A", **front), "static/x.png": "x"})
    assert not [path for path in site.files if path.startswith("cards/")]


def test_nothing_is_drawn_unless_it_is_asked_for(tmp_path: Path) -> None:
    site = build_site(tmp_path, {**SITE, "sitegen.toml": 'url = "https://example.org"\n'})
    assert image_of(site) == "" and not (tmp_path / ".sitegen/cards").exists()


def test_pages_may_have_cards_too(tmp_path: Path) -> None:
    settings = SETTINGS.replace('["posts"]', '["pages"]')
    site = build_site(tmp_path, {**SITE, "sitegen.toml": settings, "about.md": post(title="About")})
    assert image_of(site, "about/index.html") in site and image_of(site) == ""


def test_the_address_is_another_one_when_the_card_is(tmp_path: Path) -> None:
    first = image_of(build_site(tmp_path, SITE))
    assert image_of(build_site(tmp_path, {**SITE, "_posts/2024-01-02-a.md": post("More.", title="A title")})) == first
    second = build_site(tmp_path, {**SITE, "_posts/2024-01-02-a.md": post(title="Another")})
    assert image_of(second) != first and first not in second and image_of(second) in second


def test_who_wrote_it_is_named_as_the_profile_says(tmp_path: Path) -> None:
    """Another name is another picture, though the post has the same key."""
    named = {**SITE, "_posts/2024-01-02-a.md": post(title="A title", author="jane")}
    shown = {
        image_of(build_site(tmp_path / name, {**named, "_data/authors.yml": f"jane:\n  name: {name}\n"}))
        for name in ("Doe", "Roe")
    }
    assert len(shown) == 2


def test_a_site_has_its_own_layout_colours_and_pictures(tmp_path: Path) -> None:
    stream = BytesIO()
    Image.new("RGB", (50, 50), "#00ff00").save(stream, "PNG")
    layout = '<card fill="{{ card.colours.ground }}"><picture src="/g.png" x="600" width="50" height="50"/></card>'
    files: dict[str, str | bytes] = {
        **SITE,
        "sitegen.toml": SETTINGS + 'colours = {ground = "#ff0000"}\n',
        "_layouts/social_card.html": layout,
        "static/g.png": stream.getvalue(),
    }
    site = build_site(tmp_path, files)
    card = Image.open(BytesIO((site.output / image_of(site)).read_bytes()))
    assert (card.getpixel((5, 5)), card.getpixel((620, 20))) == ((255, 0, 0), (0, 255, 0))
    stream = BytesIO()
    Image.new("RGB", (50, 50), "#0000ff").save(stream, "PNG")
    (tmp_path / "static/g.png").write_bytes(stream.getvalue())
    made(tmp_path)
    assert tree(tmp_path / "output") == tree(_clean(tmp_path))


def _clean(folder: Path) -> Path:
    copy = fresh_copy(folder, folder.parent / "clean")
    made(copy)
    return copy / "output"


def test_a_font_of_the_site_is_used_and_its_change_seen(tmp_path: Path) -> None:
    files = [Path(packaged_font()).with_name(f"SourceSerifPro-{name}.ttf") for name in ("Black", "It")]
    folder = tmp_path / "site"
    site = {**SITE, "sitegen.toml": SETTINGS + 'fonts = ["_fonts/x.ttf"]\n', "_fonts/x.ttf": files[1].read_bytes()}
    first = image_of(build_site(folder, site))
    second = image_of(build_site(folder, {**site, "_fonts/x.ttf": files[0].read_bytes()}))
    assert first != second
    assert tree(folder / "output") == tree(_clean(folder))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('fonts = ["_fonts/none.ttf"]', 'there is no file "_fonts/none.ttf"'),
        ('fonts = ["sitegen.toml"]', '`cards.fonts`: "sitegen.toml": this is no font'),
        ('colours = {ground = "red"}', 'cannot have "red"'),
        ('colours = {sky = "#fff"}', 'has no "sky"'),
        ('background = "/none.jpg"', 'there is no picture "/none.jpg"'),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, settings: str, words: str) -> None:
    with pytest.raises(SiteError, match=re.escape(words)):
        build_site(tmp_path, {**SITE, "sitegen.toml": f"{SETTINGS}{settings}\n"})


def test_a_font_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "f.ttf")
    with pytest.raises(SiteError) as caught:
        build_site(tmp_path, {**SITE, "sitegen.toml": SETTINGS + 'fonts = ["f.ttf"]\n'})
    [problem] = caught.value.problems
    assert "a pipe, a socket or a device" in problem.message and problem.where.startswith("sitegen.toml:")


@pytest.mark.parametrize("settings", ['outputs = ["posts"]\n[cards]\nfor = ["posts"]\n', '[cards]\nfor = ["pages"]\n'])
def test_where_no_card_is_drawn_nobody_asks_for_a_background(tmp_path: Path, settings: str) -> None:
    settings = f'url = "https://example.org"\n{settings}background = "/bg.png"\n'
    assert build_site(tmp_path, {**SITE, "sitegen.toml": settings}).files


def test_a_background_that_is_none_is_told_once(tmp_path: Path) -> None:
    """Where the settings name it, whatever number of cards; a pipe by its own path, and nothing else."""
    settings = SETTINGS + 'background = "/bg.png"\n'
    files = {**SITE, "_posts/2024-01-02-b.md": post(title="B"), "sitegen.toml": settings}
    with pytest.raises(SiteError) as caught:
        build_site(tmp_path, files)
    [problem] = caught.value.problems
    assert problem.message == '`cards.background`: there is no picture "/bg.png" among the files of the site'
    assert problem.where == f"sitegen.toml:{settings.count(chr(10))}"
    (tmp_path / "static").mkdir()
    os.mkfifo(tmp_path / "static/bg.png")
    with pytest.raises(SiteError) as caught:
        build_site(tmp_path, files)
    [problem] = caught.value.problems
    assert problem.where == "static/bg.png" and "a pipe, a socket or a device" in problem.message


def test_letters_that_no_font_has_are_told_by_every_build(tmp_path: Path) -> None:
    files = {**SITE, "_posts/2024-01-02-a.md": post(title="你好")}
    for _ in range(2):
        notices = build_site(tmp_path, files).notices
        assert notices == ['_posts/2024-01-02-a.md:2: its card cannot show "你好": no font has these letters']
    with pytest.raises(SiteError):
        build_site(tmp_path, files, strict=True)


def test_a_card_is_drawn_once(tmp_path: Path) -> None:
    """Another output folder, too, has what was drawn for the first; what is damaged is drawn anew."""
    site = build_site(tmp_path, SITE)
    card = (site.output / image_of(site)).read_bytes()
    kept = list((tmp_path / ".sitegen/cards").iterdir())
    assert len(kept) == 1 and kept[0].read_bytes() == card
    shutil.rmtree(site.output)
    kept[0].write_bytes(kept[0].read_bytes()[:-1] + b"x")
    build_site(tmp_path, SITE)
    assert (site.output / image_of(site)).read_bytes() == card


UNCHANGED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from sitegen.build import build
from sitegen.config import load_config
report = build(load_config(Path(sys.argv[1])), now=datetime(2026, 6, 1, tzinfo=UTC))
sys.exit(f"{report.written} written" if report.written else "Pillow" if "PIL" in sys.modules else 0)
"""


def test_an_unchanged_build_does_without_pillow(tmp_path: Path) -> None:
    build_site(tmp_path, SITE)
    found = subprocess.run([sys.executable, "-c", UNCHANGED, str(tmp_path)], capture_output=True, text=True)
    assert (found.returncode, found.stderr) == (0, "")


def test_what_is_kept_is_bounded_and_leads_nowhere(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept")
    (tmp_path / "elsewhere").mkdir()
    kept.folder.symlink_to(tmp_path / "elsewhere")
    for number in range(4):
        file = kept.put(str(number), b"x" * 1000).file
        assert file is not None
        os.utime(file, (number, number))
    later = Kept(kept.folder)
    later.get("0")
    later.trim(1500)
    assert not list((tmp_path / "elsewhere").iterdir())
    assert [later.get(str(number)) is not None for number in range(4)] == [True, False, False, True]


LAYOUT = '<card><box width="{{ page.words }}" fill="{{ card.colours.ground }}"/><text>{{ page.title }}</text></card>'


@pytest.mark.parametrize("steps", [2, pytest.param(6, marks=pytest.mark.slow)])
def test_incremental_equals_clean(tmp_path: Path, steps: int) -> None:
    world = World(tmp_path / "site", Random(4), settings={"cards": {"for": ["posts", "pages"]}})
    world.write("_layouts/social_card.html", LAYOUT)
    world.begin()
    step(world, tmp_path / "clean", "begin")
    assert list((world.output / "cards").iterdir())
    for number in range(steps):
        step(world, tmp_path / "clean", f"{number}: {world.edit()}")
