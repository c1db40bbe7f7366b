"""`sitegen explain` as its user reads it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from sitegen.cli import main
from sitegen.cli.columns import show_rows, width_of
from tests.content.repositories import commit, git
from tests.explain.asking import write
from tests.outputs.sites import post

SITE = {
    "sitegen.toml": 'url = "https://x.example"\nauthor = "Ada"\n',
    "_posts/2020-01-02-sea.md": post("Waves.", title="By the sea", tags="blue"),
    "_posts/2020-01-03-quiet.md": post(published="false"),
    "_drafts/idea.md": post(),
}
PAGE = """\
By the sea
_posts/2020-01-02-sea.md, post

Published at https://x.example/2020/01/02/sea/

Values
  title        By the sea                  front matter, line 2
  date         2020-01-02 00:00 +00:00     the file's name
  slug         sea                         the file's name
  permalink    /:year/:month/:day/:title/  the default
  url          /2020/01/02/sea/            made by the permalink
  layout       post                        the default
  categories                               none
  tags         blue                        front matter, line 3
  author       Ada                         sitegen.toml:2
  lang         en                          the default
  description  Waves.                      the beginning of the text
  excerpt      Waves.                      the first paragraph

Files
  post  output/2020/01/02/sea/index.html

Addresses
  feed id  https://x.example/2020/01/02/sea

Layouts
  post     theme/post.html     of the packaged theme
  default  theme/default.html  of the packaged theme

Lists
  index     the only post                /
  archive   yes                          /archive/
  years     2020: the only post          /2020/
  months    January 2020: the only post  /2020/01/
  tags      blue: the only post          /tags/blue/
  atom      the only post                /feed.xml
  rss       the only post                /rss.xml
  json      the only post                /feed.json
  tag feed  the only post                /tags/blue/feed.xml
  sitemap   yes                          /sitemap.xml
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, SITE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(what: str, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["explain", what, *options]) == 0
    return capsys.readouterr().out


def test_the_whole_page(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said("sea", capsys) == PAGE


def status(what: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said of whether it is published, to the next empty line."""
    return said(what, capsys).split("\n\n")[1]


def test_what_is_left_out(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, {"_posts/later.md": post(date="2999-01-02"), "_posts/x.png": "x"})
    assert status("quiet", capsys) == "Not published: `published: false` (line 2)"
    assert status("idea", capsys) == "Not published: a draft; --drafts builds it"
    assert status("_posts/x.png", capsys).startswith("Not published: not a post, which ends in .md")
    later = status("later", capsys)
    assert later.startswith("Not published: until 2999-01-02, in 9") and later.endswith("(line 2); --future builds it")


def test_what_has_expired(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, {"_posts/2020-01-04-sale.md": post(expires="2020-05-03")})
    assert status("sale", capsys) == "Not published: expired on 3 May 2020 (line 2); --expired builds it"
    found = json.loads(said("sale", capsys, "--json"))
    assert found["left_out"]["since"] == "2020-05-03T00:00:00+00:00"
    assert found["values"]["expires"]["value"] == "2020-05-03 00:00+00:00"


def test_whose_date_of_change_it_is(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(site, "init", "-q")
    commit(site, "2020-01-03")
    (site / "sitegen.toml").write_text('updated = "git"\n')
    commit(site, "2020-03-03", **{"2020-01-02-sea": post("Other waves.", title="By the sea")})
    row = next(line for line in said("sea", capsys).splitlines() if line.lstrip().startswith("updated"))
    assert row.split("  ")[-1].strip() == "its last commit" and "2020-03-03 12:00 +00:00" in row


def test_what_is_too_many(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "sitegen.toml").unlink()
    write(site, {"_config.yml": "limit_posts: 1\n", "_posts/2020-01-04-new.md": post()})
    wanted = "Not published: older than those that `limit_posts` lets through (_config.yml:1)"
    assert status("sea", capsys) == wanted


def test_what_is_wrong_is_told_with_its_line(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        site, {"_posts/2020-01-04-bad.md": post(title="Bad", layout="psot"), "_posts/x.md": "---\ntitle: a: b\n---\n"}
    )
    told = status("bad", capsys).splitlines()
    assert told[:2] == ["Not published: it has 1 problem", '_posts/2020-01-04-bad.md:3: there is no layout "psot"']
    assert status("_posts/x.md", capsys).startswith("Not published: it cannot be read\n_posts/x.md:2: ")
    assert status("sea", capsys) == "Not published, because of 2 problems elsewhere: sitegen build lists them"


def test_a_body_that_cannot_be_rendered(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, {"_layouts/odd.html": "{{ page.nothing }}", "_posts/2020-01-04-bad.md": post(layout="odd")})
    assert status("bad", capsys).startswith("Not published: it has 1 problem\n_layouts/odd.html:1: ")


def test_defaults_have_numbers(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = (
        '\n[[defaults]]\nscope = {path = "_posts/a"}\nvalues = {}\n[[defaults]]\nscope = {}\nvalues = {lang = "de"}\n'
    )
    write(site, {"sitegen.toml": SITE["sitegen.toml"] + config})
    assert "de                          default 2, sitegen.toml:9" in said("sea", capsys)


def test_json_is_one_object(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said("sea", capsys, "--json"))
    assert (found["kind"], found["path"], found["published"]) == ("post", "_posts/2020-01-02-sea.md", True)
    place = {"path": "_posts/2020-01-02-sea.md", "line": 2}
    assert found["values"]["title"] == {"value": "By the sea", "from": [{"by": "front matter", **place}], "note": ""}
    assert found["values"]["date"]["from"][0] == {"by": "file name", "path": place["path"], "line": None}
    assert found["files"][0]["path"] == "2020/01/02/sea/index.html"
    left_out = json.loads(said("quiet", capsys, "--json"))["left_out"]
    assert left_out == {"reason": "unpublished", "until": None, "path": "_posts/2020-01-03-quiet.md", "line": 2}


def test_nothing_like_it_is_one(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "see"]) == 1
    assert (
        capsys.readouterr().err
        == 'sitegen: nothing in this site is called "see", nor has that address; did you mean sea?\n'
    )


class Terminal(io.StringIO):
    """A stream that takes itself for a terminal."""

    def isatty(self) -> bool:
        return True


def lines(monkeypatch: pytest.MonkeyPatch, columns: int, *rows: tuple[str, str, str]) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Terminal()
    show_rows(rows, stream, prose=True)
    return stream.getvalue().splitlines()


def test_a_narrow_terminal_cuts_prose_and_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "/an/address/that/is/longer/than/its/column/is/"
    found = lines(
        monkeypatch, 60, ("title", "words and words and words and words and words", "here"), ("url", address, "there")
    )
    assert found == [
        "  title  words and words and words and words and wor…  here",
        f"  url    {address}  there",
    ]


def test_signs_of_east_asia_take_two_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    found = lines(monkeypatch, 80, ("a", "日本語", "x"), ("b", "éé", "y"))
    assert [width_of(line) for line in found] == [14, 14]


@pytest.mark.parametrize("what", ["http://[", "x" * 300])
def test_what_can_be_no_address_is_called_nothing(site: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", what, "-s", str(site)]) == 1
    assert "nothing in this site is called" in capsys.readouterr().err
