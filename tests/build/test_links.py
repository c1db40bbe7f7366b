"""Links in bodies that lead nowhere: every build tells them, and a strict one refuses them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.build.advice.links import MOST
from sitegen.errors import Problem
from tests.bad_input.trial import build, command
from tests.build.trees import made

POST = "_posts/2026-05-06-a.md"
FILES = {
    "sitegen.toml": 'title = "x"\n',
    "_posts/2019-01-02-other.md": "---\ntitle: Other\ntags: [tea]\nredirect_from: [/old/, /old.html]\n---\n## A part\n",
    "_pages/about.md": 'Hi <a name="deep"></a> and <i id="deeper">x</i>\n',
    "_pages/café.md": "Coffee\n",
    "static/x.pdf": "x",
    "static/plain/page.html": '<h1 id="head">x</h1>',
}


def site(folder: Path, *addresses: str, files: Mapping[str, str] | None = None) -> Path:
    """A site whose post links to the addresses, one on each line from the fourth."""
    body = "\n".join(f"[words]({address})" for address in addresses)
    for path, text in {**FILES, POST: f"---\ntitle: A\n---\n{body}\n", **(files or {})}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def told(folder: Path) -> list[Problem]:
    """The warnings of a build; every second one is the same."""
    first, second = ([one for one in made(folder).notices if one.severity == "warning"] for _ in range(2))
    assert first == second
    return first


WELL = (
    "/2019/01/02/other/",
    "/2019/01/02/other",
    "/2019/01/02/other/index.html?a=b#a-part",
    "../../../../2019/01/02/other/",
    "/",
    "/about/#deep",
    "/about/#deeper",
    "/about/#main",  # of the layout
    "/about/#:~:text=Hi",
    "/caf%C3%A9/",
    "/café/",
    "/x.pdf",
    "/x.pdf#page=2",
    "/plain/page.html#head",
    "/plain/page",
    "/old/",
    "/old",
    "/feed.xml",
    "/tags/tea/",
    "/archive/",
    "#top",
    "#",
    "mailto:ada@example.org",
    "https://elsewhere.example.org/x",
    "//elsewhere.example.org/x",
    "https://example.org/nowhere/",
)
BROKEN = {
    "/2019/01/02/othr/": ("leads nowhere", "is it /2019/01/02/other/?"),
    "/About/": ("leads nowhere", "capitals count: write /about/"),
    "/x.pdf/": ("leads nowhere", "write /x.pdf"),
    "other/": ("leads nowhere", "from /2026/05/06/a/ that is /2026/05/06/a/other/; is it /2019/01/02/other/?"),
    "2019-01-02-other.md": ("leads nowhere", "is it /2019/01/02/other/?"),
    "../_pages/café.md#x": ("leads nowhere", "is it /café/?"),
    "ada@example.org": ("leads nowhere", "an e-mail address begins with mailto: mailto:ada@example.org"),
    "/2019/01/02/other/#a-prt": ('it has no id "a-prt"', "is it #a-part?"),
    "/plain/page.html#Head": ('it has no id "Head"', "capitals count: write #head"),
    "#nothing": ('it has no id "nothing"', ""),
}


@pytest.mark.parametrize("config", ['title = "x"\n', 'title = "x"\nurl = "https://a.example"\nbaseurl = "/blog"\n'])
def test_what_leads_somewhere(tmp_path: Path, config: str) -> None:
    assert told(site(tmp_path, *WELL, files={"sitegen.toml": config})) == []


def test_what_leads_nowhere(tmp_path: Path) -> None:
    found = {one.line: one for one in told(site(tmp_path, *BROKEN))}
    assert list(found) == list(range(4, 4 + len(BROKEN)))
    for one, (address, (message, hint)) in zip(found.values(), BROKEN.items(), strict=True):
        assert (one.path, one.hint) == (POST, hint)
        assert one.message.startswith(f"the link to {address} ") and one.message.endswith(message)


@pytest.mark.parametrize("address", ["/" + "a" * 300, "/" + "a/" * 2500, "/%00", "/%ff"])
def test_what_no_file_can_be_called_is_not_there(tmp_path: Path, address: str) -> None:
    body = f"[x]({address}b)\n\n![y]({address})\n"
    root = site(tmp_path, files={POST: f"---\ntitle: A\n---\n{body}"})
    assert [(one.line, one.message) for one in told(root)] == [
        (4, f"the link to {address}b leads nowhere"),
        (6, f"the file {address} is not there"),
    ]
    done = command("check", "-s", root)
    assert f"{POST}:4: the link to {address}b leads nowhere" in done.err and ": File name" not in done.err


def test_many_lines_of_many_links_are_counted(tmp_path: Path) -> None:
    lines = [f"/no/{number}/" for number in range(30) for _ in range(30)]
    found = told(site(tmp_path, *lines))
    assert len(found) == MOST + 1
    assert [one.message for one in found if one.line is None] == ["25 more links lead nowhere"]


def test_a_strict_build_refuses_them_and_writes_nothing(tmp_path: Path) -> None:
    done = build(site(tmp_path, "/nope/"), "--strict")
    assert (done.code, (tmp_path / "output").exists()) == (1, False)
    assert f"{POST}:4: the link to /nope/ leads nowhere" in done.err


@pytest.mark.parametrize("strict", [True, False])
def test_on_a_jekyll_site(tmp_path: Path, strict: bool) -> None:
    (site(tmp_path, "/nope/", files={"_config.yml": "title: x\n"}) / "sitegen.toml").unlink()
    done = build(tmp_path, *(["--strict"] if strict else []))
    assert (done.code, f"{POST}:4: {'' if strict else 'warning: '}the link to /nope/" in done.err) == (strict, True)


def test_pictures_and_scripts(tmp_path: Path) -> None:
    body = '![x](/no.png)\n\n![y](/x.pdf)\n\n<script src="gone.js"></script>\n'
    found = told(site(tmp_path, files={POST: f"---\ntitle: A\n---\n{body}"}))
    assert [(one.line, one.message) for one in found] == [
        (4, "the file /no.png is not there"),
        (8, "the file gone.js is not there"),
    ]


def test_what_is_left_out_is_named(tmp_path: Path) -> None:
    later = {"_posts/2027-01-02-later.md": "x", "_drafts/idea.md": "---\ndate: 2026-01-01\n---\n"}
    found = told(site(tmp_path, "/2027/01/02/later/", "/2026/01/01/idea/", files=later))
    assert [one.hint for one in found] == [
        "that is _posts/2027-01-02-later.md, held back until 2027-01-02 00:00",
        "that is _drafts/idea.md, which is not published: draft",
    ]


def test_links_of_what_is_left_out_are_nobodys_business(tmp_path: Path) -> None:
    assert told(site(tmp_path, files={"_drafts/idea.md": "[x](/nope/)", "_posts/2027-01-02-b.md": "[x](/nope/)"})) == []


def test_links_of_what_leads_elsewhere_are_not_shown(tmp_path: Path) -> None:
    assert told(site(tmp_path, files={"_pages/gone.md": "---\nredirect_to: /about/\n---\n[x](/nope/)"})) == []


@pytest.mark.parametrize(
    ("skipped", "left"),
    [
        ("links", ["it has no", "the file"]),
        ("anchors", ["the file", "the link"]),
        ("pictures", ["it has no", "the link"]),
    ],
)
def test_what_the_configuration_skips(tmp_path: Path, skipped: str, left: list[str]) -> None:
    files = {"sitegen.toml": f'[check]\nskip = ["{skipped}"]\n'}
    found = told(site(tmp_path, "/nope/", "#nope", "/about/)![x](/no.png", files=files))
    assert all(any(part in one.message for one in found) for part in left)
    assert len(found) == 2


def test_a_page_that_goes_away_breaks_links_of_pages_that_stay_as_they_are(tmp_path: Path) -> None:
    root = site(tmp_path, "/about/", "/about/#deep")
    assert told(root) == []
    (root / "_pages/about.md").write_text("Hi\n")
    assert [one.message.split(":")[0] for one in told(root)] == [
        "the link to /about/#deep leads to no part of that page"
    ]
    (root / "_pages/about.md").unlink()
    assert [one.hint for one in told(root)] == ["", ""]
    assert (root / "output/2026/05/06/a/index.html").exists()


def test_a_file_that_somebody_put_into_the_output_is_there(tmp_path: Path) -> None:
    root = site(tmp_path, "/counter.txt")
    assert len(told(root)) == 1
    (root / "output/counter.txt").write_text("3")
    assert told(root) == []


def test_below_a_base_of_jekylls(tmp_path: Path) -> None:
    (site(tmp_path, "/x.pdf", "/blog/x.pdf", files={"_config.yml": "baseurl: /blog\n"}) / "sitegen.toml").unlink()
    (only,) = told(tmp_path)
    assert (only.line, only.hint) == (4, "the site lives below /blog: write /blog/x.pdf")


def test_every_line_is_told_and_code_is_not(tmp_path: Path) -> None:
    body = "[a](/no/)\n\n```text\n[b](/no/)\n```\n\n[c](/no/)\n"
    assert [one.line for one in told(site(tmp_path, files={POST: f"---\ntitle: A\n---\n{body}"}))] == [4, 10]


def test_very_many_are_counted(tmp_path: Path) -> None:
    found = told(site(tmp_path, *(f"/no/{number}/" for number in range(MOST + 5))))
    assert len(found) == MOST + 1
    assert [one.message for one in found if one.path == "sitegen.toml"] == ["5 more links lead nowhere"]


def test_a_check_tells_them_once(tmp_path: Path) -> None:
    done = command("check", "-s", site(tmp_path, "/nope/"))
    assert (done.code, done.err.count("/nope/ leads nowhere")) == (1, 1)
