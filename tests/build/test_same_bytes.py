"""The same input gives the same bytes: wherever, whenever, and under whatever environment."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from sitegen.errors import SiteError
from tests.build.trees import fresh_copy, made, tree
from tests.build.worlds import COUNTER, World

ROOT = Path(__file__).resolve().parents[2]


def run(site: Path, **environment: str) -> dict[str, bytes]:
    subprocess.run(
        [sys.executable, "-m", "sitegen", "build", "-s", str(site)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        check=True,
        capture_output=True,
        cwd=site,
    )
    return tree(site / "output")


def test_in_another_folder_under_another_environment(tmp_path):
    world = World(tmp_path / "here", Random(8))
    world.begin()
    first = run(world.root, PYTHONHASHSEED="1", TZ="Pacific/Auckland", LANG="C", LC_ALL="C")
    there = fresh_copy(world.root, tmp_path / "somewhere" / "else")
    assert run(there, PYTHONHASHSEED="2", TZ="America/New_York", LANG="de_DE.UTF-8", PYTHONUTF8="1") == first


def test_at_another_time(tmp_path):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts/2024-01-01-x.md").write_text("---\nform: {closes: 2100-01-01}\n---\nText.")
    made(tmp_path, datetime(2026, 1, 1, tzinfo=UTC))
    first = tree(tmp_path / "output")
    shutil.rmtree(tmp_path / ".sitegen")
    shutil.rmtree(tmp_path / "output")
    made(tmp_path, datetime(2027, 1, 1, tzinfo=UTC))
    assert tree(tmp_path / "output") == first


def test_source_date_epoch_is_the_sites_time(tmp_path):
    (tmp_path / "_layouts").mkdir()
    (tmp_path / "_layouts/home.html").write_text("{{ site.time | date_to_xmlschema }}")
    assert run(tmp_path, SOURCE_DATE_EPOCH="86400")["index.html"] == b"1970-01-02T00:00:00+00:00"
    assert run(tmp_path)["index.html"] == b"1970-01-01T00:00:00+00:00"


def test_nonsense_in_source_date_epoch_is_told(tmp_path):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts/2024-01-01-x.md").write_text("X")
    with pytest.raises(subprocess.CalledProcessError) as caught:
        run(tmp_path, SOURCE_DATE_EPOCH="tomorrow")
    assert (caught.value.returncode, b"SOURCE_DATE_EPOCH" in caught.value.stderr) == (1, True)


@pytest.mark.parametrize(
    "layout",
    [
        "{{ site.posts | map(attribute='title') }}",
        "{{ page.title.upper }}",
        "{{ [site.posts[0].tags.index] }}",
        "{{ lipsum() }}",
        "{{ [1, 2, 3] | random }}",
    ],
)
def test_what_would_differ_each_time_is_refused(tmp_path, layout):
    for path, text in {"_layouts/home.html": layout, "_posts/2024-01-01-x.md": "X"}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    with pytest.raises(SiteError, match=r"_layouts/home\.html:1"):
        made(tmp_path)


def test_a_counter_in_an_include_begins_anew_on_each_page(tmp_path):
    files = {
        "_includes/counter.html": COUNTER,
        "_layouts/post.html": "{% import 'counter.html' as counter %}{{ counter.up() }}{{ counter.up() }}",
        "_posts/2024-01-01-x.md": "X",
        "_posts/2024-01-02-y.md": "Y",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    made(tmp_path)
    pages = [data for path, data in tree(tmp_path / "output").items() if path.startswith("2024/01/0")]
    assert pages == [b"12", b"12"]
